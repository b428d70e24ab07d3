"""From a document to a plan whose parts agree: references, duplicates and the order of times."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property, partial
from itertools import chain
from typing import Final

from ..base.cards import are_plain, card_marks, read_card
from ..base.instant import instant_words
from ..base.limits import MOST_TOLD, UnwordedProblem, first_problems
from ..base.look_alikes import difference, skeleton
from ..base.nothing_said import says_nothing
from ..base.problem import CARD_WORDED, DUPLICATE, REFERENCE, SCHEMA, TIME_ORDER, Path, Place, Problem, Unreadable
from ..base.text import Text, counted
from ..base.unseen import seen
from ..documents.document import Document, WithDitto
from .description import Description, Field, Order, ProblemWords
from .document_types import named_type
from .parsing import validated
from .privacy import without_cards
from .records import DocumentRecord, document_class, places, values
from .stand_in import StandIn, Steps, in_doubt, stand_in, steps_of

MOST_COMPARED: Final = 20_000
"""How many ids the suggestions for one plan may look at, so that a plan full of errors is still reported at once."""

_PLACEHOLDER: Final = re.compile(r"<[^<>]+>([T ]\d\d:\d\d)?$")


def read_plan(document: Document, most: int = MOST_TOLD, known: Description | None = None) -> DocumentRecord:
    """What is in a document, by the description of its type. Raises Unreadable as `read_as` does."""
    return read_as(document_class(known or named_type(document, {})), document, most)


def read_as(kind: type[DocumentRecord], document: Document, most: int = MOST_TOLD) -> DocumentRecord:
    """The document as the class of its type has it. Raises Unreadable with the first `most` problems: PL002 to PL005.

    What depends on something that is wrong already is not told: a name that nobody bears where the names are unclear.

    A form that is not filled in yet is told so, and nothing else: what is still `<…>` can't be right or wrong.
    """
    unfilled = first_problems(_unfilled(document, document.data, ()), most)
    if unfilled:
        raise Unreadable(*unfilled)
    wrong: tuple[Problem, ...] = ()
    instead: StandIn | None = None
    try:
        plan = validated(kind, document, most)
    except Unreadable as unreadable:
        wrong, instead = unreadable.problems, stand_in(kind, document)
        if instead is None or len(wrong) >= most:
            raise Unreadable(*without_cards(_told_once(wrong, document), document)) from None
        plan = instead.document
    check = _Integrity(document, instead or StandIn(plan, frozenset()))
    faults = chain(check.cards(plan), check.references(plan), check.duplicates(plan), check.times(plan))
    problems = sorted(
        (*wrong, *first_problems(faults, most - len(wrong))), key=lambda problem: (problem.place.order, problem.code)
    )
    if problems:
        refused = Unreadable(*without_cards(_told_once(problems, document), document))
        refused.stand_in = check.doubted()
        raise refused
    return plan


def _told_once(problems: Sequence[Problem], document: Document) -> tuple[Problem, ...]:
    """The problems; what is wrong with what ditto marks stand for is told where that is written, and how many follow it."""
    if not isinstance(document, WithDitto) or not document.follows:
        return (*problems,)
    told = {(problem.place, problem.code, problem.message) for problem in problems}
    following: Counter[tuple[Place, str, Text]] = Counter()
    left = []
    for problem in problems:
        held = document.follows.get(problem.place), problem.code, problem.message
        if held in told:
            following[held] += 1
        else:
            left.append(problem)
    return tuple(_followed(problem, following[problem.place, problem.code, problem.message]) for problem in left)


def _followed(problem: Problem, count: int) -> Problem:
    if not count:
        return problem
    cells = (
        "the cell with a ditto mark below follows" if count == 1 else f"the {count} cells with ditto marks below follow"
    )
    return replace(
        problem,
        message=Text(
            f"{problem.message.vi} ({count} ô ghi “như trên” ở dưới theo ô này)", f"{problem.message.en} ({cells} it)"
        ),
    )


def words_beside_cards(plan: DocumentRecord, document: Document) -> tuple[Problem, ...]:
    """The notice NT009 where party cards are written with more than their numbers."""
    said = []
    for steps in plan.known.by_nature.get("secret", ()):
        if are_plain([card for card in values(plan, steps) if card]):
            continue
        odd = [path for path, card in places(plan, steps) if card and not read_card(card).plain]
        if odd:
            said.append(_worded(plan, steps, len(odd), document.place(odd[0])))
    return tuple(said)


def _worded(plan: DocumentRecord, steps: tuple[str, ...], count: int, place: Place) -> Problem:
    card, rows = plan.known.at("/" + "/".join(steps)), plan.known.at("/" + "/".join(steps[:-1]))
    assert card is not None
    row = rows.row if rows is not None and rows.row is not None else Text("người", "person")
    message = Text(
        f"Ô {card.label.vi} của {count} {row.vi} có chữ hoặc dấu khác ngoài dãy số; chỉ dãy số được tính là thẻ",
        f"Party cards of {counted(count, row.en)} are written with more than a number, which alone counts",
    )
    fix = Text(
        "Chỉ ghi dãy số của thẻ; chưa có thẻ thì để trống", "Write the number alone; leave it out where there is none"
    )
    return Problem(CARD_WORDED, message, fix, place)


def _unfilled(document: Document, value: object, path: Path) -> Iterator[UnwordedProblem]:
    """PL002: what `thamdinh new` wrote as `<…>` and nobody has replaced."""
    match value:
        case dict():
            for key, item in value.items():
                yield from _unfilled(document, item, (*path, key))
        case list():
            for index, item in enumerate(value):
                yield from _unfilled(document, item, (*path, index))
        case str() if "<" in value and _PLACEHOLDER.match(seen(value)):
            yield UnwordedProblem(SCHEMA, document.place(path), partial(_not_filled_in, value))


def _not_filled_in(value: str) -> tuple[Text, Text]:
    return (
        Text(f"Chưa điền: {value}", f"Not filled in yet: {value}"),
        Text("Thay cả dấu < và > bằng nội dung thật", "Replace it, with the < and the >, by the real content"),
    )


class _Integrity:
    """Whether a document agrees, but for what stands in for something that is wrong by itself."""

    def __init__(self, document: Document, given: StandIn) -> None:
        self._document = document
        self._compared = 0
        self._given = given
        self._found = set[Steps]()

    def doubted(self) -> StandIn:
        """The document, with what is in doubt because it does not agree."""
        return StandIn(self._given.document, self._given.wrong | self._found, self._given.unread, self._given.replaced)

    def _real(self, *paths: Path) -> bool:
        """Whether the document itself says what stands at these paths."""
        replaced = self._given.replaced
        return not replaced or all(path[:end] not in replaced for path in paths for end in range(1, len(path) + 1))

    def references(self, plan: DocumentRecord) -> Iterator[UnwordedProblem]:
        """PL003: every id that is named stands where ids are given, and no row names itself where it may not."""
        given: dict[str, _Known] = {}
        for steps, record, field in plan.known.fields:
            if field.to is None:
                continue
            rows = plan.known.steps(field.to)
            known = given.setdefault(field.to, _Known({*values(plan, (*rows, plan.known.identifier(field.to)))}))
            unclear = in_doubt((*rows, plan.known.identifier(field.to)), self._given.doubts)
            for path, name in places(plan, steps):
                if name not in known.ids and not unclear and self._real(path):
                    self._found |= {steps, rows}
                    yield self._fault(REFERENCE, path, self._unknown, name, known, rows, plan.known.listed(field.to))
            if field.not_itself is not None:
                identifier = record.identifier
                for path, row in places(plan, steps[:-1]):
                    name = getattr(row, field.name)
                    if name is not None and name == getattr(row, identifier or ""):
                        self._found.add((*steps[:-1], field.name))
                        yield self._fault(REFERENCE, (*path, field.name), _itself, name, field.not_itself)

    def cards(self, plan: DocumentRecord) -> Iterator[UnwordedProblem]:
        """PL002: it is clear what the number of every party card is."""
        for steps in plan.known.by_nature.get("secret", ()):
            for path, card in places(plan, steps):
                if card and not read_card(card).clear:
                    self._found.add(steps)
                    yield self._fault(SCHEMA, path, _unclear_card, plan.known.at("/" + "/".join(steps)))

    def duplicates(self, plan: DocumentRecord) -> Iterator[UnwordedProblem]:
        """PL004: what must be unique is, and what differs looks different."""
        for steps, _, field in plan.known.fields:
            if (unique := field.unique) is None:
                continue
            same, lists = COMPARED[unique.compared], dict[Path, dict[str, tuple[Path, str]]]()
            for path, value in places(plan, steps):
                known = lists.setdefault(() if field.type == "identifier" else _list_of(path), {})
                earlier, before = known.setdefault(same(value), (path, value))
                if earlier == path or not self._real(path, earlier):
                    continue
                self._found.add(steps_of(_list_of(path)))
                if value != before and unique.compared != "digits":
                    yield self._fault(DUPLICATE, path, self._look_alike, unique.words, value, before, earlier)
                elif not unique.repeats:
                    yield self._fault(DUPLICATE, path, self._duplicate, unique.words, value, earlier)

    def times(self, plan: DocumentRecord) -> Iterator[UnwordedProblem]:
        """PL005: what comes later in a record is later, and within a plausible time."""
        for steps, record in plan.known.record_places:
            for order in record.order:
                for path, row in places(plan, steps):
                    earlier, later = getattr(row, order.earlier), getattr(row, order.later)
                    if earlier is None or later is None or in_order(earlier, later, order.days):
                        continue
                    if self._real((*path, order.earlier), (*path, order.later)):
                        self._found |= {(*steps, order.earlier), (*steps, order.later)}
                        yield self._fault(TIME_ORDER, (*path, order.later), _out_of_order, earlier, later, order)

    def _fault(self, code: str, path: Path, words: Callable[..., tuple[Text, Text]], *about: object) -> UnwordedProblem:
        return UnwordedProblem(code, self._document.place(path), partial(words, *about))

    def _list(self, rows: Path, words: Text) -> Text:
        """How a list of the document is called: by the table of a form, where it is one."""
        label = self._document.label(rows)
        return words if label is None else Text(f"bảng “{label}”", f"entries of “{label}”")

    def _unknown(self, name: str, known: "_Known", rows: Path, words: Text) -> tuple[Text, Text]:
        from ..base.suggest import meant, shown, suggestion  # words are only needed where something is wrong

        where, alike, near = self._list(rows, words), known.by_look.get(skeleton(name)), None
        if alike is None:
            self._compared += len(known.ids)
            near = suggestion(name, sorted(known.ids)) if self._compared <= MOST_COMPARED else None
        if says_nothing(name):
            fix = Text(
                f"Nếu không có thì bỏ trống; nếu có thì ghi đúng mã hoặc tên có trong {where.vi}",
                f"Leave it empty if there is none; else write an id or a name of {where.en}",
            )
        elif alike is not None:
            odd = difference(name, alike)
            fix = Text(
                f"Có phải ý là “{shown(alike)}”? Trông giống nhau nhưng {odd.vi}; gõ lại mã này",
                f"Did you mean “{shown(alike)}”? They look the same, but {odd.en}; type the id anew",
            )
        elif near is not None:
            fix = meant(near)
        else:
            fix = Text(
                f"Ghi đúng mã hoặc tên có trong {where.vi}, mỗi chỗ một mã; còn thiếu thì thêm vào đó",
                f"Write an id or a name of {where.en}, one in each place; add to them what is missing",
            )
        message = Text(f"“{shown(name)}” không có trong {where.vi}", f"“{shown(name)}” is not among the {where.en}")
        return message, fix

    def _duplicate(self, what: Text, value: str, earlier: Path) -> tuple[Text, Text]:
        from ..base.suggest import shown

        where = self._document.place(earlier)
        message = Text(
            f"{what.vi} “{shown(value)}” đã có ở {where.describe('vi')}",
            f"{what.en} “{shown(value)}” already stands at {where.describe('en')}",
        )
        fix = Text("Xóa dòng trùng, hoặc sửa lại cho đúng", "Remove the repetition, or correct it")
        return message, fix

    def _look_alike(self, what: Text, value: str, other: str, earlier: Path) -> tuple[Text, Text]:
        from ..base.suggest import shown

        where, odd = self._document.place(earlier), difference(value, other)
        message = Text(
            f"{what.vi} “{shown(value)}” trông giống hệt “{shown(other)}” ở {where.describe('vi')}, mà {odd.vi}",
            f"{what.en} “{shown(value)}” looks like “{shown(other)}” at {where.describe('en')}, but {odd.en}",
        )
        fix = Text(
            "Nếu là một thì gõ lại cho giống nhau; nếu là hai thì đặt khác nhau rõ ràng",
            "Type them alike if they are one; make them clearly different if they are two",
        )
        return message, fix


class _Known:
    """The ids that a plan gives, and what each looks like."""

    def __init__(self, ids: set[str]) -> None:
        self.ids = ids

    @cached_property
    def by_look(self) -> dict[str, str]:
        return {skeleton(known): known for known in self.ids}


def _list_of(path: Path) -> Path:
    """The path of the innermost list that a path leads into."""
    last = max(number for number, step in enumerate(path) if isinstance(step, int))
    return path[:last]


COMPARED: Final[dict[str, Callable[[str], str]]] = {"look": skeleton, "digits": card_marks, "exact": str}
"""What is the same of two values that are one."""


def in_order(earlier: datetime, later: datetime, days: int | None) -> bool:
    """Whether the later is after the earlier, by so many days at most."""
    return timedelta() < later - earlier <= (timedelta.max if days is None else timedelta(days=days))


def _itself(name: str, told: ProblemWords) -> tuple[Text, Text]:
    from ..base.suggest import shown

    return Text(told.message.vi.format(value=shown(name)), told.message.en.format(value=shown(name))), told.fix


def _unclear_card(card: Field) -> tuple[Text, Text]:
    return (
        Text(f"Không rõ {card.label.vi} là số nào", "It is not clear what the number of the party card is"),
        Text("Chỉ ghi dãy số của một thẻ, ví dụ 83.012345", "Write the number of one card alone, such as 83.012345"),
    )


def _out_of_order(earlier: datetime, later: datetime, order: Order) -> tuple[Text, Text]:
    length = later - earlier
    words = order.message if length <= timedelta() or order.too_long is None else order.too_long
    numbers = {"days": length.days, "most": order.days}
    return (
        Text(
            words.vi.format(earlier=instant_words(earlier, "vi"), later=instant_words(later, "vi"), **numbers),
            words.en.format(earlier=instant_words(earlier, "en"), later=instant_words(later, "en"), **numbers),
        ),
        order.fix,
    )
