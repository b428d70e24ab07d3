"""How an audit shows that it gets on: a bar on a terminal, now and then a plain line elsewhere."""

import sys
import time
from types import TracebackType
from typing import Any, Final, Self

from ..text import Language, Text
from .output import headline, number
from .totals import Totals

_BETWEEN_LINES: Final = 10.0
"""Seconds between plain lines."""


class Progress:
    """Told the totals as they grow; writes to standard error."""

    def __init__(self, language: Language, *, bar: bool) -> None:
        self._language, self._bar_wanted = language, bar
        self._begun = self._said = time.monotonic()
        self._bar: Any = None
        self._total: int | None = None

    def __enter__(self) -> Self:
        if self._bar_wanted:
            from rich.console import Console
            from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = (BarColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("", total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def expect(self, plans: int) -> None:
        """So many plans are known of by now."""
        self._total = plans

    def watch(self, totals: Totals) -> None:
        """Show how far it has got."""
        now = time.monotonic()
        rate = totals.plans / max(now - self._begun, 1e-6)
        if self._bar is not None:
            self._bar.update(
                self._task, description=self._words(totals, rate), completed=totals.plans, total=self._total
            )
        elif now - self._said >= _BETWEEN_LINES:
            self._said = now
            sys.stderr.write(f"{self._words(totals, rate)}\n")

    def _words(self, totals: Totals, rate: float) -> str:
        shown = number(round(rate), self._language)
        per_second = Text(f"{shown} kế hoạch/giây", f"{shown} plans/s")[self._language]
        return f"{per_second}; {headline(totals, self._language)}"
