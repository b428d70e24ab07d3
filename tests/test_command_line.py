"""What runs in this process gives what a process of its own gives, and leaves nothing behind."""

import os
import sys
from pathlib import Path

import pytest

from tests.command_line import BREACHED, COMPLIANT, EXAMPLES, INVALID, thamdinh, thamdinh_process
from thamdinh.commands import bilingual

LINES = (
    (["lint", BREACHED], {}),
    (["lint", BREACHED, "--lang", "en", "--show-passed"], {}),
    (["lint", EXAMPLES / "breached", "--format", "json"], {}),
    (["lint", "-", "--format", "csv"], {"input": COMPLIANT.read_text(encoding="utf-8")}),
    (["lint", INVALID], {"env": {"THAMDINH_LANG": "en"}}),
    (["lint", "."], {"cwd": EXAMPLES / "invalid"}),
    (["lint", "-"], {}),
    (["lnt"], {}),
    (["audit", EXAMPLES / "breached"], {}),
    (["audit", EXAMPLES, "--format", "json"], {}),
    (["explain", "TD501"], {"env": {"THAMDINH_LANG": "en"}}),
    (["--help"], {}),
    (["features", "steps"], {}),
)


@pytest.mark.process
@pytest.mark.parametrize(("arguments", "around"), LINES, ids=lambda item: str(item)[-50:])
def test_it_gives_what_a_process_gives(arguments: list[object], around: dict[str, object]) -> None:
    started = thamdinh_process(*arguments, **around)
    run = thamdinh(*arguments, **around)  # type: ignore[arg-type]
    assert (run.returncode, run.stdout, run.stderr) == (started.returncode, started.stdout, started.stderr)


@pytest.mark.long
def test_it_leaves_nothing_behind(tmp_path: Path) -> None:
    def state() -> object:
        return dict(os.environ), Path.cwd(), sys.argv, sys.path, bilingual.language(), sys.stdin, sys.stdout, sys.stderr

    before = state()
    english = thamdinh("lint", ".", "--lang", "en", cwd=EXAMPLES / "invalid", env={"NO_COLOR": "1"})
    assert state() == before
    assert "cách sửa" not in english.stdout
    assert "cách sửa" in thamdinh("lint", EXAMPLES / "invalid").stdout


@pytest.mark.long
def test_settings_that_change_between_two_runs_are_read_anew(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_bytes(BREACHED.read_bytes())
    statuses = []
    for fail_on in ("never", "error"):
        (tmp_path / "thamdinh.toml").write_text(f'fail-on = "{fail_on}"\n')
        statuses.append(thamdinh("lint", tmp_path, cwd=tmp_path).returncode)
    assert statuses == [0, 1]


def test_what_a_process_reads_as_it_starts_needs_one() -> None:
    with pytest.raises(AssertionError, match="needs a process"):
        thamdinh("lint", BREACHED, env={"PYTHONUTF8": "0"})
