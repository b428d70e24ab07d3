"""Where a text names a person, however the name is written there."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from .canonical import canonical
from .cards import HIDDEN
from .look_alikes import skeleton
from .text import nfc

_WORD: Final = re.compile(r"[^\W\d_]+")
_FARTHEST: Final = 4
"""Characters that may stand between two words of one name."""
_LONGEST: Final = 60
"""Letters of a name that are looked for; names that go on are known by these."""
_LEAST_JOINED: Final = 7
"""Letters that a name has at least, to be found where it is written as fewer words: fewer may be a word by themselves."""
_LEAST_GIVEN: Final = 3
"""Letters that a given name has at least, to be found in an id."""
_MOST_VARIANTS: Final = 20
"""How many names of the same letters are told apart by their marks."""
_MOST_KNOWN: Final = 4096
"""How many characters are remembered with the letters that they are compared as."""


class _Bases(dict[int, str]):
    """For str.translate: each letter without marks, in lower case; nothing in place of what is no letter."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        plain = unicodedata.normalize("NFD", skeleton(letter).casefold())[:1] or letter
        base = ("d" if plain == "đ" else plain) if letter.isalpha() else ""
        if len(self) < _MOST_KNOWN:
            self[code] = base
        return base


_BASES: Final = _Bases()


def bases(text: str) -> str:
    """The letters of a text alone, without marks, in lower case."""
    return nfc(text).translate(_BASES)


class _Written(NamedTuple):
    """A way to write a name: its words, each as it is compared, and what is shown in place of it."""

    words: tuple[str, ...]
    shown: str


class NameFinder:
    """Finds the names of some people in texts: in any case, with the tone on another vowel, without marks, with anything
    short or nothing between the words, and with initials for all but the last. It gives what is shown in place of each.

    A name of one word is found only where it is the whole text: elsewhere it is as likely a village. Where no name of these
    people has a mark, texts are searched without regard to marks.
    """

    def __init__(self, people: Iterable[tuple[str, str]]) -> None:
        self._whole: dict[str, str] = {}
        self._written: dict[str, list[_Written]] = {}
        self._unmarked = True
        for name, shown in people:
            self._unmarked &= name.isascii()
            self._whole.setdefault(canonical(name), shown)
            words = tuple(map(canonical, _WORD.findall(nfc(name))))
            if len(words) > 1:
                self._add(words, shown)
                self._add((*(bases(word)[:1] for word in words[:-1]), words[-1]), shown)
        self._longest = max(map(len, self._written), default=0)

    def _add(self, words: tuple[str, ...], shown: str) -> None:
        variants = self._written.setdefault("".join(map(bases, words))[:_LONGEST], [])
        if len(variants) < _MOST_VARIANTS and all(variant.words != words for variant in variants):
            variants.append(_Written(words, shown))

    def replaced(self, text: str) -> str:
        """The text with what is shown in place of each name."""
        text = nfc(text)
        whole = self._whole.get(canonical(text))
        if whole is not None or not self._written:
            return text if whole is None else whole
        made, reached = [], 0
        for start, end, shown in self._found(text):
            made += [text[reached:start], shown]
            reached = end
        return "".join([*made, text[reached:]])

    def _found(self, text: str) -> Iterator[tuple[int, int, str]]:
        words = [(found.start(), found.end(), bases(found[0])) for found in _WORD.finditer(text)]
        number = 0
        while number < len(words):
            joined, best = "", None
            for last in range(number, len(words)):
                start, end, letters = words[last]
                if last > number and not _are_near(text[words[last - 1][1] : start]):
                    break
                joined += letters
                if len(joined) > self._longest:
                    break
                shown = self._shown(joined, text[words[number][0] : end], last - number + 1)
                best = best if shown is None else (last + 1, end, shown)
            if best is None:
                number += 1
            else:
                yield words[number][0], best[1], best[2]
                number = best[0]

    def _shown(self, joined: str, text: str, words: int) -> str | None:
        """What is shown in place of a text with these letters in so many words; None where it is no name."""
        letters = "".join(filter(str.isalpha, text))
        found = [
            variant
            for variant in self._written.get(joined, ())
            if _is_long_enough(variant, joined, words) and (self._unmarked or _is_written(variant.words, letters))
        ]
        exact = next((variant for variant in found if variant.words == tuple(_cut(variant.words, letters))), None)
        if exact is not None or not found:
            return exact and exact.shown
        return found[0].shown if len({variant.shown for variant in found}) == 1 else HIDDEN


def tells_name(identity: str, name: str) -> bool:
    """Whether an id holds a person's name, or the given name, or initials with it."""
    words = [bases(word) for word in _WORD.findall(nfc(name))]
    held, parts, joined = bases(identity), [bases(word) for word in _WORD.findall(nfc(identity))], "".join(words)
    if not joined:
        return False
    if len(words) == 1:
        return joined in parts or (len(joined) >= _LEAST_GIVEN and joined in held)
    given, initials = words[-1], "".join(word[0] for word in words[:-1])
    usual = {f"{initials}{given}", f"{given}{initials}"}
    return joined in held or held in usual or (len(given) >= _LEAST_GIVEN and given in parts)


def _are_near(between: str) -> bool:
    return len(between) <= _FARTHEST and not any(map(str.isdigit, between))


def _is_long_enough(variant: _Written, joined: str, words: int) -> bool:
    """Whether a name in so many words is no word by chance: in fewer than it has, its letters must be many."""
    if words >= len(variant.words):
        return True
    return len(joined) >= _LEAST_JOINED and len(variant.words[0]) > 1


def _is_written(words: tuple[str, ...], letters: str) -> bool:
    """Whether letters are the words, with no marks at all, or the last with its own and each other with these or none."""
    written = [*_cut(words, letters)]
    if all(map(str.isascii, written)):
        return True
    return written[-1] == words[-1] and all(word == of or of.isascii() for word, of in zip(words, written, strict=True))


def _cut(words: tuple[str, ...], letters: str) -> Iterator[str]:
    """The letters in as many words of the same lengths, each as it is compared."""
    at = 0
    for word in words:
        length = len(bases(word))
        yield canonical(letters[at : at + length])
        at += length
