"""Compiled rules, durable-rules and the plain meaning of formulas give the same verdict on every plan."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appraisal import ROOT
from tests.engine.formulas import judgements
from tests.plan_classes import Plan
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.base.problem import Path as PlanPath
from thamdinh.engine.base.problem import Place, Unreadable
from thamdinh.engine.directive.formula import holds
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.directive.ruleset import Judgement, Ruleset
from thamdinh.engine.documents import read, read_file
from thamdinh.engine.evaluation.check import Checker, durable
from thamdinh.engine.evaluation.hits import Hit
from thamdinh.engine.evaluation.scanning import Compiled, exemptions
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.evaluation.wording import EVERYTHING, Showing
from thamdinh.engine.model.facts import Facts, flatten
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.parsing import validate

RULESET = ruleset()
DURABLE, COMPILED = Checker(RULESET, durable, passes=True), Checker(RULESET, Compiled, passes=True)
EXAMPLES = sorted((ROOT / "examples").glob("*/*.yaml"))

thorough = examples(1.5)


class Paper:
    """A document whose places are the paths themselves, so that findings at different places differ."""

    file = "plan"
    notices = ()
    data = None

    def place(self, path: PlanPath, *, key: bool = False) -> Place:
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


@st.composite
def broken(draw: st.DrawFn) -> dict[str, Any]:
    """A plan in which some references lead nowhere, or everywhere twice."""
    data = draw(plans())
    someone = st.sampled_from(["p01", "p02", "p99", "nobody"])
    for vote in data["confidence_votes"]:
        vote["committee"] = draw(st.sampled_from([vote["committee"], "dang-uy", "no-committee"]))
        vote["ballots"] += draw(st.lists(someone, max_size=2))
        if "briefing" in vote:
            vote["briefing"]["by"] = draw(someone)
    for person in data["participants"]:
        person["replaces"] = draw(st.none() | someone)
    for committee in data["committees"]:
        committee["members"] += committee["members"][: draw(st.integers(0, 1))]
    return data


def line_of(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def verdict(checker: Checker, line: bytes, showing: Showing = EVERYTHING, *, quickly: bool) -> Verdict:
    """The verdict on a line of JSONL; its problems where it has none."""
    plan = decode_line(line) if quickly else None
    try:
        return checker.check(plan or read_plan(read("plan.json", line)), Paper(), showing)
    except Unreadable as unreadable:
        return Verdict("plan", None, problems=unreadable.problems)


@pytest.mark.long
@thorough
@given(plans())
def test_the_verdict_is_that_of_durable_rules_evidence_included(data: dict[str, Any]) -> None:
    plan = validate(Plan, data)
    expected = DURABLE.check(plan, Paper())
    assert COMPILED.check(plan, Paper()) == expected
    assert COMPILED.check(decode_line(line_of(data)) or plan, Paper()) == expected


@pytest.mark.long
@thorough
@given(broken())
def test_broken_references_make_the_same_verdict_and_the_same_problems(data: dict[str, Any]) -> None:
    plan, line = validate(Plan, data), line_of(data)
    assert COMPILED.check(plan, Paper()) == DURABLE.check(plan, Paper())
    assert verdict(COMPILED, line, quickly=True) == verdict(DURABLE, line, quickly=False)


@given(plans() | broken(), st.sampled_from(["p01", "Nguyễn Văn Bình", "83.012345"]))
@examples(0.4)
def test_what_is_not_to_be_shown_is_hidden_however_the_plan_was_read(data: dict[str, Any], card: str) -> None:
    data["participants"][0]["party_card"] = card
    line = line_of(data)
    for showing in (EVERYTHING, Showing(redact_names=True)):
        assert verdict(COMPILED, line, showing, quickly=True) == verdict(DURABLE, line, showing, quickly=False)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_get_the_same_verdict(path: Path) -> None:
    try:
        document = read_file(path)
    except Unreadable:
        return
    line = json.dumps(document.data, ensure_ascii=False).encode()
    assert verdict(COMPILED, line, quickly=True) == verdict(DURABLE, line, quickly=False)


@given(plans())
@examples(0.4)
def test_exemptions_apply_where_their_conditions_hold(data: dict[str, Any]) -> None:
    plan = validate(Plan, data)
    facts = flatten(plan, RULESET.readings)
    meant = tuple(holds(exemption.when, facts["plan"][0], facts) for exemption in RULESET.exemptions)
    assert exemptions(RULESET)(plan) == meant


@pytest.mark.long
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
@examples(0.2)
def test_only_active_judgements_are_made(data: dict[str, Any]) -> None:
    facts = flatten(validate(Plan, data), RULESET.readings)
    odd = tuple(range(1, len(RULESET.judgements), 2))
    breaches, applied = meaning(RULESET, facts)
    expected = {hit for hit in breaches if hit[0] in odd}, {hit for hit in applied if hit[0] in odd}
    assert Compiled(RULESET, odd, passes=True).run(facts) == expected
