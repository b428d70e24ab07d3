"""Lists of a plan asked for all their rows at once. Some know that without making the rows (audit/columns.py)."""

from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter, contains
from typing import Any, Final


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


def any_holds(rows: Sequence[Any], whole: str, part: str, perhaps: Callable[[], object] = lambda: True) -> bool:
    """Whether the text `whole` of any row holds its text `part`, if it has one. `perhaps` may tell sooner that none does."""
    known: Callable[[str, str], bool] | None = getattr(rows, "any_holds", None)
    if known is not None:
        return known(whole, part)
    return bool(perhaps()) and holds_any(column(rows, whole), column(rows, part))


def holds_any(wholes: Iterable[str], parts: Iterable[str | None]) -> bool:
    """Whether any text holds the one that stands at its place among the parts, if one does."""
    return any(map(contains, wholes, [part or _NOTHING for part in parts]))


_NOTHING: Final = "\0"
"""No text holds that."""
