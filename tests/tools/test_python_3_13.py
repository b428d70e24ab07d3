"""The wheel installed under Python 3.13, where durable-rules can't be had: compiled rules judge alone, and all outputs say so.

A plug-in is installed beside it from its wheel, and is found.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import httpx
import pyarrow.parquet
import pytest
from docx import Document
from openpyxl import load_workbook

from tests.appraisal import ROOT
from tests.command_line import BREACHED, COMPLIANT, thamdinh
from tests.commands.test_serve import serving
from tests.copies import repository
from tests.wheels import EXAMPLE, wheel_of

pytestmark = [pytest.mark.process, pytest.mark.long]

ONE_ENGINE: Final = "một bộ máy"
MARK: Final = '"one_engine": true'
"""What says the same to programs."""


def python() -> str:
    """Python 3.13 of this machine: on the PATH, or among the versions of pyenv."""
    found = (shutil.which("python3.13"), *map(str, Path.home().glob(".pyenv/versions/3.13.*/bin/python3.13")))
    for path in filter(None, found):
        if subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0:
            return path
    return pytest.skip("no Python 3.13 here")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the programs of an installation with what serves people, of the versions that are pinned."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([python(), "-m", "venv", "--without-pip", folder / "own"], check=True)
    wheel = wheel_of(repository(folder / "repository"), folder / "ours")
    pins = folder / "pins.txt"
    pins.write_text(re.sub(r" \\\n +--hash=\S+", "", (ROOT / "requirements.txt").read_text(encoding="utf-8")))
    own = folder / "own" / "bin"
    pip = [sys.executable, "-m", "pip", "--python", own / "python", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "install", "--no-compile", "--constraint", pins, f"{wheel}[desk]", wheel_of(EXAMPLE, folder / "example")],
        capture_output=True, encoding="utf-8", check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert not list(own.parent.glob("lib/*/site-packages/durable*")), "durable-rules is not for 3.13"
    return own


def said(path: Path) -> str:
    """All that an output says, as text."""
    match path.suffix:
        case ".docx":
            return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
        case ".xlsx":
            rows = (row for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True))
            return "\n".join(str(value) for row in rows for value in row)
        case ".parquet":
            return str(pyarrow.parquet.read_metadata(path).metadata)
        case _:
            return path.read_text(encoding="utf-8")


def run(folder: Path, *line: object) -> str:
    """What a command prints, in a folder; it finds nothing, or nothing that it is asked to fail on."""
    done = subprocess.run([*map(str, line)], capture_output=True, encoding="utf-8", check=False, cwd=folder)
    assert done.returncode == 0, (line, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout + done.stderr


def test_lints_and_audits_say_in_every_output_that_one_engine_judged(programs: Path, tmp_path: Path) -> None:
    program, kept = programs / "thamdinh", ("--store", "kept.duckdb")
    formats = ("text", "json", "sarif", "junit", "github", "csv", "markdown", "html", "docx")
    written = [f"{name}=lint.{name}" for name in (*formats, "one-line")]
    assert ONE_ENGINE in run(tmp_path, program, "lint", BREACHED, "--fail-on", "never", "--output-file", *written)
    audited = [f"audit.{name}" for name in ("json", "jsonl", "csv", "txt", "html", "xlsx")]
    assert "1 đạt" in run(
        tmp_path, program, "audit", COMPLIANT, *kept, *(part for name in audited for part in ("-o", name))
    )
    exported = [f"export.{name}" for name in ("json", "parquet")]
    for name in exported:
        run(tmp_path, program, "audit", "export", "last", name, *kept)
    assert ONE_ENGINE in run(tmp_path, program, "audit", "history", *kept)
    for name in (*(f"lint.{name}" for name in formats), *audited, *exported):
        text = said(tmp_path / name)
        assert ONE_ENGINE in text or MARK in text, name
    assert said(tmp_path / "lint.one-line").startswith(f"{BREACHED}: TD501, "), "the plug-in is found"


def test_the_check_page_says_that_one_engine_judged(programs: Path, tmp_path: Path) -> None:
    plan = [("file", (BREACHED.name, BREACHED.read_bytes()))]
    with serving(tmp_path, program=programs / "thamdinh") as (_, address), httpx.Client(base_url=address) as client:
        assert ONE_ENGINE in client.post("/verdict", files=plan, timeout=60).text
        verdict = client.post("/api/v1/verdicts", files=plan, timeout=60).json()
    both = json.loads(thamdinh("lint", BREACHED.name, "--format", "json", cwd=BREACHED.parent).stdout)
    assert verdict["plans"] == both["plans"]
    assert (verdict["settings"]["one_engine"], both["settings"]["one_engine"]) == (True, False)
