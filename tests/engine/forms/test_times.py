"""Dates and times in cells: read however an official writes them, told where they are none or more than one."""

from datetime import date, datetime

import pytest

from thamdinh.engine.documents.document import Unclear
from thamdinh.engine.forms.cells import Days, cell_instant, instants

WRITTEN = """
07 giờ 30 phút ngày 28 tháng 12 năm 2017
ngày 28 tháng 12 năm 2017 lúc 7 giờ 30
7 giờ 30, ngày 28 tháng 12 năm 2017
07h30, thứ Năm, ngày 28/12/2017
T5, 28/12/2017, 7h30
Thứ 5 ngày 28/12/2017, hồi 7 giờ 30 phút
Sáng thứ Năm (28/12/2017), lúc 7 giờ rưỡi
7 giờ 30 sáng ngày 28-12-2017
8 giờ kém 30 ngày 28 tháng Mười Hai năm 2017
ngay 28 thang 12 nam 2017 luc 7 gio 30
28.12.17 7g30
28/12/2017 07:30
28 / 12 / 2017 7 : 30
28/12/2017 7:30 SA
7:30-28/12/2017
7h30-28-12-2017
2017-12-28T07:30
2017-12-28 07:30:00.000
Lúc 07h30’ ngày 28/12/2017
07 giờ 30, ngày 28/12/2017.
Sáng 28/12/2017 (7h30)
7 giờ 30 phút, cùng ngày 28/12/2017
"""


@pytest.mark.parametrize("text", WRITTEN.strip().splitlines())
def test_a_date_is_read_however_it_is_written(text: str) -> None:
    assert cell_instant(text) == "2017-12-28T07:30"
    assert instants(text) == ["2017-12-28T07:30"]


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("1 giờ 30 chiều 28/12/2017", "13:30"),
        ("13 giờ 30 chiều 28/12/2017", "13:30"),
        ("28/12/17 7h tối", "19:00"),
        ("12 giờ trưa ngày 28/12/2017", "12:00"),
        ("28/12/2017 12:15 SA", "00:15"),
        ("28/12/2017 01:30 CH", "13:30"),
    ],
)
def test_the_part_of_the_day_counts(text: str, hour: str) -> None:
    assert cell_instant(text) == f"2017-12-28T{hour}"


@pytest.mark.parametrize(
    "text",
    [
        "07h30, thứ Tư, ngày 28/12/2017",
        "CN 28/12/2017 7h30",
        "13 giờ 30 sáng 28/12/2017",
        "31/02/2017 07:30",
        "28/12/2017 24:00",
        "12/28/2017 7:30",
        "7:61 28/12/2017",
        "28/12/2017 13:30 CH",
        "0 giờ kém 5 ngày 28/12/2017",
    ],
)
def test_what_contradicts_itself_is_told(text: str) -> None:
    found = cell_instant(text)
    assert isinstance(found, Unclear)
    assert "Không có ngày giờ" in found.message.vi or "ngày 28/12/2017 là thứ Năm" in found.message.vi


@pytest.mark.parametrize(
    "text",
    [
        "28/12/2017 07:30 - 11:00",
        "28/12/2017 29/12/2017 7:30",
        "sáng 28",
        "28/12/2017 7.30",
        "28/12/2017 7:30 họp",
        "7:30 + 07:00 28/12/2017",
        "khoảng 7h30 28/12/2017",
        "28/12/20177:30",
        "9" * 5000,
    ],
)
def test_what_is_more_or_less_than_one_time_is_told(text: str) -> None:
    assert isinstance(cell_instant(text), Unclear)


def test_several_times_in_a_cell_come_apart() -> None:
    text = "7h30, ngày 28/12/2017; ngày 29 tháng 12 năm 2017 lúc 8 giờ\n30/12/17 9:00"
    assert instants(text) == ["2017-12-28T07:30", "2017-12-29T08:00", "2017-12-30T09:00"]


def test_what_begins_or_ends_may_say_so() -> None:
    assert cell_instant("Từ 07h30 ngày 28/12/2017", bound="tu") == "2017-12-28T07:30"
    assert cell_instant("đến 11 giờ, thứ Tư ngày 27/12/2017", bound="den") == "2017-12-27T11:00"
    for text, bound in (
        ("Từ 07h30 ngày 28/12/2017", ""),
        ("Đến 7h30 28/12/2017", "tu"),
        ("Từ 7h30 đến 11h 28/12/2017", "tu"),
    ):
        assert isinstance(cell_instant(text, bound=bound), Unclear)


def test_the_same_day_is_the_last_one_spoken_of() -> None:
    known, unknown = Days(before=date(2017, 12, 28)), Days(alone=date(2017, 12, 28))
    for text in ("16 giờ 30 cùng ngày", "16h30, cùng ngày", "Chiều cùng ngày (16h30)"):
        assert cell_instant(text, known) == "2017-12-28T16:30"
        assert isinstance(cell_instant(text, unknown), Unclear)
    assert instants("29/12/2017 7h30; 16h30 cùng ngày", known) == ["2017-12-29T07:30", "2017-12-29T16:30"]


def test_a_weekday_is_held_against_the_day_that_is_meant() -> None:
    days = Days(alone=date(2017, 12, 28))
    assert cell_instant("11h00 thứ Năm", days) == "2017-12-28T11:00"
    assert "28/12/2017 là thứ Năm" in str(cell_instant("11h00 thứ Sáu", days))


@pytest.mark.parametrize(
    "value", [date(2017, 12, 28), datetime(2017, 12, 28), datetime(2017, 12, 27, 23, 59, 59, 800_000)]
)
def test_a_day_of_a_spreadsheet_is_no_midnight(value: date) -> None:
    found = cell_instant(value)
    assert isinstance(found, Unclear)
    assert found.message.vi == "“28/12/2017” có ngày mà chưa có giờ"
    assert cell_instant("28/12/2017 00:00") == "2017-12-28T00:00"


@pytest.mark.parametrize(
    ("text", "bound", "is_read"),
    [
        ("Bắt đầu lúc 7h30 ngày 28/12/2017", "tu", True),
        ("Khai mạc 7h30, 28/12/2017", "tu", True),
        ("Kết thúc lúc 7h30 ngày 28/12/2017", "den", True),
        ("Kết thúc lúc 7h30 ngày 28/12/2017", "tu", False),
        ("Bắt đầu lúc 7h30 ngày 28/12/2017", "", False),
    ],
)
def test_words_of_a_beginning_or_an_end_are_read_only_where_one_is(text: str, bound: str, is_read: bool) -> None:
    assert (cell_instant(text, bound=bound) == "2017-12-28T07:30") is is_read


def test_a_time_of_the_same_day_as_one_that_could_not_be_read_says_that_mending_that_mends_it() -> None:
    days = Days()
    days.read(cell_instant("sáng 28/12/2017", days))
    told = cell_instant("11 giờ 00 cùng ngày", days)
    assert isinstance(told, Unclear)
    assert "ô này để nguyên" in told.fix.vi
    days.read(cell_instant("7h30 ngày 28/12/2017", days))
    assert cell_instant("11 giờ 00 cùng ngày", days) == "2017-12-28T11:00"


@pytest.mark.parametrize("text", ["không", "k", "Không."])
def test_a_no_in_place_of_a_time_is_told_that_it_may_be_left_empty(text: str) -> None:
    told = cell_instant(text)
    assert isinstance(told, Unclear)
    assert told.fix.vi.endswith("không có thì bỏ trống")
