"""The desk in Chromium as each role: the whole life of a case with a Word document, and what axe-core finds on every page."""

import base64
import os
import re
import runpy
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from selenium.webdriver.support.wait import WebDriverWait

from tests.appraisal import ROOT
from tests.command_line import thamdinh
from tests.commands.test_serve import serving
from tests.desk.web.test_browser import CSS, as_before, look  # noqa: F401 (a fixture)
from tests.engine.forms.test_copying import form
from tests.forms import base_document
from thamdinh.desk.web import accounts_pages, case_pages, check, sign_in, signing

pytestmark = [pytest.mark.office, pytest.mark.process, pytest.mark.long]

MADE: Final = runpy.run_path(str(ROOT / "tools" / "desk.py"))
PLACES: Final = {
    "": ("/sign-in",),
    "donvi1": ("/cases/new", "/cases", "/forms", "/rules", "/rules/ben-tre-2017/TD501"),
    "donvi2": ("/", "/cases/1", "/cases/4711"),
    "canbo": (
        "/cases?state=submitted",
        "/cases/3",
        "/account",
        "/signing/ben-tre-2017/scenario",
        "/scenarios/ben-tre-2017",
    ),
    "lanhdao": ("/cases/4", "/cases/2?lang=en", "/cases/5"),
    "rasoat": ("/signing", "/signing/ben-tre-2017/rule"),
    "kiemtra": ("/sign-ins", "/cases?lang=en"),
    "quantri": ("/accounts", "/accounts?lang=en"),
}
"""Every page, as those see it who have most to see on it."""
STEPS: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("canbo", "/account"): ("form[action^='/account/second-factor'] button", "second-factor"),
    ("donvi1", "/cases/new"): ("main button.main", "again"),
    ("donvi2", "/"): ("main button.main", "verdict"),
}
"""Pages that come of a form: where it stands, what is pressed, and how the page is called."""
PICTURES: Final = os.environ.get("THAMDINH_PICTURES")
"""A folder in which to leave pictures of every page, on screen and on paper, for somebody to look at."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server of the desk to try is asked."""
    here = tmp_path_factory.mktemp("desk")
    MADE["make_up"](here / "data")
    with serving(here, "--data", here / "data") as (_, address):
        yield address.rstrip("/")
    assert (here / "said").read_text("utf-8") == ""


def signed_in(page: Any, desk: str, login: str) -> Any:
    page.get(f"{desk}/sign-in")
    page.delete_all_cookies()
    page.get(f"{desk}/sign-in")
    if login:
        page.find_element(CSS, "[name=login]").send_keys(login)
        page.find_element(CSS, "[name=password]").send_keys(MADE["PASSWORD"])
        press(page, "button.main")
        WebDriverWait(page, 30).until(lambda page: "/sign-in" not in page.current_url)
    return page


def known(page: Any, desk: str, login: str) -> Any:
    """Somebody who has signed in already: what a browser sends then, without the forms that lead there."""
    page.get(f"{desk}/sign-in")
    page.delete_all_cookies()
    if login:
        signed = httpx.post(f"{desk}/sign-in", files={"login": (None, login), "password": (None, MADE["PASSWORD"])})
        [(name, value)] = signed.cookies.items()
        page.add_cookie({"name": name, "value": value, "path": "/"})
    return page


def press(page: Any, selector: str) -> None:
    """Press a button, and wait for the page that comes."""
    button = page.find_element(CSS, selector)
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    before = page.find_element(CSS, "html")
    button.click()
    WebDriverWait(page, 60).until(lambda page: page.find_element(CSS, "html") != before)


@pytest.mark.parametrize("login", PLACES)
def test_every_page_fits_and_axe_finds_nothing(browser: Any, desk: str, tmp_path: Path, login: str) -> None:
    wrong = tmp_path / "ke-hoach.docx"
    wrong.write_bytes(form(".docx"))
    page = known(browser, desk, login)
    for place in PLACES[login]:
        page.get(desk + place)
        seen(page, f"{login}{place}")
        if (login, place) in STEPS:
            selector, called = STEPS[login, place]
            for chooser in page.find_elements(CSS, "#file"):
                chooser.send_keys(str(wrong))
            press(page, selector)
            seen(page, called)


def seen(page: Any, called: str) -> None:
    """Look at a page on screens and on paper, and leave pictures of it where they are wanted."""
    name = re.sub(r"\W+", "-", called).strip("-")
    for width, scheme in look(page, called):
        if PICTURES:
            height = page.execute_script("return document.documentElement.scrollHeight")
            whole = {
                "captureBeyondViewport": True,
                "clip": {"x": 0, "y": 0, "width": width, "height": min(height, 4_000), "scale": 1},
            }
            shown = page.execute_cdp_cmd("Page.captureScreenshot", whole)
            Path(PICTURES, f"{name}-{width}-{scheme}.png").write_bytes(base64.b64decode(shown["data"]))
        if (width, scheme) == (1280, "light"):
            printed(page, called)
            if PICTURES:
                paper = page.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
                Path(PICTURES, f"{name}.pdf").write_bytes(base64.b64decode(paper["data"]))


def printed(page: Any, called: str) -> None:
    """See that nothing stands on paper that is for screens alone: navigation, forms and buttons; and that the rest does."""
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
    shown = "return [...document.querySelectorAll('%s')].filter((one) => one.offsetParent !== null).length"
    assert page.execute_script(shown % ".places, form, button, input, select, textarea, .screen-only") == 0, called
    assert page.execute_script(shown % "h1") == 1, called
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def test_every_page_is_looked_at(desk: str) -> None:
    looked_at = {place.partition("?")[0] for places in PLACES.values() for place in places}
    modules = (check, sign_in, case_pages, signing, accounts_pages)
    routes = [route for module in modules for route in module.router.routes if "GET" in route.methods]  # type: ignore[attr-defined]
    shown = [route for route in routes if route.path not in NO_PAGES]
    assert [route.path for route in shown if not any(route.path_regex.match(place) for place in looked_at)] == []


NO_PAGES: Final = {
    "/sign-in/provider",
    "/sign-in/back",
    "/export{suffix}",
    "/forms/{document_type}/{file}",
    "/cases/{case_id}/dossier",
    "/cases/{case_id}/letter",
    "/cases/{case_id}/versions/{number}/{what}",
}
"""What gives files or leads elsewhere."""


TASKS: Final[dict[str, list[tuple[str, str]]]] = {
    "donvi3": [
        ("header .button", ""), ("#file", "FILE"), ("[name=words]", "Xin hướng dẫn cách sửa"), ("main button.main", ""),
        ("h1", "Hồ sơ"),
    ],
    "canbo": [
        ("tbody a[href='/cases/5']", ""), (".todo button.main", ""), (".todo [name=words]", "Sửa theo từng phát hiện"),
        ("button[value=request_changes]", ""), ("h1", "yêu cầu sửa đổi"),
    ],
    "lanhdao": [
        ("input[name=proposed]", ""), (".filters button", ""), ("tbody a[href='/cases/4']", ""), ("button[value=accept]", ""),
        ("h1", "đạt, đã chấp thuận"),
    ],
    "rasoat": [(".counts li:nth-child(3) a", ""), (".item button.main", ""), (".badge.good", "đã đồng ý")],
    "kiemtra": [("tbody a[href='/cases/2']", ""), ("a[href='/cases/2?version=1']", ""), ("footer", "Diễn biến")],
    "quantri": [
        ("[aria-labelledby=people] details:last-of-type summary", ""), ("details[open] [name=login]", "canbo9"),
        ("details[open] [name=full_name]", "Cán Bộ Mới"), ("details[open] [name=password]", "một câu dài và dễ nhớ"),
        ("details[open] [value=appraiser]", ""), ("details[open] button.main", ""), ("[aria-labelledby=people]", "canbo9"),
    ],
}  # fmt: skip
"""The main task of each role from the page after signing in: what is clicked (no text), filled in, and seen in the end."""
MOST_CLICKS: Final = 5


@pytest.mark.parametrize("login", TASKS)
def test_the_main_task_of_each_role_takes_at_most_five_clicks(
    browser: Any, desk: str, tmp_path: Path, login: str
) -> None:
    plan = tmp_path / "ke-hoach.docx"
    plan.write_bytes(form(".docx"))
    page, clicks = signed_in(browser, desk, login), 0
    *steps, (where, seen) = TASKS[login]
    for selector, given in steps:
        one = page.find_element(CSS, selector)
        if given and given != "FILE":
            one.send_keys(given)
            continue
        clicks += 1
        if given:
            one.send_keys(str(plan))
        elif one.tag_name in ("summary", "input"):
            one.click()
        else:
            press(page, selector)
    assert any(seen in one.text for one in page.find_elements(CSS, where))
    assert clicks <= MOST_CLICKS


def test_the_whole_life_of_a_case_with_a_word_document(browser: Any, desk: str, tmp_path: Path) -> None:
    wrong, right = tmp_path / "ke-hoach.docx", tmp_path / "ke-hoach-sua.docx"
    wrong.write_bytes(form(".docx"))
    right.write_bytes(base_document())
    page = signed_in(browser, desk, "donvi1")
    press(page, "header .button")
    page.find_element(CSS, "#file").send_keys(str(wrong))
    page.find_element(CSS, "[name=title]").send_keys("Kế hoạch của xã")
    press(page, "main button.main")
    assert "Kế hoạch còn lỗi mà chưa nói rõ vì sao vẫn nộp" in page.find_element(CSS, "main").text
    page.find_element(CSS, "[name=words]").send_keys("Xin hướng dẫn cách sửa")
    press(page, "main button.main")
    place = page.current_url
    assert "Kế hoạch của xã" in page.find_element(CSS, "h1").text

    page = signed_in(browser, desk, "canbo")
    page.get(place)
    press(page, ".todo button.main")
    page.find_element(CSS, ".item .beside details summary").click()
    page.find_element(CSS, ".item .beside [name=words]").send_keys("Chỗ này phải sửa")
    press(page, ".item .beside form button")
    page.find_element(CSS, ".todo [name=words]").send_keys("Sửa theo từng phát hiện")
    press(page, "button[value=request_changes]")

    page = signed_in(browser, desk, "donvi1")
    page.get(place)
    assert "Chỗ này phải sửa" in page.find_element(CSS, ".item .beside").text
    asking = page.find_element(CSS, ".item.is-error .beside details:last-of-type")
    asking.find_element(CSS, "summary").click()
    asking.find_element(CSS, "[name=words]").send_keys("Huyện đã đồng ý")
    press(page, ".item.is-error .beside details:last-of-type form button")
    page.find_element(CSS, ".todo #file").send_keys(str(right))
    press(page, ".todo form button.main")
    assert "Bản 2/2" in page.find_element(CSS, "header").text

    page = signed_in(browser, desk, "lanhdao")
    page.get(place)
    page.find_element(CSS, "[name=document]").send_keys("12-CV/TU")
    press(page, "form[action*='/grant'] button")
    assert "đã cho" in page.find_element(CSS, "footer").text

    page = signed_in(browser, desk, "canbo")
    page.get(place)
    press(page, ".todo button.main")
    press(page, "button[value=propose_acceptance]")

    page = signed_in(browser, desk, "lanhdao")
    page.get(place)
    press(page, "button[value=accept]")
    assert "đạt, đã chấp thuận" in page.find_element(CSS, "h1").text

    number = place.rpartition("/")[2]
    cookies = {one["name"]: one["value"] for one in page.get_cookies()}

    dossier = tmp_path / "ho-so.zip"
    dossier.write_bytes(httpx.get(f"{desk}/cases/{number}/dossier", cookies=cookies, timeout=60).content)
    assert any(name.startswith("versions/2/") for name in zipfile.ZipFile(BytesIO(dossier.read_bytes())).namelist())
    checked = thamdinh("desk", "check-dossier", dossier)
    assert checked.returncode == 0, checked.stderr
    workbook = httpx.get(f"{desk}/export.xlsx", cookies=cookies, timeout=120)
    assert workbook.content.startswith(b"PK"), workbook.text
