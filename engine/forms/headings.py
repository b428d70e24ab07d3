"""Where in a file the tables and fields of the form stand: found by their labels, wherever people have moved them."""

import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache, cached_property
from typing import Final

from ..base.record import Record
from ..base.suggest import letters
from .cells import tidy
from .grid import Grid, Spot
from .layout import FormColumn, Layout, Table

_SURE: Final = 8
"""So many labels of one form, and less than half as many of any other, tell which form a file is."""
_LONGEST: Final = 200
"""Characters of a label."""


class Heading(Record):
    """The row of labels over one table: which column of the grid has which label, in the table's order.

    `others` are columns with a label that the form doesn't know, `serials` those with serial numbers; the table ends
    before row `end`. A part of a table that goes on without headings has row 0.
    """

    table: Table
    grid: Grid
    row: int
    columns: dict[int, FormColumn]
    others: dict[int, str]
    serials: tuple[int, ...] = ()
    end: int = sys.maxsize

    @cached_property
    def _numbers(self) -> dict[FormColumn, int]:
        return {column: number for number, column in self.columns.items()}

    @cached_property
    def bounds(self) -> tuple[tuple[int, int], ...]:
        """Where something begins and where it ends, in pairs of columns of the grid."""
        begins = {column.path: number for number, column in self.columns.items() if column.bound == "tu"}
        pairs = ((begins.get(column.after or ()), number) for number, column in self.columns.items())
        return tuple((first, last) for first, last in pairs if first is not None)

    @property
    def spot(self) -> Spot:
        return self.row, min(self.columns)

    def is_over(self, row: int, column: int | None = None) -> bool:
        """Whether a row, or a cell of it that a column of the form takes, stands in the table."""
        return self.row < row < self.end and (column is None or column in self.columns)

    def number(self, column: FormColumn) -> int | None:
        """Where a column of the form stands in the grid."""
        return self._numbers.get(column)


class FoundField(Record):
    """A label and the value beside it; `spot` is the cell of the value, or where it should be."""

    column: FormColumn
    grid: Grid
    spot: Spot


def headings(grids: Iterable[Grid], layout: Layout) -> dict[str, list[Heading]]:
    """The headings of each table of the form, by the table's name, in reading order; a table that is not there has none.

    Several are parts of one table, or copies of it: `parts.py` tells which.
    """
    grids = list(grids)
    found: dict[str, list[Heading]] = {table.name: [] for table in layout.tables}
    _search(grids, layout, found, exactly=True)
    missing = {name for name, known in found.items() if not known}
    known = {id(heading.grid) for headings in found.values() for heading in headings}
    for grid in grids:
        # Labels letter by letter are told quickly; others need every cell looked at.
        if missing or id(grid) not in known:
            _search([grid], layout, found, exactly=False, wanted=missing if id(grid) in known else None)
    order = {id(grid): number for number, grid in enumerate(grids)}
    together: dict[int, list[Heading]] = {}
    for heading in (heading for headings in found.values() for heading in headings):
        together.setdefault(id(heading.grid), []).append(heading)
    return {
        name: sorted(
            (replace(heading, end=_end(heading, together[id(heading.grid)])) for heading in headings),
            key=lambda heading: (order[id(heading.grid)], heading.row, min(heading.columns)),
        )
        for name, headings in found.items()
    }


def _end(heading: Heading, together: list[Heading]) -> int:
    """The row of the next heading below, of those in its grid, if it stands over any of the same columns."""
    below = [
        other.row
        for other in together
        if other.row > heading.row
        and min(other.columns) <= max(heading.columns)
        and min(heading.columns) <= max(other.columns)
    ]
    return min(below, default=sys.maxsize)


def _search(
    grids: list[Grid],
    layout: Layout,
    found: dict[str, list[Heading]],
    *,
    exactly: bool,
    wanted: set[str] | None = None,
) -> None:
    """Look for the headings of the tables with these names (None: of all)."""
    exact = exact_labels(layout)
    for grid in grids:
        labels = {text: exact[text] for text in grid.texts & exact.keys()}
        if not exactly:
            labels = {text: columns for text in grid.texts if (columns := _labels_of(text, layout))}
        for row, cells in sorted(grid.rows.items()) if labels else ():
            if labels.keys().isdisjoint(cells.values()):
                continue
            hits = [labels[value] for value in cells.values() if type(value) is str and value in labels]
            if len(hits) < 2:
                continue
            tables = [table for hit in hits for table, _ in hit]
            # Words that several tables have for a column count for a table that has a label of its own there.
            own = {table for hit in hits if len(hit) == 1 for table, _ in hit}
            for table in dict.fromkeys(tables):
                if (wanted is None or table.name in wanted) and table in own and tables.count(table) >= 2:
                    for heading in _headings(table, grid, row, own, layout):
                        _keep(found[table.name], heading)


def _keep(known: list[Heading], heading: Heading) -> None:
    """Keep a heading unless it repeats an earlier one. Of labels over two rows the fuller row counts."""
    for number in range(len(known) - 1, -1, -1):
        other = known[number]
        if other.grid is not heading.grid:
            break
        if heading.columns.items() <= other.columns.items():
            return
        if other.row == heading.row - 1 and other.columns.keys() & heading.columns.keys():
            if len(heading.columns) > len(other.columns):
                known[number] = heading
            return
    known.append(heading)


def _headings(table: Table, grid: Grid, row: int, own: Collection[Table], layout: Layout) -> list[Heading]:
    """The headings of one table in a row: several where it goes on beside itself. `own` are the tables of the row."""
    columns: dict[int, FormColumn] = {}
    others: dict[int, str] = {}
    pieces = [(columns, others)]
    nearest: Table | None = None
    for number, value in grid.filled(row):
        hits = dict(_labels_of(value, layout)) if isinstance(value, str) else {}
        # Of the tables that a word may belong to, the one it follows; else the first of the row.
        among = [known for known in hits if known in own]
        hit = next(((known, hits[known]) for known in (nearest, *among) if known is not None and known in among), None)
        if hit is not None:
            nearest = hit[0]
            if nearest is table:
                if hit[1] in columns.values():
                    columns, others = {}, {}
                    pieces.append((columns, others))
                columns[number] = hit[1]
        elif isinstance(value, str) and nearest is table and not is_serial(value):
            others[number] = tidy(value)
    serials = tuple(number for number, value in grid.filled(row) if isinstance(value, str) and is_serial(value))
    return [Heading(table, grid, row, _in_order(table, columns), others, serials) for columns, others in pieces]


def _in_order(table: Table, columns: dict[int, FormColumn]) -> dict[int, FormColumn]:
    return {number: column for known in table.columns for number, column in columns.items() if column is known}


_SERIALS: Final = frozenset(("stt", "tt", "so", "sothutu"))


def is_serial(label: str) -> bool:
    """Whether a label is that of serial numbers."""
    return letters(label) in _SERIALS


_Labels = dict[str, tuple[tuple[Table, FormColumn], ...]]
"""Words of headings, each with the columns that may be meant: several tables may share what people write."""


def _labels_of(value: str, layout: Layout) -> tuple[tuple[Table, FormColumn], ...]:
    """The columns that a label may be of, one in a table."""
    return _labels(layout).get(letters(value), ()) if len(value) <= _LONGEST else ()


@cache
def exact_labels(layout: Layout) -> _Labels:
    """The labels of columns, letter by letter."""
    return {column.label: ((table, column),) for table in layout.tables for column in table.columns}


@cache
def _labels(layout: Layout) -> _Labels:
    found = {letters(label): known for label, known in exact_labels(layout).items()}
    for table in layout.tables:
        for column in table.columns:
            for label in map(letters, column.also):
                found[label] = (*found.get(label, ()), (table, column))
    return found


@cache
def _field_labels(layout: Layout) -> dict[str, FormColumn]:
    columns = (*layout.fields, layout.version)
    return {letters(label): column for column in columns for label in (column.label, *column.also)}


def is_label_of_field(value: object, layout: Layout) -> bool:
    """Whether a cell holds the label of a field of the form."""
    return isinstance(value, str) and len(value) <= _LONGEST and letters(value) in _field_labels(layout)


def which(grids: Iterable[Grid], layouts: tuple[Layout, ...]) -> Layout:
    """The layout most of whose labels stand in the grids; the first of several."""
    if len(layouts) == 1:
        return layouts[0]
    exact = _by_label(layouts)
    found, seen, texts = Counter[Layout](), set[str](), set[str]()
    for grid in grids:
        texts |= grid.texts
        found.update(layout for text in (texts & exact.keys()) - seen for layout in exact[text])
        seen |= texts & exact.keys()
        (most, many), *others = [*found.most_common(2), (layouts[0], 0)]
        if many >= _SURE and many >= 2 * others[0][1]:
            return most
    if not found:  # as hurried people type them
        typed = {letters(text) for text in texts if len(text) <= _LONGEST}
        found.update(layout for layout in layouts for label in {*map(letters, _every_label(layout))} & typed)
    return max(layouts, key=found.__getitem__)


@cache
def _every_label(layout: Layout) -> frozenset[str]:
    """The titles and labels that a form has by which it may be known."""
    titles = (name for sheet in layout.sheets.items() for name in sheet)
    return frozenset((*titles, *(field.label for field in layout.fields), *exact_labels(layout)))


@cache
def _by_label(layouts: tuple[Layout, ...]) -> dict[str, list[Layout]]:
    every = {label for layout in layouts for label in _every_label(layout)}
    return {label: [layout for layout in layouts if label in _every_label(layout)] for label in every}


def form_fields(grids: Iterable[Grid], tables: Iterable[Heading], layout: Layout) -> Iterator[FoundField]:
    """The fields of the form with where their values stand; what lies in a table is none."""
    first_heading: dict[int, int] = {}
    for heading in tables:
        first_heading[id(heading.grid)] = min(heading.row, first_heading.get(id(heading.grid), heading.row))
    for grid in grids:
        for row in sorted(grid.rows):
            if row < first_heading.get(id(grid), row + 1):
                yield from _fields_of(grid, row, layout)


def _fields_of(grid: Grid, row: int, layout: Layout) -> Iterator[FoundField]:
    known = _field_labels(layout)
    cells = [(number, value) for number, value in grid.filled(row)]
    labels = [
        known.get(letters(value)) if isinstance(value, str) and len(value) <= _LONGEST else None for _, value in cells
    ]
    for index, (number, _) in enumerate(cells):
        column = labels[index]
        if column is not None:
            follows = index + 1 < len(cells) and labels[index + 1] is None
            yield FoundField(column, grid, (row, cells[index + 1][0] if follows else number + 1))
