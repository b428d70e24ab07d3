"""What was written in a review book is read as the answer of one person on one wording of one clause."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from thamdinh.engine.assurance.scenarios.book import document, review
from thamdinh.engine.assurance.scenarios.book.content import SIGNING, Book, book
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import read


@pytest.fixture(scope="module")
def made() -> Book:
    return book(read(), [], datetime(2026, 11, 27), None)


def filled(of: Book, fill: Callable[[str, Any], None], language: Any = "vi") -> bytes:
    """The book as it comes back: `fill` writes into the room of each clause."""
    paper = Document(BytesIO(document.render(of, language)))
    rooms = [table for table in paper.tables if table.rows[0].cells[0].text == SIGNING[0][language]]
    for entry, room in zip(of.clauses, rooms, strict=True):
        fill(entry.id, room)
    saved = BytesIO()
    paper.save(saved)
    return saved.getvalue()


def write(room: Any, *texts: str, row: int = 1) -> None:
    for cell, text in zip(room.rows[row].cells, texts, strict=False):
        cell.text = text


@pytest.mark.parametrize(
    ("agreed", "comment", "state"),
    [
        ("Đồng ý", "", "agreed"),
        ("đồng ý.", "nhưng nên nói rõ", "agreed"),
        ("x", "", "agreed"),
        ("Đề nghị sửa", "chưa rõ", "questioned"),
        ("Không đồng ý", "", "questioned"),
        ("", "Chữ “gộp” chưa rõ", "questioned"),
        ("xem lại", "", "unclear"),
        ("đồng ý?", "", "agreed"),
        ("", "", "open"),
    ],
)
def test_an_answer_is_what_is_written_and_nothing_is_guessed(made: Book, agreed: str, comment: str, state: str) -> None:
    content = filled(
        made, lambda clause, room: write(room, agreed, comment, "Trần Thị Hoa") if clause == "D3" else None
    )
    states = {one.clause: one.state for one in review.reviewed(made, review.answers("so.docx", content))}
    assert states.pop("D3") == state
    assert set(states.values()) == {"open"}


def test_several_people_answer_in_rows_and_one_question_outweighs(made: Book) -> None:
    def fill(clause: str, room: Any) -> None:
        write(room, "Đồng ý", "", "A")
        if clause == "D1":
            room.add_row()
            write(room, "Đề nghị sửa", "1 ngày thôi", "B", row=2)

    found = review.reviewed(made, review.answers("so.docx", filled(made, fill)))
    assert [one.state for one in found] == ["questioned", *["agreed"] * (len(found) - 1)]
    assert [answer.who for answer in found[0].answers] == ["A", "B"]


def test_a_change_of_the_pack_voids_just_the_answers_on_what_changed(made: Book) -> None:
    given = review.answers("so.docx", filled(made, lambda _, room: write(room, "Đồng ý", "", "A")))
    first, *others = made.clauses
    changed = replace(made, clauses=(replace(first, text=Text("Khác.", "Other.")), *others))
    states = [one.state for one in review.reviewed(changed, given)]
    assert states == ["void", *["agreed"] * len(others)]
    assert [one.clause for one in review.reviewed(changed, given) if one.void] == [first.id]


def test_results_of_a_run_void_nothing(made: Book) -> None:
    later = replace(made, made=datetime(2027, 1, 1), passed=0)
    assert [one.digest for one in later.clauses] == [one.digest for one in made.clauses]


@pytest.mark.parametrize("content", [b"", b"PK", "xin chào".encode()])
def test_what_is_no_book_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        review.answers("so.docx", content)
    assert "mã đối chiếu" in refused.value.problems[0].message.vi


def test_a_document_without_references_is_refused() -> None:
    saved = BytesIO()
    Document().save(saved)
    with pytest.raises(Unreadable):
        review.answers("so.docx", saved.getvalue())
