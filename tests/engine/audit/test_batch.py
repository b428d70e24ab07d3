"""What an audit's worker learns of one plan is what a lint says of it, and a fault of the program costs no other plan."""

from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.forms import base_book, cell
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.workers import batch
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, audit_batch
from thamdinh.engine.documents.discover import InputFile
from thamdinh.engine.evaluation.choice import Choosing, rulesets_of
from thamdinh.engine.lint import appraise as lint
from thamdinh.engine.lint.appraise import Job, verdict_of


def test_a_plan_that_no_pack_is_for_keeps_its_notices(tmp_path: Path) -> None:
    def edit(book: object) -> None:
        cell(book["Kế hoạch"], "Nhiệm kỳ").value = "2035-2040"  # type: ignore[index]
        book["Thành phần"].row_dimensions[4].hidden = True  # type: ignore[index]

    plan = tmp_path / "ke-hoach.xlsx"
    plan.write_bytes(base_book(edit))
    linted = verdict_of(Job(InputFile(str(plan)), Choosing(rulesets_of(None))))
    [outcome] = audit_batch(Batch(0, tuple(entries([str(plan)]))), AuditJob("no pack", rulesets_of(None), named=False))
    assert [problem.code for problem in linted.problems] == ["DR001"]
    assert linted.notices != ()
    assert (outcome.verdict.problems, outcome.verdict.notices) == (linted.problems, linted.notices)


@pytest.mark.parametrize("fails", ["meetings", "with_organization_shown", "digest_of"])
def test_what_fails_on_one_plan_of_an_audit_costs_no_other(fails: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = sorted((ROOT / "examples" / "compliant").iterdir())[:3]
    act, asked = getattr(batch, fails), list[object]()

    def failing(*given: object) -> object:
        asked.append(given)
        return act(*given) if len(asked) != 2 else 1 // 0

    monkeypatch.setattr(batch, fails, failing)
    monkeypatch.setattr(batch, "may_hold_card", lambda _: True)  # else what shows an area without cards is not asked
    job = AuditJob(fails, rulesets_of(None), named=False)
    found = audit_batch(Batch(0, tuple(entries(map(str, plans)))), job)
    assert [[problem.code for problem in outcome.verdict.problems] for outcome in found] == [[], ["EN001"], []]
    assert [outcome.place for outcome in found] == [*map(str, plans)]


def test_what_fails_in_showing_the_lines_of_one_plan_is_a_problem_of_its_verdict(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lint, "_lines", lambda *_: 1 // 0)
    verdict = verdict_of(
        Job(InputFile(str(ROOT / "examples" / "breached" / "lay-phieu.yaml")), Choosing(rulesets_of(None)))
    )
    assert ([problem.code for problem in verdict.problems], verdict.findings) == (["EN001"], ())
