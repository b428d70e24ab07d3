"""The answers in a review book that came back: who agrees to which clause, and whether that still is the clause."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final, Literal

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from ....base.as_json import AsJson, as_json
from ....base.problem import UNREADABLE, Place, Problem, Unreadable
from ....base.record import Record
from ....base.suggest import letters
from ....base.text import Text
from .content import DIGITS, MARK, SIGNING, Book

State = Literal["agreed", "questioned", "unclear", "open", "void"]
STATES: Final[dict[State, Text]] = {
    "agreed": Text("đồng ý", "agreed"),
    "questioned": Text("đề nghị sửa", "to be changed"),
    "unclear": Text("chưa rõ có đồng ý không", "not clear whether agreed"),
    "open": Text("chưa có ý kiến", "no answer"),
    "void": Text("hết hiệu lực, điều khoản đã đổi", "void, the clause has changed"),
}
_YES: Final = ("dongy", "nhattri", "thongnhat", "agreed", "agree", "yes", "co", "x", "✓", "✔", "☑")
_NO: Final = ("khong", "chua", "denghi", "sua", "tobechanged", "change", "no", "disagree")
_MARKED: Final = re.compile(rf"(?:{MARK.vi}|{MARK.en}): (\S+) ([0-9a-f]{{{DIGITS}}})")


class Answer(Record, AsJson):
    """What one person says of one clause, as it was worded (`digest`); `agrees` is None where that is not clear."""

    clause: str
    digest: str
    agrees: bool | None
    comment: str
    who: str
    when: str
    file: str


class Reviewed(Record, AsJson):
    """One clause with the answers on it: on its wording as it is, and on others, which are void."""

    clause: str
    digest: str
    answers: tuple[Answer, ...]
    void: tuple[Answer, ...]

    @property
    def state(self) -> State:
        """What came of it: one question outweighs every agreement."""
        if any(answer.agrees is False for answer in self.answers):
            return "questioned"
        if any(answer.agrees is None for answer in self.answers):
            return "unclear"
        if self.answers:
            return "agreed"
        return "void" if self.void else "open"


def answers(file: str, content: bytes) -> tuple[Answer, ...]:
    """The answers in a book. Raises Unreadable for what is none."""
    try:
        body = Document(BytesIO(content)).element.body
    except Exception:  # whatever python-docx says of a file that is no document
        raise Unreadable(_no_book(file)) from None
    if not any(_MARKED.search(_text(part)) for part in body):
        raise Unreadable(_no_book(file))
    return tuple(_found(file, body))


def _found(file: str, body: Any) -> Iterator[Answer]:
    clause = None
    heads = [[letters(words[language]) for words in SIGNING] for language in ("vi", "en")]
    for part in body:
        if part.tag == qn("w:p") and (marked := _MARKED.search(_text(part))):
            clause = marked[1], marked[2]
        elif part.tag == qn("w:tbl") and clause is not None:
            rows = [[" ".join(cell.text.split()) for cell in row.cells] for row in Table(part, body).rows]
            if rows and [letters(cell) for cell in rows[0]] in heads:
                for agreed, comment, who, when in rows[1:]:
                    if agreed or comment:
                        yield Answer(*clause, _agrees(agreed), comment, who, when, file)
                clause = None


def _text(part: Any) -> str:
    return "".join(piece.text or "" for piece in part.iter(qn("w:t")))


def _agrees(written: str) -> bool | None:
    """Whether somebody agrees; None where what is written says neither for certain. A comment alone asks for a change."""
    word = letters(written) or written.strip()
    if word in _YES:
        return True
    return False if not word or word.startswith(_NO) else None


def reviewed(book: Book, given: tuple[Answer, ...]) -> tuple[Reviewed, ...]:
    """Every clause of the book as it is, with what was said of it."""
    return tuple(
        Reviewed(
            clause.id,
            clause.digest,
            tuple(answer for answer in given if (answer.clause, answer.digest) == (clause.id, clause.digest)),
            tuple(answer for answer in given if answer.clause == clause.id and answer.digest != clause.digest),
        )
        for clause in book.clauses
    )


def record(book: Book, found: tuple[Reviewed, ...], gone: tuple[Answer, ...]) -> Mapping[str, object]:
    """What is kept of a review: of which pack, each clause with its state, and answers on clauses that are no more."""
    return {
        "schema": 1,
        "directive": book.directive,
        "version": book.version,
        "pack": book.pack,
        "clauses": [{"clause": one.clause, "state": one.state, **one.to_json()} for one in found],
        "gone": as_json(gone),
    }


def _no_book(file: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Tệp này không phải sổ rà soát có mã đối chiếu", "The file is no review book with its references"),
        Text(
            "Nêu tệp Word do thamdinh features book tạo, đã ghi ý kiến và lưu dạng .docx",
            "Name the Word document that thamdinh features book made, commented on and saved as .docx",
        ),
        Place(file),
    )
