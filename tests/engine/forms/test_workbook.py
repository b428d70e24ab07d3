"""Workbooks: what is written reads back to the same plan, also when LibreOffice has saved it, and text stays text."""

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from openpyxl.chart import BarChart

from tests.appraisal import base_plan, plan_of
from tests.forms import book_of, cell, changed_book, form_problems, plan_in, without_order
from tests.layout import KNOWN, SHEETS, TABLES
from tests.packages import parts_of
from tests.plan_classes import Kind
from tests.programs import Office, needed
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.documents import read
from thamdinh.engine.forms.blank import blank
from thamdinh.engine.forms.layout import EXAMPLE, SERIAL, VERSION_SHEET
from thamdinh.engine.forms.saving import saved
from thamdinh.engine.forms.template import template
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan


@pytest.mark.long
@examples(0.6)
@given(plans())
def test_a_plan_reads_back_from_its_workbook(data: dict[str, Any]) -> None:
    assert without_order(plan_in(book_of(data))) == without_order(plan_of(data))


@cache
def given() -> list[dict[str, Any]]:
    """Plans of every kind."""
    return [made.plan for made in generate(3, 11, 0.5, people=20)]


@pytest.fixture(scope="module")
def by_libreoffice(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[bytes, bytes]]:
    """Those plans as workbooks, and an empty form, each with what LibreOffice saves of it: it is started once for all."""
    folder = tmp_path_factory.mktemp("books")
    books = [*map(book_of, given()), blank(KNOWN, Kind.COMMUNE, ".xlsx")]
    files = [folder / f"{number}.xlsx" for number in range(len(books))]
    for file, content in zip(files, books, strict=True):
        file.write_bytes(content)
    made = office("xlsx:Calc MS Excel 2007 XML", folder / "saved", *files)
    return [(content, file.read_bytes()) for content, file in zip(books, made, strict=True)]


def test_plans_of_every_kind_read_back_after_libreoffice_has_saved_them(
    by_libreoffice: list[tuple[bytes, bytes]],
) -> None:
    for (before, after), plan in zip(by_libreoffice, given(), strict=False):
        assert before != after
        assert without_order(plan_in(after)) == without_order(plan_of(plan))


def test_an_empty_form_that_libreoffice_has_saved_still_leaves_its_example_out(
    by_libreoffice: list[tuple[bytes, bytes]],
) -> None:
    before, after = by_libreoffice[len(given())]
    asked = [problem.message for problem in form_problems(before)]
    assert [problem.message for problem in form_problems(after)] == asked
    assert "ví dụ" not in str(read("form.xlsx", after).data)


FORMULAS = ("=cmd|'/c calc'!A1", "+1+1", "-2", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1")


def test_what_looks_like_a_formula_is_written_as_text() -> None:
    data = base_plan()
    for person, name in zip(data["participants"], FORMULAS, strict=False):
        person["name"] = name
    content = book_of(data)
    with ZipFile(BytesIO(content)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets" in name)
    sheet = openpyxl.load_workbook(BytesIO(content))["Thành phần"]
    assert cell(sheet, "Họ và tên").data_type == "s"
    assert cell(sheet, "Họ và tên").quotePrefix
    assert [person.name for person in plan_in(content).participants][:2] == list(FORMULAS[:2])


def test_a_workbook_is_saved_as_openpyxl_does_but_without_a_file_for_each_sheet(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def book() -> openpyxl.Workbook:
        loaded = openpyxl.load_workbook(BytesIO(book_of(base_plan())))
        loaded["Kết quả"].add_chart(BarChart(), "H4")
        return loaded

    theirs = BytesIO()
    book().save(theirs)
    monkeypatch.delattr("openpyxl.worksheet._writer.create_temporary_file")
    ours, expected = parts_of(saved(book())), parts_of(theirs.getvalue())
    assert (
        ours.pop("docProps/core.xml")[:80] == expected.pop("docProps/core.xml")[:80]
    )  # the rest says when it was saved
    assert ours == expected


def test_several_texts_in_a_cell_come_apart_again() -> None:
    data = base_plan()
    data["committees"][0]["members"][0]["also_on"] = ["Huyện ủy; Ban Thường vụ"]
    data["committees"][0]["members"][1]["also_on"] = ["Huyện ủy", "Đảng ủy Khối"]
    data["confidence_votes"][0]["published"] *= 2
    assert without_order(plan_in(book_of(data))) == without_order(plan_of(data))


@pytest.mark.long
@pytest.mark.parametrize("kind", [Kind.COMMUNE, Kind.PROVINCIAL_SECTOR_CELL, Kind.POLICE])
def test_an_empty_form_asks_for_what_is_to_be_filled_in_and_the_example_is_no_data(kind: Kind) -> None:
    content = blank(KNOWN, kind, ".xlsx")
    found = form_problems(content)
    assert {problem.code for problem in found} == {"PL002"}
    assert all("<" in problem.message.vi for problem in found)
    assert "ví dụ" not in str(read("form.xlsx", content).data)


def _fill(book: openpyxl.Workbook) -> None:
    """Fill in a form as its user does: what is `<…>` is typed over."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for found in row:
                if isinstance(found.value, str) and found.value.startswith("<"):
                    found.value = _answer(found.value)


def _answer(asked: str) -> object:
    if asked == "<số chỉ tiêu>":
        return 12
    return asked.replace("<ngày/tháng/năm>", "28/12/2017").strip("<>")


@pytest.mark.long
@pytest.mark.parametrize("kind", [Kind.COMMUNE, Kind.PROVINCIAL_SECTOR_CELL, Kind.POLICE])
def test_a_form_filled_in_reads_as_the_yaml_template_filled_in(kind: Kind) -> None:
    text = (
        template(description(), kind, "", "vi").replace("<năm-tháng-ngày>", "2017-12-28").replace("<số chỉ tiêu>", "12")
    )
    text = text.replace("<", "").replace(">", "")
    assert without_order(plan_in(changed_book(blank(KNOWN, kind, ".xlsx"), _fill))) == without_order(
        read_plan(read("p.yaml", text.encode()))
    )


@pytest.mark.long
def test_an_example_row_that_was_changed_is_data() -> None:
    def change(book: openpyxl.Workbook) -> None:
        _fill(book)
        cell(book["Kết quả"], "Số chỉ tiêu").value = 15

    outcomes = plan_in(changed_book(blank(KNOWN, Kind.COMMUNE, ".xlsx"), change)).outcomes
    assert [outcome.targets for outcome in outcomes] == [15, 12, 0]


@pytest.mark.long
def test_a_row_equal_to_the_example_is_data_where_it_is_not_marked() -> None:
    def unmark(book: openpyxl.Workbook) -> None:
        _fill(book)
        assert cell(book["Kết quả"], SERIAL).value == EXAMPLE
        cell(book["Kết quả"], SERIAL).value = 1

    assert len(plan_in(changed_book(blank(KNOWN, Kind.COMMUNE, ".xlsx"), unmark)).outcomes) == 3


@pytest.mark.long
def test_the_form_helps_whoever_fills_it_in() -> None:
    book = openpyxl.load_workbook(BytesIO(blank(KNOWN, Kind.COMMUNE, ".xlsx")))
    assert book.sheetnames == [*SHEETS, VERSION_SHEET]
    assert book[VERSION_SHEET].sheet_state == "hidden"
    for table in TABLES:
        sheet = book[table.sheet]
        assert sheet.freeze_panes
        for column in table.columns:
            below = cell(sheet, column.label, 2)
            rules = [rule for rule in sheet.data_validations.dataValidation if below.coordinate in rule.cells]
            assert not column.note or cell(sheet, column.label, 0).comment.text == column.note
            if column.holds in ("choice", "mark", "truth"):
                assert any(rule.type == "list" and len(str(rule.formula1)) <= 255 for rule in rules), column.label
            if column.holds in ("instant", "instants"):
                assert below.number_format == "dd/mm/yyyy hh:mm"


@pytest.mark.parametrize("sheet", [*SHEETS])
def test_what_shows_in_an_empty_form_is_what_is_written_there(sheet: str) -> None:
    """A row that shows nothing is not to be printed, and one that is filled in is ruled by its condition."""
    shown = openpyxl.load_workbook(BytesIO(blank(KNOWN, Kind.COMMUNE, ".xlsx")))[sheet]
    for row in shown.iter_rows(min_row=3):
        filled = any(found.value is not None for found in row)
        assert filled or not any(found.border.top.style or found.fill.fill_type for found in row)
        assert not any(found.fill.fill_type for found in row if str(found.value).startswith("<"))
    formulas = {str(area.sqref): rule.formula for area in shown.conditional_formatting for rule in area.rules}
    asked = [area for area, formula in formulas.items() if formula == ['LEFT(B3,1)="<"']]
    assert len(asked) == 1
    ruled = [area for area, [formula] in formulas.items() if formula.startswith("COUNTA($")]
    assert len(ruled) == sum(table.sheet == sheet for table in TABLES)


@pytest.mark.office
def test_a_form_prints_the_rows_that_are_filled_in_and_no_others(office: Office, tmp_path: Path) -> None:
    def fill(book: openpyxl.Workbook) -> None:
        for row in range(7, 67):
            book["Thành phần"].cell(row, 3).value = f"Nguyễn Văn Số {row}"

    empty, filled = tmp_path / "empty.xlsx", tmp_path / "filled.xlsx"
    empty.write_bytes(blank(KNOWN, Kind.COMMUNE, ".xlsx"))
    filled.write_bytes(changed_book(empty.read_bytes(), fill))
    pages = []
    for printed in office("pdf", tmp_path / "printed", empty, filled):
        command = [needed("pdftotext"), "-layout", printed, "-"]
        text = subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        pages.append([page for page in text.split("\f") if page.strip()])
    assert len(pages[0]) == len(SHEETS)
    assert len(pages[1]) == len(SHEETS) + 1
    assert "Nguyễn Văn Số 66" in pages[1][4]
