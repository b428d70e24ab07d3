"""`thamdinh rules impact`: whom a change of a pack hits, against both verdicts of every plan."""

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.appraisal import ROOT
from tests.command_line import BREACHED, thamdinh

pytestmark = pytest.mark.long
PACK = ROOT / "rules" / "ben_tre_2017"


def pack(folder: Path, name: str, **changes: str) -> Path:
    """A copy of the pack under another id, with texts of its directive replaced."""
    copy = folder / name
    shutil.copytree(PACK, copy, ignore=shutil.ignore_patterns("review"))
    directive = copy / "directive.yaml"
    text = directive.read_text(encoding="utf-8").replace("id: ben-tre-2017", f"id: {name}", 1)
    for before, after in {"[1, 1.5]": changes.get("days", "[1, 1.5]")}.items():
        assert before in text
        text = text.replace(before, after, 1)
    directive.write_text(text, encoding="utf-8")
    return copy


def impact(*arguments: object) -> tuple[int, Any]:
    done = thamdinh("rules", "impact", *arguments, "--format", "json", "--no-plan", "-q")
    return done.returncode, json.loads(done.stdout)


def verdicts(directive: object, plans: Path) -> dict[str, Any]:
    done = thamdinh("audit", plans, "--directive", directive, "--format", "jsonl", "-q")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {item["file"]: item for item in found if "file" in item}


def told(verdict: Any) -> Counter[tuple[str, str]]:
    return Counter((finding["rule"], finding["severity"]) for finding in verdict["findings"])


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    file = folder / "plans.jsonl"
    arguments = ("--plans", 60, "--seed", 3, "--breach-rate", 0.5, "--participants", 10, "--across-rate", 0.2)
    assert thamdinh("generate", file, *arguments).returncode == 0
    with file.open("a", encoding="utf-8") as lines:
        lines.write('{"schema": 1}\n')
    return file


def test_whoever_turns_and_whatever_comes_or_goes_is_what_two_audits_say(plans: Path, tmp_path: Path) -> None:
    new = pack(tmp_path, "sua-doi", days="[1, 1]")
    status, found = impact("ben-tre-2017", new, plans)
    before, after = verdicts("ben-tre-2017", plans), verdicts(new, plans)
    assert set(before) == set(after)
    flows = Counter((before[place]["status"], after[place]["status"]) for place in before)
    assert {(flow["old"], flow["new"]): flow["plans"] for flow in found["flows"]} == flows
    assert flows["compliant", "non_compliant"] > 0
    assert flows["invalid", "invalid"] == 1
    assert status == 2, "a plan could not be appraised"
    turned = {place for place in before if before[place]["status"] != after[place]["status"]}
    assert {plan["place"] for plan in found["turned"]} == turned
    plans_by_change: Counter[tuple[str, str, str]] = Counter()
    for place in before:
        old, now = told(before[place]), told(after[place])
        plans_by_change.update({("new", *key) for key in now - old} | {("gone", *key) for key in old - now})
    assert {
        (item["change"], item["rule"], item["severity"]): item["plans"] for item in found["rules"]
    } == plans_by_change
    for item in found["rules"]:
        assert told(after[item["place"]])[item["rule"], item["severity"]] > 0
    for group in ("by_district", "by_kind"):
        assert sum(flow["plans"] for entry in found[group] for flow in entry["flows"]) == len(before)


def test_a_pack_against_itself_turns_nobody_and_the_way_back_is_the_way_there_turned_round(
    plans: Path, tmp_path: Path
) -> None:
    good = tmp_path / "good.jsonl"
    good.write_text("".join(plans.read_text("utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    new = pack(tmp_path, "sua-doi", days="[1, 1]")
    status, found = impact("ben-tre-2017", "ben-tre-2017", good)
    assert (status, found["rules"], found["turned"], found["altered"]) == (0, [], [], [])
    there, back = impact("ben-tre-2017", new, good), impact(new, "ben-tre-2017", good)
    assert there[0] == back[0] == 1
    turned_round = [(flow["new"], flow["old"], flow["plans"], flow["smallest"]) for flow in back[1]["flows"]]
    assert sorted(turned_round, key=str) == sorted(
        ((flow["old"], flow["new"], flow["plans"], flow["smallest"]) for flow in there[1]["flows"]), key=str
    )


def test_another_severity_is_told_as_such(plans: Path, tmp_path: Path) -> None:
    new = pack(tmp_path, "nang-hon")
    rules = new / "attendance.yaml"
    severities = re.findall(r"severity: (\w+)", "".join(p.read_text("utf-8") for p in sorted(new.glob("*.yaml"))))
    assert "warning" in severities
    for file in sorted(new.glob("*.yaml")):
        file.write_text(file.read_text("utf-8").replace("severity: warning", "severity: error"), encoding="utf-8")
    assert rules.exists()
    _, found = impact("ben-tre-2017", new, plans)
    warned = sum(
        any(f["severity"] == "warning" for f in v["findings"]) for v in verdicts("ben-tre-2017", plans).values()
    )
    assert warned
    assert {item["change"] for item in found["rules"]} == {"graded"}
    assert all(item["severity"] == "error" for item in found["rules"])


def test_words_and_the_page_say_what_the_data_says_in_both_languages(plans: Path, tmp_path: Path) -> None:
    new = pack(tmp_path, "sua-doi", days="[1, 1]")
    _, found = impact("ben-tre-2017", new, plans)
    count = next(f["plans"] for f in found["flows"] if (f["old"], f["new"]) == ("compliant", "non_compliant"))
    page = tmp_path / "impact.html"
    done = thamdinh("rules", "impact", "ben-tre-2017", new, plans, "-o", page, "--store", tmp_path / "kept.duckdb")
    assert f"61 kế hoạch: {count} kế hoạch đạt → chưa đạt" in done.stdout
    assert "kế hoạch nhỏ nhất" in done.stdout.lower()
    html = page.read_text("utf-8")
    assert f"đạt → chưa đạt: {count}" in html
    assert html.count('<path class="') == len(found["flows"])
    assert "TD101" in html
    book = tmp_path / "impact.xlsx"
    assert thamdinh("rules", "impact", "ben-tre-2017", new, plans, "-o", book, "--no-plan", "-q").returncode == 2
    sheets = openpyxl.load_workbook(book)
    [turned] = [sheet for sheet in sheets if sheet.title == "Kế hoạch đổi kết luận"]
    assert {row[1].value for row in turned.iter_rows(min_row=3)} == {plan["place"] for plan in found["turned"]}
    english = thamdinh("rules", "impact", "ben-tre-2017", new, plans, "--no-plan", "--lang", "en",
                       "--store", tmp_path / "kept.duckdb")  # fmt: skip
    assert f"61 plans: {count} compliant → non-compliant" in english.stdout


def test_what_it_may_not_write_or_read_is_refused_before_anything_is_judged(plans: Path, tmp_path: Path) -> None:
    for arguments in (
        ("ben-tre-2017", "nowhere", plans),
        ("ben-tre-2017", "ben-tre-2017", plans, "-o", plans.with_suffix(".xyz")),
        ("ben-tre-2017", "ben-tre-2017", tmp_path / "missing.jsonl"),
    ):
        done = thamdinh("rules", "impact", *arguments, "-q")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert any(name in done.stderr + done.stdout for name in ("nowhere", "missing.jsonl", ".html"))


def test_minutes_are_judged_by_both_packs_and_called_minutes(tmp_path: Path) -> None:
    new, minutes = tmp_path / "moi-nguoi", ROOT / "examples" / "minutes" / "compliant"
    shutil.copytree(ROOT / "rules" / "kiem_phieu_2017", new, ignore=shutil.ignore_patterns("review"))
    directive = new / "directive.yaml"
    before = directive.read_text(encoding="utf-8")
    after = before.replace("id: kiem-phieu-2017", "id: moi-nguoi", 1).replace('value: "2/3"', 'value: "99/100"', 1)
    directive.write_text(after, encoding="utf-8")
    status, found = impact("kiem-phieu-2017", new, minutes)
    old, now = verdicts("kiem-phieu-2017", minutes), verdicts(new, minutes)
    turned = {place for place in old if old[place]["status"] != now[place]["status"]}
    assert len(old) == 3
    assert {one["place"] for one in found["turned"]} == turned
    assert turned, "everybody has to be there now"
    assert status == 1
    told = [
        thamdinh("rules", "impact", "kiem-phieu-2017", new, minutes, "--no-plan", "-q", "--lang", language).stdout
        for language in ("vi", "en")
    ]
    assert f"3 biên bản: {len(turned)} biên bản đạt → chưa đạt" in told[0]
    assert "kế hoạch" not in told[0]
    assert not re.search(r"\bplans?\b", told[1])


def test_of_several_findings_of_a_rule_on_the_smallest_plan_the_first_by_its_subject_is_the_example(
    tmp_path: Path,
) -> None:
    plan = tmp_path / "plan.yaml"
    shutil.copy(BREACHED, plan)
    _, found = impact(ROOT / "tests" / "packs" / "small", PACK, plan)
    (example,) = (
        rule["message"]["vi"] for rule in found["rules"] if (rule["rule"], rule["change"]) == ("TD501", "new")
    )
    (verdict,) = verdicts(PACK, plan).values()
    of_rule = [finding for finding in verdict["findings"] if finding["rule"] == "TD501"]
    assert len(of_rule) > 1
    assert example == min(of_rule, key=lambda finding: finding["subject"]["id"])["message"]["vi"]
