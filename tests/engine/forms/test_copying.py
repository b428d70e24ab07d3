"""Annotated copies: a note and a colour at everything that is wrong, a list with links, and nothing else changed."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.appraisal import base_plan, checker, plan_of
from tests.forms import base_document, book_of, cell, changed_book, plan_in, without_order
from tests.layout import KNOWN
from tests.packages import parts_of
from tests.plan_classes import Kind
from tests.programs import Office
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.forms import word
from thamdinh.engine.forms.blank import blank
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.reporters.annotation.annotate import annotate
from thamdinh.engine.reporters.annotation.marks import FILLS, Mark, marks


def breached() -> dict[str, Any]:
    """The base plan with an error, a warning and advice."""
    data = base_plan()
    data["participants"][3]["parts"] = ["year_end", "mid_term"]
    data["confidence_votes"][0]["ballots_distributed_at"] = "2017-12-28T08:15"
    data["conference"]["directed_by"] = "Đảng ủy <Công an> & =1+1"
    data["outcomes"] = []
    return data


@cache
def form(suffix: str) -> bytes:
    return book_of(breached(), _decorate) if suffix == ".xlsx" else word.write(plan_of(breached()))


def _decorate(book: openpyxl.Workbook) -> None:
    """What openpyxl would lose or move if the copy were saved through it can't be tested by openpyxl; this is the rest."""
    book["Kế hoạch"]["D20"] = "=1+1"
    book["Thành phần"].column_dimensions["C"].hidden = False
    book.create_sheet("Nháp")["A1"] = "của đơn vị"


def verdict(content: bytes, suffix: str) -> Verdict:
    try:
        document = read(f"plan{suffix}", content)
        return checker().check(read_plan(document), document)
    except Unreadable as unreadable:
        return Verdict(f"plan{suffix}", None, problems=unreadable.problems)


def annotated(content: bytes, suffix: str) -> tuple[list[Mark], bytes]:
    found = marks(verdict(content, suffix), "vi")
    return found, annotate(f"plan{suffix}", content, suffix, found, "vi")


TOUCHED = {
    ".xlsx": ("[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"),
    ".docx": ("[Content_Types].xml", "word/document.xml", "word/_rels/document.xml.rels"),
}


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_parts_that_need_no_change_stay_byte_for_byte(suffix: str) -> None:
    content = form(suffix)
    found, made = annotated(content, suffix)
    before, after = parts_of(content), parts_of(made)
    assert list(after)[: len(before)] == list(before)
    changed = {name for name, part in before.items() if after[name] != part}
    marked = {item.place.sheet for item in found}
    for number, name in enumerate(openpyxl.load_workbook(BytesIO(content)).sheetnames if suffix == ".xlsx" else (), 1):
        if name in marked:
            changed -= {f"xl/worksheets/sheet{number}.xml", f"xl/worksheets/_rels/sheet{number}.xml.rels"}
    changed -= {name for name in changed if "comments" in name}
    assert changed == set(TOUCHED[suffix])
    assert "xl/worksheets/sheet8.xml" not in changed


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_an_annotated_copy_holds_the_same_plan_and_can_be_annotated_again(suffix: str) -> None:
    content = form(suffix)
    _, once = annotated(content, suffix)
    assert plan_in(once, f"plan{suffix}") == plan_in(content, f"plan{suffix}")
    _, twice = annotated(once, suffix)
    assert plan_in(twice, f"plan{suffix}") == plan_in(content, f"plan{suffix}")


def test_every_faulty_cell_has_a_comment_and_the_colour_of_its_level() -> None:
    content = form(".xlsx")
    found, made = annotated(content, ".xlsx")
    before, after = (openpyxl.load_workbook(BytesIO(book)) for book in (content, made))
    assert {item.level for item in found} == {"error", "warning", "advice"}
    faulty = {(item.place.sheet, item.place.cell) for item in found}
    for item in found:
        marked = after[str(item.place.sheet)][str(item.place.cell)]
        assert item.message in marked.comment.text
        assert item.fix in marked.comment.text
        assert marked.fill.fgColor.rgb == f"FF{FILLS[item.level]}"
    for sheet in before.worksheets:
        copy = after[sheet.title]
        assert (sheet.dimensions, sheet.freeze_panes) == (copy.dimensions, copy.freeze_panes)
        assert len(sheet.data_validations.dataValidation) == len(copy.data_validations.dataValidation)
        for line in sheet.iter_rows():
            for old in line:
                new = copy[old.coordinate]
                assert (old.value, old.data_type, old.number_format, repr(old.font)) == (
                    new.value,
                    new.data_type,
                    new.number_format,
                    repr(new.font),
                )
                assert (sheet.title, old.coordinate) in faulty or (
                    repr(old.fill) == repr(new.fill) and _note(old) == _note(new)
                )
    (noted,) = {item.place.cell for item in found if item.place.sheet == "Kết quả"}
    kept = _note(before["Kết quả"][str(noted)])
    assert kept is None or kept in str(_note(after["Kết quả"][str(noted)]))


def _note(found: Any) -> str | None:
    return found.comment.text if found.comment else None


def test_the_sheet_of_findings_links_to_every_cell() -> None:
    found, made = annotated(form(".xlsx"), ".xlsx")
    sheet = openpyxl.load_workbook(BytesIO(made)).worksheets[-1]
    assert sheet.title == "Kết quả thẩm định"
    rows = [[entry.value for entry in line] for line in sheet.iter_rows(min_row=3)]
    assert [row[1:4] for row in rows] == [[item.code, item.message, item.fix] for item in found]
    links = [sheet.cell(number, 5).hyperlink.location for number in range(3, 3 + len(found))]
    assert links == [f"'{item.place.sheet}'!{item.place.cell}" for item in found]
    assert not any(entry.data_type == "f" for line in sheet.iter_rows() for entry in line)


def test_a_cell_that_was_not_there_is_made_where_it_belongs() -> None:
    def empty(book: openpyxl.Workbook) -> None:
        book["Kế hoạch"].delete_rows(8)
        cell(book["Thành phần"], "Tư cách tham dự", 2).value = None

    content = book_of(base_plan(), empty)
    found, made = annotated(content, ".xlsx")
    assert {item.code for item in found} == {"PL002"}
    for item in found:
        marked = openpyxl.load_workbook(BytesIO(made))[str(item.place.sheet)][str(item.place.cell)]
        assert marked.comment is not None


@pytest.mark.long
def test_an_empty_form_is_annotated_too() -> None:
    for suffix in (".xlsx", ".docx"):
        found, made = annotated(blank(KNOWN, Kind.COMMUNE, suffix), suffix)
        assert found
        assert [item.message for item in marks(verdict(made, suffix), "vi")] == [item.message for item in found]


def test_every_faulty_cell_of_a_document_has_a_comment_a_shade_and_a_link() -> None:
    content = form(".docx")
    found, made = annotated(content, ".docx")
    document = docx.Document(BytesIO(made))
    comments = {comment.comment_id: comment.text for comment in document.comments}
    assert sorted(comments.values()) == sorted(item.comment("vi") for item in found)
    for item in found:
        place = item.place
        target = document.tables[(place.table or 0) - 1].rows[(place.row or 0) - 1].cells[int(place.cell or 0) - 1]._tc
        ids = [entry.get(qn("w:id")) for entry in target.iter(qn("w:commentRangeStart"))]
        assert item.comment("vi") in [comments[int(number)] for number in ids]
        assert target.find(qn("w:tcPr")).find(qn("w:shd")).get(qn("w:fill")) in FILLS.values()
        (bookmark,) = (entry.get(qn("w:name")) for entry in target.iter(qn("w:bookmarkStart")))
        assert bookmark in {link.get(qn("w:anchor")) for link in document.element.body.iter(qn("w:hyperlink"))}
    closing = [paragraph.text for paragraph in document.paragraphs]
    start = closing.index("Kết quả thẩm định")
    assert len(closing) - start - 1 == len(found)
    assert document.element.body[-1].tag == qn("w:sectPr")


def test_a_faulty_paragraph_is_marked() -> None:
    made = docx.Document(BytesIO(base_document()))
    made.add_paragraph("Loại hình tổ chức: phường")
    content = BytesIO()
    made.save(content)
    found, copy = annotated(content.getvalue(), ".docx")
    assert [item.place.paragraph is not None for item in found] == [True]
    marked = docx.Document(BytesIO(copy)).paragraphs[(found[0].place.paragraph or 0) - 1]
    assert marked._p.find(qn("w:pPr")).find(qn("w:shd")) is not None


@pytest.mark.parametrize("suffix", [".xlsx", ".docx"])
def test_libreoffice_opens_annotated_copies(
    suffix: str,
    office: Office,
    tmp_path: Path,
) -> None:
    _, made = annotated(form(suffix), suffix)
    file = tmp_path / f"copy{suffix}"
    file.write_bytes(made)
    form_of = {".xlsx": "xlsx:Calc MS Excel 2007 XML", ".docx": "docx:MS Word 2007 XML"}[suffix]
    [converted] = office(form_of, tmp_path / "saved", file)
    saved = converted.read_bytes()
    assert without_order(plan_in(saved, f"plan{suffix}")) == without_order(plan_of(breached()))
    everything = b"".join(parts_of(saved).values()).decode(errors="replace")
    assert "TD301" in everything
    assert any("comments" in name for name in parts_of(saved))


def test_waived_findings_are_not_marked() -> None:
    from dataclasses import replace

    judged = verdict(form(".docx"), ".docx")
    waived = replace(judged, findings=tuple(replace(finding, waived={"reason": "x"}) for finding in judged.findings))
    assert marks(waived, "vi") == []
    made = annotate("plan.docx", form(".docx"), ".docx", [], "en")
    assert docx.Document(BytesIO(made)).paragraphs[-1].text == "Nothing is wrong."


def test_a_cell_with_a_comment_of_ones_own_keeps_it() -> None:
    def remark(book: openpyxl.Workbook) -> None:
        cell(book["Thành phần"], "Dự phần sơ kết giữa nhiệm kỳ", 4).comment = openpyxl.comments.Comment(
            "Hỏi lại anh Ba", "Văn phòng"
        )

    _, made = annotated(changed_book(form(".xlsx"), remark), ".xlsx")
    text = cell(openpyxl.load_workbook(BytesIO(made))["Thành phần"], "Dự phần sơ kết giữa nhiệm kỳ", 4).comment.text
    assert text.startswith("Hỏi lại anh Ba")
    assert "TD301" in text
