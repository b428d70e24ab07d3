"""Take the pictures in the documents, of the program as it is: `python tools/pictures.py [FOLDER]`.

It runs thamdinh on the examples, and photographs what it makes with Chromium and LibreOffice.
"""

import runpy
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.support.wait import WebDriverWait

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
FOLDER: Final = ROOT / "docs" / "pictures"
PROGRAM: Final = Path(sys.executable).with_name("thamdinh")
SIZES: Final = {"finding": (880, 640), "dashboard": (1000, 900), "verdict-page": (1000, 760), "case": (1000, 900)}
"""The width and the height of each photograph of a page, in pixels."""


def thamdinh(*line: object, cwd: Path) -> None:
    """Run the program; findings are what is to be seen."""
    done = subprocess.run([PROGRAM, *map(str, line)], cwd=cwd, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stdout + done.stderr)


@contextmanager
def opened() -> Iterator[Chrome]:
    """A browser without a window."""
    from tests.programs import CHROMIUM_OPTIONS

    options = ChromeOptions()
    for option in (*CHROMIUM_OPTIONS, "--hide-scrollbars"):
        options.add_argument(option)
    browser = Chrome(options=options)
    try:
        yield browser
    finally:
        browser.quit()


def photograph(browser: Chrome, picture: Path) -> None:
    """The page that the browser is at."""
    width, height = SIZES[picture.stem]
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.save_screenshot(str(picture))


def printed(folder: Path, pages: dict[Path, int]) -> None:
    """A page of each document or workbook as LibreOffice, which takes long to start, prints it."""
    (here,) = {file.parent for file in pages}
    run("soffice", f"-env:UserInstallation={here.as_uri()}/office", "--headless",
        "--convert-to", "pdf", "--outdir", here, *pages)  # fmt: skip
    for file, page in pages.items():
        run("pdftoppm", "-png", "-r", 80, "-H", 520, "-f", page, "-l", page, "-singlefile",
            file.with_suffix(".pdf"), folder / file.stem)  # fmt: skip


def run(*line: object) -> None:
    """Run another program."""
    subprocess.run([*map(str, line)], check=True, capture_output=True, timeout=180)


def pictures(folder: Path) -> None:
    """Every picture, into the folder."""
    from tests.docs.forms import FORMS

    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as made, opened() as browser:
        here = Path(made)
        (here / "lay-phieu.yaml").write_bytes((ROOT / "examples" / "breached" / "lay-phieu.yaml").read_bytes())
        thamdinh("lint", "lay-phieu.yaml", "--output-file", "html=finding.html", cwd=here)
        thamdinh("generate", "nop-ve", "--plans", 40, "--seed", 7, "--breach-rate", 0.3, cwd=here)
        thamdinh("audit", "nop-ve", "-o", "dashboard.html", "-q", cwd=here)
        for name in ("finding", "dashboard"):
            browser.get((here / f"{name}.html").as_uri())
            if name == "finding":
                without_filters(browser)
            photograph(browser, folder / f"{name}.png")
        thamdinh("new", "word-form.docx", "--kind", "commune", cwd=here)
        thamdinh("new", "excel-form.xlsx", "--kind", "commune", cwd=here)
        (here / "ke-hoach.docx").write_bytes(FORMS["bao-cao-gop.docx"]())
        thamdinh("lint", "ke-hoach.docx", "--annotate", "word-notes.docx", cwd=here)
        printed(folder, {here / "word-form.docx": 1, here / "excel-form.xlsx": 2, here / "word-notes.docx": 2})
        of_server(browser, here, folder)


def without_filters(browser: Chrome) -> None:
    """Take away from the page what has no use where there is one plan."""
    browser.execute_script("document.getElementById('filters')?.remove()")


def of_server(browser: Chrome, here: Path, folder: Path) -> None:
    """The page of a verdict and that of a case, as a browser has them of a server on this machine."""
    made = runpy.run_path(str(ROOT / "tools" / "desk.py"))
    made["make_up"](here / "desk")
    line = [PROGRAM, "serve", "--port", "0", "--data", here / "desk"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().partition("http")[2].partition("/ ")[0]
            browser.get(f"http{address}/sign-in")
            for name, typed in (("login", "canbo"), ("password", made["PASSWORD"])):
                browser.find_element("name", name).send_keys(typed)
            browser.find_element("css selector", "button.main").click()
            # Not to ask for a page while the password is still looked at, for that would be asked by nobody.
            WebDriverWait(browser, 60).until(lambda page: not page.current_url.endswith("/sign-in"))
            for picture, place in (("verdict-page", "/"), ("case", "/cases/3")):
                browser.get(f"http{address}{place}")
                if picture == "verdict-page":
                    browser.find_element("id", "file").send_keys(str(here / "lay-phieu.yaml"))
                    browser.find_element("css selector", "button.main").click()
                    WebDriverWait(browser, 60).until(lambda page: page.current_url.endswith("/verdict"))
                without_filters(browser)
                photograph(browser, folder / f"{picture}.png")
        finally:
            server.terminate()


if __name__ == "__main__":
    pictures(Path(sys.argv[1]) if sys.argv[1:] else FOLDER)
