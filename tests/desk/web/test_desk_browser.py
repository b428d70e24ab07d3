"""The desk in Chromium as each role: the whole life of a case with a Word document, and what axe-core finds on every page."""

import runpy
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from selenium.webdriver.support.wait import WebDriverWait

from tests.appraisal import ROOT, base_plan, plan_of
from tests.command_line import thamdinh
from tests.commands.test_serve import serving
from tests.desk.web.test_browser import CSS, found, sized
from tests.engine.forms.test_copying import form
from thamdinh.engine.forms import word

pytestmark = [pytest.mark.office, pytest.mark.process, pytest.mark.long]

MADE: Final = runpy.run_path(str(ROOT / "tools" / "desk.py"))
PLACES: Final = {
    "": ("/sign-in",),
    "canbo": ("/cases", "/cases/3", "/account", "/signing/ben-tre-2017/scenario"),
    "donvi2": ("/cases/1", "/cases/new", "/"),
    "lanhdao": ("/cases/4", "/cases/2", "/cases/4711"),
    "rasoat": ("/signing/ben-tre-2017/rule",),
    "quantri": ("/accounts", "/?lang=en"),
}


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


def press(page: Any, selector: str) -> None:
    """Press a button, and wait for the page that comes."""
    button = page.find_element(CSS, selector)
    page.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
    before = page.find_element(CSS, "html")
    button.click()
    WebDriverWait(page, 60).until(lambda page: page.find_element(CSS, "html") != before)


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_every_page_fits_and_axe_finds_nothing(browser: Any, desk: str, width: int, scheme: str) -> None:
    try:
        sized(browser, width, scheme)
        for login, places in PLACES.items():
            page = signed_in(browser, desk, login)
            for place in places:
                page.get(desk + place)
                too_wide = page.execute_script(
                    "const root = document.documentElement; return root.scrollWidth - root.clientWidth"
                )
                assert too_wide <= 0, place
                assert found(page) == [], place
    finally:
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_whole_life_of_a_case_with_a_word_document(browser: Any, desk: str, tmp_path: Path) -> None:
    """Each role's task takes at most five clicks after signing in."""
    wrong, right = tmp_path / "ke-hoach.docx", tmp_path / "ke-hoach-sua.docx"
    wrong.write_bytes(form(".docx"))
    right.write_bytes(word.write(plan_of(base_plan())))
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
