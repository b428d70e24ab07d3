"""A change made in a form: the cells that say it are written, in the file as the office made it."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import Any, cast

from ..base.problem import Path, Place, Unreadable
from ..documents import read
from ..forms.content import Shown, rows
from ..forms.editing import edited
from ..forms.form_document import FormDocument
from ..forms.grid import Grid
from ..forms.headings import Heading
from ..forms.layout import LISTED, Layout, Table
from .change import CannotChange, Change, applied

Data = dict[str, Any]


def changed(document: FormDocument, change: Change) -> FormDocument:
    """The document with the change made in its file. Raises CannotChange where the form has no cell for it."""
    wanted = applied(document.data, change)
    cells = dict(_cells(document, cast("Data", wanted)))
    unordered = _unordered(document.layout)
    suffix = PurePath(document.file).suffix.lower()
    for dates in (True, False):
        try:
            content = edited(document.file, document.content, suffix, cells, dates=dates)
            result = read(document.file, content)
        except (Unreadable, LookupError):
            continue
        # The proof that nothing but the change happened: the new file reads as the old data with the change made.
        if isinstance(result, FormDocument) and _plain(result.data, unordered) == _plain(wanted, unordered):
            return result
    raise CannotChange(change.path)


def _cells(document: FormDocument, wanted: Data) -> Iterator[tuple[Place, Shown]]:
    """The cells that the wanted plan has otherwise than the document, and what stands in them."""
    for table in document.layout.tables:
        before = dict(rows(document.data, table, document.layout))
        added = 0
        for path, shown in rows(wanted, table, document.layout):
            known = before.get(path)
            if known is None:
                heading, row = _next_row(document, table)
                row += added
                added += 1
            else:
                heading, row = _row(document, path, table)
            for column, value, old in zip(table.columns, shown, known or [None] * len(shown), strict=True):
                if value == old:
                    continue
                number = heading.number(column)
                if number is None:
                    if not column.optional:
                        raise CannotChange(path)
                    continue
                yield heading.grid.place((row, number)), value


def _row(document: FormDocument, path: Path, table: Table) -> tuple[Heading, int]:
    """Where the row of a table stands."""
    if path in document.spots.rows:
        return document.spots.rows[path]
    if path in document.spots.single:
        grid, (row, _) = document.spots.single[path]
        for part in document.spots.headings[table.name]:
            if part.grid is grid and part.is_over(row):
                return part, row
    raise CannotChange(path)


def _next_row(document: FormDocument, table: Table) -> tuple[Heading, int]:
    """The first row below everything that stands in the columns of the table's last part."""
    heading = document.spots.headings[table.name][-1]
    used = [
        row for row in heading.grid.rows if heading.row <= row < heading.end and _is_used(heading.grid, heading, row)
    ]
    row = max(used) + 1
    if row >= heading.end:
        raise CannotChange(table.path)
    return heading, row


def _is_used(grid: Grid, heading: Heading, row: int) -> bool:
    return any(number in heading.columns for number, _ in grid.filled(row))


def _unordered(layout: Layout) -> frozenset[str]:
    """Lists whose order a form has no place for."""
    columns = (column for table in layout.tables for column in table.columns)
    return frozenset(column.path[-1] for column in columns if column.holds in LISTED)


def _plain(data: object, unordered: frozenset[str], name: str = "") -> object:
    """The data with lists that have no order in forms put in one."""
    if isinstance(data, dict):
        return {key: _plain(value, unordered, key) for key, value in data.items()}
    if isinstance(data, list):
        items = [_plain(item, unordered) for item in data]
        return sorted(items, key=repr) if name in unordered else items
    return data
