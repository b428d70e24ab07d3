"""What is to be known of how plans were read: kept, counted and shown by every output, and no reason against a plan."""

import io
import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from tests.audits import outcomes, run
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.report import dashboard, workbook
from thamdinh.engine.audit.report.summary import about_run, summarised
from thamdinh.engine.audit.report.summary_text import as_json, as_lines, totals_text
from thamdinh.engine.audit.store.database import open_store
from thamdinh.engine.audit.store.history import past_runs
from thamdinh.engine.audit.store.rows import encoded_rows
from thamdinh.engine.audit.store.store import Store, notices_of_run, outcomes_of
from thamdinh.engine.audit.totals import MOST_LISTED, Totals
from thamdinh.engine.base.problem import HIDDEN_READ, PASSED_OVER, Place, Problem
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation.verdict import Report
from thamdinh.engine.reporters import FORMATS, Options, render


def notice(code: str, place: Place) -> Problem:
    return Problem(code, Text(f"lưu ý {code}", f"notice {code}"), Text("xem lại", "look again"), place)


def noticed() -> AuditedPlan:
    [outcome] = outcomes(1)
    told = (notice(HIDDEN_READ, Place(outcome.place, sheet="Đại biểu", cell="B7")),)
    return replace(outcome, verdict=replace(outcome.verdict, notices=told))


RUN = (notice(PASSED_OVER, Place("thu-muc")),)


@pytest.mark.long
def test_the_store_keeps_notices_of_plans_and_of_the_run_and_shows_them_in_page_and_workbook(tmp_path: Path) -> None:
    outcome = noticed()
    store = Store(tmp_path / "kho.duckdb")
    store.begin(run())
    store.add(encoded_rows([outcome]))
    store.finish([], RUN)
    store.close()
    database = open_store(tmp_path / "kho.duckdb")
    try:
        [kept] = outcomes_of(database, 1)
        told = notices_of_run(database, 1)
        about = about_run(past_runs(database)[0])
    finally:
        database.close()
    assert kept.verdict.notices == outcome.verdict.notices
    assert told == RUN
    summed = summarised([kept], 10, told)
    assert summed.noticed == 2
    shown = dashboard.render(summed, about, [], "vi").decode()
    assert all(words in shown for words in ("lưu ý NT004", "lưu ý NT006"))
    book = openpyxl.load_workbook(io.BytesIO(workbook.render(summed, about, "vi")))
    assert [row[1].value for row in book["Lưu ý"].iter_rows(min_row=5)] == [PASSED_OVER, HIDDEN_READ]


def test_an_audit_counts_notices_and_lists_the_first_of_them() -> None:
    outcome = noticed()
    totals = Totals(told=list(RUN))
    for _ in range(MOST_LISTED + 3):
        totals.add(outcome.verdict)
    handbook = ruleset("ben-tre-2017").handbook
    assert handbook is not None
    words = totals_text(totals, {handbook.directive: handbook}, "vi")
    assert words.count("lưu ý NT006") == MOST_LISTED
    assert "lưu ý NT004" in words
    assert "và 3 lưu ý nữa" in words
    assert totals.to_json()["notices"] == {PASSED_OVER: 1, HIDDEN_READ: MOST_LISTED + 3}
    told = json.loads(b"".join(as_json("ben-tre-2017", [outcome], totals)))["notices"]
    assert [item["code"] for item in told] == [PASSED_OVER, HIDDEN_READ]
    plan, last = map(json.loads, as_lines([outcome], totals))
    assert [item["code"] for item in plan["notices"]] == [HIDDEN_READ]
    assert [item["code"] for item in last["notices"]] == [PASSED_OVER]


def test_every_format_of_a_report_shows_the_notices_of_its_plans() -> None:
    verdict = noticed().verdict
    assert verdict.status == replace(verdict, notices=()).status
    report = Report("ben-tre-2017", (verdict,), RUN)
    for name, form in FORMATS.items():
        if not form.binary:
            shown = render(name, report, Options("vi")).decode()
            assert all(code in shown for code in (PASSED_OVER, HIDDEN_READ)), name
