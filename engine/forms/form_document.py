"""A plan read from a form: its data, and the cell of every value."""

from dataclasses import dataclass, field
from typing import Any

from ..base.problem import Path, Place, Problem
from .cells import is_blank
from .grid import Grid, Spot
from .headings import Heading
from .layout import Layout


@dataclass(slots=True)
class Spots:
    """Where the values of a plan stand: those of a row by the row's columns, others each by itself."""

    top: Place
    single: dict[Path, tuple[Grid, Spot]] = field(default_factory=dict)
    rows: dict[Path, tuple[Heading, int]] = field(default_factory=dict)
    headings: dict[str, list[Heading]] = field(default_factory=dict)
    """Where the parts of each table stand, by its name."""
    follows: dict[Place, Place] = field(default_factory=dict)
    """Of each cell with a ditto mark the cell that holds what it stands for."""

    def place(self, path: Path) -> Place:
        """The place of what stands at `path` of the plan, or of the nearest value around it."""
        for length in range(len(path), 0, -1):
            above, below = path[:length], path[length:]
            # A row that has a cell of its own for itself has other cells for what is in it.
            if above in self.single and not (below and above in self.rows):
                grid, spot = self.single[above]
                return grid.place(spot)
            if above in self.rows:
                return _in_row(*self.rows[above], tuple(step for step in below if isinstance(step, str)))
        return self.top


def _in_row(heading: Heading, row: int, steps: tuple[str, ...]) -> Place:
    """The cell in a row for the value at `steps`; of several columns that share it that of the member which comes last, or
    the first that is filled."""
    table, grid = heading.table, heading.grid
    of_member = (column for column in table.columns if steps and (*column.path, column.member) == steps)
    number = next(filter(None, map(heading.number, of_member)), None)
    if number is not None:
        return grid.place((row, number))
    columns = [column for column in table.columns if steps and column.path[-len(steps) :] == steps]
    columns += [column for column in table.columns if steps and column.path[: len(steps)] == steps]
    places = [number for column in columns if (number := heading.number(column)) is not None]
    filled = [number for number in places if not is_blank(grid.value(row, number))]
    identity = table.column(table.identity)
    numbers = [heading.number(column) for column in (identity, *table.columns) if column.path == identity.path]
    whole = [number for number in numbers if number is not None and not is_blank(grid.value(row, number))]
    anything = [number for number, _ in grid.filled(row) if number in heading.columns]
    return grid.place((row, [*filled, *places, *whole, *anything, *sorted(heading.columns)][0]))


class FormDocument:
    """A document as readers give it (see document.Document), with the bytes of the file it was read from."""

    def __init__(
        self,
        file: str,
        data: dict[str, Any],
        spots: Spots,
        layout: Layout,
        content: bytes = b"",
        notices: tuple[Problem, ...] = (),
    ) -> None:
        self.file = file
        self.data = data
        self.spots = spots
        self.layout = layout
        self.content = content
        self.notices = notices

    @property
    def follows(self) -> dict[Place, Place]:
        """Of each cell with a ditto mark the cell that holds what it stands for."""
        return self.spots.follows

    def place(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        """The cell of the value at `path` (where it should be, if it is missing), or of the nearest value around it."""
        return self.spots.place(path)

    def label(self, path: Path) -> str | None:
        return self.layout.label_of(path)

    def excerpt(self, place: Place) -> None:
        """Forms have no lines."""
