"""What looks like rows of the form's tables, where no heading says so."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from ..base.suggest import letters
from ..documents.document import Unclear
from .cells import Written, cell_instant, cell_text, choices, is_blank, understand
from .layout import NUMBERS, TIMES, FormColumn, Layout, Steps, Table
from .names import CodedNames

TELLING: Final = frozenset(("choice", "mark", "truth", *TIMES, *NUMBERS))
"""What a column may hold that not every text is."""


def understands(column: FormColumn, value: Written) -> bool:
    """Whether a cell holds a value of the column."""
    meaning = understand(column, value)
    if isinstance(meaning, list):
        return bool(meaning) and not any(isinstance(item, Unclear) for item in meaning)
    return meaning is not None and not isinstance(meaning, Unclear) and not cell_text(value).startswith("<")


def like_rows_of(layout: Layout, cells: Iterable[Written], codes: Collection[str]) -> Table | None:
    """The table that a row may belong to: two of its cells hold what the table's columns take, not both of them a mark.

    `codes` are those of what the form names.
    """
    counts: dict[str, int] = {}
    sure: set[str] = set()
    for value in cells:
        if isinstance(value, Unclear) or is_blank(value):
            continue
        text = cell_text(value)
        for name, kind in _signs(layout, text, text in codes):
            counts[name] = counts.get(name, 0) + 1
            if kind != "mark":
                sure.add(name)
    return next((table for table in layout.tables if counts.get(table.name, 0) >= 2 and table.name in sure), None)


def like_part_of_row(layout: Layout, cells: Iterable[Written], names: Mapping[Steps, CodedNames]) -> Table | None:
    """The table that cells which stand where nothing of the form is expected may belong to, by less than like_rows_of asks.

    A mark or a choice beside other words is enough, and so are names with nothing else where a table lists what they name.
    """
    texts = [cell_text(value) for value in cells if not isinstance(value, Unclear) and not is_blank(value)]
    words = [text for text in texts if any(mark.isalpha() or _is_mark(layout, mark) for mark in text[:200])]
    for table in layout.tables if words else ():
        listed = next((names.get(column.to) for column in table.columns if not column.path), None)
        if listed is not None and all(listed.find(word) for word in words):
            return table
    if len(words) > 1:
        signs = {name for word in words for name, kind in _signs(layout, word, False) if kind in ("mark", "choice")}
        return next((table for table in layout.tables if table.name in signs), None)
    return None


@lru_cache(10_000)
def _signs(layout: Layout, text: str, is_code: bool) -> frozenset[tuple[str, str]]:
    """The tables, by name, that have a column for what a text says, and what that column holds."""
    found: set[tuple[str, str]] = set()
    if len(text) <= 200:
        found |= _choices(layout).get(letters(text), frozenset())
    for kind, tables in _tables(layout).items():
        if (
            (kind == "code" and is_code)
            or (kind == "mark" and _is_mark(layout, text))
            or (kind == "instant" and _is_instant(text))
        ):
            found |= {(name, kind) for name in tables}
    return frozenset(found)


def _is_mark(layout: Layout, text: str) -> bool:
    marks = (column for table in layout.tables for column in table.columns if column.holds == "mark")
    column = next(marks, None)
    return len(text) <= 3 and column is not None and understands(column, text) and not text.isdigit()


def _is_instant(text: str) -> bool:
    return any(mark.isdigit() for mark in text[:40]) and isinstance(cell_instant(text[:100]), str)


@cache
def _choices(layout: Layout) -> dict[str, set[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for table in layout.tables:
        for column in table.columns:
            for words in choices(column) if column.holds == "choice" else ():
                found.setdefault(letters(words), set()).add((table.name, "choice"))
    return found


@cache
def _tables(layout: Layout) -> dict[str, list[str]]:
    kinds = {"mark": ("mark",), "instant": ("instant", "instants"), "code": ("reference",)}
    return {
        kind: [table.name for table in layout.tables if any(column.holds in holds for column in table.columns)]
        for kind, holds in kinds.items()
    }
