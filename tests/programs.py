"""The programs some tests need: Chromium, LibreOffice, Node. Absent, the test is skipped and says why; CI skips nothing."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

Office = Callable[..., list[Path]]
CHROMIUM_OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,1600",
)


def needed(*programs: str) -> str:
    """The path of the first of the programs that is there. Without any the test is skipped (with THAMDINH_NO_SKIP it fails)."""
    for program in programs:
        if found := shutil.which(program):
            return found
    return missing(f"needs {' or '.join(programs)}, not installed here")


def missing(reason: str) -> NoReturn:
    """Skip the test for the reason; with THAMDINH_NO_SKIP, as in CI, fail it."""
    if os.environ.get("THAMDINH_NO_SKIP"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture
def browser(open_browser: Any) -> Iterator[Any]:
    """A selenium driver of headless Chromium in whose log nothing stands of the pages of other tests."""
    open_browser.get_log("browser")
    yield open_browser
    open_browser.get("about:blank")  # a page that stays open is drawn on and on, for half a processor


@pytest.fixture(scope="session")
def open_browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A selenium driver of headless Chromium with a profile of its own, for all files: to start takes 2 s of computing, idle 0.3 %."""
    chromium, driver = needed("chromium"), needed("chromedriver")
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for option in (*CHROMIUM_OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    opened.set_page_load_timeout(60)
    yield opened
    opened.quit()


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A function that converts files with LibreOffice, many at once, for it takes long to start.

    office("pdf" or "xlsx:Calc MS Excel 2007 XML", folder, *files) gives the files made in the folder.
    """
    program = needed("soffice", "libreoffice")
    profile = tmp_path_factory.mktemp("office").as_uri()

    def convert(form: str, folder: Path, *files: Path) -> list[Path]:
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", folder]
        ended = subprocess.run(
            [*map(str, command), *map(str, files)], capture_output=True, text=True, timeout=180, check=False
        )
        made = [folder / f"{file.stem}.{form.partition(':')[0]}" for file in files]
        assert all(file.is_file() for file in made), ended.stderr or ended.stdout
        return made

    return convert


@pytest.fixture(scope="session")
def node() -> str:
    """The path of Node."""
    return needed("node", "nodejs")


@pytest.fixture(scope="session")
def npm(node: str) -> str:
    """The path of npm, which comes with Node."""
    return needed("npm")
