"""Batches in a process beside this one, which has the limits of an audit: for workers that are not ours, as those of Dask."""

import atexit
import multiprocessing
import threading

from .batch import AuditJob, Batch
from .encoded_plans import EncodedPlans, encode_batch
from .local import Pool

_pools: dict[int, tuple[str, Pool]] = {}
"""For each thread of this process that works for an audit, which one, and the process beside it."""


def check_confined(batch: Batch, job: AuditJob) -> EncodedPlans:
    """The outcomes of a batch. A plan that goes beyond the limits of the job, or kills its process, costs itself alone.

    Raises Unreadable where no process can be begun.
    """
    parts = sorted(_pool(job).work(iter([batch])), key=lambda part: part[0].number)
    if len(parts) == 1:
        return parts[0][1]
    return encode_batch(batch, [outcome for _, outcomes in parts for outcome in outcomes], stored=job.stored)


def end_confined(identity: str) -> None:
    """End the processes that work here for an audit."""
    for thread, (of, pool) in list(_pools.items()):
        if of == identity:
            _pools.pop(thread, None)
            pool.end()


@atexit.register
def _end_all() -> None:
    for of, _ in list(_pools.values()):
        end_confined(of)


def _pool(job: AuditJob) -> Pool:
    thread = threading.get_ident()
    of, pool = _pools.get(thread, ("", None))
    if pool is None or of != job.identity:
        if pool is not None:
            pool.end()
        # Dask's workers are daemons to multiprocessing, which lets none of these begin processes.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        pool = Pool(job, 1)
        _pools[thread] = job.identity, pool
    return pool
