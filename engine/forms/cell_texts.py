"""The texts of a workbook's cells: runs in fonts of their own, put together as a person sees them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..base.suggest import shown
from ..base.text import Text
from ..documents.document import Unclear
from .cell_styles import CellStyle, CellStyles, Font, concealment
from .cells import Written
from .escapes import unescaped
from .symbols import in_unicode

if TYPE_CHECKING:
    from lxml.etree import _Element

Runs = list[tuple[str, Font | None]]
"""The pieces of a text, each with its font; None is the font of the cell."""

Stored = str | Runs
"""A text as a file has it: a plain one all in the font of its cell, or runs."""


def stored_text(item: "_Element", space: str, styles: CellStyles) -> Stored:
    """A string of a file; hints for pronunciation are no part of it. Raises ValueError where it has unknown parts."""
    if len(item) == 1 and item[0].tag == f"{space}t":
        return unescaped(item[0].text or "")
    runs = [(unescaped(text), font) for text, font in _pieces(item, space, styles)]
    return runs if any(font for _, font in runs) else "".join(text for text, _ in runs)


def _pieces(item: "_Element", space: str, styles: CellStyles) -> Iterator[tuple[str, Font | None]]:
    for child in item:
        if child.tag == f"{space}t":
            yield child.text or "", None
        elif child.tag == f"{space}r":
            manner = child.find(f"{space}rPr")
            text = "".join(run.text or "" for run in child.iterchildren(f"{space}t"))
            yield text, None if manner is None else styles.font(manner)
        elif child.tag not in (f"{space}rPh", f"{space}phoneticPr", f"{space}extLst"):
            raise ValueError(child.tag)


def put_together(stored: Stored, style: CellStyle) -> tuple[Written, str | None]:
    """The text in a cell of this style, and why a person overlooks some of it (None: nothing is overlooked)."""
    pieces, overlooked = [], None
    for text, font in [(stored, None)] if isinstance(stored, str) else stored:
        symbols = style.symbols if font is None or font.name is None else font.symbols
        if text.strip():
            overlooked = overlooked or (style.concealed if font is None else concealment(font, style.grounds))
        seen = text if symbols is None else in_unicode(symbols, text)
        if seen is None:
            return _unknown_symbol(text, str(symbols)), overlooked
        pieces.append(seen)
    return "".join(pieces), overlooked


def _unknown_symbol(text: str, font: str) -> Unclear:
    return Unclear(
        text,
        Text(
            f"Ô dùng phông ký hiệu {shown(font)}; không rõ ký hiệu này là gì",
            f"The cell is in the font of symbols {shown(font)}; it is not known what this symbol is",
        ),
        Text("Ghi bằng chữ thường; đánh dấu thì ghi x", "Write it in common letters; for a tick write x"),
    )
