"""Tags say what a scenario shows, and it shows it: traceability rests on them."""

from typing import Any

import pytest

from tests.appraisal import scenario_appraiser, scenarios
from thamdinh.engine.assurance.scenarios import Scenario, play
from thamdinh.engine.directive.packs import read, ruleset
from thamdinh.engine.evaluation.verdict import Verdict

RULES = {*ruleset().rules, *ruleset().rules_across}
CLAUSES = {clause.id for clause in read().directive.clauses}
ROLES = {"đạt", "vi_phạm", "ranh_giới", "được_phép", "ngoại_lệ", "rà_soát", "ngoài_phạm_vi"}


class Keeping:
    """An appraiser that keeps the verdicts it gave last."""

    def __init__(self) -> None:
        self.verdicts: list[Verdict] = []

    def __call__(self, data: dict[str, Any]) -> Verdict:
        self.verdicts = [scenario_appraiser()(data)]
        return self.verdicts[0]

    def audit(self, plans: dict[str, dict[str, Any]]) -> dict[str, Verdict]:
        found = scenario_appraiser().audit(plans)
        self.verdicts = list(found.values())
        return found


def verdicts_of(scenario: Scenario) -> list[Verdict]:
    """The verdicts the scenario asked for last."""
    appraiser = Keeping()
    assert play(scenario, appraiser).passed
    return appraiser.verdicts


@pytest.mark.parametrize(
    "scenario", scenarios(), ids=lambda scenario: f"{scenario.place.file.rpartition('/')[2]}:{scenario.place.line}"
)
def test_a_scenario_shows_what_its_tags_say(scenario: Scenario) -> None:
    tags = set(scenario.tags)
    assert tags <= RULES | CLAUSES | ROLES
    rules = tags & RULES
    assert rules
    assert tags & CLAUSES
    assert len(tags & {"đạt", "vi_phạm", "ngoài_phạm_vi"}) == 1
    verdicts = verdicts_of(scenario)
    assert ("rà_soát" in tags) == bool(rules & set(ruleset().rules_across))
    refused = {problem.code for verdict in verdicts for problem in verdict.problems}
    if "ngoài_phạm_vi" in tags:
        assert refused == {"DR001"}
    broken = {finding.rule for verdict in verdicts for finding in verdict.findings}
    if "vi_phạm" in tags:
        assert rules == broken
    else:
        assert not rules & broken


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_is_shown_kept_breached_and_at_its_boundary(rule: str) -> None:
    for role in ("đạt", "vi_phạm", "ranh_giới"):
        assert any(scenario.tagged(rule, role) for scenario in scenarios()), role


def test_every_clause_has_scenarios_and_each_permission_is_shown() -> None:
    assert {tag for scenario in scenarios() for tag in scenario.tags} >= CLAUSES
    permissions = [clause.id for clause in read().directive.clauses if clause.modality == "permission"]
    for clause in permissions:
        assert any(scenario.tagged(clause, "được_phép") for scenario in scenarios())


def test_scenarios_of_the_exception_cover_each_force_and_a_false_claim() -> None:
    shown = {
        scenario.row[0][1] for scenario in scenarios() if scenario.tagged("D15", "TD601", "ngoại_lệ") if scenario.row
    }
    assert shown == {"Công an", "Quân sự", "Bộ đội Biên phòng"}
    assert any(scenario.tagged("D15", "TD602", "ngoại_lệ", "vi_phạm") for scenario in scenarios())
