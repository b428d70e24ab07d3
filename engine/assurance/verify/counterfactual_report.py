"""What would turn a verdict, for `thamdinh why --counterfactual`: each edit with its place in the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from ...base.inert import printable
from ...base.problem import Place, Unreadable
from ...base.text import Language, Text
from ...explain.appraised import Appraised
from ...explain.why import Justification
from .counterfactual import Counterfactual, Turning, Unsolved
from .edits import Edit
from .witness import Disagreement

MOST: Final = 5
"""How many subjects are turned where none is named: each takes about a second."""


@dataclass(frozen=True, slots=True)
class TurnedSubject:
    """What would turn the verdict on one subject: what is said of it, and the edits with their places."""

    rule: str
    subject: str
    said: Text
    edits: tuple[tuple[Edit, Place], ...] = ()
    about: Text = Text("", "")
    noun: Text = Text("", "")
    """What the document is called."""

    def to_json(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "subject": self.subject,
            "said": self.said.to_json(),
            "edits": [{**edit.to_json(), "location": place.to_json()} for edit, place in self.edits],
        }


def turned(one: Appraised, justifications: Iterable[Justification]) -> tuple[TurnedSubject, ...]:
    """What would turn the verdict on each of the first subjects that are justified. Raises Unreadable."""
    asked = list(justifications)[:MOST]
    try:
        turning = Turning(one.plan, one.pack.ruleset)
        return tuple(_turned(one, item, turning) for item in asked)
    except Unsolved as undecided:
        return tuple(_undecided(item, undecided) for item in asked)
    except Disagreement as disagreement:
        raise Unreadable(disagreement.problem(Place(one.document.file), one.pack.ruleset)) from None


def _undecided(item: Justification, why: Unsolved) -> TurnedSubject:
    said = Text(f"Chưa tìm được thay đổi nhỏ nhất: {why.said.vi}", f"The smallest change is not decided: {why.said.en}")
    return TurnedSubject(item.rule, item.subject.id, said, about=item.about)


def _turned(one: Appraised, item: Justification, turning: Turning) -> TurnedSubject:
    subject = item.subject.id
    try:
        found = turning.smallest_change(item.rule, subject)
    except Unsolved as undecided:
        return _undecided(item, undecided)
    placed = tuple((edit, one.document.place(edit.path)) for edit in found.edits)
    return TurnedSubject(item.rule, subject, _said(found), placed, item.about, one.plan.known.one)


def _said(found: Counterfactual) -> Text:
    if not found.edits:
        return Text(
            "Không có thay đổi nào (trong phạm vi đã tìm) làm đổi kết luận này",
            "No change within reach turns this verdict",
        )
    if found.before == "finding":
        return Text(
            "Thay đổi nhỏ nhất để hết lỗi này mà không sinh lỗi khác",
            "The smallest change that mends this and breaks nothing",
        )
    return Text("Thay đổi nhỏ nhất làm quy tắc này bị vi phạm", "The smallest change that would breach this rule")


def turned_lines(turned: Iterable[TurnedSubject], language: Language) -> str:
    """What would turn each verdict, as text."""
    return "".join(line for item in turned for line in _lines(item, language))


def _lines(item: TurnedSubject, language: Language) -> Iterator[str]:
    yield f"\n{item.rule}, {printable(item.about[language])}: {printable(item.said[language])}{':' if item.edits else ''}\n"
    for edit, place in item.edits:
        yield f"  - {printable(edit_words(edit, item.noun)[language])}\n    {place.describe(language)}\n"


def edit_words(edit: Edit, noun: Text) -> Text:
    """The edit in words, with what is asked of who would make it; `noun` is what the document is called."""
    if not edit.fact:
        return edit.said
    return Text(
        f"{edit.said.vi} (chỉ sửa nếu {noun.vi} đang ghi sai so với thực tế)",
        f"{edit.said.en} (only where the {noun.en} has it wrong)",
    )
