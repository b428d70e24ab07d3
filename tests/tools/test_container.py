"""The Containerfile: what a linter says of it, and what it promises. No image can be built in the tests."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.appraisal import ROOT

FILE = ROOT / "Containerfile"
LINES = FILE.read_text(encoding="utf-8").splitlines()


@pytest.mark.process
def test_the_linter_of_containers_has_nothing_to_say() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, FILE], capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_it_runs_as_nobody_looks_after_its_health_and_copies_what_is_there() -> None:
    last = LINES[max(number for number, line in enumerate(LINES) if line.startswith("FROM ")) :]
    (user,) = [line.split()[1] for line in last if line.startswith("USER ")]
    assert user.isdecimal()
    assert int(user) >= 1000
    assert any(line.startswith("HEALTHCHECK ") for line in last)
    assert last[-2:] == ['ENTRYPOINT ["thamdinh"]', 'CMD ["--help"]']
    copied = [
        name for line in LINES if line.startswith("COPY ") and "--from" not in line for name in line.split()[1:-1]
    ]
    assert all("*" in name or (ROOT / name).is_file() for name in copied), copied
    assert "--read-only" in FILE.read_text(encoding="utf-8")
