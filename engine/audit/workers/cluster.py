"""A Dask cluster checks batches: the same function as worker processes of this machine run, on as many machines as wanted.

Dask does a batch anew when the worker that had it is gone. A batch that costs several workers is taken apart, until the
plan that kills them is alone; that one is set aside, and nothing else is lost or counted twice.
"""

import logging
import pickle
import re
import socket
from asyncio import CancelledError
from collections import deque
from collections.abc import Iterator
from concurrent.futures import CancelledError as CancelledByDask
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from typing import Any, Final

from ...base.isolation import Died
from ...base.problem import ENGINE, Place, Problem, Unreadable
from ...base.text import Text
from ..totals import Totals
from .batch import AuditJob, Batch, engine_died
from .confined import check_confined, end_confined
from .encoded_plans import EncodedPlans, encode_batch
from .interruption import put_off
from .local import Checked, Todo
from .parts import parts_folder, read_part, write_part

_AHEAD: Final = 3
"""How many batches a thread of the cluster has, the one it works on included."""

_PIECES: Final = 16
"""Into how many a batch that kills workers is taken apart."""

_PATIENCE: Final = 60.0
"""Seconds to wait for the first worker."""

_ANSWER: Final = 10.0
"""Seconds to wait for the scheduler to answer."""

_ADDRESS: Final = re.compile(r"(?:(?:tcp|tls|ucx|ws|wss)://)?\[?(?P<host>[^\s/@\[\]]+?)\]?:(?P<port>\d{1,5})")

_SETTINGS: Final = {
    "distributed.scheduler.allowed-failures": 1,
    "distributed.worker.profile.enabled": False,
    "distributed.admin.tick.interval": "500ms",
}
"""Of our own cluster: how many workers a batch may cost before it is taken apart; and that what workers do is not looked at all the time."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Which cluster: a running one by the `scheduler`'s address, or so many `workers` on this machine.

    `parts`: the folder or fsspec address where workers write outcomes as Parquet files, instead of sending them; none stays.
    """

    scheduler: str | None = None
    workers: int = 1
    parts: str | None = None


def check_on_cluster(todo: Iterator[Todo], job: AuditJob, cluster: Cluster) -> Iterator[Checked]:
    """Every batch with its outcomes, in any order; a batch comes in parts where workers died of it.

    Raises Unreadable where the cluster can't be reached, has no workers, or is lost.
    """
    with ExitStack() as opened:
        folder = None if cluster.parts is None else opened.enter_context(parts_folder(cluster.parts, job))
        opened.enter_context(_silence())
        client = opened.enter_context(_client(cluster))
        try:
            yield from _Dealer(client, job, folder).work(todo)
            client.run(end_confined, job.identity)
        except (OSError, TimeoutError, CancelledError, CancelledByDask) as error:
            raise Unreadable(_lost(cluster, error)) from None


@contextmanager
def _silence() -> Iterator[None]:
    """Dask logs whatever happens to a connection, with tracebacks; what matters of it is told in words."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


@contextmanager
def _client(cluster: Cluster) -> Iterator[Any]:
    import dask

    import_module("distributed")  # What it sets itself comes with it, and would go with what is set here before.
    with dask.config.set(_SETTINGS), _closed_whole() as opened:
        try:
            client = _connected(cluster, opened)
        except (OSError, TimeoutError, ValueError) as error:
            raise Unreadable(_unreachable(cluster, error)) from None
        yield client


@contextmanager
def _closed_whole() -> Iterator[ExitStack]:
    """What is entered is left again, however often Ctrl-C is pressed meanwhile."""
    opened = ExitStack()
    try:
        yield opened
    finally:
        with put_off():
            opened.close()


def _connected(cluster: Cluster, opened: ExitStack) -> Any:
    """A client of the cluster; both are closed with the stack."""
    distributed: Any = import_module("distributed")
    where: Any = cluster.scheduler
    if cluster.scheduler is not None:
        _reach(cluster.scheduler)
    else:
        with put_off():  # Dask can't close a cluster that is only half there.
            where = opened.enter_context(
                distributed.LocalCluster(
                    n_workers=cluster.workers,
                    threads_per_worker=1,
                    processes=True,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,
                )
            )
    others = set(distributed.Client._instances)
    try:
        client = opened.enter_context(distributed.Client(where, timeout=_ANSWER, set_as_default=False))
    except BaseException:
        # A client that found no scheduler has threads already, which would keep the program from ending.
        for half_built in set(distributed.Client._instances) - others:
            half_built.close(timeout=1)
        raise
    client.wait_for_workers(1, timeout=_PATIENCE)
    return client


def _reach(scheduler: str) -> None:
    """See that something listens there, which a client would take long to give up. Raises OSError and ValueError."""
    address = _ADDRESS.fullmatch(scheduler)
    if address is None:
        raise ValueError(scheduler)
    with socket.create_connection((address["host"], int(address["port"])), timeout=_ANSWER) as connection:
        # A scheduler greets whoever connects; one that speaks TLS or HTTP waits for them.
        if scheduler.startswith("tcp:") or "://" not in scheduler:
            connection.recv(1)


class _Dealer:
    """Deals batches to a cluster and takes what it finds."""

    def __init__(self, client: Any, job: AuditJob, parts: str | None) -> None:
        self._client, self._job, self._parts = client, job, parts
        self._sent = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        self._dealt: dict[Any, Batch] = {}
        self._suspects: deque[Batch] = deque()

    def work(self, todo: Iterator[Todo]) -> Iterator[Checked]:
        distributed: Any = import_module("distributed")
        finished = distributed.as_completed(loop=self._client.loop, with_results=True, raise_errors=False)
        left = True
        while left or self._dealt or self._suspects:
            while left and len(self._dealt) < self._most():
                batch = next(todo, None)
                if batch is None:
                    left = False
                elif isinstance(batch, tuple):
                    yield batch
                else:
                    finished.add(self._deal(batch))
            # Dask blames every batch that a dead worker had, so a suspect is tried while nothing else is going on.
            alone = not left and not self._dealt
            if alone and self._suspects:
                finished.add(self._deal(self._suspects.popleft()))
            if not self._dealt:
                continue
            future, result = next(finished)
            batch = self._dealt.pop(future.key)
            if future.status == "finished":
                yield batch, self._taken(batch, result)
            elif not isinstance(result[1], distributed.KilledWorker):
                raise result[1]
            elif not alone:
                self._suspects.append(batch)
            elif len(batch.entries) > 1:
                self._suspects.extend(_taken_apart(batch))
            else:
                yield (
                    batch,
                    encode_batch(
                        batch,
                        [engine_died(batch.entries[0], Died("the worker processes died"), self._job.limits)],
                        stored=self._job.stored,
                    ),
                )

    def _most(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return _AHEAD * max(1, sum(threads.values()))

    def _deal(self, batch: Batch) -> Any:
        # Not pure: the same content may be audited again later, and must be read again then.
        future = self._client.submit(_check_sent, batch, self._sent, self._parts, pure=False)
        self._dealt[future.key] = batch
        return future

    def _taken(self, batch: Batch, result: Any) -> EncodedPlans:
        return result if self._parts is None else read_part(batch, *result)


def _check_sent(batch: Batch, job: bytes, parts: str | None) -> EncodedPlans | tuple[str, Totals]:
    """Check a batch by a job as it was sent: bytes, which Dask does not look into each time that it passes them on."""
    known = _job_sent(job)
    return check_confined(batch, known) if parts is None else write_part(batch, known, parts)


@lru_cache(maxsize=2)
def _job_sent(job: bytes) -> AuditJob:
    sent: AuditJob = pickle.loads(job)  # noqa: S301 (from our own audit)
    return sent


def _taken_apart(batch: Batch) -> Iterator[Batch]:
    size = -(-len(batch.entries) // _PIECES)
    for start in range(0, len(batch.entries), size):
        yield batch.part(start, start + size)


def _lost(cluster: Cluster, error: BaseException) -> Problem:
    where = cluster.scheduler or f"local:{cluster.workers}"
    return Problem(
        ENGINE,
        Text(
            f"Mất kết nối với bộ điều phối Dask giữa chừng ({type(error).__name__}), nên cuộc rà soát chưa xong",
            f"The Dask scheduler was lost on the way ({type(error).__name__}), so the audit is not finished",
        ),
        Text(
            "Khởi động lại bộ điều phối và các tiến trình dask worker rồi chạy lại; có --store thì thêm --resume để làm tiếp",
            "Start the scheduler and the dask workers again and run again; with --store, add --resume to go on from here",
        ),
        Place(where),
    )


def _unreachable(cluster: Cluster, error: Exception) -> Problem:
    where = cluster.scheduler or f"local:{cluster.workers}"
    return Problem(
        ENGINE,
        Text(
            f"Không kết nối được cụm máy tính ({type(error).__name__})",
            f"The cluster can't be reached ({type(error).__name__})",
        ),
        Text(
            "Kiểm tra địa chỉ bộ điều phối (tcp://máy:8786) và các tiến trình dask worker đang chạy",
            "Check the scheduler's address (tcp://host:8786) and that dask workers are running",
        ),
        Place(where),
    )
