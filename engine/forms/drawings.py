"""What lies over the cells of a sheet: pictures, shapes, charts and ink, and the cells that each covers."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ..base.text import Text
from .grid import Floating, Spot
from .package import local, whole
from .references import columns_reached

if TYPE_CHECKING:
    from lxml.etree import _Element

PICTURE: Final = Text("hình ảnh", "a picture")
_SHAPE: Final = Text("hình vẽ hoặc hộp chữ", "a shape or text box")
_NAMES: Final = {
    "pic": PICTURE,
    "sp": _SHAPE,
    "grpSp": _SHAPE,
    "cxnSp": _SHAPE,
    "graphicFrame": Text("biểu đồ hoặc khung đồ họa", "a chart or graphic"),
    "contentPart": Text("nét vẽ tay", "ink"),
}
_ROW, _COLUMN = 190_500, 609_600
"""The height of a row and the width of a column where a sheet says nothing: 15 points, 64 pixels, in EMU."""

_MOST_SIZES: Final = 1_000
"""Rows that something without an end of its own is followed over by their true heights; then by the usual one."""

Along = tuple[int, int]
"""A row or column, from 0, and how far into it something lies, in EMU."""


class Drawing:
    """The drawing of one sheet, whose root says how high its rows and how wide its columns are."""

    def __init__(self, root: "_Element", sheet: "_Element") -> None:
        self._root = root
        self._sheet = sheet

    def floating(self) -> Iterator[Floating]:
        """Everything in the drawing that has a size."""
        for anchor in self._root.iter():
            if local(anchor) not in ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor"):
                continue
            what = next((_NAMES[name] for child in anchor.iter() if (name := local(child)) in _NAMES), None)
            area = self._area(anchor)
            if what is not None and area is not None:
                yield Floating(*area, what)

    def _area(self, anchor: "_Element") -> tuple[Spot, Spot] | None:
        """The cells that an anchor covers; None where it has no size."""
        if local(anchor) == "twoCellAnchor":
            start, end = corner(anchor, "from"), corner(anchor, "to")
            if start == end:
                return None
            (row, below), (column, right) = end
            # What ends where a cell begins does not cover it.
            return spot(start), (max(start[0][0], row - (not below)) + 1, max(start[1][0], column - (not right)) + 1)
        parts = {local(child): child for child in anchor}
        size, position = parts.get("ext"), parts.get("pos")
        height, width = (0, 0) if size is None else (whole(size.get("cy"), 0), whole(size.get("cx"), 0))
        if not height | width:
            return None
        top, left = corner(anchor, "from")
        if position is not None:
            top, left = (0, whole(position.get("y"), 0)), (0, whole(position.get("x"), 0))
        first = _cell_at(top, 0, self._heights, _ROW), _cell_at(left, 0, self._widths, _COLUMN)
        return first, (_cell_at(top, height, self._heights, _ROW), _cell_at(left, width, self._widths, _COLUMN))

    @cached_property
    def _heights(self) -> dict[int, int]:
        """The rows that have a height of their own, from 1, in EMU."""
        rows = (row for data in self._sheet if local(data) == "sheetData" for row in data)
        sizes = ((whole(row.get("r"), 0), _number(row.get("ht"))) for row in rows)
        return {number: round(height * 12_700) for number, height in sizes if height is not None}

    @cached_property
    def _widths(self) -> dict[int, int]:
        """The columns that have a width of their own, from 1, in EMU."""
        widths = {}
        for group in (group for group in self._sheet if local(group) == "cols"):
            for column, numbers in columns_reached(group):
                if (width := _number(column.get("width"))) is not None:
                    widths.update(dict.fromkeys(numbers, round((width * 7 + 5) * 9_525)))
        return widths


def corner(anchor: "_Element", name: str) -> tuple[Along, Along]:
    """A corner ("from", "to") of an anchor: along the rows and along the columns."""
    found = next((child for child in anchor.iter() if local(child) == name), None)
    parts = {} if found is None else {local(child): whole((child.text or "").strip(), 0) for child in found}
    return (parts.get("row", 0), parts.get("rowOff", 0)), (parts.get("col", 0), parts.get("colOff", 0))


def spot(corner: tuple[Along, Along]) -> Spot:
    """The cell that a corner lies in."""
    return corner[0][0] + 1, corner[1][0] + 1


def _cell_at(start: Along, distance: int, sizes: dict[int, int], usual: int) -> int:
    """The row or column, from 1, that lies this far from a start; `sizes` are those that are not the usual one."""
    number, rest = start[0] + 1, start[1] + distance
    for _ in range(_MOST_SIZES if sizes else 0):
        if rest <= (size := sizes.get(number, usual)):
            return number
        number, rest = number + 1, rest - size
    return number + max(0, rest - 1) // usual


def _number(written: str | None) -> float | None:
    try:
        return None if written is None else max(0.0, min(float(written), 10_000.0))
    except ValueError:
        return None
