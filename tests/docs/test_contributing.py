"""CONTRIBUTING carried out as it is written, in a copy of the repository; the tests that there are then still hold."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.copies import repository
from tests.docs.blocks import Said, blocks, commands, differs

pytestmark = [pytest.mark.process, pytest.mark.long]

PROGRAM = f'"{sys.executable}" -c "from thamdinh.cli import main; main()"'
TESTS = (
    "tests/engine/test_rules.py",
    "tests/engine/assurance/test_reference.py",
    "tests/features/test_tags.py",
)
"""The tests that a new rule has to do with."""
ABOUT = "TD204 or luc_luong or not (TD or a_force_under or a_scenario_shows)"
"""Of these, what is about the new rule, about the file of scenarios that names it, or about all rules at once."""


def test_the_example_rule_is_added_in_the_steps_that_are_given(tmp_path: Path) -> None:
    copy = repository(tmp_path / "thamdinh")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "NO_COLOR": "1"}

    def run(line: str) -> Said:
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=copy,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        return Said(done.returncode, done.stdout + done.stderr)

    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for block in blocks(page):
        if block.file is not None:
            assert (copy / block.file).is_file(), f"rules new makes {block.file}"
            (copy / block.file).write_text(block.text, encoding="utf-8")
            continue
        assert block.kind == "console", block
        for line, shown in commands(block):
            said = run(line.replace("thamdinh", PROGRAM, 1))
            assert differs(shown, said) is None, (block.line, line, said.text[-3000:])
    where = run(f"{sys.executable} -c 'import thamdinh; print(thamdinh.__file__)'")
    assert str(copy) in where.text, "the copy is what was run"
    held = run(f"{sys.executable} -m pytest -q -p no:xdist -p no:cacheprovider -k '{ABOUT}' {' '.join(TESTS)}")
    assert held.status == 0, held.text[-4000:]
    assert int(re.findall(r"(\d+) passed", held.text)[-1]) > 10, held.text[-4000:]
