"""The matrix counts what scenarios show when they run, and every gap is told."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import ROOT, scenario_appraiser, scenarios
from tests.command_line import thamdinh
from thamdinh.engine.assurance.coverage import Matrix, matrix
from thamdinh.engine.assurance.scenarios import Scenario, parse_feature
from thamdinh.engine.assurance.scenarios.appraisers import PackAppraiser
from thamdinh.engine.directive.pack import Pack
from thamdinh.engine.directive.packs import read
from thamdinh.engine.evaluation.verdict import Verdict


class Remembering(PackAppraiser):
    """The appraiser by the pack; it judges a plan once, however often the scenarios are played."""

    def __call__(self, data: dict[str, Any]) -> Verdict:
        return _verdict(json.dumps(data))

    def audit(self, plans: Mapping[str, dict[str, Any]]) -> dict[str, Verdict]:
        return dict(_verdicts(json.dumps(plans)))


@cache
def _verdict(plan: str) -> Verdict:
    return scenario_appraiser(passes=True)(json.loads(plan))


@cache
def _verdicts(plans: str) -> dict[str, Verdict]:
    return scenario_appraiser(passes=True).audit(json.loads(plans))


def traced(keep: Callable[[Scenario], bool] = lambda _: True, *more: Scenario, pack: Pack | None = None) -> Matrix:
    kept = [scenario for scenario in scenarios() if keep(scenario)]
    return matrix(pack or read(), [*kept, *more], [], Remembering(scenario_appraiser(passes=True).judge))


def scenario(text: str) -> Scenario:
    [made] = parse_feature(f"# language: vi\nTính năng: X\n\n{text}", "x.feature").scenarios
    return made


@pytest.mark.long
def test_the_pack_has_no_gap_and_every_clause_has_a_line() -> None:
    ended = thamdinh("rules", "coverage", "--format", "json", cwd=ROOT)
    made = json.loads(ended.stdout)
    assert made["gaps"] == []
    assert ended.returncode == 0
    assert [*dict.fromkeys(line["clause"] for line in made["matrix"])] == [c.id for c in read().directive.clauses]
    # An example is one plan, and rules across plans find nothing in one plan.
    assert all(line["examples_breached"] for line in made["matrix"] if line["rule"] in read().ruleset.rules)


@pytest.mark.long
@pytest.mark.parametrize("tag", ["đạt", "vi_phạm", "ranh_giới"])
def test_a_rule_without_one_kind_of_scenario_is_a_gap_at_the_rule(tag: str) -> None:
    made = traced(lambda item: not (item.tagged("TD401") and (item.tagged(tag) or item.tagged("ranh_giới"))))
    assert any("TD401" in gap.message.vi and gap.place.file.endswith("discussion.yaml") for gap in made.gaps)


@pytest.mark.long
def test_a_permission_needs_a_scenario_that_shows_it() -> None:
    made = traced(lambda item: not item.tagged("D5"))
    [gap] = made.gaps
    assert "D5" in gap.message.vi


@pytest.mark.long
def test_a_clause_without_a_rule_is_a_gap() -> None:
    pack = read()
    fewer = tuple(rule for rule in pack.rules if rule.id != "TD401")
    made = traced(pack=Pack(pack.folder, pack.directive, fewer, pack.places, pack.ruleset))
    assert any("D9" in gap.message.vi for gap in made.gaps)


@pytest.mark.long
@pytest.mark.parametrize(
    ("tags", "then"),
    [
        ("@TD401 @vi_phạm", "Thì không có phát hiện nào"),
        ("@TD602 @đạt", "Thì có lỗi TD602 về kế hoạch"),
        ("@TD101 @đạt", "Thì có lỗi TD101 về kế hoạch"),
    ],
)
def test_a_tag_that_says_what_is_not_so_is_told(tags: str, then: str) -> None:
    given = "Cho một kế hoạch đúng chỉ đạo của xã"
    if "TD602" in then:
        given += "\n  Và kế hoạch có cấp ủy ngành cấp trên chỉ đạo là Đảng ủy Công an tỉnh"
    made = traced(lambda _: True, scenario(f"{tags}\nTình huống: Y\n  {given}\n  Khi thẩm định kế hoạch\n  {then}\n"))
    assert [gap.place.file for gap in made.gaps] == ["x.feature"]


@pytest.mark.long
def test_a_gap_ends_with_status_1_and_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "mot.feature").write_bytes((ROOT / "features" / "thao_luan.feature").read_bytes())
    ended = thamdinh("rules", "coverage", "--features", tmp_path)
    assert ended.returncode == 1
    assert "TD101" in ended.stdout
    assert thamdinh("rules", "coverage", "--features", tmp_path / "mot.feature", "--directive", "none").returncode == 2
