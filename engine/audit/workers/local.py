"""Worker processes of this machine: they check batches, and the death of one costs the plan that killed it, no other."""

import multiprocessing
import signal
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from ctypes import c_longlong
from dataclasses import replace
from itertools import groupby
from multiprocessing.connection import Connection, wait
from typing import Any, Final

from ...base.isolation import LOOKS, Died
from ...base.limits import MOST_BEYOND
from ...base.problem import ENGINE, Place, Problem, Unreadable
from ...base.text import Text
from ...base.worker import Worker
from ..audited_plan import AuditedPlan
from ..inputs.listing import Entry
from . import fork_server
from .batch import AuditJob, Batch, audited_beside, engine_died, not_tried
from .encoded_plans import EncodedPlans, encode_batch

MOST_FALSE_STARTS: Final = 3
_IDLE: Final = -1

Checked = tuple[Batch, EncodedPlans]
Todo = Batch | Checked
"""A batch to check, or one whose outcomes are known already."""


def check_locally(todo: Iterator[Todo], job: AuditJob, workers: int) -> Iterator[Checked]:
    """Every batch with its outcomes, in any order; a batch comes in parts where a worker died on a plan of it.

    A worker whose plan takes more than the job's limits is ended. Raises Unreadable where workers can't even be started.
    """
    pool = Pool(job, workers)
    try:
        yield from pool.work(todo)
    finally:
        pool.end()


class Pool:
    """Processes that check batches by one job."""

    def __init__(self, job: AuditJob, workers: int) -> None:
        fork_server.start_fork_server()
        self._context = multiprocessing.get_context(fork_server.METHOD)
        self._job = job
        self._workers: list[_Worker] = []
        self._most = workers
        self._false_starts = 0
        self._beyond: Counter[str] = Counter()

    def work(self, todo: Iterator[Todo]) -> Iterator[Checked]:
        """Every batch with its outcomes, in any order and in parts where need be. Raises Unreadable."""
        again: deque[Batch] = deque()
        ready: deque[Batch] = deque()
        while True:
            # A batch for each worker is found while all of them work, and given out before anything else is done.
            while len(ready) < self._most and (batch := again.popleft() if again else next(todo, None)) is not None:
                if isinstance(batch, tuple):
                    yield batch
                else:
                    ready.append(batch)
                    yield from self._hand_out(ready)
            yield from self._hand_out(ready)
            busy = [worker for worker in self._workers if worker.batch is not None]
            if not busy:
                return
            wait([worker.pipe for worker in busy], timeout=LOOKS)
            taken = [checked for worker in busy for checked in self._taken(worker, again)]
            yield from self._hand_out(ready)
            yield from taken

    def end(self) -> None:
        """Leave no process behind."""
        for worker in self._workers:
            worker.end()

    def _hand_out(self, ready: deque[Batch]) -> Iterator[Checked]:
        """Give batches to workers that are free; the plans of files that are not tried any more have their outcome at once."""
        while ready and (worker := self._free()) is not None:
            batch = ready.popleft()
            given_up, group = next(groupby(batch.entries, self._is_given_up))
            count, last = len([*group]), len(batch.entries)
            part = batch.part(0, count)
            if count < last:
                ready.appendleft(batch.part(count, last))
            if given_up:
                yield part, self._encoded(part, [not_tried(entry, self._job.limits) for entry in part.entries])
            else:
                self._give(worker, part)

    def _encoded(self, batch: Batch, outcomes: list[AuditedPlan]) -> EncodedPlans:
        return encode_batch(batch, outcomes, stored=self._job.stored)

    def _is_given_up(self, entry: Entry) -> bool:
        return self._beyond[entry.path] >= MOST_BEYOND

    def _free(self) -> "_Worker | None":
        free = next((worker for worker in self._workers if worker.batch is None), None)
        if free is None and len(self._workers) < self._most:
            try:
                free = _Worker(self._context, self._job)
            except (EOFError, ConnectionError):  # What workers are forked from has died; asking again begins it anew.
                self._false_start("fork server")
                return self._free()
            self._workers.append(free)
        return free

    def _false_start(self, reason: str) -> None:
        self._false_starts += 1
        if self._false_starts >= MOST_FALSE_STARTS:
            raise Unreadable(_no_workers(reason))

    def _give(self, worker: "_Worker", batch: Batch) -> None:
        worker.batch = batch
        worker.begin()
        with suppress(OSError):  # Where it is dead, that is found out when its outcomes are looked for.
            worker.pipe.send(batch)

    def _taken(self, worker: "_Worker", again: deque[Batch]) -> Iterator[Checked]:
        """What a worker has ready. Where it died or hangs, its plan is set aside and the rest goes back to be done."""
        assert worker.batch is not None
        batch = worker.batch
        try:
            outcomes = worker.pipe.recv() if worker.pipe.poll() else None
            died = worker.exceeded() if outcomes is None else None
        except (EOFError, OSError):  # The latter where it died while it was sending.
            outcomes, died = None, Died(worker.death())
        if outcomes is not None:
            worker.batch, worker.used = None, True
            if isinstance(outcomes, BaseException):
                raise outcomes
            self._false_starts = 0
            yield batch, outcomes
        if died is None:
            return
        at = worker.progress.value
        self._workers.remove(worker)
        worker.end()
        if at == _IDLE or at == len(batch.entries):  # It died before or after the plans, on none of them.
            self._false_start(died.reason)
            again.append(batch)
            return
        last = len(batch.entries)
        if at:
            again.append(batch.part(0, at))
        if at + 1 < last and batch.reads_together(at):
            again.append(batch.part(at, last, apart=True))  # Which of those lines it was is seen one by one.
            return
        if at + 1 < last:
            again.append(batch.part(at + 1, last))
        alone, guilty = batch.part(at, at + 1), batch.entries[at]
        if died.exceeded == "memory" and (last > 1 or worker.used):
            again.append(alone)  # Some of it may be left from the plans before: in a process of its own it may do.
            return
        self._beyond[guilty.path] += died.exceeded is not None
        yield alone, self._encoded(alone, [engine_died(guilty, died, self._job.limits)])


class _Worker(Worker):
    """A process, the batch it has, and the position in that batch of the plan it is at."""

    def __init__(self, context: Any, job: AuditJob) -> None:
        self.progress = context.RawValue(c_longlong, _IDLE)
        super().__init__(context, _work, (self.progress, job), job.limits)
        self.batch: Batch | None = None
        self.used = False
        self._seen = _IDLE

    def begin(self) -> None:
        """It is given a batch now."""
        self._seen = _IDLE
        self.watch.begin()

    def exceeded(self) -> Died | None:
        """The limit that the plan which the process is at has gone beyond, if any."""
        if self.progress.value != self._seen:
            self._seen = self.progress.value
            self.watch.begin()
        return super().exceeded()


def _work(pipe: Connection, progress: Any, job: AuditJob) -> None:
    """Check batches until there are no more; where the audit itself ends, so does this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        progress.value = _IDLE
        try:
            batch = pipe.recv()
        except (EOFError, OSError):
            return
        found: EncodedPlans | Exception
        try:
            progress.value = 0
            outcomes: list[tuple[AuditedPlan, ...]] = []
            for outcome in audited_beside(batch, job):
                outcomes.append(outcome)
                progress.value = len(outcomes)
            found, *beside = (encode_batch(batch, some, stored=job.stored) for some in zip(*outcomes, strict=True))
            found = replace(found, beside=beside[0]) if beside else found
        except Exception as error:
            found = error
        try:
            pipe.send(found)
        except OSError:
            return


def _no_workers(reason: str) -> Problem:
    return Problem(
        ENGINE,
        Text(
            f"Không khởi động được tiến trình thẩm định ({reason})",
            f"Workers can't be started on this machine ({reason})",
        ),
        Text(
            "Kiểm tra bộ nhớ còn trống, giảm --jobs rồi chạy lại", "Check the free memory, use fewer --jobs, run again"
        ),
        Place("--jobs"),
    )
