"""Term, date, kind and district choose the pack that judges a plan; ties and none are told at their place."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml

from tests.appraisal import ROOT, base_plan
from tests.command_line import COMPLIANT, thamdinh
from tests.engine.audit.auditing import outcomes
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive import packs as on_disk
from thamdinh.engine.directive.packs import AUTO, IssuedPack, available, issued, judged_by, ruleset
from thamdinh.engine.directive.packs import read as read_pack
from thamdinh.engine.directive.ruleset import Ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.editor.diagnosis import diagnose
from thamdinh.engine.evaluation import choice
from thamdinh.engine.evaluation.choice import Choosing, directive_for, is_named, rulesets_of
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.lint.run import lint
from thamdinh.engine.lint.settings import Settings, settings_in_force
from thamdinh.engine.model.changes import changed
from thamdinh.engine.model.document_types import DEFAULT
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.reporters import FORMATS, Options, render

pytestmark = pytest.mark.usefixtures("in_this_process")

PACKS = [ruleset(name) for name in available()]
DISTRICT = {"set": "organization.district", "value": "Huyện Minh Họa"}
POLICE = {"set": "organization.kind", "value": "police"}
MILITARY = {"set": "organization.kind", "value": "military"}
LATE = {
    "set": "conference.sessions[1]",
    "value": {"start": "2019-01-28T13:30", "end": "2019-01-28T16:30", "part": "mid_term"},
}
ALL_LATE = [{"remove": "conference.sessions[0]"}, {"set": "conference.sessions[0]", "value": LATE["value"]}]


def for_plans(rulesets: Iterable[Ruleset]) -> list[str]:
    """The packs that judge conference plans."""
    return [one.directive for one in rulesets if one.document == DEFAULT]


def checked(changes: list[dict[str, Any]], packs: list[Ruleset] = PACKS) -> Verdict:
    document = read("plan.json", json.dumps(changed(base_plan(), changes), ensure_ascii=False, indent=1).encode())
    plan = read_plan(document)
    return Choosing(packs).checker(plan, document).check(plan, document)


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


@pytest.fixture
def all_issued(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the illustrations had been issued."""
    everything = {name: IssuedPack(judged_by(name), worded=False) for name in available()}
    monkeypatch.setattr(choice, "issued", lambda: everything)


@pytest.mark.usefixtures("all_issued")
def test_a_lint_names_each_directive_and_takes_codes_of_any_pack() -> None:
    run = lint([str(ROOT / "examples" / "compliant")], Settings(directive="auto", select=("CA2", "TD1")))
    assert run.status == 0
    assert set(run.report.directive.split(", ")) == {"ben-tre-2017", "cong-an-minh-hoa-2017"}
    with pytest.raises(Unreadable):
        lint([str(ROOT / "examples" / "compliant")], Settings(directive="auto", select=("XX",)))


@pytest.mark.usefixtures("all_issued")
@pytest.mark.parametrize("selection", [{"select": ("TD5",)}, {"ignore": ("CA",)}], ids=str)
def test_a_plan_by_whose_pack_nothing_is_checked_is_never_compliant(tmp_path: Path, selection: dict[str, Any]) -> None:
    for name, changes in (("xa", []), ("cong-an", [POLICE])):
        plan = json.dumps(changed(base_plan(), changes), ensure_ascii=False)
        (tmp_path / f"{name}.json").write_text(plan, encoding="utf-8")
    run = lint([str(tmp_path)], Settings(**selection))
    by_lint = [(verdict.status, [item.code for item in verdict.problems]) for verdict in run.report.verdicts]
    by_audit = [
        (item.verdict.status, [one.code for one in item.verdict.problems]) for item in outcomes(tmp_path, **selection)
    ]
    assert by_lint == by_audit == [("invalid", ["DR003"]), ("compliant", [])]
    assert run.status == 2


def test_a_selection_that_leaves_no_rule_is_refused_whoever_judges(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(base_plan(), ensure_ascii=False), encoding="utf-8")
    nothing: dict[str, Any] = {"select": ("TD4",), "ignore": ("TD401",)}
    only_across: dict[str, Any] = {"select": ("TD8",)}
    for refused in (
        lambda: lint([str(plan)], Settings(**nothing)),
        lambda: lint([str(plan)], Settings(**only_across)),
        lambda: outcomes(plan, **nothing),
    ):
        with pytest.raises(Unreadable, match="No rule is left"):
            refused()
    assert [item.verdict.status for item in outcomes(plan, **only_across)] == ["compliant"]


@pytest.mark.long
@pytest.mark.usefixtures("all_issued")
def test_an_audit_says_which_packs_judged_and_which_could_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    known = {path.name: path for path in ROOT.glob("examples/compliant/*.yaml")}
    late = json.dumps(changed(base_plan(), [{"set": "organization.term", "value": "2025-2030"}]), ensure_ascii=False)
    (tmp_path / "late.json").write_text(late, encoding="utf-8")
    for plan, judged, packs in ((known["xa-phu-tuc.yaml"], True, 1), (tmp_path / "late.json", False, len(PACKS))):
        settings = json.loads(thamdinh("audit", plan, "--format", "json", "-q").stdout)
        assert (settings["settings"]["judged"], len(settings["settings"]["packs"])) == (judged, packs)
        assert settings["directive"] == ("ben-tre-2017" if judged else "auto")
        linted = json.loads(thamdinh("lint", plan, "--format", "json").stdout)
        assert (linted["settings"], linted["directive"]) == (settings["settings"], settings["directive"])


def test_no_pack_is_called_auto(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    own = (available()["ben-tre-2017"] / "directive.yaml").read_text(encoding="utf-8")
    shutil.copytree(available()["ben-tre-2017"], tmp_path / "auto")
    (tmp_path / "auto" / "directive.yaml").write_text(own.replace("id: ben-tre-2017", "id: cua-toi"), encoding="utf-8")
    (tmp_path / "thamdinh.toml").write_text('directive = "auto"\n', encoding="utf-8")
    for refused in (lambda: rulesets_of("auto"), lambda: settings_in_force()):
        with pytest.raises(Unreadable, match="“auto” means"):
            refused()
    assert [one.directive for one in rulesets_of("./auto")] == ["cua-toi"]
    assert for_plans(rulesets_of(None)) == ["ben-tre-2017"]
    (tmp_path / "auto" / "directive.yaml").write_text(own.replace("id: ben-tre-2017", "id: auto"), encoding="utf-8")
    with pytest.raises(Unreadable, match="“auto” means"):
        rulesets_of("./auto")


@pytest.fixture
def issued_term(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The packs of the program where the illustration of the next term is issued; and the plan that its tests start from."""
    for folder in available().values():
        shutil.copytree(folder, tmp_path / "rules" / folder.name)
    head = tmp_path / "rules" / "vinh_long_minh_hoa_2027" / "directive.yaml"
    head.write_text(head.read_text(encoding="utf-8").replace("illustration: true\n", ""), encoding="utf-8")
    monkeypatch.setattr(on_disk, "BUILT_IN", tmp_path / "rules")
    plan = yaml.safe_load((head.parent / "tests" / "plan.yaml").read_text(encoding="utf-8"))
    plan["organization"]["kind"] = "special_zone"
    (tmp_path / "plan.yaml").write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    return tmp_path


@pytest.mark.long
def test_a_pack_with_words_of_its_own_is_chosen_by_term_and_day_as_others_are(issued_term: Path) -> None:
    said = {"new.yaml": issued_term / "plan.yaml", "old.yaml": COMPLIANT}
    for name, source in said.items():
        target = issued_term / "plans" / name
        target.parent.mkdir(exist_ok=True)
        shutil.copy(source, target)
        for suffix in (".xlsx", ".docx", ".json"):
            assert thamdinh("convert", target, target.with_suffix(suffix), "--directive", "auto").returncode == 0
    lines = [
        json.dumps(
            yaml.safe_load(
                path.read_text(encoding="utf-8"),
            ),
            default=str,
        )
        for path in said.values()
    ]
    (issued_term / "plans" / "both.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for command in ("lint", "audit"):
        told = json.loads(thamdinh(command, issued_term / "plans", "--format", "json").stdout)["plans"]
        assert {plan["status"] for plan in told} == {"compliant"}
        chosen = {Path(plan["file"]).name: plan["directive"] for plan in told}
        assert {name for name, by in chosen.items() if by == "vinh-long-minh-hoa-2027"} >= {
            "new.yaml", "new.xlsx", "new.docx", "new.json"
        }  # fmt: skip
        assert {chosen[name] for name in chosen if name.startswith("old.")} == {"ben-tre-2017"}


@pytest.mark.long
def test_what_is_wrong_is_told_in_the_words_of_the_pack_that_the_document_is_for(issued_term: Path) -> None:
    path = issued_term / "plan.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("special_zone", "special_zoen"), encoding="utf-8")
    [plan] = json.loads(thamdinh("lint", path, "--format", "json").stdout)["plans"]
    assert [(item["code"], "đặc khu" in item["message"]["vi"] + item["fix"]["vi"]) for item in plan["problems"]] == [
        ("PL002", True)
    ]


@pytest.mark.long
def test_two_packs_with_different_words_that_are_for_a_plan_alike_are_a_tie(issued_term: Path) -> None:
    folder = issued_term / "rules" / "vinh_long_minh_hoa_2027"
    other = shutil.copytree(folder, issued_term / "rules" / "vinh_long_khac") / "directive.yaml"
    text = other.read_text(encoding="utf-8").replace("id: vinh-long-minh-hoa-2027", "id: vinh-long-khac")
    other.write_text(text.replace("{vi: đặc khu,", "{vi: đặc khu kinh tế,"), encoding="utf-8")
    [plan] = json.loads(thamdinh("lint", issued_term / "plan.yaml", "--format", "json").stdout)["plans"]
    assert [item["code"] for item in plan["problems"]] == ["DR002"]
    named = thamdinh("lint", issued_term / "plan.yaml", "--directive", "vinh-long-khac")
    assert named.returncode == 0, named.stdout


@pytest.mark.long
def test_plans_never_choose_an_illustration() -> None:
    assert for_plans(map(ruleset, issued())) == ["ben-tre-2017"]
    read = {name: read_pack(name) for name in available()}
    chosen_among = {name: pack for name, pack in read.items() if not pack.directive.illustration}
    assert {name: pack.document for name, pack in issued().items()} == {name: judged_by(name) for name in chosen_among}
    for name, pack in chosen_among.items():
        assert issued()[name].worded == bool(pack.directive.vocabulary)
    for directive in (None, "auto"):
        assert for_plans(rulesets_of(directive)) == ["ben-tre-2017"]
        assert not is_named(directive)
    assert [one.directive for one in rulesets_of("huyen-minh-hoa-2017")] == ["huyen-minh-hoa-2017"]


OUTSIDE = {
    "another term": [{"set": "organization.term", "value": "2025-2030"}],
    "ten years on": [
        {"set": "conference.sessions[0].start", "value": "2027-12-28T07:30"},
        {"set": "conference.sessions[0].end", "value": "2027-12-28T11:00"},
        {"remove": "conference.sessions[1]"},
    ],
    "the day before": [
        {"set": "conference.sessions[0].start", "value": "2017-12-12T07:30"},
        {"set": "conference.sessions[0].end", "value": "2017-12-12T11:00"},
    ],
}


@pytest.mark.parametrize("outside", OUTSIDE)
@pytest.mark.parametrize("kind", ["commune", "police"])
def test_a_plan_that_no_pack_is_for_has_no_verdict_but_by_a_pack_that_is_named(
    tmp_path: Path, outside: str, kind: str
) -> None:
    plan = tmp_path / "plan.json"
    changes = [*OUTSIDE[outside], {"set": "organization.kind", "value": kind}]
    plan.write_text(json.dumps(changed(base_plan(), changes), ensure_ascii=False))
    for given in (Settings(), Settings(directive="auto")):
        run = lint([str(plan)], given)
        [verdict] = run.report.verdicts
        assert (run.status, verdict.status) == (2, "invalid")
        assert [problem.code for problem in verdict.problems] == ["DR001"]
    run = lint([str(plan)], Settings(directive="ben-tre-2017"))
    [verdict] = run.report.verdicts
    assert verdict.status != "invalid"
    [notice] = verdict.notices
    assert notice.code == "NT005"
    assert notice.place.file == str(plan)
    document: Any = run.report.to_json()
    assert [item["code"] for item in document["notices"]] == ["NT005"]


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "pdf"])
def test_every_output_says_that_the_pack_was_not_made_for_the_plan(tmp_path: Path, form: str) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(changed(base_plan(), OUTSIDE["another term"]), ensure_ascii=False))
    report = lint([str(plan)], Settings(directive="ben-tre-2017"), outlined=True, show_passed=True).report
    written = render(form, report, Options())
    if FORMATS[form].binary:
        with ZipFile(BytesIO(written)) as archive:
            written = archive.read("word/document.xml")
    assert b"NT005" in written
    assert "không dành cho kế hoạch này".encode() in written


def test_a_plan_without_sessions_is_judged_and_its_day_is_told_to_be_unknown(tmp_path: Path) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(changed(base_plan(), [{"set": "conference.sessions", "value": []}])))
    run = lint([str(plan)], Settings())
    [verdict] = run.report.verdicts
    assert [notice.code for notice in verdict.notices] == ["NT005"]
    assert "TD101" in {finding.rule for finding in verdict.findings}


@pytest.mark.parametrize("term", ["2015-2020", "2015 – 2020", " 2015—2020 ", "2015 2020"])
def test_a_term_is_the_same_however_it_is_typed(term: str) -> None:
    assert checked([{"set": "organization.term", "value": term}], [PACKS[0]]).directive == "ben-tre-2017"


def test_every_shipped_illustration_says_so_in_its_title() -> None:
    shipped = {pack.directive: pack for pack in PACKS}
    illustrations = {"cong-an-minh-hoa-2017", "huyen-minh-hoa-2017", "vinh-long-minh-hoa-2027"}
    assert set(shipped) == {"ben-tre-2017", "kiem-phieu-2017", *illustrations}
    for pack in PACKS:
        assert pack.applies is not None
        assert pack.applies.illustration is ("MINH HỌA" in pack.title.vi) is ("ILLUSTRATION" in pack.title.en)
        assert pack.applies.illustration is (pack.directive in illustrations)


@pytest.mark.usefixtures("all_issued")
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


@pytest.mark.parametrize(
    ("named", "directive"), [(None, "ben-tre-2017"), (AUTO, "ben-tre-2017"), ("another", "another")]
)
def test_the_directive_of_a_plan_is_the_one_that_is_named_or_else_the_one_for_it(
    named: str | None, directive: str
) -> None:
    document = read("plan.json", json.dumps(base_plan()).encode())
    assert directive_for(read_plan(document), document, named) == directive
