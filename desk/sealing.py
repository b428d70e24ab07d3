"""Words that an earlier program kept as they were written, sealed: afterwards the database shows none without the key."""

from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Table, Text, func, or_, select, type_coerce, update
from sqlalchemy.orm import Session

from .model import Base, Sealed
from .store import DeskStore
from .vault import SEALED

_COLUMNS: Final[dict[Table, list[Column[Any]]]] = {
    table: columns
    for table in Base.metadata.sorted_tables
    if (columns := [column for column in table.columns if isinstance(column.type, Sealed)])
}
_AT_ONCE: Final = 200
"""How many rows are sealed while nobody else writes."""


def unsealed(session: Session) -> int:
    """How many rows hold words that anybody could read who has the database."""
    return sum(
        session.scalar(select(func.count()).select_from(table).where(_open(columns))) or 0
        for table, columns in _COLUMNS.items()
    )


def seal(store: DeskStore) -> int:
    """Seal them all, a few at a time, so that the desk goes on meanwhile; gives their number.

    Events hold digests of what was written, so what was sealed verifies as it did.
    """
    count = 0
    for table, columns in _COLUMNS.items():
        keys = [*table.primary_key.columns]
        found = select(*keys, *map(as_kept, columns)).where(_open(columns)).limit(_AT_ONCE)
        rows: Any = [None]
        while rows:
            with store.writing() as writing:
                rows = writing.session.execute(found).mappings().all()
                for row in rows:
                    values = {column.name: row[column.name] for column in columns if _is_open(row[column.name])}
                    this = [key == row[key.name] for key in keys]
                    writing.session.execute(update(table).where(*this).values(values))
            count += len(rows)
    store.scrub([table.name for table in _COLUMNS])
    return count


def as_kept(column: Column[Any]) -> ColumnElement[Any]:
    """A column as its database holds it, where that is sealed."""
    return type_coerce(column, Text).label(column.name) if isinstance(column.type, Sealed) else column


def _open(columns: list[Column[Any]]) -> ColumnElement[bool]:
    return or_(*(type_coerce(column, Text).not_like(f"{SEALED}%") for column in columns))


def _is_open(kept: str | None) -> bool:
    return kept is not None and not kept.startswith(SEALED)
