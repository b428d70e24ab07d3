"""Boundaries: for each bound in a rule, the values at it and beside it, and plans in which just that value decides."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, NamedTuple

import z3

from ...base.text import Text
from ...directive.formula import And, Atom, Exists, Not
from ...directive.operators import OPERATORS
from ...directive.phrasing import number
from ...directive.ruleset import Judgement
from ...model.description import Description
from ...model.facts import entities
from .encoding import Encoding, share
from .logic import NO, YES, Truth, Whole, both, every, no, some
from .rows import SymbolicRow


class BesideBound(NamedTuple):
    """A share below a bound (-1), at it (0) or above it (1), by as little as counts can tell."""

    bound: Fraction
    side: int


@dataclass(frozen=True, slots=True)
class Boundary:
    """One comparison of a rule with a bound, and the values at and beside it: multiples of 1/`scale`, or of shares."""

    position: int
    leaf: Atom | Exists
    atom: Atom
    scale: int | Whole
    values: tuple[int | BesideBound, ...]


_BESIDE: Final = {-1: Text("ngay dưới", "just below"), 0: Text("đúng", "exactly"), 1: Text("ngay trên", "just above")}


def boundaries(encoding: Encoding) -> Iterator[Boundary]:
    """Every comparison of a number with a bound, and of two times, in the judgements of a ruleset."""
    for position, judgement in enumerate(encoding.ruleset.judgements):
        for leaf in judgement.leaves:
            entity = leaf.entity if isinstance(leaf, Exists) else judgement.entity
            for atom in leaf.atoms if isinstance(leaf, Exists) else (leaf,):
                rows = encoding.facts[entity]
                if rows and (values := _values(atom, rows[0][atom.field].scale)):
                    yield Boundary(position, leaf, atom, rows[0][atom.field].scale, values)


def _values(atom: Atom, scale: int | Whole) -> tuple[int | BesideBound, ...]:
    """The values at and beside the bounds of a comparison, in steps of the field's unit."""
    if atom.other is not None:
        return (-1, 0, 1)
    if OPERATORS[atom.operator].takes not in ("bound", "range"):
        return ()
    operand: Any = atom.operand
    bounds = operand if isinstance(operand, tuple) else (operand,)
    if not isinstance(scale, int):
        return tuple(BesideBound(share(bound), side) for bound in bounds for side in (-1, 0, 1))
    found: set[int] = set()
    for bound in bounds:
        scaled = Fraction(bound) * scale
        low, high = math.floor(scaled), math.ceil(scaled)
        found |= {low - 1, low, high, high + 1}
    return tuple(sorted(found))


def decided_by(encoding: Encoding, boundary: Boundary, value: int | BesideBound) -> Truth:
    """Whether, for some row, the compared field has the value and the comparison alone decides on the breach."""
    judgement = encoding.ruleset.judgements[boundary.position]
    active = no(encoding.suspended[judgement.rule])
    breach = And((judgement.where, Not(judgement.require)))
    cases = []
    for row in encoding.facts[judgement.entity]:
        compared = encoding.facts[boundary.leaf.entity] if isinstance(boundary.leaf, Exists) else [row]
        for other in compared:
            key = (id(boundary.atom), id(other))
            if_true, if_false = (encoding.truth(breach, row, {key: truth}) for truth in (YES, NO))
            has = _has(boundary, other, value)
            cases.append(every((row.present, other.present, active, has, z3.Xor(if_true, if_false))))
    return some(cases)


def _has(boundary: Boundary, row: SymbolicRow, value: int | BesideBound) -> Truth:
    compared = row[boundary.atom.field]
    if isinstance(value, BesideBound):
        off = compared.term * value.bound.denominator - value.bound.numerator * compared.scale
        return both(compared.given, off == value.side)
    if boundary.atom.other is None:
        return both(compared.given, compared.term == value)
    other = row[boundary.atom.other]
    difference = compared.term * other.scale - other.term * compared.scale
    return every((compared.given, other.given, difference == value))


def field_label(judgement: Judgement, boundary: Boundary, known: Description) -> Text:
    """The compared field, as a person reads it."""
    entity = boundary.leaf.entity if isinstance(boundary.leaf, Exists) else judgement.entity
    fields = entities(known)[entity].fields
    one = fields[boundary.atom.field].label
    if boundary.atom.other is None:
        return one
    other = fields[boundary.atom.other].label
    if fields[boundary.atom.other].type == "number":
        return Text(f"{one.vi} trừ {other.vi}", f"{one.en} less {other.en}")
    return Text(f"{one.vi} trừ {other.vi} (phút)", f"{one.en} less {other.en} (minutes)")


def bound_words(boundary: Boundary, value: int | BesideBound) -> Text:
    """A value of the compared field, as a person reads it."""
    if isinstance(value, BesideBound):
        beside = _BESIDE[value.side]
        return Text(
            f"{beside.vi} {number(float(value.bound), 'vi')}", f"{beside.en} {number(float(value.bound), 'en')}"
        )
    assert isinstance(boundary.scale, int)
    exact = value / boundary.scale
    plain = int(exact) if exact == int(exact) else exact
    return Text(number(plain, "vi"), number(plain, "en"))
