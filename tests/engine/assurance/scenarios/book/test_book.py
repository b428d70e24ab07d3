"""The review book: every clause, reading, rule and scenario is in it, with results; usable by keyboard, on paper and in Word."""

import re
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from tests.programs import Office
from tests.test_words import in_html, schema_words
from thamdinh.engine.assurance.scenarios.book import document, page
from thamdinh.engine.assurance.scenarios.book.content import Book, book
from thamdinh.engine.assurance.scenarios.checking import check_features
from thamdinh.engine.base.text import Language
from thamdinh.engine.directive.describing import filled_in
from thamdinh.engine.directive.pack import Pack
from thamdinh.engine.directive.packs import read
from thamdinh.engine.documents import read_file
from thamdinh.features.steps.plans import BASE

MADE = datetime(2017, 12, 20, 9, 30)
LANGUAGES: tuple[Language, ...] = ("vi", "en")
HOSTILE = "<script>document.title = 'taken'</script>"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return read()


@pytest.fixture(scope="module")
def made(pack: Pack) -> Book:
    return book(pack, check_features((), pack), MADE, read_file(BASE).data)


@pytest.fixture(scope="module")
def papers(made: Book) -> dict[Language, bytes]:
    """The documents; making one takes a second."""
    return {language: document.render(made, language) for language in LANGUAGES}


@pytest.fixture(scope="module")
def sheet(made: Book) -> bytes:
    """The Vietnamese page."""
    return page.render(made, "vi")


@pytest.fixture(scope="module")
def mixed(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book with scenarios that do not hold or could not be run, and hostile words."""
    path = tmp_path_factory.mktemp("features") / "mixed.feature"
    path.write_text(
        f"Tính năng: x\n  @D1 @TD101 @vi_phạm\n  Khung tình huống: {HOSTILE} <n>\n"
        "    Cho một kế hoạch đúng chỉ đạo của xã\n    Và hội nghị họp <n> buổi liên tiếp\n"
        "    Khi thẩm định kế hoạch\n    Thì không có phát hiện nào\n"
        "    Dữ liệu:\n      | n |\n      | 2 |\n      | 4 |\n"
        f"  @D2\n  Tình huống: lạ\n    Cho {HOSTILE}\n    Thì không có phát hiện nào\n",
        encoding="utf-8",
    )
    return book(pack, check_features([str(path)], pack), MADE, None)


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    chosen: Language = request.param
    return chosen


def words_of(content: bytes) -> str:
    """All text of a Word document, tables and what is within their cells included."""
    return "\n".join(node.text or "" for node in Document(BytesIO(content)).element.iter() if node.tag.endswith("}t"))


class Words(HTMLParser):
    """The text of a page, without its styles."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self._style, self.text = False, ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._style = tag == "style"

    def handle_data(self, data: str) -> None:
        self.text += "" if self._style else data


@pytest.mark.long
def test_all_of_the_pack_and_of_the_scenarios_is_in_both_forms(
    made: Book, papers: dict[Language, bytes], pack: Pack, language: Language
) -> None:
    for text in (Words(page.render(made, language)).text, words_of(papers[language])):
        flat = " ".join(text.split())
        for clause in pack.directive.clauses:
            assert " ".join(clause.text[language].split()) in flat
        for rule in pack.rules:
            assert rule.id in flat
            assert rule.sentence is not None
            assert " ".join(filled_in(pack, rule.sentence, language).split()) in flat
        for parameter in pack.directive.parameters:
            if parameter.id != "who_may_waive":
                assert parameter.reason[language] in flat, parameter.id
        for entry in made.clauses:
            assert entry.stories or entry.elsewhere
            for story in entry.stories:
                assert " ".join(story.name.split()) in flat


@pytest.mark.long
def test_its_page_is_in_words(made: Book) -> None:
    text = in_html(page.render(made, "vi").decode())
    assert "Cấp xã họp nhiều hay ít buổi" in text
    assert not schema_words(text)


@pytest.mark.long
def test_every_scenario_is_written_out_once_named_elsewhere_and_its_rows_are_counted(made: Book) -> None:
    by_clause = {entry.id: entry for entry in made.clauses}
    stories = [story for entry in made.clauses for story in entry.stories]
    assert len({story.id for story in stories}) == len(stories)
    assert made.passed == made.scenarios == sum(len(story.rows) or 1 for story in stories)
    assert not any("<" in story.name for story in stories)
    homes = {(story.name, entry.id) for entry in made.clauses for story in entry.stories}
    assert {pair for entry in made.clauses for pair in entry.elsewhere} <= homes
    assert by_clause["D1"].stories[0].name == "Cấp xã họp nhiều hay ít buổi"
    assert [rule.id for rule in by_clause["D14"].rules] == ["TD504", "TD505"]
    assert by_clause["D5"].rules == ()
    assert {story.rules for story in by_clause["D13"].stories} == {("TD503",)}
    assert by_clause["D15"].suspends is not None
    values = {reading.value.vi for reading in by_clause["D1"].readings}
    assert {"1 đến 1,5 ngày", "xã, phường, thị trấn", "12:00", "12:30"} == values


def test_a_clause_without_a_rule_is_called_a_permission_only_where_it_is_one(pack: Pack) -> None:
    bare = Words(page.render(book(replace(pack, rules=()), [], MADE, None), "vi")).text
    assert bare.count("điều này cho phép") == 2
    assert bare.count("Chưa có quy tắc nào cho điều này") == len(pack.directive.clauses) - 2


def test_what_does_not_hold_is_shown_as_such_and_hostile_words_stay_words(
    mixed: Book, browser: Any, tmp_path: Path
) -> None:
    clauses = {entry.id: entry for entry in mixed.clauses}
    [outline], [unknown] = clauses["D1"].stories, clauses["D2"].stories
    assert (outline.status, outline.kept, [row.status for row in outline.rows]) == ("failed", 1, ["passed", "failed"])
    assert unknown.status == "unread"
    (tmp_path / "index.html").write_bytes(page.render(mixed, "vi"))
    browser.get((tmp_path / "index.html").as_uri())
    assert browser.title != "taken"
    assert "không đúng 1/2" in browser.find_element("css selector", ".story .badge").text
    assert HOSTILE in browser.find_element("css selector", ".story h4").text
    told = words_of(document.render(mixed, "vi"))
    assert "không đúng 1/2" in told
    assert "chưa chạy được" in told
    assert HOSTILE in told


@pytest.fixture
def opened(sheet: bytes, browser: Any, tmp_path: Path) -> Any:
    (tmp_path / "index.html").write_bytes(sheet)
    browser.get((tmp_path / "index.html").as_uri())
    return browser


def test_the_page_has_landmarks_headings_in_order_and_heads_for_every_column(opened: Any) -> None:
    assert opened.find_element("tag name", "html").get_attribute("lang") == "vi"
    assert [len(opened.find_elements("tag name", name)) for name in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    levels = [int(item.tag_name[1]) for item in opened.find_elements("css selector", "h1, h2, h3, h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    unnamed = "return [...document.querySelectorAll('th')].filter(th => !th.scope || !th.textContent.trim()).length"
    assert opened.execute_script(unnamed) == 0
    headless = (
        "return [...document.querySelectorAll('table')].filter(t => !t.tHead || !t.tHead.querySelector('th')).length"
    )
    assert opened.execute_script(headless) == 0
    unlabelled = "return [...document.querySelectorAll('section, nav')].filter(s => !document.getElementById(s.getAttribute('aria-labelledby'))).length"
    assert opened.execute_script(unlabelled) == 0
    twice = "const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.length - new Set(ids).size"
    assert opened.execute_script(twice) == 0
    assert [entry for entry in opened.get_log("browser") if "favicon" not in entry["message"]] == []


def test_the_keyboard_reaches_the_clauses_and_shows_where_it_is(opened: Any) -> None:
    opened.switch_to.active_element.send_keys("\ue004")
    assert opened.switch_to.active_element.get_attribute("class") == "skip"
    opened.switch_to.active_element.send_keys("\ue004")
    link = opened.switch_to.active_element
    assert link.text == "D1"
    assert opened.execute_script("return getComputedStyle(arguments[0]).outlineStyle", link) == "solid"
    link.send_keys("\ue007")
    assert opened.current_url.endswith("#D1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_are_readable_in_light_and_dark(opened: Any, scheme: str) -> None:
    opened.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    colours = opened.execute_script(
        "return ['p.quiet', '.keyword', '.badge.good', 'th', 'td', 'h2 .badge'].map(name => {"
        " let item = document.querySelector(name); const ink = getComputedStyle(item).color;"
        " while (getComputedStyle(item).backgroundColor === 'rgba(0, 0, 0, 0)') item = item.parentElement;"
        " return [name, ink, getComputedStyle(item).backgroundColor]; })"
    )
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    for name, ink, paper in colours:
        assert contrast(ink, paper) >= 4.5, (name, ink, paper)


def contrast(ink: str, paper: str) -> float:
    """The contrast ratio of WCAG."""

    def luminance(colour: str) -> float:
        shares = [int(value) / 255 for value in re.findall(r"\d+", colour)[:3]]
        red, green, blue = (s / 12.92 if s <= 0.03928 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(ink), luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_nothing_is_wider_than_a_narrow_window_but_what_scrolls_by_itself(opened: Any) -> None:
    opened.set_window_size(480, 900)
    try:
        assert opened.execute_script("return document.documentElement.scrollWidth <= window.innerWidth")
    finally:
        opened.set_window_size(1200, 1600)


def test_on_a4_no_column_is_cut_off(opened: Any, tmp_path: Path) -> None:
    printed = opened.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": True})
    assert len(printed["data"]) > 100_000
    opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    opened.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 680, "height": 1000, "deviceScaleFactor": 1, "mobile": False}
    )
    try:
        wide = "return [...document.querySelectorAll('table, pre')].filter(t => t.getBoundingClientRect().right > 681).map(t => t.textContent.slice(0, 60))"
        assert opened.execute_script(wide) == []
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@pytest.mark.long
def test_the_document_is_a4_in_the_typeface_of_official_papers_and_repeats_the_heads_of_tables(
    papers: dict[Language, bytes],
) -> None:
    written = Document(BytesIO(papers["vi"]))
    [section] = written.sections
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    assert written.styles["Normal"].font.name == "Times New Roman"
    heads = [table._tbl.tr_lst[0] for table in written.tables]
    assert all(head.xpath("./w:trPr/w:tblHeader") for head in heads)
    assert any("Đồng ý / đề nghị sửa" in text for head in heads for text in head.xpath(".//w:t/text()"))


def test_word_processors_open_the_document(papers: dict[Language, bytes], office: Office, tmp_path: Path) -> None:
    (tmp_path / "so.docx").write_bytes(papers["vi"])
    [made] = office("pdf", tmp_path, tmp_path / "so.docx")
    assert made.stat().st_size > 50_000


@pytest.mark.long
def test_the_same_results_make_the_same_page(made: Book, sheet: bytes) -> None:
    assert page.render(made, "vi") == sheet
