"""Repair mends what it says it mends, invents nobody, and leaves every other finding as it was."""

import json
from typing import Any, get_args

import pytest
import yaml

from tests.appraisal import found
from thamdinh.engine.check import Checker
from thamdinh.engine.compiled import Compiled
from thamdinh.engine.directive import Repair
from thamdinh.engine.packs import ruleset
from thamdinh.engine.readers import read
from thamdinh.engine.repair.actions import ACTIONS
from thamdinh.engine.repair.repair import Repaired, repair
from thamdinh.engine.synthetic import generate

MENDED = {item.rule for item in ruleset().judgements if item.remedy is not None}


def repaired(data: dict[str, Any], name: str = "plan.json") -> Repaired:
    text = json.dumps(data) if name.endswith("json") else yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return repair(read(name, text.encode()), Checker(ruleset(), Compiled))


def test_every_action_of_the_rule_language_is_there() -> None:
    assert set(get_args(Repair.model_fields["action"].annotation)) == set(ACTIONS)


@pytest.mark.parametrize("name", ["plan.json", "plan.yaml"])
def test_of_generated_breaches_the_mechanical_ones_go_and_the_others_stay(name: str) -> None:
    seen: set[str] = set()
    for synthetic in generate(150, 11, 1.0, 10):
        before = [(breach.rule, breach.subject) for breach in synthetic.breaches]
        result = repaired(synthetic.plan, name)
        left = [(finding.rule, finding.subject.id) for finding in result.verdict.findings]
        assert {rule for rule, _ in left} & MENDED == set()
        assert sorted(left) == sorted(breach for breach in before if breach[0] not in MENDED)
        assert people(result.document.data) == people(synthetic.plan)
        seen |= {finding.rule for finding in result.mended}
    assert seen == MENDED


def test_a_plan_without_mechanical_findings_stays_letter_by_letter() -> None:
    [synthetic] = generate(1, 3, 0.0, 10)
    result = repaired(synthetic.plan)
    assert result.mended == ()
    assert result.document.data == synthetic.plan


def test_a_committee_without_a_vote_is_left_to_people() -> None:
    [synthetic] = generate(1, 3, 0.0, 10)
    synthetic.plan["confidence_votes"] = []
    result = repaired(synthetic.plan)
    assert result.mended == ()
    assert "TD501" in " ".join(found(result.verdict))


def test_merged_contents_go_to_the_mid_term_report_there_is() -> None:
    [synthetic] = generate(1, 3, 0.0, 10)
    reports = synthetic.plan["reports"]
    [year_end] = [report for report in reports if "year_end_review" in report["contents"]]
    [mid_term] = [report for report in reports if "mid_term_review" in report["contents"]]
    mid_term["contents"].remove("inspection_supervision")
    year_end["contents"].append("inspection_supervision")
    result = repaired(synthetic.plan)
    assert found(result.verdict) == []
    assert isinstance(result.document.data, dict)
    assert len(result.document.data["reports"]) == len(reports)


def people(data: Any) -> list[Any]:
    return [data["participants"], data["committees"], [vote.get("briefing") for vote in data["confidence_votes"]]]
