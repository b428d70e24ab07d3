"""The store keeps what audits found: whole, private, and whatever happens to the process or the disk."""

import fcntl
import os
import random
import resource
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import duckdb
import pytest

from tests.audits import outcomes, run
from tests.engine.audit.store.child import Child, Say
from tests.stores import empty_store, stores_here
from thamdinh.engine.audit.audited_plan import AuditedPlan, moved
from thamdinh.engine.audit.sink import Addition
from thamdinh.engine.audit.store import database as database_module
from thamdinh.engine.audit.store import inspection, known_contents
from thamdinh.engine.audit.store import schema as schema_module
from thamdinh.engine.audit.store import store as store_module
from thamdinh.engine.audit.store.connection import connect, log_of
from thamdinh.engine.audit.store.database import Database, backups, open_store
from thamdinh.engine.audit.store.purge import purge
from thamdinh.engine.audit.store.rows import encoded_rows
from thamdinh.engine.audit.store.schema import CURRENT, STEPS, take_step
from thamdinh.engine.audit.store.store import Store, outcomes_of
from thamdinh.engine.base.isolation import isolated_already
from thamdinh.engine.base.problem import ENGINE, Place, Unreadable
from thamdinh.engine.base.text import Text
from thamdinh.engine.evaluation.verdict import Finding, Subject, Undecided

pytestmark = pytest.mark.long

PLANS = 60


@pytest.fixture
def apart() -> None:
    """Stores are made and inspected as they are outside of tests, in a child: the file may end DuckDB, or be open here."""


@pytest.fixture
def anew() -> None:
    """Stores are made as they are outside of tests, and inspected whatever was seen before."""


@pytest.fixture(autouse=True)
def here(request: pytest.FixtureRequest) -> Iterator[None]:
    """Elsewhere a child of a process with all tests in it would take longer than what it looks at."""
    asked = request.fixturenames
    with nullcontext() if "apart" in asked else isolated_already() if "anew" in asked else stores_here():
        yield


def audit(path: Path, given: tuple[AuditedPlan, ...], additions: tuple[Addition, ...] = (), **changes: object) -> int:
    """One audit, from beginning to end; gives the number of its run."""
    store = Store(path)
    try:
        store.begin(run(**changes))
        for start in range(0, len(given), 16):
            store.add(encoded_rows(given[start : start + 16]))
        store.finish(additions)
        return store.run
    finally:
        store.close()


def kept(path: Path, number: int) -> dict[str, AuditedPlan]:
    database = open_store(path)
    try:
        return {outcome.place: outcome for outcome in outcomes_of(database, number)}
    finally:
        database.close()


def bare(outcome: AuditedPlan) -> AuditedPlan:
    """The outcome without what the store doesn't keep: the lines that the lint shows."""
    return replace(outcome, verdict=replace(outcome.verdict, lines={}))


def refused(path: Path, **options: bool) -> str:
    with pytest.raises(Unreadable) as caught:
        open_store(path, **options).close()
    (problem,) = caught.value.problems
    assert problem.place.file == str(path)
    return f"{problem.message.vi}. {problem.fix.vi}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "audits.duckdb"


@cache
def audited_once() -> bytes:
    """A store with one run, of PLANS plans."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "audits.duckdb"
        audit(path, outcomes(PLANS))
        return path.read_bytes()


@pytest.fixture
def audited() -> bytes:
    return audited_once()


@pytest.mark.usefixtures("anew")
def test_what_goes_in_comes_out(path: Path) -> None:
    given = outcomes(PLANS)
    number = audit(path, given)
    assert kept(path, number) == {outcome.place: bare(outcome) for outcome in given}


def test_findings_on_a_workbook_stay_in_the_order_of_its_sheets(path: Path) -> None:
    clean = next(outcome for outcome in outcomes(PLANS) if outcome.verdict.status == "compliant")

    def found(rule: str, sheet: str, number: int) -> Finding:
        place = Place("plan.xlsx", sheet=sheet, cell="B2", sheet_number=number)
        return Finding(rule, "D1", "error", Subject("plan", "plan"), Text("vi", "en"), Text("sửa", "fix"), place, {})

    verdict = replace(clean.verdict, findings=(found("TD702", "Thông tin", 1), found("TD101", "Phiên họp", 2)))
    number = audit(path, (replace(clean, verdict=verdict),))
    assert kept(path, number)[clean.place].verdict.findings == verdict.findings


def test_what_rules_across_plans_find_belongs_to_the_plan(path: Path) -> None:
    given = outcomes(PLANS)
    clean = next(outcome for outcome in given if outcome.verdict.status == "compliant")
    place = Place("plans.jsonl", 1)
    finding = Finding(
        "TD507", "D11", "error", Subject("seat", "p01@a"), Text("vi", "en"), Text("sửa", "fix"), place, {"a": 1}
    )
    open_question = Undecided("TD507", "D11", Subject("seat", "p02@a"), Text("chưa", "not"), place, {})
    number = audit(path, given, (Addition(clean.place, (finding,), (open_question,)),))
    found = kept(path, number)[clean.place].verdict
    assert sorted(map(str, found.findings)) == sorted(map(str, (*clean.verdict.findings, finding)))
    assert found.undecided == (open_question,)
    database = open_store(path)
    assert database.run("SELECT status FROM run_plans WHERE place = ?", [clean.place]) == [("non_compliant",)]
    database.close()


@pytest.fixture(params=[hash, len], ids=["hashes", "one-hash"])
def hashed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Contents are told apart by their hashes, and where all have one."""
    monkeypatch.setattr(known_contents, "hash", request.param, raising=False)


@pytest.mark.usefixtures("hashed")
def test_an_unchanged_plan_is_known_under_the_same_basis_and_stored_once(path: Path) -> None:
    given = outcomes(PLANS)
    audit(path, given)
    store = Store(path)
    store.begin(run(started="2018-01-05T08:00:00", inputs=("elsewhere.jsonl",)))
    known = store.recall([outcome.digest for outcome in given])
    assert known == {outcome.digest: bare(outcome) for outcome in given}
    store.add(encoded_rows([moved(outcome, outcome.place.replace("plans", "elsewhere")) for outcome in known.values()]))
    store.finish([])
    store.close()
    database = open_store(path)
    assert database.run("SELECT count(*), count(DISTINCT digest) FROM verdicts") == [(len(known), len(known))]
    database.close()
    second = kept(path, store.run)
    assert {place.partition(":")[0] for place in second} == {"elsewhere.jsonl"}
    assert {item.place.file for outcome in second.values() for item in outcome.verdict.findings} == {"elsewhere.jsonl"}


@pytest.mark.usefixtures("hashed")
def test_each_new_verdict_has_its_own_rows_among_those_that_are_known(path: Path) -> None:
    given = outcomes(PLANS)
    audit(path, given[::3])
    both = (*given, *(moved(outcome, f"again.jsonl:{number}") for number, outcome in enumerate(given[:9], 1)))
    found = kept(path, audit(path, both, inputs=("both.jsonl",)))
    assert found == {outcome.place: bare(outcome) for outcome in both}
    database = open_store(path)
    assert database.run("SELECT count(*), count(DISTINCT digest) FROM verdicts") == [(PLANS, PLANS)]
    for table in ("findings", "problems", "notices"):
        ((rows,),) = database.run(f"SELECT count(*) FROM {table}")
        assert rows == sum(len(getattr(outcome.verdict, table)) for outcome in given)
    database.close()


def test_contents_that_are_new_are_looked_for_in_no_table(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else each write would go through all those before."""
    asked, plain = list[str](), Database.run
    monkeypatch.setattr(Database, "run", lambda *said: (asked.append(said[1]), plain(*said))[1])
    given = [replace(outcome, digest=f"{number:064}") for number, outcome in enumerate(outcomes(PLANS))]
    audit(path, tuple(given))
    audit(path, tuple(given[:1]))
    assert [statement.split(" FROM ")[0] for statement in asked if "FROM verdicts v" in statement] == [
        "SELECT digest, min(verdict)"
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"directive": "x"}, {"pack": "beef"}, {"program": "0.2"}, {"select": ("TD1",)}, {"ignore": ("TD1",)},
        {"key": "other"}, {"redacted": True},
    ],
    ids=str,
)  # fmt: skip
def test_under_another_basis_nothing_is_known(path: Path, audited: bytes, change: dict[str, object]) -> None:
    path.write_bytes(audited)
    store = Store(path)
    store.begin(run(**change))
    assert store.recall([outcome.digest for outcome in outcomes(PLANS)]) == {}
    store.close()


def test_the_engine_of_a_run_makes_no_other_basis(path: Path, audited: bytes) -> None:
    given = outcomes(PLANS)
    path.write_bytes(audited)
    store = Store(path)
    store.begin(run(engine="durable"))
    assert len(store.recall([outcome.digest for outcome in given])) == len({outcome.digest for outcome in given})
    store.close()


def test_what_may_be_gone_at_the_next_try_is_never_known(path: Path) -> None:
    invalid = next(outcome for outcome in outcomes(PLANS) if outcome.verdict.problems)
    problem = replace(invalid.verdict.problems[0], code=ENGINE)
    failed = replace(invalid, verdict=replace(invalid.verdict, problems=(problem,)))
    unread = replace(invalid, digest="", place="plans.jsonl:99")
    assert len(kept(path, audit(path, (failed, unread)))) == 2
    store = Store(path)
    store.begin(run())
    assert store.recall([failed.digest, ""]) == {}
    store.close()


def test_waived_findings_stay_waived_in_their_run_and_are_judged_anew_in_the_next(path: Path) -> None:
    breached = next(outcome for outcome in outcomes(PLANS) if outcome.verdict.findings)
    first, *others = breached.verdict.findings
    waived = replace(
        breached, verdict=replace(breached.verdict, findings=(replace(first, waived={"reason": "x"}), *others))
    )
    number = audit(path, (waived,))
    store = Store(path)
    store.begin(run())
    assert store.recall([waived.digest]) == {waived.digest: bare(breached)}
    store.close()
    second = audit(path, (breached,))
    third = audit(path, (waived,))
    assert kept(path, number)[waived.place] == kept(path, third)[waived.place] == bare(waived)
    assert kept(path, second)[waived.place] == bare(breached)


def test_an_interrupted_run_is_taken_up_again_under_its_number(path: Path) -> None:
    given = outcomes(PLANS)
    store = Store(path)
    store.begin(run())
    store.add(encoded_rows(given[:20]))
    store.close()
    store = Store(path, resume=True)
    store.begin(run(started="2017-12-30T08:00:00"))
    assert store.run == 1
    known = store.recall([outcome.digest for outcome in given])
    assert set(known) == {outcome.digest for outcome in given[:20]}
    store.add(encoded_rows(given))
    store.finish([])
    store.close()
    assert len(kept(path, 1)) == PLANS
    assert audit(path, given) == 2


def test_an_interrupted_run_is_left_alone_where_it_is_not_to_be_taken_up(path: Path) -> None:
    store = Store(path)
    store.begin(run())
    store.add(encoded_rows(outcomes(PLANS)[:20]))
    store.close()
    assert audit(path, outcomes(PLANS)) == 2
    assert len(kept(path, 1)) == 20
    store = Store(path, resume=True)
    store.begin(run(inputs=("other.jsonl",)))
    assert store.run == 3
    store.close()


@pytest.mark.usefixtures("anew")
def test_only_the_owner_can_read_the_store_and_all_that_lies_beside_it(path: Path) -> None:
    before = os.umask(0)
    try:
        store = Store(path)
        store.begin(run())
        store.add(encoded_rows(outcomes(PLANS)))
        store._write()
        assert stat.S_IMODE(path.with_name("audits.duckdb.wal").stat().st_mode) == 0o600
        store.finish([])
        store.close()
        path.chmod(0o644)
        open_store(path).close()
        assert os.umask(0) == 0
        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    finally:
        os.umask(before)


@pytest.mark.parametrize(("name", "mode"), [("audits.duckdb", 0o400), ("", 0o500)], ids=["file", "folder"])
def test_a_store_that_may_only_be_read_is_read_and_stays_as_it_is(
    path: Path, monkeypatch: pytest.MonkeyPatch, name: str, mode: int
) -> None:
    audit(path, outcomes(5))
    closed, before = path.parent / name, path.read_bytes()
    # Root may write whatever the modes say.
    monkeypatch.setattr(os, "access", lambda file, how: bool(Path(file).stat().st_mode & how << 6))
    closed.chmod(mode)
    try:
        assert len(kept(path, 1)) == 5
        assert "chỉ đọc được" in refused(path, write=True)
        with pytest.raises(Unreadable):
            purge(path, date(2099, 1, 1))
        assert (stat.S_IMODE(closed.stat().st_mode), path.read_bytes()) == (mode, before)
    finally:
        closed.chmod(0o700)


# ---- a process that dies ----


def writes(path: Path, say: Say) -> None:
    """Write one run after the other, and say what is written for certain."""
    store_module.LONGEST_WAIT = 0.0
    given = outcomes(PLANS)
    for turn in range(1000):
        store = Store(path)
        store.begin(run(inputs=(f"turn {turn}",), pack=f"{os.getpid()} {turn}"))
        for start in range(0, len(given), 5):
            store.add(encoded_rows(given[start : start + 5]))
            say(store.run, start + 5)
        store.finish([])
        say(store.run, "done")
        store.close()


@pytest.mark.process
@pytest.mark.usefixtures("apart")
def test_a_writer_killed_at_any_moment_leaves_a_whole_store_with_all_it_had_acknowledged(path: Path) -> None:
    moments = random.Random(5)
    acknowledged: dict[int, int] = {}
    killed_in_the_middle = 0
    for turn in range(40):  # A busy machine may let many a run end before it is killed.
        if turn >= 6 and killed_in_the_middle >= 3:
            break
        child = Child(partial(writes, path))
        lines = [child.said.readline()]
        time.sleep(moments.uniform(0, 0.35))
        status, rest = child.end(signal.SIGKILL)
        lines += rest.splitlines()
        assert status == -signal.SIGKILL, rest
        for line in lines:
            number, said = line.split()
            acknowledged[int(number)] = PLANS if said == "done" else int(said)
        killed_in_the_middle += not lines[-1].endswith("done")
        database = open_store(path)
        found = dict(database.run("SELECT run, count(*) FROM plans GROUP BY run"))
        assert database.run("SELECT count(*) FROM plans WHERE verdict NOT IN (SELECT verdict FROM verdicts)") == [(0,)]
        # A verdict without its plan would be one whose findings may be missing: and it would stand for later checks.
        assert database.run("SELECT count(*) FROM verdicts WHERE verdict NOT IN (SELECT verdict FROM plans)") == [(0,)]
        assert database.run("SELECT count(*) - count(DISTINCT (run, place)) FROM plans") == [(0,)]
        for number, count in acknowledged.items():  # A batch may have been written and not acknowledged yet.
            assert count <= found[number] <= count + 5
        acknowledged = found
        last = max(found)
        given = {outcome.place: bare(outcome) for outcome in outcomes(PLANS)}
        assert all(given[outcome.place] == outcome for outcome in outcomes_of(database, last))
        database.close()
    assert killed_in_the_middle >= 3


@pytest.mark.process
@pytest.mark.usefixtures("apart")
def test_a_store_killed_while_it_is_made_is_not_there_or_whole(path: Path) -> None:
    def make(say: Say) -> None:
        say(1)
        Store(path)

    for moment in (0.0, 0.01, 0.02, 0.04, 0.06):
        child = Child(make)
        child.said.readline()
        time.sleep(moment)
        child.end(signal.SIGKILL)
        if path.exists():
            open_store(path).close()
    assert audit(path, outcomes(5)) == 1


# ---- a full disk ----


def test_an_audit_that_finds_the_disk_full_is_to_be_resumed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise duckdb.IOException("Could not write file: No space left on device")

    store = Store(path)
    with monkeypatch.context() as patched:
        patched.setattr(store.database, "_connection", SimpleNamespace(execute=full))
        with pytest.raises(Unreadable) as caught:
            store.begin(run())
    assert "--resume" in caught.value.problems[0].fix.vi
    store.close()


def fill(path: Path, limit: int | None, say: Say) -> None:
    """Write runs until the disk is full, or files may not grow beyond the limit."""
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    given = [item for item in outcomes(PLANS) if item.across]
    for turn in range(1000):
        store = Store(path)
        store.begin(run(inputs=(f"turn {turn}",)))
        store.add(
            encoded_rows(
                [
                    replace(item, digest=f"{turn} {item.digest}", across=replace(item.across, people=os.urandom(5_000)))
                    for item in given
                    if item.across
                ]
            )
        )
        store.finish([])
        store.close()


def fills(path: Path, limit: int | None = None) -> tuple[int, str]:
    """The status and the words of a writer that writes until it can't."""
    return Child(partial(fill, path, limit)).end()


def holds_after_filling(path: Path, status: int, words: str) -> None:
    assert status == 1
    assert "Unreadable: The store can't be written: no space left" in words, words[-500:]
    assert "Fatal" not in words


@pytest.mark.process
def test_where_files_may_not_grow_the_audit_says_so_and_what_was_written_stays(path: Path) -> None:
    number = audit(path, outcomes(PLANS))
    before = kept(path, number)
    status, words = fills(path, limit=path.stat().st_size + 1_000_000)
    holds_after_filling(path, status, words)
    assert kept(path, number) == before
    assert audit(path, outcomes(PLANS), pack="after") > number


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("needs root, to mount a small disk")
    mounted = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk], capture_output=True, text=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small disk can't be mounted here: {mounted.stderr.strip()}")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.usefixtures("anew")
@pytest.mark.process
def test_on_a_full_disk_the_audit_says_so_and_what_was_written_stays(small_disk: Path) -> None:
    path = small_disk / "audits.duckdb"
    number = audit(path, outcomes(PLANS))
    before = kept(path, number)
    status, words = fills(path)
    holds_after_filling(path, status, words)
    assert kept(path, number) == before


@pytest.mark.usefixtures("anew")
@pytest.mark.process
@pytest.mark.parametrize("kilobytes", [16, 64, 200, 400, 500])
def test_on_a_nearly_full_disk_no_half_made_store_stays(small_disk: Path, kilobytes: int) -> None:
    path, room = small_disk / "audits.duckdb", small_disk / "other"
    room.write_bytes(bytes(4 * 2**20 - kilobytes * 2**10))
    assert "đĩa đầy" in refused(path, make=True, write=True)
    assert list(small_disk.iterdir()) == [room]
    room.unlink()
    assert audit(path, outcomes(5)) == 1


# ---- two audits at once ----


@pytest.mark.usefixtures("anew")
@pytest.mark.process
def test_a_second_audit_waits_for_the_first_or_says_that_the_store_is_in_use(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit(path, outcomes(5))
    waiting, told = os.pipe()

    def hold(say: Say) -> None:
        os.close(told)
        store = Store(path)
        say("open")
        os.read(waiting, 1)
        store.close()

    child = Child(hold)
    child.said.readline()
    monkeypatch.setattr(database_module, "_WAIT", 0.01)
    with pytest.raises(Unreadable) as caught:
        open_store(path, write=True, patience=0.05)
    assert "đang được một lần rà soát khác dùng" in caught.value.problems[0].message.vi
    with pytest.raises(Unreadable):
        open_store(path, patience=0.05)
    os.close(told)
    database = open_store(path, write=True, patience=20)
    database.close()
    assert child.end() == (0, "")
    os.close(waiting)


@pytest.mark.process
@pytest.mark.usefixtures("apart")
def test_opening_a_store_that_this_process_has_open_does_not_give_up_its_lock(path: Path) -> None:
    store = Store(path)
    open_store(path, write=True).close()
    code = "import duckdb, sys; duckdb.connect(sys.argv[1])"
    ended = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert "lock" in ended.stderr
    store.close()


def test_the_number_of_a_purged_run_is_never_given_to_another(path: Path) -> None:
    assert [audit(path, outcomes(5)) for _ in range(2)] == [1, 2]
    purge(path, date(2099, 1, 1))
    assert audit(path, outcomes(5)) == 3
    for _ in range(2):
        purge(path, date(2099, 1, 1))
    assert audit(path, outcomes(5)) == 4


# ---- other schemas, other files ----


def older(path: Path, schema: int = 1) -> None:
    """A store as an older schema had it, with the run of the store that is audited once; made by its own statements."""
    connection = connect(path, write=True)
    for number in range(schema):
        take_step(connection, number)
    newer = path.with_name("newer.duckdb")
    newer.write_bytes(audited_once())
    connection.execute("SET enable_external_access = false")
    source = duckdb.connect(str(newer), read_only=True)
    for table in ("runs", "verdicts", "findings", "problems", "plans"):
        names = [
            row[0]
            for row in connection.execute(
                f"SELECT column_name FROM duckdb_columns() WHERE table_name = '{table}'"
            ).fetchall()
        ]
        # Findings had their words in their table, as the view tells them.
        told = "run_findings JOIN plans USING (run, place)" if table == "findings" else table
        rows = source.sql(f"SELECT {', '.join(names)} FROM {told}").to_arrow_table()
        connection.register("rows", rows)
        connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM rows")
        connection.unregister("rows")
    if schema >= 3:
        connection.execute("UPDATE numbers SET last_run = 1")
    source.close()
    connection.close()
    newer.unlink()


def as_audited() -> dict[str, AuditedPlan]:
    """What the store that is audited once keeps."""
    return {outcome.place: bare(outcome) for outcome in outcomes(PLANS)}


def as_schema_1_had_it(outcome: AuditedPlan) -> AuditedPlan:
    return replace(outcome, verdict=replace(outcome.verdict, directive=None, checked=()))


@pytest.mark.process
def test_an_older_store_is_migrated_and_a_private_copy_of_it_stays(path: Path) -> None:
    older(path)
    known = as_audited()
    path.chmod(0o644)
    before = path.read_bytes()
    assert kept(path, 1) == {place: as_schema_1_had_it(outcome) for place, outcome in known.items()}
    (backup,) = backups(path)
    assert backup.read_bytes() == before
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert audit(path, outcomes(PLANS), pack="other") == 2
    assert kept(path, 2) == known


@pytest.mark.process
@pytest.mark.parametrize("schema", range(1, CURRENT))
def test_runs_of_an_older_store_that_are_purged_keep_their_numbers(path: Path, schema: int) -> None:
    older(path, schema)
    purge(path, date(2099, 1, 1))
    assert audit(path, outcomes(5)) == 2


@pytest.mark.process
def test_a_migration_that_fails_leaves_the_older_store_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older(path)
    faulty = (*STEPS[:-1], (*STEPS[-1], "ALTER TABLE nowhere ADD COLUMN x INTEGER"))
    with monkeypatch.context() as patched:
        patched.setattr(schema_module, "STEPS", faulty)
        with pytest.raises(Unreadable):
            open_store(path)
    assert kept(path, 1) == {place: as_schema_1_had_it(outcome) for place, outcome in as_audited().items()}


def test_a_store_of_a_newer_schema_is_refused_and_left_as_it_is(path: Path) -> None:
    audit(path, outcomes(5))
    connection = duckdb.connect(str(path))
    connection.execute(f"UPDATE store SET schema = {CURRENT + 1}, made_by = '9.9'")
    connection.close()
    before = path.read_bytes()
    for write in (False, True):
        assert "bản thamdinh mới hơn" in refused(path, write=write)
    assert path.read_bytes() == before


@pytest.mark.usefixtures("apart")
def test_what_is_no_store_is_refused_and_left_as_it_is(path: Path, tmp_path: Path) -> None:
    for content in (b"%PDF-1.7 no store", b"x", b"SQLite format 3\0" + b"\0" * 5000):
        path.write_bytes(content)
        assert "không phải kho rà soát" in refused(path, make=True, write=True)
        assert path.read_bytes() == content
    path.unlink()
    duckdb.connect(str(path)).close()
    assert "cơ sở dữ liệu DuckDB khác" in refused(path)
    assert "Chưa có kho" in refused(tmp_path / "none.duckdb")
    assert "Không dùng được kho" in refused(tmp_path, make=True)
    assert "Không có thư mục" in refused(tmp_path / "no" / "folder.duckdb", make=True)
    damaged = tmp_path / "damaged.duckdb"
    audit(damaged, outcomes(PLANS))
    content = bytearray(damaged.read_bytes())
    content[4096 : len(content) // 2] = os.urandom(len(content) // 2 - 4096)
    damaged.write_bytes(content)
    assert "Không dùng được kho" in refused(damaged, write=True)


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.usefixtures("apart")
def test_a_damaged_store_is_refused_unwritten_or_read_as_it_was(path: Path, audited: bytes, log: bool) -> None:
    path.write_bytes(audited)
    if log:  # as a killed writer leaves it
        store = Store(path)
        store.begin(run(pack="next"))
        store.add(encoded_rows(outcomes(PLANS)))
        store._write()
        left = path.read_bytes(), log_of(path).read_bytes()
        store.close()
        path.write_bytes(left[0])
        log_of(path).write_bytes(left[1])
    damaged = log_of(path) if log else path
    whole = {file: file.read_bytes() for file in (path, log_of(path)) if file.exists()}
    before = kept(path, 1)
    places, refusals = random.Random(3), 0
    for at in (*range(0, 12_288, 3_000), *(places.randrange(len(whole[damaged])) for _ in range(4))):
        content = bytearray(whole[damaged])
        content[at] ^= 1
        given = {**whole, damaged: bytes(content)}
        for file, written in given.items():
            file.write_bytes(written)
        try:
            open_store(path, write=True).close()
        except Unreadable:
            refusals += 1
            assert {file: file.read_bytes() for file in given} == given
        else:
            assert kept(path, 1) == before
    assert refusals >= 4


@pytest.mark.usefixtures("apart")
def test_a_file_that_ends_duckdb_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit(path, outcomes(5))
    monkeypatch.setattr(inspection, "_looked_at", lambda _: os.kill(os.getpid(), signal.SIGKILL))
    assert "tệp bị hỏng" in refused(path, write=True)


PLANTED = {
    "a view": "CREATE OR REPLACE VIEW run_plans AS SELECT * FROM plans",
    "another view": "CREATE VIEW mine AS SELECT 1",
    "a macro that hides a function": "CREATE MACRO max(x) AS 0",
    "a macro that hides what is defined": "CREATE MACRO duckdb_tables() AS TABLE SELECT 'store' AS table_name",
    "a table": "CREATE TABLE mine (x INTEGER)",
    "a column": "ALTER TABLE plans ADD COLUMN x INTEGER",
    "a default": "ALTER TABLE runs ALTER COLUMN redacted SET DEFAULT true",
    "a type": "CREATE TYPE mine AS ENUM ('x')",
    "a sequence": "CREATE SEQUENCE mine",
    "a schema": "CREATE SCHEMA mine",
    "an index": "CREATE INDEX mine ON plans (run)",
    "no schema": "DELETE FROM store",
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_store_in_which_anything_else_is_defined_is_refused_and_left_as_it_is(path: Path, planted: str) -> None:
    path.write_bytes(empty_store())
    connection = duckdb.connect(str(path))
    connection.execute(PLANTED[planted])
    connection.close()
    before = path.read_bytes()
    for write in (False, True):
        assert "chương trình khác sửa" in refused(path, write=write)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "table", ["CREATE TABLE store (schema VARCHAR)", "CREATE VIEW store AS SELECT 5 AS schema, '' AS made_by"]
)
def test_what_is_only_named_like_a_store_is_refused(path: Path, table: str) -> None:
    connection = duckdb.connect(str(path))
    connection.execute(table)
    connection.close()
    assert "cơ sở dữ liệu DuckDB khác" in refused(path, make=True, write=True)


def test_a_store_that_a_full_disk_left_half_made_is_made_anew(path: Path) -> None:
    duckdb.connect(str(path)).close()
    assert audit(path, outcomes(5)) == 1
    assert not backups(path)


@pytest.mark.process
def test_what_killed_writers_left_beside_a_store_goes_and_nothing_else(path: Path) -> None:
    audit(path, outcomes(5))
    left = [f"{path.name}{end}" for end in (".new-1-2", ".new-1-2.wal", ".schema-1.backup.new-7", ".tmp/x")]
    left.append(".thamdinh-killed.tmp/audits.duckdb.wal")
    others = {path.name, f"{path.name}.new-year", f"{path.name}.schema-2.backup", "other.new-1-2", ".thamdinh-held.tmp"}
    for name in (*left, *others - {path.name}):
        (path.parent / name).parent.mkdir(exist_ok=True)
        (path.parent / name).touch()
    with (path.parent / ".thamdinh-held.tmp").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        open_store(path, write=True).close()
    assert {item.name for item in path.parent.iterdir()} == others


@pytest.mark.usefixtures("anew")
def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    assert audit(path, outcomes(5)) == 1
