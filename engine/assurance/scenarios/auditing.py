"""An audit of the plans of a scenario, by the very functions that an audit of files runs, in this process."""

import json
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from ...audit.across import additions
from ...audit.inputs.listing import entries
from ...audit.workers.batch import AuditJob, Engine, batches
from ...audit.workers.encoded_plans import audit_and_encode
from ...audit.workers.ledger import Ledger
from ...evaluation.check import evaluators
from ...evaluation.choice import Choosing
from ...evaluation.scanning import Compiled
from ...evaluation.verdict import Verdict

_KEY: Final = bytes(32)
"""Party cards of scenarios are made up; the key that hides them need not be secret."""


def audit_verdicts(plans: Mapping[str, dict[str, Any]], judge: Choosing, identity: str) -> dict[str, Verdict]:
    """The verdict on each plan, by its name, with what rules across plans add to it.

    Audits of one `identity` have one judge, so that its rules are compiled once for all of them.
    """
    engine: Engine = "compiled" if judge.factory is Compiled or len(evaluators()) == 1 else "durable"
    with TemporaryDirectory(prefix="thamdinh-") as name, Ledger() as ledger:
        folder = Path(name)
        for number, plan in enumerate(plans.values()):
            (folder / f"{number:06}.json").write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        job = AuditJob(identity, tuple(judge.rulesets), engine, _KEY, named=judge.named)
        for batch in batches(entries((name,), None)):
            ledger.add(batch, audit_and_encode(batch, job))
        for number, addition in additions(ledger, judge.rulesets, redact_names=False):
            ledger.put(number, addition)
        return {name: outcome.verdict for name, outcome in zip(plans, ledger.outcomes(), strict=True)}
