"""The board's workbook holds the audit's figures, prints on A4, and never a formula."""

import io
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.audits import outcomes
from tests.programs import Office
from thamdinh.engine.audit.report import workbook
from thamdinh.engine.audit.report.summary import RunDetails, summarised
from thamdinh.engine.directive.packs import ruleset

HANDBOOK = ruleset().handbook
assert HANDBOOK is not None
ABOUT = RunDetails(datetime(2018, 1, 5, 8, 0), "ben-tre-2017", "1.0", 3, False, {HANDBOOK.directive: HANDBOOK})


def made(given: Any = None, most_listed: int = 1000, language: Any = "vi") -> Any:
    content = workbook.render(summarised(outcomes(80) if given is None else given, most_listed), ABOUT, language)
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet: Any) -> list[tuple[Any, ...]]:
    """The rows of the table, below its head."""
    found = list(sheet.iter_rows(values_only=True))
    head = int(sheet.freeze_panes[1:]) - 1
    return found[head:]


@pytest.mark.long
def test_the_sheets_hold_the_figures_of_the_audit() -> None:
    book = made()
    assert book.sheetnames == ["Tổng hợp", "Theo huyện", "Theo loại hình", "Theo điều khoản", "Danh sách kế hoạch"]
    statuses = Counter(outcome.verdict.status for outcome in outcomes(80))
    totals = {name: value for name, value, *_ in rows(book["Tổng hợp"])}
    assert (totals["Số kế hoạch"], totals["Đạt"], totals["Chưa đạt"]) == (
        80,
        statuses["compliant"],
        statuses["non_compliant"],
    )
    for name in ("Theo huyện", "Theo loại hình"):
        *groups, total = rows(book[name])
        assert total[:5] == ("Cộng", 80, statuses["compliant"], statuses["non_compliant"], statuses["invalid"])
        assert [sum(group[column] for group in groups) for column in (1, 2, 3, 4, 6, 7, 8)] == [
            total[column] for column in (1, 2, 3, 4, 6, 7, 8)
        ]
    findings = Counter(finding.rule for outcome in outcomes(80) for finding in outcome.verdict.findings)
    assert {row[1]: row[5] for row in rows(book["Theo điều khoản"]) if row[1]} == findings
    erring = {
        (f.clause, outcome.place) for outcome in outcomes(80) for f in outcome.verdict.findings if f.severity == "error"
    }
    clauses = {row[0]: row[4] for row in rows(book["Theo điều khoản"]) if row[0] and row[3] == "lỗi"}
    assert clauses == Counter(clause for clause, _ in erring)
    plans = rows(book["Danh sách kế hoạch"])
    assert [plan[0] for plan in plans] == list(range(1, 81))
    assert {plan[10]: plan[5] for plan in plans} == {
        outcome.place: {"compliant": "đạt", "non_compliant": "chưa đạt", "invalid": "không thẩm định được"}[
            outcome.verdict.status
        ]
        for outcome in outcomes(80)
    }


def test_a_rule_that_names_another_clause_for_another_kind_is_listed_under_each() -> None:
    pattern = next(outcome for outcome in outcomes(80) if outcome.verdict.findings)
    given = []
    for clause in ("D1", "D15", "D1"):
        found = replace(pattern.verdict.findings[0], rule="TD801", clause=clause, severity="warning")
        given.append(replace(pattern, verdict=replace(pattern.verdict, findings=(found,))))
    listed = [(row[0] or "", row[1] or "", row[5]) for row in rows(made(given)["Theo điều khoản"])]
    assert listed == [("D1", "", 2), ("", "TD801", 2), ("D15", "", 1), ("", "TD801", 1)]


def test_the_sheets_print_on_a4_with_their_heads_on_every_page() -> None:
    for sheet in made():
        assert int(sheet.page_setup.paperSize) == 9
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        head = int(sheet.freeze_panes[1:]) - 1
        assert sheet.print_title_rows == f"${head}:${head}"


@pytest.mark.parametrize(
    "text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(1)", "\t=1", "=cmd|' /C calc'!A0"]
)
def test_a_name_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    named = [outcome for outcome in outcomes(80) if outcome.organization]
    book = made(
        [replace(outcome, organization=text, place=f"{text}{n}", district=text) for n, outcome in enumerate(named)]
    )
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n"), cell.value
    assert {row[2] for row in rows(book["Danh sách kế hoạch"])} == {text.replace("\t", "�")}


def test_a_list_that_is_cut_says_so() -> None:
    sheet = made(most_listed=30)["Danh sách kế hoạch"]
    assert len(rows(sheet)) == 30
    assert any("30 trong 80" in str(row[0]) for row in sheet.iter_rows(values_only=True))


def test_the_workbook_speaks_english_too() -> None:
    assert made(language="en").sheetnames == ["Totals", "By district", "By kind", "By clause", "Plans"]


def test_an_audit_of_nothing_has_a_workbook() -> None:
    assert made([])["Tổng hợp"]["B5"].value == 0


def test_libreoffice_prints_every_sheet_as_wide_as_its_page(office: Office, tmp_path: Path) -> None:
    file = tmp_path / "bang.xlsx"
    file.write_bytes(workbook.render(summarised(outcomes(80), 1000), ABOUT, "vi"))
    [pdf] = office("pdf", tmp_path, file)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = text.split("\f")[:-1]
    assert len(pages) <= 5 + 80 // 8
    assert all(f"Trang {number}/{len(pages)}" in page for number, page in enumerate(pages, 1))
    for page in pages:
        if "Tổ chức đảng" in page:
            assert "Tệp" in page, "the last column is on the same page as the first"
    for outcome in outcomes(80):
        assert outcome.place in text
