"""Whether everything is as it was decided: the chain of events, every table against it, every file, every verdict."""

import datetime
import json
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import select

from ..engine.base.problem import Unreadable
from ..engine.base.record import Record
from ..engine.base.text import Text
from ..version import __version__
from .cases import Judge
from .events import FIRST, TRACKED, Row, fold, hash_of, key_of, read_changes, signed_part, tracked_rows
from .judging import unpacked
from .model import Event, Head, Version
from .refused import Refused
from .store import VIET_NAM, Store
from .vault import Damaged, digest_of, signed_by

PURGE: Final = "purge"
"""The action of the event that says that what was known of a case is deleted."""


class Fault(Record):
    """Something that is not as it was decided. `event` is the number of the event that it doesn't fit, where one is known."""

    event: int | None
    message: Text


class Verified(Record):
    """What was looked at, and what did not fit, in the order of the events."""

    events: int
    rows: int
    files: int
    verdicts: int
    faults: tuple[Fault, ...]


def verify(store: Store, judge: Judge, *, verdicts: bool = True) -> Verified:
    """Hold the chain, the tables and the files against each other, and judge each version again if `verdicts` are wanted.

    What is found is of one moment: whoever writes meanwhile disturbs nothing.
    """
    faults: list[Fault] = []
    tables: dict[str, dict[tuple[Any, ...], Row]] = {name: {} for name in TRACKED}
    last: dict[tuple[str, tuple[Any, ...]], int] = {}
    with store.reading() as session:
        purged = set(session.scalars(select(Event.case_id).where(Event.action == PURGE)))
        newest, latest, count = FIRST, dict[int, str](), 0
        for one in session.scalars(select(Event).order_by(Event.number).execution_options(yield_per=500)):
            count += 1
            faults += _broken(one, count, newest, latest, purged)
            newest = one.hash
            if one.case_id is not None:
                latest[one.case_id] = one.hash
            faults += _folded(one, tables, last)
        faults += _head(store, session.scalars(select(Head)).all(), count, newest)
        rows = 0
        for name, found in tracked_rows(session):
            rows += len(found)
            faults += _differing(name, found, tables[name], last)
        versions = session.scalars(select(Version).order_by(Version.id)).all()
    events = {key[0]: number for (name, key), number in last.items() if name == Version.__tablename__}
    for version in versions:
        faults += _files(store, version, events.get(version.id))
        if verdicts:
            faults += _judged(store, judge, version, events.get(version.id))
    found_faults = tuple(sorted(faults, key=lambda fault: (fault.event is None, fault.event or 0)))
    return Verified(count, rows, 3 * len(versions), len(versions) if verdicts else 0, found_faults)


def _broken(one: Event, number: int, newest: str, latest: dict[int, str], purged: set[int | None]) -> Iterator[Fault]:
    """What is wrong with an event as a link of the chain."""
    if one.number != number:
        yield Fault(one.number, Text(f"thiếu sự kiện {number}", f"event {number} is missing"))
    elif one.previous != newest:
        yield Fault(one.number, Text("không nối vào sự kiện trước", "it does not hold on to the event before"))
    if one.hash != hash_of(one):
        yield Fault(one.number, Text("nội dung đã bị sửa", "it was changed"))
    if one.case_id is not None and one.case_previous != latest.get(one.case_id, FIRST):
        yield Fault(
            one.number,
            Text("không nối vào sự kiện trước của hồ sơ", "it does not hold on to the event before of its case"),
        )
    if one.changes is None:
        if one.case_id is None or one.case_id not in purged:
            yield Fault(one.number, Text("thay đổi đã ghi bị xóa", "the changes that it held are gone"))
    elif digest_of(one.changes.encode()) != one.changes_digest:
        yield Fault(one.number, Text("thay đổi đã ghi bị sửa", "the changes that it holds were changed"))


def _folded(
    one: Event, tables: dict[str, dict[tuple[Any, ...], Row]], last: dict[tuple[str, tuple[Any, ...]], int]
) -> Iterator[Fault]:
    try:
        changes = read_changes(one)
        fold(tables, changes)
        for name, rows in changes.items():
            for row in rows:
                last[name, key_of(TRACKED[name], row)] = one.number
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Fault(one.number, Text("không đọc được thay đổi đã ghi", "the changes that it holds can't be read"))


def _head(store: Store, heads: Sequence[Head], count: int, newest: str) -> Iterator[Fault]:
    """What is wrong with the signed end of the chain: without it the last events could be cut off in silence."""
    if [(one.id, one.number, one.hash) for one in heads] != [(1, count, newest)]:
        yield Fault(
            count + 1, Text("các sự kiện cuối bị mất hoặc thêm vào", "events at the end are gone, or were added")
        )
    elif not signed_by(store.vault.public_key, heads[0].signature, signed_part(count, newest)):
        yield Fault(
            count, Text("chữ ký của sự kiện cuối không đúng", "the signature of the last event is not the desk's")
        )


def _differing(
    name: str,
    found: Sequence[Row],
    expected: dict[tuple[Any, ...], Row],
    last: dict[tuple[str, tuple[Any, ...]], int],
) -> Iterator[Fault]:
    """How a table differs from what the events say of it."""
    rows = {key_of(TRACKED[name], row): row for row in found}
    for key in sorted(rows.keys() | expected.keys(), key=str):
        row, wanted = rows.get(key), expected.get(key)
        if row == wanted:
            continue
        where, number = f"{name} {'/'.join(map(str, key))}", last.get((name, key))
        if wanted is None:
            yield Fault(number, Text(f"{where}: không sự kiện nào ghi dòng này", f"{where}: no event says so"))
        elif row is None:
            yield Fault(number, Text(f"{where}: dòng này bị xóa", f"{where}: the row is gone"))
        else:
            fields = ", ".join(field for field in row if row[field] != wanted.get(field))
            yield Fault(number, Text(f"{where}: đã bị sửa ({fields})", f"{where}: was changed ({fields})"))


def _files(store: Store, version: Version, event: int | None) -> Iterator[Fault]:
    for field in ("file", "verdict", "pack_files"):
        try:
            store.vault.get(getattr(version, field))
        except Damaged as damaged:
            where = f"{version.case_id}/{version.number}"
            yield Fault(
                event, Text(f"hồ sơ {where}: {damaged.message.vi}", f"case {where}: {damaged.message.en} ({field})")
            )


def _judged(store: Store, judge: Judge, version: Version, event: int | None) -> Iterator[Fault]:
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
