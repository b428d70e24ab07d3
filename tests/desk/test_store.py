"""The database: made by migrations as the tables say, durable, one writer after another, and told of when it is away."""

import stat
import threading
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, func, select, text

from tests.desk.desks import COMPLIANT, Peopled
from thamdinh.desk import store
from thamdinh.desk.model import Base, Case, Event
from thamdinh.desk.refused import Refused
from thamdinh.desk.store import database_of, migrate, open_desk_store
from thamdinh.engine.base.problem import Unreadable


def test_migrations_make_the_tables_as_they_are_declared(anywhere: Peopled) -> None:
    with anywhere.desk.store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_last_migration_is_named_and_a_desk_that_has_it_is_opened_without_asking_for_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrations = ScriptDirectory(str(Path(store.__file__).parent / "migrations"))
    assert migrations.get_current_head() == store.LATEST
    open_desk_store(tmp_path / "a", make=True).close()
    asked: list[Engine] = []
    monkeypatch.setattr(store, "migrate", asked.append)
    open_desk_store(tmp_path / "a").close()
    assert asked == []
    engine = database_of(tmp_path / "a")
    for other in ("DELETE FROM alembic_version", "DROP TABLE alembic_version"):
        with engine.begin() as connection:
            connection.exec_driver_sql(other)
        open_desk_store(tmp_path / "a").close()
    assert len(asked) == 2, "of another version, or of none"


def test_migrations_may_run_again_and_at_once(anywhere: Peopled) -> None:
    failed: list[BaseException] = []

    def once() -> None:
        try:
            migrate(anywhere.desk.store.engine)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failed == []


def test_sqlite_is_opened_so_that_nothing_is_lost(at: Peopled) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with at.desk.store.reading() as session:
        assert {name: session.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
    assert stat.S_IMODE((at.desk.store.vault.folder.parent / "desk.sqlite").stat().st_mode) == 0o600


def test_what_fails_in_the_middle_leaves_nothing(anywhere: Peopled) -> None:
    at, number = anywhere, anywhere.submitted(COMPLIANT)
    with at.desk.store.reading() as session:
        before = session.scalar(select(func.count()).select_from(Event))

    def fail() -> None:
        with at.desk.store.writing() as writing:
            case = writing.session.get(Case, number)
            assert case is not None
            case.state = "accepted"
            writing.record("accept", at["lanhdao"].account_id, number)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    with at.desk.store.reading() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == before
        assert session.scalars(select(Case.state)).all() == ["submitted"]


def test_a_change_without_an_event_cannot_be_committed(at: Peopled) -> None:
    number = at.submitted(COMPLIANT)

    def change() -> None:
        with at.desk.store.writing() as writing:
            case = writing.session.get(Case, number)
            assert case is not None
            case.state = "accepted"

    with pytest.raises(AssertionError, match="without an event"):
        change()
    assert at.desk.cases.find_by_id(at["canbo"], number).case.state == "submitted"


def test_a_database_that_is_away_is_told_of_in_words(at: Peopled, monkeypatch: pytest.MonkeyPatch) -> None:
    at.submitted(COMPLIANT)
    at.desk.store.close()
    database = at.desk.store.vault.folder.parent / "desk.sqlite"
    database.rename(database.with_suffix(".away"))
    database.mkdir()
    with pytest.raises(Refused) as refused:
        at.submitted(COMPLIANT, key="2")
    assert refused.value.kind == "away"
    assert refused.value.seconds
    with pytest.raises(Unreadable):
        open_desk_store(database.parent)
    database.rmdir()
    database.with_suffix(".away").rename(database)
    at.submitted(COMPLIANT, key="2")


def test_a_full_disk_loses_nothing_and_is_told(at: Peopled, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("thamdinh.desk.vault.write_whole", full)
        at.desk.store.vault.digests()
        with pytest.raises(Refused) as refused:
            at.submitted(COMPLIANT)
    assert refused.value.kind == "away"
    assert "disk" in refused.value.fix.en
    assert at.desk.listing.page(at["canbo"]).cases == []
    at.submitted(COMPLIANT)


@pytest.mark.long
def test_a_database_whose_disk_is_full_is_away(at: Peopled) -> None:
    at.submitted(COMPLIANT)

    def attempt() -> None:
        with at.desk.store.writing() as writing:
            pages = writing.session.scalar(text("PRAGMA page_count"))
            writing.session.execute(text(f"PRAGMA max_page_count={pages}"))
            for _ in range(2_000):
                writing.session.add(Event(**_filler(writing.head.number)))
                writing.head.number += 1
            writing.session.flush()

    with pytest.raises(Refused) as refused:
        attempt()
    assert refused.value.kind == "away"


def _filler(number: int) -> dict[str, Any]:
    import datetime

    return {
        "number": number + 1, "at": datetime.datetime.now(datetime.UTC), "account_id": None, "action": "x" * 500,
        "case_id": None, "digest": "", "changes": "x" * 5_000, "changes_digest": "", "previous": "", "case_previous": "",
        "hash": "",
    }  # fmt: skip


def test_keys_are_made_once_and_never_over_a_file(tmp_path: Path) -> None:
    open_desk_store(tmp_path / "a", make=True).close()
    key = (tmp_path / "a.key").read_bytes()
    open_desk_store(tmp_path / "a", make=True).close()
    assert (tmp_path / "a.key").read_bytes() == key
