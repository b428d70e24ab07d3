"""What a person does not see in a sheet as it is read: notices of it, and what can't be read where it may hold a value."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from ..base.problem import NOT_UNDERSTOOD
from ..base.text import Text
from ..documents.document import Unclear
from . import formulas, overlooked
from .cells import Hundredfold, is_blank
from .grid import Floating, Grid, Spot
from .headings import FoundField, Heading
from .layout import NUMBERS, TIMES, VERSION_LABEL
from .remarks import REMARKS, Remark, Remarks
from .unclear import FAULTS

_SHEET: Final = REMARKS["hidden sheet"]
_COLUMNS: Final = REMARKS["columns"]
_UNPRINTED: Final = REMARKS["unprinted"]

_CELLS: Final[dict[str, Remark]] = {
    "struck": overlooked.STRUCK,
    "tiny": overlooked.FAINT,
    "faint": overlooked.FAINT,
    "format": REMARKS["cells format"],
    "otherwise": REMARKS["cells otherwise"],
    "formula": REMARKS["cells formula"],
    "far": REMARKS["cells far"],
    "moved": REMARKS["cells moved"],
    "1904": REMARKS["cells 1904"],
}
_REDRAWN: Final = REMARKS["redrawn"]
_NOTED: Final = REMARKS["noted"]


_SPREAD_WORDS: Final = REMARKS["spread_words"]
_FILLED: Final = REMARKS["filled"]
_DARK: Final = FAULTS["dark"]("")
_CROSSED: Final = FAULTS["crossed"]("")
_MOVED: Final = FAULTS["moved_mark"]("")
_SPREAD_MARK: Final = FAULTS["spread_mark"]("")


@dataclass(slots=True)
class ReadCells:
    """The cells of one grid that were read: those below headings, and those of fields."""

    areas: list[Heading] = field(default_factory=list)
    spots: dict[Spot, FoundField] = field(default_factory=dict)

    def holds(self, spot: Spot) -> bool:
        return spot in self.spots or self.part(spot) is not None

    def part(self, spot: Spot) -> Heading | None:
        """The heading that a cell was read under."""
        return next((part for part in self.areas if part.is_over(*spot)), None)

    def kind(self, spot: Spot) -> str | None:
        """What a cell that was read holds, as its column or field says; None where it was not read."""
        if (part := self.part(spot)) is not None:
            return part.columns[spot[1]].holds
        return self.spots[spot].column.holds if spot in self.spots else None

    def in_use(self, spot: Spot, grid: Grid) -> bool:
        """Whether a cell that was read, or any other that its row has in the table, holds something."""
        row, column = spot
        part = self.part(spot)
        return any(not is_blank(grid.value(row, number)) for number in (part.columns if part else (column,)))

    def under(self, floating: Floating, grid: Grid) -> Spot | None:
        """The first cell that was read, or could have been, below something that lies over cells; None if there is none."""
        (top, left), (bottom, right) = floating.first, floating.last
        for spot in self.spots:
            if top <= spot[0] <= bottom and left <= spot[1] <= right:
                return spot
        last = max(grid.rows, default=0)
        for part in self.areas:
            columns = [number for number in part.columns if left <= number <= right]
            first = max(top, part.row + 1)
            # One row more than there are: a mark below the last row may be meant as a row of its own.
            if columns and first <= min(bottom, part.end - 1, last + 1):
                return first, min(columns)
        return None


def reads(tables: Iterable[Heading], entries: Iterable[FoundField]) -> dict[int, ReadCells]:
    """What was read of each grid, by the grid's id."""
    found: dict[int, ReadCells] = {}
    for part in tables:
        found.setdefault(id(part.grid), ReadCells()).areas.append(part)
    for entry in entries:
        found.setdefault(id(entry.grid), ReadCells()).spots[entry.spot] = entry
    return found


def unseen(grid: Grid, read: ReadCells, remarks: Remarks) -> Iterator[tuple[Spot, Unclear]]:
    """Remark what was read of a sheet and shows otherwise or not at all; gives what could not be read, by its cell."""
    look = grid.look
    _remark_hidden(grid, read, remarks)
    _remark_unprinted(grid, read, remarks)
    for kind, spots in look.cells.items():
        for spot in filter(read.holds, spots):
            percentage = kind == "otherwise" and read.kind(spot) == "percentage"
            if kind in _CELLS and not (
                (kind == "moved" and read.kind(spot) == "mark")
                or (percentage and isinstance(grid.value(*spot), Hundredfold))
            ):
                remarks.add(_CELLS[kind], grid.place(spot))
            if kind == "formula" and look.unstable and read.kind(spot) in (*TIMES, *NUMBERS):
                value = grid.value(*spot)
                if not isinstance(value, Unclear):
                    yield spot, formulas.RESTS_ON_UNSTABLE
            elif kind == "moved" and read.kind(spot) == "mark":
                yield spot, _MOVED
            elif (
                kind == "crossed" and read.in_use(spot, grid) and (read.kind(spot) == "mark" or _is_filled(grid, spot))
            ):
                yield spot, _CROSSED
    yield from _spread(grid, read, remarks)
    yield from _filled(grid, read, remarks)
    for redrawn in look.redrawn:
        if (below := read.under(redrawn, grid)) is not None:
            remarks.add(_REDRAWN, grid.place(below))
    for spot in look.noted:
        if not any(spot[0] == part.row for part in read.areas):
            remarks.add(_NOTED, grid.place(spot))
    for floating in look.floating:
        if (below := read.under(floating, grid)) is not None:
            yield below, FAULTS["over"](floating.what.vi, floating.what)
        else:
            remarks.add(_beside(floating), grid.place(floating.first))


def _is_filled(grid: Grid, spot: Spot) -> bool:
    return not is_blank(grid.value(*spot))


def _spread(grid: Grid, read: ReadCells, remarks: Remarks) -> Iterator[tuple[Spot, Unclear]]:
    """What is shown over other cells than its own: told at a cell that was read, or could have been."""
    for (row, column), last in grid.look.spread.items():
        over = [(row, number) for number in range(column, last + 1) if read.kind((row, number)) is not None]
        if not over or (len(over) == 1 and over[0] == (row, column) and last > column):
            continue
        if last > column and any(read.kind(spot) == "mark" for spot in over):
            yield over[0], _SPREAD_MARK
        else:
            remarks.add(_SPREAD_WORDS, grid.place(over[0]))


def _filled(grid: Grid, read: ReadCells, remarks: Remarks) -> Iterator[tuple[Spot, Unclear]]:
    """Empty cells for marks that are coloured unlike most of their row and of their column."""
    fills = {spot: fill for spot, fill in grid.look.fills.items() if read.holds(spot)}
    rows = Counter((row, colour) for (row, _), (colour, _) in fills.items())
    columns = Counter((column, colour) for (_, column), (colour, _) in fills.items())
    in_use = len(grid.rows)
    for (row, column), (colour, dark) in fills.items():
        part = read.part((row, column))
        if part is None or part.columns[column].holds != "mark" or not is_blank(grid.value(row, column)):
            continue
        if not read.in_use((row, column), grid):
            continue
        usual = 2 * rows[row, colour] > len(part.columns) or columns[column, colour] > max(1, in_use // 2)
        if dark and not usual:
            yield (row, column), _DARK
        elif dark or not usual:
            remarks.add(_FILLED, grid.place((row, column)))


def _remark_hidden(grid: Grid, read: ReadCells, remarks: Remarks) -> None:
    """Remark hidden sheets, rows and columns that hold something which was read."""
    look = grid.look
    if not (look.hidden or look.rows or look.columns):
        return
    for row, cells in grid.rows.items():
        columns = [number for number, value in cells.items() if not is_blank(value) and read.holds((row, number))]
        if not columns:
            continue
        # The version of the form stands in a hidden sheet of its own.
        if look.hidden and any(entry.column.label != VERSION_LABEL for entry in read.spots.values()) | bool(read.areas):
            remarks.add(_SHEET, grid.place_of(row, columns[0]))
            return
        if row in look.rows:
            remarks.add(overlooked.ROWS, grid.place_of(row, columns[0]))
        for number in look.columns.intersection(columns):
            remarks.add(_COLUMNS, grid.place_of(row, number))
            look.columns.discard(number)


def _remark_unprinted(grid: Grid, read: ReadCells, remarks: Remarks) -> None:
    """Remark the first cell of each row that was read and is not printed with the sheet."""
    if grid.look.printed is None:
        return
    for row, cells in grid.rows.items():
        beside = [area for area in grid.look.printed if area[0][0] <= row <= area[1][0]]
        unprinted = (
            column
            for column, value in sorted(cells.items())
            if not any(first[1] <= column <= last[1] for first, last in beside)
            and not is_blank(value)
            and read.holds((row, column))
        )
        if (column := next(unprinted, None)) is not None:
            remarks.add(_UNPRINTED, grid.place((row, column)))


def _beside(floating: Floating) -> Remark:
    what = floating.what
    return Remark(
        NOT_UNDERSTOOD,
        Text(
            f"Ngoài các bảng có {what.vi}, không được đọc", f"Beside the tables there is {what.en}, which was not read"
        ),
        Text(
            "Nếu hình có nội dung của {document} thì ghi vào bảng",
            "If it holds something of the {document}, write it in a table",
        ),
    )
