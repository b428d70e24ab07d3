"""The limits of one file, set by options and settings, in every command that judges files; the other files go on."""

import json
import resource
from pathlib import Path
from typing import Any

import click
import pytest

from tests.appraisal import ROOT
from tests.command_line import BREACHED, commands, thamdinh, thamdinh_process
from tests.plans import PLAN
from thamdinh.commands.values import NewFile
from thamdinh.engine.assurance.scenarios import checking
from thamdinh.engine.audit import convert
from thamdinh.engine.base.limits import Limits

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


OTHERWISE_LIMITED = {
    "watch": "it takes the options of lint",
    "waivers list": "it reads the waivers, which the Board writes",
    "rules mutate": "it runs a pack's own scenarios, a thousand times",
    "rules trust": "it reads a key",
    "rules check-seal": "it shows again what was sealed, within the usual limits",
    "rules seal": "it seals what others are to see again, so the usual limits hold",
    "waivers add": "it reads the waivers, and a plan within the limits of the settings",
    "desk restore": "it reads a backup, which a desk made",
    "desk check-dossier": "it judges again what a desk has judged, within the usual limits",
}
READS = {"inputs", "file", "features", "examples"}
"""How the parameters are called by which plans and scenarios are given."""


def test_every_command_that_reads_plans_or_scenarios_takes_the_limits() -> None:
    for name, command in commands().items():
        named = {parameter.name for parameter in command.params if not isinstance(parameter.type, NewFile)}
        limited = {f"limit_{what}" for what in ("seconds", "memory_mb", "problems")} <= named
        if READS & named and not isinstance(command, click.Group):
            assert limited or name in OTHERWISE_LIMITED, name


@pytest.mark.long
@pytest.mark.parametrize("how", ["option", "setting"])
def test_what_converts_plans_and_plays_scenarios_goes_by_the_limits(
    folder: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    seen: list[Limits] = []
    isolated = checking.isolated

    def watched(function: Any, jobs: Any, limits: Any = None) -> Any:
        seen.append(limits)
        return isolated(function, jobs, limits)

    monkeypatch.setattr(convert, "rehearsed", lambda act, file, limits: seen.append(limits))
    monkeypatch.setattr(checking, "isolated", watched)
    if how == "setting":
        (folder / "thamdinh.toml").write_text("limit-seconds = 7\n")
    given = ["--limit-seconds", "7"] if how == "option" else []
    assert thamdinh("convert", "a.yaml", "a.jsonl", *given).returncode == 0
    thamdinh("features", "check", ROOT / "features" / "thao_luan.feature", *given)
    assert {limits.seconds for limits in seen} == {7}
    assert len(seen) >= 3
