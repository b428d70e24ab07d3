"""A clerk fills in a blank form in haste, mends it by the tool's own words, and is done after one round.

The clerk knows what is to be held, and writes it as clerks do: capitals and titles, ditto marks, times in every manner, a
total at the end. Where the tool tells something at a cell, the clerk does there what its remedy says, and nothing else.
"""

import json
import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.programs import Office
from thamdinh.cli import run

pytestmark = pytest.mark.usefixtures("in_this_process")

Place = tuple[str, str, int]
"""The sheet or table, the label, and the row of what is written, from 1; 0 for a label with its value beside it."""

PEOPLE: Final = ("Trần Văn Bình", "Nguyễn Thị Hoa", "Lê Văn Sáu", "Phạm Thị Lan", "Võ Văn Kiệt")

HASTY: Final[dict[Place, object]] = {
    ("", "Tên tổ chức đảng", 0): "Đảng bộ xã Phú Túc",
    ("", "Loại hình tổ chức", 0): "Đảng bộ xã",
    ("", "Huyện, thành phố", 0): "Huyện Châu Thành",
    ("", "Cấp ủy cấp trên trực tiếp", 0): "Huyện ủy Châu Thành",
    ("", "Địa điểm", 0): "Hội trường UBND xã",
    ("", "Cấp ủy ngành cấp trên chỉ đạo", 0): "không",
    ("Các phiên họp", "Bắt đầu", 1): "Từ 07h30, thứ Năm, ngày 28/12/2017",
    ("Các phiên họp", "Kết thúc", 1): "11 giờ 00 cùng ngày",
    ("Các phiên họp", "Phần của hội nghị", 1): "Tổng kết",
    ("Các phiên họp", "Bắt đầu", 2): "Chiều 28/12/2017 (13h30)",
    ("Các phiên họp", "Kết thúc", 2): date(2017, 12, 28),
    ("Thảo luận", "Hình thức thảo luận", 2): "nt",
    ("Các báo cáo", "Văn bản hướng dẫn", 1): "HD số 05-HD/BTG ngày 01/12/2017",
    ("Các báo cáo", "Văn bản hướng dẫn", 2): '"',
    ("Thành phần tham dự", "Họ và tên", 1): "Đ/c TRẦN VĂN BÌNH",
    ("Thành phần tham dự", "Họ và tên", 2): "Đ/c NGUYỄN THỊ HOA",
    ("Thành phần tham dự", "Họ và tên", 3): "đồng chí Lê Văn Sáu",
    ("Thành phần tham dự", "Họ và tên", 4): "Bà Phạm Thị Lan",
    ("Thành phần tham dự", "Họ và tên", 5): "nt",
    ("Thành phần tham dự", "Tư cách tham dự", 2): "như trên",
    ("Thành phần tham dự", "STT", 6): "Tổng cộng",
    ("Thành phần tham dự", "Số thẻ đảng viên", 6): "5 người",
    ("Cấp ủy viên", "Tên cấp ủy", 1): "Ban Chấp hành Đảng bộ xã Phú Túc",
    ("Cấp ủy viên", "Tên cấp ủy", 2): "nt",
    ("Cấp ủy viên", "Họ và tên cấp ủy viên", 1): "TRẦN VĂN BÌNH",
    ("Cấp ủy viên", "Chức vụ trong cấp ủy", 1): "Bí thư Đảng ủy",
    ("Cấp ủy viên", "Chức vụ trong cấp ủy", 2): "UVBCH",
    ("Lấy phiếu ở từng cấp ủy", "Giờ phát phiếu", 1): "07 giờ 00, thứ Sáu, ngày 28/12/2017",
    ("Lấy phiếu ở từng cấp ủy", "Giờ kiểm phiếu xong", 1): "28.12.17 16g00",
    ("Lấy phiếu ở từng cấp ủy", "Công khai tại cấp ủy cùng cấp", 1): "16 giờ 30 cùng ngày",
    ("Lấy phiếu ở từng cấp ủy", "Công khai tại cấp ủy cấp trên trực tiếp", 1): "08 giờ 00, ngày 29 tháng 12 năm 2017",
    ("Văn bản của hội nghị", "Số chỉ tiêu", 1): "12 (mười hai)",
}
"""What the clerk writes into the blank form, in place of `<…>` and beside."""

MEANT: Final[dict[Place, str]] = {
    ("Các phiên họp", "Kết thúc", 2): "28/12/2017 16:30",
    ("Thành phần tham dự", "Họ và tên", 5): PEOPLE[4],
    ("Lấy phiếu ở từng cấp ủy", "Giờ phát phiếu", 1): "28/12/2017 07:00",
}
"""What the clerk has in mind where the form says it badly."""

TIRED: Final[dict[Place, object]] = HASTY | {
    ("", "Loại hình tổ chức", 0): "Đảng bộ xã Phú Túc",
    ("", "Nhiệm kỳ", 0): "Nhiệm kỳ 2015 – 2020",
    ("", "Cấp ủy ngành cấp trên chỉ đạo", 0): None,
    ("Các phiên họp", "Bắt đầu", 1): "Bắt đầu lúc 7 giờ rưỡi, ngày 28/12/2017",
    ("Các phiên họp", "Kết thúc", 1): "11h trưa, cùng ngày 28/12/2017",
    ("Các phiên họp", "Bắt đầu", 2): "Chiều 28/12/2017",
    ("Các phiên họp", "Kết thúc", 2): "16 giờ 30 cùng ngày",
    ("Thành phần tham dự", "Họ và tên", 5): PEOPLE[4],
    ("Thành phần tham dự", "Tư cách tham dự", 4): "Cán bộ chủ chốt của xã",
    ("Cấp ủy viên", "Chức vụ trong cấp ủy", 1): "Bí thư kiêm Chủ tịch HĐND",
    ("Lấy phiếu ở từng cấp ủy", "Cấp ủy lấy phiếu", 1): "Đảng ủy xã",
    ("Lấy phiếu ở từng cấp ủy", "Người quán triệt", 1): "Đ/c Bí thư",
    ("Lấy phiếu ở từng cấp ủy", "Giờ phát phiếu", 1): "28/12/2017 07:00",
    ("Lấy phiếu ở từng cấp ủy", "Công khai tại cấp ủy cùng cấp", 1): "ngay sau khi kiểm phiếu",
    ("Những người được lấy phiếu", "Phiếu tại cấp ủy", 1): "cap-uy",
    ("Những người được lấy phiếu", "Mã người được lấy phiếu", 1): "p01, p02",
    ("Văn bản của hội nghị", "Số chỉ tiêu", 1): "12 chỉ tiêu",
}
"""What a tired clerk writes into it at the end of a day."""

INTENDED: Final[dict[Place, str]] = {
    ("Các phiên họp", "Bắt đầu", 2): "28/12/2017 13:30",
    ("Lấy phiếu ở từng cấp ủy", "Cấp ủy lấy phiếu", 1): "Ban Chấp hành Đảng bộ xã Phú Túc",
    ("Lấy phiếu ở từng cấp ủy", "Người quán triệt", 1): PEOPLE[0],
    ("Lấy phiếu ở từng cấp ủy", "Công khai tại cấp ủy cùng cấp", 1): "28/12/2017 16:30",
    ("Những người được lấy phiếu", "Mã người được lấy phiếu", 1): "p01",
}


PARTICIPANTS: Final = "Thành phần tham dự"
HABITS: Final[dict[str, dict[Place, object]]] = {
    "who signs, below the table": {
        (PARTICIPANTS, "Họ và tên", 8): "T/M ĐẢNG ỦY",
        (PARTICIPANTS, "Họ và tên", 9): "BÍ THƯ",
        (PARTICIPANTS, "Tư cách tham dự", 9): "Nơi nhận:",
        (PARTICIPANTS, "Tư cách tham dự", 10): "- Huyện ủy Châu Thành;",
        (PARTICIPANTS, "Họ và tên", 10): "(Ký tên, đóng dấu)",
        (PARTICIPANTS, "Họ và tên", 12): PEOPLE[0],
    },
    "guests in a group of their own, and a name over two rows": {
        (PARTICIPANTS, "STT", 6): None,
        (PARTICIPANTS, "Số thẻ đảng viên", 6): None,
        (PARTICIPANTS, "Họ và tên", 6): "II. Khách mời",
        (PARTICIPANTS, "Họ và tên", 7): "Huỳnh Văn",
        (PARTICIPANTS, "Tư cách tham dự", 7): "dự thường lệ",
        (PARTICIPANTS, "Dự phần tổng kết năm", 7): "x",
        (PARTICIPANTS, "Họ và tên", 8): "Tám",
    },
    "both times of a session in one cell, and roles for short": {
        ("Các phiên họp", "Bắt đầu", 1): "Từ 7h30 đến 11h00, thứ Năm, ngày 28/12/2017",
        ("Các phiên họp", "Kết thúc", 1): None,
        ("Các phiên họp", "Bắt đầu", 2): "13h30 - 16h30 cùng ngày",
        ("Các phiên họp", "Kết thúc", 2): None,
        ("Cấp ủy viên", "Chức vụ trong cấp ủy", 2): "PBT TT Đảng ủy",
    },
}
"""What still more tired clerks write beside or instead."""


class Clerk(ABC):
    """A clerk at work on one kind of form, which stays open between what is written."""

    suffix: str
    saving: str
    """What LibreOffice is asked for, to save the form as it was."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @abstractmethod
    def write(self, written: dict[Place, object]) -> None:
        """Write into the cells, and save the form."""

    @abstractmethod
    def place(self, location: dict[str, Any]) -> Place:
        """Which cell a location of the tool names."""

    def mended(self, problem: dict[str, Any]) -> tuple[Place, object] | None:
        """What the clerk writes where, following the remedy to the letter; None where it says that nothing is to be done there."""
        place, fix = self.place(problem["location"]), problem["fix"]["vi"]
        if "bỏ trống" in fix:
            return place, None
        if "ô này để nguyên" in fix or "nếu chưa có" in fix:
            return None
        if found := re.match("Có phải ý là “(.+?)”", fix):
            return place, found[1]
        meant = (MEANT | INTENDED)[place]
        if "Ghi đúng mã hoặc tên" in fix:
            return place, meant
        if found := re.search(r"ví dụ (\d\d/\d\d/\d{4} \d\d:\d\d)", fix):
            assert len(found[1]) == len(meant), "the remedy shows how a time is written"
            return place, meant
        assert re.search("Ghi rõ|Sửa lại thứ hoặc ngày", fix), fix
        return place, meant


class WithExcel(Clerk):
    """Fills in a workbook through openpyxl."""

    suffix, saving = ".xlsx", "xlsx:Calc MS Excel 2007 XML"

    @cached_property
    def book(self) -> Any:
        return openpyxl.load_workbook(self.path)

    def write(self, written: dict[Place, object]) -> None:
        cells = [(sheet, cell) for sheet in self.book for row in sheet.iter_rows() for cell in row]
        for (_, label, row), value in written.items():
            sheet, cell = next(found for found in cells if found[1].value == ("Họ và tên" if label == "STT" else label))
            if label == "STT":  # which every table has: of the same sheet
                cell = next(other for there, other in cells if there is sheet and other.value == label)
            sheet.cell(cell.row + row + bool(row), cell.column + (row == 0)).value = value
        self.book.save(self.path)

    def place(self, location: dict[str, Any]) -> Place:
        sheet = self.book[location["sheet"]]
        cell = sheet[location["cell"]]
        label = sheet.cell(3, cell.column).value
        if label is None or sheet.title == "Kế hoạch":
            return "", str(sheet.cell(cell.row, cell.column - 1).value), 0
        table = next(table for table, known, _ in TIRED if known == label)
        return table, label, cell.row - 4


class WithWord(Clerk):
    """Fills in a document through python-docx, as one chooses and types in Word."""

    suffix, saving = ".docx", "docx:MS Word 2007 XML"

    @cached_property
    def form(self) -> Any:
        return docx.Document(str(self.path))

    @cached_property
    def labels(self) -> list[tuple[Any, list[str], list[str]]]:
        """Each table with what stands in its first row, and in its first column."""
        return [
            (table, [cell.text for cell in table.rows[0].cells], [row.cells[0].text for row in table.rows])
            for table in self.form.tables
        ]

    def write(self, written: dict[Place, object]) -> None:
        for (_, label, row), value in written.items():
            table, index, column = self._cell(label, row)
            said = f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else str(value)
            cell = table.rows[index].cells[column]
            for control in [*cell._tc.iter(qn("w:sdt"))]:
                control.getparent().remove(control)
            cell.text = said
        self.form.save(str(self.path))

    def _cell(self, label: str, row: int) -> tuple[Any, int, int]:
        for table, above, beside in self.labels:
            if row == 0 and label in beside:
                return table, beside.index(label), 1
            if row and ("Họ và tên" if label == "STT" else label) in above:
                return table, row + 1, above.index(label)
        raise AssertionError(label)

    def place(self, location: dict[str, Any]) -> Place:
        _, above, beside = self.labels[location["table"] - 1]
        row, column = location["row"] - 1, location["cell"] - 1
        label = above[column]
        if not any(label == known for _, known, number in TIRED if number):
            return "", beside[row], 0
        return next(name for name, known, number in TIRED if known == label and number), label, row - 1


FILLED: Final = {"in haste": HASTY, "nothing more": TIRED, **{habit: TIRED | more for habit, more in HABITS.items()}}
"""What a form holds that clerks have filled in, by the name of how they did."""

Forms = dict[tuple[type[Clerk], str], Path]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """A blank form of each kind, the one by the kind of organisation in English, the other in Vietnamese."""
    folder = tmp_path_factory.mktemp("blank")
    made = {(kind, of): folder / f"{of}{kind.suffix}" for kind in (WithExcel, WithWord) for of in ("commune", "xã")}
    for (_, of), path in made.items():
        assert run(["new", str(path), "--kind", of]) == 0
    return made


@pytest.fixture(scope="module")
def filled(blank: Forms, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """Every form as it is filled in, and saved by its library."""
    folder = tmp_path_factory.mktemp("filled")
    made: Forms = {}
    for kind in (WithExcel, WithWord):
        for number, (name, written) in enumerate(FILLED.items()):
            made[kind, name] = folder / f"{number}{kind.suffix}"
            shutil.copy(blank[kind, "commune" if name == "in haste" else "xã"], made[kind, name])
            kind(made[kind, name]).write(written)
    return made


@pytest.fixture(scope="module")
def saved(filled: Forms, office: Office, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """Every form as LibreOffice saves it: all of a kind at once, for it takes a second to start."""
    folder = tmp_path_factory.mktemp("saved")
    made: Forms = {}
    for kind in (WithExcel, WithWord):
        names = {name: path for (other, name), path in filled.items() if other is kind}
        made |= {
            (kind, name): path for name, path in zip(names, office(kind.saving, folder, *names.values()), strict=True)
        }
    return made


@pytest.fixture(
    params=["filled", pytest.param("saved", marks=pytest.mark.office)],
    ids=["as saved by its library", "as saved by LibreOffice"],
)
def forms(request: pytest.FixtureRequest) -> Forms:
    """The forms as they are handed in."""
    found: Forms = request.getfixturevalue(request.param)
    return found


def told(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the tool says of the form."""
    capsys.readouterr()
    run(["lint", str(path), "--format", "json"])
    [plan] = json.loads(capsys.readouterr().out)["plans"]
    found: dict[str, Any] = plan
    return found


def labels(found: dict[str, Any], clerk: Clerk) -> Iterator[Place]:
    return (clerk.place(problem["location"]) for problem in found["problems"])


@pytest.mark.long
@pytest.mark.parametrize("kind", [WithExcel, WithWord])
def test_a_clerk_is_done_in_one_round(
    kind: type[Clerk], blank: Forms, forms: Forms, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = told(blank[kind, "commune"], capsys)
    assert {problem["message"]["vi"][:9] for problem in first["problems"]} == {"Chưa điền"}
    clerk = kind(Path(shutil.copy(forms[kind, "in haste"], tmp_path)))
    second = told(clerk.path, capsys)
    assert {*labels(second, clerk)} == {("", "Cấp ủy ngành cấp trên chỉ đạo", 0), *MEANT}, (
        "all that is wrong is told at once"
    )
    clerk.write(dict(filter(None, map(clerk.mended, second["problems"]))))
    third = told(clerk.path, capsys)
    assert third["problems"] == []
    assert third["findings"] == []
    assert third["status"] == "compliant"
    converted = tmp_path / "plan.json"
    assert run(["convert", str(clerk.path), str(converted)]) == 0
    plan = json.loads(converted.read_text(encoding="utf-8"))
    assert [person["name"] for person in plan["participants"]] == [*PEOPLE]
    assert plan["conference"]["sessions"][0] == {
        "start": "2017-12-28T07:30",
        "end": "2017-12-28T11:00",
        "part": "year_end",
    }
    assert plan["confidence_votes"][0]["published"][0]["at"] == "2017-12-28T16:30"
    assert plan["reports"][0]["guidance"] == plan["reports"][1]["guidance"]


@pytest.mark.long
@pytest.mark.parametrize("kind", [WithExcel, WithWord])
@pytest.mark.parametrize("habit", ["nothing more", *HABITS])
def test_a_tired_clerk_is_done_in_one_round(
    habit: str, kind: type[Clerk], forms: Forms, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clerk = kind(Path(shutil.copy(forms[kind, habit], tmp_path)))
    second = told(clerk.path, capsys)
    assert {*INTENDED} - {*HABITS.get(habit, {})} <= {*labels(second, clerk)}, "all that is wrong is told at once"
    clerk.write(dict(filter(None, map(clerk.mended, second["problems"]))))
    third = told(clerk.path, capsys)
    assert (third["problems"], third["findings"], third["status"]) == ([], [], "compliant")
