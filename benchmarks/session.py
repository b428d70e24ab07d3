"""What a command costs in each of its processes, as Linux counts it: those that nobody waits for are in no resource usage."""

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

_LOOK: Final = 0.2
_SESSION, _USER, _SYSTEM = 3, 11, 12
"""Where /proc/…/stat has them, after the name."""


@dataclass(frozen=True)
class Cost:
    """The processor seconds of a process, and the most memory that it had at once."""

    seconds: float
    mebibytes: int


def costs(command: Sequence[str]) -> list[Cost]:
    """Run a command; what each of its processes cost, the dearest first. Raises CalledProcessError."""
    found: dict[str, Cost] = {}
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True) as running:
        while running.poll() is None:
            for process in filter(str.isdecimal, os.listdir("/proc")):
                cost = _cost(Path("/proc", process), running.pid)
                found |= {} if cost is None else {process: cost}
            time.sleep(_LOOK)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return sorted(found.values(), key=lambda cost: -cost.seconds)


def _cost(process: Path, session: int) -> Cost | None:
    """What a process has cost so far; None where it is of another session, or has ended."""
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        if int(fields[_SESSION]) != session:
            return None
        status = dict(line.split(":", 1) for line in (process / "status").read_text().splitlines())
        kibibytes = int(status["VmHWM"].split()[0])
    except (OSError, KeyError):
        return None
    return Cost((int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK"), kibibytes // 1024)
