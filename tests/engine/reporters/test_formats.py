"""CSV, JUnit, GitHub annotations and Markdown: read back, each says what the verdict says, and hostile names are inert."""

import csv
import io
import re
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import openpyxl
import pytest
from markdown_it import MarkdownIt

from tests.programs import Office
from tests.reports import EXAMPLES, HOSTILE, breached_workbook, everything, hostile, of, report_on
from thamdinh.engine.base.inert import cell
from thamdinh.engine.base.text import nfc
from thamdinh.engine.evaluation.verdict import Report
from thamdinh.engine.reporters import FORMATS, Options, render

BREACHED = EXAMPLES / "breached" / "lay-phieu.yaml"
FORCE = EXAMPLES / "compliant" / "cong-an-huyen-ba-tri.yaml"
WRITTEN = [name for name, form in FORMATS.items() if not form.binary]
VIETNAMESE = re.compile("[đĐảạấầẩẫậắằẳẵặẻẽẹếềểễệỉĩịỏọốồổỗộớờởỡợủũụứừửữựỳỷỹỵ]")


def rows(report: Report) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render("csv", report, Options(language="en")).decode("utf-8-sig"))))


def cases(report: Report, options: Options | None = None) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(render("junit", report, options or Options())).iter("testcase"))


def annotations(report: Report) -> list[tuple[str, dict[str, str], str]]:
    """The annotations as GitHub reads them: level, properties, message."""
    found = []
    for line in render("github", report, Options()).decode().split("\n"):
        if match := re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line):
            properties = dict(item.split("=", 1) for item in match[2].split(","))
            found.append((match[1], {name: unquote(value) for name, value in properties.items()}, unquote(match[3])))
    return found


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_format_takes_every_report(name: str, language: str) -> None:
    for report in (everything(), of(), report_on("nowhere.yaml"), replace(report_on(BREACHED), handbooks={})):
        written = render(name, report, Options(language=language)).decode()
        assert written.endswith("\n")
        assert nfc(written) == written


@pytest.mark.parametrize("name", [name for name in WRITTEN if name != "json"])
def test_waivers_their_notices_and_failures_of_the_engine_are_in_every_format(name: str) -> None:
    written = render(name, everything(), Options()).decode().replace("\\", "")
    for words in ("Tỉnh ủy đồng ý", "15-CV/HU", "WV002", "Sắp hết hạn", "EN001"):
        assert words in written


@pytest.mark.parametrize("name", [name for name in WRITTEN if name != "json"])
def test_the_english_output_is_english(name: str) -> None:
    report = report_on(BREACHED, FORCE)
    said = render(name, report, Options(language="en")).decode()
    handbook = report.handbooks[report.directive]
    assert "How to mend it" in said or "fix" in said or report.verdicts[0].findings[0].fix.en in said
    for vietnamese in ("Cách sửa", "cảnh báo", "không áp dụng", handbook.title.vi, handbook.rules["TD501"].title.vi):
        assert vietnamese not in said


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_in_csv(name: str) -> None:
    for row in rows(hostile(name)):
        for value in row.values():
            assert not re.match(r"\s*[=+\-@\t\r]", value), value
            assert not re.search(r";\s*[=+\-@]", value), value
            assert value.isprintable()


def test_csv_opens_in_excel_and_has_a_row_for_each_thing_said() -> None:
    report = everything()
    assert render("csv", report, Options()).startswith(b"\xef\xbb\xbf")
    said = sum(
        len(verdict.findings) + len(verdict.problems) + len(verdict.passed or ()) + len(verdict.not_applicable)
        for verdict in report.verdicts
    )
    silent = sum(verdict.status == "compliant" and not verdict.findings for verdict in report.verdicts)
    assert len(rows(report)) == said + silent + len(report.notices)
    row = next(row for row in rows(report_on(BREACHED)) if row["Code"] == "TD501")
    assert (row["Kind"], row["Clause"], row["Subject"], row["Line"]) == ("error", "D10", "p12@dang-uy", "115")
    assert row["Message"].startswith("No ballot is taken on Huỳnh Thị Kiều")


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), (" -x", "' -x"), ("a;@b", "a;'@b"), ("＝x", "'＝x"), ("2015-2020", "2015-2020"), ("", "")],
)
def test_a_cell_is_never_a_formula(text: str, written: str) -> None:
    assert cell(text) == written


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_leaves_junit_well_formed(name: str) -> None:
    found = cases(hostile(name))
    assert {child.tag for case in found for child in case} <= {"failure", "system-out", "error"}


def test_junit_counts_what_it_holds_and_fails_from_the_level_asked_for() -> None:
    report = everything()
    suites = ElementTree.fromstring(render("junit", report, Options()))
    assert len(suites) == len(report.verdicts) + 1
    for element in (suites, *suites):
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(element.get(name, "")) == len(list(element.iter(tag)))
    findings = [finding for verdict in report.verdicts for finding in verdict.findings if finding.waived is None]
    for level, counted in (("error", 1), ("warning", 2), ("advice", 3), ("never", 0)):
        severities = ("error", "warning", "advice")[:counted]
        suites = ElementTree.fromstring(render("junit", report, Options(fail_on=level)))  # type: ignore[arg-type]
        assert int(suites.get("failures", "")) == sum(finding.severity in severities for finding in findings)


def test_junit_has_a_case_for_each_rule_and_says_why_one_is_skipped() -> None:
    names = [case.get("name", "") for case in cases(report_on(BREACHED))]
    assert "TD501 p12@dang-uy" in names
    assert {name.split()[0] for name in names} == set(report_on(BREACHED).verdicts[0].checked)
    skipped = {case.get("name", "").split()[0]: case.find("skipped") for case in cases(report_on(FORCE))}
    assert (suspended := skipped["TD101"]) is not None
    assert suspended.get("message", "").startswith("D15: ")
    assert skipped["TD601"] is None
    assert "TD501" not in " ".join(case.get("name", "") for case in cases(report_on(BREACHED, select=("TD1",))))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_gives_github_no_command(name: str) -> None:
    report = hostile(name)
    written = render("github", report, Options()).decode()
    commands = [line for line in written.split("\n") if line.startswith("::")]
    assert len(commands) == len(annotations(report)) == 1 + len(report.verdicts[0].findings)
    assert "\r" not in written
    shown = "".join(mark if mark.isprintable() else "\ufffd" for mark in name)
    assert any(shown in message for _, _, message in annotations(report)) or "\n" in name


def test_github_reads_back_each_finding_at_its_place() -> None:
    report = report_on(BREACHED, EXAMPLES / "invalid" / "sai-mau.yaml")
    found = annotations(report)
    expected = [
        (finding.rule, str(finding.place.line), finding.message.vi)
        for verdict in report.verdicts
        for finding in verdict.findings
    ] + [
        (problem.code, str(problem.place.line), problem.message.vi)
        for verdict in report.verdicts
        for problem in verdict.problems
    ]
    assert len(found) == len(expected)
    for (_, properties, message), (code, line, words) in zip(found, expected, strict=True):
        assert properties["title"] == f"thamdinh {code}"
        assert properties["line"] == line
        assert words in message
    assert {level for level, _, _ in annotations(everything())} == {"error", "warning", "notice"}


@pytest.mark.parametrize("file", ["a,b:c%.yaml", "x,line=1.yaml"])
def test_a_file_name_can_set_no_property_of_an_annotation(tmp_path: Path, file: str) -> None:
    plan = tmp_path / file
    plan.write_bytes(BREACHED.read_bytes())
    assert {properties["file"] for _, properties, _ in annotations(report_on(plan))} == {str(plan)}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_text_in_markdown(name: str) -> None:
    written = render("markdown", hostile(name), Options()).decode()
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written)
    inline = [child for token in tokens for child in token.children or ()]
    assert not {token.type for token in (*tokens, *inline)} & {
        "link_open",
        "image",
        "html_inline",
        "html_block",
        "fence",
    }
    text = " ".join(child.content for child in inline if child.type == "text")
    shown = "".join(mark if mark.isprintable() else "\ufffd" for mark in name)
    assert shown.replace("@", "") in text.replace("\u2060", "").replace("@", "")
    # What code hosts link by themselves, outside code.
    outside = re.sub(r"`+ .*? `+", "", written)
    assert not re.search(r"https?://|www\.|(?<!\w)@\w", outside)


def test_markdown_has_a_section_for_each_plan_and_an_item_for_each_finding() -> None:
    report = report_on(BREACHED, FORCE, EXAMPLES / "invalid" / "sai-mau.yaml")
    tokens = MarkdownIt("commonmark").enable("table").parse(render("markdown", report, Options()).decode())
    assert sum(token.type == "heading_open" and token.tag == "h2" for token in tokens) == 3
    assert sum(token.type == "tr_open" for token in tokens) == 4
    items = [token.content for token in tokens if token.type == "inline" and token.content.startswith("**")]
    assert len(items) == sum(len(verdict.findings) + len(verdict.problems) for verdict in report.verdicts)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_forges_no_line_and_no_colour_on_a_terminal(name: str) -> None:
    written = render("text", hostile(name), Options()).decode()
    plain = render("text", hostile("x"), Options()).decode()
    assert all(mark.isprintable() or mark == "\n" for mark in written)
    assert written.count("\n") == plain.count("\n")


def test_a_finding_in_a_workbook_is_at_its_cell(tmp_path: Path) -> None:
    report = report_on(breached_workbook(tmp_path))
    (finding,) = report.verdicts[0].findings
    cell_name = f"{finding.place.sheet}!{finding.place.cell}"
    assert finding.place.sheet
    ((_, properties, message),) = annotations(report)
    assert "line" not in properties
    assert cell_name in message
    (row,) = rows(report)
    assert row["Place"].endswith(cell_name)
    assert row["Line"] == ""
    for name in ("junit", "markdown", "html", "text"):
        assert cell_name.split("!")[1] in render(name, report, Options()).decode()


def test_a_spreadsheet_makes_formulas_of_no_hostile_name(tmp_path: Path, office: Office) -> None:
    reports = [hostile(name) for name in HOSTILE]
    report = Report("x", tuple(verdict for report in reports for verdict in report.verdicts))
    (tmp_path / "plain.csv").write_bytes(b"=1+1\n")
    (tmp_path / "hostile.csv").write_bytes(render("csv", report, Options()))
    made = office("xlsx:Calc MS Excel 2007 XML", tmp_path, tmp_path / "plain.csv", tmp_path / "hostile.csv")
    for file, dangerous in zip(made, (True, False), strict=True):
        cells = [item for line in openpyxl.load_workbook(file).active.iter_rows() for item in line]
        assert any(item.data_type == "f" for item in cells) is dangerous
        assert len(cells) > len(HOSTILE) or dangerous


@pytest.mark.process
def test_a_lint_that_prints_text_or_json_loads_nothing_of_the_other_formats() -> None:
    program = (
        "import sys; from thamdinh.cli import run; run(sys.argv[1:]); "
        "print(*sorted(set(sys.modules) & {'jinja2', 'docx', 'docxtpl', 'lxml', 'openpyxl', 'xml.etree.ElementTree', 'csv', 'tempfile', "
        "'thamdinh.engine.reporters.html', 'thamdinh.engine.reporters.sarif', 'thamdinh.engine.reporters.libreoffice'}), file=sys.stderr)"
    )
    for name in ("text", "json"):
        command = [sys.executable, "-c", program, "lint", str(BREACHED), "--format", name]
        for _ in range(2):  # the first may fill the cache
            done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stderr.strip() == ""


def test_no_escape_code_in_a_name_reaches_a_terminal(tmp_path: Path) -> None:
    plan = tmp_path / "đỏ\x1b[31m.yaml"
    plan.write_bytes(FORCE.read_bytes())
    assert "\x1b" not in render("text", report_on(plan, passes=True), Options()).decode()


def test_a_file_named_in_decomposed_letters_is_shown_composed_and_found_as_it_is(tmp_path: Path) -> None:
    plan = tmp_path / unicodedata.normalize("NFD", "kế-hoạch.yaml")
    plan.write_bytes(BREACHED.read_bytes())
    report = report_on(plan)
    for name in ("text", "junit", "csv", "markdown", "html"):
        written = render(name, report, Options()).decode()
        assert nfc(written) == written, name
    assert {properties["file"] for _, properties, _ in annotations(report)} == {str(plan)}
