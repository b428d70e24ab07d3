"""One more audit done in the pass of another: it says what it would say by itself, and reads nothing again."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from tests.audits import outcomes as audited
from tests.audits import run as begun
from tests.engine.audit.auditing import BREACHED, KEY, PLAN, audits_here, lines, outcomes, plan_named
from thamdinh.engine.audit import run
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.run import Beside, Request, audit
from thamdinh.engine.audit.store.rows import encoded_rows
from thamdinh.engine.audit.store.store import Store, outcomes_of
from thamdinh.engine.audit.workers.batch import Batch, engine_died
from thamdinh.engine.audit.workers.encoded_plans import encode_batch
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.base.isolation import Died
from thamdinh.engine.base.limits import Limits

ROOT = Path(__file__).parents[3]
PACKS = "ben-tre-2017", str(ROOT / "tests" / "packs" / "small")
PLANS = [PLAN, BREACHED, b"{}\n", b"no plan\n", plan_named("Đảng bộ xã B"), PLAN]


def both(file: Path, request: Request) -> list[list[AuditedPlan]]:
    """The outcomes of both audits by a worker."""
    old = Request((str(file),), PACKS[0], ignore=("TD507", "TD8"), jobs=1, key=KEY)
    with Ledger() as ledger, Ledger() as other:
        beside = Beside(request, other)
        audit(old, ledger, beside=beside)
        assert beside.done
        return [[*one.outcomes()] for one in (ledger, other)]


def test_two_packs_judge_every_plan_in_one_pass_as_each_does_by_itself(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", PLANS)
    alone = [
        outcomes(file, directive=PACKS[0], ignore=("TD507", "TD8")),
        outcomes(file, directive=PACKS[1]),
    ]
    assert alone[0] != alone[1]
    assert both(file, Request((str(file),), PACKS[1], jobs=1, key=KEY)) == alone


def test_a_plan_that_a_worker_died_of_has_no_verdict_by_either_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN])
    batch = Batch(0, (*entries([str(file)]),))
    died = engine_died(batch.entries[0], Died("killed"), Limits())
    monkeypatch.setattr(run, "check_locally", lambda *_: ((batch, encode_batch(batch, [died])) for _ in range(1)))
    assert both(file, Request((str(file),), PACKS[1], key=KEY)) == [[died], [died]]


@pytest.mark.long
def test_what_a_store_knows_is_not_read_for_another_pack(tmp_path: Path) -> None:
    request = Request((str(lines(tmp_path / "plans.jsonl", PLANS)),), PACKS[1], jobs=1, key=KEY)
    done = []
    with closing(Store(tmp_path / "store.duckdb")) as store, audits_here():
        for _ in range(2):
            with Ledger() as ledger, Ledger() as other:
                beside = Beside(request, other, store.another())
                audit(replace(request, directive=PACKS[0]), ledger, store, beside=beside)
                done.append(beside.done)
    assert done == [True, False]


@pytest.mark.long
def test_two_audits_at_once_leave_in_a_store_what_one_after_the_other_does(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", PLANS)
    requests = [Request((str(file),), pack, jobs=1, key=KEY) for pack in PACKS]
    kept = []
    for name in ("at once", "in turn"):
        with closing(Store(tmp_path / f"{name}.duckdb")) as store, Ledger() as ledger, Ledger() as other, audits_here():
            beside = Beside(requests[1], other, second := store.another())
            audit(requests[0], ledger, store, beside=beside if name == "at once" else None)
            if not beside.done:
                audit(requests[1], other, second)
            kept.append([[*outcomes_of(store.database, one.run)] for one in (store, second)])
            numbers = store.database.run("SELECT count(*), count(DISTINCT verdict) FROM verdicts")
            assert numbers == [(2 * (len(PLANS) - 1),) * 2], "one plan is there twice"
    assert kept[0] == kept[1]
    assert kept[0][0] != kept[0][1]


@pytest.mark.long
def test_of_one_pack_twice_at_once_a_store_has_each_verdict_once(tmp_path: Path) -> None:
    request = Request((str(lines(tmp_path / "plans.jsonl", PLANS)),), PACKS[0], jobs=1, key=KEY)
    with closing(Store(tmp_path / "store.duckdb")) as store, Ledger() as ledger, Ledger() as other, audits_here():
        beside = Beside(request, other, store.another())
        audit(request, ledger, store, beside=beside)
        assert beside.done
        assert store.database.run("SELECT count(*) FROM verdicts") == [(len(PLANS) - 1,)]
        assert store.database.run("SELECT count(*) FROM plans") == [(2 * len(PLANS),)]


def test_of_audits_that_are_interrupted_a_store_keeps_what_both_were_given(tmp_path: Path) -> None:
    given = audited(5)
    with closing(Store(tmp_path / "store.duckdb")) as store:
        second = store.another()
        for sink, directive in ((store, "a"), (second, "b")):
            sink.begin(begun(directive=directive))
            sink.add(encoded_rows(given))
    with closing(Store(tmp_path / "store.duckdb")) as store:
        counted = store.database.run("SELECT run, count(*) FROM plans GROUP BY run ORDER BY run")
    assert counted == [(1, 5), (2, 5)]
