"""Where tables, frames and boxes of a document stand: on the page, or where nobody sees them."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from .package import decimal, local

if TYPE_CHECKING:
    from lxml.etree import _Element

Named = Callable[[str], str]
"""Gives a name of the document's own elements and attributes with their namespace."""

_LEFTMOST, _RIGHTMOST = -2_500, 16_000
_HIGHEST, _LOWEST = -2_500, 23_000
"""Twentieths of a point from the edges of a page, or of its text, beyond which nothing is seen: pages are A3 at most."""
_SMALLEST: Final = 60
"""Twentieths of a point: nobody reads text in less."""
_EMU: Final = 635
"""Units of drawings in a twentieth of a point."""
_UNITS: Final = {"pt": 20.0, "in": 1440.0, "cm": 567.0, "mm": 56.7, "px": 15.0, "": 15.0}
_LENGTH: Final = re.compile(
    r"(?:^|;)\s*(margin-left|left|margin-top|top|width|height)\s*:\s*(-?\d{1,9}(?:\.\d{1,9})?)(pt|in|cm|mm|px|)\s*(?=;|$)"
)
_BOXES: Final = ("drawing", "pict", "object")


def is_table_away(table: "_Element", named: Named) -> bool:
    """Whether a table stands beyond the page, by itself or with the box that it is in."""
    properties = table.find(named("tblPr"))
    placed = None if properties is None else properties.find(named("tblpPr"))
    if placed is not None and _is_beyond(placed.get(named("tblpX")), placed.get(named("tblpY"))):
        return True
    indent = None if properties is None else properties.find(named("tblInd"))
    if indent is not None and indent.get(named("type"), "dxa") == "dxa" and _is_beyond(indent.get(named("w")), None):
        return True
    return any(is_box_away(box) for box in table.iterancestors(*map(named, _BOXES)))


def is_frame_away(frame: "_Element", named: Named) -> bool:
    """Whether a frame stands beyond the page, or lets nothing be seen."""
    small = frame.get(named("hRule")) == "exact" and _is_small(frame.get(named("h")))
    return small or _is_small(frame.get(named("w"))) or _is_beyond(frame.get(named("x")), frame.get(named("y")))


def is_box_away(box: "_Element") -> bool:
    """Whether a drawing stands beyond the page, or has no size."""
    across, down, sizes = list[float](), list[float](), list[float]()
    for part in box.iter():
        name = local(part)
        if name == "posOffset":
            around = part.getparent()
            (across if around is not None and local(around) == "positionH" else down).append(
                decimal(part.text, 0) / _EMU
            )
        elif name == "extent":
            sizes += [decimal(part.get(side), 0) / _EMU for side in ("cx", "cy")]
        for edge, number, unit in _LENGTH.findall(part.get("style", "")):
            length = float(number) * _UNITS[unit]
            (across if "left" in edge else down if "top" in edge else sizes).append(length)
        if name == "txbxContent":
            break
    beyond = any(not _LEFTMOST <= at <= _RIGHTMOST for at in across) or any(
        not _HIGHEST <= at <= _LOWEST for at in down
    )
    return beyond or any(size < _SMALLEST for size in sizes)


def _is_beyond(across: str | None, down: str | None) -> bool:
    return not (_LEFTMOST <= decimal(across, 0) <= _RIGHTMOST and _HIGHEST <= decimal(down, 0) <= _LOWEST)


def _is_small(written: str | None) -> bool:
    return written is not None and 0 < decimal(written, 0) < _SMALLEST
