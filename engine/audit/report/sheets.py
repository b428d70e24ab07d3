"""Sheets of a workbook that are ready to be printed: titles, tables whose heads stay in view, and A4 pages.

Every text is a text: none is ever taken for a formula.
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from ...base.inert import printable
from ...base.results import SUMMARY_MARK, UNSEALED, sealed_package
from ...base.text import Language, Text

_FONT: Final = "Times New Roman"
TITLE: Final = Font(name=_FONT, size=14, bold=True)
HEAD: Final = Font(name=_FONT, size=12, bold=True)
_BODY: Final = Font(name=_FONT, size=12)
QUIET: Final = Font(name=_FONT, size=11, italic=True)
_SHADE: Final = PatternFill("solid", fgColor="E8EDF4")
_THIN: Final = Side(style="thin", color="9AA3AF")
_FRAME: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_RIGHT: Final = Alignment(vertical="top", horizontal="right")
_CENTRE: Final = Alignment(vertical="center", horizontal="center", wrap_text=True)
_LONGEST_CELL: Final = 2000
_LOCALES: Final[dict[Language, str]] = {"vi": "[$-42A]", "en": ""}
"""In whose way numbers are written, as formats say it."""
_LINE_HEIGHT: Final = 16
HEAD_ROW: Final = 4
_A4: Final = 9
_LONGEST_SHEET_NAME: Final = 31


class SheetWriter:
    """A workbook that is written sheet by sheet, each from its first row to its last."""

    def __init__(self, title: Text, language: Language) -> None:
        self._book = Workbook(write_only=True)
        self._book.properties.creator = "thamdinh"
        self._book.properties.title = title[language]
        self._language: Language = language
        self._widths: Sequence[int] = ()
        self._rows = 0

    def saved(self) -> bytes:
        """The workbook (XLSX), marked as a result of this program."""
        self._book.properties.category, self._book.properties.identifier = SUMMARY_MARK, UNSEALED
        made = io.BytesIO()
        self._book.save(made)
        return sealed_package(made.getvalue())

    def sheet(self, name: Text, widths: Sequence[int], *, head: int = HEAD_ROW, landscape: bool = True) -> Any:
        """A sheet for A4 paper, as wide as the page, with page numbers; the table's head stands in row `head`.

        All of this has to be said before the first row is written.
        """
        sheet = self._book.create_sheet(name[self._language][:_LONGEST_SHEET_NAME])
        self._widths, self._rows = widths, 0
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.orientation = "landscape" if landscape else "portrait"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_options.horizontalCentered = True
        sheet.freeze_panes = f"A{head + 1}"
        sheet.print_title_rows = f"{head}:{head}"
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.oddFooter.right.text = Text("Trang &P/&N", "Page &P/&N")[self._language]
        return sheet

    def line(self, sheet: Any, words: Text, font: Font = QUIET) -> None:
        """A line of words above or below a table, across its columns."""
        self._append(sheet, [self._cell(sheet, words[self._language], font, Alignment())], wrapped=False)

    def head(self, sheet: Any, names: Sequence[Text]) -> None:
        """The head of a table; it stays in view and is repeated on every page."""
        cells = [self._cell(sheet, name[self._language], HEAD, _CENTRE) for name in names]
        for cell in cells:
            cell.fill, cell.border = _SHADE, _FRAME
        self._append(sheet, cells)
        assert sheet.print_title_rows == f"${self._rows}:${self._rows}", "the head is where the sheet says it is"

    def row(self, sheet: Any, values: Iterable[object], font: Font = _BODY) -> None:
        """A row of a table: texts wrapped, numbers to the right, a Share in per cent, a Day as day/month/year."""
        cells = []
        for value in values:
            cell = self._cell(sheet, value, font, _WRAPPED if isinstance(value, str) else _RIGHT)
            cell.border = _FRAME
            cells.append(cell)
        self._append(sheet, cells)

    def _append(self, sheet: Any, cells: Sequence[Any], *, wrapped: bool = True) -> None:
        """Add a row, as high as its longest text: not every program fits rows to their texts."""
        self._rows += 1
        lines = [
            _lines(cell.value, width) if isinstance(cell.value, str) else 1
            for cell, width in zip(cells, self._widths, strict=False)
        ]
        sheet.row_dimensions[self._rows].height = _LINE_HEIGHT * (max(lines) if wrapped else 1) + 3
        sheet.append(cells)

    def _cell(self, sheet: Any, value: object, font: Font, alignment: Alignment) -> Any:
        if isinstance(value, str):
            value = printable(value)[:_LONGEST_CELL] or None
        cell: Any = WriteOnlyCell(sheet, None)
        if isinstance(value, Share):
            cell.value = value.value if value.value is not None else "–"
            cell.number_format = f"{_LOCALES[self._language]}0.0%"
        elif isinstance(value, DayCell):
            day, month, year = reversed(value.iso.split("-"))
            cell.value = f"{day}/{month}/{year}"
        else:
            cell.value = value
            if isinstance(value, int):
                cell.number_format = f"{_LOCALES[self._language]}#,##0"
        if isinstance(cell.value, str):
            cell.data_type = "s"  # whatever it begins with
        cell.font, cell.alignment = font, alignment
        return cell


class Share:
    """A share from 0 to 1, shown in per cent; None where there is none."""

    def __init__(self, value: float | None) -> None:
        self.value = value


class DayCell:
    """An ISO date, shown as day/month/year."""

    def __init__(self, iso: str) -> None:
        self.iso = iso


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column."""
    return max(1, -(-len(text) // max(1, int(width * 0.92))))
