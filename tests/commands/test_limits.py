"""The limits of one file, set by options and settings, in every command that judges files; the other files go on."""

import json
import resource
from pathlib import Path

import pytest

from tests.command_line import BREACHED, thamdinh, thamdinh_process
from tests.plans import PLAN

MANY_WRONG = PLAN + "".join(f"khoa_la_{number}: 1\n" for number in range(30))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "a.yaml").write_text(PLAN, encoding="utf-8")
    (tmp_path / "sai.yaml").write_text(MANY_WRONG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


COMMANDS = {"lint": ["lint", ".", "--format", "json"], "audit": ["audit", ".", "--format", "json", "-q"]}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("how", ["option", "setting"])
def test_as_many_problems_are_told_as_was_set(folder: Path, command: str, how: str) -> None:
    if how == "setting":
        (folder / "thamdinh.toml").write_text("limit-problems = 7\n")
    done = thamdinh(*COMMANDS[command], *(["--limit-problems", "7"] if how == "option" else []))
    plans = {Path(plan["file"]).name: plan for plan in json.loads(done.stdout)["plans"]}
    assert len(plans["sai.yaml"]["problems"]) == 8
    assert "23" in plans["sai.yaml"]["problems"][-1]["message"]["en"]
    assert plans["a.yaml"]["status"] != "invalid"


@pytest.mark.parametrize("value", ["0", "-1", '"x"', "true", "1.5", "99999999"])
def test_a_limit_that_is_none_is_refused_at_its_place(folder: Path, value: str) -> None:
    (folder / "thamdinh.toml").write_text(f"lang = 'en'\nlimit-problems = {value}\n")
    done = thamdinh("lint", "a.yaml")
    assert done.returncode == 2
    assert "thamdinh.toml:2:1: PL002" in done.stderr


@pytest.mark.process
@pytest.mark.parametrize("megabytes", [300, 550])
def test_memory_that_does_not_suffice_is_no_finding(tmp_path: Path, megabytes: int) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    done = thamdinh_process("audit", BREACHED, "-q", "--store", tmp_path / "a.duckdb", preexec_fn=limit)
    assert (done.returncode, "bộ nhớ" in done.stderr or "memory" in done.stderr.lower()) == (2, True), done.stderr
    assert "Traceback" not in done.stderr
