"""One more audit done in the pass of another: it says what it would say by itself, and reads nothing again."""

from pathlib import Path

from tests.engine.audit.auditing import BREACHED, KEY, PLAN, audits_here, lines, outcomes, plan_named
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.run import Beside, Request, audit
from thamdinh.engine.audit.store.store import Store
from thamdinh.engine.audit.workers.batch import Batch, engine_died
from thamdinh.engine.audit.workers.encoded_plans import encode_batch
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.base.isolation import Died
from thamdinh.engine.base.limits import Limits

ROOT = Path(__file__).parents[3]
PACKS = "ben-tre-2017", str(ROOT / "tests" / "packs" / "small")
PLANS = [PLAN, BREACHED, b"{}\n", b"no plan\n", plan_named("Đảng bộ xã B"), PLAN]


def both(file: Path, request: Request, store: Store | None = None) -> list[list[AuditedPlan]]:
    """The outcomes of both audits by a worker, where the file is gone before the second begins."""
    old = Request((str(file),), PACKS[0], ignore=("TD507", "TD8"), jobs=1, key=KEY)
    found = []
    with Beside(request) as beside:
        for one in (old, request):
            with Ledger() as ledger:
                audit(one, ledger, store, beside=beside)
                found.append([*ledger.outcomes()])
            file.unlink(missing_ok=True)
    return found


def test_two_packs_judge_every_plan_in_one_pass_as_each_does_by_itself(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", PLANS)
    alone = [
        outcomes(file, directive=PACKS[0], ignore=("TD507", "TD8")),
        outcomes(file, directive=PACKS[1]),
    ]
    assert alone[0] != alone[1]
    assert both(file, Request((str(file),), PACKS[1], jobs=1, key=KEY)) == alone


def test_a_plan_that_a_worker_died_of_has_no_verdict_by_either_pack(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN])
    batch = Batch(0, (*entries([str(file)]),))
    died = engine_died(batch.entries[0], Died("killed"), Limits())
    with Beside(Request((str(file),))) as beside, audits_here(), Ledger() as ledger:
        audit(Request((str(file),), PACKS[1], key=KEY), ledger, beside=beside)
        ((_, (found,)),) = beside.checked()
        assert found.verdict.directive is not None
        beside.keep(batch, encode_batch(batch, [died]))
        *_, (_, (found,)) = beside.checked()
        assert found == died
