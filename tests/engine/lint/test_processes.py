"""Files checked in several processes: what is printed is the same, and the fault of one costs no other anything."""

from functools import cache
from pathlib import Path

import pytest

from tests.command_line import BREACHED, COMPLIANT, EXAMPLES, INVALID, Completed, thamdinh
from thamdinh.engine.lint import appraise

FOLDERS = [EXAMPLES / name for name in ("compliant", "breached", "invalid")]


@cache
def alone_as(form: str) -> Completed:
    """What one process says of the examples."""
    return thamdinh("lint", *FOLDERS, "--format", form, "--jobs", 1)


@pytest.mark.long
@pytest.mark.parametrize("form", ["text", "json", "sarif"])
@pytest.mark.parametrize("jobs", [2, 7])
def test_the_report_is_the_same_to_the_byte(form: str, jobs: int) -> None:
    alone = alone_as(form)
    together = thamdinh("lint", *FOLDERS, "--format", form, "--jobs", jobs)
    assert alone.stdout.count("\n") > 10
    assert (together.stdout, together.stderr, together.returncode) == (alone.stdout, alone.stderr, alone.returncode)


@pytest.mark.long
def test_files_that_are_no_plans_are_passed_over_alike(tmp_path: Path) -> None:
    for number, file in enumerate([COMPLIANT, BREACHED, INVALID] * 2):
        (tmp_path / f"{number}.yaml").write_bytes(file.read_bytes())
    (tmp_path / "6.yaml").write_text("services: {}\n")
    alone, together = (thamdinh("lint", tmp_path, "--only-plans", "-j", jobs) for jobs in (1, 4))
    assert "6.yaml" in alone.stdout + alone.stderr
    assert (together.stdout, together.stderr, together.returncode) == (alone.stdout, alone.stderr, alone.returncode)


@pytest.mark.parametrize(
    ("inputs", "asked", "processes"),
    [(1, None, 1), (15, None, 1), (16, None, 2), (400, None, 4), (1, 3, 3), (400, 1, 1)],
)
def test_another_process_begins_where_there_is_enough_to_do(
    inputs: int, asked: int | None, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appraise, "processors", lambda: 4)
    assert appraise.processes_for(inputs, asked) == processes
