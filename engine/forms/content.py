"""What stands in the cells of a form for a given plan: the reverse of reading."""

from collections.abc import Iterator
from datetime import datetime
from enum import Enum
from typing import Any

from ..base.instant import write_instant
from ..base.record import Record, items
from ..model.plan import Plan
from ..model.vocabulary import LABELS
from .cells import joined
from .layout import MARK, NO, TABLES, YES, Column, Table

Data = dict[str, Any]
Shown = str | int | datetime | None
"""What a writer puts into a cell: text, a whole number, a date and time, or nothing."""


def plan_data(plan: Plan) -> Data:
    """A plan as plain data (plan-format); what is absent is left out."""
    data: Data = _plain(plan)
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return {name: _plain(part) for name, part in items(value).items() if part is not None}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Enum):
        return value.value
    return write_instant(value) if isinstance(value, datetime) else value


def field(data: Data, column: Column) -> Shown:
    """What stands beside a label."""
    return _shown(column, _at(data, column.path), {})


def rows(data: Data, table: Table) -> Iterator[list[Shown]]:
    """The rows of a table, cell by cell, in the order of the table's columns."""
    names = {person.get("id"): person.get("name") for person in data["participants"]}
    for row in _rows(data, table):
        yield [_shown(column, _at(row, column.path), names) for column in table.columns]


def _rows(data: Data, table: Table) -> Iterator[Data]:
    """One entry for each row. A committee without members has a row of its own."""
    if table.path == ("committees", "members"):
        for committee in data["committees"]:
            for seat in committee["members"] or [{}]:
                yield {"committee": committee, **seat}
    elif table.path == ("confidence_votes", "ballots"):
        for vote in data["confidence_votes"]:
            for person in vote["ballots"]:
                yield {"committee": vote["committee"], "person": person}
    else:
        yield from _at(data, table.path)


def _at(data: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        data = data.get(step) if isinstance(data, dict) else None
    return data


def _shown(column: Column, value: Any, names: dict[Any, Any]) -> Shown:
    member = None if column.member is None else column.member.value
    match column.holds:
        case "mark":
            return MARK if member in (value or ()) else None
        case "instants":
            moments = [item["at"] for item in value if item["to"] == member]
            return _instant(moments[0]) if len(moments) == 1 else joined([_long(moment) for moment in moments])
        case _ if value is None:
            return None
        case "name":
            name = names.get(value)
            # A name that is still to be filled in is asked for once, where the person is entered.
            return None if name is None or name.startswith("<") else name
        case "choice":
            assert column.enumeration is not None
            label = LABELS[column.enumeration].get(value)
            return label.vi if label else str(value)
        case "truth":
            return YES if value else NO
        case "instant":
            return _instant(value)
        case "texts":
            return joined(value)
        case "count":
            return value if isinstance(value, int) else str(value)
    return str(value)


def _instant(written: str) -> datetime | str:
    """The date and time of an instant; what is still to be filled in stays text."""
    return written if written.startswith("<") else datetime.fromisoformat(written)


def _long(written: str) -> str:
    return f"{datetime.fromisoformat(written):%d/%m/%Y %H:%M}"


def example(table: Table) -> list[Shown]:
    """The example row of a table."""
    shown: list[Shown] = []
    for column in table.columns:
        if column.holds in ("instant", "instants"):
            shown.append(datetime.strptime(column.example, "%d/%m/%Y %H:%M"))
        else:
            shown.append(int(column.example) if column.holds == "count" else column.example or None)
    return shown


def tables_of(sheet: str) -> list[Table]:
    """The tables of a sheet, from left to right."""
    return [table for table in TABLES if table.sheet == sheet]
