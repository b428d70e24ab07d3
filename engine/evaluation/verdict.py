"""The verdict on a plan: findings, what held, what did not apply, and the problems of a plan that has no verdict."""

from dataclasses import dataclass, field
from typing import Literal

from ..base.in_force import InForce
from ..base.problem import Place, Problem
from ..base.severity import SEVERITIES, Severity
from ..base.text import Text
from ..directive.handbook import Handbook
from ..model.outline import Outline

Status = Literal["compliant", "non_compliant", "invalid"]
Evidence = dict[str, object]
"""Plain JSON values: the fields a rule read of the judged row, and the rows it found, by entity."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about: an entity and an id that is unique in the plan."""

    entity: str
    id: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach of one rule by one subject."""

    rule: str
    clause: str
    severity: Severity
    subject: Subject
    message: Text
    fix: Text
    place: Place
    evidence: Evidence
    waived: dict[str, object] | None = None
    identity: str = ""
    """Where it was asked for, a digest of the evidence and of whom the finding is about, names not redacted, party cards
    left out. It is shown and kept nowhere as it is: names could be tried out."""

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts the findings on one plan in reading order."""
        return self.place.order, self.rule, self.subject.id

    def to_json(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "clause": self.clause,
            "severity": self.severity,
            "subject": {"entity": self.subject.entity, "id": self.subject.id},
            "message": self.message.to_json(),
            "fix": self.fix.to_json(),
            "location": self.place.to_json(),
            "evidence": self.evidence,
            "waived": self.waived,
        }


@dataclass(frozen=True, slots=True)
class Passed:
    """One subject that a rule was checked on and that kept it."""

    rule: str
    clause: str
    subject: Subject
    title: Text
    place: Place
    evidence: Evidence

    def to_json(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "clause": self.clause,
            "subject": {"entity": self.subject.entity, "id": self.subject.id},
            "title": self.title.to_json(),
            "location": self.place.to_json(),
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """A rule that an exception suspends for this plan."""

    rule: str
    by: str

    def to_json(self) -> dict[str, str]:
        return {"rule": self.rule, "by": self.by}


@dataclass(frozen=True, slots=True)
class Undecided:
    """A subject on which a rule across plans can't be decided, for want of another plan; it is no breach."""

    rule: str
    clause: str
    subject: Subject
    reason: Text
    place: Place
    evidence: Evidence

    def to_json(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "clause": self.clause,
            "subject": {"entity": self.subject.entity, "id": self.subject.id},
            "reason": self.reason.to_json(),
            "location": self.place.to_json(),
            "evidence": self.evidence,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the directive says of one plan. A plan with problems is invalid: neither compliant nor not.

    `passed` is None unless it was asked for. `lines` holds the line of text at each place, where there are lines.
    `undecided` is only ever filled by audits. `directive` and `checked` say which directive it was checked against and
    which of its rules; `directive_title` is given where each plan chose its own.
    `outline` shows the plan itself, where a format asked for it; `lines` then holds the lines around each place too, by
    file and line alone. `notices` say what is to be known of how the plan was read and judged.
    """

    file: str
    organization: str | None
    findings: tuple[Finding, ...] = ()
    not_applicable: tuple[NotApplicable, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed: tuple[Passed, ...] | None = None
    lines: dict[Place, str] = field(default_factory=dict)
    undecided: tuple[Undecided, ...] = ()
    directive: str | None = None
    directive_title: Text | None = None
    checked: tuple[str, ...] = ()
    notices: tuple[Problem, ...] = ()
    outline: Outline | None = None

    @property
    def status(self) -> Status:
        """Non-compliant when a rule of severity error is breached and not waived."""
        if self.problems:
            return "invalid"
        breached = any(finding.severity == "error" and finding.waived is None for finding in self.findings)
        return "non_compliant" if breached else "compliant"

    def to_json(self) -> dict[str, object]:
        """The plan's entry in the JSON verdict (schema 1)."""
        document: dict[str, object] = {
            "file": self.file,
            "organization": self.organization,
            "status": self.status,
            "findings": [finding.to_json() for finding in self.findings],
            "not_applicable": [item.to_json() for item in self.not_applicable],
            "problems": [problem.to_json() for problem in self.problems],
        }
        if self.directive is not None:
            document["directive"] = self.directive
        if self.passed is not None:
            document["passed"] = [item.to_json() for item in self.passed]
        if self.undecided:
            document["not_decidable"] = [item.to_json() for item in self.undecided]
        return document


@dataclass(frozen=True, slots=True)
class Report:
    """What one run has to say: the directive, the verdict on each input, and what is to be known of the run (`told`).

    `handbooks` word the clauses and rules of every directive that was used, by the directive's id; `in_force` says what
    the run went by.
    """

    directive: str
    verdicts: tuple[Verdict, ...]
    told: tuple[Problem, ...] = ()
    handbooks: dict[str, Handbook] = field(default_factory=dict)
    in_force: InForce = field(default_factory=InForce)

    @property
    def notices(self) -> tuple[Problem, ...]:
        """What is to be known of each plan and of the run."""
        return (*(notice for verdict in self.verdicts for notice in verdict.notices), *self.told)

    def to_json(self) -> dict[str, object]:
        """The JSON verdict (plan-format, schema 1)."""
        document: dict[str, object] = {
            "schema": 1,
            "directive": self.directive,
            "plans": [verdict.to_json() for verdict in self.verdicts],
        }
        if notices := self.notices:
            document["notices"] = [notice.to_json() for notice in notices]
        document["settings"] = self.in_force.to_json()
        return document

    def reaches(self, level: Severity | Literal["never"]) -> bool:
        """Whether any finding that is not waived is at or above the severity."""
        if level == "never":
            return False
        counted = SEVERITIES[: SEVERITIES.index(level) + 1]
        return any(
            finding.severity in counted and finding.waived is None
            for verdict in self.verdicts
            for finding in verdict.findings
        )

    def exit_status(self, level: Severity | Literal["never"]) -> int:
        """0 nothing at or above the level, 1 findings, 2 a plan without a verdict (plan-format)."""
        if any(verdict.status == "invalid" for verdict in self.verdicts):
            return 2
        return 1 if self.reaches(level) else 0
