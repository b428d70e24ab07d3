"""Workers may die or hang: the plan they were at is named and set aside, and every other plan has its outcome once."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import pytest

from tests.engine.audit.auditing import BREACHED, PLAN, lines
from tests.engine.audit.workers.harmful import (
    Busy,
    Deadly,
    DeadlyLine,
    DeadlyTogether,
    Endless,
    Faulty,
    Leaving,
    NoStart,
    Severed,
)  # fmt: skip
from thamdinh.engine.audit.inputs.listing import Entry, entries
from thamdinh.engine.audit.workers import fork_server, local
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, batches
from thamdinh.engine.audit.workers.local import Checked, Todo, check_locally
from thamdinh.engine.base.limits import Limits
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.lint.selection import selecting

pytestmark = pytest.mark.process

RULE = selecting((ruleset(),), ("TD602",), None)(ruleset())
"""The one that the breached plan breaches: each worker that dies has another one begin, with all rules of its job."""
JOB = AuditJob("test", (RULE,))


def places_and_codes(todo: Iterable[Todo], workers: int, job: AuditJob = JOB) -> dict[str, list[str]]:
    seen: Counter[str] = Counter()
    found: dict[str, list[str]] = {}
    for batch, outcomes in check_locally(iter(todo), job, workers):
        assert [entry.place for entry in batch.entries] == [outcome.place for outcome in outcomes]
        for outcome in outcomes:
            seen[outcome.place] += 1
            verdict = outcome.verdict
            found[outcome.place] = [item.code for item in verdict.problems] + [item.rule for item in verdict.findings]
    assert set(seen.values()) == {1}
    return found


@pytest.mark.parametrize("workers", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 4, 100])
def test_the_plan_that_kills_is_named_and_no_other_is_lost_or_counted_twice(
    tmp_path: Path, workers: int, size: int
) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN, BREACHED] * 5)
    plans = list(entries([str(file)]))
    plans[0:0] = [Deadly("first")]
    plans[4:4] = [Leaving("middle"), Deadly("next")]
    plans.append(Deadly("last"))
    todo = [Batch(start, tuple(plans[start : start + size])) for start in range(0, len(plans), size)]
    found = places_and_codes(todo, workers)
    deadly = {"first": ["EN001"], "middle": ["EN001"], "next": ["EN001"], "last": ["EN001"]}
    assert found == deadly | {f"{file}:{line}": [] if line % 2 else ["TD602"] for line in range(1, 11)}


@pytest.mark.parametrize("kind", [DeadlyTogether, DeadlyLine])
@pytest.mark.parametrize("files", [1, 2])
def test_a_worker_that_dies_as_it_reads_lines_together_costs_none_that_can_be_read_by_itself(
    kind: type[Entry], files: int, tmp_path: Path
) -> None:
    plans = [*entries([str(lines(tmp_path / f"{number}.jsonl", [PLAN, BREACHED] * 2)) for number in range(files)])]
    named = {entry.place: ["TD602"] if number % 2 else [] for number, entry in enumerate(plans)}
    worst = plans[-2]
    plans[-2] = kind(worst.path, line=worst.line, offset=worst.offset, length=worst.length)
    named |= {worst.place: ["EN001"]} if kind is DeadlyLine else {}
    assert places_and_codes([Batch(0, tuple(plans))], 1) == named


def test_a_worker_that_dies_while_it_sends_costs_no_plan(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN, BREACHED] * 3)
    plans = list(entries([str(file)]))
    severed = Severed(str(tmp_path / "severed.yaml"))
    found = places_and_codes([Batch(0, (*plans[:3], severed)), Batch(4, tuple(plans[3:]))], 2)
    assert (tmp_path / "severed.yaml").exists()
    del found[severed.place]
    assert found == {f"{file}:{line}": [] if line % 2 else ["TD602"] for line in range(1, 7)}


ASKS_AND_IS_GONE = """
import os, socket
from multiprocessing import forkserver
from thamdinh.engine.audit.workers import fork_server, local
fork_server.start_fork_server()
with socket.socket(socket.AF_UNIX) as asking:
    asking.connect(forkserver._forkserver._forkserver_address)
os.waitpid(forkserver._forkserver._forkserver_pid, 0)
"""


@pytest.mark.skipif(fork_server.METHOD != "forkserver", reason="this system has no fork server")
def test_nothing_is_said_where_an_audit_is_killed_as_it_asks_for_a_worker() -> None:
    done = subprocess.run([sys.executable, "-c", ASKS_AND_IS_GONE], capture_output=True, timeout=60, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_how_a_worker_died_is_told(tmp_path: Path) -> None:
    todo = [Batch(0, (Deadly("a"), Leaving("b")))]
    reasons = [
        outcome.verdict.problems[0].message.en for _, found in check_locally(iter(todo), JOB, 1) for outcome in found
    ]
    assert [word for word in ("signal 9", "exit status 3") for reason in reasons if word in reason] == [
        "signal 9",
        "exit status 3",
    ]


def test_a_plan_that_takes_too_long_is_set_aside(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN, BREACHED])
    plans = (Endless("endless"), *entries([str(file)]))
    assert places_and_codes([Batch(0, plans)], 1, replace(JOB, limits=Limits(seconds=0.3))) == {
        "endless": ["PL006"],
        f"{file}:1": [],
        f"{file}:2": ["TD602"],
    }


def test_a_fault_of_the_program_is_not_taken_for_one_of_a_plan() -> None:
    with pytest.raises(ZeroDivisionError):
        list(check_locally(iter([Batch(0, (Faulty("a"),))]), JOB, 1))


def test_workers_that_never_start_are_no_endless_matter() -> None:
    with pytest.raises(Unreadable, match="can't be started"):
        list(check_locally(iter([Batch(0, (Entry("a"),))]), NoStart("test", ruleset()), 1))


@pytest.mark.parametrize("deaths", [1, local.MOST_FALSE_STARTS])
def test_where_what_workers_are_forked_from_dies_it_is_begun_anew(
    deaths: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, left = local._Worker, [EOFError, ConnectionResetError, EOFError][:deaths]

    def begin(*arguments: Any) -> Any:
        if left:
            raise left.pop()
        return begun(*arguments)

    monkeypatch.setattr(local, "_Worker", begin)
    todo = batches(entries([str(lines(tmp_path / "a.jsonl", [PLAN] * 3))]))
    with pytest.raises(Unreadable) if deaths > 1 else nullcontext():
        assert [len(outcomes) for _, outcomes in check_locally(todo, JOB, 2)] == [3]


def test_what_is_known_already_passes_through_as_it_comes(tmp_path: Path) -> None:
    file = lines(tmp_path / "a.jsonl", [PLAN] * 4)
    checked = list(check_locally(batches(entries([str(file)])), JOB, 1))
    taken: list[int] = []

    def todo() -> Iterator[Todo]:
        for number in range(3):
            taken.append(number)
            yield checked[0]

    passed: Iterator[Checked] = check_locally(todo(), JOB, 1)
    assert next(passed) == checked[0]
    assert taken == [0]


def test_no_process_stays_behind_when_the_audit_is_left(tmp_path: Path) -> None:
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children")
    if not children.exists():
        pytest.skip("needs /proc to find the workers")
    file = lines(tmp_path / "a.jsonl", [PLAN] * 4)
    before = set(children.read_text().split())
    left = check_locally(batches(entries([str(file)])), JOB, 2)
    next(left)
    left.close()
    time.sleep(0.2)
    # multiprocessing's own fork server, whose children the workers are, and its resource tracker
    servers = set(children.read_text().split()) - before
    assert len(servers) <= 2
    assert not [
        child for server in servers for child in Path(f"/proc/{server}/task/{server}/children").read_text().split()
    ]


def test_of_a_file_with_too_many_plans_beyond_the_limits_the_others_are_told_and_not_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "MOST_BEYOND", 2)
    (good,) = entries([str(lines(tmp_path / "good.jsonl", [PLAN]))])
    endless = [Busy("many.jsonl", line=number, offset=0, length=1) for number in range(1, 6)]
    job = replace(JOB, limits=Limits(seconds=0.25))
    todo = [Batch(0, tuple(endless[:3])), Batch(3, (*endless[3:], good))]
    done = sorted(check_locally(iter(todo), job, 1), key=lambda part: part[0].number)
    found = [outcome for _, part in done for outcome in part]
    assert [outcome.place for outcome in found] == [*(entry.place for entry in endless), good.place]
    assert [[item.code for item in outcome.verdict.problems] for outcome in found] == [["PL006"]] * 5 + [[]]
    said = [outcome.verdict.problems[0].message.en for outcome in found[:5]]
    assert Counter("Too many other documents" in words for words in said) == {False: 2, True: 3}


def test_workers_are_forked_with_what_each_would_begin_with() -> None:
    code = (
        "import sys; from thamdinh.engine.audit.workers import forked; from thamdinh.engine.audit.quick import decode; "
        "sys.exit('cryptography.hazmat.primitives.ciphers' not in sys.modules or decode._quick.cache_info().currsize != 1)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("name", "size", "is_large"),
    [("a.jsonl", 2**18, True), ("A.PARQUET", 2**20, True), ("a.jsonl", 2**18 - 1, False), ("a.yaml", 2**20, False)],
)
def test_workers_of_large_files_are_forked_with_what_reads_columns(
    name: str, size: int, is_large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preloaded: list[list[str]] = []
    monkeypatch.setattr(forkserver, "set_forkserver_preload", preloaded.append)
    monkeypatch.setattr(forkserver, "ensure_running", lambda: None)
    (tmp_path / name).write_bytes(bytes(size))
    fork_server.start_fork_server(
        words=["--jobs", "2", "no such.jsonl", "\0.jsonl", str(tmp_path), str(tmp_path / name)]
    )
    columns = "thamdinh.engine.audit.quick.lines"
    assert [columns in modules for modules in preloaded] == [is_large]
    assert set(fork_server._IMPORTED) <= {*preloaded[0]}
