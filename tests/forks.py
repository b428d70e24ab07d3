"""The program in forks of one process that has imported it: `python -m tests.forks` carries out what it reads, line by line.

A start takes a quarter of a second, most of it imports, and a fork some hundredths. What differs is what imports do while they
see the streams of a case: tests that use this hold some cases against processes of their own.
"""

import gc
import json
import os
import pkgutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

from tests.appraisal import ROOT

STREAMS: Final = ("stdin", "stdout", "stderr")
FAILED: Final = 99
"""The status of a fork in which the program raised something; standard error of its folder then holds what."""


class Forks:
    """A process that forks for each command line."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def run(self, arguments: list[str], folder: Path, streams: Mapping[str, str]) -> int:
        """The status of a command line in a folder; each stream is a file, or closed where its path is empty."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([arguments, str(folder), dict(streams)]) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


@contextmanager
def forks(module: str = "tests.forks", env: Mapping[str, str] | None = None) -> Iterator[Forks]:
    """A process that forks for each command line, ended at the end; `module` is what it runs, as its main module."""
    line = [sys.executable, "-m", module]
    known = {**os.environ, **(env or {})}
    with subprocess.Popen(
        line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", cwd=ROOT, env=known
    ) as process:
        yield Forks(process)
        assert process.stdin is not None
        process.stdin.close()


def _become(arguments: list[str], folder: str, streams: Mapping[str, str]) -> NoReturn:
    """Be the program as it starts: each standard stream leads to a file, or is closed where that is the empty string."""
    from thamdinh import cli

    try:
        os.chdir(folder)
        for number, (name, path) in enumerate(streams.items()):
            if path:
                os.dup2(os.open(path, os.O_RDWR | os.O_CREAT), number)
            mode = "w" if number else "r"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False) if path else None)  # noqa: SIM115
        for number, path in enumerate(streams.values()):
            if not path:
                os.close(number)
        sys.argv = ["thamdinh", *arguments]
        cli.main()
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    except BaseException:
        (Path(folder).parent / "stderr").write_text(traceback.format_exc(), encoding="utf-8")
    os._exit(FAILED)


def _load() -> None:
    """Import all that commands do, libraries too, and read the rules."""
    for package in ("commands", "engine", "desk"):
        whole: Any = import_module(f"thamdinh.{package}")
        for module in pkgutil.walk_packages(whole.__path__, f"{whole.__name__}."):
            if ".migrations" not in module.name:  # which Alembic imports, and nobody else can
                import_module(module.name)
    from thamdinh.engine.directive.packs import ruleset

    ruleset()
    gc.collect()
    gc.freeze()


def serve(fork: Callable[[], int]) -> None:
    """Carry out what is read, until there is no more."""
    _load()
    for line in sys.stdin:
        if (child := fork()) == 0:
            _become(*json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    serve(os.fork)
