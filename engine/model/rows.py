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


def every_row(rows: Sequence[Any], name: str, question: Callable[[list[Any]], bool]) -> bool:
    """Whether the answer is yes for the values of a field that are given in all rows. It is asked of several at once, and of plans
    that are read together but once where it is yes for all of these."""
    known: Callable[..., bool] | None = getattr(rows, "every", None)
    if known is not None:
        return known(name, question)
    return question([value for value in column(rows, name) if value is not None])


def lines(texts: Sequence[str | None]) -> str | None:
    """The texts, a line each; None where one is not given."""
    known: Callable[[], str] | None = getattr(texts, "lines", None)
    if known is not None:
        return known()
    try:
        return "\n".join(texts)  # type: ignore[arg-type]
    except TypeError:
        return None


def pieces(rows: Sequence[Any], made: Callable[[Sequence[Any]], bytes], width: int, name: str) -> bytes:
    """What `made` makes of some values, so many bytes of each, for a field of all rows. Of plans that are read together each
    different value is asked once."""
    known: Callable[..., bytes] | None = getattr(rows, "pieces", None)
    return made(column(rows, name)) if known is None else known(made, width, name)
