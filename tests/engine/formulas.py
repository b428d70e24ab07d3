"""Hypothesis strategies for judgements: any formula the rule language can say, over any entity."""

from collections.abc import Collection, Mapping

from hypothesis import assume
from hypothesis import strategies as st

from tests.plans import ENTITIES
from tests.strategies import COMMITTEES, PEOPLE
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.formula import And, Atom, Exists, Formula, Not, Or
from thamdinh.engine.directive.operators import OPERATORS
from thamdinh.engine.directive.ruleset import Judgement
from thamdinh.engine.model.facts import Entity, FactField

_WORDS = ["Lê Sáu", "bc0", "2015-2020", *PEOPLE[:2], *COMMITTEES]
_NUMBERS = [-60, 0, 0.5, 1, 1.5, 2, 3]


@st.composite
def atoms(draw: st.DrawFn, entity: Entity, among: Collection[str] = OPERATORS) -> Atom:
    """One comparison of a field of the entity, by one of the operators that its type allows."""
    usable = {
        name: [operator for operator in among if field.type in OPERATORS[operator].fields]
        for name, field in entity.fields.items()
    }
    name = draw(st.sampled_from(sorted(name for name, operators in usable.items() if operators)))
    field, operator = entity.fields[name], draw(st.sampled_from(usable[name]))
    takes, guards = OPERATORS[operator].takes, (name,) if field.optional else ()
    if takes == "truth":
        return Atom(name, operator, draw(st.booleans()))
    others = [other for other, known in entity.fields.items() if known.type == field.type]
    if takes == "time" or (takes == "bound" and draw(st.booleans())):
        other = draw(st.sampled_from(others))
        guards += (other,) if entity.fields[other].optional else ()
        return Atom(name, operator, True, other, guards)
    values = st.sampled_from({"number": _NUMBERS, "boolean": [False, True]}.get(field.type, _WORDS))
    if field.enumeration is not None:
        values = st.sampled_from([member.value for member in field.enumeration])
    several = st.lists(values, min_size=1, unique=True)
    operands = {"values": several, "range": st.lists(values, min_size=2, max_size=2).map(sorted)}.get(takes)
    operand = draw(values if operands is None else operands.map(tuple))
    assume(not OPERATORS[operator].refuses(operand))
    return Atom(name, operator, operand, None, guards)


def _joins(theirs: Entity, ours: Entity) -> list[tuple[str, str]]:
    def alike(one: FactField, other: FactField) -> bool:
        return one.type == other.type != "set" and one.enumeration is other.enumeration

    return [(a, b) for a, one in theirs.fields.items() for b, other in ours.fields.items() if alike(one, other)]


@st.composite
def quantifiers(draw: st.DrawFn, judged: Entity, entities: Mapping[str, Entity] = ENTITIES) -> Exists:
    """A row of some entity exists, perhaps joined to the judged row."""
    entity = entities[draw(st.sampled_from(sorted(entities)))]
    possible = _joins(entity, judged)
    joins = draw(st.lists(st.sampled_from(possible), max_size=2, unique=True)) if possible else []
    return Exists(entity.name, tuple(draw(st.lists(atoms(entity), max_size=2))), tuple(joins))


def formulas(judged: Entity, entities: Mapping[str, Entity] = ENTITIES) -> st.SearchStrategy[Formula]:
    """Atoms and quantifiers under any connectives."""

    def deeper(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(parts, max_size=3).map(tuple)
        return parts.map(Not) | several.map(And) | several.map(Or)

    @st.composite
    def leaves(draw: st.DrawFn) -> Formula:
        """Of no argument: a recursive strategy writes out what it is made of, and an entity takes 200 ms to write."""
        return draw(atoms(judged) | quantifiers(judged, entities))

    return st.recursive(leaves(), deeper, max_leaves=5)


@st.composite
def judgements(draw: st.DrawFn, entities: Mapping[str, Entity] = ENTITIES) -> Judgement:
    """A judgement of rows of any entity."""
    entity = entities[draw(st.sampled_from(sorted(entities)))]
    return judgement_of(entity.name, draw(formulas(entity, entities)), draw(formulas(entity, entities)))


def judgement_of(entity: str, where: Formula, require: Formula) -> Judgement:
    """A judgement of rows of the entity, in few words."""
    words = Text("lời", "words")
    return Judgement("TX001", "D1", ("D1",), "error", words, entity, {}, where, require, entity, "x", (), words, words)
