"""Outcomes are decoded as they were encoded, and are counted as if one by one."""

import os
from pathlib import Path

import pytest

from tests.audits import outcomes
from tests.engine.audit.auditing import BREACHED, KEY, PLAN, lines
from thamdinh.engine.audit.inputs.listing import Entry, entries
from thamdinh.engine.audit.sink import Addition
from thamdinh.engine.audit.store.rows import encoded_rows
from thamdinh.engine.audit.totals import MOST_LISTED, Totals
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, audit_batch, batches
from thamdinh.engine.audit.workers.encoded_plans import audit_and_encode, encode_batch
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.audit.workers.parts import encoded, read_part
from thamdinh.engine.base.problem import Place
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation.verdict import Finding, Subject
from thamdinh.engine.model.document_types import description

BATCH = Batch(0, tuple(Entry("plans.jsonl", line=number) for number in range(1, 61)))
JOB = AuditJob("encoded", (ruleset(),), key=KEY)


@pytest.mark.long
def test_outcomes_come_out_as_they_went_in(tmp_path: Path) -> None:
    assert tuple(encode_batch(BATCH, outcomes(60))) == outcomes(60)
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED, b"{\n", b'{"schema": "\\ud800"}\n', b"\xff\n"])
    (batch,) = batches(entries([str(file)]))
    assert [*audit_and_encode(batch, JOB)] == audit_batch(batch, JOB)


def test_rows_for_a_store_are_made_where_there_is_one_and_come_back_from_parts(tmp_path: Path) -> None:
    without, found = (encode_batch(BATCH, outcomes(60), stored=stored) for stored in (False, True))
    assert (without.stored, found.stored) == (None, encoded_rows(outcomes(60)))
    for one in (without, found):
        part = tmp_path / "part.parquet"
        part.write_bytes(encoded(one))
        assert read_part(BATCH, str(part), one.totals) == one


def test_counts_come_to_the_same_however_plans_are_put_together() -> None:
    one_by_one = Totals()
    for outcome in outcomes(60) * 40:
        one_by_one.add(outcome.verdict)
    together = Totals()
    for _ in range(40):
        together.merge(encode_batch(BATCH, outcomes(60)).totals)
    assert len(together.listed) == MOST_LISTED
    assert together == one_by_one


def test_what_rules_across_plans_add_is_kept_and_the_rest_stays(tmp_path: Path) -> None:
    finding = Finding(
        "TD801", "D1", "warning", Subject("plan", "plan"), Text("a", "b"), Text("c", "d"), Place("plans.jsonl", 3), {}
    )
    with Ledger() as ledger:
        ledger.add(BATCH, encode_batch(BATCH, outcomes(60)))
        for number in (5, 2):
            ledger.put(number, Addition(outcomes(60)[number].place, (finding,), ()))
        found = list(ledger.outcomes())
    added = {number for number, outcome in enumerate(found) if finding in outcome.verdict.findings}
    assert added == {5, 2}
    assert [outcome for number, outcome in enumerate(found) if number not in added] == [
        outcome for number, outcome in enumerate(outcomes(60)) if number not in added
    ]


def test_no_outcome_is_counted_twice() -> None:
    with Ledger() as ledger:
        ledger.add(BATCH, encode_batch(BATCH, outcomes(60)))
        with pytest.raises(AssertionError, match="counted twice"):
            ledger.add(BATCH, encode_batch(BATCH, outcomes(60)))


@pytest.mark.skipif(os.name != "posix", reason="names of files that are no Unicode")
def test_a_file_whose_name_is_no_unicode_is_found_again(tmp_path: Path) -> None:
    path = os.fsdecode(bytes(tmp_path / "k") + b"\xff.json")
    Path(path).write_bytes(PLAN)
    (batch,) = batches(entries([path]))
    with Ledger() as ledger:
        ledger.add(batch, audit_and_encode(batch, JOB))
        assert ledger.take(0)[0] == batch.entries[0]
        assert ledger.reread(0, description())[0].organization.name
