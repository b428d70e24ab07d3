"""What rules across plans need of one plan: taken from it where it is checked, so that no plan has to be sent on.

Where it stands follows from the description: natures say what identifies an organisation and a person, the outline which rows
are sittings, bodies and ballots, and the entity across plans which list names bodies elsewhere.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache, lru_cache, partial
from itertools import chain, repeat
from operator import attrgetter, contains
from typing import Any, Final

from ...base.record import Record
from ...model.description import Description
from ...model.enumerations import enumerations
from ...model.gathering import gathering
from ...model.instants import Readings, half_days_of
from ...model.records import DocumentRecord, places
from ...model.rows import column, pieces
from ...model.secrets import PeopleList, people_of
from ..audited_plan import Across, Ballots, SeatElsewhere
from .identity import BYTES, NOBODY, Keys

_Read = Callable[[Any], Any]
_Seat = tuple[tuple[int, ...], str, str]
"""Where a plan says that somebody is on another committee, by positions; the person's id, and what the committee is called."""

_MOST_KNOWN: Final = 4096


class _Where(Record):
    """What reads from documents of a type, or from a row, what rules across them need; and the steps and names of some fields."""

    organization: _Read
    called: _Read
    term: _Read
    sittings: _Read
    span: _Read
    parts: tuple[Any, ...]
    people: PeopleList
    rows: _Read
    card: str
    attended: str
    bodies: _Read
    body: _Read
    taken: _Read
    taken_on: _Read
    elsewhere: tuple[str, ...]
    any_elsewhere: _Read
    person: str


@cache
def _where(known: Description) -> _Where | None:
    """None for a type whose documents say nothing of sittings, bodies, ballots and seats elsewhere: no rule here asks for them."""
    drawn, elsewhere = known.outline, next((one.within for one in known.across if one.name == "seat_elsewhere"), None)
    if drawn is None or known.people is None or elsewhere is None:
        return None
    sittings, bodies, ballots = drawn.sessions, drawn.columns, drawn.ballots
    if sittings is None or bodies is None or ballots is None:
        return None
    of = {(name, fact.name): fact.of or "" for name, entity in known.entities.items() for fact in entity.fields}
    rows = {name: known.steps(entity.rows) for name, entity in known.entities.items()}
    named = [_at(known.by_nature[nature][0]) for nature in ("organization", "superior", "term")]
    other_bodies = known.steps(elsewhere.rows)
    part = of[sittings.entity, sittings.part]
    of_part, record = (
        known.at(part, known.entities[sittings.entity].rows),
        known.record_at("/" + "/".join(known.people)),
    )
    assert of_part is not None
    assert record is not None
    (people,) = people_of(known.people, record)
    assert people.secret
    return _Where(
        # The committee above tells apart organisations of one name, and is always given, as the district is not.
        attrgetter(*named),
        attrgetter(named[0]),
        attrgetter(named[-1]),
        attrgetter(_at(rows[sittings.entity])),
        attrgetter(part, of[sittings.entity, sittings.start], of[sittings.entity, sittings.end]),
        tuple(enumerations(known)[of_part.of or ""]),
        people,
        attrgetter(_at(people.steps)),
        people.secret,
        next(field.name for field in record.fields if field.type == "set" and field.of == of_part.of),
        attrgetter(_at(rows[bodies.entity])),
        attrgetter(of[bodies.entity, bodies.id], of[bodies.entity, bodies.name]),
        attrgetter(_at(rows[ballots.entity][:-1])),
        attrgetter(of[ballots.entity, ballots.column].removeprefix("../"), rows[ballots.entity][-1]),
        other_bodies,
        gathering(known, [other_bodies]),
        next(fact.of for fact in elsewhere.fields if fact.of and fact.of.startswith("../")).removeprefix("../"),
    )


def _at(steps: Sequence[str]) -> str:
    """What stands at these steps, as attrgetter has it."""
    return ".".join(steps)


class Extraction:
    """Takes from the plans of one directive what rules across plans need of them: those about these entities."""

    def __init__(self, keys: Keys, readings: Readings, entities: Collection[str]) -> None:
        self._keys = keys
        self._cards = keys.cards  # one object: what it makes of a row group is found again by it
        self._half_days = lru_cache(_MOST_KNOWN)(partial(_half_days, readings))
        self._booked, self._seated = "booking" in entities, "seat_elsewhere" in entities
        self._attended = cache(lambda parts: partial(_attended_parts, parts))

    def across(
        self, plan: DocumentRecord, suspended: tuple[tuple[str, str], ...], clauses: tuple[str, ...]
    ) -> Across | None:
        """The keys of a plan; None where its type has no registers.

        `suspended`, `clauses`: the rules across plans, and the clauses, that are suspended for it.
        """
        if (where := _where(plan.known)) is None:
            return None
        organization = self._keys.name(*where.organization(plan))
        if not (self._booked or self._seated):
            return Across(organization, (), b"", b"", (), (), suspended, clauses)
        rows: Sequence[Any] = where.rows(plan)
        people = pieces(rows, self._cards, BYTES, where.card)
        seats = _seats(plan, where) if self._seated else []
        bodies = _Bodies(plan, where, self._keys, people, seats) if self._seated else None
        return Across(
            organization,
            self._half_days(where.parts, tuple(map(where.span, where.sittings(plan)))) if self._booked else (),
            people,
            pieces(rows, self._attended(where.parts), 1, where.attended) if self._booked else b"",
            () if bodies is None else bodies.ballots(),
            () if bodies is None else _elsewhere(seats, bodies),
            suspended,
            clauses,
            b"" if bodies is None or bodies.count == 1 else bodies.key(where.called(plan)),
            1 if bodies is None else bodies.count,
        )


def _half_days(
    readings: Readings, parts: Sequence[Any], spans: Iterable[tuple[Any, Any, Any]]
) -> tuple[tuple[int, ...], ...]:
    """Those of each part of a conference, from its sittings: the part, the start and the end of each."""
    return tuple(half_days_of([(start, end) for of, start, end in spans if of == part], readings) for part in parts)


def _attended_parts(parts: Sequence[Any], attended: Sequence[Any]) -> bytes:
    """A byte for each of the people: the bits of the parts attended."""
    bits = 0
    for number, part in enumerate(parts):
        bits |= int.from_bytes(bytes(map(contains, attended, repeat(part)))) << number
    return bits.to_bytes(len(attended))


def alone(suspended: tuple[tuple[str, str], ...], clauses: tuple[str, ...]) -> Across:
    """What rules across plans need of a document whose type has none of what the registers know."""
    return Across(NOBODY, (), b"", b"", (), (), suspended, clauses)


class _Bodies:
    """The committees of a plan by the keys of their names; a committee is one of a term, so the key holds the plan's."""

    def __init__(self, plan: DocumentRecord, where: _Where, keys: Keys, cards: bytes, seats: Sequence[_Seat]) -> None:
        """`cards`: the keys of everybody's; `seats`: those on other committees."""
        self._term, self._keys, self._cards = where.term(plan), keys, cards
        self._people, self._name = where.rows(plan), where.people.name or ""
        self._ballots_of: list[tuple[set[bytes], list[str]]] = []
        """The names of each committee, and those on whom it takes a ballot."""
        rows, taken = where.bodies(plan), [*map(where.taken_on, where.taken(plan))]
        self.count = len(rows)
        for identity, called in map(where.body, rows):
            names = {self.key(called)}
            if len(rows) == 1:
                # Who names the organisation means its one committee.
                names.add(self.key(where.called(plan)))
            self._ballots_of.append((names, [person for of, on in taken if of == identity for person in on]))
        asked = {*chain.from_iterable(on for _, on in self._ballots_of), *(person for _, person, _ in seats)}
        everybody = column(self._people, where.people.identifier or "")
        self._numbers = {person: number for number, person in enumerate(everybody) if person in asked}

    def key(self, name: str) -> bytes:
        """The key of a committee of this name in the term of the plan."""
        return self._keys.name(name, self._term)

    def card(self, person: str) -> bytes:
        """The key of the card of somebody, by id."""
        start = self._numbers[person] * BYTES
        return self._cards[start : start + BYTES]

    def called(self, person: str) -> bytes:
        """The key of the name of somebody, by id."""
        return self._keys.name(getattr(self._people[self._numbers[person]], self._name))

    def ballots(self) -> tuple[Ballots, ...]:
        """The ballots of each committee."""
        found = []
        for names, on in self._ballots_of:
            cards, without = [*map(self.card, on)], b""
            if NOBODY in cards:
                without = b"".join(
                    self.called(person) for person, card in zip(on, cards, strict=True) if card == NOBODY
                )
                cards = [card for card in cards if card != NOBODY]
            found += [Ballots(name, b"".join(cards), without) for name in sorted(names)]
        return tuple(found)

    def here(self, name: bytes, person: str) -> int | None:
        """How many ballots on the person the committees of a name take; None where the plan has none of that name."""
        taken = [on.count(person) for names, on in self._ballots_of if name in names]
        return sum(taken) if taken else None


def _seats(plan: DocumentRecord, where: _Where) -> list[_Seat]:
    """All that is said of seats on other committees."""
    if not where.any_elsewhere(plan):
        return []
    *inner, last = where.elsewhere
    return [
        ((*(step for step in path if isinstance(step, int)), number), getattr(row, where.person), other)
        for path, row in places(plan, tuple(inner))
        for number, other in enumerate(getattr(row, last) or ())
    ]


def _elsewhere(seats: Sequence[_Seat], bodies: _Bodies) -> tuple[SeatElsewhere, ...]:
    """The seats on other committees, each once, where it is named first."""
    found: dict[tuple[str, bytes], SeatElsewhere] = {}
    for at, person, other in seats:
        key = bodies.key(other)
        there = SeatElsewhere(bodies.card(person), bodies.called(person), key, at, bodies.here(key, person))
        found.setdefault((person, key), there)
    return tuple(found.values())
