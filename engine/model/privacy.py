"""What a plan says of people and no output repeats: party cards never, names not where they are to be hidden.

Values are replaced before anything is worded, in the plan or in the document, so that no wording can give them away.
The lines of a file and the words of its problems, which repeat what was typed, are searched as well.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar, cast

from ..base.asked_once import AskedOnce
from ..base.cards import (
    CARD_DIGITS,
    DATE,
    HIDDEN,
    LEAST_DIGITS,
    ROW_DIGITS,
    Search,
    dots,
    like_a_card,
    may_hold_card,
    number_spans,
    plain_marks,
    significant,
    without_numbers,
)
from ..base.look_alikes import is_plainly_vietnamese
from ..base.names import NameFinder, tells_name
from ..base.passed_over import Tell
from ..base.problem import Path, Place, Problem, Unreadable
from ..base.record import Record, items, replaced
from ..base.text import Text
from ..documents import known_suffix
from ..documents.document import Document
from .description import Description
from .gathering import Gather, gathering
from .records import DocumentRecord, every, of_nature, places, values
from .secrets import PeopleList, is_secret_key, people_of, secrets

_NO_DIGITS: Final = bytes(byte for byte in range(256) if byte not in b"0123456789")
_HEAD: Final = 2
"""How many lines of a difference name the files."""
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
_Person = tuple[str, str | None, str | None]
"""The id, the name and the party card."""


def presentable(plan: DocumentRecord, *, names: bool = False) -> DocumentRecord:
    """The plan as outputs may show it: no text holds a party card, and with `names` none names a participant.

    A number in a name that may be a card is taken for one, and so is an id that is nothing but such a number.
    A name becomes the id of its participant. An id that holds the name or the card becomes the participant's number
    in the list: “#3”. The plan itself comes back where there is nothing to hide. Party cards are left for the rules;
    facts.py marks them, so that none is shown.
    """
    if not names and not _tells_card(plan):
        return plan
    plan = plan.whole()
    people = [person for known in _lists(plan.known) for person in _people_in(plan, known)]
    rewrite = _rewriting(people, names=names)
    shown: DocumentRecord = _presentable(plan, rewrite, names=names)
    return shown


def _presentable(value: Any, rewrite: Callable[[str], str], *, names: bool) -> Any:
    """A value of a plan with every text in it rewritten; of people the secret stays, and the name is the id with `names`."""
    if isinstance(value, tuple):
        return tuple(_presentable(item, rewrite, names=names) for item in value)
    if not isinstance(value, DocumentRecord):
        return _rewritten(value, rewrite)
    shown = {key: _presentable(item, rewrite, names=names) for key, item in items(value).items()}
    for people in _said_of_one(cast(Any, type(value))):
        if people.name and names:
            shown[people.name] = shown[people.identifier] if people.identifier else HIDDEN
        if people.secret:
            shown[people.secret] = getattr(value, people.secret)
    return replaced(value, **shown)


@cache
def _said_of_one(kind: Any) -> tuple[PeopleList, ...]:
    """What a class of records says of a person."""
    return people_of((), kind.described) if kind.described.nature == "person" else ()


@cache
def _lists(known: Description) -> tuple[PeopleList, ...]:
    """The lists of people of a type of document."""
    places = known.record_places
    return tuple(people for steps, record in places if record.nature == "person" for people in people_of(steps, record))


def _people_in(plan: DocumentRecord, people: PeopleList) -> Iterator[_Person]:
    """The id, name and party card of everybody in a list of the plan."""
    for number, (_, person) in enumerate(places(plan, people.steps), 1):
        yield (
            getattr(person, people.identifier) if people.identifier else f"#{number}",
            getattr(person, people.name) if people.name else None,
            getattr(person, people.secret) if people.secret else None,
        )


def hiding(tell: Tell) -> Tell:
    """Tells of files by their kind alone: their names may hold those of people."""
    return lambda name, kind: tell(f"{HIDDEN}{known_suffix(name)}", kind)


def with_organization_shown(plan: DocumentRecord) -> DocumentRecord:
    """The plan with its organisation as outputs may show it: the texts of that hold no party card.

    Names of people stay in it: who is called as a district is must not rename the district.
    """
    return plan if _HOLD_NO_CARD(_texts(plan, organization=True)) else presentable(plan)


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
    told = (
        reworded.get((problem.code, problem.place)) or replace(problem, message=_UNTOLD, fix=_UNTOLD_FIX)
        for problem in problems
    )
    return _without_names_in_words(told, document)  # keys are as they were typed


def notices_shown(document: Document, *, names: bool) -> tuple[Problem, ...]:
    """The notices of a document, without party cards, and with `names` without the names of participants."""
    notices = without_cards(document.notices, document)
    return _without_names_in_words(notices, document) if names else notices


def _without_names_in_words(problems: Iterable[Problem], document: Document) -> tuple[Problem, ...]:
    rewrite = _rewriting(_people(document.data), names=True)

    def hide(words: Text) -> Text:
        return Text(rewrite(words.vi), rewrite(words.en))

    return tuple(replace(problem, message=hide(problem.message), fix=hide(problem.fix)) for problem in problems)


def _without_names(document: Document) -> Document:
    """The document with each participant's name replaced by the id."""
    rewrite = _rewriting(_people(document.data), names=True)
    data = _rewritten(document.data, rewrite)
    for people in secrets().people:
        for person, (identity, name, _) in zip(
            _rows(data, people.steps), _people_of_list(document.data, people), strict=True
        ):
            if name is not None and people.name:
                person[people.name] = rewrite(identity)
    return _Shown(document, data)


def concealed(value: Any, key: str = "", *, of_person: bool = False) -> Any:
    """A value of a document with every party card in it replaced; `key` is the key it stands at.

    With `of_person`, it stands where the plan speaks of a person: no other number is expected there.
    """
    if is_secret_key(key) and not isinstance(value, dict | list | None):
        return HIDDEN
    if isinstance(value, dict):
        return {name: concealed(item, str(name), of_person=of_person) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [concealed(item, key, of_person=of_person) for item in value]
    if of_person and isinstance(value, str | int | float):
        hidden = without_numbers(str(value), CARD_DIGITS if key in secrets().own else ROW_DIGITS)
        return value if hidden == str(value) else hidden
    return value


def without_cards(problems: Iterable[Problem], document: Document) -> tuple[Problem, ...]:
    """The problems of a document, with the party cards that their words repeat hidden. Places and days stay."""
    problems = tuple(problems)
    cards = Search(_cards(document)) if problems else None
    if not cards:
        return problems
    kept = re.compile(rf"(?<!“){re.escape(document.file)}(?::\d+)*|{DATE}")

    def hidden(text: str) -> str:
        made, reached = "", 0
        for found in kept.finditer(text):
            made += cards.replaced(text[reached : found.start()], lambda _: HIDDEN) + found[0]
            reached = found.end()
        return made + cards.replaced(text[reached:], lambda _: HIDDEN)

    def hide(words: Text) -> Text:
        return Text(hidden(words.vi), hidden(words.en))

    return tuple(replace(problem, message=hide(problem.message), fix=hide(problem.fix)) for problem in problems)


def lines_without_cards(lines: Mapping[int, str], document: Document) -> dict[int, str]:
    """Lines of a document by number, each party card in them replaced by as many dots, so that columns stay right.

    A number that may be a card is taken for one, wherever in the line it stands.
    """
    if not lines:
        return {}
    hide = line_without_cards(document)
    return {number: hide(number, line) for number, line in lines.items()}


def line_without_cards(document: Document) -> Callable[[int, str], str]:
    """A function that gives a line of the document, of which the number is given too, as lines_without_cards does."""
    spans: dict[int, list[tuple[int, int | None, bool]]] = {}
    for place, whole, _ in _card_entries(document):
        if place.line is not None and place.column is not None:
            end = None if place.end_column is None else place.end_column - 1
            spans.setdefault(place.line, []).append((place.column - 1, end, whole))
    cards = Search(_cards(document))

    def hide(number: int, line: str) -> str:
        for start, end, whole in spans.get(number, ()):
            stop = len(line) if end is None else end
            # Where it is not found as it is read, it is written in escapes.
            if whole or not any(cards.spans(line[start:stop])):
                line = line[:start] + "•" * (stop - start) + line[stop:]
        return without_numbers(cards.dotted(line), CARD_DIGITS, dots)

    return hide


def difference_without_cards(lines: Iterable[str], document: Document) -> Iterator[str]:
    """The lines of a difference of two texts of a document, each party card in them replaced by as many dots."""
    cards = Search(_cards(document))
    for number, line in enumerate(lines):
        is_head = number < _HEAD or line.startswith("@@")
        yield line if is_head else without_numbers(cards.dotted(line), CARD_DIGITS, dots)


class _Shown(Record):
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


def _tells_card(plan: DocumentRecord) -> bool:
    """Whether any text of the plan but the cards themselves may hold a party card."""
    told, identities, names, cards = _texts(plan), list[str](), list[str](), list[str]()
    for people in _lists(plan.known):
        if people.identifier and not every(plan, own := (*people.steps, people.identifier), _are_short):
            identities += values(plan, own)
        if people.name and not every(plan, own := (*people.steps, people.name), _ARE_NAMES_ALONE):
            names += values(plan, own)
    told += identities
    if _HOLD_NO_CARD(told + names):
        return False
    if any(any(number_spans(name, ROW_DIGITS)) for name in names) or any(map(_is_number, identities)):
        return True
    searched = plain_marks("\n".join(filter(may_hold_card, told + names))).encode()
    for people in _lists(plan.known):
        cards += values(plan, (*people.steps, people.secret)) if people.secret else []
    cards = [card for card in cards if card and like_a_card(card)]
    return any(card in searched for card in significant(cards))


def _are_short(identities: list[str]) -> bool:
    """Whether each of the ids is too short for a card."""
    return max(map(len, identities), default=0) < LEAST_DIGITS


def _are_names_alone(names: list[str]) -> bool:
    """Whether names hold no digit, and nothing that may be taken for one."""
    encoded = "".join(names).encode()
    return not encoded.translate(None, _NO_DIGITS) and is_plainly_vietnamese(encoded)


def _hold_no_card(texts: list[str]) -> bool:
    return not may_hold_card("\0".join(texts))


_ARE_NAMES_ALONE: Final = AskedOnce(_are_names_alone)
_HOLD_NO_CARD: Final = AskedOnce(_hold_no_card)


def _is_number(identity: str) -> bool:
    """Whether an id is nothing but a number that may be a card."""
    return [*number_spans(identity, CARD_DIGITS)] == [(0, len(identity))]


def _given_as_cards(identity: str, name: str | None, card: str | None) -> Iterator[str]:
    """What is, or may be, the card of a participant."""
    if card and like_a_card(card):
        yield card
    if name:
        yield from (name[start:end] for start, end in number_spans(name, ROW_DIGITS))
    if _is_number(identity):
        yield identity


def _texts(plan: DocumentRecord, *, organization: bool = False) -> list[str]:
    """What is written in the plan beside what it says of each of its people: all of it, or what it says of the organisation.

    A term not where that is two years, as nearly every term is.
    """
    term = of_nature(plan, "term")
    told = (_of_organization if organization else _of_all)(plan.known)(plan)
    return told if term is None or _YEARS.fullmatch(term) else [*told, term]


@cache
def _of_all(known: Description) -> Gather:
    people = [people.steps for people in _lists(known)]
    return gathering(known, [steps for steps in _written(known) if steps[:-1] not in people])


@cache
def _of_organization(known: Description) -> Gather:
    of = known.by_nature.get("organization", ((),))[0][:-1]
    return gathering(known, [steps for steps in _written(known) if steps[:-1] == of])


def _written(known: Description) -> Iterator[tuple[str, ...]]:
    """The steps of every text but the term."""
    term = known.by_nature.get("term", ((),))[0]
    for steps, _, field in known.fields:
        kind = field.of if field.type == "list" else field.type
        if kind in ("text", "identifier") and steps != term:
            yield steps


def _rewriting(people: Iterable[_Person], *, names: bool) -> Callable[[str], str]:
    """What is shown in place of a text: given each participant's id, name and party card."""
    aliases: dict[str, str] = {}
    people = [*people]
    cards = Search(card for person in people for card in _given_as_cards(*person))
    for number, (identity, name, card) in enumerate(people, 1):
        held = plain_marks(identity)
        told = card is not None and like_a_card(card) and plain_marks(card) in held
        if told or any(cards.spans(identity)) or (names and name and tells_name(identity, name)):
            aliases[identity] = f"#{number}"
    named = NameFinder((name, aliases.get(identity, identity)) for identity, name, _ in people if names and name)

    def rewrite(text: str) -> str:
        return aliases.get(text) or cards.replaced(named.replaced(text), lambda _: HIDDEN)

    return rewrite


def _rewritten(value: Rewritten, rewrite: Callable[[str], str]) -> Rewritten:
    """A value of a plan or a document, with every text in it rewritten."""
    made: Any = value
    if isinstance(value, str):
        made = value if isinstance(value, StrEnum) else rewrite(value)
    elif isinstance(value, dict):
        made = {key: _rewritten(item, rewrite) for key, item in value.items()}
    elif isinstance(value, list | tuple):
        made = type(value)(_rewritten(item, rewrite) for item in value)
    elif isinstance(value, Record):
        made = replaced(value, **{key: _rewritten(item, rewrite) for key, item in items(value).items()})
    return made  # type: ignore[no-any-return]


def _rows(data: object, steps: tuple[str, ...]) -> Iterator[dict[Any, Any]]:
    """The rows of the lists at these steps of a document that may be broken."""
    step, *below = steps
    inside = data.get(step) if isinstance(data, dict) else None
    for item in inside if isinstance(inside, list) else [inside] if below else []:
        if below:
            yield from _rows(item, tuple(below))
        elif isinstance(item, dict):
            yield item


def _people(data: object) -> Iterator[_Person]:
    """The id, name and party card of everybody, as far as the document gives them as text."""
    for people in secrets().people:
        yield from _people_of_list(data, people)


def _people_of_list(data: object, people: PeopleList) -> Iterator[_Person]:
    for number, person in enumerate(_rows(data, people.steps), 1):
        identity, name, card = (person.get(key) for key in (people.identifier, people.name, people.secret))
        yield (
            identity if isinstance(identity, str) else f"#{number}",
            name if isinstance(name, str) else None,
            card if isinstance(card, str) else None,
        )


def _card_entries(document: Document) -> Iterator[tuple[Place, bool, str]]:
    """The place of every value of a document that is or holds a party card, whether it is all that stands there, and the
    card."""
    for path, key, whole, card in _cards_in(document.data, (), of_person=False):
        yield document.place(path, key=key), whole, card


def _cards_in(data: object, path: Path, *, of_person: bool) -> Iterator[tuple[Path, bool, bool, str]]:
    """What is, or may be, a party card: the path, whether it is in the key there, whether it is all of it, and the card."""
    known = secrets()
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _cards_in(item, (*path, index), of_person=of_person)
    for name, value in data.items() if isinstance(data, dict) else ():
        key, here = str(name), (*path, name)
        if is_secret_key(key):
            if ":" in key:  # `party_card:83…`, all of it the key for want of a space
                yield here, True, True, key.partition(":")[2].strip()
            if value is not None:
                yield here, False, True, str(value)
        elif isinstance(value, dict | list):
            yield from _cards_in(value, here, of_person=of_person or key in known.list_keys)
        elif of_person and (key not in known.own or _is_number(str(value))):
            for is_key, text in ((True, key), (False, str(value))):
                yield from ((here, is_key, False, text[start:end]) for start, end in number_spans(text, ROW_DIGITS))


def _cards(document: Document) -> Iterator[str]:
    """Every party card of a document, as its data has it and as it was typed."""
    lines: dict[int, str | None] = {}
    for place, whole, card in _card_entries(document):
        yield card
        if not whole or place.line is None or place.column is None or place.end_column is None:
            continue
        if place.line not in lines:
            lines[place.line] = document.excerpt(place)
        line = lines[place.line]
        if line is not None:
            yield line[place.column - 1 : place.end_column - 1].strip("\"'")
