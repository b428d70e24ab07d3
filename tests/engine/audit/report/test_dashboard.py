"""The dashboard is one page that tells the whole audit, stays small, and runs nothing that a plan brings along."""

import base64
import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.audits import outcomes
from tests.programs import needed
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.report import dashboard
from thamdinh.engine.audit.report.summary import RunDetails, summarised
from thamdinh.engine.audit.store.history import PastRun
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import ruleset

HANDBOOK = ruleset().handbook
assert HANDBOOK is not None
ABOUT = RunDetails(datetime(2018, 1, 5, 8, 0), "ben-tre-2017", "1.0", 3, False, {HANDBOOK.directive: HANDBOOK})
EVIL = "</script ></script><script>document.title='X'</script><img src=x onerror=document.title='X'>&\u2028=1+1"


def rendered(given: Any, history: tuple[PastRun, ...] = (), language: Any = "vi") -> str:
    summary = summarised(given, dashboard.MOST_LISTED)
    return dashboard.render(summary, ABOUT, history, language).decode()


def data(page: str) -> list[Any]:
    (found,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    held = json.loads(found)
    listed: list[Any] = held["plans"]
    for plan in listed:
        plan[9] = [[*held["rules"][item[0]], *item[1:]] for item in plan[9]]
    return listed


def past(number: int, compliant: int) -> PastRun:
    moment = datetime(2018, 1, number, 8)
    statuses: Any = {"compliant": compliant, "non_compliant": 10 - compliant, "invalid": 1}
    findings: Any = {"error": 1, "warning": 0, "advice": 0}
    return PastRun(number, "d", "1", "p", "0", "compiled", (), moment, moment, False, statuses, findings)


@pytest.mark.long
def test_the_trend_tells_each_run_from_the_one_before_it() -> None:
    starts = [
        datetime(2018, 1, 1, 8),
        *(datetime(2018, 1, 2, 20, 43, second) for second in (0, 1, 1, 59)),
        datetime(2018, 1, 2, 20, 44),
    ]
    history = tuple(replace(past(1, 5), run=number, started=start) for number, start in enumerate(starts, 1))
    labels = {
        language: re.findall(r'y="184" text-anchor="middle">([^<]*)<', rendered(many(1), history, language))
        for language in ("vi", "en")
    }
    assert labels["vi"] == ["01/01/2018", "02/01/2018", "lần 3", "lần 4", "lần 5", "20 giờ 44"]
    assert labels["en"] == ["01/01/2018", "02/01/2018", "run 3", "run 4", "run 5", "20:44"]


def many(count: int, findings: int = 1) -> list[AuditedPlan]:
    """So many plans, each with so many findings; the texts are as long as those of real plans."""
    pattern = [outcome for outcome in outcomes(80) if outcome.verdict.findings]
    made = []
    for number in range(count):
        outcome = pattern[number % len(pattern)]
        name = f"{outcome.organization} {number}"
        first = outcome.verdict.findings[0]
        found = (replace(first, message=Text(f"{first.message.vi} {number}", "")),) * findings
        made.append(
            replace(
                outcome, place=f"ke-hoach/dot-1/{number}.yaml", organization=name,
                verdict=replace(outcome.verdict, findings=found),
            )
        )  # fmt: skip
    return made


@pytest.mark.long
def test_the_page_is_complete_in_itself_and_lists_every_plan_with_its_findings() -> None:
    given = outcomes(60)
    page = rendered(given)
    assert not re.findall(r"""(?:src|href)\s*=\s*["'](?!#)""", page)
    assert "url(" not in page
    listed = {plan[1]: plan for plan in data(page)}
    for outcome in given:
        plan = listed[outcome.place]
        assert [detail[0] for detail in plan[9] if detail[0]] == [item.rule for item in outcome.verdict.findings]
        assert [detail[3] for detail in plan[9]] == [
            *(problem.message.vi for problem in outcome.verdict.problems),
            *(item.message.vi for item in outcome.verdict.findings),
        ]
    assert "trang này nêu" not in page.casefold()


@pytest.mark.long
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_speaks_one_language(language: str) -> None:
    page = rendered(outcomes(40), (past(1, 4), past(2, 7)), language)
    assert f'lang="{language}"' in page
    assert ("Theo huyện" in page) == (language == "vi")
    assert ("By district" in page) == (language == "en")


@pytest.mark.long
def test_ten_thousand_plans_fit_in_five_million_bytes_with_all_their_findings() -> None:
    given = many(10_000, 2)
    page = rendered(given)
    assert len(page.encode()) <= dashboard.MOST_BYTES
    listed = data(page)
    assert len(listed) == 10_000
    assert all(len(plan[9]) == 2 and plan[10] == 0 for plan in listed)


@pytest.mark.long
def test_what_does_not_fit_is_left_to_the_store_and_the_page_says_so() -> None:
    page = rendered(many(10_000, 9))
    assert len(page.encode()) <= dashboard.MOST_BYTES
    listed = data(page)
    assert len(listed) == 10_000
    assert all(plan[9] for plan in listed), "every plan shows its first finding before any shows its second"
    left_out = sum(plan[10] for plan in listed)
    assert left_out == 90_000 - sum(len(plan[9]) for plan in listed) > 0
    assert f"{left_out:,}".replace(",", ".") in page
    sampled = rendered(many(10_500))
    assert "10.000 trong 10.500" in sampled
    assert len(data(sampled)) == 10_000


@pytest.mark.long
def test_absurd_texts_do_not_make_the_page_larger() -> None:
    long = "<b>Đảng bộ</b> " * 130
    given = [
        replace(outcome, organization=long, place=f"{outcome.place}/{long}", district=f"{number} {long}")
        for number, outcome in enumerate(many(3_000, 3))
    ]
    page = rendered(given)
    assert len(page.encode()) <= dashboard.MOST_BYTES
    assert "huyện khác" in page


def test_nothing_to_show_is_a_page_too() -> None:
    assert "Không có vi phạm nào" in rendered([])
    assert "Không có vi phạm nào" in rendered([o for o in outcomes(60) if not o.verdict.findings])


def evil_outcomes() -> list[AuditedPlan]:
    given = []
    for outcome in outcomes(60):
        findings = tuple(replace(item, message=Text(EVIL, EVIL)) for item in outcome.verdict.findings)
        given.append(
            replace(
                outcome, place=f"{outcome.place} {EVIL}", organization=outcome.organization and EVIL,
                district=outcome.district and EVIL, verdict=replace(outcome.verdict, findings=findings),
            )
        )  # fmt: skip
    return given


def test_what_plans_hold_stays_text_in_the_browser(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(rendered(evil_outcomes()), encoding="utf-8")
    browser.get(file.as_uri())
    for button in browser.find_elements("css selector", "#plans tbody button")[:5]:
        button.click()
    assert browser.title == "Tổng hợp thẩm định kế hoạch"
    assert browser.execute_script("return document.querySelectorAll('img, script').length") == 2
    assert "</script ></script><script>" in browser.find_element("css selector", "#plans").text
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []


def test_a_cell_of_the_map_leads_to_its_plans_and_a_plan_to_its_findings_by_keyboard(
    browser: Any, tmp_path: Path
) -> None:
    from selenium.webdriver.common.keys import Keys

    given = outcomes(150)
    file = tmp_path / "page.html"
    file.write_text(rendered(given, (past(1, 4), past(2, 7))), encoding="utf-8")
    browser.get(file.as_uri())
    assert len(browser.find_elements("css selector", "svg.trend circle")) == 2
    cell = browser.find_element("css selector", ".heat td button")
    clause, district, count = cell.get_attribute("data-code"), cell.get_attribute("data-district"), int(cell.text)
    cell.send_keys(Keys.ENTER)
    rows = browser.find_elements("css selector", "#plans tbody tr")
    assert len(rows) == count
    assert browser.find_element("id", "found").text == f"{count} kế hoạch"
    expected = {
        outcome.organization
        for outcome in given
        if outcome.district == district
        and any((item.clause, item.severity) == (clause, "error") for item in outcome.verdict.findings)
    }
    assert {row.find_element("tag name", "button").text for row in rows} == expected
    first = browser.switch_to.active_element
    assert first.get_attribute("aria-expanded") == "false"
    first.send_keys(Keys.ENTER)
    assert clause in browser.find_element("css selector", "#plans .details").text
    first.send_keys(Keys.ENTER)
    assert browser.find_elements("css selector", "#plans .details") == []


def sent_twice() -> tuple[AuditedPlan, ...]:
    """Military plans of one district, none with errors, and each sent twice."""
    pattern = next(outcome for outcome in outcomes(60) if outcome.verdict.findings)
    warned = replace(pattern.verdict.findings[0], rule="TD801", clause="D1", severity="warning")
    return tuple(
        replace(
            pattern, place=f"p.jsonl:{number}", organization=f"Đảng bộ {number}", kind="military", district="Huyện A",
            verdict=replace(pattern.verdict, file=f"p.jsonl:{number}", findings=(warned,)),
        )
        for number in range(1, 71)
    )  # fmt: skip


def test_a_warning_is_no_breach_of_a_clause_on_the_map() -> None:
    given = sent_twice()
    erring = replace(given[0].verdict.findings[0], rule="TD101", severity="error")
    last = replace(given[-1], verdict=replace(given[-1].verdict, findings=(*given[-1].verdict.findings, erring)))
    page = rendered((*given[:-1], last))
    rows = re.findall(r'<tr class="of-(\w+)"><th scope="row"><strong>(\w+)</strong>.*?>(\d+)</button>', page)
    assert rows == [("error", "D1", "1"), ("warning", "TD801", "70")]


def test_a_cell_of_warnings_leads_to_the_plans_that_have_them(browser: Any, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(rendered((*sent_twice(), *outcomes(60))), encoding="utf-8")
    browser.get(file.as_uri())
    browser.find_element("css selector", ".of-warning button[data-code=TD801]").send_keys(" ")
    assert browser.find_element("id", "found").text == "70 kế hoạch"
    for cell in browser.find_elements("css selector", ".heat td button"):
        count = int(cell.text)
        browser.execute_script("arguments[0].click()", cell)
        assert browser.find_element("id", "found").text == f"{count} kế hoạch"


def test_paper_holds_every_plan_that_is_chosen_with_its_findings_and_says_which_were_chosen(
    browser: Any, tmp_path: Path
) -> None:
    given = tuple(outcome for outcome in outcomes(150) if outcome.verdict.status != "invalid")
    file = tmp_path / "page.html"
    file.write_text(rendered(given), encoding="utf-8")
    browser.get(file.as_uri())
    rows = "return Array.from(document.querySelectorAll('#plans tbody tr')).map(row => row.textContent)"
    before = browser.execute_script(rows)
    assert len(before) == 50
    paper = printed(browser, tmp_path)
    for outcome in given:
        for finding in outcome.verdict.findings:
            assert f"{finding.rule} [{finding.clause}] {finding.message.vi}" in paper
    assert paper.count("chưa đạt") >= sum(outcome.verdict.status == "non_compliant" for outcome in given)
    assert browser.execute_script(rows) == before
    browser.execute_script("document.querySelector('.heat [data-code=D15]').click()")
    paper = printed(browser, tmp_path)
    assert "Mức độ: lỗi; Quy tắc, điều khoản: D15" in paper
    assert all(f"[{code}]" not in paper for code in ("D3", "D9", "D10"))


@pytest.mark.parametrize(("most", "is_cut"), [(9, True), (10, False)])
def test_paper_that_can_not_hold_every_plan_says_so(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, is_cut: bool
) -> None:
    monkeypatch.setattr(dashboard, "MOST_PRINTED", most)
    file = tmp_path / "page.html"
    file.write_text(rendered(many(10)), encoding="utf-8")
    browser.get(file.as_uri())
    paper = printed(browser, tmp_path)
    assert (f"Dưới đây chỉ in {most} kế hoạch đầu." in paper) == is_cut
    assert paper.count("ke-hoach/dot-1/") == most


def printed(browser: Any, folder: Path) -> str:
    """What stands on the paper when the browser prints the page, without line ends."""
    from selenium.webdriver.common.print_page_options import PrintOptions

    options = PrintOptions()
    options.page_width, options.page_height = 100, 100  # lines long enough for words to stay together
    file = folder / "paper.pdf"
    file.write_bytes(base64.b64decode(browser.print_page(options)))
    text = subprocess.run([needed("pdftotext"), "-raw", file, "-"], capture_output=True, check=True, timeout=60).stdout
    return " ".join(text.decode().split())


def test_plans_are_found_without_tones_and_paged(browser: Any, tmp_path: Path) -> None:
    given = outcomes(150)
    file = tmp_path / "page.html"
    file.write_text(rendered(given), encoding="utf-8")
    browser.get(file.as_uri())
    assert browser.find_element("id", "page").text == "Trang 1 / 3"
    browser.find_element("id", "after").click()
    assert browser.find_element("id", "page").text == "Trang 2 / 3"
    browser.find_element("name", "text").send_keys("quan su huyen")
    names = [row.text for row in browser.find_elements("css selector", "#plans tbody th")]
    assert names
    assert all("Quân sự Huyện" in name for name in names)
    browser.find_element("css selector", "#filter button").click()
    wait: Callable[[], str] = lambda: browser.find_element("id", "found").text  # noqa: E731
    assert browser.execute_async_script("setTimeout(arguments[0], 50)") is None
    assert wait() == "150 kế hoạch"
