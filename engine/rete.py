"""Formulas as durable-rules patterns: the evaluator of a plan at a desk.

A row breaches a rule when `where` holds and `require` does not. That formula is put in disjunctive normal form, and each
disjunct becomes one durable-rules rule: a pattern for the judged row, then for the rows that must exist, then for those
that must not.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import product
from typing import Final

from .facts import ENTITIES, Facts, Value
from .formula import And, Atom, Exists, Formula, Not, Or
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
        self._encoders: dict[str, _Encoder] = {}
        types: dict[str, list[str]] = {}
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
                    for entity, copies in disjunct.copies(judgement.entity).items():
                        known = types.setdefault(entity, [])
                        known += (_type(entity, copy) for copy in range(len(known), copies))
        self._types = {entity: types.get(entity, [entity]) for entity in self._encoders}
        self._rulebase = Rulebase(rules, [type_ for known in self._types.values() for type_ in known])

    def run(self, facts: Facts) -> tuple[set[Hit], set[Hit]]:
        """The breaches of one plan, and (with `passes`) all rows the judgements applied to.

        Raises session.RuleEngineError when the engine can't be shown to have seen every fact.
        """
        encoded: list[dict[str, Scalar]] = []
        numbers: list[int] = []
        for entity, encoder in self._encoders.items():
            for type_ in self._types[entity]:
                for number, row in enumerate(facts[entity]):
                    encoded.append(encoder.encode(row.values, type_, len(encoded)))
                    numbers.append(number)
        hits: dict[str, set[Hit]] = {"breach": set(), "apply": set()}
        for name, row_number in self._rulebase.run(encoded):
            goal, position, _ = name.split(" ")
            hits[goal].add((int(position), numbers[row_number]))
        return hits["breach"], hits["apply"]

    def _note_reads(self, judgement: Judgement) -> None:
        ours = self._encoder(judgement.entity)
        for leaf in judgement.leaves:
            if isinstance(leaf, Atom):
                _note_atom(ours, leaf)
                continue
            theirs = self._encoder(leaf.entity)
            for atom in leaf.atoms:
                _note_atom(theirs, atom)
            for their_field, our_field in leaf.joins:
                theirs.read(their_field)
                ours.read(our_field)

    def _encoder(self, entity: str) -> "_Encoder":
        return self._encoders.setdefault(entity, _Encoder(entity))


def _note_atom(encoder: "_Encoder", atom: Atom) -> None:
    encoder.read(atom.field, str(atom.operand) if atom.operator == "has" else None)
    for field in (*atom.guards, *((atom.other,) if atom.other is not None else ())):
        encoder.read(field)


@dataclass(frozen=True, slots=True)
class _Disjunct:
    """A conjunction durable-rules can match: conditions on the judged row, rows that must exist, rows that must not."""

    row: tuple[Pattern, ...] = ()
    some: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()
    none: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()

    def __add__(self, other: "_Disjunct") -> "_Disjunct":
        return _Disjunct(self.row + other.row, self.some + other.some, self.none + other.none)

    def patterns(self, entity: str) -> list[Pattern]:
        """The patterns of the durable-rules rule, for judged rows of the entity.

        In durable-rules one fact never matches two patterns of a rule, and it is no witness against itself either: so
        patterns over one entity match copies of its facts, each of a type of its own.
        """
        patterns: list[Pattern] = [{_ROW: _conjunction(entity, self.row)}]
        taken = Counter([entity])
        # What must exist is bound before what must not: a negation binds nothing.
        for number, (name, conditions) in enumerate(self.some):
            patterns.append({f"some{number}": _conjunction(_type(name, taken[name]), conditions)})
            taken[name] += 1
        for number, (name, conditions) in enumerate(self.none):
            patterns.append({f"none{number}$not": _conjunction(_type(name, taken[name]), conditions)})
        return patterns

    def copies(self, entity: str) -> Counter[str]:
        """How many copies of each entity's facts the patterns need."""
        copies = Counter([entity, *(name for name, _ in self.some)])
        return copies + Counter({name for name, _ in self.none})


def _type(entity: str, copy: int) -> str:
    """The type of a copy of an entity's facts; the first is called as the entity is."""
    return f"{entity} {copy + 1}" if copy else entity


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


class _Encoder:
    """Turns the rows of one entity into facts for the engine: only what some rule reads, and never null.

    An optional field is told by a `given_x` of its own, and a set by one boolean for each member that is asked for.
    """

    def __init__(self, entity: str) -> None:
        self._entity = entity
        self._plain: dict[str, str] = {}
        self._optional: dict[str, str] = {}
        self._members: dict[tuple[str, str], str] = {}

    def read(self, field: str, member: str | None = None) -> None:
        """Note that a rule reads the field, or asks whether it has the member."""
        if member is not None:
            self._members[field, member] = _member(field, member)
            return
        if ENTITIES[self._entity].fields[field].optional:
            self._optional[field] = _given(field)
        if ENTITIES[self._entity].fields[field].type != "set":
            self._plain[field] = _value(field)

    def encode(self, values: Mapping[str, Value], type_: str, number: int) -> dict[str, Scalar]:
        """The fact of one row."""
        fact: dict[str, Scalar] = {"type": type_, "row": number}
        for field, name in self._plain.items():
            value = values.get(field)
            if type(value) is float and value.is_integer():
                value = int(value)  # joins go through text, where 1 is not 1.0
            if value is not None:
                fact[name] = value  # type: ignore[assignment]  # sets are in _members
        for field, name in self._optional.items():
            fact[name] = field in values
        for (field, member), name in self._members.items():
            fact[name] = member in values.get(field, ())  # type: ignore[operator]
        return fact
