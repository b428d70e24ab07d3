"""Both engines are held against each other on plans of a live audit, and a difference is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.audit.auditing import BREACHED, KEY, PLAN, audits_here, lines
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.inputs.listing import Entry
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.workers.ledger import Ledger


class Forgetful(Ledger):
    """A ledger in which the findings of one plan are lost: as if one engine had not made them."""

    def take(self, number: int) -> tuple[Entry, AuditedPlan]:
        entry, outcome = super().take(number)
        return entry, replace(outcome, verdict=replace(outcome.verdict, findings=())) if number == 3 else outcome


@pytest.mark.long
@pytest.mark.parametrize("engine", ["compiled", "durable"])
def test_engines_that_agree_are_said_to(tmp_path: Path, engine: str) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED, b"{\n"] * 3)
    with audits_here(), Ledger() as ledger:
        totals = audit(Request((str(file),), engine=engine, key=KEY, cross_check=100), ledger)  # type: ignore[arg-type]
    assert (totals.cross_checked, totals.differences) == (9, [])


@pytest.mark.long
def test_a_difference_is_told_with_its_place_and_fails_the_audit(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED] * 3)
    with Forgetful() as ledger:
        request = Request((str(file),), ignore=("TD507", "TD8"), key=KEY, cross_check=6)
        totals = audit(request, ledger)
    (difference,) = totals.differences
    assert (difference.code, difference.place.file, difference.place.line) == ("EN002", str(file), 4)
    assert totals.exit_status("never") == 2


def test_only_so_many_plans_are_checked_again(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN] * 9)
    with audits_here(), Ledger() as ledger:
        totals = audit(Request((str(file),), key=KEY, cross_check=2), ledger)
    assert totals.cross_checked == 2
