"""Documents: what is written reads back to the same plan, also when LibreOffice has saved it."""

from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given

from tests.appraisal import base_plan, plan_of
from tests.forms import base_document, form_problems, plan_in, without_order
from tests.layout import KNOWN, TABLES
from tests.plan_classes import Kind
from tests.programs import Office
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word
from thamdinh.engine.forms.blank import blank
from thamdinh.engine.forms.layout import layout
from thamdinh.engine.forms.template import template
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan


@pytest.mark.long
@examples(0.3)
@given(plans())
def test_a_plan_reads_back_from_its_document(data: dict[str, Any]) -> None:
    assert without_order(plan_in(word.write(plan_of(data)), "plan.docx")) == without_order(plan_of(data))


def test_plans_read_back_after_libreoffice_has_saved_them(
    office: Office,
    tmp_path: Path,
) -> None:
    given = [made.plan for made in generate(2, 12, 0.5, people=15)]
    files = [tmp_path / f"{number}.docx" for number in range(len(given))]
    for file, plan in zip(files, given, strict=True):
        file.write_bytes(word.write(plan_of(plan)))
    made = office("docx:MS Word 2007 XML", tmp_path / "saved", *files)
    for file, saved, plan in zip(files, made, given, strict=True):
        assert saved.read_bytes() != file.read_bytes()
        assert without_order(plan_in(saved.read_bytes(), "plan.docx")) == without_order(plan_of(plan))


def test_a_name_stands_on_one_page_with_its_table() -> None:
    body = docx.Document(BytesIO(base_document())).element.body
    named = [paragraph for paragraph in body.iter(qn("w:p")) if paragraph.text in {table.name for table in TABLES}]
    assert len(named) == len(TABLES)
    assert all(paragraph.find(f".//{qn('w:keepNext')}") is not None for paragraph in named)


def test_several_texts_in_a_cell_come_apart_again() -> None:
    data = base_plan()
    data["committees"][0]["members"][0]["also_on"] = ["Huyện ủy; Ban Thường vụ"]
    data["committees"][0]["members"][1]["also_on"] = ["Huyện ủy", "Đảng ủy Khối"]
    data["confidence_votes"][0]["published"] *= 2
    assert without_order(plan_in(word.write(plan_of(data)), "plan.docx")) == without_order(plan_of(data))


@pytest.mark.long
@pytest.mark.parametrize("kind", [Kind.COMMUNE, Kind.POLICE])
def test_a_form_filled_in_reads_as_the_yaml_template_filled_in(kind: Kind) -> None:
    asked = blank(KNOWN, kind, ".docx")
    assert {problem.message.vi[:9] for problem in form_problems(asked, "plan.docx")} == {"Chưa điền"}
    form = docx.Document(BytesIO(asked))
    for text in form.element.body.iter(qn("w:t")):  # in cells, and in the controls in them
        if (written := text.text or "").startswith("<"):
            written = written.replace("<ngày/tháng/năm>", "28/12/2017").replace("<số chỉ tiêu>", "12")
            text.text = written.strip("<>")
    filled = BytesIO()
    form.save(filled)
    wanted = (
        template(description(), kind, "", "vi").replace("<năm-tháng-ngày>", "2017-12-28").replace("<số chỉ tiêu>", "12")
    )
    wanted = wanted.replace("<", "").replace(">", "")
    expected = read_plan(read("p.yaml", wanted.encode()))
    assert without_order(plan_in(filled.getvalue(), "plan.docx")) == without_order(expected)


def in_cell(label: str, row: int, text: str, content: bytes) -> bytes:
    """The document with the text in the control of a cell, as Word puts it there when it is chosen or typed."""
    form = docx.Document(BytesIO(content))
    table = next(table for table in form.tables if label in {cell.text for cell in table.rows[0].cells})
    column = [cell.text for cell in table.rows[0].cells].index(label)
    [control] = table.rows[row].cells[column]._tc.iter(qn("w:sdt"))
    for mark in [*control.iter(qn("w:showingPlcHdr"))]:
        mark.getparent().remove(mark)
    [written] = control.iter(qn("w:t"))
    written.text = text
    saved = BytesIO()
    form.save(saved)
    return saved.getvalue()


@pytest.mark.long
def test_a_new_form_has_lists_to_choose_from_and_calendars_that_are_read() -> None:
    content = blank(KNOWN, Kind.COMMUNE, ".docx")
    root = docx.Document(BytesIO(content)).element
    assert {len([*root.iter(qn(f"w:{kind}"))]) > 3 for kind in ("dropDownList", "date")} == {True}
    before: Any = read("plan.docx", content).data
    assert len(before["conference"]["sessions"]) == 2, "controls that only ask are no rows"
    made = in_cell("Bắt đầu", 4, "29/12/2017 07:30", in_cell("Phần của hội nghị", 4, "tổng kết năm", content))
    data: Any = read("plan.docx", made).data
    assert data["conference"]["sessions"][2] == {"start": "2017-12-29T07:30", "part": "year_end"}


@pytest.mark.long
@pytest.mark.parametrize("picked", ["29/12/2017 00:00", "29/12/2017 0:00 ", "29/12/2017"])
def test_a_day_picked_from_a_calendar_is_no_midnight(picked: str) -> None:
    data: Any = read("plan.docx", in_cell("Bắt đầu", 4, picked, blank(KNOWN, Kind.COMMUNE, ".docx"))).data
    assert data["conference"]["sessions"][2]["start"].message.vi == "“29/12/2017” có ngày mà chưa có giờ"


def test_forms_are_in_vietnamese_and_no_mark_of_a_paragraph_is_higher_than_its_letters() -> None:
    form = docx.Document(BytesIO(blank(KNOWN, Kind.COMMUNE, ".docx")))
    assert {found.get(qn("w:val")) for found in form.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    sized = [run for run in form.element.body.iter(qn("w:r")) if run.rPr is not None and run.rPr.sz is not None]
    marks = [next(run.iterancestors(qn("w:p"))).pPr.find(f"{qn('w:rPr')}/{qn('w:sz')}") for run in sized]
    assert len(sized) > 100
    assert all(mark.get(qn("w:val")) == run.rPr.sz.get(qn("w:val")) for run, mark in zip(sized, marks, strict=True))


@pytest.mark.long
def test_a_row_that_word_adds_has_the_lists_and_calendars_of_the_last_one() -> None:
    """Word's button copies the row with its controls; so many rows are read as were filled in."""
    form = docx.Document(BytesIO(blank(KNOWN, Kind.COMMUNE, ".docx")))
    root = form.element
    assert "w15" in root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable").split()
    item = "{http://schemas.microsoft.com/office/word/2012/wordml}repeatingSectionItem"
    rows = [mark.getparent().getparent() for mark in root.iter(item)]
    assert len(rows) == sum(bool(table.rows) for table in layout(KNOWN).tables)
    sessions = rows[0]
    for number in range(2):
        added = deepcopy(sessions)
        start, _, part = list(added.iter(qn("w:sdtContent")))[1:]
        for control, text in ((start, f"29/12/2017 0{7 + number}:30"), (part, "tổng kết năm")):
            for mark in [*control.getparent().iter(qn("w:showingPlcHdr"))]:
                mark.getparent().remove(mark)
            next(control.iter(qn("w:t"))).text = text
        sessions.addnext(added)
    saved = BytesIO()
    form.save(saved)
    data: Any = read("plan.docx", saved.getvalue()).data
    assert {session["start"] for session in data["conference"]["sessions"][2:]} == {
        "2017-12-29T07:30",
        "2017-12-29T08:30",
    }
    assert {session["part"] for session in data["conference"]["sessions"][2:]} == {"year_end"}
