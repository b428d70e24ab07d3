"""The check page: every upload is judged, refused and mended as the command line does it, and nothing of it stays."""

import re
import tempfile
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from tests.appraisal import ROOT
from tests.command_line import BREACHED, COMPLIANT, INVALID, thamdinh
from tests.desk.web.conftest import ADDRESS
from tests.engine.forms.test_copying import form
from tests.forms import base_book
from thamdinh.desk.web.app import application
from thamdinh.desk.web.serving import Serving
from thamdinh.desk.web.uploads import LARGEST_REQUEST, MOST_FILES
from thamdinh.engine.documents import read
from thamdinh.engine.documents.source import LARGEST_FILE
from thamdinh.engine.lint.settings import Settings

pytestmark = pytest.mark.process

EXAMPLES: Final = sorted(path for path in (ROOT / "examples").rglob("*.*") if path.suffix != ".md")
REFUSED: Final[dict[str, bytes]] = {
    "rong.yaml": b"",
    "hong.xlsx": base_book()[:2000],
    "cu.doc": b"\xd0\xcf\x11\xe0",
    "macro.xlsm": base_book(),
    "nen.zip": b"PK\x05\x06" + bytes(18),
    "bang.parquet": b"PAR1",
    "trang.html": b"<html><script>alert(1)</script></html>",
    "khong-duoi": b"schema: 1",
    "lon.yaml": b"#" * (LARGEST_FILE + 1),
    "quote'<b>&.yaml": b"- 1\n- [",
    "utf16.yaml": "schema: 1".encode("utf-16"),
    "phieu.docx": (ROOT / "engine/reporters/templates/appraisal.vi.docx").read_bytes(),
}
"""What no plan is, by the name that it is sent by."""
PAGES: Final = ("/", "/forms", "/rules", "/rules/ben-tre-2017/TD501", "/rules/ben-tre-2017/D15", "/nowhere")
MADE: Final = ("/notes", "/sheet", "/mended", "/verdict.json")


def book() -> tuple[str, bytes]:
    """A plan with findings, by the name that it is sent by."""
    return "kế hoạch.xlsx", form(".xlsx")


def sent(client: TestClient, path: str, *files: tuple[str, bytes], **options: Any) -> Response:
    """What comes of files that are sent as the form does."""
    return client.post(path, files=[("file", file) for file in files], **options)


def linted(folder: Path, *files: tuple[str, bytes], form: str = "json") -> str:
    """What `thamdinh lint` prints on the same files, in their folder."""
    folder.mkdir(exist_ok=True)
    for name, content in files:
        (folder / name).write_bytes(content)
    return thamdinh("lint", *(name for name, _ in files), "--format", form, cwd=folder).stdout


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_the_json_verdict_is_the_command_lines_to_the_byte(client: TestClient, tmp_path: Path, path: Path) -> None:
    file = (path.name, path.read_bytes())
    assert sent(client, "/verdict.json", file).content.decode() == linted(tmp_path, file)


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_command_line_refuses_is_refused_in_the_same_words_at_the_same_place(
    client: TestClient, tmp_path: Path, name: str
) -> None:
    file = (name, REFUSED[name])
    expected = linted(tmp_path, file)
    got = sent(client, "/api/v1/verdicts", file)
    assert (got.status_code, got.text) == (200, expected)
    page = sent(client, "/verdict", file)
    assert page.status_code == 200
    [plan] = got.json()["plans"]
    assert plan["status"] == "invalid"
    shown = words(page.text)
    for problem in plan["problems"]:
        for said in (problem["code"], problem["message"]["vi"], problem["fix"]["vi"]):
            assert " ".join(said.split()) in shown


def test_several_files_are_judged_together_as_the_command_line_does(client: TestClient, tmp_path: Path) -> None:
    files = [(path.name, path.read_bytes()) for path in (COMPLIANT, BREACHED, INVALID)]
    files.append(book())
    assert sent(client, "/verdict.json", *files).text == linted(tmp_path, *files)
    page = sent(client, "/verdict", *files).text
    assert page.count('name="content"') == len(files)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_says_every_finding_as_the_html_report_does(client: TestClient, tmp_path: Path, language: str) -> None:
    file = (BREACHED.name, BREACHED.read_bytes())
    (tmp_path / file[0]).write_bytes(file[1])
    report = thamdinh("lint", file[0], "--format", "html", "--lang", language, cwd=tmp_path).stdout
    page = sent(client, f"/verdict?lang={language}", file).text
    assert re.findall(r"<article.*?</article>", page, re.DOTALL) == re.findall(
        r"<article.*?</article>", report, re.DOTALL
    )
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_the_copy_with_notes_is_the_command_lines(client: TestClient, tmp_path: Path, suffix: str) -> None:
    plan = tmp_path / f"plan{suffix}"
    plan.write_bytes(form(suffix))
    thamdinh("lint", plan.name, "--annotate", f"out{suffix}", cwd=tmp_path)
    got = sent(client, "/notes", (plan.name, plan.read_bytes()))
    wanted = read(f"out{suffix}", (tmp_path / f"out{suffix}").read_bytes())
    assert read(f"got{suffix}", got.content).data == wanted.data
    assert abs(len(got.content) - (tmp_path / f"out{suffix}").stat().st_size) < 50


def test_the_mended_file_is_the_command_lines(client: TestClient, tmp_path: Path) -> None:
    mended = tmp_path / BREACHED.name
    mended.write_bytes(b"\xef\xbb\xbf" + BREACHED.read_bytes())
    got = sent(client, "/mended", (mended.name, mended.read_bytes()))
    thamdinh("fix", "--yes", mended.name, cwd=tmp_path)
    assert got.content == mended.read_bytes()
    assert got.headers["content-disposition"].endswith("lay-phieu-da-sua.yaml")


def test_the_sheet_is_a_document_about_the_plan(client: TestClient) -> None:
    got = sent(client, "/sheet", book())
    assert got.content.startswith(b"PK")
    assert got.headers["content-disposition"].startswith(
        "attachment; filename*=UTF-8''phieu-k%E1%BA%BF%20ho%E1%BA%A1ch.docx"
    )


@pytest.mark.parametrize("path", MADE)
def test_what_a_verdict_page_carries_along_gives_what_the_file_itself_gives(client: TestClient, path: str) -> None:
    page = sent(client, "/verdict", book()).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    again = client.post(path, files=[(name, (None, unescape(value))) for name, value in hidden.items()])
    assert again.status_code == 200
    once = sent(client, path, book())
    assert again.headers["content-disposition"] == once.headers["content-disposition"]
    assert len(again.content) == len(once.content)


@pytest.mark.parametrize(
    ("path", "file", "words"),
    [
        ("/notes", (COMPLIANT.name, COMPLIANT.read_bytes()), "Chỉ ghi chú thích được vào tệp .xlsx hoặc .docx"),
        ("/mended", (COMPLIANT.name, COMPLIANT.read_bytes()), "Không có lỗi nào chương trình tự động sửa được"),
        ("/mended", (INVALID.name, INVALID.read_bytes()), "Cách sửa"),
        ("/sheet", ("a/b\\c.yaml", b"["), "PL001"),
    ],
)
def test_what_cannot_be_made_of_a_file_is_said(
    client: TestClient, path: str, file: tuple[str, bytes], words: str
) -> None:
    got = sent(client, path, file)
    if path == "/sheet":  # A sheet says of an invalid plan why it is that.
        assert got.status_code == 200
        return
    assert got.status_code == 422
    assert words in got.text


def test_what_is_sent_wrongly_is_refused_with_what_to_do(client: TestClient) -> None:
    many = [book()] * (MOST_FILES + 1)
    for got, status, said in (
        (client.post("/verdict", files=[("file", ("", b""))]), 400, "Chưa chọn tệp nào"),
        (client.post("/verdict", data={"file": "plan.yaml"}), 415, "multipart/form-data"),
        (client.post("/verdict", files={"name": (None, "a.yaml"), "content": (None, "%%%")}), 400, "Gửi lại"),
        (client.post("/verdict", content=b"--x", headers={"content-type": "multipart/form-data"}), 400, "Gửi lại"),
        (sent(client, "/verdict", *many), 400, f"nhiều nhất {MOST_FILES} tệp"),
        (sent(client, "/verdict", ("a.yaml", bytes(LARGEST_REQUEST))), 413, "64 MB"),
        (sent(client, "/sheet", book(), book()), 400, "Chọn một tệp"),
        (client.put("/verdict"), 405, "Không làm được như vậy"),
        (client.get("/forms/conference_plan/commune.exe"), 404, "trang Biểu mẫu"),
        (client.get("/rules/khong-co/TD501"), 404, "trang Quy tắc"),
        (client.get("/rules/ben-tre-2017/TD50"), 404, "TD50"),
    ):
        assert got.status_code == status, got.text
        assert said in unescape(got.text)


@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".yaml"])
def test_a_blank_form_is_the_command_lines(client: TestClient, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"police{suffix}"
    thamdinh("new", file, "--kind", "police")
    got = client.get(f"/forms/conference_plan/police{suffix}")
    assert read(file.name, got.content).data == read(file.name, file.read_bytes()).data


def test_scenarios_are_shown_as_the_review_book_shows_them(client: TestClient, tmp_path: Path) -> None:
    page = client.get("/scenarios/ben-tre-2017").text
    assert page.count('<section class="clause"') == 20
    assert "Kiểm tra văn bản</a>" in page


@pytest.mark.parametrize(
    ("directive", "noun", "other"),
    [
        (None, ("văn bản", "documents"), r"(?i)kế hoạch|\bplans?\b|biên bản|\bminutes\b"),
        ("ben-tre-2017", ("kế hoạch hội nghị", "conference plans"), r"(?i)văn bản|\bdocument"),
        ("kiem-phieu-2017", ("biên bản", "minutes of the count"), r"(?i)kế hoạch|\bplans?\b|văn bản|\bdocument"),
    ],
)
def test_the_page_asks_for_what_the_packs_that_may_judge_are_for(
    served: Serving, directive: str | None, noun: tuple[str, str], other: str
) -> None:
    asked = TestClient(application(Serving(Settings(directive=directive), served.judges)), base_url=ADDRESS)
    for language, words in zip(("vi", "en"), noun, strict=True):
        page = asked.get(f"/?lang={language}").text
        assert words in page
        assert not re.search(other, page)


@pytest.mark.parametrize("directive", [None, "ben-tre-2017", "kiem-phieu-2017"])
def test_the_forms_are_those_of_what_may_be_judged(served: Serving, directive: str | None) -> None:
    asked = TestClient(application(Serving(Settings(directive=directive), served.judges)), base_url=ADDRESS)
    every = TestClient(application(served), base_url=ADDRESS)
    listed, all_listed = (set(re.findall(r"/forms/\w+/[^\"]+\.yaml", one.get("/forms").text)) for one in (asked, every))
    types = {"ben-tre-2017": {"conference_plan"}, "kiem-phieu-2017": {"ballot_minutes"}}
    wanted = types.get(directive or "", set.union(*types.values()))
    assert {place.split("/")[2] for place in listed} == wanted
    assert listed <= all_listed  # among which are kinds that other packs add
    assert {place for place in all_listed if asked.get(place).status_code == 200} == listed


class Parts(HTMLParser):
    """What a page holds that a policy without inline scripts and styles forbids, and its links and buttons."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.links += [value for name, value in attrs if name in ("href", "src", "action", "formaction") and value]


def pages(client: TestClient) -> Iterator[Response]:
    """Every page, those that refuse too."""
    yield from map(client.get, PAGES)
    yield sent(client, "/verdict", book(), ("<script>alert(1)</script>.yaml", b"'<script>alert(1)</script>'"))
    yield sent(client, "/mended", (COMPLIANT.name, COMPLIANT.read_bytes()))


def test_no_page_has_inline_scripts_or_styles_sets_a_cookie_or_leads_elsewhere(client: TestClient) -> None:
    links = set[str]()
    for page in pages(client):
        parts = Parts(page.text)
        assert parts.inline == [], page.url
        assert [link for link in parts.links if not link.startswith(("/", "#", "data:,"))] == [], page.url
        assert "set-cookie" not in page.headers
        assert "'unsafe-inline'" not in page.headers["content-security-policy"]
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["cache-control"] == "no-store"
        links.update(link for link in parts.links if link.startswith(("/static/", "/forms", "/rules")))
    assert len(links) > 60
    made = {link for link in links if link.endswith((".xlsx", ".docx"))}  # held to the command line's in another test
    assert [link for link in links - made if client.get(link).status_code != 200] == []


def test_the_first_page_is_small(client: TestClient) -> None:
    page = client.get("/")
    whole = len(page.content) + sum(
        len(client.get(link).content) for link in Parts(page.text).links if "static" in link
    )
    assert whole < 100_000


def test_pages_keep_the_language_that_was_chosen(client: TestClient) -> None:
    page = client.get("/?lang=en").text
    links = [link for link in Parts(page).links if link.startswith("/") and "static" not in link]
    assert len(links) > 8
    assert [link for link in links if "lang=" not in link] == []


def test_nothing_that_is_sent_goes_to_a_disk(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("TemporaryFile", "NamedTemporaryFile", "mkstemp"):
        monkeypatch.setattr(tempfile, name, full)
    got = sent(client, "/verdict", ("lon.yaml", b"#" * (LARGEST_FILE + 1)), book())
    assert got.status_code == 200
    assert "Tệp lớn quá 32 MB" in got.text


def words(page: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())
