"""The order of Vietnamese words: by letters of the Vietnamese alphabet, then by tones, then small before capital."""

import unicodedata
from functools import lru_cache
from typing import Final

# â, ă, ê, ô, ơ, ư and đ are letters of their own; f, j, w and z, which Vietnamese words lack, stand where Latin has them.
ALPHABET: Final = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES: Final = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Level, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries."""

_LETTERS: Final = {letter: number for number, letter in enumerate(ALPHABET)}
_TONE: Final = {mark: number for number, mark in enumerate(TONES) if mark}
_BEFORE_LETTERS: Final = 0
_LETTER: Final = 1
_OTHER_LETTER: Final = 2

Key = tuple[tuple[tuple[int, int | str], ...], tuple[int, ...], str]


@lru_cache(maxsize=65_536)
def key(text: str) -> Key:
    """The sort key of a text: `sorted(names, key=collation.key)`. A shorter word stands before a longer one."""
    letters: list[tuple[int, int | str]] = []
    tones: list[int] = []
    text = unicodedata.normalize("NFC", text)
    for mark in unicodedata.normalize("NFC", text.casefold()):
        letter, tone = _parted(mark)
        letters.append(_weight(letter))
        tones.append(tone)
    return tuple(letters), tuple(tones), text.swapcase()


@lru_cache(maxsize=4096)
def _parted(mark: str) -> tuple[str, int]:
    """A letter without its tone, and the tone's place among TONES."""
    parts = unicodedata.normalize("NFD", mark)
    tone = next((number for part in parts if (number := _TONE.get(part))), 0)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONE)), tone


def _weight(letter: str) -> tuple[int, int | str]:
    """Spaces, signs and digits come before letters, letters of other alphabets after."""
    if letter in _LETTERS:
        return _LETTER, _LETTERS[letter]
    return (_OTHER_LETTER if letter.isalpha() else _BEFORE_LETTERS), letter
