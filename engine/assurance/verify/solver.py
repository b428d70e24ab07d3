"""Questions to the solver about one kind of organisation: is there such a plan, the smallest one, and why not."""

from collections.abc import Iterable, Sequence
from ctypes import c_int
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

import z3

from ...directive.formula import Exists, leaves
from ...directive.ruleset import Ruleset
from ...model.description import Usual
from .decoding import Chosen
from .encoding import Encoding
from .logic import Truth, Whole, no
from .texts import TextNumbers
from .tree import (
    MINUTES_A_DAY,
    Built,
    ChoiceNode,
    FlagNode,
    MembersNode,
    NumberNode,
    OptionalNode,
    RecordNode,
    Setting,
    SplitInstantNode,
    Steps,
    build,
)


@dataclass(frozen=True, slots=True, eq=False)
class SolverAnswer:
    """A plan that was found; or that there is none, and of the assumptions the ones that exclude it; or neither."""

    outcome: Literal["found", "none", "undecided"]
    chosen: Chosen | None = None
    smallest: bool = False
    core: tuple[Truth, ...] = ()


def texts_of(*rulesets: Ruleset) -> TextNumbers:
    """The texts that the rules name."""
    texts = TextNumbers()
    facts = (fact for ruleset in rulesets for entity in ruleset.known.facts for fact in entity.fields)
    for constant in (fact.text for fact in facts if fact.text is not None):
        texts.number(constant)
    formulas = [exemption.when for ruleset in rulesets for exemption in ruleset.exemptions]
    formulas += [
        formula for ruleset in rulesets for item in ruleset.judgements for formula in (item.where, item.require)
    ]
    for formula in formulas:
        for leaf in leaves(formula):
            for atom in leaf.atoms if isinstance(leaf, Exists) else (leaf,):
                operands = atom.operand if isinstance(atom.operand, tuple) else (atom.operand,)
                for operand in operands:
                    if isinstance(operand, str):
                        texts.number(operand)
    return texts


@dataclass(frozen=True, slots=True, eq=False)
class _Weight:
    """What a plan weighs: of each truth so much where it holds.

    `z3.PbLe` would look at each truth anew for every bound, and a model be asked for each by itself.
    """

    whole: Whole
    _arguments: tuple[Any, ...]

    @classmethod
    def of(cls, weighed: Iterable[tuple[Truth, int]]) -> "_Weight":
        each = [*weighed]
        whole = z3.Sum([z3.IntVal(0), *(z3.If(truth, weight, 0) for truth, weight in each)])
        truths = (z3.Ast * len(each))(*(truth.as_ast() for truth, _ in each))
        return cls(whole, (len(each), truths, (c_int * len(each))(*(weight for _, weight in each))))

    def at_most(self, most: int) -> Truth:
        """That a plan weighs no more than this."""
        context = self.whole.ctx
        return z3.BoolRef(z3.Z3_mk_pble(context.ref(), *self._arguments, most), context)


@dataclass(slots=True, eq=False)
class Solver:
    """The symbolic plan of one kind, the ruleset over it, and an incremental solver."""

    ruleset: Ruleset
    setting: Setting
    patience: float = 10.0
    """Seconds for one question; what takes longer is undecided."""
    beside: Ruleset | None = None
    """Another ruleset whose rules will be asked about the same plans."""
    built: Built = field(init=False)
    encoding: Encoding = field(init=False)
    _solver: Any = field(init=False)
    _weight: _Weight = field(init=False)
    _names: int = 0

    def __post_init__(self) -> None:
        rulesets = (self.ruleset,) if self.beside is None else (self.ruleset, self.beside)
        self.built = build(self.setting, texts_of(*rulesets))
        self.encoding = Encoding(self.ruleset, self.built)
        self._solver = z3.Solver()
        self._solver.set("timeout", int(self.patience * 1000))
        self._solver.add(*self.built.constraints)
        self._weight = _Weight.of(weights(self.built.plan))
        for truths in (self.encoding.breached, self.encoding.applied):
            for position, row_truths in enumerate(truths):
                truths[position] = [self.named(truth) for truth in row_truths]

    @property
    def assertions(self) -> list[Truth]:
        """What holds of every plan, and what the names stand for."""
        return [*self._solver.assertions()]

    def require(self, truth: Truth) -> None:
        """From now on only plans of which this is true are looked at."""
        self._solver.add(truth)

    def named(self, truth: Truth) -> Truth:
        """A name for a truth, by which it can be assumed."""
        if z3.is_const(truth):
            return truth
        self._names += 1
        name = z3.Bool(f"t{self._names}")
        self._solver.add(name == truth)
        return name

    def ask(self, *assumptions: Truth) -> SolverAnswer:
        """Whether a plan exists for which all assumptions hold."""
        found = self._solver.check(*assumptions)
        if found == z3.sat:
            return SolverAnswer("found", Chosen(self.built, self._solver.model()))
        if found == z3.unsat:
            return SolverAnswer("none", core=tuple(self._solver.unsat_core()))
        return SolverAnswer("undecided")

    def why_none(self, required: Sequence[Truth], candidates: Sequence[Truth]) -> tuple[Truth, ...] | None:
        """Of the candidates a smallest set (none can be left out) that excludes every plan with what is required.

        None when the solver can't tell.
        """
        answer = self.ask(*required, *candidates)
        if answer.outcome != "none":
            return None
        core = _among(candidates, answer.core)
        for truth in list(core):
            without = [other for other in core if other is not truth]
            if self.ask(*required, *without).outcome == "none":
                core = without
        return tuple(core)

    def smallest(self, *assumptions: Truth, lifelike: bool = True) -> SolverAnswer:
        """A plan with the fewest rows, and of those one with the fewest optional values, for which all assumptions hold."""
        answer = self.ask(*assumptions)
        if answer.chosen is None:
            return answer
        self._solver.push()
        try:
            chosen, smallest = answer.chosen, False
            while not smallest:
                size = self.size(chosen)
                if size == 0:
                    smallest = True
                    break
                self._solver.push()
                self._solver.add(self._weight.at_most(size - 1))
                smaller = self.ask(*assumptions)
                self._solver.pop()
                if smaller.chosen is not None:
                    chosen = smaller.chosen
                    continue
                smallest = smaller.outcome == "none"
                break
            self._solver.add(self._weight.at_most(self.size(chosen)))
            if lifelike:
                chosen = self._lifelike(chosen, assumptions)
        finally:
            self._solver.pop()
        return SolverAnswer("found", chosen, smallest)

    def size(self, chosen: Chosen) -> int:
        """How large a plan is: what its rows and optional values weigh."""
        return chosen.whole(self._weight.whole)

    def _lifelike(self, chosen: Chosen, assumptions: Iterable[Truth]) -> Chosen:
        """A plan no larger, with as many of the usual times and values as it allows."""
        wishes = [self.named(wish) for wish in _wishes(self.built)]
        while wishes:
            answer = self.ask(*assumptions, *wishes)
            if answer.chosen is not None:
                return answer.chosen
            core = _among(wishes, answer.core)
            if not core:
                return chosen
            wishes = [wish for wish in wishes if wish is not core[-1]]
        return chosen


def _among(truths: Iterable[Truth], known: Iterable[Truth]) -> list[Truth]:
    """Those of the truths that are among the known ones."""
    numbers = {truth.get_id() for truth in known}
    return [truth for truth in truths if truth.get_id() in numbers]


_ROW: int = 100


def weights(node: Any) -> Iterable[tuple[Truth, int]]:
    """What each row and each optional value weighs: a row outweighs all the values that rows have."""
    match node:
        case list():
            for slot in node:
                yield slot.present, _ROW
                yield from weights(slot)
        case MembersNode():
            yield from ((truth, 1) for truth in node.members.values())
        case OptionalNode():
            yield node.given, 1
            yield from weights(node.node)
        case RecordNode():
            for inner in node.fields.values():
                yield from weights(inner)


def _wishes(built: Built) -> Iterable[Truth]:
    """Usual times and values, the most wanted first."""
    known = built.known
    for group in known.samples.usual if known.samples else ():
        steps = known.steps(group[0].of)
        lists = ("/" + "/".join(steps[:length]) for length in range(1, len(steps)))
        outer = next((rows for rows in lists if rows in built.slots), None)
        rows = [(built.plan, 0)] if outer is None else [(slot, slot.number) for slot in built.slots[outer]]
        for record, number in rows:
            for usual in group:
                inside = known.steps(usual.of)[len(known.steps(outer or "/")) :]
                yield from _usual(record, usual, inside, number, built.setting.base)


def _usual(record: RecordNode, usual: Usual, steps: Steps, number: int, base: datetime) -> Iterable[Truth]:
    """That the value at these steps from the row of this number, or from each row on the way, is as usual."""
    node: Any = record
    for place, step in enumerate(steps, 1):
        node = node.fields[step]
        node = node.node if isinstance(node, OptionalNode) else node
        if isinstance(node, list):
            for position, slot in enumerate(node):
                yield from _usual(slot, usual, steps[place:], position, base)
            return
    if usual.a_day is not None:
        yield node.day == number // usual.a_day
    elif usual.same_day is not None:
        yield node.day == record.fields[usual.same_day].day
    else:
        first = number == 0 and usual.first is not None
        yield _is(node, usual.first if first else usual.values[number % len(usual.values)], base)


def _is(node: Any, value: Any, base: datetime) -> Truth:
    """That a node has a value as the description writes it."""
    match node:
        case ChoiceNode():
            return node.members[value]
        case FlagNode():
            return node.term if value else no(node.term)
        case NumberNode():
            return node.term == value * node.scale
    if "-" in value:
        return node.term == (datetime.fromisoformat(value) - base) // timedelta(minutes=1)
    days, _, clock = value.rpartition(" ")
    hours, minutes = clock.split(":")
    minute = int(hours) * 60 + int(minutes)
    return (
        node.minute == minute
        if isinstance(node, SplitInstantNode)
        else node.term == int(days or 0) * MINUTES_A_DAY + minute
    )
