"""What rules across plans need of one plan: taken from it where it is checked, so that no plan has to be sent on.

Where it stands follows from the description: natures say what identifies an organisation and a person, the outline which rows
are sittings, bodies and ballots, and the entity across plans which list names bodies elsewhere.
"""

from collections.abc import Iterator, Sequence
from functools import cache, reduce
from typing import Any, cast

from ...base.record import Record
from ...model.description import Description
from ...model.enumerations import enumerations
from ...model.instants import Readings, half_days_of
from ...model.records import DocumentRecord, places, values
from ...model.rows import column
from ...model.secrets import People, people_of
from ..audited_plan import Across, Ballots, SeatElsewhere
from .identity import NOBODY, Keys

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
    people: People
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
        next(field.name for field in record.fields if field.type == "set" and field.of == of_part.of),
        rows[bodies.entity],
        (of[bodies.entity, bodies.id], of[bodies.entity, bodies.name]),
        rows[ballots.entity][:-1],
        (of[ballots.entity, ballots.column].removeprefix("../"), rows[ballots.entity][-1]),
        known.steps(elsewhere.rows),
        next(fact.of for fact in elsewhere.fields if fact.of and fact.of.startswith("../")).removeprefix("../"),
    )


def across_of(
    plan: DocumentRecord,
    keys: Keys,
    readings: Readings,
    suspended: tuple[tuple[str, str], ...],
    clauses: tuple[str, ...],
) -> Across | None:
    """The keyed hashes of a plan; None where its type has no registers.

    `suspended`, `clauses`: the rules across plans, and the clauses, that are suspended for it.
    """
    if (where := _where(plan.known)) is None:
        return None
    name, *others = (_at(plan, steps) for steps in where.organization)
    sittings = [
        (getattr(row, where.start), getattr(row, where.end), getattr(row, where.part))
        for row in _at(plan, where.sittings)
    ]
    people, bodies = _People(plan, where, keys), _Bodies(plan, where, keys)
    return Across(
        keys.name(" / ".join((name, *others))),
        tuple(
            half_days_of([(start, end) for start, end, of in sittings if of is part], readings) for part in where.parts
        ),
        b"".join(people.cards),
        people.attended_parts,
        tuple(bodies.ballots(people)),
        _elsewhere(plan, where, bodies, people),
        suspended,
        clauses,
        b"" if bodies.count == 1 else bodies.key(name),
        bodies.count,
    )


def alone(suspended: tuple[tuple[str, str], ...], clauses: tuple[str, ...]) -> Across:
    """What rules across plans need of a document whose type has none of what the registers know."""
    return Across(NOBODY, (), b"", b"", (), (), suspended, clauses)


class _People:
    """The people of a plan, the hashes of their party cards, and the position of each by id.

    `attended_parts` has a byte for each: the bits of the parts attended.
    """

    def __init__(self, plan: DocumentRecord, where: _Where, keys: Keys) -> None:
        known = where.people
        assert known.identifier
        assert known.name
        assert known.secret
        self._rows: Sequence[Any] = _at(plan, known.steps)
        self._keys, self._name = keys, known.name
        self.cards = keys.cards(column(self._rows, known.secret))
        self.positions = dict(zip(column(self._rows, known.identifier), range(len(self._rows)), strict=True))
        attended = column(self._rows, where.attended)
        bits = [0] * len(attended)
        for number, part in enumerate(where.parts):
            # Not looked up by the parts: the hash of an enum's member is made anew every time.
            bits = [others + ((part in parts) << number) for others, parts in zip(bits, attended, strict=True)]
        self.attended_parts = bytes(bits)

    def card(self, person: str) -> bytes:
        return self.cards[self.positions[person]]

    def name(self, person: str) -> bytes:
        return self._keys.name(getattr(self._rows[self.positions[person]], self._name))


class _Bodies:
    """The committees of a plan by the keys of their names; a committee is one of a term, so the key holds the plan's."""

    def __init__(self, plan: DocumentRecord, where: _Where, keys: Keys) -> None:
        self._term, self._keys = _at(plan, where.term), keys
        self.ballots_of: dict[bytes, list[list[str]]] = {}
        """Those on whom the committees of a name take a ballot: a list for each committee."""
        rows, taken = (_at(plan, steps) for steps in (where.bodies, where.taken))
        (identity, called), (of, on) = where.body, where.taken_on
        self.count = len(rows)
        for row in rows:
            names = {self.key(getattr(row, called))}
            if len(rows) == 1:
                # Who names the organisation means its one committee.
                names.add(self.key(_at(plan, where.organization[0])))
            mine = [one for one in taken if getattr(one, of) == getattr(row, identity)]
            people = [person for one in mine for person in getattr(one, on)]
            for name in sorted(names):
                self.ballots_of.setdefault(name, []).append(people)

    def key(self, name: str) -> bytes:
        """The key of a committee of this name in the term of the plan."""
        return self._keys.name(f"{name} / {self._term}")

    def ballots(self, people: _People) -> Iterator[Ballots]:
        """The ballots of each committee."""
        for name, bodies in self.ballots_of.items():
            for on in bodies:
                cards = [people.card(person) for person in on]
                without = [people.name(person) for person, card in zip(on, cards, strict=True) if card == NOBODY]
                with_card = b"".join(card for card in cards if card != NOBODY) if without else b"".join(cards)
                yield Ballots(name, with_card, b"".join(without))

    def here(self, name: bytes, person: str) -> int | None:
        """How many ballots on the person the committees of a name take; None where the plan has none of that name."""
        bodies = self.ballots_of.get(name)
        return None if bodies is None else sum(on.count(person) for on in bodies)


def _elsewhere(plan: DocumentRecord, where: _Where, bodies: _Bodies, people: _People) -> tuple[SeatElsewhere, ...]:
    """The seats on other committees, each once, where it is named first."""
    found: dict[tuple[str, bytes], SeatElsewhere] = {}
    *inner, last = where.elsewhere
    if not any(values(plan, where.elsewhere)):
        return ()
    for path, row in places(plan, tuple(inner)):
        for number, other in enumerate(getattr(row, last) or ()):
            key, person = bodies.key(other), getattr(row, where.person)
            at = (*(step for step in path if isinstance(step, int)), number)
            there = SeatElsewhere(people.card(person), people.name(person), key, at, bodies.here(key, person))
            found.setdefault((person, key), there)
    return tuple(found.values())
