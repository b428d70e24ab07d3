"""Workbooks (.xlsx): the cells of every sheet, read from the package's XML, and the plan in them.

Values are those that the program that saved the file has stored; formulas are never worked out.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..document import Unclear
from ..forms.cells import Written
from ..forms.form_document import FormDocument
from ..forms.grid import Grid
from ..forms.package import MOST_CELLS, Package, macros, open_package, too_many_cells, whole
from ..forms.reading import read_form
from ..problem import Place
from ..suggest import shown
from ..text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_ID: Final = re.compile(r"\{[^}]*\}id$")
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_DATE_FORMATS: Final = {
    **dict.fromkeys((14, 15, 16, 17), "d"),
    **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h"),
    22: "dh",
}
"""Of the built-in number formats those that show a day, an hour, or both."""
_QUOTED: Final = re.compile(r'"[^"]*"|\\.|_.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
_LAST_SERIAL: Final = 2_958_466


def read(file: str, content: bytes) -> FormDocument:
    """The plan in a workbook. Raises Unreadable."""
    return read_form(file, grids(open_package(file, content, ".xlsx")), content)


def grids(package: Package) -> Iterator[Grid]:
    """The cells of each sheet, in the order of the workbook. Raises Unreadable."""
    main = package.main()
    workbook = package.xml(main)
    space = package.space(workbook, "workbook")
    if b"macroEnabled" in package.bytes("[Content_Types].xml"):
        raise macros(package.file, ".xlsx")
    reader = _Sheets(package, main, workbook, space)
    for number, (name, part) in enumerate(reader.sheets(), 1):
        yield reader.grid(number, name, part)


class _Sheets:
    def __init__(self, package: Package, main: str, workbook: "_Element", space: str) -> None:
        self._package = package
        self._workbook = workbook
        self._relations = package.relations(main)
        self._row, self._cell, self._value = f"{space}row", f"{space}c", f"{space}v"
        self._formula, self._inline, self._space = f"{space}f", f"{space}is", space
        self._texts = self._shared_texts()
        self._dates = self._date_styles()
        properties = workbook.find(f"{space}workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
        self._cells = 0

    def sheets(self) -> Iterator[tuple[str, str]]:
        """The name and the part of every worksheet."""
        parts = {relation.id: relation.target for relation in self._relations if relation.kind == "worksheet"}
        for sheet in self._workbook.iter(f"{self._space}sheet"):
            identity = next((value for name, value in sheet.attrib.items() if _ID.search(str(name))), "")
            if part := parts.get(str(identity)):
                yield sheet.get("name") or "", part

    def grid(self, number: int, name: str, part: str) -> Grid:
        """The cells of one sheet that hold something."""
        file = self._package.file

        def place(row: int, column: int) -> Place:
            return Place(file, sheet=name, cell=f"{letters(column)}{row}", sheet_number=number)

        grid = Grid(name, place)
        root = self._package.xml(part)
        data = root.find(f"{self._space}sheetData")
        for row, cells in self._rows(data) if data is not None else ():
            self._count(len(cells))
            grid.rows[row] = cells
        last = max(grid.rows, default=0)
        for merged in root.iter(f"{self._space}mergeCell"):
            self._spread(grid, merged.get("ref", ""), last)
        return grid

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise too_many_cells(self._package.file)

    def _rows(self, data: "_Element") -> Iterator[tuple[int, dict[int, Written]]]:
        number = 0
        for row in data.iterchildren(self._row):
            number = whole(row.get("r"), number + 1)
            cells: dict[int, Written] = {}
            column = 0
            for cell in row.iterchildren(self._cell):
                reference = cell.get("r")
                column = _column(reference) if reference else column + 1
                if len(cell) and (value := self._written(cell)) is not None:
                    cells[column] = value
            if cells:
                yield number, cells

    def _written(self, cell: "_Element") -> Written | None:
        """What a cell holds; None where it holds nothing."""
        kind = cell.get("t", "n")
        stored: str | None = None
        formula: _Element | None = None
        for child in cell:
            if child.tag == self._value:
                stored = child.text
            elif child.tag == self._formula:
                formula = child
            elif child.tag == self._inline:
                stored = _joined(child, self._space)
        if formula is not None and (fault := _formula_fault(formula.text or "", stored, kind)):
            return fault
        if stored is None:
            return None
        if kind == "s":
            number = whole(stored, -1)
            return self._texts[number] if 0 <= number < len(self._texts) else None
        if kind in ("str", "inlineStr"):
            return stored
        if kind == "b":
            return stored.strip() == "1"
        if kind == "e":
            return _error(stored)
        if kind == "d":
            return stored
        return self._numeric(stored, cell.get("s"))

    def _numeric(self, stored: str, style: str | None) -> Written:
        try:
            number = float(stored)
        except ValueError:
            return stored
        shows = self._dates.get(style or "0")
        if shows is None or not 0 <= number < _LAST_SERIAL:
            return number
        moment = self._epoch + timedelta(seconds=round(number * 86_400))
        if number < 1:
            return moment.time() if "h" in shows else number
        return moment.date() if shows == "d" and number.is_integer() else moment

    def _spread(self, grid: Grid, reference: str, last_row: int) -> None:
        """Let the value of cells merged downwards stand in every row that is there, down to the last one."""
        first, _, last = reference.partition(":")
        top, bottom = _REFERENCE.fullmatch(first), _REFERENCE.fullmatch(last)
        if top is None or bottom is None:
            return
        row, column = int(top[2]), _column(first)
        value = grid.value(row, column)
        if value is None:
            return
        for below in range(row + 1, min(int(bottom[2]), last_row) + 1):
            self._count(1)
            if below in grid.rows and column not in grid.rows[below]:
                grid.rows[below][column] = value
                grid.origins[below, column] = (row, column)

    def _shared_texts(self) -> list[str]:
        part = self._part("sharedStrings")
        if part is None:
            return []
        return [_joined(item, self._space) for item in self._package.xml(part).iterchildren(f"{self._space}si")]

    def _date_styles(self) -> dict[str, str]:
        """The styles (by their number as cells give it) that show a day ("d"), an hour ("h") or both ("dh")."""
        part = self._part("styles")
        if part is None:
            return {}
        styles = self._package.xml(part)
        formats = dict(_DATE_FORMATS)
        for item in styles.iter(f"{self._space}numFmt"):
            if shows := _shows(item.get("formatCode", "")):
                formats[whole(item.get("numFmtId"), -1)] = shows
        found = {}
        for group in styles.iterchildren(f"{self._space}cellXfs"):
            for number, style in enumerate(group.iterchildren(f"{self._space}xf")):
                if shown_parts := formats.get(whole(style.get("numFmtId"), 0)):
                    found[str(number)] = shown_parts
        return found

    def _part(self, kind: str) -> str | None:
        return next(
            (relation.target for relation in self._relations if relation.kind == kind and relation.target), None
        )


def _joined(item: "_Element", space: str) -> str:
    """The text of a string with or without formatted runs; hints for pronunciation are no part of it."""
    pieces = []
    for child in item:
        if child.tag == f"{space}t":
            pieces.append(child.text or "")
        elif child.tag == f"{space}r":
            pieces += [run.text or "" for run in child.iterchildren(f"{space}t")]
    return "".join(pieces)


def _shows(code: str) -> str:
    """Whether a number format shows a day, an hour, or both."""
    plain = _QUOTED.sub("", code.partition(";")[0]).lower()
    return ("d" if "d" in plain or "y" in plain else "") + ("h" if "h" in plain else "")


def _column(reference: str) -> int:
    """The column of a reference such as AB12, from 1."""
    number = 0
    for mark in reference[:3]:
        if not "A" <= mark <= "Z":
            break
        number = number * 26 + ord(mark) - 64
    return number


def letters(column: int) -> str:
    """The letters of a column, from 1."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def _formula_fault(formula: str, stored: str | None, kind: str) -> Unclear | None:
    """What can't be taken over from a cell with a formula: no stored result, or one from another file."""
    if re.search(r"\[\d+\]", formula):
        return Unclear(
            f"={formula}",
            Text("Ô lấy giá trị từ một tệp khác (liên kết ngoài)", "The cell takes its value from another file"),
            Text(
                "Chép ô, dán lại bằng “Dán đặc biệt – Giá trị”", "Copy the cell and paste it as a value (Paste Special)"
            ),
        )
    if stored is None and kind != "str":
        return Unclear(
            f"={formula}",
            Text(
                f"Ô là công thức “={shown(formula)}” chưa có kết quả được lưu",
                f"The cell is the formula “={shown(formula)}” without a stored result",
            ),
            Text(
                "Ghi thẳng giá trị, hoặc mở tệp bằng LibreOffice (Excel) rồi lưu lại",
                "Write the value itself, or open the file in LibreOffice (Excel) and save it",
            ),
        )
    return None


def _error(stored: str) -> Unclear:
    return Unclear(
        stored,
        Text(f"Ô có lỗi công thức {shown(stored)}", f"The cell shows the formula error {shown(stored)}"),
        Text("Sửa công thức, hoặc ghi thẳng giá trị", "Mend the formula, or write the value itself"),
    )
