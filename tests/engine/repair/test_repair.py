"""Repair mends what it says it mends, invents nobody, and leaves every other finding as it was."""

import copy
import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import yaml

from tests.appraisal import found, plan_of
from tests.command_line import EXAMPLES
from tests.plan_classes import Plan
from thamdinh.engine.assurance.samples import Synthetic, generate
from thamdinh.engine.base.instant import write_instant
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.forms import one_file, word, workbook
from thamdinh.engine.forms.content import plan_data
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.repair.repair import Repaired, repair

MENDED = {item.rule for item in ruleset().judgements if item.remedy is not None}


def repaired(data: dict[str, Any], name: str = "plan.json") -> Repaired:
    content = json.dumps(data).encode()
    if name != "plan.json":
        content = WRITERS[name](read_plan(read("plan.json", content)))
    return repair(read(name, content), compiled())


@cache
def compiled() -> Checker:
    """One checker for all: making it costs more than a check."""
    return Checker(ruleset(), Compiled)


def _yaml(plan: Plan) -> bytes:
    return yaml.safe_dump(plan_data(plan), allow_unicode=True, sort_keys=False).encode()


WRITERS: dict[str, Callable[[Plan], bytes]] = {
    "plan.yaml": _yaml,
    "plan.xlsx": workbook.write,
    "plan.docx": word.write,
}


@cache
def breached() -> tuple[Synthetic, ...]:
    """Plans with breaches of every rule; no test changes any."""
    return tuple(generate(60, 11, 1.0, 10))


@pytest.mark.long
@pytest.mark.parametrize("name", ["plan.json", *WRITERS])
def test_of_generated_breaches_the_mechanical_ones_go_and_the_others_stay(name: str) -> None:
    seen: set[str] = set()
    met: set[str] = set()
    for synthetic in breached():
        before = [(breach.rule, breach.subject) for breach in synthetic.breaches]
        broken = {rule for rule, _ in before}
        if name in WRITERS and broken <= met:  # To write a form takes long.
            continue
        met |= broken
        result = repaired(synthetic.plan, name)
        left = [(finding.rule, finding.subject.id) for finding in result.verdict.findings]
        assert {rule for rule, _ in left} & MENDED == set()
        assert sorted(left) == sorted(breach for breach in before if breach[0] not in MENDED)
        assert people(read_plan(result.document)) == people(plan_of(synthetic.plan))
        seen |= {finding.rule for finding in result.mended}
    assert seen == MENDED


def test_a_plan_without_mechanical_findings_stays_letter_by_letter() -> None:
    [synthetic] = generate(1, 3, 0.0, 10)
    result = repaired(synthetic.plan)
    assert result.mended == ()
    assert result.document.data == synthetic.plan


def test_a_committee_without_a_vote_is_left_to_people() -> None:
    synthetic = next(made for made in generate(40, 3, 0.0, 10) if made.plan["organization"]["kind"] == "commune")
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


def people(plan: Plan) -> tuple[object, ...]:
    return plan.participants, plan.committees, [vote.briefing for vote in plan.confidence_votes]


@pytest.mark.parametrize("suffix", [".json", ".yaml", ".xlsx", ".docx"])
def test_percentages_of_minutes_are_worked_out_again_and_no_count_is_touched(suffix: str) -> None:
    [source] = (EXAMPLES / "minutes" / "compliant").glob("*.yaml")
    right = yaml.safe_load(source.read_text(encoding="utf-8"))
    right["conference"]["day"] = "2017-12-28"
    data = copy.deepcopy(right)
    data["tallies"][0] |= {"high_percent": 7.43, "low_percent": 0}
    data["tallies"][1] |= {"normal_percent": 31}
    content = json.dumps(data, default=write_instant).encode()
    if suffix != ".json":
        plan = read_plan(read("minutes.json", content))
        content = one_file.WRITERS[suffix](plan_data(plan), plan.known)
    result = repair(read(f"minutes{suffix}", content), Checker(ruleset("kiem-phieu-2017"), Compiled))
    assert sorted(finding.rule for finding in result.mended) == ["KP305", "KP306", "KP307"]
    assert not result.verdict.findings
    right["tallies"][0]["high_percent"] = 74.32
    wanted = read_plan(read("minutes.json", json.dumps(right, default=write_instant).encode()))
    assert plan_data(read_plan(result.document))["tallies"] == plan_data(wanted)["tallies"]


def test_a_percentage_of_nothing_is_left_to_people() -> None:
    [source] = (EXAMPLES / "minutes" / "compliant").glob("*.yaml")
    text = source.read_text(encoding="utf-8").replace("high_votes: 55, ", "").replace("74.3,", "75.3,")
    result = repair(read("minutes.yaml", text.encode()), Checker(ruleset("kiem-phieu-2017"), Compiled))
    assert not result.mended
