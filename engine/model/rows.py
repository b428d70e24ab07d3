"""Lists of a plan asked for all their rows at once. Some know that without making the rows (audit/columns.py)."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any


def column(rows: Sequence[Any], name: str) -> list[Any]:
    """The values of one field."""
    known: Callable[[str], list[Any]] | None = getattr(rows, "column", None)
    return [*map(attrgetter(name), rows)] if known is None else known(name)


def suspects(
    rows: Sequence[Any],
    suspect: Callable[[Any], bool],
    names: tuple[str, ...],
    among: Callable[[Sequence[Any]], Iterable[tuple[int, Any]]],
) -> Iterable[tuple[int, Any]]:
    """The rows that `suspect` is true of, which reads only the named fields, with their numbers. `among` asks each row."""
    found: Callable[..., Iterable[tuple[int, Any]]] | None = getattr(rows, "suspects", None)
    return among(rows) if found is None else found(suspect, names)


def pieces(rows: Sequence[Any], made: Callable[..., bytes], width: int, *names: str) -> bytes:
    """What `made` makes of the columns of these names: so many bytes a row. Rows of many plans that are read together are asked once."""
    known: Callable[..., bytes] | None = getattr(rows, "pieces", None)
    return made(*[column(rows, name) for name in names]) if known is None else known(made, width, names)
