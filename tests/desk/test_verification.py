"""Whatever is changed behind the desk's back is found: each field of each row of each table, each file, each event."""

import datetime
import json
import tracemalloc
from collections.abc import Callable
from typing import Any, Final

import pytest
from sqlalchemy import Boolean, Integer, delete, insert, select, text, update

from tests.desk.desks import COMPLIANT, Peopled, judge
from thamdinh.desk.events import TRACKED, hash_of
from thamdinh.desk.keeping import purge_cases
from thamdinh.desk.model import Base, Case, Comment, Event, Head, Sealed, Tally
from thamdinh.desk.store import DeskStore
from thamdinh.desk.vault import Damaged, digest_of
from thamdinh.desk.verification import verify_desk

SOON: Final = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=2)
CHAINED: Final = [*sorted(TRACKED), Event.__tablename__, Head.__tablename__]
FIELDS: Final = [
    (name, column.name) for name in CHAINED for column in Base.metadata.tables[name].columns if name != "retention"
]


@pytest.fixture(scope="module")
def full(made_desk: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A desk in which every tracked table has a row; tests leave it as it was."""
    from tests.desk.conftest import copied

    at = Peopled(copied(made_desk, tmp_path_factory.mktemp("full")))
    cases, number = at.desk.cases, at.submitted()
    cases.take(at["canbo"], number)
    found = cases.find_by_id(at["canbo"], number).found[0]
    cases.comment(at["canbo"], number, "Xem lại", found.rule, found.subject)
    asked = cases.ask_exception(at["phutuc"], number, found.rule, found.subject, "Xin phép", SOON)
    cases.decide_exception(at["lanhdao"], asked.id, granted=True, document="1-CV/TU")
    item = at.desk.rules.signed(at["ralinh"], "ben-tre-2017")[0][0]
    at.desk.rules.sign(at["ralinh"], "ben-tre-2017", item.kind, item.id, item.content, agrees=True)
    at.desk.tokens.add_token(at["phutuc"], "máy trạm", ["read"])
    at.desk.accounts.set_retention(None, 3650)
    at.desk.accounts.demand_second_factor(None, ["administrator"])
    assert faults(at) == []
    yield at
    assert faults(at) == []
    at.desk.store.close()


def faults(at: Peopled, *, verdicts: bool = False) -> list[str]:
    return [fault.message.en for fault in verify_desk(at.desk.store, judge, verdicts=verdicts).faults]


def changed(value: Any, column: Any) -> Any:
    if isinstance(column.type, Boolean):
        return not value
    if isinstance(value, datetime.datetime):
        return value + datetime.timedelta(seconds=1)
    if isinstance(value, datetime.date):
        return value + datetime.timedelta(days=1)
    if isinstance(column.type, Integer):
        return (value or 0) + 1000
    if isinstance(value, list):
        return [*value, "x"]
    return f"{value or ''}x"


@pytest.mark.long
def test_nothing_is_found_where_nothing_was_changed(full: Peopled) -> None:
    assert verify_desk(full.desk.store, judge).faults == ()


@pytest.mark.parametrize(("table", "field"), FIELDS)
def test_each_field_that_was_changed_is_found(full: Peopled, table: str, field: str) -> None:
    store, columns = full.desk.store, Base.metadata.tables[table]
    with outside(store) as connection:
        row = connection.execute(select(columns).limit(1)).mappings().one()
        key = [column == row[column.name] for column in columns.primary_key.columns]
        new = {field: changed(row[field], columns.c[field])}
        connection.execute(update(columns).where(*key).values(**new))
    assert faults(full) != []
    with outside(store) as connection:
        now = [column == new.get(column.name, row[column.name]) for column in columns.primary_key.columns]
        connection.execute(update(columns).where(*now).values(**{field: row[field]}))
        assert dict(row) in map(dict, connection.execute(select(columns)).mappings()), "as it was, without a fault"


@pytest.mark.parametrize("table", CHAINED)
def test_each_row_that_was_deleted_or_added_is_found(full: Peopled, table: str) -> None:
    store, columns = full.desk.store, Base.metadata.tables[table]
    with outside(store) as connection:
        row = dict(connection.execute(select(columns).limit(1)).mappings().one())
        key = [column == row[column.name] for column in columns.primary_key.columns]
        connection.execute(delete(columns).where(*key))
    assert faults(full) != []
    with outside(store) as connection:
        connection.execute(insert(columns).values(**row))
        assert row in map(dict, connection.execute(select(columns)).mappings()), "as it was, without a fault"


def outside(store: DeskStore) -> Any:
    """A connection that holds to no foreign keys, as somebody has who opens the file."""
    from contextlib import contextmanager

    @contextmanager
    def opened() -> Any:
        with store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.exec_driver_sql("BEGIN")
            yield connection
            connection.commit()
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")

    return opened()


@pytest.mark.parametrize("table", ["comments", "cases", "accounts", "events"])
def test_sealed_words_that_were_changed_are_found_and_open_nothing_else(full: Peopled, table: str) -> None:
    column = next(one for one in Base.metadata.tables[table].columns if isinstance(one.type, Sealed))
    with outside(full.desk.store) as connection:
        kept = connection.execute(text(f"SELECT rowid, {column.name} FROM {table} LIMIT 1")).one()
        changed = f"UPDATE {table} SET {column.name} = :words WHERE rowid = :row"
        connection.execute(text(changed), {"words": kept[1][:-8] + "AAAAAAA=", "row": kept[0]})
    assert faults(full) != []
    with pytest.raises(Damaged), full.desk.store.reading() as session:
        session.scalars(select(column)).all()
    with outside(full.desk.store) as connection:
        connection.execute(text(changed), {"words": kept[1], "row": kept[0]})
    assert faults(full) == []


def test_a_tally_that_is_wrong_is_found(full: Peopled) -> None:
    for change in (1, -1):
        with outside(full.desk.store) as connection:
            connection.execute(update(Tally).values(cases=Tally.cases + change))
        assert (faults(full) == []) == (change < 0)


@pytest.mark.long
def test_no_more_than_a_few_rows_are_held_in_memory(at: Peopled) -> None:
    """1,500 comments of 3,000 letters have 9 MB, and their events as much again."""
    number, store, whole = at.submitted(), at.desk.store, 2 * 1_500 * 3_000 * 2
    with store.writing() as writing:
        for event in range(250):
            for _ in range(6):
                words = {"words": "ế" * 3_000, "written": writing.at}
                writing.session.add(Comment(case_id=number, version=1, account_id=1, **words))
            writing.record("comment", 1, number)
            if event % 50 == 0:
                writing.session.expunge_all()
                writing.head = writing.session.get_one(Head, 1)
    tracemalloc.start()
    found = verify_desk(store, judge, verdicts=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found.faults, found.rows > 1_500) == ((), True)
    assert peak < whole / 3


def test_the_first_event_that_does_not_fit_is_named(full: Peopled) -> None:
    with full.desk.store.reading() as session:
        third = session.scalars(select(Event).order_by(Event.number)).all()[2]
    with outside(full.desk.store) as connection:
        connection.execute(update(Event).where(Event.number == third.number).values(action="accept"))
    assert verify_desk(full.desk.store, judge, verdicts=False).faults[0].event == third.number
    with outside(full.desk.store) as connection:
        connection.execute(update(Event).where(Event.number == third.number).values(action=third.action))


def test_the_last_events_cannot_be_cut_off(at: Peopled) -> None:
    at.submitted()
    with outside(at.desk.store) as connection:
        last = connection.scalars(select(Event.number).order_by(Event.number.desc())).first()
        connection.execute(delete(Event).where(Event.number == last))
    assert any("at the end" in fault for fault in faults(at))


def test_who_writes_the_whole_chain_anew_cannot_sign_it(at: Peopled) -> None:
    """Somebody with the database and without the key makes an acceptance of their own, and all hashes right."""
    number = at.submitted(COMPLIANT)
    with at.desk.store.reading() as session:
        last = session.scalars(select(Event).order_by(Event.number.desc())).first()
        assert last is not None
        changes = json.loads(last.changes or "{}")
        changes["cases"][-1]["state"] = "accepted"
        last.changes = json.dumps(changes, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        last.changes_digest = digest_of(last.changes.encode())
        values = {"changes": last.changes, "changes_digest": last.changes_digest, "hash": hash_of(last)}
        session.expunge_all()
    with outside(at.desk.store) as connection:
        connection.execute(update(Case).where(Case.id == number).values(state="accepted"))
        connection.execute(update(Event).where(Event.number == last.number).values(**values))
        connection.execute(update(Head).values(hash=values["hash"]))
    assert faults(at) == ["the signature of the last event is not the desk's"]


@pytest.mark.parametrize("field", ["file", "verdict", "pack_files"])
@pytest.mark.parametrize("damage", ["gone", "cut", "changed", "another"])
def test_each_file_that_was_touched_is_found(at: Peopled, field: str, damage: str) -> None:
    number = at.submitted()
    version = at.desk.cases.find_by_id(at["canbo"], number).latest
    vault = at.desk.store.vault
    path = vault.folder / getattr(version, field)[:2] / getattr(version, field)
    content = path.read_bytes()
    damages: dict[str, Callable[[], object]] = {
        "gone": path.unlink,
        "cut": lambda: path.write_bytes(content[:-1]),
        "changed": lambda: path.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:]),
        "another": lambda: path.write_bytes(
            (vault.folder / version.pack_files[:2] / version.pack_files).read_bytes()[:-3]
        ),
    }
    damages[damage]()
    assert any(f"({field})" in fault for fault in faults(at))


@pytest.mark.long
def test_a_verdict_that_is_not_what_the_file_gives_is_found(at: Peopled) -> None:
    """As where another program wrote down a verdict that the engine never gave."""
    from thamdinh.engine.base.as_json import json_text

    number = at.submitted()
    version = at.desk.cases.find_by_id(at["canbo"], number).latest
    verdict = json.loads(at.desk.cases.verdict(at["canbo"], number, 1))
    verdict["plans"][0]["findings"] = []
    verdict["plans"][0]["status"] = "compliant"
    with at.desk.store.writing() as writing:
        kept = writing.session.merge(version)
        kept.verdict = at.desk.store.vault.put(json_text(verdict).encode())
        writing.record("submit", at["phutuc"].account_id, number)
    assert faults(at) == []
    assert faults(at, verdicts=True) == ["case 1/1: judged again, the verdict is another (compliant → non_compliant)"]


@pytest.mark.long
def test_a_purged_case_leaves_its_hashes_and_nothing_else(anywhere: Peopled) -> None:
    at = anywhere
    number, other = at.submitted(), at.submitted(by="batri")
    at.desk.cases.withdraw(at["phutuc"], number, "Nộp nhầm, của bà Nguyễn Thị Hoa")
    today = at.desk.store.clock()
    assert purge_cases(at.desk.store, 30) == 0
    at.desk.store.clock = lambda: today + datetime.timedelta(days=31)
    assert purge_cases(at.desk.store, 30) == 1
    assert faults(at, verdicts=True) == []
    with at.desk.store.reading() as session:
        assert session.get(Case, number) is None
        assert session.get(Case, other) is not None
        assert [one.changes for one in session.scalars(select(Event).where(Event.case_id == number))] == [
            None,
            None,
            "{}",
        ]
    for path in at.desk.store.vault.folder.parent.glob("desk.sqlite*"):
        assert "Nguyễn Thị Hoa".encode() not in path.read_bytes()


def test_the_changes_of_a_case_that_was_not_purged_cannot_be_taken_away(at: Peopled) -> None:
    number = at.submitted()
    with outside(at.desk.store) as connection:
        connection.execute(update(Event).where(Event.case_id == number).values(changes=None))
    assert "the changes that it held are gone" in faults(at)
