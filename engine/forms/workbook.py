"""Plans as workbooks: the form of layout.py, filled in from a plan, or to be filled in by an office."""

from copy import copy
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from ..model.description import Description
from ..model.records import DocumentRecord
from .cells import choices
from .content import Data, Shown, example, field, plan_data, rows
from .escapes import escaped
from .layout import (
    AUTHOR,
    EXAMPLE,
    MARK,
    NO,
    SERIAL,
    VERSION_LABEL,
    VERSION_SHEET,
    YES,
    FormColumn,
    Layout,
    layout,
)

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TITLE_ROW: Final = 1
HEADING_ROW: Final = 3
TIME_FORMAT: Final = "dd/mm/yyyy hh:mm"
DAY_FORMAT: Final = "dd/mm/yyyy"
TEXT_FORMAT: Final = "@"

_LINE: Final = 16
"""Points of a line of text."""
_HEADING_FILL: Final = "FFDCE6F1"
_TO_FILL: Final = "FFFFF2CC"
_EXAMPLE_COLOUR: Final = "FF808080"
_FORMATS: Final = {"count": "#,##0", "number": "General", "percentage": "General", "date": DAY_FORMAT}
_FORMULA_SIGNS: Final = ("=", "+", "-", "@")

Looks = dict[tuple[str, bool, bool, bool], Any]
"""Styles of cells by what decides them: the parameters of `_style`."""


def write(plan: DocumentRecord) -> bytes:
    """The plan as a workbook (.xlsx) that reads back to the same plan, lists without an order in that of the form."""
    return write_data(plan_data(plan), plan.known, examples=False)


def write_data(data: Data, known: Description, *, examples: bool) -> bytes:
    """A workbook with plain data (plan-format) of a type of document in it, with or without example rows and room for more."""
    from openpyxl import Workbook

    from .saving import saved

    form, book = layout(known), Workbook()
    looks: Looks = {}
    book.remove(book.worksheets[0])
    for name, title in form.sheets.items():
        sheet = book.create_sheet(name)
        sheet.cell(TITLE_ROW, 1, title).font = _font(bold=True, size=14)
        if name == form.first:
            _fields(sheet, data, form, looks)
        else:
            _tables(sheet, data, form, examples, looks)
        if examples:
            _ask(sheet)
        _page(sheet, first=name == form.first)
    _version(book, known.version)
    return saved(book)


def _fields(sheet: "Worksheet", data: Data, form: Layout, looks: Looks) -> None:
    for row, column in enumerate(form.fields, HEADING_ROW):
        label: Any = sheet.cell(row, 1, column.label)
        label.font, label.fill, label.border = _font(bold=True), _fill(_HEADING_FILL), _border()
        cell: Any = sheet.cell(row, 2)
        _put(cell, field(data, column), column, looks)
        _validate(sheet, column, cell.coordinate)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 34, 60


def _tables(sheet: "Worksheet", data: Data, form: Layout, examples: bool, looks: Looks) -> None:
    first = HEADING_ROW + 1
    last = first
    heights: dict[int, int] = {}
    _heading(sheet, 1, FormColumn(SERIAL, (), width=8))
    left = 2
    for table in form.tables_of(sheet.title):
        content: list[list[Shown]] = [example(table)] if examples else []
        content += (shown for _, shown in rows(data, table, form))
        bottom = first + len(content) - 1 + (table.rows if examples else 0)
        for offset, column in enumerate(table.columns):
            number = left + offset
            _heading(sheet, number, column)
            for row, shown in enumerate(content, first):
                cell: Any = sheet.cell(row, number)
                _put(cell, shown[offset], column, looks, example=examples and row == first)
                heights[row] = max(heights.get(row, 1), _lines(shown[offset], column.width))
            letter = _letter(number)
            if bottom >= first:
                _validate(sheet, column, f"{letter}{first}:{letter}{bottom}")
            if examples:
                _dress(sheet.column_dimensions[letter], column.holds)
        if examples:
            begins = 1 if left == 2 else left  # the serial numbers are beside the first table
            _rule(sheet, begins, left + len(table.columns) - 1, first + len(content), bottom)
        last = max(last, first + len(content) - 1)
        left += len(table.columns) + 1
    look: Any = None
    for row in range(first, last + 1):
        serial: Any = sheet.cell(row, 1, EXAMPLE if examples and row == first else row - first + (0 if examples else 1))
        if look is None:
            serial.border, serial.font = _border(), _font(italic=True, colour=_EXAMPLE_COLOUR)
            serial.alignment = _alignment(centred=True)
            look = serial._style
        serial._style = copy(look)
    sheet.row_dimensions[HEADING_ROW].height = 66
    for row, lines in heights.items():
        if lines > 1:  # others are as high as what is written into them
            sheet.row_dimensions[row].height = lines * _LINE
    sheet.freeze_panes = f"A{first}"


def _lines(value: Shown, width: int) -> int:
    """How many lines a value takes in a column of this width; letters are a little wider than the digits that it counts."""
    pieces = str(value).splitlines() if isinstance(value, str) else []
    return sum(max(1, -(-len(piece) * 11 // (width * 10))) for piece in pieces)


def _heading(sheet: "Worksheet", number: int, column: FormColumn) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment

    cell: Any = sheet.cell(HEADING_ROW, number, column.label)
    first: Any = sheet.cell(HEADING_ROW, 1)
    if number > 1:
        cell._style = copy(first._style)
    else:
        cell.font, cell.fill, cell.border = _font(bold=True), _fill(_HEADING_FILL), _border()
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    sheet.column_dimensions[_letter(number)].width = column.width
    if column.note:
        cell.comment = Comment(column.note, AUTHOR, height=90, width=260)


def _put(cell: Any, value: Shown, column: FormColumn, looks: Looks, *, example: bool = False) -> None:
    """Write a value. Text stays text, whatever it begins with: no cell of a form is ever a formula.

    `looks` is how cells of the book written before look: each is made once, for openpyxl takes longer for it than for all else.
    """
    kept = isinstance(value, str) and value.startswith(_FORMULA_SIGNS)
    look = column.holds, isinstance(value, datetime), kept, example
    if look in looks:
        cell._style = copy(looks[look])
    else:
        _style(cell, *look)
        looks[look] = copy(cell._style)
    if isinstance(value, str):
        cell.value = escaped(value)
        cell.data_type = "s"
    elif value is not None:
        cell.value = value


def _style(cell: Any, holds: str, moment: bool, kept: bool, example: bool) -> None:
    """How a cell looks; `kept`: its text begins as a formula does."""
    _dress(cell, holds)
    if moment:
        cell.number_format = TIME_FORMAT
    cell.quotePrefix = kept
    cell.border = _border()
    if example:
        cell.font = _font(italic=True, colour=_EXAMPLE_COLOUR)


def _dress(cells: Any, holds: str) -> None:
    """How a cell looks before it is ruled, or a column in which nothing is written yet."""
    cells.alignment = _alignment(centred=holds in ("mark", "truth", "date", "instant", "instants", "count"))
    cells.font = _font()
    cells.number_format = TIME_FORMAT if holds in ("instant", "instants") else _FORMATS.get(holds, TEXT_FORMAT)


def _rule(sheet: "Worksheet", left: int, right: int, first: int, last: int) -> None:
    """Rule rows as soon as something is written into them: programs print those, and not what shows nothing."""
    from openpyxl.formatting import rule

    made: Any = rule.FormulaRule
    begin, end = _letter(left), _letter(right)
    filled: Any = made(formula=[f"COUNTA(${begin}{first}:${end}{first})>0"], border=_border())
    sheet.conditional_formatting.add(f"{begin}{first}:{end}{last}", filled)


def _ask(sheet: "Worksheet") -> None:
    """Colour what is to be filled in for as long as it is not."""
    from openpyxl.formatting import rule

    made: Any = rule.FormulaRule
    first, end = f"B{HEADING_ROW}", _letter(max(sheet.max_column, 2))
    unfilled: Any = made(formula=[f'LEFT({first},1)="<"'], fill=_fill(_TO_FILL))
    sheet.conditional_formatting.add(f"{first}:{end}{sheet.max_row}", unfilled)


def _validate(sheet: "Worksheet", column: FormColumn, cells: str) -> None:
    """Give cells a drop-down where there are only so many answers, and a note on what to write."""
    from openpyxl.worksheet.datavalidation import DataValidation

    allowed = _choices(column)
    if not allowed and not column.note:
        return
    # A list separates its entries by commas; labels that have one are too long for a list anyway.
    formula = f'"{",".join(allowed)}"' if allowed else None
    rule = DataValidation(type="list" if allowed else None, formula1=formula, allow_blank=True)
    rule.showErrorMessage = bool(allowed)
    rule.errorTitle, rule.error = "Chọn trong danh sách", f"Chọn một trong: {'; '.join(allowed)}"[:250]
    if column.note:
        rule.showInputMessage = True
        rule.promptTitle, rule.prompt = column.label[:32], column.note[:250]
    sheet.add_data_validation(rule)
    rule.add(cells)


def _choices(column: FormColumn) -> list[str]:
    if column.holds == "choice":
        return choices(column)
    return {"mark": [MARK], "truth": [YES, NO]}.get(column.holds, [])


def _page(sheet: "Worksheet", *, first: bool) -> None:
    """Print on A4, as wide as the page, headings on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    sheet.page_setup.orientation = "portrait" if first else "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if not first:
        sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"


def _version(book: "Workbook", version: int) -> None:
    sheet = book.create_sheet(VERSION_SHEET)
    sheet["A1"], sheet["B1"] = VERSION_LABEL, version
    sheet.sheet_state = "hidden"


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    letter: str = get_column_letter(number)
    return letter


def _font(*, bold: bool = False, italic: bool = False, size: int = 12, colour: str = "FF000000") -> Any:
    from openpyxl.styles import Font

    return Font(name="Times New Roman", size=size, bold=bold, italic=italic, color=colour)


def _alignment(*, centred: bool) -> Any:
    from openpyxl.styles import Alignment

    return Alignment(wrap_text=True, vertical="top", horizontal="center" if centred else None)


def _fill(colour: str) -> Any:
    """A fill of cells, where it begins with its colour, and of conditional formats, where it ends with it."""
    from openpyxl.styles import PatternFill

    return PatternFill("solid", start_color=colour, end_color=colour)


def _border() -> Any:
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color="FFB0B0B0")
    return Border(left=side, right=side, top=side, bottom=side)
