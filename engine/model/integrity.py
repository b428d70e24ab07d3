"""From a document to a plan whose parts agree: references, duplicates and the order of times."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property, partial
from itertools import chain
from typing import Final, NamedTuple

from ..base.cards import are_plain, card_marks, read_card, significant
from ..base.limits import MOST_TOLD, Fault, first
from ..base.look_alikes import difference, skeleton
from ..base.problem import CARD_WORDED, DUPLICATE, REFERENCE, SCHEMA, TIME_ORDER, Path, Problem, Unreadable
from ..base.text import Text, counted
from ..base.unseen import seen
from ..documents.document import Document
from .parsing import validated
from .plan import Plan, Session
from .privacy import without_cards
from .rows import column

LONGEST_SESSION: Final = timedelta(days=31)
"""A longer session is a slip of the pen in one of its dates."""

MOST_COMPARED: Final = 20_000
"""How many ids the suggestions for one plan may look at, so that a plan full of errors is still reported at once."""

_PLACEHOLDER: Final = re.compile(r"<[^<>]+>([T ]\d\d:\d\d)?$")

_PEOPLE: Final = Text("thành phần tham dự (participants)", "participants")
_COMMITTEES: Final = Text("danh sách cấp ủy (committees)", "committees")


def read_plan(document: Document, most: int = MOST_TOLD) -> Plan:
    """The plan in a document. Raises Unreadable with the first `most` problems: PL002, or, where there is none, PL003 to PL005.

    A form that is not filled in yet is told so, and nothing else: what is still `<…>` can't be right or wrong.
    """
    unfilled = first(_unfilled(document, document.data, ()), most)
    if unfilled:
        raise Unreadable(*unfilled)
    try:
        plan = validated(Plan, document, most)
    except Unreadable as unreadable:
        raise Unreadable(*without_cards(unreadable.problems, document)) from None
    check = _Integrity(document)
    problems = first(check.cards(plan), most) or first(
        chain(check.references(plan), check.duplicates(plan), check.times(plan)), most
    )
    if problems:
        raise Unreadable(*without_cards(problems, document))
    return plan


def agrees(plan: Plan) -> bool:
    """Whether read_plan would find no fault of reference, duplicate or time in the plan, and nothing is to be said of cards.

    It is what read_plan asks, asked quickly.
    """
    people = {participant.id for participant in plan.participants}
    cards = [participant.party_card for participant in plan.participants if participant.party_card]
    replacing = [participant for participant in plan.participants if participant.replaces is not None]
    reports, committees, votes = plan.reports, plan.committees, plan.confidence_votes
    known, voted = {committee.id for committee in committees}, {vote.committee for vote in votes}
    unique = (
        len(people) == len(plan.participants)
        and len(set(significant(cards))) == len(cards)
        and are_plain(cards)
        and len({report.id for report in reports}) == len(reports)
        and len(known) == len(committees)
        and len(voted) == len(votes)
        and look_different(people)
        and look_different({report.id for report in reports})
        and look_different(known)
        and (len(committees) == 1 or look_different({committee.name for committee in committees}))
    )
    if not (unique and voted <= known):
        return False
    if not all(person.replaces in people and person.replaces != person.id for person in replacing):
        return False
    for committee in committees:
        members = {seat.person for seat in committee.members}
        if len(members) != len(committee.members) or not members <= people:
            return False
    for vote in votes:
        ballots = set(vote.ballots)
        if len(ballots) != len(vote.ballots) or not ballots <= people:
            return False
        if vote.briefing is not None and vote.briefing.by not in people:
            return False
    return all(timedelta() < session.end - session.start <= LONGEST_SESSION for session in plan.conference.sessions)


def words_beside_cards(plan: Plan, document: Document) -> tuple[Problem, ...]:
    """The notice NT009 where party cards are written with more than their numbers."""
    cards = column(plan.participants, "party_card")
    if are_plain([card for card in cards if card]):
        return ()
    odd = [index for index, card in enumerate(cards) if card and not read_card(card).plain]
    message = Text(
        f"Ô số thẻ đảng viên của {len(odd)} đại biểu có chữ hoặc dấu khác ngoài dãy số; chỉ dãy số được tính là thẻ",
        f"Party cards of {counted(len(odd), 'participant')} are written with more than a number, which alone counts",
    )
    fix = Text(
        "Chỉ ghi dãy số của thẻ; chưa có thẻ thì để trống", "Write the number alone; leave it out where there is none"
    )
    return (Problem(CARD_WORDED, message, fix, document.place(("participants", odd[0], "party_card"))),) if odd else ()


def look_different(texts: set[str]) -> bool:
    """Whether no two of the texts look the same."""
    return "".join(texts).isascii() or len({*map(skeleton, texts)}) == len(texts)


def _unfilled(document: Document, value: object, path: Path) -> Iterator[Fault]:
    """PL002: what `thamdinh new` wrote as `<…>` and nobody has replaced."""
    match value:
        case dict():
            for key, item in value.items():
                yield from _unfilled(document, item, (*path, key))
        case list():
            for index, item in enumerate(value):
                yield from _unfilled(document, item, (*path, index))
        case str() if "<" in value and _PLACEHOLDER.match(seen(value)):
            yield Fault(SCHEMA, document.place(path), partial(_not_filled_in, value))


def _not_filled_in(value: str) -> tuple[Text, Text]:
    return (
        Text(f"Chưa điền: {value}", f"Not filled in yet: {value}"),
        Text("Thay cả dấu < và > bằng nội dung thật", "Replace it, with the < and the >, by the real content"),
    )


class _Integrity:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._compared = 0

    def references(self, plan: Plan) -> Iterator[Fault]:
        """PL003: every id that is named stands where ids are given, and nobody replaces themselves."""
        people = _Known({participant.id for participant in plan.participants})
        committees = _Known({committee.id for committee in plan.committees})
        for path, person in _named_people(plan):
            if person not in people.ids:
                yield self._fault(REFERENCE, path, self._unknown, person, people, "participants", _PEOPLE)
        for index, participant in enumerate(plan.participants):
            if participant.replaces == participant.id:
                yield self._fault(REFERENCE, ("participants", index, "replaces"), _themselves, participant.id)
        for index, vote in enumerate(plan.confidence_votes):
            if vote.committee not in committees.ids:
                path = ("confidence_votes", index, "committee")
                yield self._fault(REFERENCE, path, self._unknown, vote.committee, committees, "committees", _COMMITTEES)

    def cards(self, plan: Plan) -> Iterator[Fault]:
        """PL002: it is clear what the number of every party card is."""
        for index, participant in enumerate(plan.participants):
            if participant.party_card and not read_card(participant.party_card).clear:
                yield self._fault(SCHEMA, ("participants", index, "party_card"), _unclear_card)

    def duplicates(self, plan: Plan) -> Iterator[Fault]:
        """PL004: what must be unique is, and what differs looks different."""
        for unique in _unique_entries(plan):
            known: dict[str, tuple[Path, str]] = {}
            for path, value in unique.entries:
                earlier, before = known.setdefault(unique.same(value), (path, value))
                if earlier == path:
                    continue
                if value != before and unique.seen:
                    yield self._fault(DUPLICATE, path, self._look_alike, unique.what, value, before, earlier)
                elif unique.once:
                    yield self._fault(DUPLICATE, path, self._duplicate, unique.what, value, earlier)

    def times(self, plan: Plan) -> Iterator[Fault]:
        """PL005: every session ends after it starts, and within a plausible time."""
        for index, session in enumerate(plan.conference.sessions):
            if not timedelta() < session.end - session.start <= LONGEST_SESSION:
                yield self._fault(TIME_ORDER, ("conference", "sessions", index, "end"), _out_of_order, session)

    def _fault(self, code: str, path: Path, words: Callable[..., tuple[Text, Text]], *about: object) -> Fault:
        return Fault(code, self._document.place(path), partial(words, *about))

    def _list(self, key: str, words: Text) -> Text:
        """How a list of the plan is called: by the table of a form, where the document is one."""
        label = self._document.label((key,))
        return words if label is None else Text(f"bảng “{label}”", f"entries of “{label}”")

    def _unknown(self, name: str, known: "_Known", key: str, words: Text) -> tuple[Text, Text]:
        from ..base.suggest import meant, shown, suggestion  # words are only needed where something is wrong

        where, alike, near = self._list(key, words), known.by_look.get(skeleton(name)), None
        if alike is None:
            self._compared += len(known.ids)
            near = suggestion(name, sorted(known.ids)) if self._compared <= MOST_COMPARED else None
        if alike is not None:
            odd = difference(name, alike)
            fix = Text(
                f"Có phải ý là “{shown(alike)}”? Trông giống nhau nhưng {odd.vi}; gõ lại mã này",
                f"Did you mean “{shown(alike)}”? They look the same, but {odd.en}; type the id anew",
            )
        elif near is not None:
            fix = meant(near)
        else:
            fix = Text(f"Thêm “{shown(name)}” vào {where.vi}, hoặc sửa lại mã", f"Add it to {where.en}, or mend the id")
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


def _themselves(person: str) -> tuple[Text, Text]:
    from ..base.suggest import shown

    return (
        Text(f"“{shown(person)}” không thể vào thay chính mình", f"“{shown(person)}” can't be in their own place"),
        Text("Ghi mã của đại biểu được thay, hoặc bỏ mục này", "Name the participant replaced, or drop it"),
    )


def _unclear_card() -> tuple[Text, Text]:
    return (
        Text("Không rõ số thẻ đảng viên là số nào", "It is not clear what the number of the party card is"),
        Text("Chỉ ghi dãy số của một thẻ, ví dụ 83.012345", "Write the number of one card alone, such as 83.012345"),
    )


def _out_of_order(session: Session) -> tuple[Text, Text]:
    length = session.end - session.start
    if length <= timedelta():
        message = Text(
            f"Phiên họp kết thúc ({session.end:%H:%M %d/%m/%Y}) không sau lúc bắt đầu ({session.start:%H:%M %d/%m/%Y})",
            f"The session ends ({session.end:%Y-%m-%d %H:%M}) no later than it starts ({session.start:%Y-%m-%d %H:%M})",
        )
    else:
        message = Text(
            f"Phiên họp kéo dài {length.days} ngày, quá {LONGEST_SESSION.days} ngày",
            f"The session lasts {length.days} days, more than {LONGEST_SESSION.days}",
        )
    return message, Text("Xem lại ngày, giờ bắt đầu và kết thúc", "Check the start and the end")


def _named_people(plan: Plan) -> Iterator[tuple[Path, str]]:
    """Every place of a plan that names a participant."""
    for index, participant in enumerate(plan.participants):
        if participant.replaces is not None:
            yield ("participants", index, "replaces"), participant.replaces
    for index, committee in enumerate(plan.committees):
        for number, seat in enumerate(committee.members):
            yield ("committees", index, "members", number, "person"), seat.person
    for index, vote in enumerate(plan.confidence_votes):
        if vote.briefing is not None:
            yield ("confidence_votes", index, "briefing", "by"), vote.briefing.by
        for number, person in enumerate(vote.ballots):
            yield ("confidence_votes", index, "ballots", number), person


class _Unique(NamedTuple):
    """What must be unique, and within what.

    `same` gives what is equal for two of them that are one; `seen` says that they are told from one another by eye, and
    `once` that none may stand twice, else only two that differ and look the same are told.
    """

    what: Text
    entries: list[tuple[Path, str]]
    same: Callable[[str], str] = str
    seen: bool = True
    once: bool = True


def _unique_entries(plan: Plan) -> Iterator[_Unique]:
    people = list(enumerate(plan.participants))
    ids: list[tuple[Path, str]] = [(("participants", i, "id"), person.id) for i, person in people]
    yield _Unique(Text("Mã đại biểu", "Participant id"), ids, skeleton)
    cards: list[tuple[Path, str]] = [
        (("participants", i, "party_card"), person.party_card) for i, person in people if person.party_card
    ]
    yield _Unique(Text("Số thẻ đảng viên", "Party card"), cards, card_marks, seen=False)
    ids = [(("reports", i, "id"), report.id) for i, report in enumerate(plan.reports)]
    yield _Unique(Text("Mã báo cáo", "Report id"), ids, skeleton)
    committees = list(enumerate(plan.committees))
    ids = [(("committees", i, "id"), committee.id) for i, committee in committees]
    yield _Unique(Text("Mã cấp ủy", "Committee id"), ids, skeleton)
    names: list[tuple[Path, str]] = [(("committees", i, "name"), committee.name) for i, committee in committees]
    yield _Unique(Text("Tên cấp ủy", "Committee name"), names, skeleton, once=False)
    for i, committee in committees:
        seats: list[tuple[Path, str]] = [
            (("committees", i, "members", n, "person"), seat.person) for n, seat in enumerate(committee.members)
        ]
        yield _Unique(Text("Cấp ủy viên", "Member"), seats)
    votes = list(enumerate(plan.confidence_votes))
    voted: list[tuple[Path, str]] = [(("confidence_votes", i, "committee"), vote.committee) for i, vote in votes]
    yield _Unique(Text("Lần lấy phiếu tín nhiệm của cấp ủy", "The confidence vote of committee"), voted)
    for i, vote in votes:
        ballots: list[tuple[Path, str]] = [
            (("confidence_votes", i, "ballots", n), person) for n, person in enumerate(vote.ballots)
        ]
        yield _Unique(Text("Phiếu đối với", "The ballot on"), ballots)
