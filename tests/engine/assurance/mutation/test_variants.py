"""The variants of a formula: all that a careless hand could change in one place, and nothing that stays the same."""

import pytest

from tests.plans import ENTITIES
from thamdinh.engine.assurance.mutation.notation import as_rule
from thamdinh.engine.assurance.mutation.variants import variants
from thamdinh.engine.directive.formula import TRUE, And, Atom, Exists, Formula, Not, Or, leaves
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.directive.ruleset import Judgement

DURATION = Atom("duration_days", "between", (1, 1.5))
PURPOSE = Atom("covers", "has", "purpose")
ANY_JOIN = Exists("ballot", (), (("person", "person"), ("committee", "committee")))
CASES: list[tuple[str, Formula, set[str]]] = [
    (
        "plan",
        DURATION,
        {
            "{duration_days: {between: [0.5, 1.5]}}",
            "{duration_days: {between: [1.5, 1.5]}}",
            "{duration_days: {between: [1, 1]}}",
            "{duration_days: {between: [1, 2]}}",
            "{all: [{duration_days: {more_than: 1}}, {duration_days: {at_most: 1.5}}]}",
            "{all: [{duration_days: {at_least: 1}}, {duration_days: {less_than: 1.5}}]}",
            "{}",
        },
    ),
    (
        "vote",
        Atom("minutes_before_first_session", "less_than", 0),
        {
            "{minutes_before_first_session: {less_than: -1}}",
            "{minutes_before_first_session: {less_than: 1}}",
            "{minutes_before_first_session: {at_most: 0}}",
            "{}",
        },
    ),
    (
        "publication",
        Atom("at", "before", True, "counted_at"),
        {"{at: {at_most: {field: counted_at}}}", "{at: {after: {field: counted_at}}}", "{}"},
    ),
    ("participant", Atom("eligible", "is", True), {"{eligible: false}", "{}"}),
    ("report", Atom("guidance", "present", True), {"{guidance: {present: false}}", "{}"}),
    ("briefing", PURPOSE, {"{covers: {has: requirements}}", "{}"}),
    (
        "outcome",
        Atom("kind", "in", ("resolution",)),
        {"{kind: {in: []}}", "{kind: {in: [resolution, conclusion]}}", "{}"},
    ),
    (
        "seat",
        ANY_JOIN,
        {
            "{not: {some: {ballot: {person: {same_as: person}, committee: {same_as: committee}}}}}",
            "{some: {ballot: {committee: {same_as: committee}}}}",
            "{some: {ballot: {person: {same_as: person}}}}",
            "{}",
        },
    ),
    (
        "part",
        Exists("discussion", (Atom("format", "is", "group"),), (("part", "name"),)),
        {
            "{not: {some: {discussion: {part: {same_as: name}, format: group}}}}",
            "{some: {discussion: {format: group}}}",
            "{some: {discussion: {part: {same_as: name}}}}",
            "{some: {discussion: {part: {same_as: name}, format: plenary}}}",
            "{}",
        },
    ),
    (
        "participant",
        Not(Or((Atom("eligible", "is", True), Atom("replaces", "present", True)))),
        {
            "{any: [{eligible: true}, {replaces: {present: true}}]}",
            "{not: {all: [{eligible: true}, {replaces: {present: true}}]}}",
            "{not: {any: [{replaces: {present: true}}]}}",
            "{not: {any: [{eligible: false}, {replaces: {present: true}}]}}",
            "{not: {any: [{eligible: true}]}}",
            "{not: {any: [{eligible: true}, {replaces: {present: false}}]}}",
            "{}",
        },
    ),
    ("plan", TRUE, set()),
    (
        "participant",
        And((Atom("eligible", "is", True), Atom("name", "is", "X"))),
        {
            "{all: [{name: X}]}",
            "{all: [{eligible: false}, {name: X}]}",
            "{all: [{eligible: true}]}",
            "{all: [{eligible: true}, {not: {name: X}}]}",
            "{any: [{eligible: true}, {name: X}]}",
            "{}",
        },
    ),
]


@pytest.mark.parametrize(("entity", "formula", "expected"), CASES, ids=[as_rule(formula) for _, formula, _ in CASES])
def test_a_formula_is_changed_at_every_operand_bound_member_join_and_quantifier(
    entity: str, formula: Formula, expected: set[str]
) -> None:
    found = [as_rule(variant) for variant in variants(formula, ENTITIES[entity])]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("known", ruleset().judgements, ids=lambda known: known.rule)
def test_every_leaf_of_the_pack_is_changed_and_every_variant_can_be_evaluated(
    known: Judgement,
) -> None:
    for formula in (known.where, known.require):
        made = variants(formula, ENTITIES[known.entity])
        assert formula not in made
        for leaf in leaves(formula):
            assert any(leaf not in list(leaves(variant)) for variant in made if variant != TRUE), as_rule(leaf)
        for variant in made:
            for leaf in leaves(variant):
                entity = leaf.entity if isinstance(leaf, Exists) else known.entity
                names = [atom.field for atom in leaf.atoms] if isinstance(leaf, Exists) else [leaf.field]
                assert set(names) <= set(ENTITIES[entity].fields)
