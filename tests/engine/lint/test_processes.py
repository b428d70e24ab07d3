"""Files checked in several processes: what is printed is the same, and the fault of one costs no other anything."""

from pathlib import Path

import pytest

from tests.command_line import BREACHED, COMPLIANT, EXAMPLES, INVALID, thamdinh
from thamdinh.engine.lint import appraise

FOLDERS = [EXAMPLES / name for name in ("compliant", "breached", "invalid")]


FORMATS = ("text", "json", "sarif")


def said_by(jobs: int, folder: Path) -> dict[str, object]:
    """What so many processes say of the examples: by stream, and by format in a folder."""
    outputs = [f"{form}=x.{form}" for form in FORMATS]
    done = thamdinh("lint", *FOLDERS, "--jobs", jobs, "--output-file", *outputs, cwd=folder)
    written: dict[str, object] = {form: (folder / f"x.{form}").read_bytes() for form in FORMATS}
    return written | {"stdout": done.stdout, "stderr": done.stderr, "status": done.returncode}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What one process says."""
    return said_by(1, tmp_path_factory.mktemp("alone"))


@pytest.mark.long
@pytest.mark.parametrize("jobs", [2, 7])
def test_the_report_is_the_same_to_the_byte(jobs: int, alone: dict[str, object], tmp_path: Path) -> None:
    assert all(str(alone[said]).count("\\n" if said in FORMATS else "\n") > 10 for said in ("stdout", *FORMATS))
    assert said_by(jobs, tmp_path) == alone


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
