"""Jobs in child processes: the death of one job's process is that job's outcome, and the others go on.

What a job takes is watched from outside, so that no code that it runs can hinder it.
"""

import gc
import os
import pickle
import select
import signal
import struct
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Final, NoReturn, TypeVar

from .limits import Limit, Limits
from .record import Record
from .system import STOPS

Job = TypeVar("Job")
Result = TypeVar("Result")

LOOKS: Final = 0.02
"""Seconds between two looks at a process: what it takes meanwhile goes beyond the limit of memory."""
_WAITING: Final = 12
"""How many times its seconds a job may take by the clock, waiting for a disk or for a processor that others use."""
_OWN: Final = 128
"""MiB that the program itself may take of what is allowed for a job."""
_LENGTH: Final = struct.Struct(">Q")
_isolated_already = False


class Died(Record):
    """A job whose process ended, or was ended, before it had a result; for which limit, where it was for one."""

    reason: str
    exceeded: Limit | None = None


@contextmanager
def isolated_already() -> Iterator[None]:
    """Within it a single job needs no child: whoever calls is in a process that is watched from outside, and may die of it."""
    global _isolated_already
    _isolated_already = True
    try:
        yield
    finally:
        _isolated_already = False


class Watch:
    """What a process takes for one job. It is made when the process has just begun, before the first one."""

    def __init__(self, pid: int, limits: Limits) -> None:
        self._pid, self._limits = pid, limits
        # A forked process begins with all that its parent has by then, such as the results of many jobs.
        self._inherited = max(0, _used(pid)[1] - _OWN)
        self.begin()

    def begin(self, limits: Limits | None = None) -> None:
        """From now on it is another job, within limits of its own where they are given."""
        self._limits = limits or self._limits
        self._since, self._before = time.monotonic(), _used(self._pid)[0]

    def exceeded(self) -> Died | None:
        """The limit that the job has gone beyond, if any."""
        seconds, memory = _used(self._pid)
        waited = time.monotonic() - self._since
        if memory - self._inherited > self._limits.memory:
            return Died(f"more than {self._limits.memory} MB of memory", "memory")
        if seconds - self._before > self._limits.seconds or waited > _WAITING * self._limits.seconds:
            return Died(f"no result after {self._limits.seconds:g} s", "seconds")
        return None


def isolated(
    function: Callable[[Job], Result],
    jobs: Sequence[Job],
    limits: Limits | None = None,
    processes: int = 1,
    *,
    apart: bool = False,
) -> Iterator[Result | Died]:
    """The result of `function` for each job, in order, computed in forked children; `Died` where the child died.

    Each job may take what `limits` say; a child that does is ended. Results must be picklable; jobs are inherited. An
    exception in `function` is raised here, after the results of the jobs before. Where the system can't fork, jobs run in this
    process, whose death then ends the program without a verdict, and without limits. `apart`: in a child whatever this process
    is, since what a job leaves behind must go.
    """
    if not hasattr(os, "fork") or (_isolated_already and len(jobs) == 1 and not apart):
        yield from map(function, jobs)
        return
    count = min(processes, len(jobs))
    lanes = [_Lane(function, jobs[first::count], limits or Limits()) for first in range(count)]
    try:
        for number in range(len(jobs)):
            outcomes = lanes[number % count].outcomes
            while not outcomes:
                _wait(lanes)
            outcome = outcomes.popleft()
            if isinstance(outcome, _Failure):
                raise outcome.error
            yield outcome  # type: ignore[misc]  # what the function gave, or Died
    finally:
        for lane in lanes:
            lane.end()


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Lane:
    """Jobs that are done one after the other in a child, and after its death in another one."""

    def __init__(self, function: Callable[[Job], Result], jobs: Sequence[Job], limits: Limits) -> None:
        self.outcomes: deque[object] = deque()
        self._start = partial(_Child, function, jobs, limits=limits)
        self._all = self._left = len(jobs)
        self.child: _Child | None = None
        self._begin()

    def _begin(self) -> None:
        self._first = True
        self.child = self._start(first=self._all - self._left) if self._left else None

    def take(self, *, ready: bool) -> None:
        """Take what the child has done, if it is ready, or its death where it goes beyond the limits."""
        assert self.child is not None
        outcome = self.child.receive() if ready else self.child.exceeded()
        if not ready and outcome is None:
            return
        died = isinstance(outcome, Died)
        # What was too much may be left from the jobs before: alone it may do.
        if not (isinstance(outcome, Died) and outcome.exceeded == "memory" and not self._first):
            self.outcomes.append(outcome)
            self._left -= 1
        self._first = False
        if died or not self._left or isinstance(outcome, _Failure):
            self.end()
        if died:
            self._begin()

    def end(self) -> None:
        """End the child if there is one."""
        if self.child is not None:
            self.child.end()
            self.child = None


def _wait(lanes: Sequence[_Lane]) -> None:
    """Wait a moment until a child is ready, and look at them all."""
    running = {lane.child.reader: lane for lane in lanes if lane.child is not None}
    readers = select.poll()
    for reader in running:
        readers.register(reader, select.POLLIN)
    ready = {reader for reader, _ in readers.poll(LOOKS * 1000)}
    for reader, lane in running.items():
        lane.take(ready=reader in ready)


class _Failure(Record):
    error: BaseException


class _Child:
    """A forked process that works through the jobs from `first` on and sends each result back."""

    def __init__(self, function: Callable[[Job], Result], jobs: Sequence[Job], first: int, limits: Limits) -> None:
        self.reader, writer = os.pipe()
        self._ended = False
        self._pid = os.fork()
        if self._pid == 0:
            os.close(self.reader)
            _work(function, jobs, first, writer)
        os.close(writer)
        self._watch = Watch(self._pid, limits)
        self._looked = time.monotonic()

    def receive(self) -> object:
        """The next result, a _Failure, or Died, of which there is something to read."""
        header = self._read(_LENGTH.size)
        content = self._read(_LENGTH.unpack(header)[0]) if header else b""
        if not content:
            return Died(_reason(self._wait()))
        self._watch.begin()
        return pickle.loads(content)  # noqa: S301 (from our own child)

    def exceeded(self) -> Died | None:
        """The limit that the job has gone beyond, if any, as far as it was not looked for just now."""
        if time.monotonic() - self._looked < LOOKS / 2:
            return None
        self._looked = time.monotonic()
        return self._watch.exceeded()

    def end(self) -> None:
        """End the child if it still runs, and leave nothing behind."""
        os.close(self.reader)
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
            piece = os.read(self.reader, min(size - len(content), 1 << 20))
            if not piece:
                return b""
            content += piece
        return bytes(content)


def _work(function: Callable[[Job], Result], jobs: Sequence[Job], first: int, writer: int) -> NoReturn:
    for number in (signal.SIGINT, *STOPS):
        signal.signal(number, signal.SIG_DFL)
    # A large file makes millions of objects, of which hardly any is garbage: it is looked for between jobs alone.
    gc.freeze()
    gc.disable()
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
            del outcome, content, view
            gc.collect(1)
    except BaseException:
        status = 1
    finally:
        # Without the clean-up of the parent's open files, which are not the child's to flush.
        os._exit(status)


def _used(pid: int) -> tuple[float, int]:
    """The seconds of computing and the MiB of memory that a process has used so far.

    Where the system doesn't tell, that is none, and a job is ended by the clock alone.
    """
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            # After the name, which may hold anything: 14 and 15 of all are the ticks, 24 the pages.
            fields = file.read().rpartition(b")")[2].split()
    except OSError:
        return 0.0, 0
    ticks, pages = int(fields[11]) + int(fields[12]), int(fields[21])
    return ticks / os.sysconf("SC_CLK_TCK"), pages * os.sysconf("SC_PAGE_SIZE") >> 20


def _reason(status: int) -> str:
    if os.WIFSIGNALED(status):
        number = os.WTERMSIG(status)
        return f"signal {number} ({signal.strsignal(number)})"
    return f"exit status {os.WEXITSTATUS(status)}"
