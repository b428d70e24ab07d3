"""The HTML page, as a browser shows it: everything the verdict says, usable by keyboard and without scripts, and inert."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.support.wait import WebDriverWait

from tests.plans import text_at
from tests.reports import EXAMPLES, HOSTILE, SMALL, breached_workbook, everything, hostile, of, report_on
from thamdinh.engine.evaluation.verdict import Report
from thamdinh.engine.reporters import Options, render

BREACHED = EXAMPLES / "breached" / "lay-phieu.yaml"
CSS = "css selector"

Open = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Open:
    """A function that renders a report and shows it in the browser."""

    def show(report: Report, **options: Any) -> Any:
        path = tmp_path / "page.html"
        path.write_bytes(render("html", report, Options(**options)))
        browser.get(path.as_uri())
        return browser

    return show


def shown(page: Any, selector: str) -> list[Any]:
    """What can be seen of what the selector finds, asked once: an element each is a question each of the driver."""
    seen: list[Any] = page.execute_script(
        "return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility())", selector
    )
    return seen


def choose(page: Any, name: str, value: str) -> None:
    page.find_element(CSS, f'select[name="{name}"] option[value="{value}"]').click()


def test_each_finding_is_shown_beside_the_lines_of_the_plan_it_is_about(opened: Open) -> None:
    report = report_on(BREACHED, outlined=True)
    page = opened(report)
    (verdict,) = report.verdicts
    source = BREACHED.read_text("utf-8")
    items = page.find_elements(CSS, ".item")
    assert len(items) == len(verdict.findings)
    for finding, item in zip(verdict.findings, items, strict=True):
        assert finding.message.vi in item.text
        assert finding.fix.vi in item.text
        assert item.find_element(CSS, "mark").text == text_at(source, finding.place)
        numbers = [int(number.text) for number in item.find_elements(CSS, ".number")]
        assert finding.place.line is not None
        assert numbers == list(range(finding.place.line - 3, finding.place.line + 4))


def test_a_finding_in_a_workbook_is_shown_beside_what_it_rests_on(opened: Open, tmp_path: Path) -> None:
    page = opened(report_on(breached_workbook(tmp_path), outlined=True))
    (item,) = page.find_elements(CSS, ".item")
    source = item.find_element(CSS, ".source").text
    assert "!" in source
    assert "người\nTrần Thị Hoa" in source
    assert "phiếu tín nhiệm\nkhông có" in source


def test_each_plan_says_its_directive_where_they_differ(opened: Open) -> None:
    ours, other = report_on(BREACHED), report_on(BREACHED, directive=str(SMALL))
    page = opened(Report("x", ours.verdicts + other.verdicts, handbooks=ours.handbooks | other.handbooks))
    for plan, report in zip(page.find_elements(CSS, ".plan"), (ours, other), strict=True):
        (handbook,) = report.handbooks.values()
        assert handbook.title.vi in plan.find_element(CSS, ".facts").text


def test_the_agenda_is_drawn_and_told_in_words(opened: Open) -> None:
    report = report_on(BREACHED, outlined=True)
    page = opened(report)
    outline = report.verdicts[0].outline
    assert outline is not None
    used = {half for sitting in outline.sittings for half in sitting.half_days}
    assert len(page.find_elements(CSS, ".half.used")) == len(used)
    assert len(page.find_elements(CSS, "rect.session")) == len(outline.sittings)
    drawing = page.find_element(CSS, "svg.agenda")
    assert "07 giờ 30" in drawing.accessible_name
    page.find_element(CSS, "figure summary").click()
    words = page.find_element(CSS, "figure table").text
    assert "tổng kết năm" in words
    assert "Phát phiếu: Ban Chấp hành Đảng bộ thị trấn Thạnh Phú" in words


def test_the_matrix_shows_which_seats_have_no_ballot(opened: Open) -> None:
    report = report_on(BREACHED, outlined=True)
    page = opened(report)
    missing = [finding for finding in report.verdicts[0].findings if finding.rule == "TD501"]
    cells = page.find_elements(CSS, ".matrix td.missing")
    assert len(cells) == len(missing) == 2
    assert all(cell.text.startswith("✗ thiếu phiếu") for cell in cells)
    rows = [cell.find_element("xpath", "..").find_element(CSS, "th").text for cell in cells]
    assert all(name in finding.message.vi for name, finding in zip(rows, missing, strict=True))


def test_plans_and_findings_are_filtered_by_clause_severity_place_verdict_and_words(opened: Open) -> None:
    report = report_on(EXAMPLES, outlined=True)
    page = opened(report)
    status = page.find_element(CSS, "#shown")
    items = sum(len(verdict.findings) + len(verdict.problems) for verdict in report.verdicts)
    assert status.text == f"Đang hiện {len(report.verdicts)} văn bản, {items} mục"
    counted = Counter(finding.clause for verdict in report.verdicts for finding in verdict.findings)
    choose(page, "clause", "D10")
    assert len(shown(page, ".item")) == counted["D10"]
    assert len(shown(page, ".plan")) == len(shown(page, "tr[data-row]")) == 1
    page.find_element(CSS, "button[type=reset]").click()
    everything = len(report.verdicts)  # is shown once the form is empty, which it is some time after the click
    WebDriverWait(page, 30).until(lambda page: len(shown(page, ".plan")) == everything == 29)
    choose(page, "severity", "advice")
    severities = [finding.severity for verdict in report.verdicts for finding in verdict.findings]
    assert len(shown(page, ".item")) == severities.count("advice") > 0
    choose(page, "severity", "")
    choose(page, "district", "Huyện Ba Tri")
    outlines = [verdict.outline for verdict in report.verdicts]
    assert len(shown(page, ".plan")) == sum(o is not None and o.district == "Huyện Ba Tri" for o in outlines)
    choose(page, "status", "compliant")
    assert all("đạt" in plan.find_element(CSS, "h2").text for plan in shown(page, ".plan"))
    choose(page, "status", "")
    choose(page, "district", "")
    page.find_element(CSS, "input[name=words]").send_keys("huynh thi kieu")
    assert len(shown(page, ".item")) == 1
    assert page.find_element(CSS, "#shown").text == "Đang hiện 1 văn bản, 1 mục"


def test_without_scripts_everything_is_there_and_no_filter_that_does_nothing(browser: Any, opened: Open) -> None:
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        page = opened(report_on(BREACHED, EXAMPLES / "compliant", outlined=True))
        assert not shown(page, "#filters")
        assert len(shown(page, ".plan")) == 9
        assert len(shown(page, ".item")) == 6
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_screen_reader_is_told_what_everything_is(opened: Open) -> None:
    page = opened(everything())
    page.execute_script("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
    for selector in ("select", "input", "button", "section", "svg.agenda", "[tabindex='0']"):
        elements = page.find_elements(CSS, selector)
        assert elements
        assert all(element.accessible_name for element in elements), selector
    told = "return [...document.querySelectorAll(arguments[0])].map((one) => one[arguments[1]])"
    levels = [int(name[1]) for name in page.execute_script(told, "h1, h2, h3, h4", "tagName")]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    ids = page.execute_script(told, "[id]", "id")
    assert len(ids) == len(set(ids)) > 0
    assert page.find_elements(CSS, "table")
    assert page.find_elements(CSS, "table:not(:has(th[scope=col]))") == []


def test_the_keyboard_reaches_the_filters_and_the_findings(opened: Open) -> None:
    page = opened(report_on(BREACHED, outlined=True))
    reached = []
    for _ in range(12):
        page.switch_to.active_element.send_keys("\ue004")
        reached.append(page.switch_to.active_element.tag_name)
    assert {"a", "select", "input", "button", "summary", "pre"} <= set(reached)


def test_the_page_is_dark_where_the_reader_is_and_prints_whole(browser: Any, opened: Open) -> None:
    page = opened(report_on(BREACHED, outlined=True))
    background = "return getComputedStyle(document.documentElement).backgroundColor"
    assert page.execute_script(background) == "rgb(255, 255, 255)"
    dark = [{"name": "prefers-color-scheme", "value": "dark"}]
    try:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": dark})
        assert page.execute_script(background) == "rgb(21, 24, 29)"
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": dark})
        assert page.execute_script(background) == "rgb(255, 255, 255)"
        assert not shown(page, "#filters")
        page.execute_script("dispatchEvent(new Event('beforeprint'))")
        assert all(details.get_attribute("open") for details in page.find_elements(CSS, "details"))
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def test_hostile_names_are_text_and_nothing_else(opened: Open) -> None:
    reports = [hostile(name) for name in HOSTILE]
    verdicts = tuple(verdict for report in reports for verdict in report.verdicts)
    page = opened(Report(reports[0].directive, verdicts, handbooks=reports[0].handbooks))
    assert page.title == "Kết quả thẩm định"
    assert [entry for entry in page.get_log("browser") if "favicon" not in entry["message"]] == []
    assert len(page.find_elements(CSS, "script")) == 1
    assert page.find_elements(CSS, "img, iframe, object, embed, textarea, svg[onload], [onerror], link") == []
    assert all(a.get_attribute("href").startswith("file:") for a in page.find_elements(CSS, "a"))
    headings = [plan.find_element(CSS, "h2").text for plan in page.find_elements(CSS, ".plan")[::2]]
    for name, heading in zip(HOSTILE, headings, strict=True):
        expected = "".join(mark if mark.isprintable() else "\ufffd" for mark in name)
        assert heading.startswith(" ".join(expected.split())), heading


@pytest.mark.long
@pytest.mark.parametrize(
    "report",
    [of, lambda: report_on("nowhere.yaml"), lambda: report_on(BREACHED), everything],
    ids=lambda make: "report",
)
def test_every_report_makes_a_page_in_either_language(report: Callable[[], Report]) -> None:
    for language in ("vi", "en"):
        page = render("html", report(), Options(language=language)).decode()  # type: ignore[arg-type]
        assert f'<html lang="{language}">' in page
        assert ("Cách sửa" in page) == (language == "vi" and bool(report().verdicts))


def test_the_english_page_has_no_vietnamese_but_what_plans_say() -> None:
    page = render("html", report_on(BREACHED, outlined=True), Options(language="en")).decode()
    for words in (
        "Điều khoản",
        "Bỏ lọc",
        "có phiếu",
        "Sáng",
        "Phát phiếu",
        "lỗi",
        "bí thư",
        "thị trấn</dd>",
        "không áp dụng",
    ):
        assert words not in page
    assert "No ballot is taken on Huỳnh Thị Kiều" in page


@pytest.mark.long
def test_no_party_card_is_on_the_page() -> None:
    report = report_on(EXAMPLES, outlined=True)
    page = render("html", report, Options()).decode()
    for path in EXAMPLES.rglob("*.yaml"):
        content = path.read_bytes()
        if not content.startswith(b"\xff"):
            for piece in content.decode().split("party_card: ")[1:]:
                assert piece.split(",")[0].strip('" ') not in page
