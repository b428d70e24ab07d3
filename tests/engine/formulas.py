"""Hypothesis strategies for judgements: any formula the rule language can say, over any entity."""

from hypothesis import strategies as st

from tests.strategies import COMMITTEES, PEOPLE
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.formula import And, Atom, Exists, Formula, Not, Or
from thamdinh.engine.directive.ruleset import Judgement
from thamdinh.engine.model.facts import ENTITIES, Entity, Field

_WORDS = ["Lê Sáu", "bc0", "2015-2020", *PEOPLE[:2], *COMMITTEES]
_NUMBERS = [-60, 0, 0.5, 1, 1.5, 2, 3]
_BOUNDS = ("at_least", "at_most", "less_than", "more_than")


@st.composite
def atoms(draw: st.DrawFn, entity: Entity) -> Atom:
    """One comparison of a field of the entity, of a kind that its type allows."""
    name = draw(st.sampled_from(sorted(entity.fields)))
    field = entity.fields[name]
    guards = (name,) if field.optional else ()
    if field.optional and draw(st.booleans()):
        return Atom(name, "present", draw(st.booleans()))
    match field.type:
        case "set":
            assert field.enumeration is not None
            return Atom(name, "has", draw(st.sampled_from([member.value for member in field.enumeration])))
        case "boolean":
            return Atom(name, "is", draw(st.booleans()))
        case "instant":
            others = [other for other, known in entity.fields.items() if known.type == "instant"]
            other = draw(st.sampled_from(others))
            guards += (other,) if entity.fields[other].optional else ()
            return Atom(name, draw(st.sampled_from(["before", "after"])), True, other, guards)
        case "number":
            operator = draw(st.sampled_from([*_BOUNDS, "between"]))
            low, high = sorted(draw(st.tuples(st.sampled_from(_NUMBERS), st.sampled_from(_NUMBERS))))
            return Atom(name, operator, (low, high) if operator == "between" else low, None, guards)
    values = _WORDS if field.enumeration is None else [member.value for member in field.enumeration]
    if draw(st.booleans()):
        return Atom(name, "is", draw(st.sampled_from(values)), None, guards)
    return Atom(name, "in", tuple(draw(st.lists(st.sampled_from(values), min_size=1, unique=True))), None, guards)


def _joins(theirs: Entity, ours: Entity) -> list[tuple[str, str]]:
    def alike(one: Field, other: Field) -> bool:
        return one.type == other.type != "set" and one.enumeration is other.enumeration

    return [(a, b) for a, one in theirs.fields.items() for b, other in ours.fields.items() if alike(one, other)]


@st.composite
def quantifiers(draw: st.DrawFn, judged: Entity) -> Exists:
    """A row of some entity exists, perhaps joined to the judged row."""
    entity = ENTITIES[draw(st.sampled_from(sorted(ENTITIES)))]
    possible = _joins(entity, judged)
    joins = draw(st.lists(st.sampled_from(possible), max_size=2, unique=True)) if possible else []
    return Exists(entity.name, tuple(draw(st.lists(atoms(entity), max_size=2))), tuple(joins))


def formulas(judged: Entity) -> st.SearchStrategy[Formula]:
    """Atoms and quantifiers under any connectives."""

    def deeper(parts: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
        several = st.lists(parts, max_size=3).map(tuple)
        return parts.map(Not) | several.map(And) | several.map(Or)

    return st.recursive(atoms(judged) | quantifiers(judged), deeper, max_leaves=5)


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    """A judgement of rows of any entity."""
    entity = ENTITIES[draw(st.sampled_from(sorted(ENTITIES)))]
    where, require = draw(formulas(entity)), draw(formulas(entity))
    words = Text("lời", "words")
    return Judgement(
        "TX001", "D1", ("D1",), "error", words, entity.name, {}, where, require, entity.name, "x", (), words, words
    )
