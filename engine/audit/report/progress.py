"""How an audit shows that it gets on: a bar on a terminal, now and then a plain line elsewhere."""

import sys
import time
from types import TracebackType
from typing import Any, Final, Self

from ...base.text import Language, Text
from ...directive.handbook import Handbooks
from ..totals import Totals
from .summary_text import count_words, documents_called, headline

_BETWEEN_LINES: Final = 10.0
"""Seconds between plain lines."""


class Progress:
    """Told the totals as they grow; writes to standard error."""

    def __init__(self, language: Language, handbooks: Handbooks, *, bar: bool) -> None:
        self._language, self._bar_wanted, self._handbooks = language, bar, handbooks
        self._begun = self._said = time.monotonic()
        self._bar: Any = None
        self._total: int | None = None

    def __enter__(self) -> Self:
        if self._bar_wanted:
            from rich.console import Console, Group
            from rich.live import Live
            from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar
            from rich.text import Text as Words

            # The counts stand below the bar: beside it, they would leave it no room on most terminals.
            self._bar = Bar(BarColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
            self._task, self._counts = self._bar.add_task("", total=None), Words()
            self._live = Live(Group(self._bar, self._counts), console=Console(stderr=True), transient=True)
            self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._live.stop()

    def expect(self, plans: int) -> None:
        """So many plans are known of by now."""
        self._total = plans

    def watch(self, totals: Totals) -> None:
        """Show how far it has got."""
        now, called = time.monotonic(), documents_called(totals, self._handbooks)
        rate = count_words(round(totals.plans / max(now - self._begun, 1e-6)), self._language)
        per_second = Text(f"{rate} {called.many.vi}/giây", f"{rate} {called.many.en}/s")[self._language]
        if self._bar is not None:
            self._bar.update(self._task, description=per_second, completed=totals.plans, total=self._total)
            self._counts.plain = headline(totals, called, self._language)
        elif now - self._said >= _BETWEEN_LINES:
            self._said = now
            sys.stderr.write(f"{per_second}; {headline(totals, called, self._language)}\n")
