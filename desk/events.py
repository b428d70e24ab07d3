"""The chain of events: what was done, by whom and when, with the rows as they became, each event holding on to the last.

Every change of a tracked table is held by an event of the same transaction, so that tables and events can be held
against each other at any time (verification.py).
"""

import datetime
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Table, event, select
from sqlalchemy.orm import Session

from .model import Base, Event, Head, Tracked
from .vault import digest_of

FIRST: Final = "0" * 64
"""What stands for the hash of the event before the first."""
_CHANGES: Final = "changes"
AT_ONCE: Final = 20
"""How many rows are held at once where all of a table are looked at."""

Row = dict[str, Any]
Changes = dict[str, list[Row]]
"""Rows by the name of their table, as they became; a row of a key alone is one that was deleted."""

TRACKED: Final[dict[str, Table]] = {
    table.name: table
    for mapper in Base.registry.mappers
    for table in [mapper.local_table]
    if issubclass(mapper.class_, Tracked) and isinstance(table, Table)
}


def hashed_form(value: object) -> str:
    """The one way in which a value is written to be hashed."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def row_of(table: Table, values: Row) -> Row:
    """A row as events hold it: instants and days as text, of secrets the digest alone."""
    made: Row = {}
    for name, value in values.items():
        column = table.columns[name]
        if isinstance(value, datetime.datetime):
            value = value.astimezone(datetime.UTC).isoformat(timespec="microseconds")
        elif isinstance(value, datetime.date):
            value = value.isoformat()
        elif value is not None and column.info.get("secret"):
            value = digest_of(value.encode())
        made[name] = value
    return made


def key_of(table: Table, row: Row) -> tuple[Any, ...]:
    """What tells a row from others of its table."""
    return tuple(row[column.name] for column in table.primary_key.columns)


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _: object) -> None:
    changes: Changes = session.info.setdefault(_CHANGES, {})
    for row in (*session.new, *session.dirty, *session.deleted):
        if (table := TRACKED.get(getattr(row, "__tablename__", ""))) is not None:
            columns = table.primary_key.columns if row in session.deleted else table.columns
            values = {column.name: getattr(row, column.name) for column in columns}
            changes.setdefault(table.name, []).append(row_of(table, values))


@event.listens_for(Session, "before_commit")
def _all_recorded(session: Session) -> None:
    session.flush()
    assert not session.info.get(_CHANGES), "a change without an event"


def hash_of(one: Event) -> str:
    """The hash of an event: of all that it holds but the changes, whose digest it holds."""
    at = one.at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    parts = [one.number, at, one.account_id, one.action, one.case_id, one.digest]
    return digest_of(hashed_form([*parts, one.changes_digest, one.previous, one.case_previous]).encode())


def signed_part(number: int, latest: str) -> bytes:
    """What the desk signs of its last event."""
    return f"thamdinh desk: {number} {latest}".encode()


@dataclass
class Writing:
    """A transaction that writes, and holds the head of the chain: other writers wait until it ends."""

    session: Session
    head: Head
    sign: Callable[[bytes], str]
    at: datetime.datetime

    def record(
        self,
        action: str,
        account_id: int | None,
        case_id: int | None = None,
        digest: str = "",
        *,
        is_first: bool = False,
    ) -> Event:
        """Add the event of all that has changed in the session since the last one.

        `is_first`: of its case, before which there is none.
        """
        self.session.flush()
        changes = hashed_form(self.session.info.pop(_CHANGES, {}))
        before = None
        if case_id is not None and not is_first:
            newest_first = select(Event.hash).where(Event.case_id == case_id).order_by(Event.number.desc()).limit(1)
            before = self.session.scalar(newest_first)
        made = Event(
            number=self.head.number + 1,
            at=self.at,
            account_id=account_id,
            action=action,
            case_id=case_id,
            digest=digest,
            changes=changes,
            changes_digest=digest_of(changes.encode()),
            previous=self.head.hash,
            case_previous=before or FIRST,
            hash="",
        )
        made.hash = hash_of(made)
        self.session.add(made)
        self.head.number, self.head.hash = made.number, made.hash
        self.head.signature = self.sign(signed_part(made.number, made.hash))
        self.session.flush()
        return made


def read_changes(one: Event) -> Changes:
    """The rows that an event holds; none where its case was purged."""
    changes: Changes = json.loads(one.changes or "{}")
    return changes


def is_gone(table: Table, row: Row) -> bool:
    """Whether an event holds of a row that it was deleted."""
    return len(row) < len(table.columns)


def rows_of(session: Session, table: Table) -> Iterator[Row]:
    """The rows of a table as they stand now, as events hold them, one after another."""
    found = session.execute(select(table).execution_options(yield_per=AT_ONCE))
    yield from (row_of(table, dict(row)) for row in found.mappings())
