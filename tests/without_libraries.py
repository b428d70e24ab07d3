"""Runs command lines as where a library is not installed, each in a fork of this process.

`python -m tests.without_libraries` reads JSON: lists of a command line, the libraries to leave out in turn (by the names that
they are imported by), and whether to leave out only those that it asks for: one it never asks for makes no difference.
"""

import contextlib
import importlib.abc
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class Finders(importlib.abc.MetaPathFinder):
    """Finds modules as before, but for those of one library; notes which of the known libraries were asked for."""

    def __init__(self, known: Sequence[str], hidden: str | None) -> None:
        self._known, self._hidden, self._finders = frozenset(known), hidden, list(sys.meta_path)
        self.asked: set[str] = set()

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The module, if any finder has it and it is not hidden."""
        root = fullname.partition(".")[0]
        self.asked |= self._known & {root}
        if root == self._hidden:
            return None
        found = (finder.find_spec(fullname, path, target) for finder in self._finders)
        return next((spec for spec in found if spec is not None), None)

    def find_distributions(self, *arguments: Any, **keywords: Any) -> Iterator[Any]:
        """What importlib.metadata knows, as before: what is hidden is asked for by import alone."""
        for finder in self._finders:
            yield from getattr(finder, "find_distributions", lambda *_, **__: ())(*arguments, **keywords)


def run(line: list[str], known: Sequence[str], hidden: str | None) -> dict[str, Any]:
    """What a command line does without the hidden library: its status, output and error, and which libraries it asked for."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error, tempfile.TemporaryFile() as noted:
        if (child := os.fork()) == 0:
            try:
                _run(line, Finders(known, hidden), out.fileno(), error.fileno(), noted.fileno())
            finally:
                os._exit(97)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        said = []
        for file in (out, error, noted):
            file.seek(0)
            said.append(file.read().decode())
        return {"status": status, "out": said[0], "err": said[1], "asked": json.loads(said[2] or "[]")}


def _run(line: list[str], finders: Finders, out: int, error: int, noted: int) -> None:
    for number, file in enumerate((os.open(os.devnull, os.O_RDONLY), out, error)):
        os.dup2(file, number)
    sys.meta_path[:] = [finders]
    sys.argv = ["thamdinh", *line]
    from thamdinh.cli import main

    status: object = 98
    try:
        main()
    except SystemExit as ended:
        status = ended.code
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    os.write(noted, json.dumps(sorted(finders.asked)).encode())
    os._exit(status if isinstance(status, int) else 99)


def told(lines: list[tuple[list[str], list[str], bool]]) -> list[dict[str, Any]]:
    """Every run: where `whole`, with all libraries and without each that it then asked for; or else without each."""
    runs = []
    for line, libraries, whole in lines:
        asked = libraries
        if whole:
            runs.append({"line": line, "whole": whole, "without": None, **run(named(line, None), libraries, None)})
            asked = runs[-1]["asked"]
        runs += [
            {"line": line, "whole": whole, "without": name, **run(named(line, name), libraries, name)} for name in asked
        ]
    return runs


def named(line: list[str], hidden: str | None) -> list[str]:
    """The command line with {run} replaced by what tells the run from others, for files that no command writes over."""
    return [word.replace("{run}", str(hidden)) for word in line]


def load() -> None:
    """Import and read here what all commands do, so that each fork need not; none of it may be a library that can be missing."""
    import asyncio  # noqa: F401

    import pydantic  # noqa: F401

    from thamdinh import cli  # noqa: F401
    from thamdinh.commands import lint  # noqa: F401
    from thamdinh.engine.base.libraries import LIBRARIES
    from thamdinh.engine.directive.packs import ruleset

    ruleset()
    assert not set(sys.modules) & set(LIBRARIES)


if __name__ == "__main__":
    load()
    json.dump(told(json.load(sys.stdin)), sys.stdout, ensure_ascii=False)
