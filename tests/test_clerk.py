"""A clerk fills in a blank form in haste, mends it by the tool's own words, and is done after one round.

The clerk knows what is to be held, and writes it as clerks do: capitals and titles, ditto marks, times in every manner, a
total at the end. Where the tool tells something at a cell, the clerk does there what its remedy says, and nothing else.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.programs import Office
from thamdinh.cli import run

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
    """A clerk at work on one kind of form."""

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

    def write(self, written: dict[Place, object]) -> None:
        book = openpyxl.load_workbook(self.path)
        for (table, label, row), value in written.items():
            sheet, cell = self._cell(book, table, label)
            sheet.cell(cell.row + row + bool(row), cell.column + (row == 0)).value = value
        book.save(self.path)

    def _cell(self, book: Any, table: str, label: str) -> tuple[Any, Any]:
        """The sheet and the cell of a label; of serial numbers those of the table's sheet."""
        cells = [(sheet, cell) for sheet in book for row in sheet.iter_rows() for cell in row]
        if label == "STT":
            sheet, _ = self._cell(book, table, "Họ và tên")
            return sheet, next(cell for other, cell in cells if other is sheet and cell.value == label)
        return next((sheet, cell) for sheet, cell in cells if cell.value == label)

    def place(self, location: dict[str, Any]) -> Place:
        sheet = openpyxl.load_workbook(self.path)[location["sheet"]]
        cell = sheet[location["cell"]]
        label = sheet.cell(3, cell.column).value
        if label is None or sheet.title == "Kế hoạch":
            return "", str(sheet.cell(cell.row, cell.column - 1).value), 0
        table = next(table for table, known, _ in TIRED if known == label)
        return table, label, cell.row - 4


class WithWord(Clerk):
    """Fills in a document through python-docx, as one chooses and types in Word."""

    def write(self, written: dict[Place, object]) -> None:
        form = docx.Document(str(self.path))
        for (_, label, row), value in written.items():
            table, index, column = self._cell(form, label, row)
            said = f"{value:%d/%m/%Y}" if isinstance(value, date) else "" if value is None else str(value)
            cell = table.rows[index].cells[column]
            for control in [*cell._tc.iter(qn("w:sdt"))]:
                control.getparent().remove(control)
            cell.text = said
        form.save(str(self.path))

    def _cell(self, form: Any, label: str, row: int) -> tuple[Any, int, int]:
        for table in form.tables:
            if row == 0:
                labels = [line.cells[0].text for line in table.rows]
                if label in labels:
                    return table, labels.index(label), 1
            else:
                wanted = "Họ và tên" if label == "STT" else label
                labels = [cell.text for cell in table.rows[0].cells]
                if wanted in labels:
                    return table, row + 1, labels.index(label)
        raise AssertionError(label)

    def place(self, location: dict[str, Any]) -> Place:
        table = docx.Document(str(self.path)).tables[location["table"] - 1]
        row, column = location["row"] - 1, location["cell"] - 1
        label = table.rows[0].cells[column].text
        if not any(label == known for _, known, number in TIRED if number):
            return "", table.rows[row].cells[0].text, 0
        return next(name for name, known, number in TIRED if known == label and number), label, row - 1


Save = Callable[[Path], Path]


@pytest.fixture(params=["as saved by its library", pytest.param("as saved by LibreOffice", marks=pytest.mark.office)])
def saved(request: pytest.FixtureRequest, tmp_path: Path) -> Save:
    """What saving does to a form."""
    if request.param == "as saved by its library":
        return lambda path: path
    office: Office = request.getfixturevalue("office")
    filters = {".xlsx": "xlsx:Calc MS Excel 2007 XML", ".docx": "docx:MS Word 2007 XML"}

    def save(path: Path) -> Path:
        [made] = office(filters[path.suffix], tmp_path / "saved", path)
        return made

    return save


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
    kind: type[Clerk], saved: Save, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / ("plan.xlsx" if kind is WithExcel else "plan.docx")
    assert run(["new", str(path), "--kind", "commune"]) == 0
    first = told(path, capsys)
    assert {problem["message"]["vi"][:9] for problem in first["problems"]} == {"Chưa điền"}
    clerk = kind(path)
    clerk.write(HASTY)
    clerk = kind(saved(path))
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
@pytest.mark.parametrize("habit", [{}, *HABITS.values()], ids=["nothing more", *HABITS])
def test_a_tired_clerk_is_done_in_one_round(
    habit: dict[Place, object], kind: type[Clerk], saved: Save, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / ("plan.xlsx" if kind is WithExcel else "plan.docx")
    assert run(["new", str(path), "--kind", "xã"]) == 0
    kind(path).write(TIRED | habit)
    clerk = kind(saved(path))
    second = told(clerk.path, capsys)
    assert {*INTENDED} - {*habit} <= {*labels(second, clerk)}, "all that is wrong is told at once"
    clerk.write(dict(filter(None, map(clerk.mended, second["problems"]))))
    third = told(clerk.path, capsys)
    assert (third["problems"], third["findings"], third["status"]) == ([], [], "compliant")
