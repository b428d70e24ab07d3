"""Documents as people hand them in: what they do to a form is forgiven, and what can't be understood has its place."""

from collections.abc import Callable
from copy import deepcopy
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.appraisal import base_plan, plan_of
from tests.forms import base_document, form_problems, plan_in, without_order
from tests.packages import repacked
from thamdinh.engine.documents import read

BASE = without_order(plan_of(base_plan()))
Edit = Callable[[Any], None]


def document(edit: Edit | None = None) -> bytes:
    """The base plan as a document, changed by `edit`."""
    if edit is None:
        return base_document()
    made = docx.Document(BytesIO(base_document()))
    edit(made)
    saved = BytesIO()
    made.save(saved)
    return saved.getvalue()


def cell(made: Any, label: str, row: int = 1) -> Any:
    """The cell under a label; beside it, in the table of two columns. `row` counts from 1 below the headings."""
    for table in made.tables:
        for number, line in enumerate(table.rows):
            for column, found in enumerate(line.cells):
                if found.text == label:
                    return line.cells[1] if len(line.cells) == 2 else table.rows[number + row].cells[column]
    raise AssertionError(label)


def _write(label: str, text: str, row: int = 1) -> Edit:
    return lambda made: setattr(cell(made, label, row), "text", text)


def _merge(made: Any) -> None:
    first, second = cell(made, "Tư cách tham dự", 1), cell(made, "Tư cách tham dự", 2)
    second.text = ""
    first.merge(second)


def _track(made: Any) -> None:
    """One word was deleted and another put in, both still tracked."""
    paragraph = cell(made, "Địa điểm").paragraphs[0]
    text = paragraph.text
    for run in list(paragraph.runs):
        run._r.getparent().remove(run._r)
    for xml in (
        f'<w:del {nsdecls("w")} w:id="901" w:author="a"><w:r><w:delText>Nhà cũ</w:delText></w:r></w:del>',
        f'<w:moveFrom {nsdecls("w")} w:id="903" w:author="a"><w:r><w:t>Nơi khác</w:t></w:r></w:moveFrom>',
        f'<w:ins {nsdecls("w")} w:id="902" w:author="a"><w:r><w:t>{text}</w:t></w:r></w:ins>',
    ):
        paragraph._p.append(parse_xml(xml))


def _control(made: Any) -> None:
    """A content control around a value, and one that still shows its prompt."""
    filled = cell(made, "Họ và tên").paragraphs[0]
    run = filled.runs[0]._r
    wrapped = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
    run.addprevious(wrapped)
    wrapped.find(qn("w:sdtContent")).append(run)
    empty = cell(made, "Thay cho đại biểu").paragraphs[0]._p
    empty.append(
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            "<w:sdtContent><w:r><w:t>Chọn một mục</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )


def _fields_as_paragraphs(made: Any) -> None:
    """The fields are written as "label: value" lines in place of a table."""
    table = made.tables[1]
    for row in table.rows:
        made.paragraphs[2].insert_paragraph_before(f"{row.cells[0].text}: {row.cells[1].text}")
    table._tbl.getparent().remove(table._tbl)


def _rows_and_tables_moved(made: Any) -> None:
    tables = made.tables
    tables[2]._tbl.addprevious(tables[-2]._tbl)
    people = next(table for table in tables if any(found.text == "Họ và tên" for found in table.rows[0].cells))
    people.add_row()
    people.rows[2]._tr.addnext(deepcopy(people.rows[0]._tr))


FORGIVEN: dict[str, Edit] = {
    "merged cells": _merge,
    "tracked changes": _track,
    "content controls": _control,
    "fields as paragraphs": _fields_as_paragraphs,
    "tables moved, blank rows, headings repeated": _rows_and_tables_moved,
    "a label in capitals with a colon": _write("Tư cách tham dự", "TƯ CÁCH THAM DỰ:", 0),
    "a time as an official writes it": _write("Bắt đầu", "7 giờ 30, ngày 28/12/2017"),
    "an end on the day of the start": _write("Kết thúc", "11h"),
    "a ticked box": _write("Dự phần tổng kết năm", "☒"),
    "an empty box": _write("Dự phần sơ kết giữa nhiệm kỳ", "☐", 4),
    "several lines": _write("Họ và tên", "Nguyễn Văn\nBình"),
}


@pytest.mark.parametrize("edit", FORGIVEN.values(), ids=FORGIVEN)
def test_what_people_do_to_a_document_is_forgiven(edit: Edit) -> None:
    assert without_order(plan_in(document(edit), "plan.docx")) == BASE


@pytest.mark.parametrize(
    ("edit", "where"),
    [
        (_write("Bắt đầu", "sáng 28"), {"table": 3, "row": 2, "cell": 2}),
        (_write("Địa điểm", ""), {"table": 2, "row": 6, "cell": 2}),
        (_write("Tư cách tham dự", "khách mời", 2), {"table": 6, "row": 3, "cell": 5}),
        (_write("Người quán triệt", "p77"), {"table": 8, "row": 2, "cell": 3}),
        (_write("Số chỉ tiêu", "1,5"), {"table": 10, "row": 2, "cell": 4}),
        (_write("Kết thúc", "05:00"), {"table": 3, "row": 2, "cell": 3}),
    ],
)
def test_what_cannot_be_understood_is_told_at_table_row_and_cell(edit: Edit, where: dict[str, int]) -> None:
    (found,) = form_problems(document(edit), "plan.docx")
    place = found.place.to_json()
    assert {name: place[name] for name in ("table", "row", "cell")} == where


def test_a_field_in_a_paragraph_has_its_paragraph_for_a_place() -> None:
    def spoil(made: Any) -> None:
        _fields_as_paragraphs(made)
        next(found for found in made.paragraphs if found.text.startswith("Loại hình")).text = "Loại hình tổ chức: xóm"

    (found,) = form_problems(document(spoil), "plan.docx")
    made = docx.Document(BytesIO(document(spoil)))
    assert made.paragraphs[(found.place.paragraph or 0) - 1].text == "Loại hình tổ chức: xóm"


def _package(change: Callable[[dict[str, bytes]], None]) -> bytes:
    return repacked(base_document(), change)


def _in_document(old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts["word/document.xml"]
        parts["word/document.xml"] = parts["word/document.xml"].replace(old, new, 1)

    return change


UNSAFE = {
    "a DTD": (lambda: _package(_in_document(b"<w:document", b'<!DOCTYPE a [<!ENTITY x "y">]><w:document')), "DTD"),
    "content elsewhere": (lambda: _package(_in_document(b"<w:body>", b"<w:body><w:altChunk/>")), "tệp khác"),
    "macros": (lambda: _package(lambda parts: parts.update({"word/vbaProject.bin": b""})), "macro"),
    "a workbook's suffix changed": (lambda: _package(lambda parts: parts.pop("word/document.xml")), "hỏng"),
    "an old document": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "--convert-to docx"),
}


@pytest.mark.parametrize(("content", "said"), UNSAFE.values(), ids=UNSAFE)
def test_what_is_unsafe_or_damaged_is_refused_in_words(content: Callable[[], bytes], said: str) -> None:
    (found,) = form_problems(content(), "plan.docx")
    assert found.code == "PL006"
    assert said in f"{found.message.vi} {found.fix.vi}"


def test_links_lead_nowhere() -> None:
    """A template on the network, as attackers and some offices attach one, is neither opened nor missed."""
    relation = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"'
        b' Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'
    )

    def attach(parts: dict[str, bytes]) -> None:
        name = "word/_rels/document.xml.rels"
        parts[name] = parts[name].replace(b"</Relationships>", relation)

    assert without_order(plan_in(_package(attach), "plan.docx")) == BASE


def test_standard_input_is_told_by_what_it_holds() -> None:
    assert without_order(plan_in(base_document(), "-")) == BASE
    assert read("-", base_document()).file == "<stdin>"
