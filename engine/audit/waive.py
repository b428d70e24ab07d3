"""Waivers in audits: each finding that one covers is marked."""

import datetime
from dataclasses import replace

from ..evaluation.verdict import Verdict
from ..waivers.waivers import Waivers, apply
from .outcome import Outcome


class Waive:
    """Marks the findings that the waivers in force cover."""

    def __init__(self, waivers: Waivers, today: datetime.date) -> None:
        self._waivers, self._today = waivers.waivers, today

    def __bool__(self) -> bool:
        return bool(self._waivers)

    def outcome(self, outcome: Outcome) -> Outcome:
        """The outcome, with the findings that are waived marked."""
        verdict = self.verdict(outcome.verdict)
        return outcome if verdict is outcome.verdict else replace(outcome, verdict=verdict)

    def verdict(self, verdict: Verdict) -> Verdict:
        """The verdict, with the findings that are waived marked."""
        return apply(verdict, self._waivers, self._today)
