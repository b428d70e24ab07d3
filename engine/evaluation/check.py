"""A checker: which rules there are to ask of a plan, and what they find of it, by either evaluator."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from ..base.libraries import durable_rules_installed
from ..base.record import Record
from ..directive.ruleset import Ruleset
from ..documents.document import Document
from ..model.description import Description
from ..model.facts import Facts, flatten
from ..model.records import DocumentRecord
from .hits import Hit, Hits
from .verdict import NotApplicable, Verdict
from .wording import EVERYTHING, Showing, word


class Evaluator(Protocol):
    """Decides which rows breach which judgements; everything that is said of them is added here, once for all evaluators."""

    def run(self, facts: Facts) -> tuple[set[Hit], set[Hit]]:
        """The breaches, and the rows each judgement applied to if that was asked for."""


EvaluatorFactory = Callable[[Ruleset, tuple[int, ...], bool], Evaluator]


def durable(ruleset: Ruleset, active: tuple[int, ...], passes: bool) -> Evaluator:
    """The evaluator on durable-rules."""
    from .durable import DurableEvaluator

    return DurableEvaluator(ruleset, active, passes=passes)


def first_evaluator(ruleset: Ruleset, active: tuple[int, ...], passes: bool) -> Evaluator:
    """The evaluator of plans at a desk: durable-rules, or where it can't be had, compiled rules."""
    return evaluators()[0][1](ruleset, active, passes)


def evaluators() -> tuple[tuple[str, EvaluatorFactory], ...]:
    """The evaluators that there are here, with their names; each must say the same of every plan."""
    from .scanning import Compiled

    compiled = ("compiled", Compiled)
    return (("durable-rules", durable), compiled) if durable_rules_installed() else (compiled,)


class _Case(Record):
    """What plans to which the same exceptions apply have in common."""

    evaluator: Evaluator
    not_applicable: tuple[NotApplicable, ...]
    checked: tuple[str, ...]
    suspended_across: tuple[NotApplicable, ...]
    suspended_clauses: tuple[str, ...]


@dataclass
class Checker:
    """Checks plans against one ruleset; evaluators are built once for each set of exceptions that apply.

    With `passes`, it also tells which rows keep what is asked of them.
    """

    ruleset: Ruleset
    factory: EvaluatorFactory = first_evaluator
    passes: bool = False
    _cases: dict[tuple[bool, ...], _Case] = field(default_factory=dict)

    @cached_property
    def _exemptions(self) -> Callable[[DocumentRecord], tuple[bool, ...]]:
        from .scanning import exemptions

        return exemptions(self.ruleset)

    def checker(self, plan: DocumentRecord, document: Document) -> "Checker":  # noqa: ARG002
        """Itself: it judges every plan."""
        return self

    def known(self, document: Document) -> Description:  # noqa: ARG002
        """The type of document that its rules judge."""
        return self.ruleset.known

    def judge(self, plan: DocumentRecord) -> Hits:
        """What the rules find of a plan. Raises RuleEngineError."""
        case, facts = self._case_of(plan), flatten(plan, self.ruleset.readings)
        breached, applied = case.evaluator.run(facts)
        kept = tuple(sorted(applied - breached)) if self.passes else None
        return Hits(self.ruleset, facts, tuple(sorted(breached)), kept, case.not_applicable, case.checked)

    def check(self, plan: DocumentRecord, document: Document, showing: Showing = EVERYTHING) -> Verdict:
        """The verdict on a plan; `document` says where its parts stand. Raises RuleEngineError."""
        return word(self.judge(plan), document, showing)

    def evaluator(self, plan: DocumentRecord) -> Evaluator:
        """What judges plans to which the same exceptions apply."""
        return self._case_of(plan).evaluator

    def suspended(self, plan: DocumentRecord) -> tuple[tuple[NotApplicable, ...], tuple[str, ...]]:
        """The rules across plans, and the clauses, that an exception suspends for this plan."""
        case = self._case_of(plan)
        return case.suspended_across, case.suspended_clauses

    def _case_of(self, plan: DocumentRecord) -> _Case:
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
