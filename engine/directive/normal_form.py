"""The normal form of a formula: what durable-rules can match are conjunctions, so a formula becomes a list of them.

An alternative in a conjunction doubles the list, so the size is known beforehand (`size`), and a rule that is too large
is refused where it stands (lowering.py).
"""

from collections import Counter
from dataclasses import dataclass
from functools import reduce
from itertools import chain, product
from math import prod
from typing import Final

from ..model.facts import Entity, entities
from .formula import And, Atom, Exists, Formula, Not, Or, questions
from .operators import Expression, Given, OneOf, Ordered, Question

Pattern = dict[str, object]

_ROW: Final = "judged"
_SIGNS: Final = {"<": ("$lt", "$gte"), "<=": ("$lte", "$gt"), ">": ("$gt", "$lte"), ">=": ("$gte", "$lt")}
"""Each sign in durable-rules, and its negation."""


@dataclass(frozen=True, slots=True)
class Disjunct:
    """A conjunction durable-rules can match: conditions on the judged row, rows that must exist, rows that must not."""

    row: tuple[Pattern, ...] = ()
    some: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()
    none: tuple[tuple[str, tuple[Pattern, ...]], ...] = ()

    def __add__(self, other: "Disjunct") -> "Disjunct":
        return Disjunct(self.row + other.row, self.some + other.some, self.none + other.none)

    def patterns(self, entity: str) -> list[Pattern]:
        """The patterns of the durable-rules rule, for judged rows of the entity.

        In durable-rules one fact never matches two patterns of a rule, and it is no witness against itself either: so
        patterns over one entity match copies of its facts, each of a type of its own.
        """
        patterns: list[Pattern] = [{_ROW: _conjunction(entity, self.row)}]
        taken = Counter([entity])
        # What must exist is bound before what must not: a negation binds nothing.
        for number, (name, conditions) in enumerate(self.some):
            patterns.append({f"some{number}": _conjunction(type_of(name, taken[name]), conditions)})
            taken[name] += 1
        for number, (name, conditions) in enumerate(self.none):
            patterns.append({f"none{number}$not": _conjunction(type_of(name, taken[name]), conditions)})
        return patterns

    def copies(self, entity: str) -> Counter[str]:
        """How many copies of each entity's facts the patterns need."""
        copies = Counter([entity, *(name for name, _ in self.some)])
        return copies + Counter({name for name, _ in self.none})


def type_of(entity: str, copy: int) -> str:
    """The type of a copy of an entity's facts; the first is called as the entity is."""
    return f"{entity} {copy + 1}" if copy else entity


def _conjunction(entity: str, conditions: tuple[Pattern, ...]) -> Pattern:
    return {"$and": [{"type": entity}, *conditions]} if conditions else {"type": entity}


def disjuncts(formula: Formula, entity: Entity, positive: bool) -> list[Disjunct]:
    """The conjunctions one of which holds for a row of the entity where the formula (or, not `positive`, its negation) does."""
    match formula:
        case Atom():
            return [Disjunct(row=conditions) for conditions in _alternatives(formula, entity, positive)]
        case Exists():
            joins: tuple[Pattern, ...] = tuple(
                {value_name(theirs): {_ROW: value_name(ours)}} for theirs, ours in formula.joins
            )
            looked_for = entities(entity.known)[formula.entity]
            choices = product(*(_alternatives(atom, looked_for, True) for atom in formula.atoms))
            matches = tuple(
                (formula.entity, tuple(condition for part in chosen for condition in part) + joins)
                for chosen in choices
            )
            return [Disjunct(some=(match,)) for match in matches] if positive else [Disjunct(none=matches)]
        case Not(part):
            return disjuncts(part, entity, not positive)
        case And(parts) | Or(parts):
            branches = [disjuncts(part, entity, positive) for part in parts]
            if isinstance(formula, Or) is positive:
                return [disjunct for branch in branches for disjunct in branch]
            return [reduce(Disjunct.__add__, chosen, Disjunct()) for chosen in product(*branches)]


def _alternatives(atom: Atom, entity: Entity, positive: bool) -> list[tuple[Pattern, ...]]:
    """The atom, or its negation, as alternatives, each a conjunction of conditions on one row.

    A comparison with an absent field never matches, which is what an atom means; its negation must ask for absence.
    """
    given: tuple[Pattern, ...] = tuple({given_name(guard): True} for guard in atom.guards)
    asked = [_asked(question, atom, entity, positive) for question in questions(atom)]
    if positive:
        return [given + tuple(chain.from_iterable(chosen)) for chosen in product(*asked)]
    absent: list[tuple[Pattern, ...]] = [({given_name(guard): False},) for guard in atom.guards]
    return absent + [given + alternative for alternatives in asked for alternative in alternatives]


def _asked(question: Question, atom: Atom, entity: Entity, positive: bool) -> list[tuple[Pattern, ...]]:
    """One question about a field that is there, or its negation, in the same way."""
    field = value_name(atom.field)
    match question:
        case Given(truth) if entity.fields[atom.field].optional:
            return [({given_name(atom.field): truth is positive},)]
        case Given(truth):
            return [()] if truth is positive else []
        case OneOf(members) if positive:
            return [({field: member},) for member in members]
        case OneOf(members):
            return [tuple({"$neq": {field: member}} for member in members)]
        case Ordered(sign, bound):
            operand = bound if atom.other is None else {"$m": value_name(atom.other)}
            return [({_SIGNS[sign][not positive]: {field: operand}},)]
        case Expression():
            return [({computed_name(atom): positive},)]


# Names in the engine are prefixed: durable-rules gives `id` and `sid` a meaning of its own.


def value_name(field: str) -> str:
    return f"value_{field}"


def given_name(field: str) -> str:
    return f"given_{field}"


def computed_name(atom: Atom) -> str:
    """The name of the fact that says whether the atom holds: what durable-rules has no pattern for is computed."""
    return f"{atom.operator}_{atom.field}_{atom.operand if atom.other is None else atom.other}"


def size(formula: Formula, entity: Entity, positive: bool = True) -> int:
    """How many conditions `disjuncts` would make of the formula, all disjuncts together."""
    count, conditions = _size(formula, entity, positive)
    return count + conditions


def _size(formula: Formula, entity: Entity, positive: bool) -> tuple[int, int]:
    """How many disjuncts, and how many conditions in all of them."""
    match formula:
        case Atom():
            alternatives = _alternatives(formula, entity, positive)
            return len(alternatives), sum(map(len, alternatives))
        case Exists():
            looked_for = entities(entity.known)[formula.entity]
            matches = prod(len(_alternatives(atom, looked_for, True)) for atom in formula.atoms)
            return (matches if positive else 1), matches * (1 + len(formula.atoms) + len(formula.joins))
        case Not(part):
            return _size(part, entity, not positive)
        case And(parts) | Or(parts):
            sizes = [_size(part, entity, positive) for part in parts]
            if isinstance(formula, Or) is positive:
                return sum(count for count, _ in sizes), sum(conditions for _, conditions in sizes)
            total = prod(count for count, _ in sizes)
            together = sum(total // count * conditions for count, conditions in sizes if count)
            return total, max(together, *(conditions for _, conditions in sizes), 0)  # each part is made first
