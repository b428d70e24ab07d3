"""Workbooks as people hand them in: what they do to a form is forgiven, and what can't be understood has its cell."""

import re
import sys
import unicodedata
from collections.abc import Callable
from datetime import datetime, time
from io import BytesIO

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.appraisal import base_plan, plan_of
from tests.forms import base_book, book_of, cell, form_problems, places, plan_in, without_order
from tests.packages import repacked
from tests.plan_classes import LABELS, Standing
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.forms import package
from thamdinh.engine.model.integrity import read_plan

BASE = without_order(plan_of(base_plan()))
Book = openpyxl.Workbook


def _put(sheet: str, label: str, value: object, row: int = 1) -> Callable[[Book], None]:
    return lambda book: setattr(cell(book[sheet], label, row), "value", value)


def _moved_columns(book: Book) -> None:
    sheet = book["Thành phần"]
    rows = [[found.value for found in line] for line in sheet.iter_rows(min_row=3)]
    for number, values in enumerate(rows, 3):
        for column, value in enumerate(reversed(values), 1):
            sheet.cell(number, column).value = value


def _end_before_start(book: Book) -> None:
    """The columns of start and end have changed places, and the end has no day of its own."""
    sheet = book["Chương trình"]
    for row in range(3, 6):
        start, end = sheet.cell(row, 2).value, sheet.cell(row, 3).value
        sheet.cell(row, 3).value = start
        sheet.cell(row, 2).value = end if row == 3 else f"{end:%H:%M}"


def _moved_tables(book: Book) -> None:
    """The discussions stand below the sessions instead of beside them."""
    sheet = book["Chương trình"]
    for row in range(3, 6):
        for column in (6, 7):
            sheet.cell(row + 10, column - 4).value = sheet.cell(row, column).value
            sheet.cell(row, column).value = None


def _merged(book: Book) -> None:
    """One cell for the standing of two people, and one for the committee of two members."""
    sheet = book["Thành phần"]
    above = cell(sheet, "Tư cách tham dự", 1)
    cell(sheet, "Tư cách tham dự", 2).value = None
    sheet.merge_cells(start_row=above.row, end_row=above.row + 1, start_column=above.column, end_column=above.column)
    members = book["Cấp ủy"]
    for label in ("Mã cấp ủy", "Tên cấp ủy"):
        first = cell(members, label, 1)
        members.merge_cells(
            start_row=first.row, end_row=first.row + 1, start_column=first.column, end_column=first.column
        )
    book["Kế hoạch"].merge_cells("B3:F3")


def _blank_rows_and_columns(book: Book) -> None:
    for sheet in book.worksheets[:-1]:
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1, 2)
    people = book["Thành phần"]
    people.insert_rows(8, 2)
    people.insert_cols(6)


def _labels_as_typed(book: Book) -> None:
    for sheet in book.worksheets:
        for line in sheet.iter_rows():
            for found in line:
                if isinstance(found.value, str) and found.data_type == "s":
                    found.value = f"  {unicodedata.normalize('NFD', found.value)}\u00a0 "
    for sheet in book.worksheets[1:7]:
        for found in sheet[3]:
            found.value = f"{found.value} :".upper() if found.value else None


def _codes_left_out(book: Book) -> None:
    """People are referred to by their names alone."""
    for sheet, label in (("Cấp ủy", "Mã cấp ủy viên"), ("Lấy phiếu tín nhiệm", "Mã người được lấy phiếu")):
        for row in range(1, 5):
            cell(book[sheet], label, row).value = None
    cell(book["Lấy phiếu tín nhiệm"], "Người quán triệt").value = "NGUYỄN VĂN BÌNH"
    cell(book["Lấy phiếu tín nhiệm"], "Cấp ủy lấy phiếu").value = "ban chấp hành đảng bộ xã Phú Tuc".replace(
        "Tuc", "Túc"
    )


def _committees_carried_down(book: Book) -> None:
    for row in (2, 4):
        cell(book["Cấp ủy"], "Mã cấp ủy", row).value = cell(book["Cấp ủy"], "Tên cấp ủy", row).value = None
        cell(book["Lấy phiếu tín nhiệm"], "Phiếu tại cấp ủy", row).value = None


def _sheets_moved(book: Book) -> None:
    book._sheets.reverse()
    book["Thành phần"].title = "Danh sách"
    del book["Phiên bản"]


def _extra(book: Book) -> None:
    """A column and a sheet of one's own, a repeated heading."""
    sheet = book["Thành phần"]
    sheet.cell(3, 11).value = "Ghi chú"
    sheet.cell(4, 11).value = "Đi công tác"
    sheet.insert_rows(6)
    for column in range(1, 11):
        sheet.cell(6, column).value = sheet.cell(3, column).value
    book.create_sheet("Nháp")["B2"] = "tính toán"


FORGIVEN: dict[str, Callable[[Book], None]] = {
    "moved columns": _moved_columns,
    "an end that stands before its start": _end_before_start,
    "a table moved below another": _moved_tables,
    "merged cells": _merged,
    "blank rows and columns": _blank_rows_and_columns,
    "labels in capitals, NFD and with blanks": _labels_as_typed,
    "names in place of codes": _codes_left_out,
    "committees named in their first row only": _committees_carried_down,
    "sheets in another order, one renamed, no version": _sheets_moved,
    "a column and a sheet of one's own": _extra,
    "a time as text": _put("Chương trình", "Bắt đầu", "28/12/2017 7:30"),
    "a time as an official writes it": _put("Chương trình", "Bắt đầu", "7 giờ 30 phút, ngày 28/12/2017"),
    "a time with h": _put("Chương trình", "Bắt đầu", "7h30 ngày 28-12-2017"),
    "an ISO time": _put("Chương trình", "Bắt đầu", "2017-12-28T07:30"),
    "an end on the day of the start, as text": _put("Chương trình", "Kết thúc", "11:00"),
    "an end on the day of the start, as a time": _put("Chương trình", "Kết thúc", time(11, 0)),
    "a time that is off by what fractions of a day are off": _put(
        "Chương trình", "Bắt đầu", datetime(2017, 12, 28, 7, 29, 59, 999000)
    ),
    "afternoon as a spreadsheet says it": _put("Chương trình", "Bắt đầu", "28/12/2017 01:30 CH", 2),
    "a label without tones": _put("Thành phần", "Tư cách tham dự", "DAI BIEU DU DAI HOI"),
    "a code for a label": _put("Thành phần", "Tư cách tham dự", "congress_delegate"),
    "an English label": _put("Kế hoạch", "Loại hình tổ chức", "Commune"),
    "another mark": _put("Thành phần", "Dự phần tổng kết năm", "✓"),
    "a truth value as a mark": _put("Thành phần", "Dự phần tổng kết năm", True),
    "a number as text": _put("Kết quả", "Số chỉ tiêu", "12,0"),
    "non-breaking blanks": _put("Thành phần", "Họ và tên", "\u00a0Nguyễn\u00a0Văn  Bình\u200b"),
    "a calendar that begins in 1904": lambda book: setattr(book, "epoch", CALENDAR_MAC_1904),
    "a code in capitals": _put("Cấp ủy", "Mã cấp ủy viên", "P01"),
}


@pytest.mark.parametrize("edit", FORGIVEN.values(), ids=FORGIVEN)
def test_what_people_do_to_a_form_is_forgiven(edit: Callable[[Book], None]) -> None:
    assert without_order(plan_in(base_book(edit))) == BASE


@pytest.mark.long
def test_the_tone_mark_may_stand_on_either_vowel() -> None:
    data = base_plan()
    data["participants"][1]["name"] = "Trần Thị Hòa"
    named = _put("Lấy phiếu tín nhiệm", "Người quán triệt", "trần thị hoà", 2)
    assert plan_in(book_of(data, named)).confidence_votes[1].briefing.by == "p02"  # type: ignore[union-attr]
    other = _put("Lấy phiếu tín nhiệm", "Người quán triệt", "Trần Thị Hoa", 2)
    assert places(form_problems(book_of(data, other))) == ["PL003 Lấy phiếu tín nhiệm!C5"]


def test_people_without_codes_are_known_by_their_names() -> None:
    def leave_out(book: Book) -> None:
        for row in range(1, 6):
            cell(book["Thành phần"], "Mã đại biểu", row).value = None
        _codes_left_out(book)
        cell(book["Lấy phiếu tín nhiệm"], "Người quán triệt", 2).value = "Trần Thị Hoa"

    plan = plan_in(base_book(leave_out))
    assert plan.participants[0].id == "Nguyễn Văn Bình"
    assert plan.committees[0].members[0].person == "Nguyễn Văn Bình"
    assert plan.confidence_votes[0].ballots == ("Nguyễn Văn Bình", "Trần Thị Hoa")


def test_a_list_without_a_mark_is_empty_in_a_record_that_is_begun() -> None:
    def clear(book: Book) -> None:
        for topic in ("mục đích", "yêu cầu"):
            cell(book["Lấy phiếu tín nhiệm"], f"Quán triệt {topic}").value = None

    assert plan_in(base_book(clear)).confidence_votes[0].briefing.covers == ()


def _two_of_one_name(book: Book) -> None:
    cell(book["Thành phần"], "Họ và tên", 3).value = "Trần Thị Hoa"
    cell(book["Cấp ủy"], "Mã cấp ủy viên", 2).value = None


def _no_codes_for_two(book: Book) -> None:
    for row in (2, 3):
        cell(book["Thành phần"], "Mã đại biểu", row).value = None
    cell(book["Thành phần"], "Họ và tên", 3).value = "Trần Thị Hoa"


def _two_committees_of_one_name(book: Book) -> None:
    sheet = book["Cấp ủy"]
    for row in (3, 4):
        cell(sheet, "Tên cấp ủy", row).value = cell(sheet, "Tên cấp ủy", 1).value
    cell(sheet, "Mã cấp ủy", 4).value = None


def _renamed_column(book: Book) -> None:
    cell(book["Thành phần"], "Đủ điều kiện tham dự", 0).value = "Đủ ĐK"


def _no_column(book: Book) -> None:
    cell(book["Thành phần"], "Tư cách tham dự", 0).value = None


def _no_sheet(book: Book) -> None:
    del book["Kết quả"]


def _copied_sheet(book: Book) -> None:
    book.copy_worksheet(book["Kết quả"]).title = "Kết quả (2)"


def _ballot_on_nobody(book: Book) -> None:
    """A row says in which committee the ballot is taken, and no more."""
    sheet = book["Lấy phiếu tín nhiệm"]
    cell(sheet, "Phiếu tại cấp ủy", 2).value = cell(sheet, "Phiếu tại cấp ủy").value
    for label in ("Mã người được lấy phiếu", "Họ và tên người được lấy phiếu"):
        cell(sheet, label, 2).value = None


REFUSED: dict[str, tuple[Callable[[Book], None], list[str], str]] = {
    "no date": (_put("Chương trình", "Bắt đầu", "sáng 28"), ["PL002 Chương trình!B4"], "28/12/2017 07:30"),
    "a day without an hour": (
        _put("Chương trình", "Bắt đầu", "28/12/2017"),
        ["PL002 Chương trình!B4"],
        "28/12/2017 07:30",
    ),
    "a time with seconds": (
        _put("Chương trình", "Bắt đầu", datetime(2017, 12, 28, 7, 30, 25)),
        ["PL002 Chương trình!B4"],
        "28/12/2017 07:30",
    ),
    "a formula error": (_put("Thành phần", "Số thẻ đảng viên", "#N/A"), ["PL002 Thành phần!D4"], "ghi thẳng"),
    "no such day": (_put("Chương trình", "Bắt đầu", "31/02/2017 07:30"), ["PL002 Chương trình!B4"], "ngày trước"),
    "a number for a date": (
        _put("Lấy phiếu tín nhiệm", "Giờ phát phiếu", 12),
        ["PL002 Lấy phiếu tín nhiệm!F4"],
        "năm",
    ),
    "an unknown label": (_put("Kế hoạch", "Loại hình tổ chức", "xãã"), ["PL002 Kế hoạch!B4"], "“xã”"),
    "no mark": (_put("Thành phần", "Dự phần tổng kết năm", "có lẽ"), ["PL002 Thành phần!G4"], "Ghi x"),
    "neither yes nor no": (
        _put("Thành phần", "Đủ điều kiện tham dự", "?", 2),
        ["PL002 Thành phần!F5"],
        "“có” hoặc “không”",
    ),
    "half a target": (_put("Kết quả", "Số chỉ tiêu", "1,5"), ["PL002 Kết quả!D4"], "chữ số"),
    "an empty cell": (_put("Thành phần", "Tư cách tham dự", None, 3), ["PL002 Thành phần!E6"], "cán bộ chủ chốt"),
    "an empty field": (_put("Kế hoạch", "Địa điểm", None), ["PL002 Kế hoạch!B8"], "Hội trường UBND xã"),
    "a formula without a result": (_put("Thành phần", "Họ và tên", "=A1&B1"), ["PL002 Thành phần!C4"], "lưu lại"),
    "another file's value": (_put("Thành phần", "Họ và tên", "=[1]Sheet1!A1"), ["PL002 Thành phần!C4"], "Giá trị"),
    "a code and a name that disagree": (
        _put("Cấp ủy", "Họ và tên cấp ủy viên", "Lê Văn Sáu"),
        ["PL002 Cấp ủy!E4"],
        "khớp nhau",
    ),
    "two people of one name": (
        _two_of_one_name,
        ["PL002 Cấp ủy!E5", "PL002 Cấp ủy!E7", "PL002 Lấy phiếu tín nhiệm!M7"],
        "p02, p03",
    ),
    "no codes for two of one name": (_no_codes_for_two, ["PL002 Thành phần!B5", "PL002 Thành phần!B6"], "một mã riêng"),
    "two committees of one name": (_two_committees_of_one_name, ["PL002 Cấp ủy!B7"], "dang-uy, chi-uy"),
    "a column renamed": (_renamed_column, ["PL002 Thành phần!F3"], "Đủ điều kiện tham dự"),
    "a column missing": (_no_column, ["PL002 Thành phần!B3"], "Tư cách tham dự"),
    "a sheet missing": (_no_sheet, ["PL002 Kế hoạch!A1"], "Loại văn bản"),
    "a sheet twice": (_copied_sheet, ["PL002 Kết quả (2)!B3"], "Giữ một bảng"),
    "an unknown person": (
        _put("Lấy phiếu tín nhiệm", "Người quán triệt", "p09"),
        ["PL003 Lấy phiếu tín nhiệm!C4"],
        "p0",
    ),
    "an unknown committee": (
        _put("Lấy phiếu tín nhiệm", "Cấp ủy lấy phiếu", "tinh-uy"),
        ["PL003 Lấy phiếu tín nhiệm!B4", "PL002 Lấy phiếu tín nhiệm!K4"],
        "Ghi đúng mã hoặc tên",
    ),
    "a ballot on nobody": (_ballot_on_nobody, ["PL002 Lấy phiếu tín nhiệm!L5"], "Những người được lấy phiếu"),
    "a ballot in no committee": (
        _put("Lấy phiếu tín nhiệm", "Phiếu tại cấp ủy", None),
        ["PL002 Lấy phiếu tín nhiệm!K4"],
        "Ghi mã hoặc tên cấp ủy",
    ),
    "a code twice": (_put("Thành phần", "Mã đại biểu", "p04", 5), ["PL004 Thành phần!B8"], "trùng"),
    "an end before the start": (_put("Chương trình", "Kết thúc", "06:00"), ["PL005 Chương trình!C4"], "bắt đầu"),
    "a code with @": (_put("Báo cáo", "Mã báo cáo", "a@b"), ["PL002 Báo cáo!B4"], "Gõ lại mã"),
    "a year long gone": (_put("Chương trình", "Bắt đầu", "28/12/1817 07:30"), ["PL002 Chương trình!B4"], "năm"),
    "a newer version": (_put("Phiên bản", "Phiên bản mẫu thamdinh", None), [], ""),
}
del REFUSED["a newer version"]


@pytest.mark.parametrize(("edit", "where", "mended"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_understood_is_told_at_its_cell(
    edit: Callable[[Book], None], where: list[str], mended: str
) -> None:
    found = form_problems(base_book(edit))
    assert places(found) == where
    assert mended in found[0].fix.vi
    assert not any(re.search(r"\b[a-z]+_[a-z]+\b", problem.message.vi + problem.fix.vi) for problem in found)


@pytest.mark.parametrize(("version", "mended"), [(0, "thamdinh new"), (2, "Cập nhật"), ("cũ", "thamdinh new")])
def test_a_form_of_another_version_says_how_to_go_on(version: object, mended: str) -> None:
    def age(book: Book) -> None:
        book["Phiên bản"]["B1"] = version

    (found,) = form_problems(base_book(age))
    assert places((found,)) == ["PL002 Phiên bản!B1"]
    assert mended in found.fix.vi


def test_an_unknown_person_is_missed_in_the_table_of_the_form() -> None:
    (found,) = form_problems(base_book(_put("Lấy phiếu tín nhiệm", "Người quán triệt", "Hồ Thị Lạ")))
    assert found.message.vi == "“Hồ Thị Lạ” không có trong bảng “Thành phần”"
    assert found.fix.vi == "Ghi đúng mã hoặc tên có trong bảng “Thành phần”, mỗi chỗ một mã; còn thiếu thì thêm vào đó"


def test_everything_wrong_is_told_at_once_in_the_order_of_the_sheets() -> None:
    def spoil(book: Book) -> None:
        cell(book["Kế hoạch"], "Địa điểm").value = None
        cell(book["Thành phần"], "Tư cách tham dự", 2).value = "khách"
        cell(book["Kết quả"], "Số chỉ tiêu").value = "nhiều"

    assert [found.place.sheet for found in form_problems(base_book(spoil))] == ["Kế hoạch", "Thành phần", "Kết quả"]


@pytest.mark.parametrize(("moved", "sheets"), [(0, ["Thành phần", "Kết quả"]), (-6, ["Kết quả", "Thành phần"])])
def test_findings_are_in_the_order_of_the_sheets_wherever_they_stand(moved: int, sheets: list[str]) -> None:
    def spoil(book: Book) -> None:
        cell(book["Kết quả"], "Số chỉ tiêu").value = 0
        cell(book["Thành phần"], "Tư cách tham dự").value = LABELS[Standing]["customary"].vi
        book.move_sheet("Kết quả", moved)

    document = read("plan.xlsx", base_book(spoil))
    found = Checker(ruleset(), Compiled).check(read_plan(document), document).findings
    assert list(dict.fromkeys(finding.place.sheet for finding in found)) == sheets


def test_the_cell_of_every_value_is_known() -> None:
    document = read("plan.xlsx", base_book())
    assert document.place(("participants", 1, "standing")).describe() == "plan.xlsx: Thành phần!E5"
    assert document.place(("participants", 2)).describe() == "plan.xlsx: Thành phần!C6"
    assert document.place(("committees", 1)).describe() == "plan.xlsx: Cấp ủy!B6"
    assert document.place(("committees", 1, "name")).describe() == "plan.xlsx: Cấp ủy!C6"
    assert document.place(("committees", 1, "members", 1)).describe() == "plan.xlsx: Cấp ủy!E7"
    assert document.place(("confidence_votes", 1, "ballots", 1)).describe() == "plan.xlsx: Lấy phiếu tín nhiệm!L7"
    assert document.place(("confidence_votes", 0, "published", 1)).describe() == "plan.xlsx: Lấy phiếu tín nhiệm!I4"
    assert (
        document.place(("confidence_votes", 0, "published", 1, "at")).describe() == "plan.xlsx: Lấy phiếu tín nhiệm!I4"
    )
    assert document.place(("conference", "directed_by")).describe() == "plan.xlsx: Kế hoạch!B9"
    assert document.place(()).describe() == "plan.xlsx: Kế hoạch!A1"


# What is refused before any cell is read.


def _package(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The base workbook with its parts changed."""
    return repacked(base_book(), change)


def _sheet(part: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts["xl/worksheets/sheet1.xml"] = part

    return change


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>"""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

UNSAFE: dict[str, tuple[Callable[[], bytes], str]] = {
    "entities": (lambda: _package(_sheet(ENTITIES)), "DTD"),
    "a DTD elsewhere": (lambda: _package(_sheet(OUTSIDE)), "DTD"),
    "another encoding": (
        lambda: _package(_sheet('<?xml version="1.0" encoding="utf-16"?><worksheet/>'.encode("utf-16"))),
        "hỏng",
    ),
    "a declared encoding": (lambda: _package(_sheet(b'<?xml version="1.0" encoding="cp037"?><worksheet/>')), "mã lạ"),
    "broken XML": (lambda: _package(_sheet(b"<worksheet>")), "hỏng"),
    "endless depth": (lambda: _package(_sheet(b"<a>" * 100_000)), "hỏng"),
    "macros": (lambda: _package(lambda parts: parts.update({"xl/vbaProject.bin": b"x"})), "macro"),
    "no zip": (lambda: b"hello", "hỏng"),
    "half a zip": (lambda: base_book()[:3000], "hỏng"),
    "no workbook": (lambda: _package(lambda parts: parts.pop("xl/workbook.xml")), "hỏng"),
    "a bomb": (lambda: _package(_sheet(b"<worksheet>" + b" " * 20_000_000 + b"</worksheet>")), "bung ra"),
    "too many parts": (lambda: _package(lambda parts: parts.update({f"x{n}": b"" for n in range(3000)})), "bung ra"),
    "an old workbook": (lambda: OLE, "soffice --headless --convert-to xlsx 'plan.xlsx'"),
    "a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "another workbook": (
        lambda: base_book(lambda book: [book.remove(sheet) for sheet in book.worksheets[1:]] and None),
        "",
    ),
}
del UNSAFE["another workbook"]


@pytest.mark.parametrize(("content", "said"), UNSAFE.values(), ids=UNSAFE)
def test_what_is_unsafe_or_damaged_is_refused_in_words(content: Callable[[], bytes], said: str) -> None:
    (found,) = form_problems(content())
    assert found.code == "PL006"
    assert said in f"{found.message.vi} {found.fix.vi}"


def test_a_workbook_of_the_strict_kind_is_read() -> None:
    def strict(parts: dict[str, bytes]) -> None:
        for name, part in parts.items():
            for known in (b"spreadsheetml", b"officeDocument"):
                common = {
                    b"spreadsheetml": b"spreadsheetml/2006/main",
                    b"officeDocument": b"officeDocument/2006/relationships",
                }
                other = common[known].replace(b"/2006", b"")
                part = part.replace(
                    b"http://schemas.openxmlformats.org/" + common[known], b"http://purl.oclc.org/ooxml/" + other
                )
            parts[name] = part

    assert without_order(plan_in(_package(strict))) == BASE


def test_a_workbook_of_something_else_is_no_plan() -> None:
    book = Book()
    book.active["A1"] = "Danh sách"  # type: ignore[index]
    content = BytesIO()
    book.save(content)
    (found,) = form_problems(content.getvalue())
    assert found.code == "PL002"
    assert "thamdinh new" in found.fix.vi


def test_a_library_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    content = base_book()
    monkeypatch.setitem(sys.modules, "lxml", None)
    (found,) = form_problems(content)
    assert "lxml" in found.message.vi
    assert 'pip install "lxml"' in found.fix.vi


def test_a_part_larger_than_its_declared_size_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PART", 1000)
    (found,) = form_problems(base_book())
    assert "bung ra" in found.message.vi


def test_cells_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("thamdinh.engine.forms.read_workbook.MOST_CELLS", 50)
    (found,) = form_problems(base_book())
    assert "ô có nội dung" in found.message.vi


def test_a_cell_at_the_end_of_a_sheet_costs_nothing() -> None:
    def far(book: Book) -> None:
        book["Thành phần"]["XFD1048576"] = "x"
        book["Thành phần"].merged_cells.add("K1:L1048576")

    assert without_order(plan_in(base_book(far))) == BASE


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("cu.xls", "soffice --headless --convert-to xlsx 'cu.xls'"),
        ("macro.xlsm", "macro"),
        ("bang.ods", "--convert-to xlsx"),
        ("cu.doc", "--convert-to docx"),
        ("macro.docm", "macro"),
    ],
)
def test_other_office_files_are_told_how_to_become_readable(name: str, said: str) -> None:
    (found,) = form_problems(b"\0", name)
    assert found.code == "PL006"
    assert said in f"{found.message.vi} {found.fix.vi}"
