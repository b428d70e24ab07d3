"""Compiled rules, durable-rules and the plain meaning of formulas give the same verdict on every plan."""

from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engine.formulas import judgements
from tests.strategies import plans
from thamdinh.engine.check import Checker, Hit, durable
from thamdinh.engine.compiled import Compiled
from thamdinh.engine.facts import Facts, flatten
from thamdinh.engine.formula import holds
from thamdinh.engine.packs import ruleset
from thamdinh.engine.plan import Plan
from thamdinh.engine.problem import Path, Place
from thamdinh.engine.ruleset import Judgement, Ruleset
from thamdinh.engine.schema import validate

RULESET = ruleset()
DURABLE, COMPILED = Checker(RULESET, durable, passes=True), Checker(RULESET, Compiled, passes=True)

thorough = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


class Paper:
    """A document whose places are the paths themselves, so that findings at different places differ."""

    file = "plan"
    data = None

    def place(self, path: Path, *, key: bool = False) -> Place:
        return Place(f"{path} {key}")

    def label(self, path: object) -> None:
        return None

    def excerpt(self, place: Place) -> None:
        return None


def meaning(judged: Ruleset, facts: Facts) -> tuple[set[Hit], set[Hit]]:
    """The breaches, and the rows that judgements applied to, by the plain meaning of formulas."""
    applied = {
        (position, number)
        for position, judgement in enumerate(judged.judgements)
        for number, row in enumerate(facts[judgement.entity])
        if holds(judgement.where, row, facts)
    }
    breaches = {
        (position, number)
        for position, number in applied
        if not holds(judged.judgements[position].require, facts[judged.judgements[position].entity][number], facts)
    }
    return breaches, applied


@thorough
@given(plans())
def test_the_verdict_is_that_of_durable_rules_evidence_included(data: dict[str, Any]) -> None:
    plan = validate(Plan, data)
    assert COMPILED.check(plan, Paper()) == DURABLE.check(plan, Paper())


@thorough
@given(plans(), st.lists(judgements(), min_size=1, max_size=4))
def test_any_rule_means_what_its_formulas_mean(data: dict[str, Any], judged: list[Judgement]) -> None:
    facts = flatten(validate(Plan, data), RULESET.readings)
    rules = replace(RULESET, judgements=tuple(judged))
    every = tuple(range(len(judged)))
    breaches, applied = meaning(rules, facts)
    assert Compiled(rules, every, passes=True).run(facts) == (breaches, applied)
    assert Compiled(rules, every).run(facts) == (breaches, set())


@given(plans())
@settings(max_examples=20, deadline=None)
def test_only_active_judgements_are_made(data: dict[str, Any]) -> None:
    facts = flatten(validate(Plan, data), RULESET.readings)
    odd = tuple(range(1, len(RULESET.judgements), 2))
    breaches, applied = meaning(RULESET, facts)
    expected = {hit for hit in breaches if hit[0] in odd}, {hit for hit in applied if hit[0] in odd}
    assert Compiled(RULESET, odd, passes=True).run(facts) == expected
