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
from thamdinh.engine.assurance.scenarios.checking import own_features
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.base.record import replaced
from thamdinh.engine.directive.packs import read

MADE = datetime(2026, 11, 27)
_PRINTED: dict[tuple[int, Any], tuple[Book, bytes]] = {}
"""The documents of books, each of which is the same however often it is made, and takes a second."""


@pytest.fixture(scope="module")
def made() -> Book:
    return book(read(), [], MADE, None)


def filled(of: Book, fill: Callable[[str, Any], None], language: Any = "vi") -> bytes:
    """The book as it comes back: `fill` writes into the room of each clause."""
    if (id(of), language) not in _PRINTED:
        _PRINTED[id(of), language] = of, document.render(of, language)
    paper = Document(BytesIO(_PRINTED[id(of), language][1]))
    rooms = [table for table in paper.tables if table.rows[0].cells[0].text == SIGNING[0][language]]
    for entry, room in zip(of.clauses, rooms, strict=True):
        fill(entry.id, room)
    saved = BytesIO()
    paper.save(saved)
    return saved.getvalue()


def write(room: Any, *texts: str, row: int = 1) -> None:
    for cell, text in zip(room.rows[row].cells, texts, strict=False):
        cell.text = text


@pytest.mark.long
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
        ("đồng ý?", "", "unclear"),
        ("", "", "open"),
    ],
)
def test_an_answer_is_what_is_written_and_nothing_is_guessed(made: Book, agreed: str, comment: str, state: str) -> None:
    content = filled(
        made, lambda clause, room: write(room, agreed, comment, "Trần Thị Hoa") if clause == "D3" else None
    )
    states = {one.about: one.state for one in review.reviewed(made, review.answers("so.docx", content))}
    assert states.pop("D3") == state
    assert set(states.values()) == {"open"}


@pytest.mark.long
def test_several_people_answer_in_rows_and_one_question_outweighs(made: Book) -> None:
    def fill(clause: str, room: Any) -> None:
        write(room, "Đồng ý", "", "A")
        if clause == "D1":
            room.add_row()
            write(room, "Đề nghị sửa", "1 ngày thôi", "B", row=2)

    found = review.reviewed(made, review.answers("so.docx", filled(made, fill)))
    assert [one.state for one in found] == ["questioned", *["agreed"] * (len(found) - 1)]
    assert [answer.who for answer in found[0].answers] == ["A", "B"]


@pytest.mark.long
def test_a_change_of_the_pack_voids_just_the_answers_on_what_changed(made: Book) -> None:
    given = review.answers("so.docx", filled(made, lambda _, room: write(room, "Đồng ý", "", "A")))
    first, *others = made.clauses
    changed = replace(
        made, clauses=(replace(first, items=(replaced(first.items[0], content="0" * 64), *first.items[1:])), *others)
    )
    states = [one.state for one in review.reviewed(changed, given)]
    assert states == ["void", *["agreed"] * len(others)]
    assert [one.about for one in review.reviewed(changed, given) if one.void] == [first.id]


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


@pytest.fixture(scope="module")
def told() -> Book:
    """A book with its scenarios, that were not run."""
    pack = read()
    return book(pack, own_features(pack), MADE, None)


def beside(paper: Any, title: str) -> Any:
    """The room beside the scenario of this title."""
    return next(row.cells[-1] for table in paper.tables for row in table.rows if row.cells[0].text.startswith(title))


@pytest.mark.long
@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("đồng ý", "agreed"),
        ("Không: giờ này là muộn", "questioned"),
        ("Giờ này đã muộn", "questioned"),
        ("đồng ý, nhưng xem lại giờ", "unclear"),
        ("đồng ý?", "unclear"),
    ],
)
def test_a_scenario_may_be_answered_apart_and_its_clause_answers_the_others(told: Book, words: str, state: str) -> None:
    clause = next(one for one in told.clauses if len(one.stories) > 1)
    story = clause.stories[0]

    def fill(about: str, room: Any) -> None:
        if about == clause.id:
            write(room, "Đồng ý", "", "Trần Thị Hoa, Phó Ban", "3/1/2018")

    paper = Document(BytesIO(filled(told, fill)))
    beside(paper, story.name).paragraphs[-1].text = words
    saved = BytesIO()
    paper.save(saved)
    given = review.answers("so.docx", saved.getvalue())
    states = {one.about: one.state for one in review.reviewed(told, given) if one.state != "open"}
    assert states == {clause.id: "agreed", story.label: state}
    assert {answer.who for answer in given} == {"Trần Thị Hoa, Phó Ban"}
    said = {item.id: answer.agrees for item, answer in review.agreed_to(told, given)}
    apart = {"agreed": True, "questioned": False, "unclear": None}[state]
    assert said == {item.id: apart if item == story.item else True for item in clause.items}


@pytest.mark.long
def test_a_change_of_a_scenario_voids_the_answer_on_it_and_on_its_clause(told: Book) -> None:
    paper = Document(BytesIO(filled(told, lambda _, room: write(room, "Đồng ý", "", "A"))))
    clause = next(one for one in told.clauses if len(one.stories) > 1)
    story, other = clause.stories[:2]
    for one in (story, other):
        beside(paper, one.name).paragraphs[-1].text = "đồng ý"
    saved = BytesIO()
    paper.save(saved)
    given = review.answers("so.docx", saved.getvalue())
    changed = replace(story, item=replaced(story.item, content="0" * 64))
    items = tuple(changed.item if item == story.item else item for item in clause.items)
    late = replace(clause, stories=(changed, *clause.stories[1:]), items=items)
    later = replace(told, clauses=tuple(late if one is clause else one for one in told.clauses))
    states = {one.about: one.state for one in review.reviewed(later, given)}
    assert {states.pop(clause.id), states.pop(story.label)} == {"void"}
    assert set(states.values()) == {"agreed"}
    assert other.label in states
    assert review.gone(review.reviewed(later, given), given) == ()
