"""The answers in a review book that came back: who agrees to which clause or scenario, and whether that still is what it was."""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final, get_args

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table

from ....base.as_json import as_json
from ....base.problem import UNREADABLE, Place, Problem, Unreadable
from ....base.record import replaced
from ....base.suggest import letters
from ....base.text import Language, Text
from ....directive.pack import Pack
from ....directive.packs import digest as pack_digest
from ..agreement import Answer, Item, Standing
from .content import APART, DIGITS, MARK, SIGNING, STATUSES, Book

_YES: Final = ("dongy", "nhattri", "thongnhat", "agreed", "agree", "yes", "co", "x", "✓", "✔", "☑")
_NO: Final = ("khong", "chua", "denghi", "sua", "tobechanged", "change", "no", "disagree")
_RESULT: Final = re.compile(
    rf"({'|'.join(said[language] for said in STATUSES.values() for language in ('vi', 'en'))})( \d+/\d+)?"
)
_MARKED: Final = re.compile(rf"(?:{MARK.vi}|{MARK.en}): (\S+) ([0-9a-f]{{{DIGITS}}})")


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
    """The answers on scenarios apart, and those on clauses. Who signs the clause said the former, where it is one person."""
    clause: tuple[str, str] | None = None
    apart: list[Answer] = []
    signing, stories = (_spelt(SIGNING), _spelt((APART,)))
    for part in body:
        if part.tag == qn("w:p") and (marked := _MARKED.search(_text(part))):
            clause = marked[1], marked[2]
        elif part.tag == qn("w:tbl"):
            rows = [[*row.cells] for row in Table(part, body).rows]
            head = [letters(cell.text) for cell in rows[0]] if rows else []
            if head[-1:] in stories:
                apart += _apart(file, rows[1:])
            elif head in signing and clause is not None:
                own = [*_signed(file, clause, rows[1:])]
                signers = {answer.who: answer.when for answer in own if answer.who}
                [(who, when)] = signers.items() if len(signers) == 1 else [("", "")]
                yield from (replaced(answer, who=who, when=when) for answer in apart)
                yield from own
                clause, apart = None, []


def _spelt(head: Iterable[Text]) -> list[list[str]]:
    return [[letters(words[language]) for words in head] for language in get_args(Language)]


def _signed(file: str, clause: tuple[str, str], rows: Iterable[Any]) -> Iterator[Answer]:
    """What stands in the room for comments on a clause, one answer a row. Whoever signs and says nothing else has not answered."""
    for row in rows:
        agreed, comment, who, when = (" ".join(cell.text.split()) for cell in row)
        if agreed or comment:
            agrees = _agrees(agreed)
            said = comment if agrees is not None else "; ".join(filter(None, (agreed, comment)))
            yield Answer(*clause, agrees, said, who, when, file)


def _apart(file: str, rows: Iterable[Any]) -> Iterator[Answer]:
    """What stands below the references of scenarios, or was written in between."""
    for *_, room in rows:
        text = _RESULT.sub("", room.text.strip(), count=1)
        marked = _MARKED.search(text)
        if marked and (said := " ".join(f"{text[: marked.start()]} {text[marked.end() :]}".split())):
            agrees = _agrees(said)
            comment = "" if letters(said) in _YES else said
            yield Answer(marked[1], marked[2], agrees if agrees or _hedged(said) else False, comment, "", "", file)


def _text(part: Any) -> str:
    return "".join(piece.text or "" for piece in part.iter(qn("w:t")))


def _hedged(written: str) -> bool:
    """Whether a yes is followed by more, or by a question mark."""
    return letters(written).startswith(_YES[:6])


def _agrees(written: str) -> bool | None:
    """Whether somebody agrees; None where what is written says neither for certain. A comment alone asks for a change."""
    word = letters(written) or written.strip()
    if word in _YES and "?" not in written:
        return True
    return False if not word or word.startswith(_NO) else None


def reviewed(book: Book, given: tuple[Answer, ...]) -> tuple[Standing, ...]:
    """Every clause of the book as it is, with what was said of it, each followed by those of its scenarios that were answered apart.

    An answer belongs to what has its digest, wherever it stands now; else it is void, on what is called so.
    """
    things = [(one.about, one.digest) for one in _things(book)]
    now = {content: about for about, content in things}
    standings = (
        Standing(
            about,
            content,
            tuple(answer for answer in given if answer.digest == content),
            tuple(answer for answer in given if answer.digest not in now and answer.about == about),
        )
        for about, content in things
    )
    clauses = {clause.id for clause in book.clauses}
    return tuple(one for one in standings if one.about in clauses or one.answers or one.void)


def _things(book: Book) -> Iterator[Standing]:
    for clause in book.clauses:
        yield Standing(clause.id, clause.digest[:DIGITS], (), ())
        for story in clause.stories:
            yield Standing(story.label, story.item.content[:DIGITS], (), ())


def agreed_to(book: Book, given: tuple[Answer, ...]) -> Iterator[tuple[Item, Answer]]:
    """Everything in the pack that an answer is on as it is now: a clause's is on all that hangs on it.

    A scenario that a file answers apart is not answered by what the same file says of its clause.
    """
    apart = {(answer.source, answer.digest) for answer in given}
    for clause in book.clauses:
        own = {story.item.content[:DIGITS]: story.item for story in clause.stories}
        for answer in given:
            if answer.digest == clause.digest[:DIGITS]:
                yield from (
                    (item, answer)
                    for item in clause.items
                    if (answer.source, item.content[:DIGITS]) not in apart or item.content[:DIGITS] not in own
                )
            elif answer.digest in own:
                yield own[answer.digest], answer


def gone(found: tuple[Standing, ...], given: tuple[Answer, ...]) -> tuple[Answer, ...]:
    """The answers on what is no more."""
    placed = {answer for one in found for answer in (*one.answers, *one.void)}
    return tuple(answer for answer in given if answer not in placed)


def record(pack: Pack, found: Iterable[Standing], gone: tuple[Answer, ...]) -> Mapping[str, object]:
    """What is kept of a review: of which pack, everything answered with its state, and answers on what is no more."""
    return {
        "schema": 1,
        "directive": pack.directive.id,
        "version": pack.directive.version,
        "pack": pack_digest(pack.folder)[:DIGITS],
        "items": [{"state": one.state, **one.to_json()} for one in found],
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
