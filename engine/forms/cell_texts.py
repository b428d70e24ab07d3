"""The texts of a workbook's cells: runs in fonts of their own, put together as a person sees them."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from ..base.suggest import shown
from ..base.text import Text
from ..documents.document import Unclear
from .cell_styles import CellStyle, CellStyles, Font, concealment
from .cells import Written, is_blank
from .escapes import unescaped
from .overlooked import symbol
from .symbols import in_unicode

if TYPE_CHECKING:
    from lxml.etree import _Element

Runs = list[tuple[str, Font | None]]
"""The pieces of a text, each with its font; None is the font of the cell."""

LONGEST: Final = 32_767
"""Characters of a cell: spreadsheet programs take no more."""

Stored = str | Runs | Unclear
"""A text as a file has it: a plain one all in the font of its cell, runs, or what can't be told."""


class SharedTexts:
    """The texts that cells refer to by number. Each is put together where a cell does: a file may hold a million."""

    def __init__(self, items: "Iterable[_Element]", space: str, styles: CellStyles) -> None:
        self._items = [*items]
        self._space, self._styles = space, styles
        self._made: dict[int, Stored] = {}

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, number: int) -> Stored:
        """Raises ValueError where the text has unknown parts."""
        if number not in self._made:
            self._made[number] = stored_text(self._items[number], self._space, self._styles)
        return self._made[number]


def stored_text(item: "_Element", space: str, styles: CellStyles) -> Stored:
    """A string of a file; hints for pronunciation are no part of it, unless they stand over nothing: they may show.

    Raises ValueError where it has unknown parts.
    """
    if len(item) == 1 and item[0].tag == f"{space}t":
        return unescaped(item[0].text or "")
    runs = [(unescaped(text), font) for text, font in _pieces(item, space, styles)]
    hints = "".join(text.text or "" for hint in item.iterchildren(f"{space}rPh") for text in hint.iter(f"{space}t"))
    if not is_blank(hints) and all(is_blank(text) for text, _ in runs):
        return _hint_alone(hints)
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
    if isinstance(stored, Unclear):
        return stored, None
    if sum(len(text) for text in ([stored] if isinstance(stored, str) else [text for text, _ in stored])) > LONGEST:
        return _too_long(stored if isinstance(stored, str) else stored[0][0]), None
    pieces, overlooked = [], None
    for text, font in [(stored, None)] if isinstance(stored, str) else stored:
        symbols = style.symbols if font is None or font.name is None else font.symbols
        if text.strip():
            overlooked = overlooked or (style.concealed if font is None else concealment(font, style.grounds))
        seen = text if symbols is None else in_unicode(symbols, text)
        if seen is None:
            return symbol(text, str(symbols)), overlooked
        pieces.append(seen)
    return "".join(pieces), overlooked


def _hint_alone(hints: str) -> Unclear:
    return Unclear(
        shown(hints),
        Text(
            f"Ô chỉ có phiên âm “{shown(hints)}” mà không có chữ",
            f"The cell holds a reading, “{shown(hints)}”, and no text",
        ),
        Text("Gõ thẳng nội dung vào ô, hoặc xóa ô", "Type the content into the cell, or empty it"),
    )


def _too_long(text: str) -> Unclear:
    longest = f"{LONGEST:,}"
    return Unclear(
        shown(text),
        Text(f"Ô dài quá {longest.replace(',', '.')} ký tự", f"The cell is longer than {longest} characters"),
        Text("Rút gọn nội dung; danh sách thì ghi mỗi dòng một mục", "Shorten it; write lists a row for each item"),
    )
