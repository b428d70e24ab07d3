"""`thamdinh desk …`: what whoever runs a desk sees, and what is said where something is wrong."""

import json
import shutil
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from docx import Document

from tests.desk.desks import COMPLIANT, PASSWORD, Peopled
from tests.desk.test_keeping import opened
from thamdinh.cli import run
from thamdinh.engine.assurance.scenarios.book import document
from thamdinh.engine.assurance.scenarios.book.content import SIGNING, book
from thamdinh.engine.assurance.scenarios.checking import own_features
from thamdinh.engine.directive.packs import read

DATA: Final = "--data"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A password comes on standard input."""
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


@pytest.mark.usefixtures("typed")
def test_a_desk_is_set_up_with_an_administrator(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["desk", "create-admin", "quantri", DATA, str(tmp_path / "ban")]) == 0
    said = capsys.readouterr().out
    assert str(tmp_path / "ban.key") in said
    assert "Dấu vân tay" in said
    assert run(["desk", "users", DATA, str(tmp_path / "ban")]) == 0
    assert "quantri" in capsys.readouterr().out
    assert run(["desk", "verify", DATA, str(tmp_path / "ban"), "--lang", "en"]) == 0
    assert "all fits" in capsys.readouterr().out


@pytest.mark.usefixtures("typed")
def test_accounts_are_made_changed_and_closed(at: Peopled, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(at.desk.store.vault.folder.parent)
    made = [
        "--add",
        "--name",
        "Người Mới",
        "--role",
        "office",
        "--organisation",
        "Đảng ủy xã Mới",
        "--district",
        "Ba Tri",
    ]
    assert run(["desk", "users", "moi", *made, DATA, folder]) == 0
    at.desk.sessions.sign_in("moi", PASSWORD)
    assert run(["desk", "users", "moi", "--role", "appraiser", "--role", "approver", DATA, folder]) == 0
    assert run(["desk", "users", "canbo", "--close", DATA, folder]) == 0
    assert run(["desk", "users", DATA, folder]) == 0
    listed = capsys.readouterr().out
    assert "cán bộ thẩm định, lãnh đạo phê duyệt" in listed
    assert "đã khóa" in listed
    for wrong in (["khong-co", "--close"], ["moi", "--add", "--role", "office"], ["quantri", "--close"]):
        assert run(["desk", "users", *wrong, DATA, folder]) == 2
    assert run(["desk", "users", "--close", DATA, folder]) == 2


@pytest.mark.long
def test_what_a_review_book_says_is_taken_in_and_given_out(
    at: Peopled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, so, kept = str(at.desk.store.vault.folder.parent), tmp_path / "so.docx", tmp_path / "y-kien.json"
    made = book(read(), own_features(read()), datetime(2026, 11, 27), None)
    paper = Document(BytesIO(document.render(made, "vi")))
    room = next(table for table in paper.tables if table.rows[0].cells[0].text == SIGNING[0].vi)
    for cell, text in zip(room.rows[1].cells, ("Đồng ý", "", "Trần Thị Hoa", "3/1/2018"), strict=True):
        cell.text = text
    paper.save(str(so))
    line = ["desk", "answers", str(so), DATA, folder]
    assert run([*line, "--as", "khong-co"]) == 2
    assert run([*line, "--as", "canbo"]) == 2  # who may not sign takes nothing in
    capsys.readouterr()
    assert run([*line, "--as", "ralinh", "--record", str(kept)]) == 1
    said = capsys.readouterr().out
    covered = len(made.clauses[0].items)
    assert f"Đã nhận ý kiến về {covered} mục từ 1 sổ" in said
    written = json.loads(kept.read_text("utf-8"))
    agreed = [one for one in written["items"] if one["state"] == "agreed"]
    assert len(agreed) == covered
    assert {answer["who"] for one in agreed for answer in one["answers"]} == {"Trần Thị Hoa"}
    assert run([*line, "--as", "ralinh"]) == 1
    assert "Đã nhận ý kiến về 0 mục" in capsys.readouterr().out


def test_mail_that_cannot_be_sent_is_told_and_kept(at: Peopled, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(at.desk.store.vault.folder.parent)
    line = ["desk", "send-mail", "--smtp", "127.0.0.1", "--port", "1", "--from", "a@b.vn", "--url", "https://b.vn"]
    assert run([*line, DATA, folder]) == 0
    at.submitted(COMPLIANT)
    assert run([*line, DATA, folder]) == 1
    said = capsys.readouterr()
    assert "Đã gửi 0 thư" in said.out
    assert "127.0.0.1:1" in said.err


@pytest.mark.long
def test_what_was_changed_is_named_with_its_event(at: Peopled, capsys: pytest.CaptureFixture[str]) -> None:
    from sqlalchemy import update

    from thamdinh.desk.model import Case

    at.submitted(COMPLIANT)
    with at.desk.store.engine.begin() as connection:
        connection.execute(update(Case).values(state="accepted"))
    assert run(["desk", "verify", DATA, str(at.desk.store.vault.folder.parent)]) == 1
    said = capsys.readouterr()
    assert "cases 1: đã bị sửa (state)" in said.err
    assert said.err.startswith("Sự kiện ")
    assert "1 chỗ không khớp" in said.out


@pytest.mark.long
def test_a_backup_is_made_and_restored(at: Peopled, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = at.desk.store.vault.folder.parent
    at.submitted(COMPLIANT)
    assert run(["desk", "backup", str(tmp_path / "a.tar"), DATA, str(folder)]) == 0
    assert run(["desk", "backup", str(tmp_path / "a.tar"), DATA, str(folder)]) == 2
    assert run(["desk", "restore", str(tmp_path / "a.tar"), DATA, str(tmp_path / "moi")]) == 2
    assert "khóa" in capsys.readouterr().err
    shutil.copy2(at.desk.store.vault.key, tmp_path / "moi.key")
    assert run(["desk", "restore", str(tmp_path / "a.tar"), DATA, str(tmp_path / "moi")]) == 0
    assert "tất cả khớp" in capsys.readouterr().out
    assert run(["desk", "restore", str(tmp_path / "a.tar"), DATA, str(tmp_path / "moi")]) == 2


@pytest.mark.long
def test_words_in_the_clear_are_told_and_sealed_after_a_backup(
    at: Peopled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, copy = str(at.desk.store.vault.folder.parent), str(tmp_path / "a.tar")
    opened(at)
    assert run(["desk", "verify", "--without-verdicts", DATA, folder]) == 0
    assert "desk seal" in capsys.readouterr().err
    assert run(["desk", "seal", str(tmp_path / "khong-co" / "a.tar"), DATA, folder]) == 2
    assert run(["desk", "seal", copy, DATA, folder]) == 0
    assert run(["desk", "seal", copy, DATA, folder]) == 2
    capsys.readouterr()
    assert run(["desk", "verify", "--without-verdicts", DATA, folder]) == 0
    assert "desk seal" not in capsys.readouterr().err
    shutil.copy2(at.desk.store.vault.key, tmp_path / "moi.key")
    assert run(["desk", "restore", copy, DATA, str(tmp_path / "moi")]) == 0


def test_nothing_is_purged_unasked(at: Peopled, capsys: pytest.CaptureFixture[str]) -> None:
    folder, number = str(at.desk.store.vault.folder.parent), at.submitted(COMPLIANT)
    at.desk.cases.withdraw(at["phutuc"], number)
    assert run(["desk", "purge", DATA, folder]) == 2
    assert run(["desk", "purge", "--days", "30", DATA, folder]) == 2
    assert at.desk.accounts.retention() is None
    assert run(["desk", "purge", "--days", "30", "--yes", DATA, folder]) == 0
    assert "Đã xóa hẳn 0 hồ sơ" in capsys.readouterr().out
    assert run(["desk", "purge", "--yes", DATA, folder]) == 0


@pytest.mark.long
def test_a_dossier_is_checked(at: Peopled, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dossier = at.desk.dossier(at["kiemtra"], at.submitted(COMPLIANT))
    (tmp_path / "ho-so.zip").write_bytes(dossier)
    assert run(["desk", "check-dossier", str(tmp_path / "ho-so.zip")]) == 0
    said = capsys.readouterr().out
    assert "tất cả khớp" in said
    assert at.desk.fingerprint in said
    (tmp_path / "sai.zip").write_bytes(dossier.replace(b"events.jsonl", b"eventz.jsonl"))
    assert run(["desk", "check-dossier", str(tmp_path / "sai.zip")]) == 2
    assert run(["desk", "check-dossier", str(tmp_path / "khong-co.zip")]) == 2
    assert run(["desk", "check-dossier", str(tmp_path)]) == 2


@pytest.mark.long
def test_audits_read_a_desk_and_export_writes_what_they_write(
    at: Peopled, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, today = str(at.desk.store.vault.folder.parent), at.desk.store.today()
    number = at.submitted()
    at.submitted(COMPLIANT, by="batri")
    at.desk.cases.withdraw(at["batri"], at.submitted(by="batri", key="w"))
    at.desk.cases.take(at["canbo"], number)
    one = at.desk.cases.find_by_id(at["canbo"], number).uncovered[0]
    asked = at.desk.cases.ask_exception(at["phutuc"], number, one.rule, one.subject, "Xin phép", today)
    at.desk.cases.decide_exception(at["lanhdao"], asked.id, granted=True, document="1-CV/TU")
    out = [str(tmp_path / name) for name in ("a.xlsx", "a.html", "a.csv")]
    assert run(["desk", "export", *out, DATA, folder]) == 1
    assert all(Path(name).stat().st_size for name in out)
    rows = Path(out[2]).read_text(encoding="utf-8")
    assert "1-CV/TU" in rows
    assert "/3-" not in rows
    capsys.readouterr()
    assert run(["audit", f"desk://{folder}/submitted", "--jobs", "1"]) == 0
    assert "1 kế hoạch: 1 đạt" in capsys.readouterr().out
    assert run(["audit", f"desk://{folder}/khong-co", "--jobs", "1"]) == 2


@pytest.mark.parametrize("name", ["users", "verify", "backup", "purge", "export"])
def test_a_folder_without_a_desk_is_said_to_be_none(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = {
        "backup": [str(tmp_path / "a.tar")],
        "purge": ["--yes", "--days", "1"],
        "export": [str(tmp_path / "a.csv")],
    }
    assert run(["desk", name, *given.get(name, []), DATA, str(tmp_path / "ban")]) == 2
    assert "create-admin" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["mysql://a/b", "không phải", "postgresql://x@127.0.0.1:1/nothing"])
def test_a_database_that_cannot_be_used_is_named(at: Peopled, address: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(at.desk.store.vault.folder.parent)
    assert run(["desk", "verify", DATA, folder, "--database", address]) == 2
    assert "cơ sở dữ liệu" in capsys.readouterr().err.lower()
