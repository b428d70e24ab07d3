"""The two rule engines held against each other on some plans of a live audit: they must say the same of each."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Final

from ..base.problem import ENGINES_DIFFER, Place, Problem
from ..base.text import Text
from ..evaluation.verdict import Verdict
from .audited_plan import split_place
from .inputs import storage
from .inputs.listing import Entry
from .workers.batch import AuditJob, Batch, Contents, Engine
from .workers.ledger import Ledger
from .workers.local import check_locally

_OTHER: Final[dict[Engine, Engine]] = {"compiled": "durable", "durable": "compiled"}
_PLANS_IN_A_BATCH: Final = 32


def cross_check(ledger: Ledger, job: AuditJob, plans: int, workers: int, random: Random) -> Iterator[Problem]:
    """Check so many plans, chosen at random, with the engine that the audit did not use; every difference is a problem.

    Raises Unreadable where no worker can be started.
    """
    chosen = sorted(random.sample(range(len(ledger)), min(plans, len(ledger))))
    other = replace(job, identity=f"{job.identity}-other", engine=_OTHER[job.engine], stored=False)
    with Contents() as contents:
        batches = (
            Batch(
                start, tuple(_readable(ledger.take(n)[0], contents) for n in chosen[start : start + _PLANS_IN_A_BATCH])
            )
            for start in range(0, len(chosen), _PLANS_IN_A_BATCH)
        )
        for batch, outcomes in check_locally(batches, other, workers):
            for position, outcome in enumerate(outcomes, batch.number):
                _, first = ledger.take(chosen[position])
                if first.digest == outcome.digest and _said(first.verdict) != _said(outcome.verdict):
                    yield _difference(outcome.place, job.engine)


def _readable(entry: Entry, contents: Contents) -> Entry:
    """The entry as another process can read it (a row of Parquet is no content of its own)."""
    return (
        replace(entry, content=contents.of(entry)) if storage.only_here(entry.path) and entry.group is None else entry
    )


def _said(verdict: Verdict) -> tuple[object, ...]:
    findings = (replace(finding, waived=None) for finding in verdict.findings)
    return tuple(findings), verdict.not_applicable, verdict.problems


def _difference(place: str, engine: Engine) -> Problem:
    return Problem(
        ENGINES_DIFFER,
        Text(
            f"Hai bộ máy quy tắc ({engine} và {_OTHER[engine]}) kết luận khác nhau về văn bản này",
            f"The two rule engines ({engine} and {_OTHER[engine]}) differ on this document",
        ),
        Text(
            "Chưa dùng kết quả của lần rà soát này; gửi văn bản cho bộ phận hỗ trợ",
            "Do not use the results of this audit yet; send the document to the maintainers",
        ),
        Place(*split_place(place)),
    )
