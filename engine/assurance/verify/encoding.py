"""Formulas over a symbolic plan: the same meaning as formula.holds, as something the solver can choose a plan for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

import z3

from ...directive.formula import And, Atom, Exists, Formula, Not, Or
from ...directive.ruleset import Ruleset
from .logic import NO, YES, Truth, both, every, no, some
from .rows import Symbol, SymbolicFacts, SymbolicRow
from .tree import Built

Assumed = Mapping[tuple[int, int], Truth]
"""Truths put in the place of single atoms, by the identity of the atom and of the row."""

_REAL: Final[Assumed] = {}


@dataclass(slots=True, eq=False)
class Encoding:
    """The judgements of a ruleset over one symbolic plan."""

    ruleset: Ruleset
    built: Built
    facts: SymbolicFacts = field(init=False)
    applied: list[list[Truth]] = field(init=False)
    """Whether each judgement applies to each row, by position, exceptions included."""
    breached: list[list[Truth]] = field(init=False)
    """Whether each row breaches each judgement, by position, exceptions included."""
    suspended: dict[str, Truth] = field(init=False)
    """Whether an exception suspends each rule."""

    def __post_init__(self) -> None:
        self.facts = SymbolicFacts(self.built, self.ruleset.readings)
        self.suspended = {
            rule: some(self.exempt(number) for number, item in enumerate(self.ruleset.exemptions) if rule in item.rules)
            for rule in self.ruleset.rules
        }
        self.applied, self.breached = [], []
        for judgement in self.ruleset.judgements:
            rows = self.facts[judgement.entity]
            active = no(self.suspended[judgement.rule])
            applied = [every((row.present, active, self.truth(judgement.where, row))) for row in rows]
            self.applied.append(applied)
            self.breached.append(
                [both(here, no(self.truth(judgement.require, row))) for here, row in zip(applied, rows, strict=True)]
            )

    def exempt(self, number: int) -> Truth:
        """Whether the exception at this position applies."""
        (plan,) = self.facts["plan"]
        return self.truth(self.ruleset.exemptions[number].when, plan)

    def breach_if_active(self, position: int, row: SymbolicRow) -> Truth:
        """Whether a row would breach the judgement were there no exceptions."""
        judgement = self.ruleset.judgements[position]
        return every((row.present, self.truth(judgement.where, row), no(self.truth(judgement.require, row))))

    def truth(self, formula: Formula, row: SymbolicRow, assumed: Assumed = _REAL) -> Truth:
        """Whether the formula is true of the row."""
        match formula:
            case Atom():
                return self._atom(formula, row, assumed)
            case Exists():
                return some(self._witness(formula, row, other, assumed) for other in self.facts[formula.entity])
            case Not(part):
                return no(self.truth(part, row, assumed))
            case And(parts):
                return every(self.truth(part, row, assumed) for part in parts)
            case Or(parts):
                return some(self.truth(part, row, assumed) for part in parts)

    def _witness(self, exists: Exists, row: SymbolicRow, other: SymbolicRow, assumed: Assumed) -> Truth:
        joined = [other.present]
        for theirs, ours in exists.joins:
            joined.append(same(other[theirs], row[ours]))
            if joined[-1] is NO:  # most pairs of rows name different people or committees
                return NO
        return every((*joined, *(self._atom(atom, other, assumed) for atom in exists.atoms)))

    def _atom(self, atom: Atom, row: SymbolicRow, assumed: Assumed) -> Truth:
        replaced = assumed.get((id(atom), id(row)))
        if replaced is not None:
            return replaced
        value = row[atom.field]
        if atom.operator == "present":
            return value.given if atom.operand else no(value.given)
        if atom.other is not None:
            other = row[atom.other]
            return every((value.given, other.given, _ordered(value, atom.operator, other)))
        return both(value.given, self._compared(atom, value))

    def _compared(self, atom: Atom, value: Symbol) -> Truth:
        operand: Any = atom.operand
        members = operand if isinstance(operand, tuple) else (operand,)
        if value.members is not None:  # an enumeration (is, in) or a set (has)
            return some(value.members.get(str(member), NO) for member in members)
        if atom.operator in ("is", "in") and isinstance(members[0], str):
            return some(value.term == self.facts.texts.number(member) for member in members)
        match atom.operator:
            case "is" if isinstance(operand, bool):
                return value.term if operand else no(value.term)
            case "is" | "in":
                return some(_equal(value, member) for member in members)
            case "between":
                return both(at_least(value, operand[0]), at_most(value, operand[1]))
            case "at_least":
                return at_least(value, operand)
            case "at_most":
                return at_most(value, operand)
            case "less_than":
                return no(at_least(value, operand))
            case "more_than":
                return no(at_most(value, operand))
        raise AssertionError(atom.operator)


def at_least(value: Symbol, bound: float) -> Truth:
    return value.term >= math.ceil(Fraction(bound) * value.scale)


def at_most(value: Symbol, bound: float) -> Truth:
    return value.term <= math.floor(Fraction(bound) * value.scale)


def _equal(value: Symbol, number: float) -> Truth:
    scaled = Fraction(number) * value.scale
    return value.term == int(scaled) if scaled.denominator == 1 else NO


def _ordered(value: Symbol, operator: str, other: Symbol) -> Truth:
    one, two = value.term * other.scale, other.term * value.scale
    match operator:
        case "is":
            return one == two
        case "at_least":
            return one >= two
        case "at_most":
            return one <= two
        case "less_than" | "before":
            return one < two
        case "more_than" | "after":
            return one > two
    raise AssertionError(operator)


def same(one: Symbol, other: Symbol) -> Truth:
    """Whether two fields are given and equal."""
    if one.owner is not None and other.owner is not None and one.owner[0] == other.owner[0]:
        return YES if one.owner == other.owner else NO
    given = both(one.given, other.given)
    if one.members is not None and other.members is not None:
        theirs = other.members
        return both(given, some(both(truth, theirs[name]) for name, truth in one.members.items() if name in theirs))
    if z3.is_bool(one.term):
        return both(given, one.term == other.term)
    return both(given, one.term * other.scale == other.term * one.scale)
