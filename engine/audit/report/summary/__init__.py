"""What a whole audit comes to: counted plan by plan, shown as a page or as the board's workbook."""

import heapq
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Final, TypeVar

from ....base import collation
from ....base.in_force import InForce
from ....base.inert import printable
from ....base.problem import Problem, Unreadable
from ....base.severity import SEVERITIES, Severity
from ....base.text import Language, Text
from ....directive.handbook import Handbooks, called_by, rule_entry
from ....directive.packs import ruleset
from ....evaluation.verdict import Finding, Status
from ....model.called import Called, called, called_by_id, called_together, kind_words
from ...audited_plan import AuditedPlan, split_place
from ...store.history import PastRun
from ...totals import not_decided
from ...waived_finding import WaivedFinding, waived_findings

MOST_WAIVED: Final = 1_000
"""How many waived findings a summary lists at most."""
_UNREAD_KEY: Final = "\0"
MOST_NOTICES: Final = 1000
"""How many notices a summary lists; the others are counted."""
_ORDERED_BY: Final = 100
"""How many characters of a name decide on its place in a list."""


@dataclass(frozen=True, slots=True)
class RunDetails:
    """What is summed up: the run's number where it is in a store, when it began, and what it was checked against."""

    started: datetime
    directive: str
    version: str
    run: int | None = None
    redacted: bool = False
    handbooks: Handbooks = field(default_factory=dict)
    in_force: InForce | None = None

    def title(self, language: Language) -> str:
        """The directives in words, as far as they are known."""
        return "; ".join(book.title[language] for book in self.handbooks.values()) or self.directive

    def called(self, summary: "Summary") -> Called:
        """The words for the documents that are summed up."""
        judged = called_by(sorted(summary.directives), self.handbooks)
        return called_together([judged, *map(called_by_id, sorted(summary.documents))]) if summary.documents else judged

    def basis(self, language: Language) -> list[tuple[str, str]]:
        """What the audit went by: what it is, and which; nothing where that isn't known."""
        lines = () if self.in_force is None else self.in_force.lines()
        return [(label[language], printable(value[language])) for label, value in lines]

    def rule(self, code: str, language: Language) -> str:
        """What a rule requires, in a line; its code where that isn't known."""
        entry = rule_entry(self.handbooks, code)
        return entry.title[language] if entry else code

    def clause(self, code: str, language: Language) -> str:
        """What a clause says; nothing where that isn't known."""
        found = (book.clauses[code] for book in self.handbooks.values() if code in book.clauses)
        entry = next(found, None)
        return entry.text[language] if entry else ""


def about_run(run: PastRun) -> RunDetails:
    """What is known of a run of a store; its directives in words where those packs are still at hand."""
    handbooks = {}
    folders = {pack.directive: pack.folder for pack in run.in_force.packs} if run.in_force else {}
    for directive in run.directive.split(", "):
        try:
            handbook = ruleset(folders.get(directive) or directive).handbook
        except Unreadable:
            continue
        if handbook is not None:
            handbooks[directive] = handbook
    return RunDetails(run.started, run.directive, run.version, run.run, run.redacted, handbooks, run.in_force)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan in a list of plans, with its findings. What is said of the organisation is None where it is invalid."""

    place: str
    organization: str | None
    kind: str | None
    district: str | None
    held_on: str | None
    status: Status
    findings: tuple[Finding, ...]
    problems: tuple[Text, ...]
    directive: str | None = None

    def order(self) -> tuple[object, ...]:
        """Where the plan stands in a list: by district, then by organisation, in the order of Vietnamese words."""
        return (
            self.district is None,
            collation.key((self.district or "")[:_ORDERED_BY]),
            self.organization is None,
            collation.key((self.organization or "")[:_ORDERED_BY]),
            split_place(self.place),
        )


@dataclass
class GroupTotals:
    """Plans of one district or kind: how many are of each status, and their findings that count, by severity."""

    statuses: Counter[Status] = field(default_factory=Counter)
    findings: Counter[Severity] = field(default_factory=Counter)

    @property
    def plans(self) -> int:
        return self.statuses.total()

    @property
    def share(self) -> float | None:
        """The share of plans that comply among those that could be appraised."""
        appraised = self.statuses["compliant"] + self.statuses["non_compliant"]
        return self.statuses["compliant"] / appraised if appraised else None

    def merge(self, other: "GroupTotals") -> None:
        """Count the plans of another group as well."""
        self.statuses += other.statuses
        self.findings += other.findings


@dataclass
class Breaches:
    """How often one rule or clause was breached: findings that count, and plans that have any."""

    clause: str
    severity: Severity
    findings: int = 0
    plans: int = 0


Code = TypeVar("Code")
Counted = TypeVar("Counted")


def _count(breaches: dict[Code, Breaches], findings: Iterable[tuple[Code, Finding]]) -> None:
    """Count the findings of one plan, each under a code."""
    seen: set[Code] = set()
    for code, finding in findings:
        breach = breaches.setdefault(code, Breaches(finding.clause, finding.severity))
        breach.findings += 1
        breach.plans += code not in seen
        seen.add(code)


class Summary:
    """Counters that outcomes are added to one by one. Plans are listed up to a limit; beyond it a fair sample is.

    Which plans the sample holds depends on their places alone, so the same audit gives the same sample.
    """

    def __init__(self, most_listed: int) -> None:
        self.most_listed = most_listed
        self.total = GroupTotals()
        self.waived = 0
        self.excused: list[WaivedFinding] = []
        """The first of the waived findings; `waived` counts all."""
        self.undecided = 0
        self.problems: Counter[str] = Counter()
        self.notices: list[Problem] = []
        """What is to be known of the run and of its plans, up to a limit; `noticed` counts all."""
        self.noticed = 0
        self.suspended: Counter[str] = Counter()
        self.directives: Counter[str] = Counter()
        """How many plans each directive judged."""
        self.documents: set[str] = set()
        """The types of those that could not be appraised, where they are known."""
        self.districts: dict[str | None, GroupTotals] = {}
        self.kinds: dict[str | None, GroupTotals] = {}
        self.rules: dict[str, Breaches] = {}
        self.clauses: dict[str, Breaches] = {}
        self.graded: dict[tuple[str, Severity], Breaches] = {}
        """The clauses, errors apart from warnings and advice."""
        self.of_clauses: dict[tuple[str, str], Breaches] = {}
        """The rules, by clause and code: one that rests on several names that which is in force for the plan."""
        self.heat: Counter[tuple[str, str | None]] = Counter()
        """Plans of a district with errors by clause, and with warnings and advice, which leave a plan compliant, by rule."""
        self._kept: list[tuple[int, int, PlanLine]] = []

    def add(self, outcome: AuditedPlan) -> None:
        """Count one plan."""
        verdict = outcome.verdict
        status = verdict.status
        counted = [finding for finding in verdict.findings if finding.waived is None]
        group = GroupTotals(Counter((status,)), Counter(finding.severity for finding in counted))
        unread = outcome.organization is None and status == "invalid"
        self.total.merge(group)
        for groups, name in (
            (self.districts, _UNREAD_KEY if unread else outcome.district),
            (self.kinds, _UNREAD_KEY if unread else outcome.kind),
        ):
            groups.setdefault(name, GroupTotals()).merge(group)
        self.waived += len(verdict.findings) - len(counted)
        self.excused += islice(waived_findings(verdict), MOST_WAIVED - len(self.excused))
        self.undecided += len(not_decided(verdict))
        self.problems.update({problem.code for problem in verdict.problems})
        self.suspended.update({item.by for item in verdict.not_applicable})
        if verdict.directive is not None:
            self.directives[verdict.directive] += 1
        if verdict.document is not None:
            self.documents.add(verdict.document)
        self.tell(verdict.notices)
        self._count_breaches(counted, outcome.district)
        self._keep(
            PlanLine(
                outcome.place,
                outcome.organization,
                outcome.kind,
                outcome.district,
                outcome.held_on,
                status,
                verdict.findings,
                tuple(problem.message for problem in verdict.problems),
                verdict.directive,
            )
        )

    def tell(self, notices: Sequence[Problem]) -> None:
        """Take in what is to be known of the run or of a plan."""
        self.noticed += len(notices)
        self.notices += notices[: MOST_NOTICES - len(self.notices)]

    def _count_breaches(self, findings: Sequence[Finding], district: str | None) -> None:
        _count(self.rules, [(finding.rule, finding) for finding in findings])
        _count(self.clauses, [(finding.clause, finding) for finding in findings])
        _count(self.graded, [((finding.clause, finding.severity), finding) for finding in findings])
        _count(self.of_clauses, [((finding.clause, finding.rule), finding) for finding in findings])
        for row in {finding.clause if finding.severity == "error" else finding.rule for finding in findings}:
            self.heat[row, district] += 1

    def _keep(self, line: PlanLine) -> None:
        entry = (-zlib.crc32(line.place.encode()), -self.total.plans, line)
        if len(self._kept) < self.most_listed:
            heapq.heappush(self._kept, entry)
        else:
            heapq.heappushpop(self._kept, entry)

    @property
    def lines(self) -> list[PlanLine]:
        """The plans that are listed, in order."""
        return sorted((line for _, _, line in self._kept), key=PlanLine.order)

    def sampled(self, count: int) -> list[PlanLine]:
        """A fair sample of so many of the plans that are listed, in order."""
        return sorted((line for _, _, line in sorted(self._kept, reverse=True)[:count]), key=PlanLine.order)

    @property
    def clause_order(self) -> list[str]:
        """The clauses that were breached: D1, D2, … D10, then A1 …"""
        return sorted(self.clauses, key=_clause_place)

    @property
    def graded_order(self) -> list[tuple[str, Breaches]]:
        """The clauses in their order, each with its errors, its warnings and its advice apart."""
        keys = [(clause, severity) for clause in self.clause_order for severity in SEVERITIES]
        return [(key[0], self.graded[key]) for key in keys if key in self.graded]


def summarised(outcomes: Iterable[AuditedPlan], most_listed: int, told: Sequence[Problem] = ()) -> Summary:
    """The summary of some outcomes, and of what is to be known of their run."""
    summary = Summary(most_listed)
    summary.tell(told)
    for outcome in outcomes:
        summary.add(outcome)
    return summary


def district_name(district: str | None, language: Language, words: Called | None = None) -> str:
    """What documents are grouped by as a summary names it, in the words for these documents."""
    words = words or called()
    if district == _UNREAD_KEY:
        return _unread(words)[language]
    return Text(f"Không ghi {words.area.vi}", f"No {words.area.en} given")[language] if district is None else district


def _unread(words: Called) -> Text:
    return Text(f"Chưa đọc được {words.one.vi}", f"{words.single.en} not read")


def kind_name(kind: str | None, language: Language, words: Called | None = None) -> str:
    """A kind of organisation as a summary names it."""
    if kind == _UNREAD_KEY:
        return _unread(words or called())[language]
    known = kind_words().get(kind or "")
    return known[language] if known else kind or ""


def groups_by_name(groups: dict[str | None, Counted]) -> list[tuple[str | None, Counted]]:
    """Groups in the order of their names; plans without a district, and those that were not read, at the end."""
    return sorted(
        groups.items(),
        key=lambda item: (item[0] == _UNREAD_KEY, item[0] is None, collation.key((item[0] or "")[:_ORDERED_BY])),
    )


def by_kind(groups: dict[str | None, Counted]) -> list[tuple[str | None, Counted]]:
    """Groups in the order of the kinds in the plan's form."""
    order = {kind: number for number, kind in enumerate(kind_words())}
    return sorted(groups.items(), key=lambda item: order.get(item[0] or "", len(order)))


def by_clause(groups: dict[str | None, Counted]) -> list[tuple[str | None, Counted]]:
    """Groups in the order of their clauses: D1, D2, … D10, then A1 …"""
    return sorted(groups.items(), key=lambda item: _clause_place(item[0] or ""))


def _clause_place(code: str) -> tuple[object, ...]:
    return code[:1] != "D", code[:1], len(code), code
