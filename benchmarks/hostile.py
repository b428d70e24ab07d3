"""What files made to stop or flood a run take: seconds, memory, and what is said of each.

Every file of hostile_files.py is checked by `thamdinh lint` (files of many plans by `thamdinh audit`) beside an honest
plan, in a process of its own. A table is printed, with the computing of all processes of the run and the memory of the
one that took most, as they are seen a hundred times a second; the exit status is 1 where a file took more than it may,
was not told, or cost the honest plan its verdict.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.hostile_files import FILES

SECONDS: Final = 10.0
MEBIBYTES: Final = 1024
_STARTING: Final = 2.5
"""Seconds of computing that the program itself takes beside the file: to start (an audit: three processes), and to print what it found."""
_LOOKS: Final = 0.01
_OVERSHOOT: Final = 64
"""MiB that a process may take between two looks at it."""
_MANY: Final = (".jsonl", ".parquet", ".zip")
_HONEST: Final = Path(__file__).parent.parent / "examples" / "compliant" / "xa-phu-tuc.yaml"


@dataclass(frozen=True)
class Taken:
    """What one file took, and what was said of it."""

    name: str
    size: int
    clock: float
    computing: float
    memory: float
    said: str

    @property
    def held(self) -> bool:
        """Whether it kept to the limits and was told, and the honest plan had its verdict."""
        within = self.computing <= SECONDS + _STARTING and self.memory <= MEBIBYTES + _OVERSHOOT
        return within and not self.said.startswith("!")


def measured(name: str, folder: Path) -> Taken:
    """Check one file beside the honest plan."""
    path = folder / name
    # Made by another process: a child begins with the peak of its parent's memory.
    subprocess.run([sys.executable, "-m", "benchmarks.hostile_files", name, folder], check=True)
    command = "audit" if name.endswith(_MANY) else "lint"
    program = Path(sys.executable).with_name("thamdinh")
    out, error = folder / "out", folder / "error"
    start = time.perf_counter()
    with out.open("wb") as stdout, error.open("wb") as stderr:
        arguments = [
            program,
            command,
            path,
            _HONEST,
            "--format",
            "json",
            *(["-j2", "-q"] if command == "audit" else []),
        ]
        process = subprocess.Popen(arguments, stdout=stdout, stderr=stderr, cwd=folder, start_new_session=True)
        seen = _Seen(process.pid)
        while process.poll() is None:
            seen.look()
            time.sleep(_LOOKS)
    clock = time.perf_counter() - start
    size = path.stat().st_size
    path.unlink()
    return Taken(name, size, clock, seen.computing, seen.memory, _said(process.returncode, out, error))


class _Seen:
    """What the processes of one session were seen to take."""

    def __init__(self, session: int) -> None:
        self._session = str(session).encode()
        self._ticks: dict[str, int] = {}
        self.memory = 0.0
        """MiB of the process that took most."""

    @property
    def computing(self) -> float:
        """Seconds of all processes together."""
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def look(self) -> None:
        """See what they take now."""
        for process in filter(str.isdecimal, os.listdir("/proc")):
            with suppress(OSError):
                fields = Path("/proc", process, "stat").read_bytes().rpartition(b")")[2].split()
                if fields[3] == self._session:
                    self._ticks[process] = int(fields[11]) + int(fields[12])
                    self.memory = max(self.memory, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20)


def _said(status: int, out: Path, error: Path) -> str:
    """What is said of the file, after “!” where that is not enough."""
    try:
        plans: list[dict[str, Any]] = json.loads(out.read_text(encoding="utf-8"))["plans"]
    except (ValueError, KeyError):
        return f"! status {status}: {error.read_text(encoding='utf-8', errors='replace')[-200:]}"
    honest = [plan for plan in plans if plan["file"].endswith(_HONEST.name)]
    others = [plan for plan in plans if plan not in honest]
    if [plan["status"] for plan in honest] != ["compliant"] or not others:
        return f"! status {status}, {len(others)} plans, the honest one: {[plan['status'] for plan in honest]}"
    problems = [problem for plan in others for problem in plan["problems"]]
    if not problems:
        findings = sum(len(plan["findings"]) for plan in others)
        return f"{', '.join(sorted({plan['status'] for plan in others}))}, {findings} findings"
    return f"{len(problems)} × {problems[0]['code']}: {problems[0]['message']['en']}"[:150]


def main() -> None:
    """Measure the files named, or all, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="files of hostile_files.py; default: all")
    names = parser.parse_args().names or list(FILES)
    print("| file | KB | s | s of computing | MB | what is said |\n|---|---|---|---|---|---|")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            taken = measured(name, Path(folder))
            wrong += not taken.held
            print(
                f"| `{name}` | {taken.size // 1024} | {taken.clock:.1f} | {taken.computing:.1f} | {taken.memory:.0f} "
                f"| {taken.said}{'' if taken.held else ' **beyond**'} |",
                flush=True,
            )
    print(f"\n{len(names) - wrong} of {len(names)} files kept to the limits and were told")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
