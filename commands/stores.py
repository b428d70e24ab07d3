"""What the commands on an audit's store share: its option, and tables for a terminal."""

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ..engine.base.system import check_memory
from ..engine.base.text import Text, named
from .bilingual import AnyFunction, Choice, Option, language, option

if TYPE_CHECKING:
    from ..engine.audit.store.database import Database
    from ..engine.audit.store.history import PastRun

_FROM_AN_AUDIT: Final = Text(
    "Chưa nêu kho (--store). Kho là tệp mà lệnh rà soát ghi ra khi có --store TỆP; nêu chính tệp ấy ở đây.",
    "No store is named (--store). A store is a file that a run writes where --store FILE is given; name that here.",
)
VARIABLE: Final = "THAMDINH_STORE"
MEMORY: Final = 512
"""MiB that DuckDB, Arrow and NumPy need to be loaded; with less they end the program, each in its own way."""


class _Store(Option):
    """The option that names a store: who has none is told where stores come from."""

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        if self.value_is_missing(value) and not ctx.resilient_parsing:
            raise click.UsageError(_FROM_AN_AUDIT[language()], ctx)
        return super().process_value(ctx, value)


def store_option() -> Callable[[AnyFunction], AnyFunction]:
    """The option that names the store."""
    return option(
        "--store",
        cls=_Store,
        required=True,
        type=click.Path(path_type=Path),
        envvar=VARIABLE,
        metavar="FILE",
        words=Text(f"Kho kết quả thẩm định; hoặc đặt {VARIABLE}.", f"The audits' store; or set {VARIABLE}."),
    )


def shown_option(words: Text | None = None) -> Callable[[AnyFunction], AnyFunction]:
    """--format text|json, given as `shown`."""
    words = words or Text("In ra dạng nào.", "What to print.")
    return option(
        "--format", "shown", type=Choice(named(("text", "json"))), default="text", show_default=True, words=words
    )


@contextmanager
def opened_store(path: Path) -> "Iterator[Database]":
    """The store, for reading. Raises Unreadable."""
    check_memory(MEMORY)
    from ..engine.audit.store.database import open_store

    database = open_store(path)
    try:
        yield database
    finally:
        database.close()


def text_table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """A table for a terminal: numbers to the right, the rest to the left."""
    from ..engine.base.inert import printable

    cells = [[printable(str(value)) for value in row] for row in (head, *rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    right = [all(isinstance(row[column], int | float) for row in rows) for column in range(len(head))]
    return "".join(
        "  ".join(
            " " * (width - _width(cell)) + cell if is_right else cell + " " * (width - _width(cell))
            for cell, width, is_right in zip(line, widths, right, strict=True)
        ).rstrip()
        + "\n"
        for line in cells
    )


def runs_went_by(*runs: "PastRun") -> list[str]:
    """What decided in each of the runs, besides the program and its packs; empty where there was nothing such."""
    from ..engine.base.inert import printable

    by_run = {run.run: None if run.in_force is None else run.in_force.line() for run in runs}
    lines = [
        printable(Text(f"Lần {run}. {line.vi}", f"Run {run}. {line.en}")[language()]) + "\n"
        for run, line in by_run.items()
        if line is not None
    ]
    return ["".join(lines)] if lines else []


def _width(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text if not unicodedata.combining(mark)
    )
