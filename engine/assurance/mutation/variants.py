"""Every formula that differs from a given one in a single place: an operand, a bound, a member, a join, a quantifier."""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any

from ...directive.formula import TRUE, And, Atom, Exists, Formula, Not, Operand, Or
from ...directive.operators import OPERATORS
from ...model.facts import Entity, FactField, entities
from ...model.functions import FUNCTIONS


def variants(formula: Formula, entity: Entity) -> list[Formula]:
    """The formulas one change away from one that is judged on rows of the entity, and the one that asks nothing."""
    return [variant for variant in dict.fromkeys((*_changes(formula, entity), TRUE)) if variant != formula]


def _changes(formula: Formula, entity: Entity) -> Iterator[Formula]:
    match formula:
        case Atom():
            yield from _atom_variants(formula, entity)
        case Exists():
            yield Not(formula)
            yield from _exists_variants(formula, entities(entity.known)[formula.entity])
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


def _exists_variants(exists: Exists, entity: Entity) -> Iterator[Exists]:
    for position in range(len(exists.joins)):
        yield replace(exists, joins=exists.joins[:position] + exists.joins[position + 1 :])
    for position, atom in enumerate(exists.atoms):
        before, after = exists.atoms[:position], exists.atoms[position + 1 :]
        yield replace(exists, atoms=(*before, *after))
        for variant in _atom_variants(atom, entity):
            match variant:
                case Atom():
                    yield replace(exists, atoms=(*before, variant, *after))
                case And(parts):
                    yield replace(exists, atoms=(*before, *(part for part in parts if isinstance(part, Atom)), *after))


def _atom_variants(atom: Atom, entity: Entity) -> Iterator[Formula]:
    """The atom with another operand, and what is easily written in its place."""
    known = OPERATORS[atom.operator]
    if atom.other is None:
        field = entity.fields[atom.field]
        changed = [*_operands(atom, field, _step(entity, atom.field))]
        yield from (replace(atom, operand=operand) for operand in changed if not known.refuses(operand))
        if not changed and field.type == "text":
            yield Not(atom)
    bounds: Any = atom.operand if known.takes == "range" else (atom.operand,)
    for slip in known.slips:
        parts = tuple(replace(atom, operator=name, operand=bound) for name, bound in zip(slip, bounds, strict=True))
        yield parts[0] if len(parts) == 1 else And(parts)


def _operands(atom: Atom, field: FactField, step: float) -> Iterator[Operand]:
    """The truth turned round; another member, or one fewer or more in a list; each bound moved by a step either way."""
    match atom.operand:
        case bool(truth):
            yield not truth
        case tuple(members) if field.enumeration is not None:
            yield from member_changes(members, field.enumeration)
        case member if field.enumeration is not None:
            yield from (other.value for other in field.enumeration if other.value != member)
        case (float() | int() as low, float() | int() as high) if OPERATORS[atom.operator].takes == "range":
            yield from bound_changes((low, high), step)
        case float() | int() as bound:
            yield from (bound + sign * step for sign in (-1, 1))


def _step(entity: Entity, field: str) -> float:
    """By how much a bound on a field is moved."""
    known = entity.known.entities.get(entity.name)
    fact = known.field(field) if known else None
    return FUNCTIONS[fact.function].step if fact else 1


def member_changes(members: tuple[object, ...], enumeration: type[StrEnum]) -> Iterator[Operand]:
    """The list with each member left out, and with each other member of the enumeration added."""
    for member in members:
        yield tuple(str(other) for other in members if other != member)
    for other in enumeration:
        if other.value not in members:
            yield (*map(str, members), other.value)


def bound_changes(bounds: tuple[float, float], step: float) -> Iterator[tuple[float, float]]:
    """The range with each bound moved by the step either way, as long as it stays a range."""
    low, high = bounds
    for moved in ((low - step, high), (low + step, high), (low, high - step), (low, high + step)):
        if moved[0] <= moved[1]:
            yield moved
