"""An audit of the plans of a scenario, by the very functions that an audit of files runs, in this process."""

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any, Final

from ...audit.across import additions
from ...audit.inputs.listing import Entry, entries
from ...audit.workers.batch import AuditJob, Batch, Engine, batches
from ...audit.workers.encoded_plans import EncodedPlans, audit_and_encode
from ...audit.workers.ledger import Ledger
from ...documents.document import Document
from ...evaluation.check import evaluators
from ...evaluation.choice import Choosing
from ...evaluation.scanning import Compiled
from ...evaluation.verdict import Verdict
from ...model.description import Description
from ...model.records import DocumentRecord

_KEY: Final = bytes(32)
"""Party cards of scenarios are made up; the key that hides them need not be secret."""


@dataclass(frozen=True, slots=True)
class AuditedBefore:
    """Plans as they were audited by rulesets that differ in what rules across plans say alone: what each comes to is the same.

    Their files are kept in `folder`, since they may be read again; `found` goes by their contents.
    """

    folder: Path
    found: dict[tuple[str, ...], list[tuple[Batch, EncodedPlans]]] = field(default_factory=dict)
    reread: dict[tuple[bytes, Entry, Description], tuple[DocumentRecord, Document]] = field(default_factory=dict)
    """Those that were read again, by their contents."""


def audit_verdicts(
    plans: Mapping[str, dict[str, Any]], judge: Choosing, identity: str, before: AuditedBefore | None = None
) -> dict[str, Verdict]:
    """The verdict on each plan, by its name, with what rules across plans add to it.

    Audits of one `identity` have one judge, so that its rules are compiled once for all of them.
    """
    contents = tuple(json.dumps(plan, ensure_ascii=False) for plan in plans.values())
    with ExitStack() as around:
        if before is None:
            before = AuditedBefore(Path(around.enter_context(TemporaryDirectory(prefix="thamdinh-"))))
        if contents not in before.found:
            before.found[contents] = _audited(contents, judge, identity, Path(mkdtemp(dir=before.folder)))
        ledger = around.enter_context(Ledger(before.folder, before.reread))
        for batch, found in before.found[contents]:
            ledger.add(batch, found)
        for number, addition in additions(ledger, judge.rulesets, redact_names=False):
            ledger.put(number, addition)
        return {name: outcome.verdict for name, outcome in zip(plans, ledger.outcomes(), strict=True)}


def _audited(contents: Sequence[str], judge: Choosing, identity: str, folder: Path) -> list[tuple[Batch, EncodedPlans]]:
    """What is found in plans one by one; their files are written to the folder."""
    engine: Engine = "compiled" if judge.factory is Compiled or len(evaluators()) == 1 else "durable"
    for number, content in enumerate(contents):
        (folder / f"{number:06}.json").write_text(content, encoding="utf-8")
    job = AuditJob(identity, tuple(judge.rulesets), engine, _KEY, named=judge.named)
    return [(batch, audit_and_encode(batch, job)) for batch in batches(entries((str(folder),), None))]
