"""Formulas as durable-rules patterns: the evaluator of a plan at a desk.

A row breaches a rule when `where` holds and `require` does not. That formula is put in disjunctive normal form, and each
disjunct becomes one durable-rules rule: a pattern for the judged row, then for the rows that must exist, then for those
that must not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Final

from .facts import ENTITIES, Facts, Value
from .formula import And, Atom, Exists, Formula, Not, Or, leaves
from .ruleset import Judgement, Ruleset
from .session import Rulebase

Hit = tuple[int, int]
"""The position of a judgement in its ruleset, and of a row among the rows of the judgement's entity."""

Pattern = dict[str, object]
Scalar = str | int | float | bool

_ROW: Final = "judged"
_ORDER: Final = {
    "at_least": ("$gte", "$lt"),
    "at_most": ("$lte", "$gt"),
    "less_than": ("$lt", "$gte"),
    "more_than": ("$gt", "$lte"),
    "before": ("$lt", "$gte"),
    "after": ("$gt", "$lte"),
}
"""Each ordering operator in durable-rules, and its negation."""


class Rete:
    """Judgements of a ruleset compiled to durable-rules."""

    def __init__(self, ruleset: Ruleset, active: Iterable[int], *, passes: bool = False) -> None:
        """Compile the judgements at the `active` positions; with `passes`, also find the rows each applies to."""
        self._reads: dict[str, set[str]] = {}
        rules: dict[str, list[Pattern]] = {}
        for position in active:
            judgement = ruleset.judgements[position]
            self._note_reads(judgement)
            goals: dict[str, Formula] = {"breach": And((judgement.where, Not(judgement.require)))}
            if passes:
                goals["apply"] = judgement.where
            for goal, formula in goals.items():
                for number, disjunct in enumerate(_disjuncts(formula, judgement.entity, True)):
                    rules[f"{goal} {position} {number}"] = disjunct.patterns(judgement.entity)
        self._rulebase = Rulebase(rules, self._reads)

    def run(self, facts: Facts) -> tuple[set[Hit], set[Hit]]:
        """The breaches of one plan, and (with `passes`) all rows the judgements applied to.

        Raises session.RuleEngineError when the engine can't be shown to have seen every fact.
        """
        encoded: list[dict[str, Scalar]] = []
        numbers: list[int] = []
        for entity, fields in self._reads.items():
            for number, row in enumerate(facts[entity]):
                encoded.append(_encode(entity, row.values, fields, len(encoded)))
                numbers.append(number)
        hits: dict[str, set[Hit]] = {"breach": set(), "apply": set()}
        for name, row_number in self._rulebase.run(encoded):
            goal, position, _ = name.split(" ")
            hits[goal].add((int(position), numbers[row_number]))
        return hits["breach"], hits["apply"]

    def _note_reads(self, judgement: Judgement) -> None:
        ours = self._reads.setdefault(judgement.entity, set())
        for leaf in (*leaves(judgement.where), *leaves(judgement.require)):
            atoms, fields = (
                (leaf.atoms, self._reads.setdefault(leaf.entity, set()))
                if isinstance(leaf, Exists)
                else ((leaf,), ours)
            )
            for atom in atoms:
                fields.update((atom.field,) if atom.other is None else (atom.field, atom.other))
            if isinstance(leaf, Exists):
                fields.update(theirs for theirs, _ in leaf.joins)
                ours.update(field for _, field in leaf.joins)


@dataclass(frozen=True, slots=True)
class _Disjunct:
    """A conjunction durable-rules can match: conditions on the judged row, rows that must exist, rows that must not."""

    row: tuple[Pattern, ...] = ()
    some: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()
    none: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()

    def __add__(self, other: "_Disjunct") -> "_Disjunct":
        return _Disjunct(self.row + other.row, self.some + other.some, self.none + other.none)

    def patterns(self, entity: str) -> list[Pattern]:
        patterns: list[Pattern] = [{_ROW: _conjunction(entity, self.row)}]
        # What must exist is bound before what must not: a negation binds nothing.
        patterns += [{f"some{i}": _conjunction(name, conditions)} for i, (name, conditions) in enumerate(self.some)]
        patterns += [{f"none{i}$not": _conjunction(name, conditions)} for i, (name, conditions) in enumerate(self.none)]
        return patterns


def _conjunction(entity: str, conditions: tuple[Pattern, ...]) -> Pattern:
    return {"$and": [{"type": entity}, *conditions]} if conditions else {"type": entity}


def _disjuncts(formula: Formula, entity: str, positive: bool) -> list[_Disjunct]:
    match formula:
        case Atom():
            return [_Disjunct(row=conditions) for conditions in _alternatives(formula, entity, positive)]
        case Exists():
            joins: tuple[Pattern, ...] = tuple({_value(theirs): {_ROW: _value(ours)}} for theirs, ours in formula.joins)
            choices = product(*(_alternatives(atom, formula.entity, True) for atom in formula.atoms))
            matches = tuple(
                (formula.entity, tuple(condition for part in chosen for condition in part) + joins)
                for chosen in choices
            )
            return [_Disjunct(some=(match,)) for match in matches] if positive else [_Disjunct(none=matches)]
        case Not(part):
            return _disjuncts(part, entity, not positive)
        case And(parts) | Or(parts):
            branches = [_disjuncts(part, entity, positive) for part in parts]
            if isinstance(formula, Or) is positive:
                return [disjunct for branch in branches for disjunct in branch]
            return [reduce(_Disjunct.__add__, chosen, _Disjunct()) for chosen in product(*branches)]


def _alternatives(atom: Atom, entity: str, positive: bool) -> list[tuple[Pattern, ...]]:
    """The atom, or its negation, as alternatives, each a conjunction of conditions on one row.

    A comparison with an absent field never matches, which is what an atom means; its negation must ask for absence.
    """
    field, operand = _value(atom.field), atom.operand
    if atom.operator == "present":
        if ENTITIES[entity].fields[atom.field].optional:
            return [({_given(atom.field): bool(operand) is positive},)]
        return [()] if bool(operand) is positive else []
    absent: list[tuple[Pattern, ...]] = [({_given(guard): False},) for guard in atom.guards]
    given: tuple[Pattern, ...] = tuple({_given(guard): True} for guard in atom.guards)
    match atom.operator, operand:
        case "has", _:
            return [({_member(atom.field, str(operand)): positive},)]
        case "is", _:
            return [({field: operand},)] if positive else [*absent, (*given, {"$neq": {field: operand}})]
        case "in", tuple():
            if positive:
                return [({field: value},) for value in operand]
            differs: tuple[Pattern, ...] = tuple({"$neq": {field: value}} for value in operand)
            return [*absent, given + differs]
        case "between", (low, high):
            if positive:
                return [({"$gte": {field: low}}, {"$lte": {field: high}})]
            return [*absent, (*given, {"$lt": {field: low}}), (*given, {"$gt": {field: high}})]
    operator = _ORDER[atom.operator][0 if positive else 1]
    condition: Pattern = {operator: {field: operand if atom.other is None else {"$m": _value(atom.other)}}}
    return [(*given, condition)] if positive else [*absent, (*given, condition)]


# Names in the engine are prefixed: durable-rules gives `id` and `sid` a meaning of its own.


def _value(field: str) -> str:
    return f"value_{field}"


def _given(field: str) -> str:
    return f"given_{field}"


def _member(field: str, member: str) -> str:
    return f"has_{field}_{member}"


def _encode(entity: str, values: dict[str, Value], fields: set[str], number: int) -> dict[str, Scalar]:
    """A row as the engine takes it: never null (`given_x` instead), and a set as one boolean a member."""
    encoded: dict[str, Scalar] = {"type": entity, "row": number}
    known = ENTITIES[entity].fields
    for name in fields:
        field, value = known[name], values.get(name)
        if field.optional:
            encoded[_given(name)] = value is not None
        if isinstance(value, frozenset):
            assert field.enumeration is not None
            for member in field.enumeration:
                encoded[_member(name, member.value)] = member.value in value
        elif value is not None:
            encoded[_value(name)] = value
    return encoded
