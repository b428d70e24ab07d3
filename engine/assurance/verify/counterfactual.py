"""The smallest change to a plan that turns what a rule says of a subject, found by the solver and tried by the engine.

Every value of the plan is held by a pin that may be let go at a price. Who takes part is never changed, nor any name.
What a plan states of the world (standings, eligibility, seats and roles, the kind of organisation) costs far more than
what it chooses: it is changed only where no choice will do, and the edit says so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal

import z3

from ...base.problem import Path
from ...base.text import Text
from ...directive.ruleset import Ruleset
from ...evaluation.hits import subject as subject_of
from ...model.description import ChangeCost, Description
from ...model.facts import Facts, flatten
from ...model.records import DocumentRecord, places, values
from .bounds import DAYS, WHOLE, Bound, bounded
from .decoding import Chosen
from .edits import Edit, edits
from .logic import Truth, Whole, follows, no, some
from .pinning import Pin, pins
from .rows import SymbolicRow
from .solver import Solver, weights
from .tree import InstantNode, NumberNode, OptionalNode, RecordNode, Setting, Slot, SplitInstantNode, WordNode, read_of
from .witness import Bench

MOST_PEOPLE: Final = 400
MOST_DAYS: Final = 366
PATIENCE: Final = 30.0
_EVENT: Final = datetime(2017, 12, 28)
"""When an event is thought to be of which a plan says no time."""
_TOO_LONG: Final = Text("bộ giải chưa xong trong thời gian cho phép", "the solver took too long")

Said = Literal["finding", "passed", "not_applicable"]
_CHANGE, _MOVE, _ADD, _RECAST, _DROP, _FACT = 100, 105, 110, 120, 140, 10_000
"""The prices of edits: of a value, of when the conference sits, of a new row… A value in a new row costs one."""


class Unsolved(Exception):
    """The plan is too large for the question, or the solver took too long: nothing is known."""

    def __init__(self, said: Text) -> None:
        super().__init__(said.en)
        self.said = said


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What would turn the verdict on a subject; no edits where nothing within reach does.

    `text` is the plan as it would be, in YAML; it holds what the plan holds, party cards included.
    """

    rule: str
    subject: str
    before: Said
    edits: tuple[Edit, ...]
    text: str = ""


class Turning:
    """One plan held by pins, for any number of questions about it."""

    def __init__(self, plan: DocumentRecord, ruleset: Ruleset, patience: float = PATIENCE) -> None:
        """Raises Unsolved for a plan beyond reach, and witness.Disagreement."""
        self._plan, self._ruleset, self._patience = plan, ruleset, patience
        if len(_people(plan)) > MOST_PEOPLE:
            raise Unsolved(
                Text(
                    f"{ruleset.known.one.vi} có quá {MOST_PEOPLE} người",
                    f"more than {MOST_PEOPLE} participants",
                )
            )
        self._solver = Solver(ruleset, _setting(plan, ruleset.document), patience)
        self._pins = pins(self._solver.built, plan)
        answer = self._solver.ask(*(pin.holds for pin in self._pins))
        if answer.chosen is None:
            raise Unsolved(_TOO_LONG)
        self._now: Chosen = answer.chosen
        self._numbers: dict[str, dict[int, int]] = {}
        self._bench = Bench(ruleset)
        self._bench.witness(self._solver.encoding, self._now, "now", smallest=False)

    def smallest_change(self, rule: str, subject: str) -> Counterfactual:
        """The fewest edits after which the rule has no finding on the subject where it has one, or one where it has none.

        A finding is turned without raising any other. Raises Unsolved, and witness.Disagreement where the engine says of
        the changed plan what the solver does not.
        """
        breached, before = self._target(rule, subject)
        best = z3.Optimize()
        best.set("timeout", int(self._patience * 1000))
        best.add(*self._solver.assertions)
        best.add(*(self._held(breached) if before == "finding" else [some(breached)]))
        for pin in self._pins:
            price = _price(self._plan.known, pin)
            if price is None:
                best.add(pin.holds)
                continue
            best.add_soft(pin.holds, price)
            if isinstance(pin.node, OptionalNode) and isinstance(pin.node.node, WordNode) and pin.value is not None:
                best.add(follows(pin.node.given, pin.node.node.term == self._solver.built.texts.number(pin.value)))
            if isinstance(pin.node, Slot | OptionalNode) and pin.value is None:
                for truth, _ in _inside(pin.node):
                    best.add_soft(no(truth), 1)
        answer = best.check()
        if answer == z3.unsat:
            return Counterfactual(rule, subject, before, ())
        if answer != z3.sat:
            raise Unsolved(_TOO_LONG)
        chosen = self._nearest(Chosen(self._solver.built, best.model()), best)
        witness = self._bench.witness(self._solver.encoding, chosen, "counterfactual", smallest=True)
        changed = [pin for pin in self._pins if not chosen.truth(pin.holds)]
        facts = {pin.path for pin in changed if _how(self._plan.known, _names(pin.path)) == "world"}
        found = edits(self._plan, changed, chosen, facts)
        return Counterfactual(rule, subject, before, tuple(found), witness.text)

    def _target(self, rule: str, subject: str) -> tuple[list[Truth], Said]:
        """The breaches that would be findings on the subject, and what is said of it now."""
        encoding = self._solver.encoding
        facts = flatten(self._plan, self._ruleset.readings)
        rows: list[Truth] = []
        applies = False
        for position, judgement in enumerate(self._ruleset.judgements):
            if judgement.rule != rule:
                continue
            for row, breach, applied in zip(
                encoding.facts[judgement.entity], encoding.breached[position], encoding.applied[position], strict=True
            ):
                if self._now.truth(row.present) and self._subject(position, row, facts) == subject:
                    rows.append(breach)
                    applies = applies or self._now.truth(applied)
        if not rows:
            rows = [
                breach
                for position, judgement in enumerate(self._ruleset.judgements)
                if judgement.rule == rule
                for breach in encoding.breached[position]
            ]
        before: Said = "passed" if applies else "not_applicable"
        return rows, "finding" if any(self._now.truth(breach) for breach in rows) else before

    def _subject(self, position: int, row: SymbolicRow, facts: Facts) -> str:
        """The id of what a finding on this row is about."""
        judgement = self._ruleset.judgements[position]
        if judgement.entity not in self._numbers:
            self._numbers[judgement.entity] = self._in_plan(judgement.entity)
        number = self._numbers[judgement.entity][id(row)]
        return subject_of(judgement, facts[judgement.entity][number]).id

    def _held(self, target: Sequence[Truth]) -> Iterator[Truth]:
        """The target is no breach, and nothing becomes one that is none now."""
        yield from (no(truth) for truth in target)
        for breached in self._solver.encoding.breached:
            yield from (no(truth) for truth in breached if not self._now.truth(truth))

    def _nearest(self, chosen: Chosen, best: Any) -> Chosen:
        """Of the plans with the same edits, the one whose times change least."""
        terms = []
        for pin in self._pins:
            if _price(self._plan.known, pin) is not None:
                best.add(pin.holds if chosen.truth(pin.holds) else no(pin.holds))
            if not chosen.truth(pin.holds):
                terms += [z3.Abs(term - anchor) for term, anchor in self._anchors(pin)]
        for pin in self._pins:
            if isinstance(pin.node, Slot | OptionalNode) and pin.value is None:
                for truth, _ in _inside(pin.node):
                    best.add(truth if chosen.truth(truth) else no(truth))
        if not terms:
            return chosen
        second = z3.Optimize()
        second.set("timeout", int(self._patience * 1000))
        second.add(*best.assertions())
        second.minimize(z3.Sum(terms))
        return Chosen(self._solver.built, second.model()) if second.check() == z3.sat else chosen

    def _anchors(self, pin: Pin) -> Iterator[tuple[Whole, int]]:
        """The times and counts that an edit sets, and for each what it should be near: what it was, or a usual one."""
        if isinstance(pin.value, date):
            for term in _times(pin.node):
                yield term, self._minutes(_moment(pin.value))
            return
        if isinstance(pin.node, NumberNode):
            yield pin.node.term, round(pin.value * pin.node.scale)
            return
        if isinstance(pin.node, Slot):
            yield from ((node.term, 0) for node in pin.node.fields.values() if isinstance(node, NumberNode))
        known = self._plan.known
        days = known.by_nature.get("day", ())
        begin = min((_moment(day) for steps in days for day in values(self._plan, steps)), default=None)
        lasts = [(*steps[:-1], later) for steps in days for later in _later(known, steps)]
        end = max((_moment(day) for steps in lasts for day in values(self._plan, steps)), default=None)
        if begin is None or end is None:
            return
        for term in _times(pin.node):
            yield term, self._minutes(_near(known, _names(pin.path), begin, end))

    def _in_plan(self, entity: str) -> dict[int, int]:
        """The number among the facts of the plan itself of each symbolic row that is there, by the row's identity."""
        facts = flatten(self._plan, self._ruleset.readings)[entity]
        rows = [row for row in self._solver.encoding.facts[entity] if self._now.truth(row.present)]
        distinct = self._plan.known.entities[entity].distinct
        if distinct is not None:
            names = {value: number for number, row in enumerate(facts) for value in row.values.values()}
            return {id(row): names[row.member or ""] for row in rows}
        paths = {id(pin.node): pin.path for pin in self._pins if isinstance(pin.node, Slot | OptionalNode)}
        numbers = {row.path: number for number, row in enumerate(facts)}
        return {id(row): numbers[paths.get(id(row.source), ())] for row in rows}

    def _minutes(self, moment: datetime) -> int:
        return (moment - self._solver.setting.base) // timedelta(minutes=1)


def _setting(plan: DocumentRecord, document: str) -> Setting:
    """Room for the plan and a few rows more, but for nobody else."""
    known, read = plan.known, read_of(plan.known)
    instants = [steps for steps, _, field in known.fields if field.type in ("date", "instant") and steps in read]
    moments = [_moment(known) for steps in instants for known in values(plan, steps)]
    first = min(moments, default=_EVENT)
    base = datetime.combine(first.date() - timedelta(days=1), time())
    days = (max(moments, default=first) - base).days + 3
    if days > MOST_DAYS:
        raise Unsolved(
            Text(f"các mốc giờ cách nhau quá {MOST_DAYS} ngày", f"its times lie more than {MOST_DAYS} days apart")
        )
    counts = {DAYS: days}
    for path, bound in bounded(known).items():
        if path == WHOLE:
            continue
        steps = known.steps(path)
        most = max((len(getattr(row, steps[-1])) for _, row in places(plan, steps[:-1])), default=0)
        counts[bound.name] = most if _how(known, steps) in ("never", "world") else most + 2
    return Setting(Bound(document, **counts), base, same_people=True)


def _moment(known: date) -> datetime:
    """An instant, or the beginning of a day."""
    return known if isinstance(known, datetime) else datetime.combine(known, time())


def _people(plan: DocumentRecord) -> list[Any]:
    steps = plan.known.people
    return [] if steps is None else [row for _, row in places(plan, steps)]


def _changes(known: Description, names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ChangeCost]]:
    """What is said of changes at a path and above it, the nearest first."""
    said = {known.steps(change.of): change for change in (known.samples.changes if known.samples else ())}
    for length in range(len(names), 0, -1):
        if names[:length] in said:
            yield names[:length], said[names[:length]]


def _how(known: Description, names: tuple[str, ...]) -> str | None:
    """What it takes to change what stands at a path."""
    return next((change.how for _, change in _changes(known, names) if change.how is not None), None)


def _near(known: Description, names: tuple[str, ...], begin: datetime, end: datetime) -> datetime:
    """What times that are set at a path should be near to."""
    change = next((change for steps, change in _changes(known, names) if steps == names), None)
    if change is None or change.near is None:
        return end
    near = begin if change.near == "start" else end
    if change.clock is not None:
        return datetime.combine(near.date(), time.fromisoformat(change.clock))
    return near + timedelta(minutes=change.after - change.before)


def _later(known: Description, steps: tuple[str, ...]) -> Iterator[str]:
    """The instants of a record that lie after one of them; itself, where there is none."""
    record = known.record_at("/" + "/".join(steps[:-1]))
    orders = [order.later for order in (record.order if record else ()) if order.earlier == steps[-1]]
    yield from orders or steps[-1:]


def _names(path: Path) -> tuple[str, ...]:
    return tuple(step for step in path if isinstance(step, str))


def _price(known: Description, pin: Pin) -> int | None:
    """What it costs to let the pin go; None for what is never changed."""
    how = _how(known, _names(pin.path))
    if how == "world":
        return _FACT
    if how == "never" or isinstance(pin.node, WordNode):
        return None
    if isinstance(pin.node, OptionalNode) and isinstance(pin.node.node, WordNode):
        return _CHANGE if how == "said" else None
    if isinstance(pin.node, Slot):
        return _ADD if pin.value is None else _DROP
    return {"kind": _RECAST, "moved": _MOVE}.get(how or "", _CHANGE)


def _inside(node: Any) -> Iterator[tuple[Truth, int]]:
    """The optional values and rows inside a row or value that the plan does not have."""
    yield from weights(node.node if isinstance(node, OptionalNode) else node)


def _times(node: Any) -> Iterator[Whole]:
    """The times that a value or a new row holds."""
    match node:
        case SplitInstantNode() | InstantNode():
            yield node.term
        case OptionalNode():
            yield from _times(node.node)
        case RecordNode():
            for inner in node.fields.values():
                if not isinstance(inner, list):
                    yield from _times(inner)
