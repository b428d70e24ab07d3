"""Waivers and baselines: a finding that is waived stays, marked, and does not count; a stale waiver is told of."""

import datetime
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.appraisal import appraised, base_plan, found
from tests.plans import problems
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.lint.run import Run, lint
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.lint.waivers_check import check_waivers
from thamdinh.engine.model.changes import changed
from thamdinh.engine.waivers.baseline import read_baseline
from thamdinh.engine.waivers.waivers import Covering, Waivers, apply, read_waivers, waivers_in_force
from thamdinh.engine.waivers.waiving import Waiving

pytestmark = pytest.mark.usefixtures("in_this_process")

SETTINGS = Settings()
TODAY = datetime.date(2018, 1, 10)
ORGANIZATION = base_plan()["organization"]["name"]
WAIVER = {
    "rule": "TD501",
    "subject": "p02@dang-uy",
    "organization": ORGANIZATION,
    "reason": "Đang chữa bệnh dài ngày",
    "approved_by": "Ban Thường vụ Huyện ủy Châu Thành",
    "document": "15-CV/HU",
    "valid_until": "2018-06-30",
}
NO_BALLOTS = [{"set": "confidence_votes[dang-uy].ballots", "value": []}]
BREACHES = ["TD501 p01@dang-uy", "TD501 p02@dang-uy"]


def written(folder: Path, *waivers: dict[str, Any], name: str = "waivers.yaml") -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump({"schema": 1, "waivers": list(waivers)}, allow_unicode=True), encoding="utf-8")
    return path


def but(**changes: Any) -> dict[str, Any]:
    """The waiver with keys changed; None takes a key out."""
    return {key: value for key, value in {**WAIVER, **changes}.items() if value is not None}


def plan_file(folder: Path, changes: list[dict[str, Any]] = NO_BALLOTS, name: str = "plan.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(changed(base_plan(), changes), allow_unicode=True), encoding="utf-8")
    return path


def run(path: Path, settings: Settings = SETTINGS, **options: Any) -> Run:
    """A lint of the plan by the waivers beside it, as if they were in force."""
    file = path.with_name("waivers.yaml")
    waivers = waivers_in_force(str(file)) if file.exists() else Waivers()
    return lint([str(path)], settings, waiving=Waiving(waivers, today=TODAY, **options))


def counted(verdict: Verdict) -> list[str]:
    return sorted(f"{item.rule} {item.subject.id}" for item in verdict.findings if item.waived is None)


@pytest.mark.parametrize(
    ("waiver", "left"),
    [
        (but(), ["TD501 p01@dang-uy"]),
        (but(organization=None), ["TD501 p01@dang-uy"]),
        (but(subject=None), []),
        (but(valid_until="10/01/2018"), ["TD501 p01@dang-uy"]),  # it holds to the end of its day
        (but(valid_until="2018-01-09"), BREACHES),
        (but(rule="TD502"), BREACHES),
        (but(rule="TD5", subject=None), BREACHES),
        (but(subject="p02"), BREACHES),
        (but(organization="Đảng bộ xã khác"), BREACHES),
        (but(organization="ĐẢNG BỘ  xã phú  túc"), ["TD501 p01@dang-uy"]),
        (but(organization=unicodedata.normalize("NFD", ORGANIZATION)), ["TD501 p01@dang-uy"]),
        (but(organization="Đảng bộ xã Phú Tục"), BREACHES),
        (but(subject="P02@dang-uy"), BREACHES),
    ],
    ids=str,
)
def test_a_waiver_covers_its_rule_subject_and_organisation_until_its_day(
    tmp_path: Path, waiver: dict[str, Any], left: list[str]
) -> None:
    verdict = appraised(changed(base_plan(), NO_BALLOTS))
    marked = apply(verdict, Covering(read_waivers(written(tmp_path, waiver))), TODAY)
    assert counted(marked) == left
    assert found(marked) == found(verdict) == BREACHES
    assert (marked.status == "compliant") is (left == [])


def test_a_waived_finding_says_why_and_who_answers_for_it(tmp_path: Path) -> None:
    verdict = appraised(changed(base_plan(), NO_BALLOTS))
    marked = apply(verdict, Covering(read_waivers(written(tmp_path, WAIVER))), TODAY)
    [waived] = [finding.to_json()["waived"] for finding in marked.findings if finding.waived]
    names = ("reason", "approved_by", "document", "valid_until")
    assert waived == {"by": "waiver", **{name: WAIVER[name] for name in names}}


@pytest.mark.parametrize(
    ("waiver", "place", "words"),
    [
        (but(valid_until=None), "waivers.yaml:", "“valid_until”"),
        (but(valid_until="khi khỏi bệnh"), "waivers.yaml:", "ngày"),
        (but(valid_until=20180630), "waivers.yaml:", "ngày"),
        (but(reason=" "), "waivers.yaml:", "“reason”"),
        (but(approved_by="\u2800"), "waivers.yaml:", "“approved_by”"),
        (but(document="\u200b \u3164"), "waivers.yaml:", "“document”"),
        (but(subject="\u2060"), "waivers.yaml:", "“subject”"),
        (but(document=None), "waivers.yaml:", "“document”"),
        (but(approved_by=None), "waivers.yaml:", "“approved_by”"),
        (but(subject=None, organization=None), "waivers.yaml:", "organization"),
        (but(until="x"), "waivers.yaml:", "“until”"),
    ],
    ids=str,
)
def test_a_waiver_that_says_too_little_is_refused_with_its_place(
    tmp_path: Path, waiver: dict[str, Any], place: str, words: str
) -> None:
    [problem] = problems(lambda: read_waivers(written(tmp_path, waiver)))
    assert place in problem.place.describe()
    assert words in problem.message.vi + problem.fix.vi


@pytest.mark.parametrize(
    ("waiver", "codes"),
    [
        (but(), []),
        (but(valid_until="2018-01-09"), ["WV001"]),
        (but(valid_until="2018-01-10"), ["WV002"]),
        (but(valid_until="2018-01-24"), ["WV002"]),
        (but(valid_until="2018-01-25"), []),
        (but(subject="p99@dang-uy"), ["WV003"]),
        (but(rule="TD599", organization=None), ["PL003"]),
        (but(subject="p99@dang-uy", organization=None), []),  # it may be for another plan
    ],
    ids=str,
)
def test_a_stale_waiver_is_told_of_in_the_lint(tmp_path: Path, waiver: dict[str, Any], codes: list[str]) -> None:
    written(tmp_path, waiver)
    assert [notice.code for notice in run(plan_file(tmp_path)).report.notices] == codes


def test_waivers_are_named_or_lie_in_the_current_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, but(subject=None))
    monkeypatch.chdir(tmp_path.parent)
    assert waivers_in_force() == Waivers()
    assert waivers_in_force(str(file)).waivers == read_waivers(file)
    monkeypatch.chdir(tmp_path)
    assert waivers_in_force().file == Path("waivers.yaml")
    assert waivers_in_force(str(written(tmp_path, WAIVER, WAIVER, name="b.yml"))).file == tmp_path / "b.yml"
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert waivers_in_force() == Waivers()


def test_a_file_that_the_command_named_and_that_is_not_there_ends_the_run(tmp_path: Path) -> None:
    assert problems(lambda: waivers_in_force(str(tmp_path / "w.yaml"), named=True))
    [problem] = waivers_in_force(str(tmp_path / "w.yaml")).problems
    assert problem.place.file == str(tmp_path / "w.yaml")


def test_waivers_of_other_organisations_and_of_rules_left_out_are_not_spoken_of(tmp_path: Path) -> None:
    written(tmp_path, but(organization="Đảng bộ xã khác"), but(rule="TD101", subject="plan"))
    plan = plan_file(tmp_path)
    assert [notice.code for notice in run(plan).report.notices] == ["WV003"]
    ignoring = run(plan, Settings(ignore=("TD1",)))
    assert ignoring.report.notices == ()


def test_a_rule_that_only_audits_check_is_not_missed_in_a_lint(tmp_path: Path) -> None:
    written(tmp_path, but(rule="TD507"))
    assert run(plan_file(tmp_path)).report.notices == ()


def test_check_takes_the_rules_of_every_issued_pack_when_each_plan_chooses_its_own(tmp_path: Path) -> None:
    path = written(tmp_path, but(), but(rule="CA101"), but(rule="TD101", subject="plan"))
    plan_file(tmp_path)
    told = check_waivers(path, [str(tmp_path)], Settings("auto"), TODAY).notices
    assert [notice.code for notice in told] == ["PL003", "WV003"]


def test_check_goes_by_the_settings_in_force(tmp_path: Path) -> None:
    path = written(tmp_path, but(rule="HM101", organization=None), but(rule="TD501"))
    settings = Settings("huyen-minh-hoa-2017", ignore=("TD501",))
    plan_file(tmp_path / "xa")
    told = check_waivers(path, [str(tmp_path)], settings, TODAY).notices
    assert [notice.code for notice in told] == ["WV003", "WV003", "NT005"]
    assert "TD501 không được kiểm tra" in told[1].message.vi
    assert [notice.code for notice in run(plan_file(tmp_path), settings).report.told] == []


def test_where_no_pack_can_be_read_nothing_is_judged(tmp_path: Path) -> None:
    path = written(tmp_path, but(organization=None))
    [problem] = problems(lambda: check_waivers(path, [str(plan_file(tmp_path))], Settings("khong-co"), TODAY))
    assert "khong-co" in problem.message.vi


def test_a_broken_file_of_waivers_waives_nothing_and_is_never_passed_over(tmp_path: Path) -> None:
    written(tmp_path, but(valid_until=None, subject=None))
    checked = run(plan_file(tmp_path))
    assert counted(checked.report.verdicts[0]) == BREACHES
    assert [notice.code for notice in checked.report.notices] == ["PL002"]
    assert checked.status == 2


@pytest.mark.parametrize(
    ("waiver", "status", "codes"),
    [
        (but(), 0, []),
        (but(valid_until="2018-01-12"), 0, ["WV002"]),
        (but(valid_until="2018-01-01"), 1, ["WV001"]),
        (but(organization="Đảng bộ xã khác"), 1, ["WV003"]),
        (but(rule="TD599"), 1, ["PL003"]),
        (but(rule="TD507"), 0, ["WV006"]),  # only an audit of many plans can find it
        (but(rule="TD507", valid_until="2018-01-01"), 1, ["WV001"]),
    ],
    ids=str,
)
def test_check_judges_every_waiver_by_the_plans_under_it(
    tmp_path: Path, waiver: dict[str, Any], status: int, codes: list[str]
) -> None:
    path = written(tmp_path, waiver)
    plan_file(tmp_path / "xa")
    checked = check_waivers(path, [str(tmp_path)], SETTINGS, TODAY)
    assert ([notice.code for notice in checked.notices], checked.status) == (codes, status)


def test_a_baseline_marks_what_it_knows_and_only_new_findings_count(tmp_path: Path) -> None:
    plan = plan_file(tmp_path, [{"set": "confidence_votes[dang-uy].ballots", "value": ["p01"]}])
    path = tmp_path / ".baseline.json"
    run(plan, new_baseline=path)
    [after] = run(plan_file(tmp_path), baseline=path).report.verdicts
    assert found(after) == BREACHES
    assert counted(after) == ["TD501 p01@dang-uy"]


ANOTHER = {"set": "participants[p02].name", "value": "Nguyễn Thị Hoàn Toàn Khác"}
RESPACED = {"set": "participants[p02].name", "value": "TRẦN  Thị   Hoa"}
LATE = "confidence_votes[dang-uy].ballots_distributed_at"


@pytest.mark.parametrize("redact_names", [False, True])
@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        (NO_BALLOTS, [*NO_BALLOTS, ANOTHER], ["TD501 p02@dang-uy"]),
        (NO_BALLOTS, [*NO_BALLOTS, RESPACED], []),
        (NO_BALLOTS, [*NO_BALLOTS, {"set": "conference.venue", "value": "Nơi khác"}], []),
        ([{"set": LATE, "value": "2017-12-28T08:30"}], [{"set": LATE, "value": "2017-12-28T09:30"}], ["TD503 dang-uy"]),
    ],
    ids=["another person", "the same name", "what it does not rest on", "a longer breach"],
)
def test_a_baseline_knows_a_finding_by_its_evidence(
    tmp_path: Path, before: Any, after: Any, new: list[str], redact_names: bool
) -> None:
    path = tmp_path / ".baseline.json"
    for changes, options in ((before, {"new_baseline": path}), (after, {"baseline": path})):
        waiving = Waiving(today=TODAY, **options)
        [verdict] = lint(
            [str(plan_file(tmp_path, changes))], SETTINGS, waiving=waiving, redact_names=redact_names
        ).report.verdicts
    assert found(verdict)
    assert counted(verdict) == new


def test_a_baseline_says_nothing_of_names_without_the_key(tmp_path: Path) -> None:
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    plan = plan_file(tmp_path)
    for path, key in ((first, b"one"), (second, b"other")):
        run(plan, new_baseline=path, key=key)
        assert not re.search("Hoa|Bình|83[.]", path.read_text(encoding="utf-8"))
    one, other = (json.loads(path.read_text())["findings"] for path in (first, second))
    assert not {item["evidence"] for item in one} & {item["evidence"] for item in other}


@pytest.mark.parametrize("how", ["old", "other key"])
def test_a_baseline_that_can_not_tell_findings_knows_none_and_says_so(tmp_path: Path, how: str) -> None:
    plan, path = plan_file(tmp_path), tmp_path / ".baseline.json"
    run(plan, new_baseline=path)
    if how == "old":
        data = json.loads(path.read_text(encoding="utf-8"))
        findings = [{key: item[key] for key in ("organization", "rule", "subject")} for item in data["findings"]]
        path.write_text(json.dumps({"schema": 1, "written": data["written"], "findings": findings}), encoding="utf-8")
    again = run(plan, baseline=path, key=b"" if how == "old" else b"other")
    assert (again.status, counted(again.report.verdicts[0])) == (1, BREACHES)
    assert [notice.code for notice in again.report.told] == ["WV005"]


@pytest.mark.parametrize(
    ("waiver", "words"),
    [
        (
            but(organization="Đảng bộ xã Phú Tục"),
            f"không có văn bản nào của “Đảng bộ xã Phú Tục”; có phải “{ORGANIZATION}”?",
        ),
        (but(rule="TD101", subject="plan"), "TD101 không có phát hiện nào ở đó"),
        (but(subject="p09@dang-uy"), "phát hiện của TD501 là về p01@dang-uy, p02@dang-uy, không về p09@dang-uy"),
    ],
    ids=["organisation", "rule", "subject"],
)
def test_a_waiver_that_matches_nothing_says_what_it_did_not_match(
    tmp_path: Path, waiver: dict[str, Any], words: str
) -> None:
    path = written(tmp_path, waiver)
    plan_file(tmp_path)
    [told] = check_waivers(path, [str(tmp_path)], SETTINGS, TODAY).notices
    assert (told.code, words in told.message.vi) == ("WV003", True), told.message.vi


@pytest.mark.long
def test_a_run_writes_a_baseline_keeps_to_it_and_says_when_it_can_be_tightened(tmp_path: Path) -> None:
    plan, baseline = plan_file(tmp_path), tmp_path / ".baseline.json"
    assert run(plan, new_baseline=baseline).status == 0
    assert run(plan, baseline=baseline).status == 0
    plan_file(tmp_path, [{"set": "confidence_votes[dang-uy].ballots", "value": ["p02"]}])
    again = run(plan, baseline=baseline)
    assert again.status == 0
    assert [notice.code for notice in again.report.notices] == ["WV004"]
    plan_file(tmp_path, [{"remove": "confidence_votes[chi-uy]"}])
    assert run(plan, baseline=baseline).status == 1


@pytest.mark.parametrize("content", ["[]", "{}", '{"schema": 1, "findings": [1], "written": "x"}', "{", ""])
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "b.json"
    path.write_text(content, encoding="utf-8")
    assert problems(lambda: read_baseline(path))


def test_notices_stand_in_the_json_verdict_only_when_there_are_any(tmp_path: Path) -> None:
    plan = plan_file(tmp_path)
    assert "notices" not in run(plan).report.to_json()
    written(tmp_path, but(valid_until="2018-01-09"))
    report = json.loads(json.dumps(run(plan).report.to_json()))
    assert [notice["code"] for notice in report["notices"]] == ["WV001"]
