"""Every formula that differs from a given one in a single place: an operand, a bound, a member, a join, a quantifier."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Final

from ...directive.formula import TRUE, And, Atom, Exists, Formula, Not, Operand, Or
from ...model.facts import ENTITIES
from ...model.facts_across import ACROSS

STEPS: Final = {"duration_days": 0.5}
"""By how much a bound on a field is moved; 1 where nothing is said."""

_STRICTER: Final = {"at_least": "more_than", "at_most": "less_than", "before": "at_most", "after": "at_least"}
_OPPOSITE: Final = {"before": "after", "after": "before"}
_INCLUSIVE: Final = {"less_than": "at_most", "more_than": "at_least"}


def variants(formula: Formula, entity: str) -> list[Formula]:
    """The formulas one change away from one that is judged on rows of `entity`, and the one that asks nothing."""
    return [variant for variant in dict.fromkeys((*_changes(formula, entity), TRUE)) if variant != formula]


def _changes(formula: Formula, entity: str) -> Iterator[Formula]:
    match formula:
        case Atom():
            yield from _atom_variants(formula, entity)
        case Exists():
            yield Not(formula)
            yield from _exists_variants(formula)
        case Not(part):
            yield part
            # What a negation says of its part's own negation is the part again, already given.
            yield from (Not(variant) for variant in _changes(part, entity) if variant != Not(part))
        case And(()):
            return
        case And(parts) | Or(parts):
            yield And(parts) if isinstance(formula, Or) else Or(parts)
            for position, part in enumerate(parts):
                before, after = parts[:position], parts[position + 1 :]
                yield type(formula)((*before, *after))
                for variant in _changes(part, entity):
                    yield type(formula)((*before, variant, *after))


def _exists_variants(exists: Exists) -> Iterator[Exists]:
    for position in range(len(exists.joins)):
        yield replace(exists, joins=exists.joins[:position] + exists.joins[position + 1 :])
    for position, atom in enumerate(exists.atoms):
        before, after = exists.atoms[:position], exists.atoms[position + 1 :]
        yield replace(exists, atoms=(*before, *after))
        for variant in _atom_variants(atom, exists.entity):
            match variant:
                case Atom():
                    yield replace(exists, atoms=(*before, variant, *after))
                case And(parts):
                    yield replace(exists, atoms=(*before, *(part for part in parts if isinstance(part, Atom)), *after))


def _atom_variants(atom: Atom, entity: str) -> Iterator[Formula]:
    field = {**ENTITIES, **ACROSS}[entity].fields[atom.field]
    if atom.other is not None:
        yield replace(atom, operator=_STRICTER[atom.operator])
        yield replace(atom, operator=_OPPOSITE[atom.operator])
        return
    if atom.operator == "present" or isinstance(atom.operand, bool):
        yield replace(atom, operand=not atom.operand)
        return
    if field.enumeration is not None:
        yield from _member_variants(atom, field.enumeration)
    elif field.type == "number":
        yield from _bound_variants(atom, STEPS.get(atom.field, 1))
    else:
        yield Not(atom)


def _member_variants(atom: Atom, enumeration: type[StrEnum]) -> Iterator[Formula]:
    """Another member instead of the one; one member fewer, and one more, in a list."""
    if isinstance(atom.operand, tuple):
        yield from (replace(atom, operand=members) for members in member_changes(atom.operand, enumeration))
        return
    yield from (replace(atom, operand=member.value) for member in enumeration if member.value != atom.operand)


def member_changes(members: tuple[object, ...], enumeration: type[StrEnum]) -> Iterator[Operand]:
    """The list with each member left out, and with each other member of the enumeration added."""
    for member in members:
        yield tuple(str(other) for other in members if other != member)
    for other in enumeration:
        if other.value not in members:
            yield (*map(str, members), other.value)


def _bound_variants(atom: Atom, step: float) -> Iterator[Formula]:
    """Each bound moved by a step either way, and included where it was not or the other way round."""
    if atom.operator == "between":
        low, high = _pair(atom.operand)
        for moved in bound_changes((low, high), step):
            yield replace(atom, operand=moved)
        yield And((replace(atom, operator="more_than", operand=low), replace(atom, operator="at_most", operand=high)))
        yield And((replace(atom, operator="at_least", operand=low), replace(atom, operator="less_than", operand=high)))
        return
    if isinstance(atom.operand, int | float):
        yield replace(atom, operand=atom.operand - step)
        yield replace(atom, operand=atom.operand + step)
        if atom.operator in _STRICTER or atom.operator in _INCLUSIVE:
            yield replace(atom, operator={**_STRICTER, **_INCLUSIVE}[atom.operator])


def bound_changes(bounds: tuple[float, float], step: float) -> Iterator[tuple[float, float]]:
    """The range with each bound moved by the step either way, as long as it stays a range."""
    low, high = bounds
    for moved in ((low - step, high), (low + step, high), (low, high - step), (low, high + step)):
        if moved[0] <= moved[1]:
            yield moved


def _pair(operand: Operand) -> tuple[float, float]:
    assert isinstance(operand, tuple)
    low, high = operand
    assert isinstance(low, int | float)
    assert isinstance(high, int | float)
    return low, high
