"""References to cells, such as B12, and how far a sheet reaches."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from .package import whole

if TYPE_CHECKING:
    from lxml.etree import _Element

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)


def split_reference(reference: str) -> tuple[int, int]:
    """Column and row of a reference such as B12, from 1; 0 and 0 of what is none."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column, whole(found[2], 0)


def column_letters(column: int) -> str:
    """The letters of a column, from 1."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def area(reference: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """First and last cell, each as row and column, of a reference such as B12:C14 or B12; None of what is none."""
    first, _, last = reference.replace("$", "").partition(":")
    (left, top), (right, bottom) = split_reference(first), split_reference(last or first)
    return ((top, left), (bottom, right)) if 0 < left <= right and 0 < top <= bottom else None


def columns_reached(group: "_Element") -> Iterator[tuple["_Element", range]]:
    """What a sheet says of its columns, each with the columns that it is said of; no more than a sheet has, all in all."""
    left = LAST_COLUMN
    for column in group:
        first, last = whole(column.get("min"), 1), whole(column.get("max"), 0)
        reached = range(first, min(last, LAST_COLUMN) + 1)
        left -= max(1, len(reached))
        if left < 0:
            return
        yield column, reached
