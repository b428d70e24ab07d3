"""The running counts of an audit: the only thing of every plan that stays in memory."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar, cast

from ..base.in_force import InForce
from ..base.problem import Problem
from ..base.severity import SEVERITIES, FailOn
from ..base.text import Phrase, Text
from ..directive.formula import holds
from ..directive.ruleset import Judgement
from ..evaluation.verdict import Subject, Undecided, Verdict
from ..model.facts import Facts, Row, Value
from .waived_finding import WaivedFinding, waived_findings

MOST_LISTED: Final = 100
"""How many inputs without a verdict are listed; the others are counted, and stand in the outputs."""


MOST_NAMED: Final = 3
"""How many seats not decidable are named for each reason; the others are counted."""


Listed = TypeVar("Listed")


@dataclass
class UndecidedReason:
    """How many seats are not decidable for one reason, and the first of them."""

    count: int = 0
    first: list[Undecided] = field(default_factory=list)


@dataclass
class Totals:
    """Counts of plans by status, of findings by severity and rule (waived ones apart), and inputs without a verdict.

    `across` are the rules across plans, by directive, whose reasons tell apart what is not decidable. `listed` holds the first problem of each, and how many more there are; `unread` are the problems of a waivers file that can't be read.
    `directives` counts the plans that each judged; `documents` are the types of those that could not be appraised, where known.
    `noticed` counts the notices of plans by code and `notices` holds the first of them; `told` are those of the whole run.
    `excused` are the first of the waived findings; `in_force` says what the audit went by.
    """

    across: Mapping[str, Sequence[Judgement]] = field(default_factory=dict)
    plans: int = 0
    recalled: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    directives: Counter[str] = field(default_factory=Counter)
    documents: set[str] = field(default_factory=set)
    findings: Counter[str] = field(default_factory=Counter)
    breached: Counter[str] = field(default_factory=Counter)
    waived: int = 0
    excused: list[WaivedFinding] = field(default_factory=list)
    undecided: int = 0
    reasons: dict[tuple[str, Text | str], UndecidedReason] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)
    listed: list[tuple[Problem, int]] = field(default_factory=list)
    cross_checked: int = 0
    differences: list[Problem] = field(default_factory=list)
    unread: list[Problem] = field(default_factory=list)
    noticed: Counter[str] = field(default_factory=Counter)
    notices: list[Problem] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)
    in_force: InForce = field(default_factory=InForce)

    def add(self, verdict: Verdict, sign: int = 1) -> None:
        """Count a verdict in, or with sign -1, out again."""
        self.plans += sign
        self.statuses[verdict.status] += sign
        if verdict.directive is not None:
            self.directives[verdict.directive] += sign
        if verdict.document is not None:
            self.documents.add(verdict.document)
        counted = [finding for finding in verdict.findings if finding.waived is None]
        for finding in counted:
            self.findings[finding.severity] += sign
        for rule in {finding.rule for finding in counted}:
            self.breached[rule] += sign
        self.waived += sign * (len(verdict.findings) - len(counted))
        _list(self.excused, waived_findings(verdict), sign)
        _list(self.notices, verdict.notices, sign)
        open_questions = not_decided(verdict)
        self.undecided += sign * len(open_questions)
        for item in open_questions:
            which = self._which(item, verdict.directive or "")
            reason = self.reasons.setdefault((verdict.directive or "", which), UndecidedReason())
            reason.count += sign
            if sign > 0 and len(reason.first) < MOST_NAMED:
                reason.first.append(item)
        for problem in verdict.problems:
            self.problems[problem.code] += sign
        for notice in verdict.notices:
            self.noticed[notice.code] += sign
        if sign > 0 and verdict.problems and len(self.listed) < MOST_LISTED:
            self.listed.append((verdict.problems[0], len(verdict.problems) - 1))

    def merge(self, other: "Totals") -> None:
        """Count in what others have counted, of verdicts without rules across plans."""
        self.plans += other.plans
        self.statuses += other.statuses
        self.directives += other.directives
        self.documents |= other.documents
        self.findings += other.findings
        self.breached += other.breached
        self.waived += other.waived
        self.excused += other.excused[: MOST_LISTED - len(self.excused)]
        self.problems += other.problems
        self.noticed += other.noticed
        self.listed += other.listed[: MOST_LISTED - len(self.listed)]
        self.notices += other.notices[: MOST_LISTED - len(self.notices)]

    def all_noticed(self) -> Counter[str]:
        """How many notices there are of each code, of plans and of the whole run."""
        return self.noticed + Counter(notice.code for notice in self.told)

    @property
    def more_notices(self) -> int:
        """How many notices of plans are counted and not listed."""
        return self.noticed.total() - len(self.notices)

    def _which(self, item: Undecided, directive: str) -> Text | str:
        """Which of the reasons this is, whichever rules give it, by the evidence, which holds all that they look at; else the rule."""
        for judgement in self.across.get(directive, ()):
            if judgement.rule == item.rule:
                row = Row(judgement.entity, cast(dict[str, Value], item.evidence), ())
                for when, reason in judgement.undecided:
                    if holds(when, row, cast(Facts, {})):
                        return reason
        return item.rule

    def exit_status(self, level: FailOn) -> int:
        """0 nothing at or above the level, 1 findings, 2 an input without a verdict, or engines that differ."""
        if self.statuses["invalid"] or self.differences or self.unread:
            return 2
        counted = () if level == "never" else SEVERITIES[: SEVERITIES.index(level) + 1]
        return 1 if any(self.findings[severity] for severity in counted) else 0

    def to_json(self) -> dict[str, object]:
        return {
            "plans": self.plans,
            "recalled": self.recalled,
            "by_directive": {name: count for name, count in sorted(self.directives.items()) if count},
            "by_status": {name: self.statuses[name] for name in ("compliant", "non_compliant", "invalid")},
            "by_severity": {name: self.findings[name] for name in SEVERITIES},
            "plans_by_rule": {rule: count for rule, count in sorted(self.breached.items()) if count},
            "waived": self.waived,
            "not_decidable": self.undecided,
            "cross_checked": self.cross_checked,
            "differences": [problem.to_json() for problem in self.differences],
            "problems": {code: count for code, count in sorted(self.problems.items()) if count},
            "notices": {code: count for code, count in sorted(self.all_noticed().items()) if count},
        }


def not_decided(verdict: Verdict) -> list[Undecided]:
    """What can't be decided on a plan, each once: rules that lack the same of one subject leave one question open."""
    questions: dict[tuple[Subject, Phrase], Undecided] = {}
    for item in verdict.undecided:
        questions.setdefault((item.subject, item.reason), item)
    return [*questions.values()]


def _list(listed: list[Listed], items: Iterable[Listed], sign: int) -> None:
    """Add to what is listed, as far as there is room, or with sign -1, take out again."""
    for item in items:
        if sign > 0 and len(listed) < MOST_LISTED:
            listed.append(item)
        elif sign < 0 and item in listed:
            listed.remove(item)
