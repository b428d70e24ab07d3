"""Tags say what a scenario shows, and it shows it: traceability rests on them."""

from typing import Any

import pytest

from tests.appraisal import ROOT, checker
from thamdinh.engine.packs import read, ruleset
from thamdinh.engine.scenarios import Scenario, door, parse_file, run
from thamdinh.engine.verdict import Verdict

FILES = sorted((ROOT / "features").glob("*.feature"))
SCENARIOS = [scenario for path in FILES for scenario in parse_file(path).scenarios]
RULES = set(ruleset().rules)
CLAUSES = {clause.id for clause in read().directive.clauses}
ROLES = {"đạt", "vi_phạm", "ranh_giới", "được_phép", "ngoại_lệ"}


def verdict_of(scenario: Scenario) -> Verdict:
    """The last verdict the scenario asked for."""
    verdicts: list[Verdict] = []

    def knock(data: dict[str, Any]) -> Verdict:
        verdicts.append(door(checker())(data))
        return verdicts[-1]

    assert run(scenario, knock).passed
    return verdicts[-1]


@pytest.mark.parametrize(
    "scenario", SCENARIOS, ids=lambda scenario: f"{scenario.place.file.rpartition('/')[2]}:{scenario.place.line}"
)
def test_a_scenario_shows_what_its_tags_say(scenario: Scenario) -> None:
    tags = set(scenario.tags)
    assert tags <= RULES | CLAUSES | ROLES
    rules = tags & RULES
    assert rules
    assert tags & CLAUSES
    assert len(tags & {"đạt", "vi_phạm"}) == 1
    broken = {finding.rule for finding in verdict_of(scenario).findings}
    if "vi_phạm" in tags:
        assert rules == broken
    else:
        assert not rules & broken


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_shown_kept_breached_and_at_its_boundary(rule: str) -> None:
    for role in ("đạt", "vi_phạm", "ranh_giới"):
        assert any(scenario.tagged(rule, role) for scenario in SCENARIOS), role


def test_every_clause_has_scenarios_and_each_permission_is_shown() -> None:
    assert {tag for scenario in SCENARIOS for tag in scenario.tags} >= CLAUSES
    permissions = [clause.id for clause in read().directive.clauses if clause.modality == "permission"]
    for clause in permissions:
        assert any(scenario.tagged(clause, "được_phép") for scenario in SCENARIOS)


def test_scenarios_of_the_exception_cover_each_force_and_a_false_claim() -> None:
    shown = {
        scenario.row[0][1] for scenario in SCENARIOS if scenario.tagged("D15", "TD601", "ngoại_lệ") if scenario.row
    }
    assert shown == {"Công an", "Quân sự", "Bộ đội Biên phòng"}
    assert any(scenario.tagged("D15", "TD602", "ngoại_lệ", "vi_phạm") for scenario in SCENARIOS)
