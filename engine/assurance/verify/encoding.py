"""Formulas over a symbolic plan: the same meaning as formula.holds, as something the solver can choose a plan for."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from ...directive.formula import SIGNS, And, Atom, Exists, Formula, Not, Or, questions
from ...directive.operators import Expression, Given, OneOf, Ordered, Question
from ...directive.ruleset import Ruleset
from ...model.types import MOST_TARGETS
from .logic import NO, YES, Truth, both, every, no, some
from .rows import Symbol, SymbolicFacts, SymbolicRow, same
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
        (plan,) = self.facts[self.built.known.facts[0].name]
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
        value, other = row[atom.field], None if atom.other is None else row[atom.other]
        asked = questions(atom)
        if asked == (Given(False),):
            return no(value.given)
        given = (value.given,) if other is None else (value.given, other.given)
        return every((*given, *(self._answer(question, value, other) for question in asked)))

    def _answer(self, question: Question, value: Symbol, other: Symbol | None) -> Truth:
        """Whether a value that is there is what the question asks for."""
        match question:
            case Given():
                return YES
            case OneOf(members) if value.members is not None:
                return some(value.members.get(str(member), NO) for member in members)
            case OneOf(members):
                return some(self._equal(value, member) for member in members)
            case Ordered(sign) if other is not None:
                return SIGNS[sign](value.term * other.scale, other.term * value.scale)
            case Ordered(sign, bound) if not isinstance(value.scale, int):
                fraction = share(bound)
                return SIGNS[sign](value.term * fraction.denominator, fraction.numerator * value.scale)
            case Ordered(">=" | "<" as sign, bound):
                reached = value.term >= math.ceil(Fraction(bound) * value.scale)
                return reached if sign == ">=" else no(reached)
            case Ordered(sign, bound):
                kept = value.term <= math.floor(Fraction(bound) * value.scale)
                return kept if sign == "<=" else no(kept)
            case Expression(_, operand, term):
                return term(value, operand if other is None else other)

    def _equal(self, value: Symbol, operand: Any) -> Truth:
        match operand:
            case str():
                return value.term == self.facts.texts.number(operand)
            case bool():
                return value.term if operand else no(value.term)
        if not isinstance(value.scale, int):
            fraction = share(operand)
            return value.term * fraction.denominator == fraction.numerator * value.scale
        scaled = Fraction(operand) * value.scale
        return value.term == int(scaled) if scaled.denominator == 1 else NO


def share(bound: float) -> Fraction:
    """The share of one count in another that a number stands for, as near as counts can tell it: 2/3 for 0.666…"""
    return Fraction(bound).limit_denominator(MOST_TARGETS)
