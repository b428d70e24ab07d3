"""The nearest known word to one that was mistyped."""

import difflib
import unicodedata
from collections.abc import Iterable


def plain(word: str) -> str:
    """The word without case, tone marks or separators, as a hurried person types it."""
    decomposed = unicodedata.normalize("NFD", word.casefold().replace("đ", "d"))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark) and mark not in " _-")


def closest(word: str, options: Iterable[str]) -> str | None:
    """The option that `word` was most likely meant to be, or None when nothing is near."""
    by_plain = {plain(option): option for option in options}
    found = difflib.get_close_matches(plain(word), by_plain, n=1, cutoff=0.6)
    return by_plain[found[0]] if found else None
