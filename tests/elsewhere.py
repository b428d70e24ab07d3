"""Runs command lines as on a system without what Unix has beyond Windows: `python -m tests.elsewhere`, as `tests.forks` does.

Nothing forks, users and their rights are not known, files can't be locked, signals can't be held back. The start of
workers is that of Windows (spawn).
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from types import ModuleType
from typing import Final

MISSING: Final = (
    "fork",
    "geteuid",
    "getuid",
    "getppid",
    "sched_getaffinity",
    "getpgid",
    "killpg",
    "setsid",
    "O_NOFOLLOW",
    "O_NONBLOCK",
)
SIGNALS: Final = ("pthread_sigmask", "SIGHUP", "SIGXCPU")
MODULES: Final = frozenset({"fcntl", "grp", "pwd", "resource", "termios"})


class Absent(MetaPathFinder):
    """Finds none of the modules that Windows lacks."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> None:
        if fullname in MODULES:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)


def leave() -> None:
    """Take away what isn't there, before anything of the program sees it."""
    assert not any(name.startswith("thamdinh") for name in sys.modules)
    for module, names in ((os, MISSING), (signal, SIGNALS)):
        for name in names:
            if hasattr(module, name):
                delattr(module, name)
    for name in MODULES:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, Absent())
    multiprocessing.get_all_start_methods = lambda: ["spawn"]  # type: ignore[assignment]


if __name__ == "__main__":
    fork = os.fork  # which the test has, and the program has not
    leave()
    from tests.forks import serve  # which imports the program

    serve(fork)
