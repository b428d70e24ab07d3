"""What clerks write for short: the same plan and a notice where it can mean one thing, a problem where it can mean more."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import checker
from tests.command_line import EXAMPLES
from tests.forms import base_book, changed_book, document, form_problems, plan_in
from tests.layout import TABLES
from thamdinh.engine.base.problem import READ_AS
from thamdinh.engine.documents import read
from thamdinh.engine.forms import workbook
from thamdinh.engine.forms.layout import FormColumn
from thamdinh.engine.model.integrity import read_plan

Sheet = Any
BASE = plan_in(base_book())


def _find(label: str) -> tuple[str, FormColumn]:
    return next((table.sheet, column) for table in TABLES for column in table.columns if column.label == label)


def write(label: str, row: int, text: object) -> Callable[[Any], None]:
    """The edit that writes a text into a column, in a row of its table from 1."""
    sheet, _ = _find(label)

    def edit(book: Any) -> None:
        heading = next(cell for cell in book[sheet][3] if cell.value == label)
        book[sheet].cell(3 + row, heading.column).value = text

    return edit


def value(label: str, row: int) -> Any:
    """What stands there in the base plan."""
    found: list[Any] = []

    def look(book: Any) -> None:
        heading = next(cell for cell in book[_find(label)[0]][3] if cell.value == label)
        found.append(book[_find(label)[0]].cell(3 + row, heading.column).value)

    base_book(look)
    return found[0]


def notices(content: bytes) -> list[str]:
    return [notice.message.vi for notice in document(content).notices if notice.code == READ_AS]


NAME = value("Họ và tên", 2)


@pytest.mark.parametrize("title", ["Đ/c ", "đ/c: ", "Đ/C", "Đồng chí ", "ĐC. ", "Đ/c Đại tá ", "Bà "])
def test_titles_are_no_part_of_names(title: str) -> None:
    content = base_book(write("Họ và tên", 2, f"{title}{NAME}"))
    assert plan_in(content) == BASE
    assert notices(content) == ["Danh xưng, cấp bậc đứng trước họ tên không được tính vào tên: Thành phần!C5"]


def test_a_name_in_capitals_is_the_name() -> None:
    assert plan_in(base_book(write("Họ và tên", 2, NAME.upper()))) == BASE


@pytest.mark.parametrize("name", ["Ông Ích Khiêm", "Bà Hoa", "Anh Thư", "Đ/c", "Cô Ba Hoa"])
def test_what_may_be_a_name_stays_one(name: str) -> None:
    read: Any = document(base_book(write("Họ và tên", 2, name))).data
    assert read["participants"][1]["name"] == name


@pytest.mark.parametrize("mark", ["nt", "NT", "n.t", "như trên", "- nt -", '"', "″", "''", "〃"])
def test_ditto_marks_stand_for_what_is_above(mark: str) -> None:
    above = value("Tư cách tham dự", 1)
    written = plan_in(base_book(write("Tư cách tham dự", 2, above)))
    content = base_book(write("Tư cách tham dự", 2, mark))
    assert plan_in(content) == written
    assert notices(content) == ["“Như trên” (nt, ″) được đọc là nội dung của dòng ngay trên: Thành phần!E5"]


@pytest.mark.parametrize(
    ("label", "wrong"),
    [
        ("Tư cách tham dự", "dân quân"),
        ("Đủ điều kiện tham dự", "chắc"),
        ("Dự phần tổng kết năm", "có thể"),
        ("Thay cho đại biểu", "Nguyễn Văn Lạ"),
        ("Chức vụ trong cấp ủy", "trưởng thôn"),
    ],
)
def test_what_is_wrong_with_what_ditto_marks_stand_for_is_told_once(label: str, wrong: str) -> None:
    (problem,) = form_problems(base_book(write(label, 1, wrong)))
    (followed,) = form_problems(base_book(*(write(label, row, text) for row, text in enumerate((wrong, "nt", "″"), 1))))
    assert followed.place == problem.place
    assert followed.message.vi == f"{problem.message.vi} (2 ô ghi “như trên” ở dưới theo ô này)"
    assert followed.message.en == f"{problem.message.en} (the 2 cells with ditto marks below follow it)"


def test_what_is_wrong_in_another_cell_too_is_told_there_too() -> None:
    texts = enumerate(("dân quân", "nt", "dân quân"), 1)
    problems = form_problems(base_book(*(write("Tư cách tham dự", row, text) for row, text in texts)))
    assert [problem.place.cell for problem in problems] == ["E4", "E6"]
    assert ["theo ô này" in problem.message.vi for problem in problems] == [True, False]


def test_a_name_that_ditto_marks_do_not_give_is_told_where_they_stand() -> None:
    problems = form_problems(base_book(write("Tên cấp ủy", 1, "nt")))
    assert ["không rõ thay cho nội dung nào" in problem.message.vi for problem in problems] == [True]


@pytest.mark.parametrize(
    ("label", "row"), [("Họ và tên", 2), ("Số thẻ đảng viên", 2), ("Tư cách tham dự", 1), ("Mã cấp ủy viên", 2)]
)
def test_ditto_marks_that_stand_for_nothing_sure_are_told(label: str, row: int) -> None:
    problems = form_problems(base_book(write(label, row, "nt")))
    assert any("không rõ thay cho nội dung nào" in problem.message.vi for problem in problems)


@pytest.mark.parametrize(
    "row", [{1: "Tổng cộng"}, {1: "Tổng cộng", 4: 25}, {3: "Tổng số: 5 người"}, {3: "CỘNG", 4: 25}]
)
def test_totals_are_no_rows(row: dict[int, object]) -> None:
    def edit(book: Any) -> None:
        last = 4 + len(BASE.participants)
        for column, said in row.items():
            book["Thành phần"].cell(last, column).value = said

    content = base_book(edit)
    assert plan_in(content) == BASE


@pytest.mark.parametrize("shape", ["{}", "({})", "[{}]"])
@pytest.mark.parametrize("sheet", ["Thành phần", "Cấp ủy"])
def test_a_row_that_numbers_the_columns_is_no_row(sheet: str, shape: str) -> None:
    def edit(book: Any) -> None:
        book[sheet].insert_rows(4)
        for number, _ in enumerate(filter(None, (cell.value for cell in book[sheet][3])), 1):
            book[sheet].cell(4, number).value = shape.format(number)

    content = base_book(edit)
    assert plan_in(content) == BASE
    assert notices(content) == [f"Dòng đánh số cột không được đọc là một dòng của bảng: {sheet}!A4"]


@pytest.mark.parametrize("row", ["ABC123456", "A12345678", "abcdefg12", "23456789"])
def test_a_row_may_count_columns_by_letters_too(row: str) -> None:
    def edit(book: Any) -> None:
        book["Thành phần"].insert_rows(4)
        for number, mark in enumerate(row, 1 if len(row) == 9 else 2):
            book["Thành phần"].cell(4, number).value = mark

    assert plan_in(base_book(edit)) == BASE


def _rows(sheet: str, row: int, *lines: dict[str, object]) -> Callable[[Any], None]:
    """The edit that puts rows in before a row of a sheet, each by the letters of its columns; row 0 is that below the last."""

    def edit(book: Any) -> None:
        shown = book[sheet]
        first = row or shown.max_row + 1
        shown.insert_rows(first, len(lines))
        for number, line in enumerate(lines, first):
            for letter, said in line.items():
                shown[f"{letter}{number}"].value = said

    return edit


SIGNATURES: dict[str, tuple[dict[str, object], ...]] = {
    "signed": ({"C": "T/M BAN THƯỜNG VỤ"}, {"C": "BÍ THƯ"}, {"C": "(Ký tên, đóng dấu)"}, {}, {"C": "Trần Văn Bình"}),
    "recipients": ({"B": "Nơi nhận:"}, {"B": "- Huyện ủy Châu Thành (02 bản);"}, {"B": "- Lưu VPĐU."}),
    "both": (
        {"A": "Nơi nhận:", "E": "TM. ĐẢNG ỦY"},
        {"A": "- Như trên;", "E": "KT. BÍ THƯ"},
        {"A": "- Lưu: VT.", "E": "PHÓ BÍ THƯ"},
        {"E": "Trần Văn Bình"},
    ),
    "whoever made it": (
        {"E": "Phú Túc, ngày 20 tháng 12 năm 2017"},
        {"C": "Bí thư", "E": "NGƯỜI LẬP BIỂU"},
        {"C": "Trần Văn Bình", "E": "Lê Văn Sáu"},
    ),
}


@pytest.mark.parametrize("merged", [False, True])
@pytest.mark.parametrize("lines", SIGNATURES.values(), ids=SIGNATURES)
@pytest.mark.parametrize("sheet", ["Thành phần", "Cấp ủy", "Lấy phiếu tín nhiệm", "Kết quả"])
def test_recipients_and_signatures_below_a_table_are_no_rows(
    sheet: str, lines: tuple[dict[str, object], ...], merged: bool
) -> None:
    def edit(book: Any) -> None:
        first = book[sheet].max_row + 1
        _rows(sheet, 0, *lines)(book)
        for number in range(first, book[sheet].max_row + 1) if merged else ():
            book[sheet].merge_cells(f"C{number}:D{number}")

    content = base_book(edit)
    assert plan_in(content) == BASE
    told = [notice.message.vi for notice in document(content).notices]
    assert any(said.startswith(("Phần nơi nhận, ký tên dưới bảng", "Dòng không thuộc mẫu")) for said in told)


@pytest.mark.parametrize(
    "row",
    [
        {"C": "Lê Thị Mới", "E": "cán bộ chủ chốt"},
        {"C": "Lê Thị Mới", "G": "x"},
        {"C": "Lê Thị Mới", "D": "83.000999"},
        {"C": "Lê Thị Mới", "E": 5},
    ],
)
def test_a_row_below_a_signature_is_a_row_all_the_same(row: dict[str, object]) -> None:
    content = base_book(_rows("Thành phần", 0, {"C": "T/M ĐẢNG ỦY"}, {"C": "BÍ THƯ"}, row))
    told = [problem.place.cell for problem in form_problems(content)]
    assert {"E9", "E10"} <= set(told)
    assert not any("ký tên" in said for said in notices(content))


def test_who_is_named_above_a_signature_is_in_the_table() -> None:
    content = base_book(
        _rows("Thành phần", 0, {"C": "Lê Thị Mới"}, {"C": "(Ký, ghi rõ họ tên)"}, {"C": "Trần Văn Bình"})
    )
    assert [problem.place.cell for problem in form_problems(content)] == ["E9"]


@pytest.mark.parametrize("column", ["B", "C"])
@pytest.mark.parametrize(
    "title",
    [
        "I. Đại biểu đương nhiên",
        "* Khách mời",
        "II- KHÁCH MỜI (05 đồng chí)",
        "1. Các đồng chí cán bộ chủ chốt:",
        "A. ĐẠI BIỂU",
        "- Khối Đảng ủy",
        "Chi bộ ấp 1",
    ],
)
def test_a_title_of_a_group_is_no_row(title: str, column: str) -> None:
    for line in ({column: title}, {"A": "II", column: title}):
        content = base_book(_rows("Thành phần", 5, line))
        assert plan_in(content) == BASE
        assert notices(content) == [f"Tiêu đề nhóm không được đọc là một dòng của bảng: Thành phần!{min(line)}5"]


@pytest.mark.parametrize(
    "row",
    [
        {"C": "Lê Thị Mới"},
        {"C": "1. Lê Thị Mới"},
        {"C": "Cán bộ Lê Thị Mới"},
        {"C": "Khách mời", "G": "x"},
        {"A": "khách", "C": "Khách mời"},
        {"C": "Ngành Thị Mới", "D": "83.000999"},
    ],
)
def test_what_may_name_somebody_is_asked_for(row: dict[str, object]) -> None:
    problems = form_problems(base_book(_rows("Thành phần", 5, row)))
    assert "E5" in [problem.place.cell for problem in problems]
    alone = row.keys() <= {"A", "C"}
    assert any("tiêu đề nhóm, nơi ký hay phần họ tên" in problem.fix.vi for problem in problems) == alone


def test_a_row_that_names_a_committee_alone_stays_one() -> None:
    content = base_book(_rows("Cấp ủy", 0, {"C": "Ban Thường vụ Đảng ủy"}))
    assert len(document(content).data["committees"]) == len(BASE.committees) + 1  # type: ignore[index, call-overload]


@pytest.mark.parametrize(("begun", "rest"), [("Trần Thị", "Hoa"), ("Trần", "Thị Hoa"), ("TRẦN THỊ", "HOA")])
def test_a_name_may_go_on_in_the_row_below(begun: str, rest: str) -> None:
    content = base_book(write("Họ và tên", 2, begun), _rows("Thành phần", 6, {"C": rest}))
    assert plan_in(content) == BASE
    assert "Phần họ tên xuống dòng được ghép vào họ tên ở dòng trên: Thành phần!C6" in notices(content)


def test_who_is_referred_to_may_go_on_in_the_row_below_where_that_names_somebody() -> None:
    content = base_book(write("Họ và tên cấp ủy viên", 1, "Nguyễn Văn"), _rows("Cấp ủy", 5, {"E": "Bình"}))
    assert plan_in(content) == BASE
    wrong = base_book(write("Họ và tên cấp ủy viên", 1, "Nguyễn Văn"), _rows("Cấp ủy", 5, {"E": "Bường"}))
    assert form_problems(wrong)


@pytest.mark.parametrize("rest", ["Vắng", "Hết", "nt", "hoa", "Lê Ngọc", "p99", "Hoa 2"])
def test_what_may_be_no_rest_of_a_name_is_asked_for(rest: str) -> None:
    assert "E6" in [
        problem.place.cell for problem in form_problems(base_book(_rows("Thành phần", 6, {"C": rest})))
    ] or (rest == "nt")
    assert form_problems(base_book(_rows("Thành phần", 6, {"C": rest})))


@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ("7h30 - 11h00 ngày 28/12/2017", None),
        ("Sáng 28/12/2017, từ 07h30 đến 11h00", None),
        ("7h30 ngày 28/12/2017 đến 11h00 ngày 28/12/2017", None),
        ("28/12/2017 07:30-11:00", None),
        ("Từ 7 giờ 30 phút đến 11 giờ, thứ Năm, ngày 28/12/2017", None),
        (None, "07:30 – 11:00, 28/12/2017"),
    ],
)
def test_a_beginning_and_an_end_may_stand_in_one_cell(begins: str | None, ends: str | None) -> None:
    content = base_book(write("Bắt đầu", 1, begins), write("Kết thúc", 1, ends))
    assert plan_in(content) == BASE
    cell = "C4" if begins is None else "B4"
    assert notices(content) == [f"Hai giờ ghi chung một ô được đọc là lúc bắt đầu và lúc kết thúc: Chương trình!{cell}"]


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        ("7h30 - 11h00", None, ["B4", "C4"]),
        ("7h30 - 11h00 ngày 28/12/2017", "28/12/2017 11:00", ["B4"]),
        ("7h30 - 11h00 - 16h00 ngày 28/12/2017", None, ["B4", "C4"]),
        ("28/12/2017 - 29/12/2017", None, ["B4", "C4"]),
        ("7h30 - 25h00 ngày 28/12/2017", None, ["B4", "C4"]),
    ],
)
def test_times_that_are_not_two_in_an_empty_pair_are_told(begins: str, ends: str | None, told: list[str]) -> None:
    content = base_book(write("Bắt đầu", 1, begins), write("Kết thúc", 1, ends))
    assert [problem.place.cell for problem in form_problems(content)] == told


@pytest.mark.parametrize(
    ("role", "meant"),
    [
        ("PBT TT", "phó bí thư"),
        ("Phó BT TT Đảng ủy", "phó bí thư"),
        ("BT ĐU", "bí thư"),
        ("UVTV", "ủy viên ban thường vụ"),
        ("UV BTV", "ủy viên ban thường vụ"),
    ],
)
def test_roles_may_be_written_for_short(role: str, meant: str) -> None:
    written = base_book(write("Chức vụ trong cấp ủy", 2, role))
    assert plan_in(written) == plan_in(base_book(write("Chức vụ trong cấp ủy", 2, meant)))


@pytest.mark.parametrize("nothing", ["không", "…………", "Không có"])
def test_who_writes_that_there_is_nobody_is_told_to_leave_the_cell_empty(nothing: str) -> None:
    (problem,) = form_problems(base_book(write("Thay cho đại biểu", 1, nothing)))
    assert problem.fix.vi.startswith("Nếu không có thì bỏ trống; nếu có thì ghi đúng mã")


def test_numbers_further_down_or_in_no_order_are_a_row() -> None:
    def edit(book: Any) -> None:
        for number in range(1, 10):
            book["Thành phần"].cell(4 + len(BASE.participants), number).value = number

    assert form_problems(base_book(edit))
    assert form_problems(base_book(write("Tư cách tham dự", 1, "5")))


@pytest.mark.parametrize("term", ["2015/2020", "2015.2020", "2015 ~ 2020", "2015→2020"])
def test_a_term_is_its_two_years_whatever_stands_between(term: str) -> None:
    def edit(book: Any) -> None:
        book["Kế hoạch"]["B5"].value = term

    assert plan_in(base_book(edit)).organization.term == "2015-2020"


def test_an_empty_time_is_shown_as_people_write_it() -> None:
    (problem,) = form_problems(base_book(write("Kết thúc", 1, None)))
    assert problem.fix.vi == "Điền “Kết thúc”, ví dụ “28/12/2017 11:00”"


@pytest.mark.parametrize("name", ["Tống Công Bình", "Tổng Văn An", "Cộng Văn Hòa", "Tổng cộng Nguyễn Văn An"])
def test_a_row_with_a_name_is_no_total(name: str) -> None:
    def edit(book: Any) -> None:
        book["Thành phần"].cell(4 + len(BASE.participants), 3).value = name

    assert form_problems(base_book(edit))


def test_headings_may_be_what_people_call_them() -> None:
    def edit(book: Any) -> None:
        for sheet, label, called in (
            ("Thành phần", "Họ và tên", "Họ tên"),
            ("Cấp ủy", "Họ và tên cấp ủy viên", "Họ tên"),
            ("Lấy phiếu tín nhiệm", "Họ và tên người được lấy phiếu", "HỌ TÊN"),
            ("Cấp ủy", "Chức vụ trong cấp ủy", "Chức vụ"),
        ):
            next(cell for cell in book[sheet][3] if cell.value == label).value = called

    content = base_book(edit)
    assert plan_in(content) == BASE
    assert not document(content).notices


@pytest.mark.parametrize(
    ("label", "row", "text", "path"),
    [
        ("Chức vụ trong cấp ủy", 1, "Bí thư Đảng ủy", lambda plan: plan.committees[0].members[0].role.value),
        ("Chức vụ trong cấp ủy", 2, "UV.BCH", lambda plan: plan.committees[0].members[1].role.value),
        ("Phần của hội nghị", 1, "Tổng kết", lambda plan: plan.conference.sessions[0].part.value),
    ],
)
def test_words_that_people_use_are_those_of_the_form(
    label: str, row: int, text: str, path: Callable[[Any], str]
) -> None:
    assert path(plan_in(base_book(write(label, row, text)))) == path(BASE)


def test_the_same_day_is_said_and_asked_where_it_is_not_sure() -> None:
    content = base_book(write("Kết thúc", 1, "11 giờ cùng ngày"))
    assert plan_in(content) == plan_in(base_book(write("Kết thúc", 1, "11h00, 28/12/2017")))
    assert notices(content) == ["“Cùng ngày” được đọc là ngày ghi ngay trước đó trong bảng: Chương trình!C4"]
    assert form_problems(base_book(write("Bắt đầu", 1, "7 giờ 30 cùng ngày")))
    unsure = base_book(lambda book: [write("Kết thúc", 1, "11h?")(book), write("Bắt đầu", 2, "13h30 cùng ngày")(book)])
    assert len(form_problems(unsure)) == 2


BREACHED = sorted((EXAMPLES / "breached").glob("*.yaml"))


@pytest.mark.long
@pytest.mark.parametrize("path", BREACHED, ids=lambda path: path.stem)
def test_no_habit_changes_what_is_found(path: Path) -> None:
    plan = read_plan(read(path.name, path.read_bytes()))

    def hastily(book: Any) -> None:
        for table in TABLES:
            sheet = book[table.sheet]
            columns = {cell.column: found for cell in sheet[3] for found in table.columns if found.label == cell.value}
            above: dict[int, object] = {}
            for row in range(4, sheet.max_row + 1):
                for number, column in columns.items():
                    cell = sheet.cell(row, number)
                    said = cell.value
                    if column.person and column.holds in ("text", "name") and said:
                        cell.value = f"Đ/c {said}".upper()
                    elif said is not None and said == above.get(number) and not column.unique and not column.to:
                        cell.value = "nt"
                    above[number] = said

    def found(content: bytes) -> list[tuple[str, str]]:
        verdict = checker().check(plan_in(content), document(content))
        return [(finding.rule, finding.subject.id) for finding in verdict.findings]

    careful = workbook.write(plan)
    assert found(changed_book(careful, hastily)) == found(careful) != []


@pytest.mark.parametrize(
    "term", ["nhiệm kỳ 2015 – 2020", "NK 2015-2020", "khóa XI (2015-2020)", "2015 đến 2020", "NK khóa XI, 2015-2020."]
)
def test_a_term_is_the_two_years_that_are_written(term: str) -> None:
    content = base_book(lambda book: book["Kế hoạch"].__setitem__("B5", term))
    assert plan_in(content).organization.term == "2015-2020"
    assert any("hai năm" in notice for notice in notices(content))


@pytest.mark.parametrize("term", ["15-20", "2010-2015, 2015-2020", "2015", "sau 2015-2020"])
def test_what_is_more_or_less_than_two_years_stays_as_it_is(term: str) -> None:
    content = base_book(lambda book: book["Kế hoạch"].__setitem__("B5", term))
    assert plan_in(content).organization.term == term
