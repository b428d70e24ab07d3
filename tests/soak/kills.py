"""Kills (-9) at random moments: of the audit, its workers, their fork server, a purge, a migration, the writing of outputs.

Each round starts the program in folders of its own, kills one of its processes after a while, ends the work with the next
run (`--resume`), and compares what there is then with what a run has that nobody killed.
"""

import csv
import os
import random
import shutil
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import duckdb

from tests.command_line import PROGRAM, thamdinh
from thamdinh.engine.audit.store.schema import take_step

What = Literal["audit", "worker", "fork server", "purge", "migration", "outputs"]
WHATS: Final[tuple[What, ...]] = ("audit", "worker", "fork server", "purge", "migration", "outputs")
PLANS: Final = 120
_STORE: Final = ("--store", "audits.duckdb")
_OUTPUTS: Final = ("all.csv", "all.jsonl", "all.xlsx")
_AUDIT: Final = ("audit", "../plans.jsonl", "-q", *_STORE, *(word for name in _OUTPUTS for word in ("-o", name)))
_PURGE: Final = ("audit", "purge", *_STORE, "--before", "2099-01-01", "--yes")
_LONGEST: Final = 120
_LEFT: Final = (".thamdinh-", "pymp-", "thamdinh-audit-")
_OLDER: Final = 2


@dataclass(frozen=True)
class Ground:
    """A folder with plans, stores as they are before the kills, and what a run says that nobody killed."""

    folder: Path
    store: bytes
    older: bytes
    expected: list[list[str]]
    outputs: dict[str, bytes]


def prepared(folder: Path) -> Ground:
    """Make the plans, two stores of one run long ago (one of an older schema), and what an audit of the plans comes to."""
    whole = folder / "whole"
    whole.mkdir(parents=True)
    _done(
        whole, "generate", "../plans.jsonl", "--plans", PLANS, "--seed", 7, "--across-rate", 0.1, "--participants", 20
    )
    _done(whole, "generate", "../before.jsonl", "--plans", 20, "--seed", 8, "--participants", 20)
    _done(whole, "audit", "../before.jsonl", "-q", "--store", "audits.duckdb")
    before = (whole / "audits.duckdb").read_bytes()
    _as_of_schema(whole / "audits.duckdb", whole / "older.duckdb", _OLDER)
    _done(whole, *_AUDIT)
    outputs = {name: (whole / name).read_bytes() for name in ("all.csv", "all.jsonl")}
    return Ground(folder, before, (whole / "older.duckdb").read_bytes(), _findings(whole), outputs)


def rounds(ground: Ground, count: int, seed: int, seconds: float) -> Iterator[tuple[What, bool, str]]:
    """What was killed, whether it was still at work, and what is wrong after the next run (nothing: the empty string)."""
    moments, until = random.Random(seed), time.monotonic() + seconds
    longest = dict.fromkeys(WHATS, 1.0)
    for number in range(count):
        if time.monotonic() > until:
            return
        what = WHATS[number % len(WHATS)]
        folder = ground.folder / f"round-{number}"
        start = time.monotonic()
        hit, wrong = _round(ground, folder, what, moments.uniform(0, longest[what]))
        taken = time.monotonic() - start
        longest[what] *= 1.1 if hit else 0.7
        shutil.rmtree(folder)
        yield what, hit, wrong and f"{number} {what} ({taken:.1f} s): {wrong}"


def _round(ground: Ground, folder: Path, what: What, moment: float) -> tuple[bool, str]:
    folder.mkdir()
    (folder / "audits.duckdb").write_bytes(ground.older if what == "migration" else ground.store)
    process = _started(folder, *(_PURGE if what == "purge" else _AUDIT))
    _wait_until_begun(process, folder, what)
    time.sleep(moment)
    victim = _kill(process, what)
    hit = victim != ""
    _, words = process.communicate(timeout=_LONGEST)
    if "Traceback" in words:
        return hit, f"a traceback: {words[-1000:]}"
    if what in ("worker", "fork server") and process.returncode not in (1, 2):
        return hit, f"status {process.returncode} of {process.pid}, where {victim} was killed: {words[-500:]}"
    whole = 0 if what == "purge" else 1
    # Where a worker died on a plan, that has no verdict (status 2), and the outputs say so.
    if process.returncode != 2 and (cut := _cut_short(ground, folder)):
        return hit, f"a part of an output is there: {cut}"
    if process.returncode != whole:
        again = _started(folder, *(_PURGE if what == "purge" else (*_AUDIT, "--resume")))
        _, words = again.communicate(timeout=_LONGEST)
        if again.returncode != whole:
            return hit, f"then status {again.returncode}: {words[-1000:]}"
    return hit, _different(ground, folder, what) or _left(folder)


def _wait_until_begun(process: "subprocess.Popen[str]", folder: Path, what: What) -> None:
    """Wait until what is to be killed is there, or at work."""
    begun: dict[What, Callable[[], object]] = {
        "worker": lambda: _workers(process.pid),
        "fork server": lambda: _fork_server(process.pid),
        "purge": lambda: [*folder.glob(".thamdinh-*.tmp")],
        "migration": lambda: [*folder.glob(".thamdinh-*.tmp")],
        "outputs": lambda: [*folder.glob(".thamdinh-*.tmp"), *folder.glob("all.*")],
    }
    until = time.monotonic() + _LONGEST
    while process.poll() is None and time.monotonic() < until and not begun.get(what, lambda: True)():
        time.sleep(0.005)


def _cut_short(ground: Ground, folder: Path) -> str:
    """An output that is there and not whole; whatever is killed, it is written whole or not at all."""
    for name, content in ground.outputs.items():
        if (folder / name).exists() and (folder / name).read_bytes() != content:
            return name
    return "all.xlsx" if (folder / "all.xlsx").exists() and not zipfile.is_zipfile(folder / "all.xlsx") else ""


def _different(ground: Ground, folder: Path, what: What) -> str:
    if what == "purge":
        history = _done(folder, "audit", "history", *_STORE, "--format", "json")
        return "" if history.strip() == "[]" else f"runs are left: {history[:200]!r}"
    if _findings(folder) != ground.expected:
        return "the store says something else of the plans"
    if not zipfile.is_zipfile(folder / "all.xlsx"):
        return "all.xlsx is not whole"
    for name, content in ground.outputs.items():
        if (folder / name).read_bytes() != content:
            return f"{name} is different"
    return ""


def _left(folder: Path) -> str:
    names = [str(item.relative_to(folder)) for item in folder.rglob("*") if item.name.startswith(_LEFT)]
    names += [item.name for item in folder.iterdir() if ".new-" in item.name or item.name.endswith(".duckdb.tmp")]
    return f"left behind: {names}" if names else ""


def _kill(process: "subprocess.Popen[str]", what: What) -> str:
    """Kill the process that is meant; which one that was, nothing where it was not there any more."""
    victims = {"worker": _workers, "fork server": _fork_server}.get(what, lambda number: [number])(process.pid)
    if process.poll() is not None or not victims:
        return ""
    command = _command(victims[0]).replace(b"\0", b" ").decode(errors="replace")
    try:
        os.kill(victims[0], signal.SIGKILL)
    except ProcessLookupError:
        return ""
    return f"{victims[0]} ({command.strip() or 'gone'})"


def _children(number: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
    except OSError:
        return []


def _fork_server(number: int) -> list[int]:
    return [child for child in _children(number) if b"forkserver" in _command(child)]


def _workers(number: int) -> list[int]:
    return [worker for server in _fork_server(number) for worker in _children(server)]


def _command(number: int) -> bytes:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes()
    except OSError:
        return b""


def _started(folder: Path, *arguments: object) -> "subprocess.Popen[str]":
    """The program at work in a folder, which has a folder for temporary files of its own."""
    return subprocess.Popen(
        [PROGRAM, *map(str, arguments)], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
        env={**os.environ, **_environment(folder)},
    )  # fmt: skip


def _done(folder: Path, *arguments: object) -> str:
    """What the program prints that nobody kills; it runs in this process."""
    done = thamdinh(*arguments, cwd=folder, env=_environment(folder))
    assert not done.stderr, done.stderr
    return done.stdout


def _environment(folder: Path) -> dict[str, str]:
    (folder / "tmp").mkdir(exist_ok=True)
    return {"TMPDIR": str(folder / "tmp"), "THAMDINH_AUDIT_KEY_FILE": str(folder.parent / "audit.key")}


def _findings(folder: Path) -> list[list[str]]:
    _done(folder, "audit", "export", "last", "found.csv", *_STORE)
    with (folder / "found.csv").open(encoding="utf-8-sig", newline="") as file:
        return [row[1:] for row in csv.reader(file)]  # the number of the run aside: the next run may be another


def _as_of_schema(path: Path, older: Path, schema: int) -> None:
    """Write the runs of a store as a store of an older schema has them."""
    with duckdb.connect(str(older)) as connection:
        for number in range(schema):
            take_step(connection, number)
        connection.execute(f"ATTACH '{path}' AS source (READ_ONLY)")
        for (table,) in connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = current_database()"
        ).fetchall():
            if table != "store":
                columns = connection.execute(
                    "SELECT string_agg(column_name, ', ') FROM duckdb_columns() WHERE database_name = 'older' AND table_name = ?",
                    [table],
                ).fetchall()[0][0]
                connection.execute(f"INSERT INTO {table} BY NAME SELECT {columns} FROM source.{table}")
        connection.execute("DETACH source")
