"""The solver reads rules as the evaluators do: over any plan, any rule of the language, and every field of the facts."""

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import Phase, given
from hypothesis import strategies as st

pytest.importorskip("z3")

from tests.appraisal import base_plan, plan_of
from tests.engine.evaluation.test_scanning import meaning
from tests.engine.formulas import atoms, formulas, judgement_of, judgements
from tests.plan_classes import Plan
from tests.plans import ENTITIES
from tests.properties import examples
from tests.strategies import DAY, plans
from thamdinh.engine.assurance.verify.bounds import Bound
from thamdinh.engine.assurance.verify.decoding import Chosen, as_yaml
from thamdinh.engine.assurance.verify.hits import breaches, numbered
from thamdinh.engine.assurance.verify.logic import no, some
from thamdinh.engine.assurance.verify.pinning import pins
from thamdinh.engine.assurance.verify.rows import Symbol
from thamdinh.engine.assurance.verify.solver import Solver
from thamdinh.engine.assurance.verify.tree import Setting
from thamdinh.engine.assurance.verify.witness import Bench, Disagreement
from thamdinh.engine.directive.formula import TRUE, Exists, Formula, Not, holds
from thamdinh.engine.directive.operators import OPERATORS
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.directive.ruleset import Judgement, Ruleset, Suspension
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation.durable import DurableEvaluator
from thamdinh.engine.evaluation.hits import Hit
from thamdinh.engine.evaluation.rule_engine import RuleEngineError
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.model.facts import Facts, flatten
from thamdinh.engine.model.instants import EPOCH
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.parsing import validate

RULESET = ruleset()
WIDE = Bound(days=3, sessions=4, discussions=3, reports=3, participants=5, committees=2, publications=3, outcomes=3)
thorough = examples(0.4, phases=[Phase.explicit, Phase.generate])


def over(judged: list[Judgement], bound: Bound) -> Solver:
    return Solver(replace(RULESET, judgements=tuple(judged), exemptions=()), Setting(bound, DAY))


def pinned(solver: Solver, plan: Plan) -> Chosen:
    """The one plan that the symbolic plan can be when it is held to `plan`."""
    answer = solver.ask(*(pin.holds for pin in pins(solver.built, plan)))
    assert answer.chosen is not None, "a valid plan within the bound is excluded"
    return answer.chosen


def decoded(chosen: Chosen) -> Plan:
    """The plan that was chosen, read from its YAML as any plan is."""
    return read_plan(read("plan.yaml", as_yaml(chosen.plan()).encode()))


def contents(facts: Facts, entity: str) -> Counter[str]:
    """The rows of an entity, whatever their order."""
    return Counter(repr(sorted((name, _plain(value)) for name, value in row.values.items())) for row in facts[entity])


def _plain(value: object) -> object:
    return sorted(value) if isinstance(value, frozenset) else value


def evaluated(rules: Ruleset, facts: Facts) -> set[Hit]:
    """The breaches: by durable-rules, by compiled rules and by the plain meaning of formulas, which must agree."""
    every = tuple(range(len(rules.judgements)))
    found = meaning(rules, facts)[0]
    assert Compiled(rules, every).run(facts)[0] == found
    try:
        durable = DurableEvaluator(rules, every).run(facts)[0]
    except RuleEngineError:  # a rule or a plan that durable-rules can't take is refused, never misread
        return found
    assert durable == found
    return found


@pytest.mark.long
@thorough
@given(plans(), st.lists(judgements(), min_size=1, max_size=4))
def test_held_to_a_plan_the_solver_finds_the_breaches_that_evaluators_find(
    data: dict[str, Any], judged: list[Judgement]
) -> None:
    solver = over(judged, WIDE)
    plan = validate(Plan, data)
    chosen = pinned(solver, plan)
    again = decoded(chosen)
    facts, known = flatten(again, RULESET.readings), flatten(plan, RULESET.readings)
    assert all(contents(facts, entity) == contents(known, entity) for entity in ENTITIES)
    assert evaluated(solver.ruleset, facts) == breaches(solver.encoding, chosen)
    # Nothing that the plan does not say can change what is found: no value stands behind what is absent.
    truths = [truth for row_truths in solver.encoding.breached for truth in row_truths]
    otherwise = solver.named(some(no(truth) if chosen.truth(truth) else truth for truth in truths))
    assert solver.ask(*(pin.holds for pin in pins(solver.built, plan)), otherwise).outcome == "none"


@pytest.mark.long
@pytest.mark.parametrize("operator", OPERATORS)
@given(plans(), st.data())
@examples(0.05, phases=[Phase.explicit, Phase.generate])
def test_an_operator_and_its_negation_mean_the_same_on_values_to_durable_rules_scanned_and_to_the_solver(
    operator: str, data: dict[str, Any], draw: st.DataObject
) -> None:
    types = OPERATORS[operator].fields
    able = [name for name, entity in ENTITIES.items() if any(field.type in types for field in entity.fields.values())]
    judged = []
    for entity in draw.draw(st.lists(st.sampled_from(able), min_size=4, max_size=4)):
        atom = draw.draw(atoms(ENTITIES[entity], [operator]))
        exists = Exists(entity, (atom,), ())
        judged += [judgement_of(entity, TRUE, formula) for formula in (atom, Not(atom), exists, Not(exists))]
    solver = over(judged, WIDE)
    chosen = pinned(solver, validate(Plan, data))
    facts = flatten(decoded(chosen), RULESET.readings)
    assert evaluated(solver.ruleset, facts) == breaches(solver.encoding, chosen)


@pytest.mark.long
@thorough
@given(plans())
def test_every_field_has_the_value_that_facts_give(data: dict[str, Any]) -> None:
    solver = over([], WIDE)
    chosen = pinned(solver, validate(Plan, data))
    facts = flatten(decoded(chosen), RULESET.readings)
    for entity, known in ENTITIES.items():
        numbers = numbered(solver.encoding, entity, chosen)
        assert len(numbers) == len(facts[entity])
        for row in solver.encoding.facts[entity]:
            if id(row) in numbers:
                values = {name: value(chosen, row[name], known.fields[name].type) for name in known.fields}
                given_values = {name: found for name, found in values.items() if found is not None}
                assert given_values == facts[entity][numbers[id(row)]].values


@pytest.mark.long
@thorough
@given(plans(), st.lists(judgements(), min_size=1, max_size=3), formulas(ENTITIES["plan"]), st.data())
def test_random_packs_with_an_exception_get_one_verdict_from_solver_and_evaluators(
    data: dict[str, Any], judged: list[Judgement], when: Formula, draw: st.DataObject
) -> None:
    named = [
        replace(judgement, rule=f"TX{number:03}", subject=pattern(judgement)) for number, judgement in enumerate(judged)
    ]
    suspended = draw.draw(st.lists(st.sampled_from([item.rule for item in named]), unique=True))
    rules = replace(RULESET, judgements=tuple(named), exemptions=(Suspension("D99", when, tuple(suspended)),))
    solver = Solver(rules, Setting(WIDE, DAY))
    try:
        witness = Bench(rules).witness(solver.encoding, pinned(solver, validate(Plan, data)), "plan", smallest=False)
    except Disagreement as disagreement:
        if isinstance(disagreement.__cause__, RuleEngineError):  # refused, never misread
            return
        raise
    (plan,) = flatten(validate(Plan, data), rules.readings)["plan"]
    applies = holds(when, plan, flatten(validate(Plan, data), rules.readings))
    assert set(witness.not_applicable) == (set(suspended) if applies else set())


def pattern(judgement: Judgement) -> str:
    """The subject id of a rule of the language: that of its rows."""
    return re.sub(r"\{(\w+)\}", rf"{{{judgement.entity}.\1}}", ENTITIES[judgement.entity].subject)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2017-12-28T07:30", "2017-12-28T12:30"),
        ("2017-12-28T07:30", "2017-12-28T12:31"),
        ("2017-12-28T11:59", "2017-12-28T12:00"),
        ("2017-12-28T12:00", "2017-12-28T12:15"),
        ("2017-12-28T12:00", "2017-12-29T00:00"),
        ("2017-12-28T07:30", "2017-12-29T00:00"),
        ("2017-12-28T07:30", "2017-12-29T00:01"),
        ("2017-12-28T23:00", "2017-12-30T12:00"),
    ],
)
def test_half_days_are_counted_as_facts_count_them(start: str, end: str) -> None:
    data = base_plan()
    data["conference"]["sessions"] = [{"start": start, "end": end, "part": "mid_term"}]
    plan = plan_of(data)
    solver = over([], WIDE)
    chosen = pinned(solver, plan)
    (row,) = solver.encoding.facts["plan"]
    (known,) = flatten(plan, RULESET.readings)["plan"]
    assert value(chosen, row["duration_days"], "number") == known.values["duration_days"]


def value(chosen: Chosen, symbol: Symbol, type_: str) -> object:
    """The value of a field in the chosen plan; None where it is absent."""
    if not chosen.truth(symbol.given):
        return None
    if symbol.members is not None:
        members = frozenset(name for name, truth in symbol.members.items() if chosen.truth(truth))
        return members if type_ == "set" else next(iter(members))
    if type_ == "boolean":
        return chosen.truth(symbol.term)
    number = chosen.whole(symbol.term)
    if type_ == "text":
        return chosen.built.texts.named(number)
    if type_ in ("date", "instant"):
        return (DAY + timedelta(minutes=number) - EPOCH) // timedelta(minutes=1)
    return number / (symbol.scale if isinstance(symbol.scale, int) else chosen.whole(symbol.scale))


@pytest.mark.long
@thorough
@given(judgements(), st.lists(plans(), max_size=3))
def test_a_plan_that_the_solver_finds_to_breach_a_rule_does_and_where_it_finds_none_no_plan_does(
    judgement: Judgement, others: list[dict[str, Any]]
) -> None:
    solver = over([judgement], WIDE)
    answer = solver.smallest(solver.named(some(solver.encoding.breached[0])))
    if answer.chosen is not None:
        facts = flatten(decoded(answer.chosen), RULESET.readings)
        found = breaches(solver.encoding, answer.chosen)
        assert found
        assert evaluated(solver.ruleset, facts) == found
    else:
        assert answer.outcome == "none"
        for data in others:
            facts = flatten(validate(Plan, json.loads(json.dumps(data))), RULESET.readings)
            assert evaluated(solver.ruleset, facts) == set()
