"""Whether everything is as it was decided: the chain of events, every table against it, every file, every verdict."""

import datetime
import json
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any, Final

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from ..engine.base.problem import Unreadable
from ..engine.base.record import Record
from ..engine.base.signatures import signed_by
from ..engine.base.text import Text
from ..version import __version__
from .cases import Judge
from .events import (
    AT_ONCE,
    FIRST,
    TRACKED,
    Row,
    hash_of,
    hashed_form,
    is_gone,
    key_of,
    read_changes,
    rows_of,
    signed_part,
)
from .judging import unpacked
from .model import Event, Head, Version, damage_shown
from .refused import Refused
from .sealing import unsealed
from .store import VIET_NAM, DeskStore
from .tallies import counted, kept
from .vault import Damaged, digest_of

PURGE: Final = "purge"
"""The action of the event that says that what was known of a case is deleted."""


class Fault(Record):
    """Something that is not as it was decided. `event` is the number of the event that it doesn't fit, where one is known."""

    event: int | None
    message: Text


class Verified(Record):
    """What was looked at, and what did not fit, in the order of the events; `unsealed`: how many rows hold words in the clear."""

    events: int
    rows: int
    files: int
    verdicts: int
    faults: tuple[Fault, ...]
    unsealed: int = 0


def verify_desk(store: DeskStore, judge: Judge, *, verdicts: bool = True) -> Verified:
    """Hold the chain, the tables and the files against each other, and judge each version again if `verdicts` are wanted.

    What is found is of one moment: whoever writes meanwhile disturbs nothing. Of all rows no more than a few are held in memory.
    """
    faults: list[Fault] = []
    with closing(_Expected()) as expected:
        with store.reading() as session, _damage_shown():
            purged = set(session.scalars(select(Event.case_id).where(Event.action == PURGE)))
            newest, count = FIRST, 0
            for one in session.scalars(select(Event).order_by(Event.number).execution_options(yield_per=AT_ONCE)):
                count += 1
                faults += _broken(one, count, newest, expected, purged)
                newest = one.hash
                faults += _folded(one, expected)
            faults += _head(store, session.scalars(select(Head)).all(), count, newest)
            rows = 0
            for table in TRACKED.values():
                for row in rows_of(session, table):
                    rows += 1
                    faults += _differing(session, table, row, expected)
                faults += _missing(table, expected)
            faults += _tallies(session)
            in_the_clear = unsealed(session)
            last = session.scalar(select(func.max(Version.id))) or 0
        versions = 0
        for version in _versions(store, last):
            versions += 1
            event = expected.event(Version.__tablename__, (version.id,))
            faults += _files(store, version, event)
            if verdicts:
                faults += _judged(store, judge, version, event)
    found_faults = tuple(sorted(faults, key=lambda fault: (fault.event is None, fault.event or 0)))
    return Verified(count, rows, 3 * versions, versions if verdicts else 0, found_faults, in_the_clear)


@contextmanager
def _damage_shown() -> Iterator[None]:
    """Within it words that can't be opened are read as such, and told like any other that were changed."""
    token = damage_shown.set(True)
    try:
        yield
    finally:
        damage_shown.reset(token)


class _Expected:
    """What the events say of each row, as a digest, and which event said so last; and the last event of each case.

    It is held in a file without a name, which ends with this: no memory would do for all that a province writes in years.
    """

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)
        self._kept.executescript("""
            PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;
            CREATE TABLE rows (name, key, digest, event, seen DEFAULT 0, PRIMARY KEY (name, key)) WITHOUT ROWID;
            CREATE TABLE latest (case_id PRIMARY KEY, hash) WITHOUT ROWID;
            BEGIN;
        """)

    def close(self) -> None:
        self._kept.close()

    def follow(self, one: Event) -> str:
        """The hash of the event before on the same case; from now on that of this one."""
        found = self._kept.execute("SELECT hash FROM latest WHERE case_id = ?", (one.case_id,)).fetchone()
        self._kept.execute("INSERT OR REPLACE INTO latest VALUES (?, ?)", (one.case_id, one.hash))
        return FIRST if found is None else str(found[0])

    def say(self, table: Table, row: Row, event: int) -> None:
        """An event says that a row has become so."""
        said = None if is_gone(table, row) else _digest(row)
        values = table.name, hashed_form(key_of(table, row)), said, event
        self._kept.execute("INSERT OR REPLACE INTO rows (name, key, digest, event) VALUES (?, ?, ?, ?)", values)

    def seen(self, table: Table, row: Row) -> tuple[bool, bool, int | None]:
        """Of a row that is there: whether there is to be one, whether it is as it is to be, and the event that said so."""
        where = table.name, hashed_form(key_of(table, row))
        found = self._kept.execute("SELECT digest, event FROM rows WHERE name = ? AND key = ?", where).fetchone()
        if found is None:
            return False, False, None
        self._kept.execute("UPDATE rows SET seen = 1 WHERE name = ? AND key = ?", where)
        return found[0] is not None, found[0] == _digest(row), found[1]

    def unseen(self, name: str) -> Iterator[tuple[str, int]]:
        """The keys of the rows of a table that are to be there and were not seen, and the events that said so."""
        left = "SELECT key, event FROM rows WHERE name = ? AND seen = 0 AND digest IS NOT NULL ORDER BY event"
        yield from self._kept.execute(left, (name,))

    def event(self, name: str, key: tuple[Any, ...]) -> int | None:
        """The event that spoke of a row last."""
        where = name, hashed_form(key)
        found = self._kept.execute("SELECT event FROM rows WHERE name = ? AND key = ?", where).fetchone()
        return None if found is None else int(found[0])


def _digest(row: Row) -> str:
    return digest_of(hashed_form(row).encode())


def _versions(store: DeskStore, last: int) -> Iterator[Version]:
    """The versions up to that id, in short transactions: judging them takes long, and must keep nobody from writing."""
    before = 0
    while before < last:
        with store.reading() as session:
            wanted = select(Version).where(Version.id > before, Version.id <= last).order_by(Version.id).limit(AT_ONCE)
            found = session.scalars(wanted).all()
        yield from found
        before = found[-1].id if found else last


def _broken(one: Event, number: int, newest: str, expected: _Expected, purged: set[int | None]) -> Iterator[Fault]:
    """What is wrong with an event as a link of the chain."""
    if one.number != number:
        yield Fault(one.number, Text(f"thiếu sự kiện {number}", f"event {number} is missing"))
    elif one.previous != newest:
        yield Fault(one.number, Text("không nối vào sự kiện trước", "it does not hold on to the event before"))
    if one.hash != hash_of(one):
        yield Fault(one.number, Text("nội dung đã bị sửa", "it was changed"))
    if one.case_id is not None and one.case_previous != expected.follow(one):
        yield Fault(
            one.number,
            Text("không nối vào sự kiện trước của hồ sơ", "it does not hold on to the event before of its case"),
        )
    if one.changes is None:
        if one.case_id is None or one.case_id not in purged:
            yield Fault(one.number, Text("thay đổi đã ghi bị xóa", "the changes that it held are gone"))
    elif digest_of(one.changes.encode()) != one.changes_digest:
        yield Fault(one.number, Text("thay đổi đã ghi bị sửa", "the changes that it holds were changed"))


def _folded(one: Event, expected: _Expected) -> Iterator[Fault]:
    try:
        for name, rows in read_changes(one).items():
            for row in rows:
                expected.say(TRACKED[name], row, one.number)
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Fault(one.number, Text("không đọc được thay đổi đã ghi", "the changes that it holds can't be read"))


def _head(store: DeskStore, heads: Sequence[Head], count: int, newest: str) -> Iterator[Fault]:
    """What is wrong with the signed end of the chain: without it the last events could be cut off in silence."""
    if [(one.id, one.number, one.hash) for one in heads] != [(1, count, newest)]:
        yield Fault(
            count + 1, Text("các sự kiện cuối bị mất hoặc thêm vào", "events at the end are gone, or were added")
        )
    elif not signed_by(store.vault.public_key, heads[0].signature, signed_part(count, newest)):
        yield Fault(
            count, Text("chữ ký của sự kiện cuối không đúng", "the signature of the last event is not the desk's")
        )


def _differing(session: Session, table: Table, row: Row, expected: _Expected) -> Iterator[Fault]:
    """How a row differs from what the events say of it."""
    wanted, same, number = expected.seen(table, row)
    where = f"{table.name} {'/'.join(map(str, key_of(table, row)))}"
    if not wanted:
        yield Fault(number, Text(f"{where}: không sự kiện nào ghi dòng này", f"{where}: no event says so"))
    elif not same and number is not None:
        said = next(
            one
            for one in reversed(read_changes(session.get_one(Event, number))[table.name])
            if key_of(table, one) == key_of(table, row)
        )
        fields = ", ".join(field for field in row if row[field] != said.get(field))
        yield Fault(number, Text(f"{where}: đã bị sửa ({fields})", f"{where}: was changed ({fields})"))


def _missing(table: Table, expected: _Expected) -> Iterator[Fault]:
    """The rows of a table that the events speak of and that are not there."""
    for key, number in expected.unseen(table.name):
        where = f"{table.name} {'/'.join(map(str, json.loads(key)))}"
        yield Fault(number, Text(f"{where}: dòng này bị xóa", f"{where}: the row is gone"))


def _tallies(session: Session) -> Iterator[Fault]:
    """What lists count that they would not if they counted anew; no event speaks of it."""
    for kind, code, state in sorted({one[:3] for one in {*counted(session)} ^ {*kept(session)}}):
        where = f"{kind} {code}, {state}"
        yield Fault(None, Text(f"{where}: số đếm hồ sơ không đúng", f"{where}: the number of cases is wrong"))


def _files(store: DeskStore, version: Version, event: int | None) -> Iterator[Fault]:
    for field in ("file", "verdict", "pack_files"):
        try:
            store.vault.get(getattr(version, field))
        except Damaged as damaged:
            where = f"{version.case_id}/{version.number}"
            yield Fault(
                event, Text(f"hồ sơ {where}: {damaged.message.vi}", f"case {where}: {damaged.message.en} ({field})")
            )


def _judged(store: DeskStore, judge: Judge, version: Version, event: int | None) -> Iterator[Fault]:
    """Whether a version judges as it did."""
    where = f"{version.case_id}/{version.number}"
    vault = store.vault
    try:
        content, recorded, archive = (vault.get(one) for one in (version.file, version.verdict, version.pack_files))
    except Damaged:
        return
    if (
        differs := rejudged(judge, version.name, content, recorded, archive, version.pack, version.program)
    ) is not None:
        yield Fault(event, Text(f"hồ sơ {where}: {differs.vi}", f"case {where}: {differs.en}"))


def rejudged(
    judge: Judge, name: str, content: bytes, recorded: bytes, archive: bytes, pack: str, program: str
) -> Text | None:
    """How the verdict on a file differs now from the one that was recorded; None where it doesn't.

    The same program says the same to the letter; another one may word a finding anew, and no more.
    """
    try:
        with unpacked(archive) as library:
            judged = judge(name, content, None, None, library)
    except (Unreadable, Refused, zipfile.BadZipFile, ValueError) as error:
        return Text(f"không thẩm định lại được ({error})", f"it can't be judged again ({error})")
    if judged.pack != pack:
        return Text("bộ quy tắc lưu kèm không đúng dấu vân tay", "the pack that was kept is not the one that judged")
    try:
        before = json.loads(recorded)["plans"][0]
        now: dict[str, Any] = json.loads(json.dumps(judged.report.to_json()))["plans"][0]
        same = before == now if program == __version__ else _essence(before) == _essence(now)
    except (ValueError, KeyError, IndexError, TypeError):
        return Text("kết luận đã ghi không đọc được", "the verdict that was recorded can't be read")
    if same:
        return None
    return Text(
        f"thẩm định lại ra kết luận khác ({before.get('status')} → {now['status']})",
        f"judged again, the verdict is another ({before.get('status')} → {now['status']})",
    )


def _essence(plan: dict[str, Any]) -> tuple[object, ...]:
    """What a verdict decides, without its words."""
    found = sorted((one["rule"], one["subject"]["id"], one["severity"]) for one in plan["findings"])
    return plan["status"], found, sorted((one["rule"], one["by"]) for one in plan["not_applicable"])


def instant_in_words(at: datetime.datetime) -> str:
    """An instant as people in Vietnam read it: day, month, year, and the time there."""
    return at.astimezone(VIET_NAM).strftime("%d/%m/%Y %H:%M:%S")
