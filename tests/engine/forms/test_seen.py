"""Workbooks that show something else than they hold: what is hidden is read and named, what can't be read is told."""

import re
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import ColorScaleRule, IconSetRule, Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tests.appraisal import base_plan, plan_of
from tests.forms import base_book, book_of, cell, places, plan_in, without_order
from tests.plans import problems
from tests.workbooks import SHAPE, anchor, controlled, drawn, parts_changed, with_parts
from thamdinh.engine.documents import read
from thamdinh.engine.forms.sheet_look import printed
from thamdinh.engine.model.integrity import read_plan

BASE = without_order(plan_of(base_plan()))
Book = openpyxl.Workbook
Edit = Callable[[Book], None]

PEOPLE, PROGRAMME, RESULTS, COMMITTEES = "Thành phần", "Chương trình", "Kết quả", "Cấp ủy"


def _put(sheet: str, label: str, value: object, row: int = 1) -> Edit:
    return lambda book: setattr(cell(book[sheet], label, row), "value", value)


def _set(sheet: str, label: str, name: str, value: object, row: int = 1) -> Edit:
    return lambda book: setattr(cell(book[sheet], label, row), name, value)


def noticed(content: bytes) -> list[str]:
    """The notices of a workbook that holds the base plan, as "NT006 Sheet!A1"."""
    document = read("plan.xlsx", content)
    assert without_order(read_plan(document)) == BASE
    return places(document.notices)


def refused(content: bytes) -> list[str]:
    return places(problems(lambda: read_plan(read("plan.xlsx", content))))


def _hidden_rows(book: Book) -> None:
    book[PEOPLE].row_dimensions[5].hidden = book[PEOPLE].row_dimensions[6].hidden = True


def _filtered(book: Book) -> None:
    book[PEOPLE].auto_filter.ref = "A3:J8"
    book[PEOPLE].auto_filter.add_filter_column(4, ["đại biểu dự đại hội"])
    book[PEOPLE].row_dimensions[6].hidden = True


def _grouped_columns(book: Book) -> None:
    book[PEOPLE].column_dimensions.group("E", "F", hidden=True)


def _white_on_white(book: Book) -> None:
    cell(book[PEOPLE], "Họ và tên", 2).font = Font(color="FFFFFFFF")


def _same_colour(book: Book) -> None:
    found = cell(book[PEOPLE], "Họ và tên", 2)
    found.font, found.fill = Font(color="FF102030"), PatternFill("solid", start_color="FF112233")


def _icons(book: Book) -> None:
    rule = IconSetRule("3Symbols", "num", [0, 1, 2], showValue=False)
    book[RESULTS].conditional_formatting.add("D4:D9", rule)


def _conditional_text(book: Book) -> None:
    style = DifferentialStyle(numFmt=NumberFormat(numFmtId=200, formatCode='"x"'))
    book[PEOPLE].conditional_formatting.add("G4:G9", Rule(type="expression", formula=["TRUE"], dxf=style))


YEAR_END, MID_TERM = "Dự phần tổng kết năm", "Dự phần sơ kết giữa nhiệm kỳ"
BLACK, YELLOW = PatternFill("solid", start_color="FF000000"), PatternFill("solid", start_color="FFFFFF00")


def _aligned(*labels: str, row: int = 4, **alignment: Any) -> Edit:
    def edit(book: Book) -> None:
        for label in labels:
            cell(book[PEOPLE], label, row).alignment = Alignment(**alignment)

    return edit


def _crossed(label: str, row: int = 4) -> Edit:
    return _set(PEOPLE, label, "border", Border(diagonalDown=True, diagonal=Side("thin")), row)


def _each(*edits: Edit) -> Edit:
    def edit(book: Book) -> None:
        for each in edits:
            each(book)

    return edit


def _conditional(**style: Any) -> Edit:
    rule = Rule(type="expression", formula=["TRUE"], dxf=DifferentialStyle(**style))
    return lambda book: book[PEOPLE].conditional_formatting.add("C4:H9", rule)


def _scaled(*colours: str) -> Edit:
    rule = ColorScaleRule("min", start_color=colours[0], end_type="max", end_color=colours[1])
    return lambda book: book[PEOPLE].conditional_formatting.add("C4:H9", rule)


def _print(areas: str) -> Edit:
    return lambda book: setattr(book[PEOPLE], "print_area", areas)


def _head(text: str, where: str = "oddHeader") -> Edit:
    return lambda book: setattr(getattr(book[PEOPLE], where).center, "text", text)


HIDDEN: dict[str, tuple[Edit, list[str]]] = {
    "rows outside the print area": (_print("A1:I6"), ["NT006 Thành phần!B7"]),
    "columns outside the print area": (_print("A1:F9 I1:I9"), ["NT006 Thành phần!G4"]),
    "a row as low as a line": (
        lambda book: setattr(book[PEOPLE].row_dimensions[5], "height", 4),
        ["NT006 Thành phần!B5"],
    ),
    "rows low by themselves": (
        lambda book: setattr(book[PEOPLE].sheet_format, "defaultRowHeight", 1),
        ["NT006 Thành phần!B4"],
    ),
    "a picture above pages": (_head("&G"), ["NT008 Thành phần!A1"]),
    "a name far from its edge": (_aligned("Họ và tên", row=2, indent=9), ["NT006 Thành phần!C5"]),
    "a name behind many blanks": (_put(PEOPLE, "Họ và tên", " " * 20 + "Trần Thị Hoa", 2), ["NT006 Thành phần!C5"]),
    "a name behind empty lines": (_put(PEOPLE, "Họ và tên", "\n" * 4 + "Trần Thị Hoa", 2), ["NT006 Thành phần!C5"]),
    "a name whose end is far": (_put(PEOPLE, "Họ và tên", f"Trần Thị{' ' * 90}Hoa", 2), ["NT006 Thành phần!C5"]),
    "a name whose end is lines below": (
        _put(PEOPLE, "Họ và tên", f"Trần Thị{chr(10) * 9}Hoa", 2),
        ["NT006 Thành phần!C5"],
    ),
    "a name whose end is behind what nobody sees": (
        _put(PEOPLE, "Họ và tên", "Trần Thị " + "\u3164" * 50 + " Hoa", 2),
        ["NT006 Thành phần!C5"],
    ),
    "a name before blanks that push it away": (
        _each(
            _put(PEOPLE, "Họ và tên", "Trần Thị Hoa" + " " * 90, 2), _aligned("Họ và tên", row=2, horizontal="right")
        ),
        ["NT006 Thành phần!C5"],
    ),
    "a coloured cell for a mark": (_set(PEOPLE, MID_TERM, "fill", YELLOW, 4), ["NT008 Thành phần!H7"]),
    "rows": (_hidden_rows, ["NT006 Thành phần!B5"]),
    "filtered rows": (_filtered, ["NT006 Thành phần!B6"]),
    "a flat row": (lambda book: setattr(book[PEOPLE].row_dimensions[5], "height", 0.75), ["NT006 Thành phần!B5"]),
    "columns": (_grouped_columns, ["NT006 Thành phần!E4"]),
    "a narrow column": (
        lambda book: setattr(book[PEOPLE].column_dimensions["E"], "width", 0.1),
        ["NT006 Thành phần!E4"],
    ),
    "a sheet": (lambda book: setattr(book[RESULTS], "sheet_state", "hidden"), ["NT006 Kết quả!B4"]),
    "a very hidden sheet": (lambda book: setattr(book[RESULTS], "sheet_state", "veryHidden"), ["NT006 Kết quả!B4"]),
    "white text": (_white_on_white, ["NT006 Thành phần!C5"]),
    "text in the colour of its ground": (_same_colour, ["NT006 Thành phần!C5"]),
    "tiny text": (_set(PEOPLE, "Họ và tên", "font", Font(size=1), 2), ["NT006 Thành phần!C5"]),
    "struck text": (_set(PEOPLE, "Họ và tên", "font", Font(strike=True), 2), ["NT006 Thành phần!C5"]),
    "a format that shows nothing": (
        _set(PEOPLE, "Họ và tên", "number_format", ";;;", 2),
        ["NT006 Thành phần!C5"],
    ),
    "a count in a format that shows nothing": (
        _set(RESULTS, "Số chỉ tiêu", "number_format", ";;;"),
        ["NT006 Kết quả!D4"],
    ),
}

OTHERWISE: dict[str, tuple[Edit, list[str]]] = {
    "a count in literal digits": (_set(RESULTS, "Số chỉ tiêu", "number_format", '"15"'), ["NT007 Kết quả!D4"]),
    "a count in per cent": (_set(RESULTS, "Số chỉ tiêu", "number_format", "0%"), ["NT007 Kết quả!D4"]),
    "a day alone": (_set(PROGRAMME, "Bắt đầu", "number_format", "dd/mm/yyyy"), ["NT007 Chương trình!B4"]),
    "an hour alone": (_set(PROGRAMME, "Kết thúc", "number_format", "hh:mm"), ["NT007 Chương trình!C4"]),
    "no year": (_set(PROGRAMME, "Bắt đầu", "number_format", "d-mmm hh:mm"), ["NT007 Chương trình!B4"]),
    "another year": (_set(PROGRAMME, "Bắt đầu", "number_format", "dd/mm/2016 hh:mm"), ["NT007 Chương trình!B4"]),
    "the month first": (_set(PROGRAMME, "Bắt đầu", "number_format", "mm/dd/yyyy hh:mm"), ["NT007 Chương trình!B4"]),
    "a mark repeated": (_aligned(YEAR_END, horizontal="fill"), ["NT007 Thành phần!G7"]),
    "a name over the cell beside it": (
        _aligned("Họ và tên", "Số thẻ đảng viên", horizontal="centerContinuous"),
        ["NT007 Thành phần!C7"],
    ),
    "icons in place of values": (_icons, ["NT007 Kết quả!D4"]),
    "conditional white": (_conditional(font=Font(color="FFFFFFFF")), ["NT007 Thành phần!C4"]),
    "a conditional black ground": (_conditional(fill=PatternFill(bgColor="FF000000")), ["NT007 Thành phần!C4"]),
    "a conditional ground without a colour": (
        _conditional(fill=PatternFill("solid", bgColor="00000000")),
        ["NT007 Thành phần!C4"],
    ),
    "a conditional ground of the first colour, as other programs write it": (
        _conditional(fill=PatternFill(bgColor="01000000")),
        ["NT007 Thành phần!C4"],
    ),
    "a conditional dark ground": (
        _conditional(fill=PatternFill("solid", end_color="FF203040")),
        ["NT007 Thành phần!C4"],
    ),
    "a conditional line through": (_conditional(font=Font(strike=True)), ["NT007 Thành phần!C4"]),
    "a scale of colours from black": (_scaled("FF000000", "FFFFFFFF"), ["NT007 Thành phần!C4"]),
    "conditional text": (_conditional_text, ["NT007 Thành phần!G4"]),
}


@pytest.mark.parametrize(("edit", "told"), [*HIDDEN.values(), *OTHERWISE.values()], ids=[*HIDDEN, *OTHERWISE])
def test_what_is_hidden_or_shows_otherwise_is_read_and_named(edit: Edit, told: list[str]) -> None:
    assert noticed(base_book(edit)) == told


DRAWN: dict[str, tuple[Edit, str]] = {
    "a mark filled over the cell beside it": (_aligned(YEAR_END, MID_TERM, horizontal="fill"), "G7"),
    "a mark between two cells": (_aligned(YEAR_END, MID_TERM, horizontal="centerContinuous"), "G7"),
    "a word that reaches over a cell for a mark": (
        _each(
            _aligned("Đủ điều kiện tham dự", YEAR_END, horizontal="centerContinuous"), _put(PEOPLE, YEAR_END, None, 4)
        ),
        "F7",
    ),
    "a mark far from its edge": (_aligned(YEAR_END, indent=6), "G7"),
    "a mark behind many blanks": (_put(PEOPLE, YEAR_END, " " * 15 + "x", 4), "G7"),
    "a mark behind empty lines": (_put(PEOPLE, YEAR_END, "\n" * 4 + "x", 4), "G7"),
    "lines in place of a mark": (_crossed(MID_TERM), "H7"),
    "lines through a mark": (_crossed(YEAR_END), "G7"),
    "lines through a name": (_crossed("Họ và tên"), "C7"),
    "black in place of a mark": (_set(PEOPLE, MID_TERM, "fill", BLACK, 4), "H7"),
    "dark blue in place of a mark": (
        _set(PEOPLE, MID_TERM, "fill", PatternFill("solid", start_color="FF1F3864"), 4),
        "H7",
    ),
    "a hatch in place of a mark": (_set(PEOPLE, MID_TERM, "fill", PatternFill("darkUp"), 4), "H7"),
}


@pytest.mark.parametrize(("edit", "at"), DRAWN.values(), ids=DRAWN)
def test_what_may_be_a_mark_of_another_cell_or_one_of_no_letter_is_told(edit: Edit, at: str) -> None:
    assert refused(base_book(edit)) == [f"PL002 Thành phần!{at}"]


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Tư cách tham dự", "cán bộ chủ chốt?"),
        ("Tư cách tham dự", "≠ cán bộ chủ chốt"),
        ("Đủ điều kiện tham dự", "☐ có"),
        ("Dự phần sơ kết giữa nhiệm kỳ", "không?"),
    ],
)
def test_an_answer_that_is_not_sure_is_told(label: str, said: str) -> None:
    assert [told.partition("!")[0] for told in refused(base_book(_put(PEOPLE, label, said)))] == ["PL002 Thành phần"]


def test_a_tick_before_an_answer_leaves_it_sure() -> None:
    assert plan_in(base_book(_put(PEOPLE, "Đủ điều kiện tham dự", "☑ có."))).participants[0].eligible


HEADS = {
    "another value of a field": _head('&"Arial,Bold"&14Nhiệm kỳ: 2020-2025'),
    "another value of a field at the foot": _head("&KFF0000Địa điểm: Hội trường huyện", "oddFooter"),
    "a row": _head("p77\tNgười Lạ\tđại biểu dự đại hội\tx"),
    "a row apart by blanks": _head("trang 1\np77   Người Lạ   đại biểu dự đại hội   x", "evenFooter"),
    "a row over all three parts": _head("p77&RNgười Lạ; đại biểu dự đại hội; x"),
}


@pytest.mark.parametrize("edit", HEADS.values(), ids=HEADS)
def test_what_looks_like_the_plan_above_or_below_pages_is_told(edit: Edit) -> None:
    assert refused(base_book(edit)) == ["PL002 Thành phần!A1"]


@pytest.mark.parametrize(
    ("areas", "cells"),
    [
        ("'Thành phần'!$A$1:$I$9", [((1, 1), (9, 9))]),
        ("'A, B!'!$A$1:$B$2,'A, B!'!$D$4", [((1, 1), (2, 2)), ((4, 4), (4, 4))]),
        ("A!$A:$C", [((1, 1), (1_048_576, 3))]),
        ("A!$2:$9", [((2, 1), (9, 16_384))]),
        ("OFFSET(A1,0,0,COUNTA(A:A),9)", []),
        ("", []),
        ("A!#REF!", None),
    ],
)
def test_a_print_area_is_known_by_the_cells_that_it_names(areas: str, cells: list[Any] | None) -> None:
    assert printed(areas) == cells


def _striped(book: Book) -> None:
    for found in book[PEOPLE][7]:
        found.fill = YELLOW


def _void_column(book: Book) -> None:
    for row in range(1, 6):
        cell(book[PEOPLE], "Thay cho đại biểu", row).fill = BLACK
        cell(book[PEOPLE], "Thay cho đại biểu", row).border = Border(diagonalDown=True, diagonal=Side("thin"))


def _crossed_rest(book: Book) -> None:
    for found in book[PEOPLE]["A12:J20"]:
        for each in found:
            each.border, each.fill = Border(diagonalDown=True, diagonal=Side("thin")), BLACK
    book[PEOPLE]["A12"] = 9


PLAIN: dict[str, Edit] = {
    "all in the print area": _print("A1:Z99"),
    "conditional red on light red": _conditional(
        font=Font(color="FF9C0006"), fill=PatternFill("solid", end_color="FFFFC7CE")
    ),
    "a conditional yellow ground": _conditional(fill=PatternFill("solid", end_color="FFFFFF00")),
    "a scale of light colours": _scaled("FFF8696B", "FF63BE7B"),
    "names and numbers above pages": _head('&"Times New Roman,Bold"&12Đảng bộ xã Phú Túc, trang &P/&N'),
    "a field as it was read above pages": _head("Nhiệm kỳ: 2015-2020"),
    "a row in one colour": _striped,
    "a column that nobody fills in": _void_column,
    "the empty rows crossed out": _crossed_rest,
    "blanks behind a name": _put(PEOPLE, "Họ và tên", "Trần Thị Hoa" + " " * 40, 2),
    "a small indent": _aligned("Họ và tên", YEAR_END, indent=2),
    "a mark in the middle": _aligned(YEAR_END, horizontal="center"),
    "a list in lines": _each(_put(PEOPLE, "Họ và tên", "Trần\n\nThị\nHoa", 2)),
    "lines that are not drawn": _set(PEOPLE, MID_TERM, "border", Border(diagonalDown=True, diagonal=Side(None)), 4),
}


@pytest.mark.parametrize("edit", PLAIN.values(), ids=PLAIN)
def test_what_says_nothing_is_not_told(edit: Edit) -> None:
    assert noticed(base_book(edit)) == []


def test_an_untouched_form_has_nothing_to_be_known() -> None:
    assert noticed(base_book()) == []


def test_what_is_hidden_and_holds_nothing_is_not_named() -> None:
    def hide(book: Book) -> None:
        book[PEOPLE].row_dimensions[60].hidden = True
        book[PEOPLE].column_dimensions["Z"].hidden = True
        book.create_sheet("Trống").sheet_state = "hidden"

    assert noticed(base_book(hide)) == []


# Formulas


def _with_formula(sheet: str, label: str, formula: str, attributes: str = "") -> bytes:
    """The base workbook with a formula in a cell, whose value stays as it is."""
    content = base_book()
    book = openpyxl.load_workbook(BytesIO(content))
    at = cell(book[sheet], label).coordinate
    part = f"xl/worksheets/sheet{book.sheetnames.index(sheet) + 1}.xml"

    def change(name: str, old: bytes) -> bytes:
        if name != part:
            return old
        before, _, after = old.partition(f'<c r="{at}"'.encode())
        opened, _, rest = after.partition(b">")
        return before + f'<c r="{at}"'.encode() + opened + b">" + f"<f{attributes}>{formula}</f>".encode() + rest

    return parts_changed(content, change)


@pytest.mark.parametrize(
    ("sheet", "label", "formula", "attributes"),
    [
        (PROGRAMME, "Bắt đầu", "DATE(2017,12,28)+TIME(7,30,0)", ""),
        (RESULTS, "Số chỉ tiêu", "6*2", ' t="shared" ref="D4:D5" si="0"'),
        (RESULTS, "Số chỉ tiêu", "6*2", ' t="array" ref="D4"'),
    ],
)
def test_a_formula_for_a_time_or_a_count_is_named(sheet: str, label: str, formula: str, attributes: str) -> None:
    (told,) = noticed(_with_formula(sheet, label, formula, attributes))
    assert told.startswith("NT007")


@pytest.mark.parametrize(
    "formula",
    [
        "NOW()",
        "TODAY()+0.3125",
        "RANDBETWEEN(1,9)",
        "[1]Sheet1!A1",
        "'[2]Trang 1'!A1",
        "cmd|'/c calc'!A1",
        'WEBSERVICE("http://x")',
        'IF(A1="",now(),B1)',
    ],
)
def test_a_formula_that_changes_by_itself_or_looks_elsewhere_is_told_at_its_cell(formula: str) -> None:
    assert refused(_with_formula(RESULTS, "Số chỉ tiêu", formula)) == ["PL002 Kết quả!D4"]


def test_a_formula_that_follows_one_that_changes_by_itself_is_told() -> None:
    content = _with_formula(RESULTS, "Số chỉ tiêu", "6*2")

    def change(name: str, old: bytes) -> bytes:
        if name != "xl/worksheets/sheet8.xml":
            return old
        return old.replace(b"</sheetData>", b'<row r="9"><c r="A9"><f>TODAY()</f><v>43097</v></c></row></sheetData>')

    assert refused(parts_changed(content, change)) == ["PL002 Kết quả!D4"]


def test_a_name_that_changes_by_itself_is_told() -> None:
    content = _with_formula(RESULTS, "Số chỉ tiêu", "HomNay+1")

    def change(name: str, old: bytes) -> bytes:
        if name != "xl/workbook.xml":
            return old
        return old.replace(b"<definedNames>", b'<definedNames><definedName name="HomNay">TODAY()</definedName>')

    assert refused(parts_changed(content, change)) == ["PL002 Kết quả!D4"]


# Cells as programs write them


def _cell_written(sheet: str, label: str, written: str, attributes: str) -> bytes:
    """The base workbook with a cell written as given, its style as it was."""
    content = base_book()
    book = openpyxl.load_workbook(BytesIO(content))
    found = cell(book[sheet], label)
    part = f"xl/worksheets/sheet{book.sheetnames.index(sheet) + 1}.xml"

    def change(name: str, old: bytes) -> bytes:
        if name != part:
            return old
        before, _, after = old.partition(f'<c r="{found.coordinate}"'.encode())
        style = after.partition(b's="')[2].partition(b'"')[0].decode()
        rest = after.partition(b"</c>")[2]
        return before + f'<c r="{found.coordinate}" s="{style}"{attributes}>{written}</c>'.encode() + rest

    return parts_changed(content, change)


@pytest.mark.parametrize(
    "written",
    ["2017-12-28T07:30:00", "2017-12-28T07:30", "2017-12-28 07:30:00.000"],
)
def test_a_date_in_the_manner_of_iso_is_a_date(written: str) -> None:
    assert noticed(_cell_written(PROGRAMME, "Bắt đầu", f"<v>{written}</v>", ' t="d"')) == []


@pytest.mark.parametrize("written", ["2017-12-28T07:30:00Z", "2017-13-28T07:30:00", "hôm nay"])
def test_what_is_no_local_time_in_the_manner_of_iso_is_told(written: str) -> None:
    assert refused(_cell_written(PROGRAMME, "Bắt đầu", f"<v>{written}</v>", ' t="d"')) == ["PL002 Chương trình!B4"]


@pytest.mark.parametrize("number", ["-1", "2958466", "2958465.9999999", "1e300", "1e999", "1e4000"])
def test_a_number_that_is_no_day_is_told(number: str) -> None:
    assert "PL002 Chương trình!B4" in refused(_cell_written(PROGRAMME, "Bắt đầu", f"<v>{number}</v>", ""))


@pytest.mark.parametrize("number", ["0.5", "59", "60", "2958465.5", "43097.99999999"])
def test_a_number_at_the_edge_of_a_day_is_told_or_read_and_no_crash(number: str) -> None:
    assert refused(_cell_written(PROGRAMME, "Bắt đầu", f"<v>{number}</v>", ""))


NAME = "Nguyễn Văn Bình"


@pytest.mark.parametrize(
    ("written", "attributes"),
    [
        (f"<is><t>{NAME}</t></is>", ' t="inlineStr"'),
        (f"<is><t>{NAME}_x000D_</t></is>", ' t="inlineStr"'),
        ("<is><t>Nguyễn Văn B_x00EC_nh</t></is>", ' t="inlineStr"'),
        ("<is><r><t>Nguyễn </t></r><r><rPr><b/></rPr><t>Văn Bình</t></r></is>", ' t="inlineStr"'),
        (f'<is><t>{NAME}</t><rPh sb="0" eb="1"><t>ngu</t></rPh><phoneticPr fontId="1"/></is>', ' t="inlineStr"'),
        (f"<v>{NAME}</v>", ' t="str"'),
        ("<v>Nguyễn <!-- x -->Văn Bình</v>", ' t="str"'),
        ("<v><![CDATA[Nguyễn Văn Bình]]></v>", ' t="str"'),
    ],
)
def test_a_text_is_the_same_however_it_is_written(written: str, attributes: str) -> None:
    assert noticed(_cell_written(PEOPLE, "Họ và tên", written, attributes)) == []


def test_a_struck_run_of_a_text_is_read_and_named() -> None:
    written = f"<is><r><rPr><strike/></rPr><t>{NAME}</t></r></is>"
    assert noticed(_cell_written(PEOPLE, "Họ và tên", written, ' t="inlineStr"')) == ["NT006 Thành phần!C4"]


@pytest.mark.parametrize(
    ("written", "attributes"),
    [
        ('<is><t/><rPh sb="0" eb="0"><t>x</t></rPh></is>', ' t="inlineStr"'),
        ('<is><r><t> </t></r><rPh sb="0" eb="0"><t>x</t></rPh></is>', ' t="inlineStr"'),
        ('<is><t>\u200b</t><rPh sb="0" eb="0"><t>x</t></rPh></is>', ' t="inlineStr"'),
        ('<is><t/><rPh sb="0" eb="0"><r><t>x</t></r></rPh></is>', ' t="inlineStr"'),
        ('<v/><is><t/><rPh sb="0" eb="0"><t>x</t></rPh></is>', ' t="str"'),
        ("<v>9999</v>", ' t="s"'),
        ("<v>-1</v>", ' t="s"'),
        ("<v>7</v>", ' t="b"'),
        ("<v>#VALUE!</v>", ' t="e" vm="1"'),
    ],
)
def test_a_cell_whose_content_is_not_there_is_told(written: str, attributes: str) -> None:
    assert refused(_cell_written(PEOPLE, "Dự phần tổng kết năm", written, attributes)) == ["PL002 Thành phần!G4"]


def test_an_escape_of_an_escape_is_itself_and_names_like_escapes_come_back() -> None:
    data = base_plan()
    data["participants"][0]["name"] = "A_x000D_ _x005F_ _x00e1_B"
    assert plan_in(book_of(data)).participants[0].name == data["participants"][0]["name"]


def test_a_row_or_a_cell_twice_is_damage() -> None:
    def twice(name: str, old: bytes) -> bytes:
        return old.replace(b'<row r="5"', b'<row r="4"', 1) if name == "xl/worksheets/sheet4.xml" else old

    assert [told.partition(" ")[0] for told in refused(parts_changed(base_book(), twice))] == ["PL006"]


@pytest.mark.parametrize("around", ["{}", "<any>{}</any>"])
def test_rows_in_another_place_for_rows_are_damage(around: str) -> None:
    """Some programs show the rows of both places, some those of the first."""
    row = b'<sheetData><row r="9"><c r="C9" t="inlineStr"><is><t>B</t></is></c></row></sheetData>'

    def more(name: str, old: bytes) -> bytes:
        if name != "xl/worksheets/sheet4.xml":
            return old
        return old.replace(b"</sheetData>", b"</sheetData>" + around.encode().replace(b"{}", row), 1)

    assert [told.partition(" ")[0] for told in refused(parts_changed(base_book(), more))] == ["PL006"]


def test_a_number_filled_up_with_zeros_is_read_as_it_shows() -> None:
    data = base_plan()
    data["participants"][0]["party_card"] = "00123456"

    def number(book: Book) -> None:
        found = cell(book[PEOPLE], "Số thẻ đảng viên")
        found.value, found.number_format = 123456, "00000000"

    assert plan_in(book_of(data, number)).participants[0].party_card == "00123456"


# Ticks


def _symbol(font: str, mark: str) -> Edit:
    def edit(book: Book) -> None:
        found = cell(book[PEOPLE], "Dự phần tổng kết năm")
        found.value, found.font = mark, Font(name=font)

    return edit


TICKS: dict[str, Edit] = {
    **{mark: _put(PEOPLE, "Dự phần tổng kết năm", mark) for mark in "xXvV×✓✔☑☒√✅🗸"},
    "TRUE": _put(PEOPLE, "Dự phần tổng kết năm", True),
    "có": _put(PEOPLE, "Dự phần tổng kết năm", "Có"),
    "Wingdings ü": _symbol("Wingdings", "ü"),
    "Wingdings þ": _symbol("Wingdings", "þ"),
    "Wingdings ý": _symbol("wingdings", "ý"),
    "Wingdings, private code": _symbol("Wingdings", "\uf0fe"),
    "Wingdings 2 P": _symbol("Wingdings 2", "P"),
    "Wingdings 2 R": _symbol("Wingdings 2", "R"),
    "Webdings a": _symbol("Webdings", "a"),
    "Marlett a": _symbol("Marlett", "a"),
    "Symbol radical": _symbol("Symbol", "Ö"),
}


@pytest.mark.parametrize("edit", TICKS.values(), ids=TICKS)
def test_a_tick_is_a_tick_however_it_is_made(edit: Edit) -> None:
    assert noticed(base_book(edit)) == []


@pytest.mark.long
@pytest.mark.parametrize(
    ("font", "mark"), [("Wingdings", "¨"), ("Wingdings", "o"), ("Wingdings 2", "£"), ("Webdings", "c")]
)
def test_an_empty_box_is_no_tick(font: str, mark: str) -> None:
    plan = read_plan(read("plan.xlsx", base_book(_symbol(font, mark))))
    assert len(plan.participants[0].parts) == 1


@pytest.mark.parametrize(
    ("font", "mark"), [("Wingdings", "J"), ("Wingdings", "û"), ("Webdings", "r"), ("Wingdings", "Có")]
)
def test_a_symbol_that_may_mean_anything_is_told(font: str, mark: str) -> None:
    assert refused(base_book(_symbol(font, mark))) == ["PL002 Thành phần!G4"]


# What lies over cells

OVER: dict[str, tuple[Any, str]] = {
    "a text box": (anchor((4, 6), (5, 7), SHAPE), "G5"),
    "a picture": (anchor((4, 6), (5, 7), "<xdr:pic/>"), "G5"),
    "a group": (anchor((4, 6), (5, 7), "<xdr:grpSp><xdr:pic/></xdr:grpSp>"), "G5"),
    "a line across a row": (anchor((4, 1), (4, 9), "<xdr:cxnSp/>"), "B5"),
    "a chart": (anchor((4, 6), (30, 12), "<xdr:graphicFrame/>"), "G5"),
    "ink": (anchor((4, 6), (5, 7), '<xdr:contentPart xmlns:xdr14="x"/>'), "G5"),
    "a picture from above the table": (anchor((0, 0), (4, 2), "<xdr:pic/>"), "B4"),
    "a picture below the last row": (anchor((8, 2), (9, 3), "<xdr:pic/>"), "C9"),
    "a picture of one anchor": (
        "<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>0</xdr:row></xdr:from>"
        '<xdr:ext cx="900000" cy="3000000"/><xdr:pic/></xdr:oneCellAnchor>',
        "C4",
    ),
    "a picture without an anchor": (
        '<xdr:absoluteAnchor><xdr:pos x="3000000" y="1500000"/><xdr:ext cx="900000" cy="900000"/><xdr:pic/>'
        "</xdr:absoluteAnchor>",
        "C5",
    ),
}


@pytest.mark.parametrize(("anchors", "at"), OVER.values(), ids=OVER)
def test_what_lies_over_a_table_is_told_at_its_cell(anchors: str, at: str) -> None:
    assert refused(drawn(base_book(), 4, anchors)) == [f"PL002 Thành phần!{at}"]


@pytest.mark.parametrize("anchors", [anchor((0, 0), (1, 2), "<xdr:pic/>"), anchor((4, 14), (9, 16), SHAPE)])
def test_what_lies_beside_the_tables_is_named(anchors: str) -> None:
    (told,) = noticed(drawn(base_book(), 4, anchors))
    assert told.startswith("NT008 Thành phần")


def test_what_has_no_size_says_nothing() -> None:
    assert noticed(drawn(base_book(), 4, anchor((4, 6), (4, 6), "<xdr:sp/>") * 3000)) == []


def test_a_real_picture_over_a_table_is_told(tmp_path: Any) -> None:
    pixel = (
        "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
        "0000000049454e44ae426082"
    )
    file = tmp_path / "tick.png"
    file.write_bytes(bytes.fromhex(pixel))

    def paste(book: Book) -> None:
        picture = Image(str(file))
        picture.width = picture.height = 16
        book[PEOPLE].add_image(picture, "H5")

    pytest.importorskip("PIL")
    assert refused(base_book(paste)) == ["PL002 Thành phần!H5"]


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("Checkbox", "<x:Checked>1</x:Checked>"),
        ("Checkbox", ""),
        ("Radio", "<x:Checked>1</x:Checked>"),
        ("Pict", ""),
        ("Drop", ""),
        ("Checkbox", "<x:Checked>1</x:Checked><x:FmlaLink>$Z$99</x:FmlaLink>"),
    ],
)
def test_a_control_over_a_table_is_told_at_its_cell(kind: str, more: str) -> None:
    assert refused(controlled(base_book(), 4, kind, (4, 6), more)) == ["PL002 Thành phần!G5"]


def _box(value: bool, ticked: bool) -> bytes:
    """A check box over G5 that is linked to that cell."""
    more = f"<x:FmlaLink>$G$5</x:FmlaLink>{'<x:Checked>1</x:Checked>' * ticked}"
    content = controlled(base_book(), 4, "Checkbox", (4, 6), more)

    def change(name: str, old: bytes) -> bytes:
        if name != "xl/worksheets/sheet4.xml":
            return old
        before, _, after = old.partition(b'<c r="G5"')
        return before + f'<c r="G5" t="b"><v>{int(value)}</v></c>'.encode() + after.partition(b"</c>")[2]

    return parts_changed(content, change)


def test_a_check_box_is_read_by_the_cell_below_that_it_is_linked_to() -> None:
    assert noticed(_box(True, True)) == []
    assert len(read_plan(read("plan.xlsx", _box(False, False))).participants[1].parts) == 1
    assert refused(_box(False, True)) == refused(_box(True, False)) == ["PL002 Thành phần!G5"]


def test_a_control_that_only_the_sheet_lists_is_told() -> None:
    corners = anchor((4, 6), (5, 7), "").replace("xdr:", "").replace("twoCellAnchor", "anchor")
    element = (
        '<controls xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><control r:id="rIdTest1">'
        f"<controlPr>{corners}</controlPr></control></controls>"
    )
    for content in ('<formControlPr objectType="CheckBox" checked="Checked"/>', '<ax:ocx xmlns:ax="x"/>'):
        made = with_parts(base_book(), 4, element, {"xl/ctrlProps/ctrlProp9.xml": ("ctrlProp", content)})
        assert refused(made) == ["PL002 Thành phần!G5"]


def test_comments_are_named_but_not_those_of_the_form() -> None:
    def remark(book: Book) -> None:
        cell(book[PEOPLE], "Họ và tên", 4).comment = Comment("Hỏi lại anh Ba", "Văn phòng")

    assert noticed(base_book(remark)) == ["NT008 Thành phần!C7"]


# Sheets


def test_a_sheet_of_charts_is_named() -> None:
    book = openpyxl.load_workbook(BytesIO(base_book()))
    book.create_chartsheet("Biểu đồ").add_chart(openpyxl.chart.BarChart())
    content = BytesIO()
    book.save(content)
    assert noticed(content.getvalue()) == ["NT008 Biểu đồ!None"]


def test_a_sheet_that_is_not_there_is_damage() -> None:
    def lose(name: str, old: bytes) -> bytes:
        return (
            old.replace(b"/xl/worksheets/sheet4.xml", b"/xl/worksheets/sheet44.xml")
            if name.endswith("workbook.xml.rels")
            else old
        )

    assert [told.partition(" ")[0] for told in refused(parts_changed(base_book(), lose))] == ["PL006"]


def test_what_a_merged_cell_covers_is_told() -> None:
    def cover(name: str, old: bytes) -> bytes:
        merged = b'</sheetData><mergeCells count="1"><mergeCell ref="C4:C5"/></mergeCells>'
        return old.replace(b"</sheetData>", merged) if name == "xl/worksheets/sheet4.xml" else old

    assert refused(parts_changed(base_book(), cover)) == ["PL002 Thành phần!C5"]


def test_days_since_1904_are_named() -> None:
    def change(book: Book) -> None:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    assert noticed(base_book(change)) == ["NT007 Chương trình!B4"]


def test_a_date_is_the_last_that_there_is_without_a_crash() -> None:
    found = refused(base_book(_put(PROGRAMME, "Bắt đầu", datetime(9999, 12, 31, 23, 59, 59))))
    assert found[0] == "PL002 Chương trình!B4"


# What stands where nothing of the form does


def _in_sheet(name: str, *rows: list[object]) -> Edit:
    def edit(book: Book) -> None:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)

    return edit


def _beside(sheet: str, row: int, column: int, *values: object) -> Edit:
    def edit(book: Book) -> None:
        for number, value in enumerate(values, column):
            book[sheet].cell(row, number).value = value

    return edit


ASTRAY: dict[str, tuple[Edit, str]] = {
    "a person without headings": (_in_sheet("Thêm", [6, "Hồ Thị Mới", "cán bộ chủ chốt"]), "PL002 Thêm!A1"),
    "a person with a mark": (_in_sheet("Thêm", ["p9", "Hồ Thị Mới", None, "x"]), "PL002 Thêm!A1"),
    "a session": (
        _in_sheet("Thêm", [datetime(2017, 12, 29, 7, 30), datetime(2017, 12, 29, 9, 30), "tổng kết năm"]),
        "PL002 Thêm!A1",
    ),
    "a name alone, as of a ballot": (_in_sheet("Thêm", ["Trần Thị Hoa"], ["Lê Văn Sáu"]), "PL002 Thêm!A1"),
    "a copied sheet, whatever it says": (_in_sheet("Thành phần (2)", ["Hồ Thị Mới"]), "PL002 Thành phần (2)!A1"),
    "a row far beside its table": (
        _beside(PEOPLE, 5, 20, "p9", "Hồ Thị Mới", "cán bộ chủ chốt"),
        "PL002 Thành phần!T5",
    ),
    "a row slipped into the serial numbers": (_beside(RESULTS, 5, 1, "nghị quyết"), "PL002 Kết quả!A5"),
    "a column whose heading is lost": (_put(COMMITTEES, "Mã cấp ủy", None, 0), "PL002 Cấp ủy!B4"),
    "a field below a table": (_beside(RESULTS, 20, 12, "Nhiệm kỳ", "2010-2015"), "PL002 Kết quả!L20"),
}


@pytest.mark.parametrize(("edit", "told"), ASTRAY.values(), ids=ASTRAY)
def test_what_looks_like_the_plan_and_stands_nowhere_is_told(edit: Edit, told: str) -> None:
    assert told in refused(base_book(edit))


NO_PART: dict[str, tuple[Edit, list[str]]] = {
    "a sheet of one's own": (
        _in_sheet("Phân công", ["Nguyễn Văn Bình", "phụ trách chung"], ["Nơi nhận"]),
        ["NT008 Phân công!A1"],
    ),
    "a list to choose from": (
        _in_sheet("Danh mục", ["đại biểu dự đại hội"], ["cán bộ chủ chốt"]),
        ["NT008 Danh mục!A1"],
    ),
    "a remark beside a row": (_beside(PEOPLE, 5, 12, "đã duyệt"), ["NT008 Thành phần!L5"]),
    "words above a table": (_beside(PEOPLE, 1, 8, "Bến Tre, ngày 20 tháng 12 năm 2017"), []),
    "rows numbered in another way": (_beside(PEOPLE, 4, 1, "I"), []),
}


@pytest.mark.parametrize(("edit", "told"), NO_PART.values(), ids=NO_PART)
def test_what_is_no_part_of_the_plan_is_named_at_most(edit: Edit, told: list[str]) -> None:
    assert noticed(base_book(edit)) == told


def _without_cells(*columns: str, row: int, style: str = "", of_row: str = "") -> Callable[[bytes], bytes]:
    """A sheet where the cells of these columns are not there in a row, which are styled as their columns or the row are."""

    def change(sheet: bytes) -> bytes:
        for column in columns:
            sheet = re.sub(rb'<c r="%b%d"[^>]*(?:/>|>.*?</c>)' % (column.encode(), row), b"", sheet)
            number = b'min="%d"' % (ord(column) - 64)
            sheet = sheet.replace(number, number + f' style="{style}"'.encode()) if style else sheet
        return sheet.replace(b'<row r="%d"' % row, f'<row r="{row}" {of_row}'.encode())

    return change


def _styled(**style: Any) -> tuple[bytes, str]:
    """The base plan with a style that no cell of the people has, and the number of that style."""

    def edit(book: Book) -> None:
        for name, value in style.items():
            setattr(book[PEOPLE]["Z1"], name, value)

    content = base_book(edit)
    with ZipFile(BytesIO(content)) as package:
        found = re.search(rb'<c r="Z1" s="(\d+)"', package.read("xl/worksheets/sheet4.xml"))
    assert found
    return content, found[1].decode()


def _in_people(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return parts_changed(content, lambda name, old: change(old) if name.endswith("sheet4.xml") else old)


def test_a_mark_that_shows_over_a_cell_which_looks_as_its_column_does_is_told() -> None:
    content, style = _styled(alignment=Alignment(horizontal="centerContinuous"))
    without = _without_cells("H", row=7, style=style)
    spread = b'<c r="G7" s="%b"' % style.encode()
    told = _in_people(content, lambda sheet: re.sub(rb'<c r="G7" s="\d+"', spread, without(sheet)))
    assert refused(told) == ["PL002 Thành phần!G7"]


@pytest.mark.parametrize("way", ["column", "row"])
def test_a_mark_that_the_style_of_a_column_or_row_draws_is_told(way: str) -> None:
    content, style = _styled(border=Border(diagonalDown=True, diagonal=Side("thin")))
    if way == "column":
        change = _without_cells("H", row=6, style=style)
    else:
        change = _without_cells("H", row=6, of_row=f's="{style}" customFormat="1"')
    assert refused(_in_people(content, change)) == ["PL002 Thành phần!H6"]


def test_what_one_workbook_was_known_by_says_nothing_of_another() -> None:
    """Styles and drawings that two workbooks have in common are looked into once; others are looked into anew."""
    plain, struck = base_book(), base_book(_set(PEOPLE, "Họ và tên", "font", Font(strike=True)))
    assert [noticed(plain), noticed(struck), noticed(plain), noticed(struck)] == [[], ["NT006 Thành phần!C4"]] * 2
    shape = drawn(base_book(), 4, anchor((3, 2), (4, 3), SHAPE))
    assert [noticed(plain), refused(shape), noticed(plain)] == [[], ["PL002 Thành phần!C4"], []]
