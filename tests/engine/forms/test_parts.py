"""Tables that go on, and what stands where no table takes it."""

from functools import cache
from typing import Any

import pytest

from tests.forms import base_document
from thamdinh.engine.base.problem import Place
from thamdinh.engine.forms import read_document
from thamdinh.engine.forms.grid import Grid
from thamdinh.engine.forms.package import open_package
from thamdinh.engine.forms.reading import read_form

Rows = dict[int, dict[int, Any]]


def grids() -> list[Grid]:
    """The base plan as the grids of a document: the fifth from 0 holds five people."""
    return read_document.grids(open_package("p", base_document(), ".docx"))


def said(made: list[Grid]) -> tuple[list[str], list[str]]:
    """The names read, and the places of what is not understood or to be known."""
    form = read_form("p", lambda _: made, b"")
    people = form.data["participants"]
    names = [person["name"] for person in people] if isinstance(people, list) else []
    return names, [
        *(form.place((path,)).describe("en") for path in form.data if path.startswith("?")),
        *(f"{notice.code} {notice.place.describe('en')}" for notice in form.notices),
    ]


@cache
def names() -> list[str]:
    """Those of the base plan."""
    return said(grids())[0]


def new(rows: Rows, width: int) -> Grid:
    return Grid("", lambda row, column: Place("p", table=99, row=row, cell=column), rows=rows, width=width)


ROW = {2: "p77", 3: "Người Mới", 5: "khách mời", 7: "x"} | {5: "đại biểu dự thường lệ"}


def test_a_table_without_headings_goes_on_with_the_one_before() -> None:
    made = grids()
    people = made[5]
    made.insert(6, new({row: people.rows.pop(row) for row in sorted(people.rows)[3:]}, people.width))
    assert said(made) == (names(), [])


@pytest.mark.parametrize(
    ("at", "rows", "width", "told"),
    [
        (6, {1: {1: "p77", 2: "Người Mới", 3: "đại biểu dự thường lệ", 4: "x"}}, 8, "p: table 99, row 1, cell 1"),
        (9, {1: ROW}, 9, "p: table 99, row 1, cell 2"),
        (
            6,
            {1: {1: "Nội dung", 2: "Kinh phí"}, 2: {1: "Hội trường", 2: "2.000.000"}},
            3,
            "NT008 p: table 99, row 1, cell 1",
        ),
        (10, {1: {1: "Nơi nhận", 2: "T/M"}}, 2, None),
    ],
    ids=["of other columns", "elsewhere", "of something else", "of layout"],
)
def test_another_table_is_told(at: int, rows: Rows, width: int, told: str | None) -> None:
    made = grids()
    made.insert(at, new(rows, width))
    assert said(made) == (names(), [] if told is None else [told])


def test_a_table_that_goes_on_beside_itself_is_read_from_left_to_right() -> None:
    made = grids()
    people = made[5]
    last = max(people.rows)
    for number, value in list(people.rows[1].items()):
        people.rows[1][number + 20] = value
    people.rows[2] |= {number + 20: value for number, value in people.rows.pop(last).items()}
    assert said(made) == (names(), [])


def test_what_stands_beside_the_columns_of_a_table_is_told_once_for_each_column() -> None:
    made = grids()
    people = made[5]
    people.rows[1][10] = "Ghi chú"
    for row in (3, 4):
        people.rows[row] |= {10: "vắng", 11: "xin phép"}
    people.rows[9] = {1: "Khách mời"}
    assert said(made) == (names(), ["NT008 p: table 6, row 3, cell 10", "NT008 p: table 6, row 9, cell 1"])


def test_a_mark_in_merged_cells_counts_for_each_of_them_and_a_name_for_none() -> None:
    made = grids()
    people = made[5]
    row = next(row for row, cells in people.rows.items() if cells.get(7) == "x" == cells.get(8))
    del people.rows[row][8]
    people.spans[row, 7] = 2
    assert said(made) == (names(), [])
    people.spans[row, 3] = 2
    assert any(not isinstance(name, str) for name in said(made)[0])


def test_a_heading_over_two_columns_has_its_first_one_alone_read_and_the_other_told() -> None:
    made = grids()
    people = made[5]
    for cells in people.rows.values():
        for number in range(9, 3, -1):
            if number in cells:
                cells[number + 1] = cells.pop(number)
    people.spans[1, 3] = 2
    people.rows[2][4] = "Bình"
    assert said(made) == (names(), ["p: table 6, row 2, cell 4"])
