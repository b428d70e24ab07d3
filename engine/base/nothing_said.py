"""Texts that name nobody and nothing: signs alone, and the words by which people say that there is none."""

import re
from typing import Final

_WORDS: Final = (
    "không có", "khong co", "không", "khong", "ko", "không rõ", "chưa có", "chua co", "chưa rõ", "chưa xác định",
    "không áp dụng", "n/a", "none", "null", "nil", "nt", "như trên", "nhu tren",
)  # fmt: skip

WHOLE: Final = rf"(?i)^[^\pL\pN]*(?:{'|'.join(_WORDS)})?[^\pL\pN]*$"
"""Matches texts that say nothing, as RE2 is told."""

SIGNS: Final = r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e\u00a1-\u00a9\u2010-\u205e\u2190-\u2bff\u3000-\u303f"
"""Characters that are no letters, as a class of regular expressions has them: many, not all."""

_WHOLE: Final = re.compile(rf"[\W_]*(?:{'|'.join(_WORDS)})?[\W_]*", re.IGNORECASE)

_LETTERS: Final = {*range(ord("0"), ord("9") + 1), *range(ord("A"), ord("Z") + 1), *range(ord("a"), ord("z") + 1)}
_LEADS: Final = {byte for letter in "ÁÃĂĨŨƠẠể" for byte in letter.encode()[:1]}
"""The first bytes of Vietnamese letters: those that follow tell one from another, and signs begin otherwise."""
_SIGNS: Final = bytes({*range(256)} - _LETTERS - _LEADS - {ord('"')})
_SMALL: Final = bytes(ord(chr(byte).lower()) if byte < 128 else byte for byte in range(256))
_OUTLINES: Final = frozenset({b"", *(word.encode().translate(_SMALL, _SIGNS) for word in _WORDS)})


def says_nothing(text: str) -> bool:
    """Whether a text (NFC) has no letter and no digit, or nothing but a word for “none”."""
    return _WHOLE.fullmatch(text) is not None


def may_say_nothing(quoted: bytes) -> bool:
    """Whether any of the texts, each in quotes, may say nothing, by the outlines of their letters; in doubt they may."""
    outlines = quoted.translate(_SMALL, _SIGNS)
    return bool(quoted) and not _OUTLINES.isdisjoint(outlines[1:-1].split(b'""'))
