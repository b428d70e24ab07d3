"""Waivers as a workbook: read as waivers.yaml is, and added to without anything being lost."""

import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.plans import problems
from thamdinh.engine.waivers import form
from thamdinh.engine.waivers.adding import added
from thamdinh.engine.waivers.waivers import read_file_of_waivers, read_waivers

ONE: dict[str, Any] = {
    "rule": "TD501",
    "subject": "p12@dang-uy",
    "organization": "Đảng bộ thị trấn Thạnh Phú",
    "reason": "Đang chữa bệnh dài ngày",
    "approved_by": "Ban Thường vụ Huyện ủy Thạnh Phú",
    "document": "15-CV/HU",
    "valid_until": "2027-06-30",
}
OTHER = {key: value for key, value in ONE.items() if key != "subject"} | {"rule": "TD502"}


def book(path: Path, *waivers: dict[str, Any], examples: bool = False) -> Path:
    path.write_bytes(form.waivers_workbook([*waivers], examples=examples))
    return path


def edited(path: Path, cell: str, value: object) -> Path:
    made = openpyxl.load_workbook(path)
    made["Miễn trừ"][cell] = value
    made.save(path)
    return path


def plain(path: Path) -> list[dict[str, Any]]:
    read = [{key: getattr(waiver, key) for key in ONE} for waiver in read_waivers(path)]
    return [{key: str(value) for key, value in waiver.items() if value is not None} for waiver in read]


def test_a_workbook_says_what_yaml_says(tmp_path: Path) -> None:
    path = book(tmp_path / "mien-tru.xlsx", ONE, OTHER)
    assert plain(path) == [ONE, OTHER]
    assert [waiver.place.cell for waiver in read_waivers(path)] == ["B4", "B5"]


def test_a_new_one_has_no_waiver_in_it_before_somebody_writes_one(tmp_path: Path) -> None:
    path = book(tmp_path / "mien-tru.xlsx", examples=True)
    assert read_waivers(path) == ()
    assert plain(edited(path, "B4", "TD502"))[0]["rule"] == "TD502"


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("F4", None, "“Cấp cho phép” còn để trống"),
        ("F4", "-", "không nêu tên"),
        ("E4", "không", "không nêu tên"),
        ("H4", None, "“Có hiệu lực đến hết ngày” còn để trống"),
        ("H4", "31/02/2027", "31/02/2027"),
        ("B4", None, "“Mã quy tắc” còn để trống"),
        ("B3", "Cột khác", "Mã quy tắc"),
        ("J9", "TD501", ""),
    ],
)
def test_what_is_wrong_is_told_at_its_cell_in_the_words_of_the_form(
    cell: str, value: object, said: str, tmp_path: Path
) -> None:
    path = edited(book(tmp_path / "mien-tru.xlsx", ONE), cell, value)
    if not said:
        assert [notice.code for notice in read_file_of_waivers(path).notices] == ["NT008"]
        return
    found = problems(lambda: read_waivers(path))
    assert said in found[0].message.vi
    assert all(problem.place.sheet == "Miễn trừ" for problem in found)
    assert not any(key in problem.message.vi + problem.fix.vi for problem in found for key in ONE)


def test_a_workbook_of_something_else_is_told(tmp_path: Path) -> None:
    path = tmp_path / "khac.xlsx"
    openpyxl.Workbook().save(path)
    [problem] = problems(lambda: read_waivers(path))
    assert "thamdinh waivers new" in problem.fix.vi


@pytest.mark.parametrize("name", ["mien-tru.xlsx", "waivers.yaml"])
def test_one_more_stands_after_the_others_and_they_stay_as_they_are(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    for number in (1, 2, 3):
        path.write_bytes(added(path, OTHER | {"document": str(number)}))
        assert [waiver["document"] for waiver in plain(path)] == [str(one) for one in range(1, number + 1)]


def test_a_workbook_keeps_its_other_cells_when_one_is_added(tmp_path: Path) -> None:
    path = edited(book(tmp_path / "mien-tru.xlsx", ONE, examples=True), "K1", "Ghi chú riêng")
    content = added(path, OTHER)
    sheet = openpyxl.load_workbook(BytesIO(content))["Miễn trừ"]
    assert sheet["K1"].value == "Ghi chú riêng"
    assert sheet["H6"].value == datetime.datetime(2027, 6, 30)


@pytest.mark.parametrize("wrong", [{"reason": "-"}, {"rule": ""}, {"organization": None}])
def test_what_is_wrong_is_not_added(wrong: dict[str, Any], tmp_path: Path) -> None:
    for name in ("waivers.yaml", "mien-tru.xlsx"):
        assert problems(lambda: added(tmp_path / name, OTHER | wrong))  # noqa: B023


def test_a_list_in_another_form_is_left_to_its_writer(tmp_path: Path) -> None:
    path = tmp_path / "waivers.yaml"
    path.write_text("waivers: []\nschema: 1\n", encoding="utf-8")
    [problem] = problems(lambda: added(path, OTHER))
    assert "Ghi “waivers:” ở cuối tệp" in problem.fix.vi
