"""The check page in Chromium: by mouse, by keyboard, without scripts, small, dark; and what axe-core finds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from axe_core_python.selenium import Axe
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.command_line import BREACHED, COMPLIANT, INVALID
from tests.commands.test_serve import serving
from tests.engine.forms.test_copying import form

pytestmark = [pytest.mark.office, pytest.mark.process]

CSS: Final = "css selector"
PAGES: Final = ("/", "/?lang=en", "/forms", "/rules", "/rules/ben-tre-2017/TD501", "/khong-co")
BY_STYLE: Final = (
    "color-contrast", "link-in-text-block", "scrollable-region-focusable",
    "empty-table-header", "scope-attr-valid", "td-headers-attr", "th-has-data-cells",
)  # fmt: skip
"""The rules of axe-core that styles decide on: colours, what scrolls, and tables, which on a small screen are none."""
VIEWS: Final[tuple[tuple[int, str, tuple[str, ...] | None], ...]] = (
    (1280, "light", ()),
    (1280, "dark", None),
    (360, "dark", BY_STYLE),
    (360, "light", None),
)
"""The widths and schemes in which pages are looked at, and by which rules: all (none named), some, or none (None)."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a server in a process of its own is asked."""
    here = tmp_path_factory.mktemp("serve")
    with serving(here) as (_, address):
        yield address.rstrip("/")
    assert [file.name for file in here.iterdir()] == ["said"]
    assert (here / "said").read_text("utf-8") == ""


def chosen(page: Any, address: str, *files: Path) -> Any:
    """The check page with files chosen."""
    page.get(f"{address}/")
    page.find_element(CSS, "#file").send_keys("\n".join(map(str, files)))
    return page


def judged(page: Any) -> Any:
    """The page once the verdict is there."""
    WebDriverWait(page, 60).until(lambda page: page.current_url.partition("?")[0].endswith("/verdict"))
    return page


AXE: Final = Axe().axe_script
ALIKE: Final = """
const named = /^(id|for|href|src|name|value|title|alt|open|action|aria-labelledby|aria-describedby|aria-label|data-.*)$/;
const shapes = (one) => {
  const seen = new Set(), said = [], again = [];
  for (const child of [...one.childNodes]) {
    if (child.nodeType === Node.TEXT_NODE && child.data.trim()) said.push("#");
    if (child.nodeType !== Node.ELEMENT_NODE) continue;
    const given = [...child.attributes].map(({ name, value }) => `${name}=${named.test(name) ? !!value.trim() : value}`);
    const shape = `${child.tagName} ${given.sort()} (${shapes(child)})`;
    if (!seen.has(shape)) said.push(shape);
    else if (child.matches("li, tr, article, section, details, option, dl > div")) again.push(child);
    seen.add(shape);
  }
  for (const child of again) { away.push([one, child, child.nextSibling]); child.remove(); }
  return said.join();
};
const away = [];
shapes(document.body);
"""
"""Takes away whatever is made like one before it beside it: the same elements, attributes and classes, with other words.
A table of more columns is like one of fewer.

What is as wrong in all of them is as wrong in the first. `away` holds where it was, itself, and what it stood before.
"""
BESIDE: Final = """
const all = (selector) => [...document.querySelectorAll(selector)], wrong = [];
const ids = new Set();
for (const { id } of all("[id]")) { if (ids.has(id)) wrong.push(`twice: ${id}`); ids.add(id); }
for (const name of ["for", "list", "headers", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns"])
  for (const one of all(`[${name}]`)) for (const id of one.getAttribute(name).split(/\\s+/))
    if (!ids.has(id)) wrong.push(`nowhere: ${name} ${id}`);
for (const one of all("input:not([type=hidden]), select, textarea"))
  if (![...one.labels].some((label) => label.textContent.trim()) && !one.ariaLabel && !one.getAttribute("aria-labelledby") && !one.title)
    wrong.push(`without a label: ${one.outerHTML}`);
const landmarks = all("section[aria-labelledby], section[aria-label], nav, aside").map((one) => {
  const by = (one.getAttribute("aria-labelledby") ?? "").split(/\\s+/).map((id) => document.getElementById(id)?.textContent);
  return `${one.tagName} ${one.ariaLabel ?? by.join(" ").trim()}`;
});
wrong.push(...landmarks.filter((one, at) => landmarks.indexOf(one) !== at));
return wrong;
"""
"""What may be wrong in one of those that are made alike and in no other: ids and what names them, labels, landmarks."""


def found(page: Any, *rules: str) -> list[str]:
    """What axe-core finds on a page, by all of its rules or by some; of what is made alike in the first alone, but for names.

    What it passes is not told one by one, which on a long page takes as long again.
    """
    page.set_script_timeout(120)
    if not page.execute_script("return !!window.axe"):
        page.execute_script(AXE)
    by = {"runOnly": {"type": "rule", "values": [*rules]}} if rules else {}
    ran = page.execute_async_script(
        f"{ALIKE} const [options, done] = arguments;"
        "axe.run(options).then(({violations}) => {"
        "  for (const [one, child, next] of away.reverse()) one.insertBefore(child, next);"
        "  done(violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`));"
        "});",
        {"resultTypes": ["violations"], **by},
    )
    return [*ran, *page.execute_script(BESIDE)]


def sized(page: Any, width: int, scheme: str = "light") -> None:
    page.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    page.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )


def look(page: Any, called: str) -> Iterator[tuple[int, str]]:
    """A page that is there, in each width and scheme: it fits, and axe-core finds nothing by the rules that these may change.

    It is loaded once: no page asks for the width or the scheme but in its styles.
    """
    for width, scheme, rules in VIEWS:
        sized(page, width, scheme)
        too_wide = "const root = document.documentElement; return root.scrollWidth - root.clientWidth"
        assert page.execute_script(too_wide) <= 0, (called, width, scheme)
        assert rules is None or found(page, *rules) == [], (called, width, scheme)
        yield width, scheme


@pytest.fixture(autouse=True)
def as_before(browser: Any) -> Iterator[None]:
    yield
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_every_page_fits_and_axe_finds_nothing(browser: Any, address: str) -> None:
    for path in PAGES:
        browser.get(address + path)
        assert len([*look(browser, path)]) == len(VIEWS)
    chosen(browser, address, BREACHED, COMPLIANT, INVALID).find_element(CSS, "button.main").click()
    judged(browser)
    assert len([*look(browser, "verdict")]) == len(VIEWS)
    assert len(browser.find_elements(CSS, "section.plan")) == 3
    said = [entry for entry in browser.get_log("browser") if "/khong-co" not in entry["message"]]
    assert said == []


def test_a_form_is_checked_by_keyboard_alone(browser: Any, address: str, tmp_path: Path) -> None:
    plan = tmp_path / "ke-hoach.docx"
    plan.write_bytes(form(".docx"))
    page = chosen(browser, address, plan)
    focused = page.switch_to.active_element
    for _ in range(12):
        focused = page.switch_to.active_element
        if focused.get_attribute("class") == "main":
            break
        ActionChains(page).send_keys(Keys.TAB).perform()
    assert focused.text == "Kiểm tra"
    focused.send_keys(Keys.ENTER)
    page = judged(page)
    assert "TD301" in page.find_element(CSS, "main").text
    assert page.find_element(CSS, ".make button").text == "Lấy bản có chú thích"


def test_everything_works_without_scripts(browser: Any, address: str, tmp_path: Path) -> None:
    plan = tmp_path / "plan.xlsx"
    plan.write_bytes(form(".xlsx"))
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page = chosen(browser, address, plan)
    page.find_element(CSS, "button.main").click()
    page = judged(page)
    assert "TD301" in page.find_element(CSS, "main").text
    browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path), "eventsEnabled": True}
    )
    page.find_element(CSS, ".make button").click()
    WebDriverWait(page, 60).until(lambda _: (tmp_path / "plan-chu-thich.xlsx").is_file())


def test_too_many_files_are_told_before_they_are_sent_and_stay_chosen(
    browser: Any, address: str, tmp_path: Path
) -> None:
    files = [tmp_path / f"{number}.yaml" for number in range(21)]
    for file in files:
        file.write_text("schema: 1")
    page = chosen(browser, address, *files)
    page.find_element(CSS, "button.main").click()
    assert page.current_url == f"{address}/"
    assert (
        page.execute_script("return document.getElementById('file').validationMessage")
        == "Mỗi lần gửi nhiều nhất 20 tệp."
    )
    assert page.execute_script("return document.getElementById('file').files.length") == 21


def test_progress_is_said_and_nothing_is_sent_twice(browser: Any, address: str) -> None:
    page = chosen(browser, address, BREACHED)
    page.execute_script(
        "const form = document.getElementById('upload');"
        "form.addEventListener('submit', (event) => event.preventDefault());"
    )
    page.find_element(CSS, "button.main").click()
    assert page.find_element(CSS, "#progress").text == "Đang gửi tệp…"
    WebDriverWait(page, 5).until(lambda page: not page.find_element(CSS, "button.main").is_enabled())
    WebDriverWait(page, 5).until(lambda page: "Đang kiểm tra… 1 giây" in page.find_element(CSS, "#progress").text)
