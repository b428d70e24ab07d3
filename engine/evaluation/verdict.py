"""The verdict on a plan: findings, what held, what did not apply, and the problems of a plan that has no verdict."""

from dataclasses import dataclass, field
from typing import Literal

from ..base.as_json import HIDDEN, AsJson, as_json
from ..base.in_force import InForce
from ..base.problem import Place, Problem
from ..base.record import Record
from ..base.severity import SEVERITIES, Severity
from ..base.text import Phrase, Text
from ..directive.handbook import Handbook
from ..model.outline import Outline

Status = Literal["compliant", "non_compliant", "invalid"]
Evidence = dict[str, object]
"""Plain JSON values: the fields a rule read of the judged row, and the rows it found, by entity."""
Grounds = tuple[tuple[Text, Text], ...]
"""What stands in a plan that a judgement rests on: what it is, and what it says."""


@dataclass(frozen=True, slots=True)
class Subject(AsJson):
    """What a finding is about: an entity and an id that is unique in the plan."""

    entity: str
    id: str


@dataclass(frozen=True, slots=True)
class Finding(AsJson):
    """One breach of one rule by one subject."""

    rule: str
    clause: str
    severity: Severity
    subject: Subject
    message: Phrase
    fix: Phrase
    place: Place
    evidence: Evidence
    waived: dict[str, object] | None = None
    identity: str = field(default="", metadata=HIDDEN)
    """Where it was asked for, a digest of the evidence and of whom the finding is about, names not redacted, party cards
    left out. It is shown and kept nowhere as it is: names could be tried out."""
    grounds: Grounds = field(default=(), metadata=HIDDEN)
    """What the evidence says in words, where it was asked for."""

    @property
    def order(self) -> tuple[object, ...]:
        """Sorts the findings on one plan in reading order."""
        return self.place.order, self.rule, self.subject.id


class Passed(Record, AsJson):
    """One subject that a rule was checked on and that kept it."""

    rule: str
    clause: str
    subject: Subject
    title: Text
    place: Place
    evidence: Evidence
    about: Text = Text("", "")
    """The subject, as people call it."""
    grounds: Grounds = ()
    """What the evidence says, in words."""

    def to_json(self) -> dict[str, object]:
        """All but the words, which the evidence says for programs."""
        document = super().to_json()
        return {name: value for name, value in document.items() if name not in ("about", "grounds")}


class NotApplicable(Record, AsJson):
    """A rule that an exception suspends for this plan."""

    rule: str
    by: str


class Undecided(Record, AsJson):
    """A subject on which a rule across plans can't be decided, for want of another plan; it is no breach."""

    rule: str
    clause: str
    subject: Subject
    reason: Phrase
    place: Place
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Verdict(AsJson):
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
    preliminary: tuple[Finding, ...] = ()
    """Of a plan that can't be appraised: what stays, however it is mended."""
    open_rules: int | None = None
    """Of such a plan: how many rules can't be asked yet; None where that was not looked at."""
    document: str | None = None
    """Of such a plan: the id of its type, where that is known."""

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
            "findings": as_json(self.findings),
            "not_applicable": as_json(self.not_applicable),
            "problems": as_json(self.problems),
        }
        if self.directive is not None:
            document["directive"] = self.directive
        if self.passed is not None:
            document["passed"] = as_json(self.passed)
        if self.preliminary:
            document["preliminary"] = as_json(self.preliminary)
        if self.undecided:
            document["not_decidable"] = as_json(self.undecided)
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
            "plans": as_json(self.verdicts),
        }
        if notices := self.notices:
            document["notices"] = as_json(notices)
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
