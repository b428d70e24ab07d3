"""What stands in the cells of a form for a given plan: the reverse of reading."""

from collections.abc import Iterator
from datetime import date, datetime
from enum import Enum
from typing import Any

from ..base.instant import instant_text
from ..base.problem import Path
from ..base.record import Record, items
from ..model.description import TYPE
from ..model.document_types import DEFAULT
from ..model.instants import MIDNIGHT
from ..model.records import DocumentRecord
from .cells import joined
from .layout import MARK, NO, NUMBERS, YES, FormColumn, Layout, Steps, Table

Data = dict[str, Any]
Shown = str | int | float | date | None
"""What a writer puts into a cell: text, a number, a day with its time or without, or nothing."""


def plan_data(plan: DocumentRecord) -> Data:
    """A document as plain data (plan-format), which says its type where it has to; what is absent is left out."""
    data: Data = _plain(plan)
    return data if plan.known.id == DEFAULT else {TYPE: plan.known.id, **data}


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return {name: _plain(part) for name, part in items(value).items() if part is not None}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return instant_text(value)


def field(data: Data, column: FormColumn) -> Shown:
    """What stands beside a label."""
    return _shown(column, value_or_none(data, column.path), {})


def rows(data: Data, table: Table, layout: Layout) -> Iterator[tuple[Path, list[Shown]]]:
    """The rows of a table, each with its path and cell by cell, in the order of the table's columns."""
    names = {column.to: _names(data, column.to, layout) for column in table.columns if column.holds == "name"}
    for path, outer, row in _rows(data, table):
        values = (value_or_none(outer, c.path[1:]) if c.is_outer else value_or_none(row, c.path) for c in table.columns)
        yield path, [_shown(column, value, names) for column, value in zip(table.columns, values, strict=True)]


def _rows(data: Data, table: Table) -> Iterator[tuple[Path, Any, Any]]:
    """The path of each row, what it stands in, and the row. What is made from the table has a row even when it is empty."""
    if table.outer is None:
        for number, row in enumerate(value_or_none(data, table.path)):
            path: Path = (*table.path, number)
            yield path, data, row
        return
    *_, inner = table.path
    for number, outer in enumerate(value_or_none(data, table.outer)):
        for position, row in enumerate(outer.get(inner) or [{}] * table.makes_outer):
            path = (*table.outer, number, inner, position)
            yield path, outer, row


def _names(data: Data, path: Steps, layout: Layout) -> dict[Any, Any]:
    """The names of the rows of a list by their codes."""
    codes, titles = next((table.code, table.title) for table in layout.tables if table.path == path)
    return {row.get(codes.path[0]): row.get(titles.path[0]) for row in value_or_none(data, path) if codes and titles}


def value_or_none(data: Any, path: Steps) -> Any:
    """The value at these steps of plain data; None where there is none."""
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def _shown(column: FormColumn, value: Any, names: dict[Steps, dict[Any, Any]]) -> Shown:
    match column.holds:
        case "mark":
            return MARK if column.member in (value or ()) else None
        case "instants":
            moments = [item[column.takes] for item in value if item[column.each] == column.member]
            return _instant(moments[0]) if len(moments) == 1 else joined([_long(moment) for moment in moments])
        case _ if value is None:
            return None
        case "name":
            name = names[column.to].get(value)
            # A name that is still to be filled in is asked for once, where the person is entered.
            return None if name is None or name.startswith("<") else name
        case "choice":
            member = column.enumeration and column.enumeration.member(value)
            return member.words.vi if member else str(value)
        case "truth":
            return YES if value else NO
        case "instant":
            return _instant(value)
        case "texts":
            return joined(value)
        case "date":
            return value if value.startswith("<") else date.fromisoformat(value)
        case "count" | "number" | "percentage":
            return value if isinstance(value, int | float) else str(value)
    return str(value)


def _instant(written: str) -> datetime | str:
    """The date and time of an instant; what is still to be filled in stays text.

    So does a midnight: in a spreadsheet nothing tells it from a day without a time.
    """
    if written.startswith("<"):
        return written
    moment = datetime.fromisoformat(written)
    return _long(written) if moment.time() == MIDNIGHT else moment


def _long(written: str) -> str:
    return f"{datetime.fromisoformat(written):%d/%m/%Y %H:%M}"


def example(table: Table) -> list[Shown]:
    """The example row of a table."""
    shown: list[Shown] = []
    for column in table.columns:
        if column.holds in ("instant", "instants") and column.example:
            shown.append(datetime.strptime(column.example, "%d/%m/%Y %H:%M"))
        elif column.holds == "date" and column.example:
            shown.append(datetime.strptime(column.example, "%d/%m/%Y").date())
        elif column.holds in NUMBERS and column.example:
            shown.append(float(column.example) if column.holds != "count" else int(column.example))
        else:
            shown.append(column.example or None)
    return shown
