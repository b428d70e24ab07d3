"""What a plan says of people and no output repeats: party cards never, names not where they are to be hidden.

Values are replaced before anything is worded, in the plan or in the document, so that no wording can give them away.
The lines of a file and the words of its problems, which repeat what was typed, are searched as well.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, Final, TypeVar

from .cards import LEAST_DIGITS, Search, like_a_card, marks, significant
from .document import Document
from .plan import Organization, Plan
from .problem import Path, Place, Problem, Unreadable
from .rows import column
from .suggest import plain
from .text import Text

HIDDEN: Final = "•••"
"""What stands in place of a party card."""

CARD: Final = "party_card"
_CARD_WORDS: Final = (CARD, "so the dang vien", "so the dang", "the dang", "so the")
_CARD_KEYS: Final = frozenset(map(plain, _CARD_WORDS))
_PEOPLE: Final = "participants"
_NO_DIGITS: Final = bytes(byte for byte in range(256) if byte not in b"0123456789")
_YEARS: Final = re.compile(r"\d{4}\s*[-–—]\s*\d{4}")
_UNTOLD: Final = Text(
    "Nội dung ở chỗ này không hợp lệ (không nêu ra vì có tên người)",
    "What stands here is not valid (not shown: it names a person)",
)
_UNTOLD_FIX: Final = Text(
    "Chạy thamdinh lint trên riêng tệp này, không có --redact, để xem đầy đủ",
    "Run thamdinh lint on this file without --redact to see it in full",
)

Rewritten = TypeVar("Rewritten")


def presentable(plan: Plan, *, names: bool = False) -> Plan:
    """The plan as outputs may show it: no text holds a party card, and with `names` none names a participant.

    A name becomes the id of its participant. An id that holds the name or the card becomes the participant's number
    in the list: “#3”. The plan itself comes back where there is nothing to hide. Party cards are left for the rules;
    facts.py marks them, so that none is shown.
    """
    if not names and not _tells_card(plan):
        return plan
    plan = plan.whole()
    people = [(person.id, person.name, person.party_card) for person in plan.participants]
    rewrite = _rewriting(people, names=names)
    rewritten = _rewritten(plan, rewrite)
    if not names:
        return rewritten
    hidden = tuple(
        replace(shown, name=shown.id, party_card=person.party_card)
        for person, shown in zip(plan.participants, rewritten.participants, strict=True)
    )
    return replace(rewritten, participants=hidden)


def organization_shown(plan: Plan) -> Organization:
    """The organisation as outputs may show it: its texts hold no party card.

    Names of people stay in it: who is called as a district is must not rename the district.
    """
    told = "\n".join(filter(None, _texts_of(plan.organization)))
    return presentable(plan).organization if like_a_card(told) else plan.organization


def problems_without_names(
    problems: Iterable[Problem], document: Document, read: Callable[[Document], object]
) -> tuple[Problem, ...]:
    """The problems of a document, worded as `read` words them when each name in it is replaced by its id.

    A problem that names alone make is told without what stands there.
    """
    try:
        read(_without_names(document))
        reread: tuple[Problem, ...] = ()
    except Unreadable as unreadable:
        reread = unreadable.problems
    reworded = {(problem.code, problem.place): problem for problem in reread}
    return tuple(
        reworded.get((problem.code, problem.place)) or replace(problem, message=_UNTOLD, fix=_UNTOLD_FIX)
        for problem in problems
    )


def _without_names(document: Document) -> Document:
    """The document with each participant's name replaced by the id."""
    people = list(_people(document.data))
    rewrite = _rewriting(people, names=True)
    data = _rewritten(document.data, rewrite)
    for person, (identity, name, _) in zip(_participants(data), people, strict=True):
        if name is not None:
            person["name"] = rewrite(identity)
    return _Shown(document, data)


def concealed(value: Any, key: str = "") -> Any:
    """A value of a document with every party card in it replaced; `key` is the key it stands at."""
    if is_card_key(key) and not isinstance(value, dict | list | None):
        return HIDDEN
    if isinstance(value, dict):
        return {name: concealed(item, str(name)) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [concealed(item, key) for item in value]
    return value


def is_card_key(key: str) -> bool:
    """Whether a key is that of the party card, or one that a person would write for it."""
    return plain(key.partition(":")[0]) in _CARD_KEYS


def without_cards(problems: Iterable[Problem], document: Document) -> tuple[Problem, ...]:
    """The problems of a document, with the party cards that their words repeat hidden."""
    cards = Search(_cards(document))
    if not cards:
        return tuple(problems)

    def hide(words: Text) -> Text:
        return Text(*(cards.replaced(text, lambda _: HIDDEN) for text in (words.vi, words.en)))

    return tuple(replace(problem, message=hide(problem.message), fix=hide(problem.fix)) for problem in problems)


def lines_without_cards(lines: Mapping[Place, str], document: Document) -> dict[Place, str]:
    """Lines of a document, each party card in them replaced by as many dots, so that columns stay right."""
    if not lines:
        return {}
    spans: dict[int, list[tuple[int, int | None]]] = {}
    for place, _ in _card_entries(document):
        if place.line is not None and place.column is not None:
            end = None if place.end_column is None else place.end_column - 1
            spans.setdefault(place.line, []).append((place.column - 1, end))
    cards = Search(_cards(document))

    def hide(place: Place, line: str) -> str:
        for start, end in spans.get(place.line or 0, ()):
            stop = len(line) if end is None else end
            line = line[:start] + "•" * (stop - start) + line[stop:]
        return cards.dotted(line)

    return {place: hide(place, line) for place, line in lines.items()}


def text_without_cards(text: str, document: Document) -> str:
    """A text that repeats parts of a document, each party card of it replaced by as many dots."""
    return Search(_cards(document)).dotted(text)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A document whose values are replaced; the places stay, the lines as they were typed are not given."""

    original: Document
    data: object

    @property
    def file(self) -> str:
        return self.original.file

    @property
    def notices(self) -> tuple[Problem, ...]:
        return self.original.notices

    def place(self, path: Path, *, key: bool = False) -> Place:
        return self.original.place(path, key=key)

    def label(self, path: Path) -> str | None:
        return self.original.label(path)

    def excerpt(self, place: Place) -> None:  # noqa: ARG002
        return None


def _tells_card(plan: Plan) -> bool:
    """Whether any text of the plan but the cards themselves may hold a party card."""
    told, identities = [*_texts(plan)], column(plan.participants, "id")
    if max(map(len, identities), default=0) >= LEAST_DIGITS:
        told += identities
    if plan.names().translate(None, _NO_DIGITS):
        told += column(plan.participants, "name")
    if not like_a_card("\n".join(told)):
        return False
    searched = marks("\n".join(filter(like_a_card, told))).encode()
    cards = [card for card in column(plan.participants, CARD) if card and like_a_card(card)]
    return any(card in searched for card in significant(cards))


def _texts(plan: Plan) -> Iterator[str]:
    """What is written in the plan beside what it says of each participant."""
    texts = [*_texts_of(plan.organization), plan.conference.venue, plan.conference.directed_by]
    for report in plan.reports:
        texts += [report.id, report.title, report.guidance]
    for committee in plan.committees:
        texts += [committee.id, committee.name]
        for seat in committee.members:
            if seat.also_on:
                texts += seat.also_on
    return filter(None, texts)


def _texts_of(organization: Organization) -> tuple[str | None, ...]:
    """What is written of an organisation; its term not where that is two years, as nearly every term is."""
    term = None if _YEARS.fullmatch(organization.term) else organization.term
    return organization.name, term, organization.district, organization.direct_superior


def _rewriting(people: Iterable[tuple[str, str | None, str | None]], *, names: bool) -> Callable[[str], str]:
    """What is shown in place of a text: given each participant's id, name and party card."""
    aliases: dict[str, str] = {}
    written: dict[str, str] = {}
    people = [(identity, name, card if card and like_a_card(card) else None) for identity, name, card in people]
    cards = Search(card for _, _, card in people if card)
    for number, (identity, name, card) in enumerate(people, 1):
        held = marks(identity)
        telling = [marks(item) for item in (name if names else None, card) if item]
        if any(item in held for item in telling if item) or any(cards.spans(identity)):
            aliases[identity] = f"#{number}"
        if names and name:
            written.setdefault(_key(name), aliases.get(identity, identity))
    # A single word inside a text is as likely a village as a person; alone in its field it is the name.
    search = _search(word for word in written if " " in word)

    def rewrite(text: str) -> str:
        if text in aliases:
            return aliases[text]
        if (whole := written.get(_key(text))) is not None:
            return whole
        if search is not None:
            text = search.sub(lambda found: written[_key(found[0])], text)
        return cards.replaced(text, lambda _: HIDDEN)

    return rewrite


def _key(text: str) -> str:
    return " ".join(text.split()).casefold()


def _search(words: Iterable[str]) -> re.Pattern[str] | None:
    """A search for any of the words where it stands by itself; spaces match any run of spaces."""
    patterns = [r"\s+".join(map(re.escape, word.split())) for word in sorted(set(words), key=len, reverse=True)]
    patterns = [pattern for pattern in patterns if pattern]
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE) if patterns else None


def _rewritten(value: Rewritten, rewrite: Callable[[str], str]) -> Rewritten:
    """A value of a plan or a document, with every text in it rewritten."""
    made: Any = value
    if isinstance(value, str):
        made = value if isinstance(value, StrEnum) else rewrite(value)
    elif isinstance(value, dict):
        made = {key: _rewritten(item, rewrite) for key, item in value.items()}
    elif isinstance(value, list | tuple):
        made = type(value)(_rewritten(item, rewrite) for item in value)
    elif is_dataclass(value) and not isinstance(value, type):
        made = replace(
            value, **{item.name: _rewritten(getattr(value, item.name), rewrite) for item in fields(value) if item.init}
        )
    return made  # type: ignore[no-any-return]


def _participants(data: object) -> Iterator[dict[Any, Any]]:
    people = data.get(_PEOPLE) if isinstance(data, dict) else None
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict):
            yield person


def _people(data: object) -> Iterator[tuple[str, str | None, str | None]]:
    """The id, name and party card of each participant, as far as the document gives them as text."""
    for number, person in enumerate(_participants(data), 1):
        identity, name, card = person.get("id"), person.get("name"), person.get(CARD)
        yield (
            identity if isinstance(identity, str) else f"#{number}",
            name if isinstance(name, str) else None,
            card if isinstance(card, str) else None,
        )


def _card_entries(document: Document) -> Iterator[tuple[Place, str]]:
    """The place and the text of every party card in a document."""
    people = document.data.get(_PEOPLE) if isinstance(document.data, dict) else None
    for index, person in enumerate(people if isinstance(people, list) else ()):
        for key, value in person.items() if isinstance(person, dict) else ():
            if not isinstance(key, str) or not is_card_key(key):
                continue
            if ":" in key:  # `party_card:83…`, all of it the key for want of a space
                yield document.place((_PEOPLE, index, key), key=True), key.partition(":")[2].strip()
            if value is not None:
                yield document.place((_PEOPLE, index, key)), str(value)


def _cards(document: Document) -> Iterator[str]:
    """Every party card of a document, as its data has it and as it was typed."""
    for place, card in _card_entries(document):
        yield card
        line = document.excerpt(place)
        if line is not None and place.column is not None and place.end_column is not None:
            yield line[place.column - 1 : place.end_column - 1].strip("\"'")
