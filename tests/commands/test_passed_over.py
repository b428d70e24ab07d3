"""Files that may be plans and that nothing reads are told of, and fail nobody's run."""

import os
import zipfile
from pathlib import Path

import pytest

from tests.command_line import thamdinh
from tests.engine.audit.auditing import PLAN

TOLD = "Bỏ qua 5 tệp PDF, vì chương trình không đọc loại tệp này: ke-hoach-1.pdf, ke-hoach-2.pdf, ke-hoach-3.PDF và 2 tệp nữa. Tệp nào là kế hoạch thì lưu thành .docx hoặc .xlsx rồi chạy lại\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two plans, one in an archive, and five PDF files, one in the archive, beside what is no plan for sure."""
    (tmp_path / "a.json").write_bytes(PLAN)
    (tmp_path / "sau").mkdir()
    for name in ("ke-hoach-2.pdf", "ke-hoach-1.pdf", "ke-hoach-3.PDF", "sau/ke-hoach-4.pdf", ".an.pdf", "ghi-chu.txt"):
        (tmp_path / name).write_bytes(b"%PDF-1.4\n")
    (tmp_path / "phieu.pdf").write_bytes(
        b"%PDF-1.6\n" + "thamdinh-appraisal-sheet".encode("utf-16-be").hex().upper().encode()
    )
    with zipfile.ZipFile(tmp_path / "sau/z.zip", "w") as archive:
        archive.writestr("b.json", PLAN)
        archive.writestr("c.pdf", b"%PDF-1.4\n")
    return tmp_path


def test_an_audit_tells_of_the_files_it_passed_over_in_folders_and_archives(folder: Path) -> None:
    done = thamdinh("audit", ".", "--ignore", "TD8", "--format", "json", cwd=folder)
    assert (done.returncode, done.stderr.replace("./", "")) == (0, TOLD)
    assert done.stdout.startswith('{"schema": 1')
    address = thamdinh("audit", f"file://{folder}/sau", "--ignore", "TD8", "--lang", "en")
    assert (address.returncode, address.stderr[:25]) == (0, "Passed over 2 PDF files, ")
    quiet = thamdinh("audit", ".", "--ignore", "TD8", "-q", cwd=folder)
    assert (quiet.returncode, quiet.stderr) == (0, "")


def test_a_lint_tells_of_files_of_many_plans_too(folder: Path) -> None:
    done = thamdinh("lint", ".", "--lang", "en", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()) == (
        0,
        [
            "Passed over 4 PDF files, a kind that is not read: ke-hoach-1.pdf, ke-hoach-2.pdf, ke-hoach-3.PDF and 1 more. Save those that are plans as .docx or .xlsx and run again",
            "Passed over 1 file that may hold many plans: sau/z.zip. To check them, use thamdinh audit",
        ],
    )
    quiet = thamdinh("lint", ".", "-q", cwd=folder)
    assert (quiet.returncode, quiet.stderr) == (0, "")


def test_convert_tells_of_the_files_it_passed_over(folder: Path) -> None:
    done = thamdinh("convert", ".", "kq.jsonl", cwd=folder)
    assert (done.returncode, done.stderr.replace("./", "")) == (0, TOLD)


def test_a_file_that_was_named_is_refused_and_not_passed_over(folder: Path) -> None:
    for command in ("audit", "lint"):
        done = thamdinh(command, "ke-hoach-1.pdf", cwd=folder)
        assert done.returncode == 2
        assert "PL006" in done.stdout
        assert "Bỏ qua" not in done.stderr


def test_what_is_older_than_the_day_asked_for_is_not_told_of(folder: Path) -> None:
    for file in folder.rglob("*"):
        os.utime(file, (0, 0))
    (folder / "sau/z.zip").unlink()
    os.utime(folder / "ke-hoach-2.pdf")
    done = thamdinh("audit", ".", "--since", "01/01/2020", cwd=folder)
    assert done.stderr.startswith("Bỏ qua 1 tệp PDF, vì chương trình không đọc loại tệp này: ./ke-hoach-2.pdf. ")
