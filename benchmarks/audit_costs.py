"""What one plan costs in each part of an audit, and what all of it comes to beside a hand-written checker that trusts its input.

Run: python -m benchmarks.audit_costs [--plans 2048] [--participants 100] [--rounds 4] [--write]. Processor time of one core, in one
process, of each batch the least of some rounds; `--write` puts the table into docs/how-to/scaling.md.
"""

import argparse
import gc
import pickle
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from benchmarks import hand_written, plans, tables
from thamdinh.engine.audit.across import additions
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.shared.extract import Extraction
from thamdinh.engine.audit.sink import AuditRun
from thamdinh.engine.audit.store.rows import encoded_rows
from thamdinh.engine.audit.store.store import Store
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, audit_batch, audited_beside, batches
from thamdinh.engine.audit.workers.encoded_plans import EncodedPlans, encode_batch
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.audit.workers.parts import encoded, read_part
from thamdinh.engine.directive.packs import ruleset

FIND = "finding it in the input"
JUDGE = "in a worker: reading, decoding, checking, wording"
ACROSS = "in a worker: the keys for rules across plans"
ENCODE = "in a worker: encoding its outcome, with its counts and rows of the register"
MOVE = "sending its outcome, receiving it"
KEEP = "keeping it in the ledger"
END_OF_ALL = "rules across plans at the end"
AUDIT = (FIND, JUDGE, ACROSS, ENCODE, MOVE, KEEP, END_OF_ALL)
WHOLE = "**all of the audit**"
BY_HAND = "the hand-written checker that trusts its input"
RATIO = "… of whose plans a second the audit reaches"
PARTS = "receiving it from Parquet parts instead"
ROWS = "in a worker: its rows for a store"
STORE = "writing them into the store"
BESIDE = "in a worker: a second pack in the same pass (`rules impact`)"


class Costs:
    """The seconds that each part took, in each batch of a round."""

    def __init__(self) -> None:
        self.seconds: Counter[tuple[str, int]] = Counter()
        self.batch = 0

    def of(self, part: str, act: Callable[[], Any]) -> Any:
        """What the act gives; its time is added to that of the part."""
        begun = time.process_time()
        made = act()
        self.seconds[part, self.batch] += time.process_time() - begun
        return made


def one_round(file: Path, lines: Path, round_: int) -> tuple[Counter[tuple[str, int]], int]:
    """Every part, once: what each took, and how many plans there are. A batch at a time, as in an audit."""
    costs = Costs()
    todo: list[Batch] = costs.of(FIND, lambda: list(batches(entries([str(file)]))))
    rules = ruleset()
    job = AuditJob(f"costs {file} {round_}", (rules,), key=b"k" * 32)
    beside = replace(job, identity=f"beside {file} {round_}", beside=replace(job, identity="other"))
    audit_batch(todo[-1], job)  # the evaluators are made once; rows that were just read would not be read again
    across = Extraction.across
    with TemporaryDirectory() as folder, Ledger() as ledger, closing(Store(Path(folder) / "costs.duckdb")) as store:
        store.begin(AuditRun("costs", "1", "", "", "compiled", (), (), "", False, (str(file),), "2026-01-01T00:00:00"))
        gc.freeze()  # as workers do
        for costs.batch, batch in enumerate(todo):
            with patch.object(Extraction, "across", lambda *given: costs.of(ACROSS, partial(across, *given))):
                outcomes = costs.of(_WORKER, partial(audit_batch, batch, job))
            found: EncodedPlans = costs.of(ENCODE, partial(encode_batch, batch, outcomes))
            sent = costs.of(MOVE, partial(pickle.dumps, found))
            costs.of(MOVE, partial(pickle.loads, sent))
            costs.of(KEEP, partial(ledger.add, batch, found))
            part = Path(folder) / "part.parquet"
            part.write_bytes(encoded(found))
            costs.of(PARTS, partial(read_part, batch, str(part), found.totals))
            rows = costs.of(ROWS, partial(encoded_rows, outcomes))
            costs.of(STORE, partial(store.add, rows))
        costs.of(STORE, partial(store.finish, ()))
        costs.of(END_OF_ALL, lambda: [*additions(ledger, job.rulesets, redact_names=False)])
    [*audited_beside(todo[-1], beside)]
    for costs.batch, batch in enumerate(todo):
        costs.of(_BOTH, lambda batch=batch: [*audited_beside(batch, beside)])
    with lines.open("rb") as opened:
        for line in opened:
            costs.of(BY_HAND, partial(hand_written.check, line))
    return costs.seconds, sum(len(batch.entries) for batch in todo)


_WORKER, _BOTH = "one pack", "both packs"


def measured(file: Path, lines: Path, rounds: int) -> dict[str, str]:
    """Microseconds a plan of each part, and what they come to."""
    found = [one_round(file, lines, round_) for round_ in range(rounds)]
    count = found[0][1]
    seconds: Counter[str] = Counter()
    for part, batch in found[0][0]:
        seconds[part] += min(costs[part, batch] for costs, _ in found)
    seconds[JUDGE] = seconds[_WORKER] - seconds[ACROSS]
    seconds[BESIDE] = seconds[_BOTH] - seconds[_WORKER]
    seconds[WHOLE] = sum(seconds[part] for part in AUDIT)
    shown = {part: f"{seconds[part] * 1e6 / count:,.0f} µs" for part in (*AUDIT, WHOLE, BY_HAND)}
    shown[RATIO] = f"{seconds[BY_HAND] / seconds[WHOLE]:.2f}"
    return shown | {part: f"{seconds[part] * 1e6 / count:,.0f} µs" for part in (PARTS, ROWS, STORE, BESIDE)}


def main() -> None:
    """Measure, print, and write the table where that is asked for."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--plans", type=int, default=2048)
    asked.add_argument("--participants", type=int, default=100)
    asked.add_argument("--rounds", type=int, default=4)
    asked.add_argument("--write", action="store_true", help="put the table into docs/how-to/scaling.md")
    given = asked.parse_args()
    lines = plans.jsonl(given.plans, given.participants)
    columns = [measured(file, lines, given.rounds) for file in (lines, plans.as_parquet(lines))]
    table = ["| what one plan costs | JSONL | Parquet |", "|---|---|---|"]
    table += [f"| {part} | {columns[0][part]} | {columns[1][part]} |" for part in columns[0]]
    print("\n".join(table))
    if given.write:
        tables.put("how-to/scaling.md", "benchmarks.audit_costs", table)


if __name__ == "__main__":
    main()
