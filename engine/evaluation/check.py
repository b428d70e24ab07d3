"""check(plan, ruleset) -> Verdict: the one door to every verdict."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter
from typing import Final, Protocol

from ..base.canonical import canonical
from ..base.cards import HIDDEN
from ..base.libraries import durable_rules_installed
from ..base.problem import Place
from ..base.text import Text
from ..directive import phrasing
from ..directive.formula import Exists, witnesses
from ..directive.ruleset import Judgement, Ruleset
from ..documents.document import Document
from ..model.facts import ENTITIES, Facts, Row, flatten
from ..model.integrity import words_beside_cards
from ..model.outlining import outline
from ..model.plan import Plan
from ..model.privacy import organization_shown, presentable
from .applicability import doubts
from .verdict import Evidence, Finding, NotApplicable, Passed, Subject, Verdict

Hit = tuple[int, int]


class Evaluator(Protocol):
    """Decides which rows breach which judgements; everything that is said of them is added here, once for all evaluators."""

    def run(self, facts: Facts) -> tuple[set[Hit], set[Hit]]:
        """The breaches, and the rows each judgement applied to if that was asked for."""


EvaluatorFactory = Callable[[Ruleset, tuple[int, ...], bool], Evaluator]


def durable(ruleset: Ruleset, active: tuple[int, ...], passes: bool) -> Evaluator:
    """The evaluator on durable-rules."""
    from .durable import Rete

    return Rete(ruleset, active, passes=passes)


def first(ruleset: Ruleset, active: tuple[int, ...], passes: bool) -> Evaluator:
    """The evaluator of plans at a desk: durable-rules, or where it can't be had, compiled rules."""
    return evaluators()[0][1](ruleset, active, passes)


def evaluators() -> tuple[tuple[str, EvaluatorFactory], ...]:
    """The evaluators that there are here, with their names; each must say the same of every plan."""
    from .scanning import Compiled

    compiled = ("compiled", Compiled)
    return (("durable-rules", durable), compiled) if durable_rules_installed() else (compiled,)


@dataclass(frozen=True, slots=True)
class Showing:
    """What verdicts are to show: with `redact_names` nobody's name, with `outlined` the plan as well.

    With `identified`, findings hold their identity. Party cards are never shown.
    """

    redact_names: bool = False
    outlined: bool = False
    identified: bool = False


EVERYTHING: Final = Showing()


@dataclass(frozen=True, slots=True)
class _Case:
    """What plans to which the same exceptions apply have in common."""

    evaluator: Evaluator
    not_applicable: tuple[NotApplicable, ...]
    checked: tuple[str, ...]
    suspended_across: tuple[NotApplicable, ...]
    suspended_clauses: tuple[str, ...]


@dataclass
class Checker:
    """Checks plans against one ruleset; evaluators are built once for each set of exceptions that apply.

    With `titled`, verdicts hold the title of the directive.
    """

    ruleset: Ruleset
    factory: EvaluatorFactory = first
    passes: bool = False
    titled: bool = field(default=False, kw_only=True)
    _cases: dict[tuple[bool, ...], _Case] = field(default_factory=dict)

    @cached_property
    def _exemptions(self) -> Callable[[Plan], tuple[bool, ...]]:
        from .scanning import exemptions

        return exemptions(self.ruleset)

    def checker(self, plan: Plan, document: Document) -> "Checker":  # noqa: ARG002
        """Itself: it judges every plan."""
        return self

    def check(self, plan: Plan, document: Document, showing: Showing = EVERYTHING) -> Verdict:
        """The verdict on a plan; `document` says where its parts stand. Raises RuleEngineError."""
        case = self._case_of(plan)
        facts = flatten(plan, self.ruleset.readings)
        breaches, applied = case.evaluator.run(facts)
        # Judged on the plan as it is, worded from the plan as it may be shown.
        worded = breaches or applied or showing.redact_names or showing.outlined
        shown = presentable(plan, names=showing.redact_names) if worded else plan
        wording_facts = facts if shown is plan else flatten(shown, self.ruleset.readings)
        findings = [
            _finding(self.ruleset.judgements[i], wording_facts, number, document) for i, number in sorted(breaches)
        ]
        if showing.identified:
            found = zip(sorted(breaches), findings, strict=True)
            findings = [
                replace(finding, identity=_identity(self.ruleset.judgements[i], facts, number))
                for (i, number), finding in found
            ]
        passed = [
            _passed(self.ruleset.judgements[i], wording_facts, number, document)
            for i, number in sorted(applied - breaches)
        ]
        return Verdict(
            document.file,
            shown.organization.name if worded else organization_shown(plan).name,
            _in_order(findings),
            case.not_applicable,
            (),
            tuple(passed) if self.passes else None,
            directive=self.ruleset.directive,
            directive_title=self.ruleset.title if self.titled else None,
            checked=case.checked,
            outline=outline(shown, self.ruleset.readings) if showing.outlined else None,
            notices=(*doubts(self.ruleset, plan, document), *words_beside_cards(plan, document)),
        )

    def evaluator(self, plan: Plan) -> Evaluator:
        """What judges plans to which the same exceptions apply."""
        return self._case_of(plan).evaluator

    def suspended(self, plan: Plan) -> tuple[tuple[NotApplicable, ...], tuple[str, ...]]:
        """The rules across plans, and the clauses, that an exception suspends for this plan."""
        case = self._case_of(plan)
        return case.suspended_across, case.suspended_clauses

    def _case_of(self, plan: Plan) -> _Case:
        applying = self._exemptions(plan)
        case = self._cases.get(applying)
        if case is None:
            case = self._cases[applying] = self._case(applying)
        return case

    def _case(self, applying: tuple[bool, ...]) -> _Case:
        """The evaluator of what these exceptions leave, and the rules they suspend, in the order of the pack."""
        exemptions = [item for item, applies in zip(self.ruleset.exemptions, applying, strict=True) if applies]
        by = {rule: item.id for item in reversed(exemptions) for rule in (*item.rules, *item.across)}
        active = tuple(i for i, item in enumerate(self.ruleset.judgements) if item.rule not in by)
        not_applicable, suspended_across = (
            tuple(NotApplicable(rule, by[rule]) for rule in rules if rule in by)
            for rules in (self.ruleset.rules, self.ruleset.rules_across)
        )
        checked = tuple(dict.fromkeys(self.ruleset.judgements[i].rule for i in active))
        clauses = tuple(dict.fromkeys(clause for item in exemptions for clause in item.clauses))
        return _Case(
            self.factory(self.ruleset, active, self.passes), not_applicable, checked, suspended_across, clauses
        )


def check(plan: Plan, ruleset: Ruleset, document: Document) -> Verdict:
    """The verdict on one plan."""
    return Checker(ruleset).check(plan, document)


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """One finding per rule and subject, by place: two rows may be about the same subject (a result published twice)."""
    first: dict[tuple[str, Subject], Finding] = {}
    for finding in findings:
        first.setdefault((finding.rule, finding.subject), finding)
    return tuple(sorted(first.values(), key=attrgetter("order")))


def _in_words_of(document: Document, text: Text) -> Text:
    """A remedy in the labels of the file, where it has labels of its own in place of the plan's keys."""
    if document.label(("participants",)) is None:
        return text
    from ..forms.words import in_form_words  # only forms need it

    return in_form_words(text)


def _finding(judgement: Judgement, facts: Facts, number: int, document: Document) -> Finding:
    row = facts.row(judgement.entity, number)
    fields = ENTITIES[judgement.entity].fields
    return Finding(
        judgement.rule,
        judgement.clause,
        judgement.severity,
        subject(judgement, row),
        phrasing.render(judgement.message, row.values, fields),
        phrasing.render(_in_words_of(document, judgement.fix), row.values, fields),
        place(judgement, row, facts, document),
        evidence(judgement, row, facts),
    )


def _identity(judgement: Judgement, facts: Facts, number: int) -> str:
    """What a finding is known by again: the evidence, and what its message says of the judged row, however spaced or cased."""
    row = facts.row(judgement.entity, number)
    names = {name for text in (judgement.message.vi, judgement.message.en) for _, name in phrasing.pieces(text) if name}
    said = {name: canonical(str(row.values.get(name))) for name in sorted(names)}
    content = [judgement.severity, said, evidence(judgement, row, facts)]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _passed(judgement: Judgement, facts: Facts, number: int, document: Document) -> Passed:
    row = facts.row(judgement.entity, number)
    return Passed(
        judgement.rule,
        judgement.clause,
        subject(judgement, row),
        judgement.title,
        place(judgement, row, facts, document),
        evidence(judgement, row, facts),
    )


def subject(judgement: Judgement, row: Row) -> Subject:
    """What a judgement of this row is about."""
    named = phrasing.pieces(judgement.subject)
    values = row.values
    identity = "".join([f"{text}{'' if field is None else values.get(field, '')}" for text, field in named])
    return Subject(judgement.subject_entity, identity)


def place(judgement: Judgement, row: Row, facts: Facts, document: Document) -> Place:
    """Where a judgement of this row is shown: in the row, or elsewhere where the rule says so and there is such a row."""
    if judgement.elsewhere is not None:
        found = next(witnesses(judgement.elsewhere, row, facts), None)
        if found is None:
            return document.place(row.path)
        row = found
    return document.place((*row.path, *judgement.place), key=bool(judgement.place))


def evidence(judgement: Judgement, row: Row, facts: Facts) -> Evidence:
    """What the judgement rests on: the row's key, the `for` value, the fields it read, and the rows it found."""
    entity = ENTITIES[judgement.entity]
    found: Evidence = {name: _shown(row, name) for name in entity.key}
    found |= judgement.bindings
    found_rows: dict[tuple[str, int], Evidence] = {}
    for leaf in judgement.leaves:
        if isinstance(leaf, Exists):
            found |= {ours: _shown(row, ours) for _, ours in leaf.joins if ours not in entity.key}
            for other in witnesses(leaf, row, facts):
                identity = (leaf.entity, id(other))
                found_rows.setdefault(identity, {}).update(_witness(leaf, other))
        else:
            found |= {name: _shown(row, name) for name in (leaf.field, leaf.other) if name}
    for (name, _), witness in found_rows.items():
        # A field of the judged row may be called as the entity is: a seat has a committee.
        known = found.setdefault(name if isinstance(found.get(name, []), list) else f"{name}_rows", [])
        assert isinstance(known, list)
        known.append(witness)
    if judgement.amendments:
        found["amended_by"] = list(dict.fromkeys(amendment.clause for amendment in judgement.amendments))
    return {name: value for name, value in found.items() if value is not None}


def _witness(exists: Exists, row: Row) -> Evidence:
    names = [
        *ENTITIES[exists.entity].key,
        *(name for atom in exists.atoms for name in (atom.field, atom.other) if name),
    ]
    return {name: value for name in names if (value := _shown(row, name)) is not None}


def _shown(row: Row, name: str) -> object:
    """A value as JSON: sets in the order of their enumeration, instants as YYYY-MM-DDTHH:MM."""
    value, known = row.values.get(name), ENTITIES[row.entity].fields[name]
    if known.secret and value is not None:
        return HIDDEN
    if isinstance(value, frozenset):
        return [member for member in map(str, known.enumeration or ()) if member in value]
    if known.type == "instant" and isinstance(value, int):
        return phrasing.iso(value)
    return value
