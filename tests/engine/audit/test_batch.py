"""What an audit's worker learns of one plan is what a lint says of it."""

from pathlib import Path

from tests.forms import base_book, cell
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, audit_batch
from thamdinh.engine.documents.discover import Source
from thamdinh.engine.evaluation.choice import Choosing, rulesets_of
from thamdinh.engine.lint.appraise import Job, verdict_of


def test_a_plan_that_no_pack_is_for_keeps_its_notices(tmp_path: Path) -> None:
    def edit(book: object) -> None:
        cell(book["Kế hoạch"], "Nhiệm kỳ").value = "2035-2040"  # type: ignore[index]
        book["Thành phần"].row_dimensions[4].hidden = True  # type: ignore[index]

    plan = tmp_path / "ke-hoach.xlsx"
    plan.write_bytes(base_book(edit))
    linted = verdict_of(Job(Source(str(plan)), Choosing(rulesets_of(None))))
    [outcome] = audit_batch(Batch(0, tuple(entries([str(plan)]))), AuditJob("test", rulesets_of(None), named=False))
    assert [problem.code for problem in linted.problems] == ["DR001"]
    assert linted.notices != ()
    assert (outcome.verdict.problems, outcome.verdict.notices) == (linted.problems, linted.notices)
