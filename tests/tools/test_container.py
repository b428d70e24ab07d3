"""The Containerfile: what a linter says of it, and what it promises. No image can be built in the tests."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from tests.appraisal import ROOT
from thamdinh.cli import cli

FILE = ROOT / "Containerfile"
LINES = FILE.read_text(encoding="utf-8").splitlines()


def test_what_it_says_to_run_are_commands_with_their_options() -> None:
    told = re.findall(r"thamdinh ((?:lint|serve) .*)", FILE.read_text(encoding="utf-8"))
    assert len(told) == 2
    for line in told:
        name, *arguments = shlex.split(line)
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        given = [word for word in arguments if word.startswith("--")]
        assert set(given) <= {flag for parameter in command.params for flag in parameter.opts}


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
