"""SARIF: valid by the official schema, read back by an independent consumer, and saying what the verdict says."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sarif.loader import load_sarif_file

from tests.appraisal import CASES
from tests.reports import EXAMPLES, HOSTILE, SMALL, breached_workbook, everything, hostile, of, report_on
from thamdinh.engine.evaluation.verdict import Report
from thamdinh.engine.reporters import Options, render
from thamdinh.engine.reporters.sarif import message_text

BREACHED = EXAMPLES / "breached" / "lay-phieu.yaml"


@cache
def validator() -> jsonschema.Draft4Validator:
    return jsonschema.Draft4Validator(json.loads((CASES / "sarif" / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))


def sarif(report: Report, **options: Any) -> Any:
    return json.loads(render("sarif", report, Options(**options)))


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "report",
    [
        pytest.param(everything, id="everything"),
        pytest.param(of, id="nothing"),
        pytest.param(lambda: report_on("nowhere.yaml"), id="no file"),
        pytest.param(lambda: report_on(EXAMPLES / "compliant", directive=str(SMALL)), id="another directive"),
    ],
)
def test_every_log_is_valid_by_the_official_schema(report: Any, language: str) -> None:
    assert [error.message for error in validator().iter_errors(sarif(report(), language=language))] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_leave_the_log_valid_and_form_no_link_or_placeholder(name: str) -> None:
    log = sarif(hostile(name))
    assert list(validator().iter_errors(log)) == []
    for result in log["runs"][0]["results"]:
        text = result["message"]["text"].replace("\\]", "").replace("{{", "").replace("}}", "")
        assert "](" not in text
        assert "{0}" not in text
        assert text.isprintable()


def test_each_finding_is_a_result_at_its_place() -> None:
    report = report_on(BREACHED)
    (verdict,) = report.verdicts
    (run,) = sarif(report)["runs"]
    rules = run["tool"]["driver"]["rules"]
    levels = {"error": "error", "warning": "warning", "advice": "note"}
    assert len(run["results"]) == len(verdict.findings)
    for finding, result in zip(verdict.findings, run["results"], strict=True):
        assert (result["ruleId"], result["kind"]) == (finding.rule, "fail")
        assert result["level"] == levels[finding.severity]
        assert rules[result["ruleIndex"]]["id"] == finding.rule
        assert finding.message.vi in result["message"]["text"]
        assert finding.fix.vi in result["message"]["text"]
        (location,) = result["locations"]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (finding.place.line, finding.place.column)
        line = BREACHED.read_text("utf-8").splitlines()[region["startLine"] - 1]
        assert location["physicalLocation"]["contextRegion"]["snippet"]["text"] == line


def test_a_finding_in_a_workbook_is_at_a_logical_location(tmp_path: Path) -> None:
    log = sarif(report_on(breached_workbook(tmp_path)))
    assert list(validator().iter_errors(log)) == []
    (result,) = log["runs"][0]["results"]
    (location,) = result["locations"]
    assert "region" not in location["physicalLocation"]
    assert re.fullmatch(r"[^!]+![A-Z]+\d+", location["logicalLocations"][0]["fullyQualifiedName"])


def test_rules_explain_themselves() -> None:
    for language in ("vi", "en"):
        (run,) = sarif(report_on(BREACHED), language=language)["runs"]
        rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
        assert len(rules) == 21
        voting = rules["TD501"]
        assert voting["properties"]["tags"] == ["D10", "D11"]
        assert voting["defaultConfiguration"] == {"level": "error"}
        assert "D10" in voting["help"]["text"]
        assert "```yaml" in voting["help"]["markdown"]
        assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules.values())


def test_only_the_rules_of_the_run_are_listed() -> None:
    (run,) = sarif(report_on(BREACHED, select=("TD50",)))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [f"TD50{number}" for number in range(1, 6)]


def fingerprints(report: Report) -> list[tuple[str, str]]:
    return sorted(
        (result["ruleId"], result["partialFingerprints"]["thamdinhSubject/v1"])
        for run in sarif(report)["runs"]
        for result in run["results"]
    )


def test_a_fingerprint_survives_moved_lines_and_tells_subjects_apart(tmp_path: Path) -> None:
    plan = tmp_path / "plan.yaml"
    plan.write_bytes(BREACHED.read_bytes())
    before = report_on(plan)
    plan.write_text("# một dòng mới\n\n" + BREACHED.read_text("utf-8"), encoding="utf-8")
    after = report_on(plan)
    assert before.verdicts[0].findings[0].place != after.verdicts[0].findings[0].place
    assert fingerprints(before) == fingerprints(after)
    assert len(set(fingerprints(before))) == len(before.verdicts[0].findings)


def test_a_waived_finding_is_suppressed_with_its_reason_and_the_others_are_said_not_to_be() -> None:
    runs = [run["results"] for run in sarif(everything())["runs"]]
    told = [{"suppressions" in result for result in results} for results in runs]
    assert told.count({True}) == 1  # in the run of the directive whose finding is waived; of others nothing is said
    assert {True, False} not in told
    suppressed = [result for results in runs for result in results if result.get("suppressions")]
    assert [result["suppressions"] for result in suppressed] == [
        [{"kind": "external", "status": "accepted", "justification": "không tính: Tỉnh ủy đồng ý; 15-CV/HU"}]
    ]
    assert "suppressions" not in sarif(report_on(BREACHED))["runs"][0]["results"][0]


def test_what_held_and_what_does_not_apply_are_results_where_asked() -> None:
    force = EXAMPLES / "compliant" / "cong-an-huyen-ba-tri.yaml"
    (run,) = sarif(report_on(force, passes=True))["runs"]
    kinds = {result["ruleId"]: result for result in run["results"]}
    assert kinds["TD601"]["kind"] == "pass"
    assert kinds["TD101"]["kind"] == "notApplicable"
    assert kinds["TD101"]["message"]["text"].startswith("D15: ")
    assert {result["level"] for result in run["results"]} == {"none"}
    assert sarif(report_on(force))["runs"][0]["results"] == []


def test_a_problem_of_a_plan_is_a_result_and_a_failure_of_the_engine_a_notification() -> None:
    (run,) = sarif(report_on(EXAMPLES / "invalid" / "sai-tham-chieu.yaml"))["runs"]
    assert {result["ruleId"] for result in run["results"]} == {"PL003"}
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]
    assert run["artifacts"][0]["properties"]["status"] == "invalid"
    report = everything()
    notices = [notice.code for notice in report.notices]
    assert "WV002" in notices
    runs = sarif(report)["runs"]
    assert "EN001" not in {result["ruleId"] for run in runs for result in run["results"]}
    told = {
        (
            "ke-hoach.yaml" in [item["location"]["uri"] for item in run["artifacts"]],
            invocation["executionSuccessful"],
            *(item["descriptor"]["id"] for item in invocation["toolExecutionNotifications"]),
        )
        for run in runs
        for invocation in run["invocations"]
    }
    assert told == {(True, False, "EN001", *notices), (False, True, *notices)}


def test_plans_checked_against_two_directives_give_two_runs() -> None:
    ours, other = report_on(BREACHED), report_on(BREACHED, directive=str(SMALL))
    both = Report("x", ours.verdicts + other.verdicts, handbooks=ours.handbooks | other.handbooks)
    runs = sarif(both)["runs"]
    assert [run["properties"]["directive"] for run in runs] == ["ben-tre-2017", "small-illustration"]
    assert all(len(run["artifacts"]) == 1 for run in runs)


@pytest.mark.long
def test_an_independent_consumer_counts_the_same(tmp_path: Path) -> None:
    report = report_on(EXAMPLES / "breached")
    (tmp_path / "log.sarif").write_bytes(render("sarif", report, Options()))
    read = load_sarif_file(str(tmp_path / "log.sarif"))
    found = [finding.severity for verdict in report.verdicts for finding in verdict.findings]
    counted = read.get_report().get_issue_count_for_severity
    assert {level: counted(level) for level in ("error", "warning", "note")} == {
        "error": found.count("error"),
        "warning": found.count("warning"),
        "note": found.count("advice"),
    }
    records = read.get_records()
    assert {record["Code"] for record in records} == {
        finding.rule for verdict in report.verdicts for finding in verdict.findings
    }
    assert all(str(record["Location"]).endswith(".yaml") and int(record["Line"]) > 0 for record in records)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("[bấm](http://x)", "[bấm\\](http://x)"),
        ("covers: [purpose]", "covers: [purpose]"),
        ("{0} và {tên}", "{{0}} và {tên}"),
    ],
)
def test_message_text_has_no_links_and_no_placeholders(words: str, text: str) -> None:
    assert message_text(words) == text
