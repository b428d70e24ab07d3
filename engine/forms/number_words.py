"""Whole numbers in Vietnamese words, as officials write them beside the digits: “12 (mười hai)”."""

import re
import unicodedata
from typing import Final

_DIGITS: Final = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6, "bay": 7,
    "tam": 8, "chin": 9,
}  # fmt: skip
_DIGIT: Final = "|".join(_DIGITS)
_BELOW_1000: Final = (
    rf"(?:({_DIGIT}) tram)?(?: ?(?:(?:le|linh) ({_DIGIT})|(?:({_DIGIT}) )?(muoi)(?: ({_DIGIT}))?|({_DIGIT})))?"
)


def number_in_words(text: str) -> int | None:
    """The number from 0 to 999,999 that the words say; None where they say something else."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    plain = " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).split())
    thousands, apart, rest = re.sub(r"\bngan\b", "nghin", plain).rpartition("nghin")
    high, low = _below_1000(thousands.strip()), _below_1000(rest.strip())
    if apart:
        return None if high is None or (rest and low is None) else high * 1000 + (low or 0)
    return low


def _below_1000(words: str) -> int | None:
    found = re.fullmatch(_BELOW_1000, words) if words else None
    if found is None:
        return None
    hundreds, after, tens, ten, ones, alone = found.groups()
    return (
        100 * _DIGITS.get(hundreds, 0)
        + (10 * _DIGITS.get(tens, 1) if ten else 0)
        + sum(_DIGITS.get(word, 0) for word in (after, ones, alone))
    )
