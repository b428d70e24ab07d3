"""What rules across plans need of one plan: taken from it where it is checked, so that no plan has to be sent on."""

from collections.abc import Iterator, Sequence

from ...model.instants import Readings, half_days_of
from ...model.records import DocumentRecord
from ...model.rows import column
from ...model.vocabulary import Part
from ..audited_plan import Across, Ballots, SeatElsewhere
from .identity import NOBODY, Keys

PARTS = (Part.YEAR_END, Part.MID_TERM)


def across_of(
    plan: DocumentRecord,
    keys: Keys,
    readings: Readings,
    suspended: tuple[tuple[str, str], ...],
    clauses: tuple[str, ...],
) -> Across:
    """The keyed hashes of a plan. `suspended`, `clauses`: the rules across plans, and the clauses, suspended for it."""
    organization, sessions = plan.organization, plan.conference.sessions
    people = _People(plan.participants, keys)
    committees = _Committees(plan, keys)
    return Across(
        # The committee above tells apart organisations of one name, and is always given, as the district is not.
        keys.name(f"{organization.name} / {organization.direct_superior} / {organization.term}"),
        tuple(half_days_of([(s.start, s.end) for s in sessions if s.part is part], readings) for part in PARTS),
        b"".join(people.cards),
        _attendance(plan.participants),
        tuple(committees.ballots(people)),
        _elsewhere(plan, committees, people),
        suspended,
        clauses,
        b"" if len(plan.committees) == 1 else committees.key(organization.name),
        len(plan.committees),
    )


class _People:
    """The participants of a plan, the hashes of their party cards, and the position of each by id."""

    def __init__(self, participants: Sequence[DocumentRecord], keys: Keys) -> None:
        self._participants, self._keys = participants, keys
        self.cards = keys.cards(column(participants, "party_card"))
        self.positions = dict(zip(column(participants, "id"), range(len(participants)), strict=True))

    def card(self, person: str) -> bytes:
        return self.cards[self.positions[person]]

    def name(self, person: str) -> bytes:
        return self._keys.name(self._participants[self.positions[person]].name)


def _attendance(participants: Sequence[DocumentRecord]) -> bytes:
    """A byte for each participant: the bits of the parts attended."""
    year_end, mid_term = PARTS
    # Not looked up by the parts: the hash of an enum's member is made anew every time.
    return bytes([(year_end in parts) + 2 * (mid_term in parts) for parts in column(participants, "parts")])


class _Committees:
    """The committees of a plan by the keys of their names; a committee is one of a term, so the key holds the plan's."""

    def __init__(self, plan: DocumentRecord, keys: Keys) -> None:
        self._term, self._keys = plan.organization.term, keys
        self.ballots_of: dict[bytes, list[list[str]]] = {}
        """Those on whom the committees of a name take a ballot: a list for each committee."""
        for committee in plan.committees:
            names = {self.key(committee.name)}
            if len(plan.committees) == 1:
                names.add(self.key(plan.organization.name))  # Who names the organisation means its one committee.
            on = [person for vote in plan.confidence_votes if vote.committee == committee.id for person in vote.ballots]
            for name in sorted(names):
                self.ballots_of.setdefault(name, []).append(on)

    def key(self, name: str) -> bytes:
        """The key of a committee of this name in the term of the plan."""
        return self._keys.name(f"{name} / {self._term}")

    def ballots(self, people: _People) -> Iterator[Ballots]:
        """The ballots of each committee."""
        for name, committees in self.ballots_of.items():
            for on in committees:
                cards = [people.card(person) for person in on]
                without = [people.name(person) for person, card in zip(on, cards, strict=True) if card == NOBODY]
                with_card = b"".join(card for card in cards if card != NOBODY) if without else b"".join(cards)
                yield Ballots(name, with_card, b"".join(without))

    def here(self, name: bytes, person: str) -> int | None:
        """How many ballots on the person the committees of a name take; None where the plan has none of that name."""
        committees = self.ballots_of.get(name)
        return None if committees is None else sum(on.count(person) for on in committees)


def _elsewhere(plan: DocumentRecord, committees: _Committees, people: _People) -> tuple[SeatElsewhere, ...]:
    """The seats on other committees, each once, where it is named first."""
    seats: dict[tuple[str, bytes], SeatElsewhere] = {}
    for i, committee in enumerate(plan.committees):
        for j, seat in enumerate(committee.members):
            for k, other in enumerate(seat.also_on or ()):
                key, person = committees.key(other), seat.person
                there = SeatElsewhere(
                    people.card(person), people.name(person), key, (i, j, k), committees.here(key, person)
                )
                seats.setdefault((person, key), there)
    return tuple(seats.values())
