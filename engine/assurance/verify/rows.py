"""Facts of a symbolic plan: the rows of facts.py, field by field, over what the solver chooses.

tests/engine/assurance/verify/test_rows.py holds the two together: pinned to a plan, every field has the value that facts gives.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import time
from typing import Final

import z3

from ...model.instants import Readings
from ...model.vocabulary import Part
from .logic import YES, Truth, Whole, both, no, some
from .tree import (
    Built,
    Choice,
    Members,
    Moment,
    Number,
    Optional,
    Participant,
    Person,
    Session,
    SplitInstant,
    Vote,
    Word,
)


@dataclass(frozen=True, slots=True, eq=False)
class Symbol:
    """A field of a symbolic row: its number or truth, or a truth for each of its `members`; and whether it is given.

    A number stands for itself divided by `scale`. `owner` is the slot whose id it is: two slots never share one.
    """

    term: Whole | Truth = None
    given: Truth = YES
    members: dict[str, Truth] | None = None
    scale: int = 1
    owner: tuple[str, int] | None = None


@dataclass(slots=True, eq=False)
class SymbolicRow:
    """A row that may be there. A field's symbol is made when it is first read."""

    present: Truth
    fields: dict[str, Callable[[], Symbol]]
    _known: dict[str, Symbol] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Symbol:
        if name not in self._known:
            self._known[name] = self.fields[name]()
        return self._known[name]


class SymbolicFacts(dict[str, list[SymbolicRow]]):
    """The rows of a symbolic plan, by entity; those of an entity are made when first asked for."""

    def __init__(self, built: Built, readings: Readings) -> None:
        self.plan, self.texts, self.readings = built.plan, built.texts, readings
        self.days = built.setting.bound.days

    def __missing__(self, entity: str) -> list[SymbolicRow]:
        rows = self[entity] = [*_ROWS[entity](self)]
        return rows

    def half_days(self) -> Whole:
        """How many half days the sessions touch."""
        touched = (
            some(
                both(session.present, touches(session.start, session.end, half, self.readings))
                for session in self.plan.conference.sessions
            )
            for half in range(2 * self.days)
        )
        return z3.Sum([z3.If(truth, 1, 0) for truth in touched])

    def earliest(self, part: Part | None = None) -> Symbol:
        """When the first session (of a part) starts."""
        return self._extreme(part, lambda session: session.start.term, lambda one, other: one < other)

    def latest_end(self, part: Part) -> Symbol:
        """When the last session of a part ends."""
        return self._extreme(part, lambda session: session.end.term, lambda one, other: one > other)

    def _extreme(
        self, part: Part | None, term: Callable[[Session], Whole], beats: Callable[[Whole, Whole], Truth]
    ) -> Symbol:
        given, best = some(()), z3.IntVal(0)
        for session in self.plan.conference.sessions:
            counts = both(session.present, YES if part is None else session.part.members[part.value])
            best = z3.If(both(counts, some((no(given), beats(term(session), best)))), term(session), best)
            given = some((given, counts))
        return Symbol(best, given)


def touches(start: SplitInstant, end: SplitInstant, half: int, readings: Readings) -> Truth:
    """Whether a session from `start` to `end` touches a half day (0: the first morning from the base on)."""
    afternoon = z3.If(start.minute >= _minutes_from(readings.morning_ends), 1, 0)
    first = start.day * 2 + afternoon
    last = end.day * 2 + z3.If(end.minute > _minutes_to(readings.afternoon_begins), 1, 0) - z3.If(end.minute == 0, 1, 0)
    return some((first == half, both(first <= half, half <= last)))


def _minutes_from(clock: time) -> int:
    """The first whole minute that is not before the time."""
    return clock.hour * 60 + clock.minute + bool(clock.second or clock.microsecond)


def _minutes_to(clock: time) -> int:
    """The last whole minute that is not after the time."""
    return clock.hour * 60 + clock.minute


_Rows = Iterator[SymbolicRow]
_Nodes = Word | Choice | Members | Number | Moment | SplitInstant


def _symbol(node: _Nodes, owner: tuple[str, int] | None = None) -> Symbol:
    if isinstance(node, Choice | Members):
        return Symbol(members=node.members)
    return Symbol(node.term, owner=owner)


def _row(present: Truth, **nodes: Callable[[], Symbol] | _Nodes | Optional) -> SymbolicRow:
    made: dict[str, Callable[[], Symbol]] = {}
    for name, node in nodes.items():
        if callable(node):
            made[name] = node
        elif isinstance(node, Optional):
            made[name] = lambda node=node: _optional(node)  # type: ignore[misc]
        else:
            made[name] = lambda node=node: _symbol(node)  # type: ignore[misc]
    return SymbolicRow(present, made)


def _optional(optional: Optional) -> Symbol:
    assert isinstance(optional.node, Word | Moment)
    return Symbol(optional.node.term, optional.given)


def _id(facts: SymbolicFacts, rows: str, number: int) -> Callable[[], Symbol]:
    """The id of a slot."""
    return lambda: Symbol(getattr(facts.plan, rows)[number].id.term, owner=(rows, number))


def _of_person(people: list[Participant], index: Whole, term: Callable[[int], Whole]) -> Whole:
    """A value of the participant whose number is `index`."""
    chosen = z3.IntVal(0)
    for number in reversed(range(len(people))):
        chosen = z3.If(index == number, term(number), chosen)
    return chosen


def _plan(facts: SymbolicFacts) -> _Rows:
    organization, conference = facts.plan.organization, facts.plan.conference
    yield _row(
        YES,
        id=lambda: Symbol(z3.IntVal(facts.texts.number("plan"))),
        kind=organization.kind,
        name=organization.name,
        term=organization.term,
        district=organization.district,
        direct_superior=organization.direct_superior,
        directed_by=conference.directed_by,
        duration_days=lambda: Symbol(facts.half_days(), scale=2),
        sessions=lambda: Symbol(z3.Sum([z3.If(session.present, 1, 0) for session in conference.sessions])),
        first_session_start=facts.earliest,
        first_mid_term_start=lambda: facts.earliest(Part.MID_TERM),
        last_year_end_end=lambda: facts.latest_end(Part.YEAR_END),
    )


def _sessions(facts: SymbolicFacts) -> _Rows:
    for number, session in enumerate(facts.plan.conference.sessions):
        index = Symbol(z3.IntVal(number + 1))
        yield _row(
            session.present,
            index=lambda index=index: index,  # type: ignore[misc]
            part=session.part,
            start=session.start,
            end=session.end,
        )


def _parts(facts: SymbolicFacts) -> _Rows:
    for part in Part:
        present = some(
            both(session.present, session.part.members[part.value]) for session in facts.plan.conference.sessions
        )
        yield _row(present, name=Choice({part.value: YES}))


def _discussions(facts: SymbolicFacts) -> _Rows:
    for slot in facts.plan.conference.discussions:
        yield _row(slot.present, part=slot.part, format=slot.format)


def _reports(facts: SymbolicFacts) -> _Rows:
    for number, slot in enumerate(facts.plan.reports):
        yield _row(
            slot.present,
            id=_id(facts, "reports", number),
            title=slot.title,
            contents=slot.contents,
            guidance=slot.guidance,
        )


def _participants(facts: SymbolicFacts) -> _Rows:
    people = facts.plan.participants
    for number, slot in enumerate(people):

        def replaces(slot: Participant = slot) -> Symbol:
            assert isinstance(slot.replaces.node, Person)
            named = _of_person(people, slot.replaces.node.index, lambda other: people[other].id.term)
            return Symbol(named, slot.replaces.given)

        yield _row(
            slot.present,
            id=_id(facts, "participants", number),
            name=slot.name,
            party_card=slot.party_card,
            standing=slot.standing,
            eligible=lambda slot=slot: Symbol(slot.eligible.term),  # type: ignore[misc]
            parts=slot.parts,
            replaces=replaces,
        )


def _committees(facts: SymbolicFacts) -> _Rows:
    for number, slot in enumerate(facts.plan.committees):
        yield _row(slot.present, id=_id(facts, "committees", number), name=slot.name)


def _seats(facts: SymbolicFacts) -> _Rows:
    for number, committee in enumerate(facts.plan.committees):
        for seat in committee.members:
            yield _row(
                seat.present,
                person=_id(facts, "participants", seat.person.number),
                committee=_id(facts, "committees", number),
                person_name=facts.plan.participants[seat.person.number].name,
                committee_name=committee.name,
                role=seat.role,
            )


def _votes(facts: SymbolicFacts) -> _Rows:
    for number, vote in enumerate(facts.plan.confidence_votes):

        def minutes_before(vote: Vote = vote) -> Symbol:
            first, handed_out = facts.earliest(), _optional(vote.ballots_distributed_at)
            return Symbol(first.term - handed_out.term, both(first.given, handed_out.given))

        yield _row(
            vote.present,
            committee=_id(facts, "committees", number),
            distributed_at=vote.ballots_distributed_at,
            counted_at=vote.counted_at,
            minutes_before_first_session=minutes_before,
        )


def _briefings(facts: SymbolicFacts) -> _Rows:
    people = facts.plan.participants
    for number, vote in enumerate(facts.plan.confidence_votes):
        briefing = vote.briefing.node
        seats = facts.plan.committees[number].members
        by = briefing.by.index  # type: ignore[union-attr]

        def role(by: Whole = by, seats: list = seats) -> Symbol:  # type: ignore[type-arg]
            sits = [both(by == seat.person.number, seat.present) for seat in seats]
            roles = {
                name: some(both(here, seat.role.members[name]) for here, seat in zip(sits, seats, strict=True))
                for name in (seats[0].role.members if seats else ())
            }
            return Symbol(given=some(sits), members=roles)

        yield _row(
            both(vote.present, vote.briefing.given),
            committee=_id(facts, "committees", number),
            person=lambda by=by: Symbol(_of_person(people, by, lambda other: people[other].id.term)),  # type: ignore[misc]
            role=role,
            covers=briefing.covers,  # type: ignore[union-attr]
        )


def _ballots(facts: SymbolicFacts) -> _Rows:
    for number, vote in enumerate(facts.plan.confidence_votes):
        for ballot in vote.ballots:
            yield _row(
                ballot.present,
                committee=_id(facts, "committees", number),
                person=_id(facts, "participants", ballot.person.number),
            )


def _publications(facts: SymbolicFacts) -> _Rows:
    for number, vote in enumerate(facts.plan.confidence_votes):
        for publication in vote.published:
            yield _row(
                publication.present,
                committee=_id(facts, "committees", number),
                audience=publication.to,
                at=publication.at,
                counted_at=vote.counted_at,
            )


def _outcomes(facts: SymbolicFacts) -> _Rows:
    for slot in facts.plan.outcomes:
        yield _row(slot.present, kind=slot.kind, subject=slot.subject, targets=slot.targets)


_ROWS: Final[dict[str, Callable[[SymbolicFacts], _Rows]]] = {
    "plan": _plan,
    "session": _sessions,
    "part": _parts,
    "discussion": _discussions,
    "report": _reports,
    "participant": _participants,
    "committee": _committees,
    "seat": _seats,
    "vote": _votes,
    "briefing": _briefings,
    "ballot": _ballots,
    "publication": _publications,
    "outcome": _outcomes,
}
