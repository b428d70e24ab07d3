"""`thamdinh lint FILE --annotate OUT`, as its users meet it."""

from pathlib import Path

import openpyxl
import pytest

from tests.command_line import COMPLIANT, thamdinh
from tests.engine.forms.test_copying import form
from tests.forms import base_book
from thamdinh.engine.documents import read


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "ke-hoach.xlsx"
    file.write_bytes(form(".xlsx"))
    return file


def test_the_report_is_printed_and_the_copy_written(plan: Path) -> None:
    copy = plan.with_name("ra.xlsx")
    done = thamdinh("lint", plan, "--annotate", copy)
    assert done.returncode == 1
    assert f"{plan}: Thành phần!H7: TD301" in done.stdout
    assert str(copy) in done.stderr
    assert read(str(copy), copy.read_bytes()).data == read(str(plan), plan.read_bytes()).data
    assert plan.read_bytes() == form(".xlsx")


def test_rows_of_the_list_are_as_high_as_what_is_in_them(plan: Path) -> None:
    copy = plan.with_name("ra.xlsx")
    thamdinh("lint", plan, "--annotate", copy)
    sheet = openpyxl.load_workbook(copy)["Kết quả thẩm định"]
    widths = [sheet.column_dimensions[letter].width for letter in "ABCDE"]
    rows = [row for row in sheet.iter_rows(min_row=3) if row[0].value]
    assert rows
    for row in rows:
        lines = max(-(-len(str(cell.value or "")) // int(width)) for cell, width in zip(row, widths, strict=True))
        assert lines == 1 or sheet.row_dimensions[row[0].row].height >= 15 * lines


def test_a_file_that_is_there_is_replaced_only_when_told(plan: Path) -> None:
    copy = plan.with_name("ra.xlsx")
    copy.write_text("của người khác")
    done = thamdinh("lint", plan, "--annotate", copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert copy.read_text() == "của người khác"
    assert thamdinh("lint", plan, "--annotate", copy, "--overwrite").returncode == 1
    assert copy.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("target", ["ke-hoach.xlsx", "lien-ket.xlsx", "ra.docx", "khong-co/ra.xlsx"])
def test_what_cannot_be_written_is_refused_and_the_input_kept(plan: Path, target: str) -> None:
    plan.with_name("lien-ket.xlsx").symlink_to(plan)
    done = thamdinh("lint", plan, "--annotate", plan.parent / target, "--overwrite")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert plan.read_bytes() == form(".xlsx")


def test_other_inputs_are_not_annotated(plan: Path) -> None:
    for inputs in ([COMPLIANT], [plan, plan], [plan.parent], ["-"]):
        assert thamdinh("lint", *inputs, "--annotate", plan.with_name("ra.xlsx")).returncode == 2
    assert not plan.with_name("ra.xlsx").exists()


@pytest.mark.long
def test_a_file_that_cannot_be_opened_gets_no_copy(plan: Path) -> None:
    plan.write_bytes(base_book()[:2000])
    done = thamdinh("lint", plan, "--annotate", plan.with_name("ra.xlsx"))
    assert done.returncode == 2
    assert not plan.with_name("ra.xlsx").exists()
