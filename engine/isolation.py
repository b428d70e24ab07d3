"""Jobs in a child process: the death of one job's process is that job's outcome, and the others go on."""

import os
import pickle
import select
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

PATIENCE: Final = 120.0
"""Seconds a job may take."""
_LENGTH: Final = struct.Struct(">Q")


@dataclass(frozen=True, slots=True)
class Died:
    """A job whose process ended, or was ended, before it had a result."""

    reason: str


def isolated(
    function: Callable[[Job], Result], jobs: Sequence[Job], patience: float = PATIENCE
) -> Iterator[Result | Died]:
    """The result of `function` for each job, in order, computed in a forked child; `Died` where the child died.

    Results must be picklable; jobs are inherited. An exception in `function` is raised here. Where the system can't
    fork, jobs run in this process, whose death then ends the program without a verdict.
    """
    if not hasattr(os, "fork"):
        yield from map(function, jobs)
        return
    done = 0
    while done < len(jobs):
        child = _Child(function, jobs, done)
        try:
            while done < len(jobs):
                outcome = child.receive(patience)
                done += 1
                if isinstance(outcome, _Failure):
                    raise outcome.error
                yield outcome  # type: ignore[misc]  # what the function gave, or Died
                if isinstance(outcome, Died):
                    break
        finally:
            child.end()


@dataclass(frozen=True, slots=True)
class _Failure:
    error: BaseException


class _Child:
    """A forked process that works through the jobs from `first` on and sends each result back."""

    def __init__(self, function: Callable[[Job], Result], jobs: Sequence[Job], first: int) -> None:
        self._reader, writer = os.pipe()
        self._ended = False
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self._reader)
            _work(function, jobs, first, writer)
        os.close(writer)

    def receive(self, patience: float) -> object:
        """The next result, a _Failure, or Died."""
        ready, _, _ = select.select([self._reader], [], [], patience)
        if not ready:
            return Died(f"no result after {patience:g} s")
        header = self._read(_LENGTH.size)
        content = self._read(_LENGTH.unpack(header)[0]) if header else b""
        if not content:
            return Died(_reason(self._wait()))
        return pickle.loads(content)  # noqa: S301 (from our own child)

    def end(self) -> None:
        """End the child if it still runs, and leave nothing behind."""
        os.close(self._reader)
        if not self._ended:
            os.kill(self._pid, signal.SIGKILL)
            self._wait()

    def _wait(self) -> int:
        self._ended = True
        return os.waitpid(self._pid, 0)[1]

    def _read(self, size: int) -> bytes:
        """Exactly `size` bytes, or none when the child ended first."""
        content = bytearray()
        while len(content) < size:
            piece = os.read(self._reader, min(size - len(content), 1 << 20))
            if not piece:
                return b""
            content += piece
        return bytes(content)


def _work(function: Callable[[Job], Result], jobs: Sequence[Job], first: int, writer: int) -> NoReturn:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    status = 0
    try:
        for job in jobs[first:]:
            try:
                outcome: object = function(job)
            except Exception as error:
                outcome = _Failure(error)
            content = pickle.dumps(outcome)
            view = memoryview(_LENGTH.pack(len(content)) + content)
            while view:
                view = view[os.write(writer, view) :]
    except BaseException:
        status = 1
    finally:
        # Without the clean-up of the parent's open files, which are not the child's to flush.
        os._exit(status)


def _reason(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return f"signal {number} ({signal.strsignal(number)})"
    return f"exit status {os.WEXITSTATUS(status)}"
