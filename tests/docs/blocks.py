"""The blocks of code in the documents: read, run in order in a folder of the page's own, and held against what they show.

A comment before a block says what isn't shown: `<!-- setup` and lines to run first, `<!-- file NAME -->` that the block is the
content of a file, `<!-- not run: WHY -->` that it can't be. In what a command shows, `…` stands for any text on its line, and
alone on a line for any lines.
"""

import atexit
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from tests.appraisal import ROOT
from tests.command_line import PROGRAM, thamdinh
from tests.docs.forms import FORMS

_BLOCK: Final = re.compile(
    r"(?:^[ ]*<!-- (?P<told>(?:(?!-->)[\s\S])*?)\s-->\n+)?^(?P<indent> *)```(?P<kind>\w*)\n(?P<text>[\s\S]*?)^ *```$",
    re.MULTILINE,
)
_SHELL: Final = re.compile(r"[|<>&;$*]")
_TYPED: Final = re.compile(r'echo "([^"$]*)" \| (thamdinh [^|<>&;$*]*)')
"""What is typed into the program alone."""
_FORMS: Final = "PYTHONPATH=$ROOT python -m tests.docs.forms "
_OF_THE_PROGRAM: Final = "thamdinh features book -o so"
"""A line that pages share and that reads nothing of their folders: all scenarios of the program are played once."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code: its language, its text, the line it begins in, and what the comment before it says."""

    kind: str
    text: str
    line: int
    told: str = ""

    @property
    def file(self) -> str | None:
        """The name of the file that this is the content of."""
        return self.told.removeprefix("file ").strip() if self.told.startswith("file ") else None

    @property
    def not_run(self) -> str | None:
        """Why this can't be run."""
        return self.told.removeprefix("not run: ") if self.told.startswith("not run: ") else None


@dataclass(frozen=True, slots=True)
class Said:
    """What a command gave: its status, and all that it wrote."""

    status: int
    text: str


def blocks(page: str) -> Iterator[Block]:
    """The blocks of a page in Markdown."""
    for found in _BLOCK.finditer(page):
        lines = [line.removeprefix(found["indent"]) for line in found["text"].splitlines()]
        yield Block(
            found["kind"],
            "".join(f"{line}\n" for line in lines),
            page.count("\n", 0, found.start("kind")) + 1,
            found["told"] or "",
        )


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Each command of a console block, and what it is to show (empty: anything that is no refusal)."""
    for piece in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        line, shown = piece.split("\n", 1)
        while line.endswith("\\"):
            more, shown = shown.split("\n", 1)
            line = line[:-1] + more.strip()
        yield line, shown


def run(line: str, folder: Path) -> Said:
    """Run a command line in the folder: the program itself, and what makes forms, in this process where no shell is needed."""
    if line.startswith(_FORMS):
        for name in line.removeprefix(_FORMS).split():
            (folder / name).write_bytes(FORMS[name]())
        return Said(0, "")
    if line == _OF_THE_PROGRAM and not (folder / "thamdinh.toml").exists():
        said, made = _book()
        shutil.copytree(made, folder, dirs_exist_ok=True)
        return said
    return _run(line, folder)


@cache
def _book() -> tuple[Said, Path]:
    folder = Path(mkdtemp(prefix="book-")) / "here"
    folder.mkdir()
    atexit.register(shutil.rmtree, folder.parent)
    return _run(_OF_THE_PROGRAM, folder), folder


def _run(line: str, folder: Path) -> Said:
    home = {
        "ROOT": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100",
        "THAMDINH_AUDIT_KEY_FILE": str(folder.parent / "audit.key"),
    }  # fmt: skip
    typed, told = found.groups() if (found := _TYPED.fullmatch(line)) else ("", line)
    words = shlex.split(told, comments=True)
    if words[0] == "thamdinh" and not _SHELL.search(told.split(" #")[0]):
        done = thamdinh(*words[1:], cwd=folder, env=home, input=f"{typed}\n" if found else "")
    else:
        path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            ["bash", "-c", line], cwd=folder, env={**os.environ, **home, "PATH": path},
            capture_output=True, encoding="utf-8", check=False, timeout=60,
        )  # fmt: skip
    return Said(done.returncode, done.stdout + done.stderr)


def differs(shown: str, said: Said) -> str | None:
    """Why what was said is not what the page shows; None where it is."""
    if "Traceback" in said.text or "ngoài dự kiến" in said.text:
        return "it failed"
    if not shown.strip():
        return None if said.status in (0, 1) else "it was refused, and the page doesn't show that"
    wanted = [
        r"(?:.*\n)*?" if line.strip() == "…" else re.escape(line.rstrip()).replace("…", ".*") + r"[ ]*\n"
        for line in shown.rstrip("\n").splitlines()
    ]
    return None if re.fullmatch("".join(wanted), said.text.rstrip("\n") + "\n") else "it says something else"
