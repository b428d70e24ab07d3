"""Audits run in tests: inputs in, verdicts by place out."""

import gc
import json
import signal
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

from tests.appraisal import base_plan
from thamdinh.engine.audit import cross_check, run
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.sink import Sink
from thamdinh.engine.audit.workers import fork_server, local
from thamdinh.engine.audit.workers.batch import AuditJob, Batch
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.model.changes import changed

KEY = b"0123456789abcdef0123456789abcdef"


def plan_named(name: str, *changes: dict[str, Any]) -> dict[str, Any]:
    """The small compliant plan as that of another organisation."""
    return changed(base_plan(), [{"set": "organization.name", "value": name}, *changes])


def written(data: object) -> bytes:
    """A plan as one line of JSON."""
    return json.dumps(data, ensure_ascii=False).encode() + b"\n"


PLAN = written(base_plan())
BREACHED = written(plan_named("Đảng bộ xã A", {"set": "conference.directed_by", "value": "Đảng ủy Công an"}))


def lines(path: Path, plans: Iterable[object]) -> Path:
    """A file with a plan on each line; what is bytes is written as it is."""
    path.write_bytes(b"".join(plan if isinstance(plan, bytes) else written(plan) for plan in plans))
    return path


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    """An archive of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@contextmanager
def audits_here() -> Iterator[None]:
    """Within it this process does what workers do, however many are asked for: each takes a tenth of a second to begin.

    No limit holds then, and a plan that kills its worker kills the tests.
    """
    with ExitStack() as around:
        for asking in (run, cross_check):
            around.enter_context(mock.patch.object(asking, "check_locally", _check_here))
        around.enter_context(mock.patch.object(fork_server, "start_fork_server"))
        around.enter_context(mock.patch.object(gc, "freeze"))  # This process goes on.
        yield


def _check_here(todo: Iterator[local.Todo], job: AuditJob, _: int) -> Iterator[local.Checked]:
    for batch in todo:
        if isinstance(batch, tuple):
            yield batch
            continue
        given, sent = iter([batch]), list[Any]()
        pipe: Any = SimpleNamespace(recv=lambda given=given: _next(given), send=sent.append)
        with mock.patch.object(signal, "signal"):
            local._work(pipe, SimpleNamespace(value=0), job)
        (found,) = sent
        if isinstance(found, BaseException):
            raise found
        yield batch, found


def _next(given: Iterator[Batch]) -> Batch:
    """The batch that is given; there are no more then, as where the audit has ended."""
    for batch in given:
        return batch
    raise EOFError


def outcomes(*inputs: object, sink: Sink | None = None, jobs: int | None = None, **asked: Any) -> list[AuditedPlan]:
    """The outcome of every plan, in the order of the inputs: by so many workers, or by this process."""
    with Ledger() as ledger, nullcontext() if jobs or "cluster" in asked else audits_here():
        audit(Request(tuple(map(str, inputs)), jobs=jobs, **{"key": KEY, **asked}), ledger, sink)
        return list(ledger.outcomes())


def said(audited: Sequence[AuditedPlan]) -> list[tuple[str, list[str]]]:
    """Of each plan the name of its place, and the codes of its findings and problems, each once."""
    return [
        (Path(outcome.place).name, sorted({item.rule for item in findings} | {item.code for item in problems}))
        for outcome in audited
        for findings, problems in [(outcome.verdict.findings, outcome.verdict.problems)]
    ]
