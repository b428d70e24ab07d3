"""Waivers in audits: each finding that one covers is marked, and what matched nothing is told of."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from ..base.problem import Problem
from ..base.text import Text
from ..evaluation.verdict import Verdict
from ..waivers.waivers import (
    UNMATCHED,
    UNMATCHED_FIX,
    Covering,
    RulesChecked,
    Waivers,
    apply,
    described,
    ends_soon,
    expired,
    soon_ending,
    unknown_rule,
)
from .audited_plan import AuditedPlan

_MOST_NAMED: Final = 20
"""How many waivers that match nothing are named; the others are counted."""


class Waive:
    """Marks the findings that the waivers in force cover."""

    def __init__(self, waivers: Waivers, today: datetime.date) -> None:
        self._waivers, self._today = waivers.waivers, today
        self._covering = Covering(self._waivers)
        self._unused = dict.fromkeys(self._waivers)

    def __bool__(self) -> bool:
        return bool(self._waivers)

    def outcome(self, outcome: AuditedPlan) -> AuditedPlan:
        """The outcome, with the findings that are waived marked."""
        verdict = self.verdict(outcome.verdict)
        return outcome if verdict is outcome.verdict else replace(outcome, verdict=verdict)

    def verdict(self, verdict: Verdict) -> Verdict:
        """The verdict, with the findings that are waived marked."""
        if self._unused:
            for finding in verdict.findings:
                for waiver in self._covering.of(finding, verdict.organization):
                    self._unused.pop(waiver, None)
        return apply(verdict, self._covering, self._today)

    def notices(self, checked: RulesChecked) -> Iterator[Problem]:
        """What there is to say of the waivers once all plans are judged; those that matched nothing are told together."""
        unmatched = []
        for waiver in self._waivers:
            if checked.rules is not None and waiver.rule not in checked.rules:
                yield unknown_rule(waiver, checked.rules)
            elif not waiver.holds_on(self._today):
                yield expired(waiver)
            elif waiver in self._unused and waiver.rule not in checked.switched_off:
                unmatched.append(waiver)
            elif waiver not in self._unused and ends_soon(waiver, self._today):
                yield soon_ending(waiver, self._today)
        if unmatched:
            named = [described(waiver) for waiver in unmatched[:_MOST_NAMED]]
            more = "; …" if len(unmatched) > len(named) else ""
            vi, en = "; ".join(words.vi for words in named) + more, "; ".join(words.en for words in named) + more
            yield Problem(
                UNMATCHED,
                Text(
                    f"{len(unmatched)} miễn trừ không ứng với phát hiện nào trong lần rà soát này : {vi}",
                    f"{len(unmatched)} of the waivers match no finding in this audit: {en}",
                ),
                UNMATCHED_FIX,
                unmatched[0].place,
            )
