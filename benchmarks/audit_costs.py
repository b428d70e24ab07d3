"""What one plan costs in each part of an audit, and what an audit grows by: the figures behind docs/how-to/scaling.md.

Run: python -m benchmarks.audit_costs [--plans 2000] [--participants 100]. Processor time in one process, all in one run.
"""

import argparse
import json
import pickle
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.across import additions
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.workers.batch import AuditJob, audit_batch, batches
from thamdinh.engine.audit.workers.encoded_plans import encode_batch
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.audit.workers.parts import decoded_outcomes, encoded
from thamdinh.engine.directive.packs import ruleset


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Processor seconds, and what the act gave."""
    begun = time.process_time()
    made = act()
    return time.process_time() - begun, made


def measure(folder: Path, plans: int, participants: int) -> dict[str, float]:
    """Microseconds and bytes a plan."""
    file = folder / "plans.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for made in generate(plans, 1, 0.3, participants, 0.1):
            lines.write(json.dumps(made.plan, ensure_ascii=False, separators=(",", ":")) + "\n")
    found: dict[str, float] = {"bytes of JSON": file.stat().st_size}
    seconds, todo = timed(lambda: list(batches(entries([str(file)]))))
    found["µs to find it"] = seconds * 1e6
    job = AuditJob("costs", (ruleset(),), key=b"k" * 32)
    alone = replace(job, identity="alone", ruleset=replace(ruleset(), across=()))
    for other in (job, alone):
        audit_batch(todo[0], other)  # the evaluators are made once
    seconds, _ = timed(lambda: [audit_batch(batch, alone) for batch in todo])
    found["µs in a worker, without rules across plans"] = seconds * 1e6
    seconds, outcomes = timed(lambda: [audit_batch(batch, job) for batch in todo])
    found["µs in a worker, with them"] = seconds * 1e6
    seconds, encoded_batches = timed(lambda: [encode_batch(*pair) for pair in zip(todo, outcomes, strict=True)])
    found["µs to encode the outcome there"] = seconds * 1e6
    seconds, sent = timed(lambda: [pickle.dumps(some) for some in encoded_batches])
    found["µs to send it"], found["bytes of it"] = seconds * 1e6, sum(map(len, sent))
    seconds, _ = timed(lambda: [pickle.loads(some) for some in sent])
    found["µs to receive it"] = seconds * 1e6
    parts = [encoded(some) for some in outcomes]
    found["bytes in Parquet parts"] = sum(map(len, parts))
    seconds, _ = timed(
        lambda: [encode_batch(batch, decoded_outcomes(part)) for batch, part in zip(todo, parts, strict=True)]
    )
    found["µs to receive it from there"] = seconds * 1e6
    with Ledger() as ledger:
        seconds, _ = timed(lambda: [ledger.add(*pair) for pair in zip(todo, encoded_batches, strict=True)])
        found["µs to keep it"] = seconds * 1e6
        seconds, _ = timed(lambda: [*additions(ledger, job.rulesets, redact_names=False)])
        found["µs of rules across plans at the end"] = seconds * 1e6
        found["bytes in the temporary folder"] = sum(path.stat().st_size for path in ledger.folder.iterdir())
    return {name: value / plans for name, value in found.items()}


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--plans", type=int, default=2000)
    asked.add_argument("--participants", type=int, default=100)
    given = asked.parse_args()
    with TemporaryDirectory() as folder:
        for name, value in measure(Path(folder), given.plans, given.participants).items():
            print(f"{value:10,.1f}  {name}")


if __name__ == "__main__":
    main()
