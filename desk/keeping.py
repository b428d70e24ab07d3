"""Backups, restoring them, and deleting what has been kept long enough."""

import datetime
import io
import json
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Date, Engine, delete, insert, select, text, update
from sqlalchemy.orm import Session

from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.text import Text
from ..engine.base.whole_file import making_file, making_folder
from .model import (
    AsKept,
    Base,
    Case,
    Comment,
    Event,
    Exemption,
    Failed,
    Found,
    Instant,
    Mail,
    Part,
    Sealed,
    SignedIn,
    Version,
)
from .permissions import OPEN
from .sealing import as_kept
from .store import FILES, DeskStore, database_of, key_beside, migrate
from .tallies import tallied
from .vault import KNOWN, Vault
from .verification import PURGE

_HEAD: Final = "thamdinh-desk.json"
_END: Final = "complete"
"""The last member, by which a backup that was cut off is known."""
_OF_A_MOMENT: Final = frozenset({SignedIn.__tablename__, Failed.__tablename__})
"""What is no part of a backup: whoever was signed in signs in again."""
_OF_A_CASE: Final = (Mail, Found, Part, Comment, Exemption, Version)
_BATCH: Final = 500


def backup(store: DeskStore, path: Path) -> None:
    """Write all that the desk keeps to a new file (tar), as of one moment; the files in it stay encrypted.

    The key is not in it. Raises OSError, FileExistsError where there is a file.
    """
    with (
        making_file(path, private=True) as unfinished,
        tarfile.open(unfinished, "w") as archive,
        store.reading() as session,
    ):
        _add(archive, _HEAD, json.dumps({"schema": 1, "made": store.clock().isoformat()}).encode())
        for table in Base.metadata.sorted_tables:
            if table.name not in _OF_A_MOMENT:
                lines = (
                    json.dumps(dict(row), default=str, ensure_ascii=False)
                    for row in session.execute(select(*map(as_kept, table.columns))).mappings()
                )
                _add(archive, f"tables/{table.name}.jsonl", "".join(f"{line}\n" for line in lines).encode())
        # After the tables: a file that came meanwhile is one more, and none that they name is missing.
        for digest in sorted(store.vault.digests()):
            archive.add(store.vault.folder / digest[:2] / digest, f"{FILES}/{digest[:2]}/{digest}", recursive=False)
        _add(archive, _END, b"")


def restore(path: Path, folder: Path, database: str | None = None, key: Path | None = None) -> None:
    """Set up a desk in a new folder (and an empty database) from a backup; its key is where `open_store` looks for it.

    Raises Unreadable, OSError, FileExistsError where there is anything.
    """
    key = key or key_beside(folder)
    try:
        with tarfile.open(path, "r:") as archive, making_folder(folder) as unfinished:
            _restore(archive, unfinished, database, key, path)
    except (tarfile.TarError, EOFError, ValueError, KeyError, AssertionError):
        raise Unreadable(_no_backup(path)) from None


def _restore(archive: tarfile.TarFile, folder: Path, database: str | None, key: Path, path: Path) -> None:
    members = {member.name: member for member in archive.getmembers() if member.isfile()}
    if not {_HEAD, _END} <= members.keys():
        raise Unreadable(_no_backup(path))
    folder.chmod(0o700)
    for name, member in members.items():
        if name.startswith(f"{FILES}/"):
            _extract(archive, member, folder)
    Vault(folder / FILES, key).recognise()
    engine = database_of(folder, database)
    try:
        migrate(engine)
        _fill(engine, archive, members, path)
    finally:
        engine.dispose()


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    digest = member.name.rpartition("/")[2]
    if len(digest) != 64 or not all(letter in "0123456789abcdef" for letter in digest):
        return
    target, source = folder / FILES / digest[:2] / digest, archive.extractfile(member)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    assert source is not None
    with source, target.open("xb") as made:
        shutil.copyfileobj(source, made)
    target.chmod(0o600)


def _fill(engine: Engine, archive: tarfile.TarFile, members: dict[str, tarfile.TarInfo], path: Path) -> None:
    """Put the rows of a backup into the tables, and go on counting where it stopped. Raises Unreadable."""
    with engine.execution_options(writes=True).begin() as connection:
        for table in Base.metadata.sorted_tables:
            if connection.scalar(select(text("1")).select_from(table).limit(1)) is not None:
                raise Unreadable(_not_empty(path))
            if (member := members.get(f"tables/{table.name}.jsonl")) is None:
                continue
            lines = archive.extractfile(member)
            assert lines is not None
            batch: list[dict[str, Any]] = []
            for line in lines:
                row = json.loads(line)
                for column in table.columns:
                    value = row.get(column.name)
                    if value is not None and isinstance(column.type, Instant):
                        row[column.name] = datetime.datetime.fromisoformat(value)
                    elif value is not None and isinstance(column.type, Date):
                        row[column.name] = datetime.date.fromisoformat(value)
                    elif value is not None and isinstance(column.type, Sealed):
                        row[column.name] = AsKept(value)
                batch.append(row)
                if len(batch) == _BATCH:
                    connection.execute(insert(table), batch)
                    batch = []
            if batch:
                connection.execute(insert(table), batch)
            if connection.dialect.name == "postgresql" and "id" in table.columns:
                name = table.name
                connection.execute(
                    text(
                        f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"  # noqa: S608
                        f" WHERE pg_get_serial_sequence('{name}', 'id') IS NOT NULL"
                    )
                )


def purge_cases(store: DeskStore, days: int) -> int:
    """Delete what is known of cases that were closed that many days ago, but that there was a case and who decided when.

    Gives the number of cases. The events keep their hashes, so that the chain still holds.
    """
    with store.reading() as session:
        before = store.clock() - datetime.timedelta(days=days)
        due = session.scalars(select(Case.id).where(Case.state.not_in(OPEN), Case.changed <= before)).all()
    for case_id in due:
        with store.writing() as writing:
            with tallied(writing.session, writing.session.get_one(Case, case_id)):
                for table in _OF_A_CASE:
                    writing.session.execute(delete(table).where(table.case_id == case_id))
            writing.session.execute(delete(Case).where(Case.id == case_id))
            writing.session.execute(update(Event).where(Event.case_id == case_id).values(changes=None))
            writing.record(PURGE, None, case_id)
    sweep(store)
    store.scrub(())
    return len(due)


def sweep(store: DeskStore) -> int:
    """Delete files that nothing names: of purged cases, and of submissions that were never recorded; gives their number.

    Those that came within the last hour stay: their submission may be under way.
    """
    with store.reading() as session:
        named = {
            digest
            for row in session.execute(select(Version.file, Version.verdict, Version.pack_files))
            for digest in row
        }
    gone = 0
    for digest in store.vault.digests() - named - {KNOWN}:
        if store.vault.age(digest) > 3600:
            store.vault.forget(digest)
            gone += 1
    return gone


def expiring(session: Session, today: datetime.date, days: int) -> Iterator[tuple[Exemption, Case]]:
    """The granted exceptions that end within so many days, with their cases."""
    found = select(Exemption, Case).join(Case, Case.id == Exemption.case_id).where(Exemption.state == "granted")
    last = today + datetime.timedelta(days=days)
    yield from session.execute(found.where(Exemption.valid_until >= today, Exemption.valid_until <= last)).all()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


def _no_backup(path: Path) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            "Tệp này không phải bản sao lưu của bàn thẩm định, hoặc đã hỏng",
            "This is no backup of a desk, or it is damaged",
        ),
        Text("Chọn tệp do thamdinh desk backup tạo ra", "Name a file that thamdinh desk backup has made"),
        Place(str(path)),
    )


def _not_empty(path: Path) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Cơ sở dữ liệu để khôi phục không trống", "The database to restore to is not empty"),
        Text("Tạo cơ sở dữ liệu mới, trống, rồi khôi phục vào đó", "Make a new, empty one, and restore to that"),
        Place(str(path)),
    )
