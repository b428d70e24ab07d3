"""durable-rules and the plain meaning of formulas give the same verdict on every plan."""

from typing import Any

from hypothesis import HealthCheck, given, settings

from tests.appraisal import plan_of
from tests.strategies import plans
from thamdinh.engine.facts import flatten
from thamdinh.engine.formula import holds
from thamdinh.engine.packs import ruleset
from thamdinh.engine.rete import Rete

RULESET = ruleset()
RETE = Rete(RULESET, range(len(RULESET.judgements)), passes=True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
    assert RETE.run(facts) == (breached, applied)
