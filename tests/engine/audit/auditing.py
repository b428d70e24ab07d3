"""Audits run in tests: inputs in, verdicts by place out."""

import json
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tests.appraisal import base_plan
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.sink import Sink
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


def outcomes(*inputs: object, sink: Sink | None = None, **asked: Any) -> list[AuditedPlan]:
    """The outcome of every plan, in the order of the inputs."""
    with Ledger() as ledger:
        audit(Request(tuple(map(str, inputs)), **{"jobs": 1, "key": KEY, **asked}), ledger, sink)
        return list(ledger.outcomes())


def said(audited: Sequence[AuditedPlan]) -> list[tuple[str, list[str]]]:
    """Of each plan the name of its place, and the codes of its findings and problems, each once."""
    return [
        (Path(outcome.place).name, sorted({item.rule for item in findings} | {item.code for item in problems}))
        for outcome in audited
        for findings, problems in [(outcome.verdict.findings, outcome.verdict.problems)]
    ]
