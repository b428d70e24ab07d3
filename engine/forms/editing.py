"""A form with other values in some of its cells: all other parts of the file stay as they are, byte for byte."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ..base.problem import Place
from .content import Shown
from .copying import Copy
from .escapes import escaped
from .package import local, open_package
from .references import split_reference
from .sheets import Sheets
from .symbols import is_symbol_font

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .document_text import TextReader

_EPOCH: Final = datetime(1899, 12, 30)
_TIME: Final = "%d/%m/%Y %H:%M"


def edited(file: str, content: bytes, suffix: str, cells: Mapping[Place, Shown], *, dates: bool = True) -> bytes:
    """The file with these values in these cells (None: nothing). A row one below the last one of a table is made.

    With `dates`, times go into a workbook as dates, which show as such only in cells formatted so; without, as text.
    Raises Unreadable where the file can't be opened as what its suffix (.xlsx or .docx) says, LookupError for a place
    that is not there and can't be made.
    """
    copy = Copy(open_package(file, content, suffix))
    if suffix == ".xlsx":
        _Workbook(copy, dates).write(cells)
    else:
        _write_document(copy, cells)
    return copy.content()


def cell_differences(file: str, before: bytes, after: bytes, suffix: str) -> list[tuple[Place, str, str]]:
    """Every cell that two states of a file differ in, with what stood and what stands there."""
    from . import read_document, read_workbook
    from .cells import cell_text

    read = read_workbook.grids if suffix == ".xlsx" else read_document.grids
    found = []
    old, new = (read(open_package(file, content, suffix)) for content in (before, after))
    for grids in zip(old, new, strict=True):
        spots = {(row, column) for grid in grids for row, cells in grid.rows.items() for column in cells}
        for spot in sorted(spots):
            was, now = ("" if (value := grid.value(*spot)) is None else cell_text(value) for grid in grids)
            if was != now:
                found.append((grids[1].place(spot), was, now))
    return found


class _Workbook(Sheets):
    def __init__(self, copy: Copy, dates: bool) -> None:
        super().__init__(copy)
        self._dates = dates

    def write(self, cells: Mapping[Place, Shown]) -> None:
        parts = dict(self.sheets())
        for place, value in cells.items():
            sheet = self.copy.xml(parts[str(place.sheet)])
            data = sheet.find(self.named("sheetData"))
            if data is None:
                raise self.copy.package.damaged()
            rows = {int(row.get("r", "0")): row for row in data if row.get("r", "").isdecimal()}
            cell = self.cell(data, rows, str(place.cell))
            if cell.get("s") is None and (style := self._style_above(rows, str(place.cell))) is not None:
                cell.set("s", style)
            self._put(cell, value)

    def _style_above(self, rows: "dict[int, _Element]", reference: str) -> str | None:
        """What the cell above looks like: a row that is added goes on like the table."""
        column, number = split_reference(reference)
        above = rows.get(number - 1)
        cells = () if above is None else above.iterchildren(self.named("c"))
        return next((cell.get("s") for cell in cells if split_reference(cell.get("r", ""))[0] == column), None)

    def _put(self, cell: "_Element", value: Shown) -> None:
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", "")
        if isinstance(value, datetime) and self._dates:
            self.make(cell, "v", repr((value - _EPOCH).total_seconds() / 86_400))
        elif isinstance(value, int):
            self.make(cell, "v", str(value))
        elif value is not None:
            cell.set("t", "inlineStr")
            self.make(self.make(cell, "is"), "t", escaped(_text(value)))


_OF_ONE_ROW: Final = ("del", "ins", "hidden", "trHeight", "vMerge", "cellIns", "cellDel", "cellMerge", "tbl")
"""What a row may have that a new row below it has not."""
_OF_OLD_WORDS: Final = ("vanish", "strike", "dstrike", "ins", "del", "rPrChange")
"""Of the manner of words what is not for others in their place; nor is a font that would turn them into pictures."""


def _write_document(copy: Copy, cells: Mapping[Place, Shown]) -> None:
    from .document_text import TextReader

    root = copy.xml(copy.package.main())
    texts = TextReader(root, root.tag.partition("}")[0] + "}")
    body = root.find(texts.named("body"))
    if body is None:
        raise copy.package.damaged()
    tables = texts.tables(body)
    for place, value in cells.items():
        if place.table is None or place.row is None:
            raise LookupError(place)
        rows = list(texts.inside(tables[place.table - 1], "tr"))
        if place.row == len(rows) + 1:
            rows.append(_row_like(rows[-1], texts))
        row = list(texts.inside(rows[place.row - 1], "tc"))
        _put_text(row[int(place.cell or 1) - 1], _text(value), texts)


def _row_like(last: "_Element", texts: "TextReader") -> "_Element":
    """A row below the last one of a table, as that one is but empty."""
    made = deepcopy(last)
    for cell in texts.inside(made, "tc"):
        _put_text(cell, "", texts)
    for name in _OF_ONE_ROW:
        for part in list(made.iter(texts.named(name))):
            _parent(part).remove(part)
    last.addnext(made)
    return made


def _put_text(cell: "_Element", text: str, texts: "TextReader") -> None:
    """Let the cell say nothing but the text, in the manner of its first words."""
    from lxml import etree

    paragraphs = list(texts.inside(cell, "p"))
    for paragraph in paragraphs[1:]:
        _parent(paragraph).remove(paragraph)
    paragraph = paragraphs[0] if paragraphs else etree.SubElement(cell, texts.named("p"))
    manners = (found for found in paragraph.iter(texts.named("rPr")) if _parent(found).tag != texts.named("pPr"))
    manner = next(manners, None)
    for part in [] if manner is None else list(manner):
        name = local(part)
        if name in _OF_OLD_WORDS or (name == "rFonts" and is_symbol_font(part.get(texts.named("ascii")))):
            _parent(part).remove(part)
    for child in list(paragraph):
        if child.tag != texts.named("pPr"):
            paragraph.remove(child)
    if text:
        run = etree.SubElement(paragraph, texts.named("r"))
        if manner is not None:
            run.append(manner)
        written = etree.SubElement(run, texts.named("t"))
        written.text = text


def _parent(element: "_Element") -> "_Element":
    above = element.getparent()
    assert above is not None
    return above


def _text(value: Shown) -> str:
    if isinstance(value, datetime):
        return value.strftime(_TIME)
    return "" if value is None else str(value)
