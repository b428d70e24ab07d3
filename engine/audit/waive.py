"""Waivers in audits: each finding that one covers is marked, by the file given for all or the nearest to each plan."""

import datetime
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ..problem import Problem, Unreadable
from ..readers.source import STDIN
from ..verdict import Verdict
from ..waivers import Waiver, apply, read_waivers, waivers_for
from . import storage
from .batch import Batch
from .inputs import Entry
from .outcome import Outcome


class Waive:
    """Marks findings as waived. `problems` are those of waivers files that were found and can't be read."""

    def __init__(self, file: Path | None, today: datetime.date) -> None:
        """With a `file`, that one counts for every plan. Raises Unreadable where it can't be read."""
        self.problems: list[Problem] = []
        self._today = today
        self._for_all = None if file is None else read_waivers(file)
        self._nearest = lru_cache(maxsize=1024)(waivers_for)
        self._read = lru_cache(maxsize=None)(self._readable)

    def concerns(self, batch: Batch) -> bool:
        """Whether there is a waivers file for any plan of the batch; it is not read before a plan has findings."""
        return self._for_all is not None or any(
            self._file_for(path) for path in {entry.path for entry in batch.entries}
        )

    def outcome(self, entry: Entry, outcome: Outcome) -> Outcome:
        """The outcome of an entry, with the findings that are waived marked."""
        verdict = self.verdict(entry, outcome.verdict)
        return outcome if verdict is outcome.verdict else replace(outcome, verdict=verdict)

    def verdict(self, entry: Entry, verdict: Verdict) -> Verdict:
        """The verdict on the plan of an entry, with the findings that are waived marked."""
        if not verdict.findings:
            return verdict
        return apply(verdict, self._waivers_at(entry.path), self._today)

    def _waivers_at(self, path: str) -> tuple[Waiver, ...]:
        if self._for_all is not None:
            return self._for_all
        file = self._file_for(path)
        return () if file is None else self._read(file)

    def _file_for(self, path: str) -> Path | None:
        if storage.is_address(path):
            return None
        return self._nearest(Path("." if path == STDIN else path).parent)

    def _readable(self, file: Path) -> tuple[Waiver, ...]:
        try:
            return read_waivers(file)
        except Unreadable as unreadable:
            self.problems += unreadable.problems
            return ()
