"""Plans that do harm to the worker that reads them. Each worker that is given one imports this, and as little as this does."""

import multiprocessing
import os
import signal
import struct
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from thamdinh.engine.audit.inputs.listing import Entry
from thamdinh.engine.audit.workers.batch import AuditJob, is_line


class Harmful(Entry):
    """A plan that does harm to the worker that reads it."""

    @property
    def problem(self) -> Any:
        if multiprocessing.current_process().daemon:  # of the processes that check plans, and of no other
            self.harm()
        return None

    @problem.setter
    def problem(self, value: object) -> None:
        """Set by the constructor, to nothing."""

    def harm(self) -> None:
        raise NotImplementedError


class Deadly(Harmful):
    def harm(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


class Leaving(Harmful):
    def harm(self) -> None:
        os._exit(3)


class Endless(Harmful):
    def harm(self) -> None:
        time.sleep(60)


class Busy(Harmful):
    """It is beyond a limit of seconds when it has computed for so long; one that waits is given twelve times as many."""

    def harm(self) -> None:
        while True:
            pass


class Faulty(Harmful):
    def harm(self) -> None:
        raise ZeroDivisionError("a fault of the program")


class Severed(Harmful):
    """The first worker that has read it dies in the middle of what it sends; the file at its path tells of that."""

    def harm(self) -> None:
        def part(pipe: Connection, content: bytes) -> None:
            os.write(pipe.fileno(), struct.pack("!i", len(content)) + bytes(content[:7]))
            os._exit(9)

        if not Path(self.path).exists():
            Path(self.path).touch()
            Connection._send_bytes = part


class DeadlyTogether(Entry):
    """A line that kills the worker that reads it together with others."""

    @property
    def form(self) -> str:
        if multiprocessing.current_process().daemon and sys._getframe(1).f_code is is_line.__code__:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().form


class DeadlyLine(DeadlyTogether, Deadly):
    """One that kills whoever reads it."""


class NoStart(AuditJob):
    def __reduce__(self) -> Any:
        return os._exit, (7,)


class Slow(Harmful):
    """A plan that takes its time, so that its worker can be killed meanwhile."""

    def harm(self) -> None:
        time.sleep(0.1)
