"""`--directive auto`: organisation, term and date choose the pack; ties and none are told at their place."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import ROOT, base_plan
from thamdinh.engine.changes import changed
from thamdinh.engine.choosing import Choosing
from thamdinh.engine.editor.diagnosis import diagnose
from thamdinh.engine.integrity import read_plan
from thamdinh.engine.lint import lint
from thamdinh.engine.packs import available, ruleset
from thamdinh.engine.problem import Unreadable
from thamdinh.engine.readers import read
from thamdinh.engine.ruleset import Ruleset
from thamdinh.engine.settings import Settings
from thamdinh.engine.verdict import Verdict

PACKS = [ruleset(name) for name in available()]
DISTRICT = {"set": "organization.district", "value": "Huyện Minh Họa"}
POLICE = {"set": "organization.kind", "value": "police"}
MILITARY = {"set": "organization.kind", "value": "military"}
LATE = {
    "set": "conference.sessions[1]",
    "value": {"start": "2019-01-28T13:30", "end": "2019-01-28T16:30", "part": "mid_term"},
}
ALL_LATE = [{"remove": "conference.sessions[0]"}, {"set": "conference.sessions[0]", "value": LATE["value"]}]


def checked(changes: list[dict[str, Any]], packs: list[Ruleset] = PACKS) -> Verdict:
    document = read("plan.json", json.dumps(changed(base_plan(), changes), ensure_ascii=False, indent=1).encode())
    return Choosing(packs).check(read_plan(document), document)


@pytest.mark.parametrize(
    ("changes", "directive"),
    [
        ([], "ben-tre-2017"),
        ([{"remove": "organization.district"}], "ben-tre-2017"),
        ([DISTRICT], "huyen-minh-hoa-2017"),
        ([{**DISTRICT, "value": "huyện Minh Hoạ"}], "huyen-minh-hoa-2017"),  # however the tone mark is placed
        ([DISTRICT, LATE], "huyen-minh-hoa-2017"),  # the first session counts
        ([DISTRICT, *ALL_LATE], "ben-tre-2017"),  # the district's guidance was in force until June 2018
        ([DISTRICT, {"set": "conference.sessions", "value": []}], "huyen-minh-hoa-2017"),
        ([POLICE], "cong-an-minh-hoa-2017"),
        ([POLICE, DISTRICT], "cong-an-minh-hoa-2017"),
        ([MILITARY, DISTRICT], "ben-tre-2017"),
    ],
    ids=str,
)
def test_the_nearest_pack_that_fits_is_chosen_and_named(changes: list[dict[str, Any]], directive: str) -> None:
    verdict = checked(changes)
    assert verdict.directive == directive
    assert verdict.to_json()["directive"] == directive


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ([{"set": "organization.term", "value": "2020-2025"}], '"term"'),
        (
            [
                {
                    "set": "conference.sessions",
                    "value": [{"start": "2021-01-28T13:30", "end": "2021-01-28T16:30", "part": "mid_term"}],
                }
            ],
            '"sessions"',
        ),
    ],
    ids=["term", "date"],
)
def test_no_pack_for_the_plan_is_a_problem_that_says_why(changes: list[dict[str, Any]], place: str) -> None:
    with pytest.raises(Unreadable) as caught:
        checked(changes, [PACKS[0]])
    [problem] = caught.value.problems
    assert problem.code == "DR001"
    assert "ben-tre-2017 " in problem.message.vi
    text = json.dumps(changed(base_plan(), changes), ensure_ascii=False, indent=1).splitlines()
    assert problem.place.line is not None
    assert place in text[problem.place.line - 1]


def test_two_packs_that_are_equally_near_are_a_tie() -> None:
    [district] = [pack for pack in PACKS if pack.directive.startswith("huyen")]
    twin = replace(district, directive="twin")
    with pytest.raises(Unreadable) as caught:
        checked([DISTRICT], [*PACKS, twin])
    [problem] = caught.value.problems
    assert problem.code == "DR002"
    assert "huyen-minh-hoa-2017, twin" in problem.message.vi
    assert district.applies is not None
    over = replace(twin, applies=replace(district.applies, extends=("huyen-minh-hoa-2017", "ben-tre-2017")))
    assert checked([DISTRICT], [*PACKS, over]).directive == "twin"
    earlier = replace(twin, applies=replace(district.applies, valid_to=date(2017, 12, 27)))
    assert checked([DISTRICT], [*PACKS, earlier]).directive == "huyen-minh-hoa-2017"


def test_a_lint_names_each_directive_and_takes_codes_of_any_pack() -> None:
    run = lint([str(ROOT / "examples" / "compliant")], Settings(directive="auto", select=("CA2", "TD1")))
    assert run.status == 0
    assert set(run.report.directive.split(", ")) == {"ben-tre-2017", "cong-an-minh-hoa-2017"}
    with pytest.raises(Unreadable):
        lint([str(ROOT / "examples" / "compliant")], Settings(directive="auto", select=("XX",)))


def test_every_shipped_illustration_says_so_in_its_title() -> None:
    shipped = {pack.directive: pack for pack in PACKS}
    assert set(shipped) == {"ben-tre-2017", "cong-an-minh-hoa-2017", "huyen-minh-hoa-2017"}
    for pack in PACKS:
        assert pack.applies is not None
        assert pack.applies.illustration is ("MINH HỌA" in pack.title.vi) is ("ILLUSTRATION" in pack.title.en)
        assert pack.applies.illustration is (pack.directive != "ben-tre-2017")


def test_editors_choose_as_the_lint_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "thamdinh.toml").write_text('directive = "auto"\n')
    for changes, directive in (([], "ben-tre-2017"), ([DISTRICT], "huyen-minh-hoa-2017")):
        text = json.dumps(changed(base_plan(), changes), ensure_ascii=False)
        diagnosis = diagnose(str(tmp_path / "plan.json"), text)
        assert diagnosis is not None
        assert (diagnosis.directive, diagnosis.checker.ruleset.directive) == (directive, directive)
    late = json.dumps(changed(base_plan(), [{"set": "organization.term", "value": "2020-2025"}]), ensure_ascii=False)
    diagnosis = diagnose(str(tmp_path / "plan.json"), late)
    assert diagnosis is not None
    assert [problem.code for problem in diagnosis.verdict.problems] == ["DR001"]
