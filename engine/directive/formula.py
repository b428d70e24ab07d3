"""Formulas: what a condition means once parameters are resolved and every name is checked against the facts.

Every evaluator reads formulas, never rule files. A formula is judged on one row, with all facts of the plan at hand.
Semantics are two-valued: an atom over an absent field is false, and its negation true.
"""

import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ..model.facts import Facts, Row, Value
from .operators import OPERATORS, Expression, Given, OneOf, Ordered, Question

Operand = str | int | float | bool | tuple[str | int | float | bool, ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """One comparison: the field with `operand`, or with the field `other` of the same row.

    `guards` names the optional fields it reads: where one is absent, the atom is false.
    """

    field: str
    operator: str
    operand: Operand = True
    other: str | None = None
    guards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exists:
    """A row of `entity` exists for which every atom holds and each join's field equals that of the judged row."""

    entity: str
    atoms: tuple[Atom, ...]
    joins: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Not:
    part: "Formula"


@dataclass(frozen=True, slots=True)
class And:
    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Or:
    parts: tuple["Formula", ...]


Formula = Atom | Exists | Not | And | Or
TRUE: Final = And(())
FALSE: Final = Or(())

SIGNS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
"""What each sign of a comparison means, on values and on z3 terms."""


def questions(atom: Atom) -> tuple[Question, ...]:
    """What the atom asks of its field; where it compares with another field, the bound or operand in it means nothing."""
    return OPERATORS[atom.operator].asks(atom.operand)


def atom_holds(atom: Atom, values: dict[str, Value]) -> bool:
    """Whether the atom is true of a row's values."""
    value, operand = values.get(atom.field), atom.operand if atom.other is None else values.get(atom.other)
    asked = OPERATORS[atom.operator].asks(operand)
    if value is None or operand is None:
        return asked == (Given(False),)
    return all(_answer(question, value) for question in asked)


def _answer(question: Question, value: Value) -> bool:
    match question:
        case Given(truth):
            return truth
        case OneOf(members):
            return value in members
        case Ordered(sign, bound):
            return bool(SIGNS[sign](value, bound))
        case Expression(python, operand):
            return bool(_function(python)(value, operand))


@lru_cache
def _function(python: str) -> Callable[[Any, Any], object]:
    source = f"lambda value, operand: {python.format(value='value', operand='operand')}"
    made: Callable[[Any, Any], object] = eval(source)  # noqa: S307
    return made


def witnesses(exists: Exists, row: Row, facts: Facts) -> Iterator[Row]:
    """The rows that make the quantifier true for the judged row, in the order of the plan."""
    for other in facts[exists.entity]:
        joined = all(
            theirs in other.values and ours in row.values and other.values[theirs] == row.values[ours]
            for theirs, ours in exists.joins
        )
        if joined and all(atom_holds(atom, other.values) for atom in exists.atoms):
            yield other


def holds(formula: Formula, row: Row, facts: Facts) -> bool:
    """Whether the formula is true of the row: the plainest statement of what formulas mean."""
    match formula:
        case Atom():
            return atom_holds(formula, row.values)
        case Exists():
            return any(True for _ in witnesses(formula, row, facts))
        case Not(part):
            return not holds(part, row, facts)
        case And(parts):
            return all(holds(part, row, facts) for part in parts)
        case Or(parts):
            return any(holds(part, row, facts) for part in parts)


def leaves(formula: Formula) -> Iterator[Atom | Exists]:
    """The atoms and quantifiers of the formula, in the order they were written."""
    match formula:
        case Atom() | Exists():
            yield formula
        case Not(part):
            yield from leaves(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from leaves(part)


def given(formula: Formula, known: Atom, truth: bool) -> Formula:
    """What is left to ask of a row where it is known whether the atom holds."""
    match formula:
        case Atom():
            told = settled(formula, known, truth)
            return formula if told is None else TRUE if told else FALSE
        case Exists():
            return formula
        case Not(part):
            left = given(part, known, truth)
            return FALSE if left == TRUE else TRUE if left == FALSE else Not(left)
        case And(parts):
            still = tuple(left for part in parts if (left := given(part, known, truth)) != TRUE)
            return FALSE if FALSE in still else And(still)
        case Or(parts):
            still = tuple(left for part in parts if (left := given(part, known, truth)) != FALSE)
            return TRUE if TRUE in still else Or(still)


def settled(atom: Atom, known: Atom, truth: bool) -> bool | None:
    """Whether the atom holds, where knowing whether the other one does tells: it is the same, or gives the field's value."""
    if atom == known:
        return truth
    match questions(known):
        case (OneOf((value,)),) if truth and atom.other is None and atom.field == known.field:
            return atom_holds(atom, {known.field: value})
    return None
