"""What rules across plans need of one plan: taken from it where it is checked, so that no plan has to be sent on.

Where it stands follows from the description: natures say what identifies an organisation and a person, the outline which rows
are sittings, bodies and ballots, and the entity across plans which list names bodies elsewhere.
"""

from collections.abc import Sequence
from functools import cache, cached_property, partial, reduce
from operator import attrgetter
from typing import Any, cast

from ...base.record import Record
from ...model.description import Description
from ...model.enumerations import enumerations
from ...model.instants import Readings, half_days_of
from ...model.records import DocumentRecord, places, values
from ...model.rows import column, pieces
from ...model.secrets import PeopleList, people_of
from ..audited_plan import Across, Ballots, SeatElsewhere
from .identity import BYTES, NOBODY, Keys

_Steps = tuple[str, ...]


class _Where(Record):
    """Where documents of a type have what rules across them need: steps from the top, or names of fields in a row."""

    organization: tuple[_Steps, ...]
    term: _Steps
    sittings: _Steps
    start: str
    end: str
    part: str
    parts: tuple[Any, ...]
    people: PeopleList
    card: str
    attended: str
    bodies: _Steps
    body: tuple[str, str]
    taken: _Steps
    taken_on: tuple[str, str]
    elsewhere: _Steps
    person: str


def _at(plan: DocumentRecord, steps: _Steps) -> Any:
    """What stands at these steps."""
    return reduce(getattr, steps, cast(Any, plan))


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
        tuple(known.by_nature[nature][0] for nature in ("organization", "superior", "term")),
        known.by_nature["term"][0],
        rows[sittings.entity],
        of[sittings.entity, sittings.start],
        of[sittings.entity, sittings.end],
        part,
        tuple(enumerations(known)[of_part.of or ""]),
        people,
        people.secret,
        next(field.name for field in record.fields if field.type == "set" and field.of == of_part.of),
        rows[bodies.entity],
        (of[bodies.entity, bodies.id], of[bodies.entity, bodies.name]),
        rows[ballots.entity][:-1],
        (of[ballots.entity, ballots.column].removeprefix("../"), rows[ballots.entity][-1]),
        known.steps(elsewhere.rows),
        next(fact.of for fact in elsewhere.fields if fact.of and fact.of.startswith("../")).removeprefix("../"),
    )


class Extraction:
    """Takes from the plans of one directive what rules across plans need of them."""

    def __init__(self, keys: Keys, readings: Readings) -> None:
        self._keys, self._readings = keys, readings
        self._cards = keys.cards  # one object: what it makes of a row group is found again by it
        self._attended = cache(lambda parts: partial(_attended_parts, parts))

    def across(
        self, plan: DocumentRecord, suspended: tuple[tuple[str, str], ...], clauses: tuple[str, ...]
    ) -> Across | None:
        """The keys of a plan; None where its type has no registers.

        `suspended`, `clauses`: the rules across plans, and the clauses, that are suspended for it.
        """
        if (where := _where(plan.known)) is None:
            return None
        organization = [_at(plan, steps) for steps in where.organization]
        rows: Sequence[Any] = _at(plan, where.people.steps)
        cards = pieces(rows, self._cards, BYTES, where.card)
        bodies = _Bodies(plan, where, self._keys, cards)
        return Across(
            self._keys.name(*organization),
            self._half_days(plan, where),
            cards,
            pieces(rows, self._attended(where.parts), 1, where.attended),
            bodies.ballots(),
            _elsewhere(plan, where, bodies),
            suspended,
            clauses,
            b"" if bodies.count == 1 else bodies.key(organization[0]),
            bodies.count,
        )

    def _half_days(self, plan: DocumentRecord, where: _Where) -> tuple[tuple[int, ...], ...]:
        """Those of each part of the conference."""
        spans: dict[Any, list[Any]] = {part: [] for part in where.parts}
        for row in _at(plan, where.sittings):
            spans[getattr(row, where.part)].append((getattr(row, where.start), getattr(row, where.end)))
        return tuple(half_days_of(some, self._readings) for some in spans.values())


def _attended_parts(parts: Sequence[Any], attended: Sequence[Any]) -> bytes:
    """A byte for each of the people: the bits of the parts attended."""
    bits = 0
    for number, part in enumerate(parts):
        # Not looked up by the parts: the hash of an enum's member is made anew every time.
        bits |= int.from_bytes(bytes([part in some for some in attended])) << number
    return bits.to_bytes(len(attended))


def alone(suspended: tuple[tuple[str, str], ...], clauses: tuple[str, ...]) -> Across:
    """What rules across plans need of a document whose type has none of what the registers know."""
    return Across(NOBODY, (), b"", b"", (), (), suspended, clauses)


class _Bodies:
    """The committees of a plan by the keys of their names; a committee is one of a term, so the key holds the plan's."""

    def __init__(self, plan: DocumentRecord, where: _Where, keys: Keys, cards: bytes) -> None:
        self._term, self._keys, self._cards = _at(plan, where.term), keys, cards
        self._people: Sequence[Any] = _at(plan, where.people.steps)
        self._name, self._identifier = where.people.name or "", where.people.identifier or ""
        self._ballots_of: list[tuple[set[bytes], list[str]]] = []
        """The names of each committee, and those on whom it takes a ballot."""
        rows, taken = (_at(plan, steps) for steps in (where.bodies, where.taken))
        (identity, called), (of, on) = where.body, where.taken_on
        self.count = len(rows)
        for row in rows:
            names = {self.key(getattr(row, called))}
            if len(rows) == 1:
                # Who names the organisation means its one committee.
                names.add(self.key(_at(plan, where.organization[0])))
            mine = [one for one in taken if getattr(one, of) == getattr(row, identity)]
            self._ballots_of.append((names, [person for one in mine for person in getattr(one, on)]))

    @cached_property
    def _starts(self) -> dict[str, int]:
        """Where the key of each person's card stands, by the person's id."""
        return dict(zip(column(self._people, self._identifier), range(0, len(self._cards), BYTES), strict=True))

    def key(self, name: str) -> bytes:
        """The key of a committee of this name in the term of the plan."""
        return self._keys.name(name, self._term)

    def card(self, person: str) -> bytes:
        """The key of the card of somebody, by id."""
        start = self._starts[person]
        return self._cards[start : start + BYTES]

    def called(self, person: str) -> bytes:
        """The key of the name of somebody, by id."""
        return self._keys.name(getattr(self._people[self._starts[person] // BYTES], self._name))

    def ballots(self) -> tuple[Ballots, ...]:
        """The ballots of each committee."""
        found = []
        for names, on in self._ballots_of:
            cards = [*map(self.card, on)]
            without = [self.called(person) for person, card in zip(on, cards, strict=True) if card == NOBODY]
            with_card = b"".join(card for card in cards if card != NOBODY) if without else b"".join(cards)
            found += [Ballots(name, with_card, b"".join(without)) for name in sorted(names)]
        return tuple(found)

    def here(self, name: bytes, person: str) -> int | None:
        """How many ballots on the person the committees of a name take; None where the plan has none of that name."""
        taken = [on.count(person) for names, on in self._ballots_of if name in names]
        return sum(taken) if taken else None


def _elsewhere(plan: DocumentRecord, where: _Where, bodies: _Bodies) -> tuple[SeatElsewhere, ...]:
    """The seats on other committees, each once, where it is named first."""
    *inner, last = where.elsewhere
    if not any(map(attrgetter(last), values(plan, tuple(inner)))):
        return ()
    found: dict[tuple[str, bytes], SeatElsewhere] = {}
    for path, row in places(plan, tuple(inner)):
        for number, other in enumerate(getattr(row, last) or ()):
            key, person = bodies.key(other), getattr(row, where.person)
            at = (*(step for step in path if isinstance(step, int)), number)
            there = SeatElsewhere(bodies.card(person), bodies.called(person), key, at, bodies.here(key, person))
            found.setdefault((person, key), there)
    return tuple(found.values())
