"""Backups are whole and of one moment; what nobody names is swept."""

import json
import os
import shutil
import stat
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests import postgresql
from tests.desk.desks import COMPLIANT, PASSWORD, Peopled, judge
from thamdinh.desk import sealing
from thamdinh.desk.keeping import backup, restore, sweep
from thamdinh.desk.model import AsKept, Base, Sealed
from thamdinh.desk.store import key_beside, open_desk_store
from thamdinh.desk.vault import Damaged
from thamdinh.desk.verification import verify_desk
from thamdinh.engine.base.problem import Unreadable


@pytest.mark.long
def test_a_backup_is_restored_whole(anywhere: Peopled, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    at, number = anywhere, anywhere.submitted()
    at.desk.cases.take(at["canbo"], number)
    backup(at.desk.store, tmp_path / "copy.tar")
    at.desk.cases.request_changes(at["canbo"], number, "Sau khi sao lưu")
    shutil.copy2(at.desk.store.vault.key, key_beside(tmp_path / "restored"))
    new = None
    if at.desk.store.engine.dialect.name == "postgresql":
        new = postgresql.new_database(request.getfixturevalue("postgresql_server"))
    restore(tmp_path / "copy.tar", tmp_path / "restored", new)
    restored = Peopled(tmp_path / "restored", new)
    assert verify_desk(restored.desk.store, judge).faults == ()
    view = restored.desk.cases.find_by_id(restored["canbo"], number)
    assert view.case.state == "under_appraisal"
    assert restored.submitted(COMPLIANT, by="batri") > number
    restored.desk.sessions.sign_in("phutuc", PASSWORD)
    assert verify_desk(restored.desk.store, judge).faults == ()
    restored.desk.store.close()


def in_the_clear(at: Peopled, *files: Path) -> list[str]:
    """What people wrote or are called that stands in files as it is: of all the words that the desk keeps."""
    with at.desk.store.reading() as session:
        kept = {
            value
            for table in Base.metadata.sorted_tables
            for column in table.columns
            if isinstance(column.type, Sealed)
            for value in session.scalars(select(column).where(column.is_not(None)))
        }
    assert {"Đảng ủy xã Phú Túc", "Người CANBO", "Ý kiến về cả hồ sơ", "ke-hoach.yaml", "12-CV/TU"} <= kept
    whole = b"".join(path.read_bytes() for path in files)
    return [
        word for word in kept if len(word) > 5 and (word.encode() in whole or json.dumps(word)[1:-1].encode() in whole)
    ]


def test_database_and_backup_show_no_words_and_no_names_without_the_key(at: Peopled, tmp_path: Path) -> None:
    number = at.submitted()
    found = at.desk.cases.find_by_id(at["phutuc"], number).uncovered[0]
    today = at.desk.store.today()
    asked = at.desk.cases.ask_exception(at["phutuc"], number, found.rule, found.subject, "Lý do xin phép", today)
    at.desk.cases.decide_exception(at["lanhdao"], asked.id, granted=True, document="12-CV/TU")
    at.desk.cases.comment(at["canbo"], number, "Ý kiến về cả hồ sơ")
    backup(at.desk.store, tmp_path / "copy.tar")
    files = [path for path in at.desk.store.vault.folder.parent.rglob("*") if path.is_file()]
    assert in_the_clear(at, tmp_path / "copy.tar", *files) == []
    assert b"participants" not in (tmp_path / "copy.tar").read_bytes()
    assert stat.S_IMODE((tmp_path / "copy.tar").stat().st_mode) == 0o600
    with pytest.raises(Unreadable, match="key of the desk"):
        restore(tmp_path / "copy.tar", tmp_path / "restored")
    assert not (tmp_path / "restored").exists()


def opened(at: Peopled, *but: str) -> None:
    """Let the desk hold everything as an earlier program kept it: in the clear, but the tables named."""
    at.desk.store.engine.dispose()
    with at.desk.store.engine.execution_options(writes=True).begin() as connection:
        for table in Base.metadata.sorted_tables:
            columns = [one for one in table.columns if isinstance(one.type, Sealed) and table.name not in but]
            for row in connection.execute(select(table)).mappings().all() if columns else ():
                this = [key == row[key.name] for key in table.primary_key.columns]
                plain = {one.name: row[one.name] and AsKept(row[one.name]) for one in columns}
                connection.execute(update(table).where(*this).values(plain))


@pytest.mark.long
def test_what_an_earlier_program_kept_in_the_clear_is_sealed(
    anywhere: Peopled, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, number = anywhere, anywhere.submitted()
    at.desk.cases.comment(at["canbo"], number, "Ý kiến về cả hồ sơ")
    opened(at, "organisations")
    found = verify_desk(at.desk.store, judge, verdicts=False)
    assert (found.faults, found.unsealed > 20) == ((), True)
    monkeypatch.setattr(sealing, "_AT_ONCE", 2)
    assert sealing.seal(at.desk.store) == found.unsealed
    again = verify_desk(at.desk.store, judge, verdicts=False)
    assert (again.faults, again.rows, again.unsealed) == ((), found.rows, 0)
    assert sealing.seal(at.desk.store) == 0
    assert at.desk.cases.find_by_id(at["canbo"], number).comments[-1].words == "Ý kiến về cả hồ sơ"
    if at.desk.store.engine.dialect.name == "sqlite":
        whole = b"".join(path.read_bytes() for path in at.desk.store.vault.folder.parent.glob("desk.sqlite*"))
        assert "Ý kiến về cả hồ sơ".encode() not in whole


@pytest.mark.parametrize("content", [b"", b"a: b", os.urandom(2000)])
def test_what_is_no_backup_is_refused(at: Peopled, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copy.tar").write_bytes(content)
    with pytest.raises(Unreadable, match="no backup"):
        restore(tmp_path / "copy.tar", tmp_path / "restored", key=at.desk.store.vault.key)
    assert not (tmp_path / "restored").exists()


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_backup_that_was_cut_off_is_refused_and_leaves_nothing(at: Peopled, tmp_path: Path, part: float) -> None:
    at.submitted()
    backup(at.desk.store, tmp_path / "copy.tar")
    content = (tmp_path / "copy.tar").read_bytes().rstrip(b"\0")
    (tmp_path / "cut.tar").write_bytes(content[: int(len(content) * part)])
    with pytest.raises(Unreadable):
        restore(tmp_path / "cut.tar", tmp_path / "restored", key=at.desk.store.vault.key)
    assert not (tmp_path / "restored").exists()


def test_nothing_is_restored_over_a_desk_or_written_over_a_file(at: Peopled, tmp_path: Path) -> None:
    backup(at.desk.store, tmp_path / "copy.tar")
    with pytest.raises(FileExistsError):
        backup(at.desk.store, tmp_path / "copy.tar")
    with pytest.raises(FileExistsError):
        restore(tmp_path / "copy.tar", tmp_path / "desk")


def test_files_that_nothing_names_are_swept_when_they_are_old(at: Peopled) -> None:
    at.submitted()
    vault = at.desk.store.vault
    orphan, kept = vault.put(b"never recorded"), vault.digests()
    assert sweep(at.desk.store) == 0
    for digest in vault.digests():
        os.utime(vault.folder / digest[:2] / digest, (0, 0))
    assert sweep(at.desk.store) == 1
    assert vault.digests() == kept - {orphan}
    with pytest.raises(Damaged):
        vault.get(orphan)


def test_the_key_is_apart_and_its_owners_alone(at: Peopled) -> None:
    key = at.desk.store.vault.key
    assert key.parent == at.desk.store.vault.folder.parent.parent
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    for path in at.desk.store.vault.folder.parent.rglob("*"):
        assert not stat.S_IMODE(path.stat().st_mode) & 0o007 or path.name.startswith("desk.sqlite-"), path


@pytest.mark.parametrize("state", ["gone", "open", "short", "another"])
def test_without_its_key_a_desk_is_not_opened(at: Peopled, state: str) -> None:
    folder, key = at.desk.store.vault.folder.parent, at.desk.store.vault.key
    at.submitted()
    if state == "gone":
        key.unlink()
    elif state == "open":
        key.chmod(0o644)
    else:
        key.write_text("ab" * (5 if state == "short" else 32))
    with pytest.raises(Unreadable, match=r"key"):
        open_desk_store(folder)


def test_a_folder_without_a_desk_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="holds no desk"):
        open_desk_store(tmp_path)
    assert list(tmp_path.iterdir()) == []
