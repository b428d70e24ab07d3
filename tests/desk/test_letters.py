"""The letter on a decided case."""

from io import BytesIO

import pytest
from docx import Document

from tests.desk.desks import COMPLIANT, Peopled
from thamdinh.desk.refused import Refused


def text_of(letter: bytes) -> str:
    document = Document(BytesIO(letter))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.long
def test_a_letter_of_return_says_what_is_wrong_and_why(at: Peopled) -> None:
    cases, number = at.desk.cases, at.submitted()
    cases.take(at["canbo"], number)
    found = cases.find_by_id(at["canbo"], number).found[0]
    cases.comment(at["canbo"], number, "Xem lại\nthành phần", found.rule, found.subject)
    cases.give_back(at["lanhdao"], number, "Không đúng <chỉ đạo> & thành phần")
    said = text_of(at.desk.letter(at["phutuc"], number))
    assert "Kính gửi: Đảng ủy xã Phú Túc" in said
    assert "đã trả lại" in said
    assert "Lý do: Không đúng <chỉ đạo> & thành phần" in said
    assert f"{found.rule} {found.subject}: Xem lại thành phần" in said
    assert found.rule in said
    assert "hoàn chỉnh kế hoạch" in said


@pytest.mark.long
def test_a_letter_on_an_accepted_plan_asks_for_nothing(at: Peopled) -> None:
    cases, number = at.desk.cases, at.submitted(COMPLIANT)
    cases.take(at["canbo"], number)
    cases.accept(at["lanhdao"], number)
    said = text_of(at.desk.letter(at["phutuc"], number))
    assert "hoàn chỉnh" not in said
    assert "Đề nghị đơn vị tổ chức hội nghị" in said


def test_no_letter_is_written_before_there_is_a_decision(at: Peopled) -> None:
    number = at.submitted()
    with pytest.raises(Refused, match="Nothing is decided"):
        at.desk.letter(at["phutuc"], number)
    with pytest.raises(Refused, match="no such case"):
        at.desk.letter(at["batri"], number)
