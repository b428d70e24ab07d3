"""A Dask cluster says what worker processes say, and loses nothing when a worker of it dies."""

import os
import signal
import stat
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import fsspec  # type: ignore[import-untyped]
import pytest

from tests.engine.audit.auditing import BREACHED, KEY, PLAN, lines, outcomes
from tests.engine.audit.workers.harmful import Busy, Deadly, Slow
from tests.engine.audit.workers.test_local import RULE
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.workers.batch import AuditJob, Batch
from thamdinh.engine.audit.workers.cluster import Cluster, check_on_cluster
from thamdinh.engine.audit.workers.encoded_plans import audit_and_encode
from thamdinh.engine.audit.workers.local import Checked
from thamdinh.engine.audit.workers.parts import encoded, parts_folder, read_part, write_part
from thamdinh.engine.base.limits import Limits
from thamdinh.engine.base.problem import Unreadable

pytestmark = pytest.mark.process

JOB = AuditJob("cluster", (RULE,), key=KEY)


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    """A cluster of two worker processes, with its scheduler here, that others may join by its address."""
    distributed = pytest.importorskip("distributed")
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
    ):
        yield cluster


@pytest.fixture
def scheduler(local: Any) -> Cluster:
    return Cluster(local.scheduler_address)


def test_a_cluster_gives_the_outcomes_of_one_process_whether_sent_or_kept_in_parts(
    tmp_path: Path, scheduler: Cluster
) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED, b"{\n", PLAN] * 20)
    alone = outcomes(file)
    assert outcomes(file, cluster=scheduler) == alone
    assert outcomes(file, cluster=Cluster(scheduler.scheduler, parts=str(tmp_path / "parts"))) == alone
    assert not list((tmp_path / "parts").iterdir())


@pytest.mark.parametrize("kept", ["{}/parts", "file://{}/parts"])
def test_parts_are_for_their_owner_and_none_outlives_the_audit(tmp_path: Path, scheduler: Cluster, kept: str) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN] * 4)
    todo = (Batch(number, (entry,)) for number, entry in enumerate(entries([str(file)])))
    checked = check_on_cluster(todo, JOB, Cluster(scheduler.scheduler, parts=kept.format(tmp_path)))
    next(checked)
    (folder,) = (tmp_path / "parts").iterdir()
    assert list(folder.glob("part-*.parquet"))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    (folder / "of a worker that was killed").touch()
    checked.close()
    assert not list((tmp_path / "parts").iterdir())


def test_a_worker_killed_in_the_middle_costs_nothing(tmp_path: Path, local: Any, scheduler: Cluster) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED] * 10)
    plans = [
        Slow(entry.path, line=entry.line, offset=entry.offset, length=entry.length) for entry in entries([str(file)])
    ]
    batches = [Batch(start, tuple(plans[start : start + 4])) for start in range(0, len(plans), 4)]
    victims = [worker.pid for worker in local.workers.values()]

    done: list[Checked] = []
    for checked in check_on_cluster(iter(batches), JOB, scheduler):
        if not done:
            os.kill(victims[0], signal.SIGKILL)
        done.append(checked)
    places = [outcome.place for _, outcomes in done for outcome in outcomes]
    assert sorted(places) == sorted(entry.place for entry in plans)
    codes = {
        outcome.place: [finding.rule for finding in outcome.verdict.findings] for _, part in done for outcome in part
    }
    assert codes == {f"{file}:{line}": [] if line % 2 else ["TD602"] for line in range(1, 21)}
    assert not any(outcome.verdict.problems for _, part in done for outcome in part)
    assert victims[0] not in [worker.pid for worker in local.workers.values()]


def test_a_plan_that_kills_workers_is_named_and_the_others_are_checked(tmp_path: Path, scheduler: Cluster) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED] * 2)
    plans = [*entries([str(file)])]
    batch = Batch(0, (*plans[:2], Deadly("deadly"), *plans[2:]))
    done = [outcome for _, part in check_on_cluster(iter([batch]), JOB, scheduler) for outcome in part]
    found = {outcome.place: [item.code for item in outcome.verdict.problems] for outcome in done}
    assert len(done) == 5
    assert found == {"deadly": ["EN001"], **{entry.place: [] for entry in plans}}


def test_a_plan_that_goes_beyond_the_limits_on_a_cluster_costs_itself_alone(tmp_path: Path, scheduler: Cluster) -> None:
    plans = [*entries([str(lines(tmp_path / "plans.jsonl", [PLAN] * 2))])]
    job = AuditJob("limited", (RULE,), key=KEY, limits=Limits(seconds=0.25))
    batch = Batch(0, (plans[0], Busy("endless"), plans[1]))
    [(_, found)] = check_on_cluster(iter([batch]), job, scheduler)
    codes = [(outcome.place, [item.code for item in outcome.verdict.problems]) for outcome in found]
    assert codes == [(plans[0].place, []), ("endless", ["PL006"]), (plans[1].place, [])]


def test_a_cluster_of_our_own_is_started_and_ended(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED])
    assert outcomes(file, cluster=Cluster(workers=1)) == outcomes(file)


OTHER_CLUSTER = """
import distributed, sys
if __name__ == "__main__":
    where = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    print(distributed.LocalCluster(n_workers=1, threads_per_worker=1, **where).scheduler_address, flush=True)
    sys.stdin.read()
"""


def test_a_scheduler_that_dies_is_told_in_words_with_what_to_do(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("distributed")
    (tmp_path / "other.py").write_text(OTHER_CLUSTER)
    other = subprocess.Popen(
        [sys.executable, tmp_path / "other.py"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert other.stdout is not None
    scheduler = Cluster(other.stdout.readline().strip())
    (entry,) = entries([str(lines(tmp_path / "plans.jsonl", [PLAN]))])
    checked = check_on_cluster((Batch(number, (entry,)) for number in range(5_000)), JOB, scheduler)
    next(checked)
    other.kill()
    with pytest.raises(Unreadable) as caught:
        deque(checked, maxlen=0)
    other.communicate()
    (problem,) = caught.value.problems
    assert "bộ điều phối Dask" in problem.message.vi
    assert "--resume" in problem.fix.vi
    assert not capfd.readouterr().err


def test_a_scheduler_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from thamdinh.engine.audit.workers import cluster

    monkeypatch.setattr(cluster, "_PATIENCE", 1.0)
    with pytest.raises(Unreadable, match="can't be reached"):
        list(check_on_cluster(iter([]), JOB, Cluster("tcp://127.0.0.1:9")))


def test_parts_hold_outcomes_whole_and_a_batch_done_twice_leaves_one(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [PLAN, BREACHED, b"{\n"])
    batch = Batch(7, tuple(entries([str(file)])))
    found = audit_and_encode(batch, JOB)
    assert encoded(found) == encoded(found)
    for place in (str(tmp_path / "parts"), f"file://{tmp_path}/parts", "memory://parts"):
        with parts_folder(place, JOB) as folder:
            for _ in range(2):
                assert read_part(batch, *write_part(batch, JOB, folder)) == found
            assert len(fsspec.open_files(f"{folder}/part-*")) == 1


def test_a_worker_that_is_done_after_its_audit_leaves_no_part(tmp_path: Path) -> None:
    batch = Batch(0, tuple(entries([str(lines(tmp_path / "plans.jsonl", [PLAN]))])))
    for place in (str(tmp_path / "parts"), f"file://{tmp_path}/parts", "memory://late"):
        with parts_folder(place, JOB) as folder:
            pass
        with suppress(Unreadable):
            write_part(batch, JOB, folder)
        system, path = fsspec.core.url_to_fs(place)
        assert not system.find(path)
