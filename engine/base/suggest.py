"""The nearest known word to one that was mistyped, and how messages repeat what was written."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final

from .cards import without_numbers
from .text import Text

LONGEST_SHOWN: Final = 60
"""Code points of a value that a message repeats; a longer text is no mistyped word either."""
_REMEMBERED: Final = 4096


def plain(word: str) -> str:
    """The word without case, tone marks or separators, as a hurried person types it."""
    if word.isascii():
        return word.lower().replace(" ", "").replace("_", "").replace("-", "")
    return _plain(word) if len(word) <= LONGEST_SHOWN else _plain.__wrapped__(word)


@lru_cache(_REMEMBERED)
def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark) and mark not in " _-")


@lru_cache(10_000)
def letters(label: str) -> str:
    """What two spellings of a label have in common: no case, tone marks, blanks or punctuation."""
    return re.sub(r"[\W_]+", "", plain(label))


def chosen(written: str, options: Mapping[str, Text]) -> str | None:
    """The option that is written by its name or its words in either language, however they are spelt; None for another."""
    if written in options:
        return written
    known = {letters(word): name for name, said in options.items() for word in (said.vi, said.en, name)}
    return known.get(letters(written))


_UNPADDED: Final = re.compile(r"(?<!\d)0+(?=\d)")


def closest(word: str, options: Iterable[str]) -> str | None:
    """The option that `word` was most likely meant to be, or None when nothing is near."""
    import difflib  # only where a word is wrong

    by_plain = {plain(option): option for option in options}
    if any(map(str.isdigit, word)):  # “p2” is “p02” before it is “p82”
        alike = [
            option for known, option in by_plain.items() if _UNPADDED.sub("", known) == _UNPADDED.sub("", plain(word))
        ]
        if len(alike) == 1:
            return alike[0]
    near = difflib.get_close_matches(plain(word), by_plain, n=1, cutoff=0.85)
    words = _words(word)
    inside = [option for option in by_plain.values() if f" {_words(option)} " in f" {words} "]
    if words and inside and not near:  # “Bí thư kiêm Chủ tịch HĐND”: what was meant stands in it, with more
        longest = max(inside, key=len)
        return longest if all(_words(option) in _words(longest) for option in inside) else None
    near = near or difflib.get_close_matches(plain(word), by_plain, n=1, cutoff=0.6)
    return by_plain[near[0]] if near else None


def _words(text: str) -> str:
    return " ".join(map(plain, re.findall(r"\w+", text)))


def meant(word: str, quoted: str = "“{}”") -> Text:
    """The question whether this is what was meant; `quoted` says between which marks it stands."""
    shown = quoted.format(word)
    return Text(f"Có phải ý là {shown}?", f"Did you mean {shown}?")


def one_of(options: Iterable[str]) -> Text:
    """That one of these is to be used."""
    shown = ", ".join(options)
    return Text(f"Dùng một trong: {shown}", f"Use one of: {shown}")


def did_you_mean(word: str, options: Collection[str], otherwise: Text | None = None, quoted: str = "“{}”") -> Text:
    """How to mend a word that is none of the options: the nearest of them, else `otherwise`, or else any of them."""
    near = closest(word, options)
    return (otherwise or one_of(options)) if near is None else meant(near, quoted)


def suggestion(word: str, options: Iterable[str]) -> str | None:
    """The option that a mistyped word was meant to be."""
    return closest(word, options) if 0 < len(word) <= LONGEST_SHOWN else None


def shown(value: object) -> str:
    """A value as a message repeats it: in one line, cut where it is long. A number in a text that may be a card is hidden."""
    if isinstance(value, str):
        # Of a long text no more is looked at than can be shown, and so much that no card is cut in two.
        words = value.split(None, LONGEST_SHOWN)[:LONGEST_SHOWN]
        text = without_numbers(" ".join(words)[: 20 * LONGEST_SHOWN])
    else:
        import json  # seldom needed, and every command loads this module

        pieces, text = json.JSONEncoder(ensure_ascii=False, default=str).iterencode(value), ""
        while len(text) <= LONGEST_SHOWN and (piece := next(pieces, "")):
            text += piece
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
