"""What differs between packs: every kind of change is told, and a plan shows it, judged by the engine itself."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import ROOT, appraised
from thamdinh.engine.assurance.smallest_difference import _removable, _without, smallest_turn
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive.packs import read_version
from thamdinh.engine.explain.difference import pack_differences

POLICE = ROOT / "rules" / "cong_an_minh_hoa_2017"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(POLICE, tmp_path / "pack"))


def edited(folder: Path, *edits: tuple[str, str, str]) -> str:
    for file, old, new in edits:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(folder)


RULE = """
  - id: CA701
    clause: [N6]
    severity: advice
    title: {vi: Có nghị quyết, en: There is a resolution}
    each: plan
    require: {some: {outcome: {kind: resolution}}}
    message: {vi: Chưa có nghị quyết, en: No resolution}
    fix: {vi: Thêm nghị quyết, en: Add one}
    examples: {breach: "outcomes: []", pass: "outcomes: []"}
"""


@pytest.mark.parametrize(
    ("edits", "section", "mark", "words"),
    [
        (
            [("directive.yaml", "value: [0.5, 1]", "value: [1, 1]")],
            "parameters",
            "~",
            ["0,5 đến 1 → 1", "CA201 chặt hơn"],
        ),
        ([("directive.yaml", "value: [0.5, 1]", "value: [0.5, 2]")], "parameters", "~", ["CA201 nới ra"]),
        (
            [("directive.yaml", "value: [police]", "value: [police, military]")],
            "parameters",
            "~",
            ["CA101 nới ra", "CA102, CA201 chặt hơn"],
        ),
        ([("police.yaml", "severity: advice", "severity: error")], "rules", "~", ["CA601, mức độ: khuyến nghị → lỗi"]),
        (
            [("police.yaml", "require: {directed_by: {present: true}}", "require: {directed_by: {present: false}}")],
            "rules",
            "~",
            ["CA102, nội dung kiểm tra", "có ghi", "không ghi"],
        ),
        ([("police.yaml", "rules:", f"rules:{RULE}")], "rules", "+", ["CA701 [N6] khuyến nghị: Có nghị quyết"]),
        (
            [("police.yaml", "vi: Báo cáo sơ kết có phần", "vi: Báo cáo sơ kết phải có phần")],
            "rules",
            "~",
            ["CA301: lời văn"],
        ),
        ([("police.yaml", "clause: [N3]", "clause: [N2]")], "rules", "~", ["CA301, điều khoản: N3 → N2"]),
        (
            [("directive.yaml", "vi: Báo cáo sơ kết giữa nhiệm kỳ có phần", "vi: Báo cáo sơ kết phải có phần")],
            "clauses",
            "~",
            ["N3: Báo cáo"],
        ),
        (
            [("directive.yaml", "  - id: N6\n    modality: advice", "  - id: N6\n    modality: request")],
            "clauses",
            "~",
            ["đề nghị"],
        ),
        (
            [("directive.yaml", "valid_to: 2018-06-30", "valid_to: 2018-12-31")],
            "head",
            "~",
            ["30/06/2018", "31/12/2018"],
        ),
        (
            [
                (
                    "directive.yaml",
                    "\nparameters:",
                    "\nexceptions:\n  - {id: N6, when: {district: Huyện Ba Tri}, suspends: [N6], reason: {vi: a, en: b}}\n\nparameters:",
                )
            ],
            "exceptions",
            "+",
            ["huyện là Huyện Ba Tri", "không áp dụng N6"],
        ),
        (
            [
                (
                    "directive.yaml",
                    '    clause: N2\n    title: {vi: "Thời',
                    '    clause: N2\n    delegable: true\n    title: {vi: "Thời',
                )
            ],
            "parameters",
            "~",
            ["giao cho cấp dưới"],
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_change_is_told_both_ways(
    folder: Path, edits: list[tuple[str, str, str]], section: str, mark: str, words: list[str]
) -> None:
    one, other = read_version(str(POLICE)), read_version(edited(folder, *edits))
    [change] = pack_differences(one, other)
    assert (change.section, change.mark) == (section, mark)
    assert all(word in change.text.vi for word in words), change.text.vi
    [back] = pack_differences(other, one)
    assert back.mark == {"+": "-", "-": "+", "~": "~"}[mark]


@pytest.mark.long
def test_a_pack_does_not_differ_from_itself() -> None:
    assert pack_differences(read_version(), read_version()) == ()
    assert smallest_turn(read_version(), read_version()) is None


@pytest.mark.long
@pytest.mark.parametrize(
    ("one", "other", "rules"),
    [
        ("ben-tre-2017", "huyen-minh-hoa-2017", {"HM101"}),
        ("ben-tre-2017", "cong-an-minh-hoa-2017", {"CA201"}),
        ("cong-an-minh-hoa-2017", "ben-tre-2017", {"CA201"}),
    ],
)
def test_a_plan_is_found_that_complies_with_one_pack_alone_and_is_as_small_as_it_gets(
    one: str, other: str, rules: set[str]
) -> None:
    turn = smallest_turn(read_version(one), read_version(other))
    assert turn is not None

    def by_engine(plan: Any) -> list[str]:
        try:
            return [appraised(plan, one).status, appraised(plan, other).status]
        except Unreadable:
            return ["invalid", "invalid"]

    statuses = by_engine(turn.plan)
    assert statuses == [turn.before.status, turn.after.status]
    assert sorted(statuses) == ["compliant", "non_compliant"]
    assert {finding.rule for finding in (*turn.gone, *turn.new)} == rules
    # An organisation's district and the like decide whether a pack is for the plan at all, so they stay.
    for path in _removable(turn.plan):
        made = _without(turn.plan, path)
        if made is not None and path[0] != "organization":
            assert len(set(by_engine(made))) == 1, path


@pytest.mark.long
def test_a_change_that_only_weighs_heavier_is_shown_too(folder: Path) -> None:
    other = read_version(edited(folder, ("police.yaml", "severity: advice", "severity: warning")))
    turn = smallest_turn(read_version(str(POLICE)), other)
    assert turn is not None
    assert {finding.rule for finding in turn.new} == {"CA601"}
    assert len(json.dumps(turn.plan)) < 800
