"""Workbooks (.xlsx): the cells of every sheet, read from the package's XML, and the plan in them.

Values are those that the program that saved the file has stored; formulas are never worked out. Where a person sees
another value than is stored, or none, the sheet's look says so (see forms.grid.Look).
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from ..base.problem import Place
from ..documents.refused import macros
from . import formulas, overlooked
from .cell_styles import CellStyles
from .cell_texts import SharedTexts
from .cells import cell_text, is_blank
from .form_document import FormDocument
from .grid import Grid, Look
from .package import MOST_CELLS, OFFICE_RELATIONS, Package, open_package, too_many_cells
from .plain_cells import plain_sheet
from .reading import read_form
from .references import area, column_letters, columns_reached
from .sheet_cells import Cells
from .sheet_look import look_at, other_sheet, printed

if TYPE_CHECKING:
    from lxml.etree import _Element

    from .layout import Layout

_PRINT_AREA: Final = "_xlnm.print_area"
_IDS: Final = tuple(f"{{{space}}}id" for space in OFFICE_RELATIONS)


def read(file: str, content: bytes, only: "Layout | None" = None) -> FormDocument:
    """The plan in a workbook, or what the form of a layout holds. Raises Unreadable."""
    made = grids(open_package(file, content, ".xlsx"))
    return read_form(file, lambda _: made, content, only)


def grids(package: Package) -> list[Grid]:
    """The cells of each sheet, in the order of the workbook. Raises Unreadable."""
    main = package.main()
    workbook = package.xml(main)
    space = package.space(workbook, "workbook")
    if b"macroEnabled" in package.bytes("[Content_Types].xml"):
        raise macros(package.file, ".xlsx")
    reader = _Workbook(package, main, workbook, space)
    found = list(reader.grids())
    for grid in found:
        grid.look.unstable = reader.unstable
    return found


class _Workbook:
    def __init__(self, package: Package, main: str, workbook: "_Element", space: str) -> None:
        self._package = package
        self._workbook = workbook
        self._space = space
        self._relations = package.relations(main)
        self._styles = CellStyles(package, self._part("styles"), self._part("theme"), space)
        self._texts = self._shared_texts()
        properties = workbook.find(f"{space}workbookPr")
        since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
        self._cells = 0
        names = [(item.get("name", ""), item.text or "") for item in workbook.iter(f"{space}definedName")]
        self._unstable_names = {name.casefold() for name, formula in names if formulas.changes_by_itself(formula)}
        self.unstable = bool(self._unstable_names)
        self._print_areas = {
            item.get("localSheetId"): item.text or ""
            for item in workbook.iter(f"{space}definedName")
            if item.get("name", "").casefold() == _PRINT_AREA
        }

    def grids(self) -> Iterator[Grid]:
        """The cells of each worksheet; of other sheets what is to be known of them."""
        for number, (sheet, kind, part) in enumerate(self._sheets(), 1):
            name = sheet.get("name") or ""
            if kind == "worksheet":
                yield self._grid(number, name, part, sheet.get("state", "visible") != "visible")
            elif "macro" in kind.lower():
                raise macros(self._package.file, ".xlsx")
            else:
                yield other_sheet(self._package.file, number, name)

    def _sheets(self) -> "Iterator[tuple[_Element, str, str]]":
        parts = {relation.id: relation for relation in self._relations}
        for sheet in self._workbook.iter(f"{self._space}sheet"):
            identities = [value for name in _IDS if (value := sheet.get(name)) is not None]
            relation = parts.get(identities[0]) if len(identities) == 1 else None
            if relation is None or relation.target is None:
                raise self._package.damaged()
            yield sheet, relation.kind, relation.target

    def _grid(self, number: int, name: str, part: str, hidden: bool) -> Grid:
        """The cells of one sheet that hold something."""
        file = self._package.file

        def place(row: int, column: int) -> Place:
            return Place(file, sheet=name, cell=f"{column_letters(column)}{row}", sheet_number=number)

        grid = Grid(name, place, look=Look(hidden=hidden))
        root, plain = plain_sheet(self._package, part, self._space, self._styles)
        every = list(root.iter(f"{self._space}sheetData"))
        if len(every) > 1:  # Programs differ in which of them they show.
            raise self._package.damaged()
        of_columns = {
            number: style
            for group in root.iterchildren(f"{self._space}cols")
            for column, numbers in columns_reached(group)
            if (style := self._styles.style(column.get("style"))).drawn
            for number in numbers
        }
        for data in every:
            sheet = Cells(
                self._space, self._styles, self._texts, self._epoch, grid.look, self._unstable_names, of_columns
            )
            try:
                for row, cells in sheet.rows(data, plain):
                    self._count(len(cells))
                    grid.rows[row] = cells
            except ValueError:
                raise self._package.damaged() from None
            self.unstable |= sheet.unstable
        last = max(grid.rows, default=0)
        for merged in root.iter(f"{self._space}mergeCell"):
            self._spread(grid, merged.get("ref", ""), last)
        look_at(grid, self._package, part, root, self._styles)
        if (areas := self._print_areas.get(str(number - 1))) is not None:
            grid.look.printed = printed(areas)
        return grid

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise too_many_cells(self._package.file)

    def _spread(self, grid: Grid, reference: str, last_row: int) -> None:
        """Let the value of cells merged downwards stand in every row that is there, down to the last one.

        What other cells that are merged still hold is out of sight: that is told where it differs from what is seen.
        """
        if (merged := area(reference)) is None:
            return
        (row, column), (bottom, right) = merged
        value = grid.value(row, column)
        if right > column:
            grid.spans[row, column] = right - column + 1
        rows = range(row, min(bottom, last_row) + 1)
        known = [below for below in (rows if len(rows) < len(grid.rows) else grid.rows) if below in rows]
        self._count(len(known))
        for below in known:
            cells = grid.rows.get(below, {})
            for number in [number for number in cells if column <= number <= right]:
                held = cells[number]
                if (below, number) == (row, column) or is_blank(held):
                    continue
                if value is None or cell_text(held) != cell_text(value):
                    cells[number] = overlooked.covered(cell_text(held))
            if value is not None and cells and below > row and column not in cells:
                cells[column] = value
                grid.origins[below, column] = (row, column)

    def _shared_texts(self) -> SharedTexts:
        part = self._part("sharedStrings")
        items = () if part is None else self._package.xml(part).iterchildren(f"{self._space}si")
        return SharedTexts(items, self._space, self._styles)

    def _part(self, kind: str) -> str | None:
        return next(
            (relation.target for relation in self._relations if relation.kind == kind and relation.target), None
        )
