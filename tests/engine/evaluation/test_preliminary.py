"""What is found in a plan before it can be appraised stays, however the plan is mended where it is wrong."""

import csv
import io
import json
from collections.abc import Iterator
from copy import deepcopy
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.appraisal import base_plan
from tests.command_line import EXAMPLES
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation.appraisal import appraise
from thamdinh.engine.evaluation.verdict import Report, Verdict
from thamdinh.engine.evaluation.wording import Showing
from thamdinh.engine.lint.selection import judge_of
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.model.description import Field
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.reporters import FORMATS, Options, render
from thamdinh.engine.reporters.annotation.marks import marks
from thamdinh.engine.reporters.sheet import sheet_values

KNOWN = description()
BREACHED = sorted((EXAMPLES / "breached").glob("*.yaml"))
TIMES = ("2017-12-28T06:00", "2017-12-28T07:30", "2017-12-28T13:00", "2017-12-29T08:00", "2017-12-30T16:00")


JUDGE = judge_of(Settings())


def verdict(data: dict[str, Any]) -> Verdict:
    document = read("plan.json", json.dumps(data).encode())
    return appraise("plan.json", lambda: (document, None), JUDGE, Showing(preliminary=True)).verdict


def said(found: Any) -> set[tuple[str, str]]:
    return {(finding.rule, finding.subject.id) for finding in found}


def cells(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[Any, Any, Field]]:
    """Every place of a value: what it stands in, its key, and its field."""
    for key, value in data.items() if isinstance(data, dict) else ():
        field = KNOWN.at("/" + "/".join((*path, key)))
        assert field is not None
        if field.type in ("rows", "record"):
            for row in value if isinstance(value, list) else [value]:
                yield from cells(row, (*path, key))
        else:
            yield data, key, field


def others(field: Field, data: dict[str, Any], random: Random) -> Any:
    """Another value that a field may have."""
    match field.type:
        case "member":
            return random.choice(KNOWN.enumerations[field.of or ""].members).name
        case "set":
            names = [member.name for member in KNOWN.enumerations[field.of or ""].members]
            return random.sample(names, random.randint(1, len(names)))
        case "boolean":
            return random.random() < 0.5
        case "instant":
            return random.choice(TIMES)
        case "count":
            return random.choice((0, 1, 5))
        case "reference":
            return random.choice(data[(field.to or "").strip("/")])["id"]
        case "list":
            rows = data[field.to.strip("/")] if field.to else []
            return [row["id"] for row in random.sample(rows, min(3, len(rows)))] or ["Cấp ủy khác"]
        case "version":
            return 1
    return random.choice(("khác", "Huyện ủy khác", "2015-2020", "x9"))


@pytest.mark.long
@pytest.mark.parametrize("path", BREACHED, ids=lambda path: path.stem)
def test_preliminary_findings_stay_whatever_is_written_where_the_plan_is_wrong(path: Any) -> None:
    original, random = read(str(path), path.read_bytes()).data, Random(path.stem)
    found = 0
    places = [(key, field) for _, key, field in cells(original)]
    for number in random.sample(range(len(places)), 8):
        broken = deepcopy(original)
        container, key, field = [*cells(broken)][number]
        container[key] = {"không": "rõ"}
        early = verdict(broken)
        assert early.status == "invalid"
        found += len(early.preliminary)
        for _ in range(2):
            container[key] = others(field, broken, random)
            mended = verdict(json.loads(json.dumps(broken)))
            if mended.status != "invalid":
                assert said(early.preliminary) <= said(mended.findings), (field.name, container)
        container[key] = {"không": "rõ"}
    assert found


def test_a_key_that_is_lacking_leaves_its_rows_in_doubt_and_all_else_is_judged() -> None:
    data = base_plan()
    data["reports"][0] |= {"contents": ["year_end_review", "mid_term_review"]}
    del data["participants"][2]["standing"]
    early = verdict(data)
    assert "TD201" in {finding.rule for finding in early.preliminary}
    assert early.open_rules
    assert not early.findings


def test_what_was_not_read_leaves_everything_in_doubt() -> None:
    data = base_plan()
    data["reports"][0] |= {"contents": ["year_end_review", "mid_term_review"]}
    data["bao_cao"] = []
    assert not verdict(data).preliminary


def test_cells_references_and_times_are_told_at_once() -> None:
    data = base_plan()
    data["participants"][2]["standing"] = "khách mời"
    data["confidence_votes"][0]["ballots"] = ["p01", "p99"]
    data["conference"]["sessions"][0]["end"] = "2017-12-28T06:00"
    with pytest.raises(Unreadable) as refused:
        read_plan(read("plan.json", json.dumps(data).encode()))
    assert sorted(problem.code for problem in refused.value.problems) == ["PL002", "PL003", "PL005"]


def test_nothing_is_told_of_what_stands_in_for_a_cell() -> None:
    data = base_plan()
    data["participants"][0]["id"] = 7
    with pytest.raises(Unreadable) as refused:
        read_plan(read("plan.json", json.dumps(data).encode()))
    assert {problem.code for problem in refused.value.problems} == {"PL002"}
    assert not any("?" in problem.message.en for problem in refused.value.problems)


def test_no_card_of_a_broken_plan_shows_in_what_is_found_early() -> None:
    data = base_plan()
    data["reports"][0] |= {"title": "Báo cáo 83987654", "contents": ["year_end_review", "mid_term_review"]}
    data["participants"][2] |= {"party_card": ["83987654"]}
    text = json.dumps([finding.message.vi + finding.fix.vi for finding in verdict(data).preliminary])
    assert "83987654" not in text


def test_every_way_to_show_a_preliminary_finding_says_that_it_is_one() -> None:
    data = base_plan()
    data["reports"][0] |= {"contents": ["year_end_review", "mid_term_review"]}
    data["participants"][2]["standing"] = "khách mời"
    early = verdict(data)
    shown = [mark.message for mark in marks(early, "vi") if mark.code.startswith("TD201")]
    assert shown
    assert all(message.startswith("(sơ bộ) ") for message in shown)
    report = Report("", (early,))
    for form in FORMATS.keys() - {"json", "docx", "pdf"}:
        assert "sơ bộ" in render(form, report, Options()).decode().split("PL002", 1)[1], form
    told = [entry for entry in sheet_values(report, early, "vi")["van_de"] if entry["ma"] == "TD201"]
    assert told
    assert all(entry["noi_dung"].startswith("(sơ bộ) ") for entry in told)


def test_no_format_counts_a_preliminary_finding_among_those_of_a_verdict() -> None:
    data = base_plan()
    data["reports"][0] |= {"contents": ["year_end_review", "mid_term_review"]}
    data["participants"][2]["standing"] = "khách mời"
    early = verdict(data)
    report = Report("", (early,))
    [run] = json.loads(render("sarif", report, Options()))["runs"]
    results = [result for result in run["results"] if result["ruleId"] == "TD201"]
    assert results
    assert {(result["kind"], result["level"]) for result in results} == {("open", "none")}
    suites = ElementTree.fromstring(render("junit", report, Options()))
    assert suites.get("failures") == "0"
    assert {child.tag for case in suites.iter("testcase") if "TD201" in case.get("name", "") for child in case} == {
        "skipped"
    }
    rows = [*csv.DictReader(io.StringIO(render("csv", report, Options()).decode("utf-8-sig")))]
    assert {row["Loại"] for row in rows if row["Mã"] == "TD201"} == {"sơ bộ"}
    lines = render("github", report, Options()).decode().splitlines()
    assert all(line.startswith("::notice ") for line in lines if "TD201" in line)
    content = sheet_values(report, early, "vi")
    assert (content["cac_dieu"], set(content["so"].values())) == ([], {0})


def test_a_preliminary_finding_says_by_which_pack_it_is_found() -> None:
    data = base_plan()
    data["participants"][2]["standing"] = "khách mời"
    assert verdict(data).directive is None  # nothing is found yet
    data["conference"]["discussions"] = []
    assert verdict(data).directive == "ben-tre-2017"
    data["organization"]["kind"] = "thôn"  # nor is it known, then, which pack is for the plan
    assert verdict(data).directive is None
