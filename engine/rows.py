"""Lists of a plan asked for all their rows at once. Some know that without making the rows (audit/columns.py)."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any


def values(rows: Sequence[Any], name: str) -> list[Any]:
    """The values of one field."""
    column: Callable[[str], list[Any]] | None = getattr(rows, "column", None)
    return [*map(attrgetter(name), rows)] if column is None else column(name)


def suspects(rows: Sequence[Any], suspect: Callable[[Any], bool], names: tuple[str, ...]) -> Iterable[tuple[int, Any]]:
    """The rows that `suspect` may be true of, which reads only the named fields, with their numbers."""
    found: Callable[..., Iterable[tuple[int, Any]]] | None = getattr(rows, "suspects", None)
    return enumerate(rows) if found is None else found(suspect, names)
