"""The command line in tests: in this process for words and statuses, in one of its own for what only a process shows."""

import gc
import io
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, chdir, contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final
from unittest import mock

import click
import pytest

from tests.appraisal import ROOT
from thamdinh import cli
from thamdinh.commands import bilingual
from thamdinh.engine.base.isolation import isolated_already

PROGRAM: Final = Path(sys.executable).with_name("thamdinh")
EXAMPLES: Final = ROOT / "examples"
TYPES: Final = ROOT / "tests" / "types"
"""A type of document and the pack that judges it, made of data alone."""
COMPLIANT: Final = EXAMPLES / "compliant" / "xa-phu-tuc.yaml"
BREACHED: Final = EXAMPLES / "breached" / "lay-phieu.yaml"
INVALID: Final = EXAMPLES / "invalid" / "sai-mau.yaml"

DYING: Final = """\
import os, signal, sys
from thamdinh.engine.evaluation import durable_session as session
whole = session.Rulebase.run
def dying(self, facts):
    if any('chết' in str(value) for fact in facts for value in fact.values()):
        os.kill(os.getpid(), signal.SIGSEGV)
    return whole(self, facts)
session.Rulebase.run = dying
from thamdinh.cli import run
sys.exit(run(sys.argv[1:]))
"""
"""The program where durable-rules ends the process on a fact that says “chết”, for `python -c`."""

Completed = subprocess.CompletedProcess[str]
_AUDITS: Final = frozenset({"audit", "impact"})
"""The words of commands that have workers check plans."""
_AT_THE_START: Final = ("PYTHON", "LC_", "LANG")
"""How the names of variables begin that a process reads once, as it starts."""


def commands(group: click.Command = cli.cli, name: str = "") -> dict[str, click.Command]:
    """Every command of the program, groups too, by the words that name it."""
    found = {name: group}
    if isinstance(group, click.Group):
        context = click.Context(group)
        for below in group.list_commands(context):
            command = group.get_command(context, below)
            assert command is not None
            found |= commands(command, f"{name} {below}".strip())
    return found


def thamdinh_process(*arguments: object, env: Mapping[str, str] | None = None, **options: Any) -> Completed:
    """Run the installed program in a process of its own; `options` are those of subprocess.run.

    Starting it takes four times as long as running it: for pipes, signals, limits, terminals and what is imported.
    """
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        capture_output=True, encoding="utf-8", env={**os.environ, **(env or {})}, check=False, **options,
    )  # fmt: skip


def thamdinh(
    *arguments: object,
    input: str = "",  # noqa: A002 (as subprocess.run calls it)
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    apart: bool = False,
) -> Completed:
    """Run the program in this process, and give what a process of its own would give; it leaves nothing behind in this one.

    Standard input, output and error are files, as after `<` and `>`. A single input, and those of an audit, are read and
    judged here as well, where no limit holds, or `apart`: in children, as by a process of its own. Raises what the program
    does not catch.
    """
    given = dict(env or {})
    assert not [name for name in given if name.startswith(_AT_THE_START)], "needs a process: thamdinh_process"
    line = [str(PROGRAM), *map(str, arguments)]
    with TemporaryFile() as read, TemporaryFile() as out, TemporaryFile() as error:
        read.write(input.encode())
        read.seek(0)
        with ExitStack() as around:
            around.enter_context(mock.patch.dict(os.environ, given))
            around.enter_context(mock.patch.object(sys, "argv", line))
            for where, name in ((gc, "freeze"), (cli, "arm"), (cli, "plan_exit")):  # This process goes on.
                around.enter_context(mock.patch.object(where, name))
            around.enter_context(chdir(cwd or Path.cwd()))
            around.enter_context(nullcontext() if apart else isolated_already())
            if not (apart or _AUDITS.isdisjoint(line)):
                around.enter_context(_audits_here())
            around.enter_context(_as_at_the_start())
            for number, file in enumerate((read, out, error)):
                around.enter_context(_standard(number, file))
            with pytest.raises(SystemExit) as ended:
                cli.main()
        status = ended.value.code
        assert isinstance(status, int)
        return Completed(line, status, _written(out), _written(error))


@contextmanager
def _audits_here() -> Iterator[None]:
    from tests.engine.audit.auditing import audits_here
    from tests.stores import stores_here

    with stores_here(), audits_here():
        yield


@contextmanager
def _as_at_the_start() -> Iterator[None]:
    """What a process begins with anew: its language, the settings it has read, and where it imports from."""
    spoken = list(bilingual._spoken)
    path = list(sys.path)
    try:
        yield
    finally:
        bilingual._spoken[:] = spoken
        sys.path[:] = path


@contextmanager
def _standard(number: int, file: IO[bytes]) -> Iterator[None]:
    """Let the file be standard input, output or error (0, 1, 2), for Python and for whatever it starts."""
    name = ("stdin", "stdout", "stderr")[number]
    before, duplicate = getattr(sys, name), os.dup(number)
    os.dup2(file.fileno(), number)
    stream = open(  # noqa: SIM115 (closed below, after it is written out)
        number, "w" if number else "r", encoding="utf-8", closefd=False,
        errors="backslashreplace" if number == 2 else "strict",
    )  # fmt: skip
    setattr(sys, name, stream)
    try:
        yield
    finally:
        stream.close()
        setattr(sys, name, before)
        os.dup2(duplicate, number)
        os.close(duplicate)


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return io.TextIOWrapper(file, encoding="utf-8").read()
