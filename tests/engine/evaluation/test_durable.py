"""durable-rules and the plain meaning of formulas give the same verdict on every plan."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from tests.appraisal import base_plan, plan_of
from tests.engine.evaluation.test_scanning import Paper, meaning
from tests.engine.formulas import judgements
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.formula import TRUE, And, Atom, Exists, Formula, Not, holds
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.directive.ruleset import Judgement
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.durable import DurableEvaluator
from thamdinh.engine.evaluation.rule_engine import RuleEngineError
from thamdinh.engine.model.facts import flatten

RULESET = ruleset()
DURABLE = DurableEvaluator(RULESET, range(len(RULESET.judgements)), passes=True)


@pytest.mark.long
@examples(1.5)
@given(plans())
def test_durable_rules_finds_what_the_formulas_mean(data: dict[str, Any]) -> None:
    facts = flatten(plan_of(data), RULESET.readings)
    applied = {
        (position, number)
        for position, judgement in enumerate(RULESET.judgements)
        for number, row in enumerate(facts[judgement.entity])
        if holds(judgement.where, row, facts)
    }
    breached = {
        (position, number)
        for position, number in applied
        if not holds(RULESET.judgements[position].require, facts[RULESET.judgements[position].entity][number], facts)
    }
    assert DURABLE.run(facts) == (breached, applied)


@pytest.mark.long
@examples(1.5)
@given(plans(), judgements())
def test_any_rule_that_durable_rules_takes_means_what_its_formulas_mean(
    data: dict[str, Any], judgement: Judgement
) -> None:
    rules = replace(RULESET, judgements=(judgement,))
    facts = flatten(plan_of(data), RULESET.readings)
    try:
        found = DurableEvaluator(rules, (0,), passes=True).run(facts)
    except RuleEngineError:  # refused, never misread
        return
    assert found == meaning(rules, facts)


def test_a_whole_number_joins_its_equal_whether_it_is_an_int_or_a_float() -> None:
    words = Text("lời", "words")
    as_long = Exists("plan", (), (("sessions", "duration_days"),))
    one = Judgement(
        "TX001", "D1", ("D1",), "error", words, "plan", {}, TRUE, Not(as_long), "plan", "x", (), words, words
    )
    two_sessions = [
        {"start": f"2017-12-2{day}T07:30", "end": f"2017-12-2{day}T16:30", "part": "mid_term"} for day in (7, 8)
    ]
    plan = base_plan()
    plan["conference"]["sessions"] = two_sessions
    facts = flatten(plan_of(plan), RULESET.readings)
    assert DurableEvaluator(replace(RULESET, judgements=(one,)), (0,)).run(facts)[0] == {(0, 0)}


def test_evidence_tells_a_field_from_rows_of_the_same_name() -> None:
    words = Text("lời", "words")
    require = Not(Exists("committee", (), (("id", "committee"),)))
    one = Judgement(
        "TX001", "D1", ("D1",), "error", words, "seat", {}, TRUE, require, "seat", "{seat.person}", (), words, words
    )
    data = base_plan()
    verdict = Checker(replace(RULESET, judgements=(one,))).check(plan_of(data), Paper())
    first = verdict.findings[0].evidence
    assert first["committee"] == data["committees"][0]["id"]
    assert first["committee_rows"] == [{"id": data["committees"][0]["id"]}]


INELIGIBLE = Atom("eligible", "is", False)
SOMEBODY = Exists("participant", (INELIGIBLE,), ())


@pytest.mark.parametrize(
    ("entity", "where", "require"),
    [
        ("participant", INELIGIBLE, Not(SOMEBODY)),
        ("participant", INELIGIBLE, SOMEBODY),
        ("participant", TRUE, Not(Exists("participant", (INELIGIBLE,), (("id", "id"),)))),
        ("participant", TRUE, Exists("participant", (INELIGIBLE,), (("id", "id"),))),
        ("committee", TRUE, Not(And((SOMEBODY, Exists("participant", (Atom("parts", "has", "year_end"),), ()))))),
        ("committee", TRUE, Not(And((SOMEBODY, Not(SOMEBODY))))),
    ],
)
def test_one_row_may_be_what_two_parts_of_a_rule_speak_of(entity: str, where: Formula, require: Formula) -> None:
    words = Text("lời", "words")
    one = Judgement("TX001", "D1", ("D1",), "error", words, entity, {}, where, require, entity, "x", (), words, words)
    rules = replace(RULESET, judgements=(one,))
    facts = flatten(plan_of(base_plan()), RULESET.readings)
    assert DurableEvaluator(rules, (0,), passes=True).run(facts) == meaning(rules, facts)
