"""What stands in a form where no table and no field takes it: nothing of a file is passed over in silence."""

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import groupby, repeat
from typing import Final, NamedTuple

from ..base.suggest import letters
from ..documents.document import Unclear
from . import faults
from .cells import REMEMBERED, Written, cell_text, is_blank, tidy
from .grid import Grid, Spot
from .headings import FoundField, Heading, is_label_of_field, is_serial
from .layout import EXAMPLE, HOW_TO, Layout, Steps
from .names import CodedNames
from .no_rows import is_below
from .parts import Parts
from .recognition import like_part_of_row, like_rows_of
from .remarks import REMARKS, Remark
from .unclear import FAULTS

TABLE: Final = REMARKS["table"]
SHEET: Final = REMARKS["sheet"]
UNREAD: Final = REMARKS["unread"]
COLUMN: Final = REMARKS["column"]
ROW: Final = REMARKS["row"]


NUMBER: Final = FAULTS["number"]("")
"""Where rows are counted it says nothing but that."""


_ROOM_TO_SIGN: Final = 8
"""Rows that may lie between the words of a signature and the name."""
_FIRST: Final[Spot] = (1, 1)
_PIECES: Final = r"[\t;|]|\s{2,}|, "
"""What stands between the values of a row in one line of text."""
_PIECES_OF_LINE: Final = r"\s*(?:[\t;|()\[\]{}<>«»‹›（）［］【】〔〕•·●▪►→⇒‒–—―−…]|->|=>|\.{3,})\s*|:\s+|\s[-/\\*+~=]+\s*|(?<![-/\\*+~=])[-/\\*+~=]+\s+|_{2,}|\s{2,}"
"""The same between tables, with dashes, brackets, arrows and the like, but for commas: by them, a sentence on who takes part
would be a row."""
_PIECES_OF_NOTE: Final = r"\s*[\t;|]\s*|:\s+|\s{2,}"
"""The same in the note below a table, whose dashes stand between labels and what they take."""


class Leftover(NamedTuple):
    """Something not read, and where: a problem where it looks like rows of the plan, else a remark."""

    grid: Grid
    spot: Spot
    what: Unclear | Remark


class _Covering(NamedTuple):
    """The tables that a row belongs to: which columns they know, and where serial numbers stand."""

    parts: list[Heading]
    known: frozenset[int]
    serials: frozenset[int]
    labelled: frozenset[int]


def leftovers(
    layout: Layout,
    grids: Iterable[Grid],
    tables: dict[str, Parts],
    entries: Iterable[FoundField],
    names: Mapping[Steps, CodedNames],
) -> Iterator[Leftover]:
    """What none of the tables and fields has taken. `names` are those of the rows of the form's lists.

    A sheet is asked more sternly than a table of a document, beside which documents have many others.
    """
    parts: dict[int, list[Heading]] = {}
    for table in tables.values():
        for part in (*table.parts, *([table.copy] if table.copy else ())):
            parts.setdefault(id(part.grid), []).append(part)
    fields: dict[int, set[int]] = {}
    for entry in entries:
        fields.setdefault(id(entry.grid), set()).add(entry.spot[0])
    codes = {code for path in layout.referred for code in names[path].codes()}
    around = _holders(grids, {*parts, *fields})
    said = {entry.column.label: entry.grid.value(*entry.spot) for entry in entries}
    for grid in grids:
        yield from _in_heads(layout, grid, codes, said)
        within = parts.get(id(grid), [])
        covered = [*_covered(grid, within)] if grid.name or within else []
        if grid.name:
            yield from _astray(layout, grid, within, covered, fields.get(id(grid), set()), codes, names)
        if within:
            yield from _beside(layout, grid, within, covered, codes)
        elif not _is_within(grid, parts):
            yield from _apart(layout, grid, fields.get(id(grid), set()), codes, holds=id(grid) in around)
        of_form = not grid.width or grid.floats or id(grid) in parts or id(grid) in fields or _is_within(grid, parts)
        serials = {1, *(number for part in parts.get(id(grid), []) for number in part.serials)}
        for spot, unread in grid.unread:
            if unread is not NUMBER or (of_form and spot[1] not in serials):
                yield Leftover(grid, spot, unread if of_form else UNREAD)


def _in_heads(
    layout: Layout, grid: Grid, codes: Collection[str], fields: dict[str, Written | None]
) -> Iterator[Leftover]:
    """What stands above and below the pages of a sheet: fields that say something else than those read, rows, pictures."""
    known = {letters(label): letters(cell_text(value)) for label, value in fields.items() if value is not None}
    for line in grid.look.heads:
        pairs = [
            (letters(label), letters(value)) for label, _, value in (piece.partition(":") for piece in line.split("\t"))
        ]
        other = any(is_label_of_field(label, layout) and value and known.get(label) != value for label, value in pairs)
        if other or like_rows_of(layout, re.split(_PIECES, line), codes) is not None:
            yield Leftover(grid, _FIRST, faults.in_page_heads(tidy(line)))
        elif not line:
            yield Leftover(grid, _FIRST, UNREAD)


def _is_within(grid: Grid, parts: dict[int, list[Heading]]) -> bool:
    """Whether the grid stands in a cell of a table of the form, as whose text it is read."""
    return grid.within is not None and (id(grid.within) in parts or _is_within(grid.within, parts))


def _holders(grids: Iterable[Grid], taken: set[int]) -> set[int]:
    """The grids that have others, which are read, in their cells: they only put them in their places."""
    found: set[int] = set()
    for grid in grids:
        outer = grid.within if id(grid) in taken else None
        while outer is not None and id(outer) not in found:
            found.add(id(outer))
            outer = outer.within
    return found


def _pieces(grid: Grid, row: int) -> Iterator[Written]:
    """What stands side by side in a row: its cells, or the pieces of a line of text."""
    for value in grid.rows[row].values():
        yield from _pieces_of(value) if isinstance(value, str) and not grid.width else (value,)


@lru_cache(REMEMBERED)
def _pieces_of(line: str) -> list[str]:
    return re.split(_PIECES_OF_NOTE if line.startswith(HOW_TO) else _PIECES_OF_LINE, line)


def _apart(layout: Layout, grid: Grid, fields: set[int], codes: Collection[str], *, holds: bool) -> Iterator[Leftover]:
    """What a grid without tables of the form has; `holds` says whether such tables stand in its cells."""
    for row in sorted(grid.rows):
        if row in fields:
            continue
        spot = (row, min(grid.rows[row]))
        if (table := like_rows_of(layout, _pieces(grid, row), codes)) is not None:
            yield Leftover(grid, spot, faults.rows_unread(table))
            return
        for column, value in grid.filled(row):
            label, colon, said = cell_text(value).partition(":")
            if colon and said.strip() and is_label_of_field(label, layout):
                yield Leftover(grid, (row, column), faults.field_in_one_cell(label))
        if grid.width and fields and next(grid.filled(row), None) is not None:
            yield Leftover(grid, spot, ROW)
    if grid.width and grid.rows and not fields and not holds and not _is_layout(grid):
        row = min(grid.rows)
        yield Leftover(grid, (row, min(grid.rows[row])), TABLE)


def _astray(
    layout: Layout,
    grid: Grid,
    parts: list[Heading],
    covered: list[tuple[int, _Covering]],
    fields: set[int],
    codes: Collection[str],
    names: Mapping[Steps, CodedNames],
) -> Iterator[Leftover]:
    """What stands in a sheet under no heading and yet may be of the plan: labels of fields, rows of tables."""
    # What a table lacks is told there: it need not be told again where its cells are.
    complete = all(faults.missing_columns(part) is None for part in parts)
    for row, covering in covered:
        labelled = covering.labelled
        if row in fields or grid.rows[row].keys() <= labelled:
            continue
        cells = {number: value for number, value in grid.filled(row) if number not in labelled}
        for number, value in cells.items():
            if is_label_of_field(value, layout) and (row, number) not in grid.origins:
                yield Leftover(grid, (row, number), faults.field_unread(cell_text(value)))
        under = {part.row for part in covering.parts}
        cells = {
            number: value for number, value in cells.items() if all(grid.value(top, number) is None for top in under)
        }
        inside = [number for number in cells if number < max(covering.known, default=0)]
        if (
            inside
            and complete
            and not covering.known.isdisjoint(grid.rows[row])
            and (row, inside[0]) not in grid.origins
        ):
            yield Leftover(grid, (row, inside[0]), faults.no_heading(cell_text(cells[inside[0]])))
            return
        if covering.parts or not (parts or fields):
            cells = {number: value for number, value in cells.items() if not _signs(grid, row, number)}
            table = like_rows_of(layout, cells.values(), codes) or like_part_of_row(layout, cells.values(), names)
            if table is not None:
                yield Leftover(grid, (row, min(cells)), faults.rows_unread(table))
                return
    if grid.rows and not parts and not fields:
        row = min(grid.rows)
        copied = next((table for table in layout.tables if grid.name.startswith(f"{table.sheet} (")), None)
        yield Leftover(grid, (row, min(grid.rows[row])), SHEET if copied is None else faults.rows_unread(copied))


def _signs(grid: Grid, row: int, column: int) -> bool:
    """Whether a cell has words of a signature, or stands under some: the name of who signs."""
    above = (grid.value(number, column) for number in range(row - 1, max(row - _ROOM_TO_SIGN, 0), -1))
    nearest = next((value for value in above if value is not None and not is_blank(value)), None)
    return any(value is not None and is_below(cell_text(value)) for value in (grid.value(row, column), nearest))


def _is_layout(grid: Grid) -> bool:
    """Whether a table only puts words side by side, as the heads and ends of official documents do."""
    return grid.width <= 2 and max(grid.rows) <= 3


def _beside(
    layout: Layout, grid: Grid, parts: list[Heading], covered: list[tuple[int, _Covering]], codes: Collection[str]
) -> Iterator[Leftover]:
    """What stands in a grid above, below and beside the tables of the form in it."""
    told: set[int] = set()
    for row, covering in covered:
        cells = grid.rows[row]
        if not covering.parts:
            if all(row < part.row for part in parts) and (table := like_rows_of(layout, cells.values(), codes)):
                yield Leftover(grid, (row, min(cells)), faults.rows_unread(table))
            continue
        for number in cells.keys() - covering.known:
            if number not in covering.serials or not _counts(cells[number]):
                yield from _outside(grid, row, covering, told)
                break


def _covered(grid: Grid, parts: list[Heading]) -> Iterator[tuple[int, _Covering]]:
    """The rows of a grid, each with the tables over it, which are those of the row above but where one begins or ends."""
    edges = sorted({edge for part in parts for edge in (part.row + 1, part.end)})
    for _, rows in groupby(sorted(grid.rows), key=partial(bisect, edges)):
        first, *others = rows
        over = [part for part in parts if part.is_over(first)]
        columns = frozenset(number for part in over for number in part.columns)
        serials = frozenset(number for part in over for number in part.serials)
        yield from zip((first, *others), repeat(_Covering(over, columns, serials, columns | serials)), strict=False)


def _outside(grid: Grid, row: int, covering: _Covering, told: set[int]) -> Iterator[Leftover]:
    """What a row has outside the columns of the form. `told` are the columns that need no more words."""
    serials = covering.serials
    filled = dict(grid.filled(row))
    for number, value in filled.items():
        if number in serials:
            below = filled.keys().isdisjoint(covering.known) and is_below(cell_text(value))
            if below or (filled.keys() <= serials and _is_words(cell_text(value))):
                yield Leftover(grid, (row, number), ROW)
            elif grid.name and not filled.keys() <= serials and not _is_serial_number(cell_text(value)):
                yield Leftover(grid, (row, number), faults.no_serial_number(cell_text(value)))
        elif number not in covering.known and number not in told:
            told.add(number)
            label = _label_over(number, covering.parts)
            yield Leftover(grid, (row, number), COLUMN if label is None else faults.column_unread(label))


def _counts(value: Written) -> bool:
    """Whether a value is a number, as most serial numbers are."""
    return value.isascii() and value.isdigit() if isinstance(value, str) else isinstance(value, int | float)


def _is_words(text: str) -> bool:
    return any(mark.isalpha() for mark in text) and letters(text) != letters(EXAMPLE)


def _is_serial_number(text: str) -> bool:
    """Whether a text may number a row: 1, 1a, IV, b), Ví dụ."""
    plain = letters(text)
    return (
        plain == letters(EXAMPLE)
        or is_serial(text)
        or len(plain) <= 1
        or re.fullmatch(r"\d*[a-z]?|[ivxlc]+", plain) is not None
    )


def _label_over(number: int, covering: list[Heading]) -> str | None:
    """The label of the form that is merged over a column which it doesn't begin in."""
    for part in covering:
        for first, column in part.columns.items():
            if first < number < first + part.grid.spans.get((part.row, first), 1):
                return column.label
    return None
