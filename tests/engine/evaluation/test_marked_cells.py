"""Where findings on forms are shown: in the very cell that is to be mended, by what the form calls it."""

from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.appraisal import checker
from tests.command_line import EXAMPLES
from thamdinh.engine.base.problem import Place
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word, workbook
from thamdinh.engine.model.integrity import read_plan

MARKED = {
    "lay-phieu": {
        "TD501": "Họ và tên cấp ủy viên",
        "TD502": "Quán triệt yêu cầu",
        "TD503": "Giờ phát phiếu",
        "TD504": "Công khai tại cấp ủy cấp trên trực tiếp",
        "TD505": "Công khai tại cấp ủy cùng cấp",
    },
    "thanh-phan": dict.fromkeys(("TD301", "TD302", "TD303", "TD304"), "Dự phần sơ kết giữa nhiệm kỳ"),
    "thieu-bao-cao": {"TD203": "Mã báo cáo", "TD704": "Văn bản hướng dẫn", "TD702": "Loại văn bản"},
    "khong-thao-luan-nhom": {"TD401": "Phần được thảo luận"},
    "thoi-luong-xa": {"TD101": "Bắt đầu"},
}
"""The label over the cell that findings of each rule are shown in."""


def _found(name: str, form: str) -> tuple[bytes, list[tuple[str, Place]]]:
    path = EXAMPLES / "breached" / f"{name}.yaml"
    plan = read_plan(read(str(path), path.read_bytes()))
    content = word.write(plan) if form == ".docx" else workbook.write(plan)
    document = read(f"plan{form}", content)
    verdict = checker().check(read_plan(document), document)
    return content, [(finding.rule, finding.place) for finding in verdict.findings]


@pytest.mark.parametrize("name", MARKED)
def test_a_finding_colours_the_cell_that_is_to_be_mended(name: str) -> None:
    content, found = _found(name, ".xlsx")
    book = openpyxl.load_workbook(BytesIO(content))
    labels = {rule: book[place.sheet][3][book[place.sheet][place.cell].column - 1].value for rule, place in found}  # type: ignore[index]
    assert MARKED[name].items() <= labels.items()


@pytest.mark.parametrize("name", MARKED)
def test_a_place_in_a_document_is_its_section_number_and_column(name: str) -> None:
    content, found = _found(name, ".docx")
    tables = docx.Document(BytesIO(content)).tables
    for rule, place in found:
        cells = tables[place.table - 1].rows[place.row - 1].cells  # type: ignore[operator]
        where = place.describe()
        if place.row == 1:
            assert where == f"plan.docx: bảng {place.table}, dòng 1, ô {place.cell}"
        else:
            assert (
                where
                == f"plan.docx: phần “{place.section}”, STT {cells[0].text}, cột “{MARKED[name].get(rule, place.label)}”"
            )
            assert place.to_json()["label"] == tables[place.table - 1].rows[0].cells[place.cell - 1].text  # type: ignore[operator]


def test_a_field_of_a_document_is_its_section_and_label(tmp_path: Path) -> None:
    path = EXAMPLES / "compliant" / "xa-phu-tuc.yaml"
    form = docx.Document(BytesIO(word.write(read_plan(read(str(path), path.read_bytes())))))
    form.tables[1].rows[5].cells[1].text = "-"
    for cell in form.tables[6].columns[0].cells[1:]:
        cell.text = ""
    form.tables[6].rows[2].cells[5].text = "trưởng ban"
    form.save(str(tmp_path / "plan.docx"))
    document = read("plan.docx", (tmp_path / "plan.docx").read_bytes())
    with pytest.raises(Exception) as told:  # noqa: PT011
        read_plan(document)
    where = [problem.place.describe("en") for problem in told.value.problems]  # type: ignore[attr-defined]
    assert where == [
        "plan.docx: section “Kế hoạch”, “Địa điểm”",
        "plan.docx: section “Cấp ủy”, row 3, “Chức vụ trong cấp ủy”",
    ]
