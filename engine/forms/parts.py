"""Tables that go on: below or beside themselves, and without headings in another table or sheet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..documents.document import Unclear
from . import faults
from .cells import cell_text, is_blank
from .grid import Grid, Spot
from .headings import FoundField, Heading
from .recognition import TELLING, understands


@dataclass(slots=True)
class Parts:
    """One table of the form: its parts in reading order, and a copy of it that is no part; none where it is not there."""

    parts: list[Heading]
    copy: Heading | None = None

    def fault(self) -> tuple[Unclear, tuple[Grid, Spot]] | None:
        """What is wrong with the table as a whole, and where that shows."""
        if self.copy is not None:
            return faults.two_tables(self.parts[0]), (self.copy.grid, self.copy.spot)
        for part in self.parts:
            if (found := faults.missing_columns(part)) is not None:
                return found[0], (part.grid, found[1])
        return None


def parts_of(grids: list[Grid], found: dict[str, list[Heading]], entries: Iterable[FoundField]) -> dict[str, Parts]:
    """The parts of every table, by its name. `grids` are in reading order, `entries` the fields found in them.

    In one grid a table may go on below or beside itself. With headings in another grid it is a copy: whether that goes
    on or replaces the first is not for a program to guess. A grid without headings goes on with the one before it where
    it has as many columns and a cell that one of them understands.
    """
    tables = {name: _in_one_grid(known) for name, known in found.items()}
    with_fields = {id(entry.grid) for entry in entries}
    known: dict[int, list[Heading]] = {}
    for heading in (heading for headings in found.values() for heading in headings):
        known.setdefault(id(heading.grid), []).append(heading)
    before: dict[int, list[Heading]] = {}
    for grid in grids:
        headings = known.get(id(grid), [])
        if not headings and id(grid) not in with_fields:
            headings = list(_without_headings(grid, before.get(id(grid.within), [])))
            for part in headings:
                tables[part.table.name].parts.append(part)
        before[id(grid.within)] = headings
    return tables


def _in_one_grid(known: list[Heading]) -> Parts:
    parts = [heading for heading in known if heading.grid is known[0].grid]
    return Parts(parts, next((heading for heading in known if heading.grid is not known[0].grid), None))


def _without_headings(grid: Grid, before: list[Heading]) -> Iterator[Heading]:
    """The tables of the grid before that this one goes on with."""
    for heading in before:
        if grid.width != heading.grid.width:
            continue
        part = replace(heading, grid=grid, row=0, others={})
        used = {number for cells in grid.rows.values() for number in cells}
        if (grid.width or used <= {*heading.columns, *range(min(heading.columns))}) and _understood(part):
            yield part


def _understood(part: Heading) -> bool:
    """Whether a cell holds what its column takes; a table of names alone has no column that could tell, and needs none."""
    telling = {number: column for number, column in part.columns.items() if column.holds in TELLING}
    return not telling or any(
        understands(column, value)
        for cells in part.grid.rows.values()
        for number, column in telling.items()
        if (value := cells.get(number)) is not None
    )


def settle_spans(parts: Iterable[Heading]) -> None:
    """Let a mark in cells merged sideways count in each of their columns; what else is merged so can't be understood."""
    for part in parts:
        grid = part.grid
        for (row, first), count in grid.spans.items():
            value = grid.value(row, first)
            if not part.is_over(row) or value is None or is_blank(value):
                continue
            under = [number for number in range(first, first + count) if number in part.columns]
            if len(under) == len(part.columns) or under in ([], [first]):
                continue
            marks = under[0] == first and all(part.columns[number].holds == "mark" for number in under)
            for number in under if marks else under[:1]:
                grid.rows[row][number] = value if marks else faults.merged_sideways(cell_text(value))
                if number != first:
                    grid.origins[row, number] = (row, first)
