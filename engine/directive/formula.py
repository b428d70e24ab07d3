"""Formulas: what a condition means once parameters are resolved and every name is checked against the facts.

Every evaluator reads formulas, never rule files. A formula is judged on one row, with all facts of the plan at hand.
Semantics are two-valued: an atom over an absent field is false, and its negation true.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, cast

from ..model.facts import Facts, Row, Value

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

COMPARISONS: Final[dict[str, Callable[..., bool]]] = {
    "is": lambda value, operand: value == operand,
    "in": lambda value, operand: value in operand,
    "between": lambda value, operand: operand[0] <= value <= operand[1],
    "at_least": lambda value, operand: value >= operand,
    "at_most": lambda value, operand: value <= operand,
    "less_than": lambda value, operand: value < operand,
    "more_than": lambda value, operand: value > operand,
    "before": lambda value, operand: value < operand,
    "after": lambda value, operand: value > operand,
    "has": lambda value, operand: operand in value,
}
"""What each operator means, on two present values. `present` is apart: it alone asks about absence."""


def atom_holds(atom: Atom, values: dict[str, Value]) -> bool:
    """Whether the atom is true of a row's values."""
    if atom.operator == "present":
        return (atom.field in values) is bool(atom.operand)
    if atom.field not in values or (atom.other is not None and atom.other not in values):
        return False
    operand = atom.operand if atom.other is None else values[atom.other]
    return COMPARISONS[atom.operator](values[atom.field], operand)


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
    if truth and known.operator == "is" and known.other is None and atom.other is None and atom.field == known.field:
        return atom_holds(atom, {known.field: cast(Value, known.operand)})
    return None
