"""What rules across plans need of one plan: taken from it where it is checked, so that no plan has to be sent on."""

from functools import lru_cache

from ..facts import Readings, half_days_of
from ..plan import Participant, Plan
from ..vocabulary import Part
from .identity import Keys
from .outcome import Across, Ballots, SeatElsewhere

PARTS = (Part.YEAR_END, Part.MID_TERM)


_People = dict[str, tuple[Participant, bytes]]
"""Participants and the hashes of their party cards, by id."""


def across_of(plan: Plan, keys: Keys, readings: Readings, suspended: tuple[tuple[str, str], ...]) -> Across:
    """The keyed hashes of a plan. `suspended`: the rules across plans that an exception suspends for it."""
    organization, sessions = plan.organization, plan.conference.sessions
    cards = keys.cards(person.party_card for person in plan.participants)
    people = {person.id: (person, card) for person, card in zip(plan.participants, cards, strict=True)}
    return Across(
        # The committee above tells apart organisations of one name, and is always given, as the district is not.
        keys.name(f"{organization.name} / {organization.direct_superior} / {organization.term}"),
        tuple(half_days_of((s for s in sessions if s.part is part), readings) for part in PARTS),
        b"".join(cards),
        bytes([_attended(tuple(person.parts)) for person in plan.participants]),
        _ballots(plan, keys, people),
        _elsewhere(plan, keys, people),
        suspended,
    )


@lru_cache(maxsize=64)
def _attended(parts: tuple[Part, ...]) -> int:
    return sum(1 << position for position, part in enumerate(PARTS) if part in parts)


def _ballots(plan: Plan, keys: Keys, people: _People) -> tuple[Ballots, ...]:
    found: list[Ballots] = []
    for committee in plan.committees:
        names = {keys.name(committee.name)}
        if len(plan.committees) == 1:
            names.add(keys.name(plan.organization.name))  # Who names the organisation means its one committee.
        votes = [vote for vote in plan.confidence_votes if vote.committee == committee.id]
        on = [people[person] for vote in votes for person in vote.ballots]
        with_card = b"".join(card for person, card in on if person.party_card is not None)
        without = b"".join(keys.name(person.name) for person, _ in on if person.party_card is None)
        found += [Ballots(name, with_card, without) for name in sorted(names)]
    return tuple(found)


def _elsewhere(plan: Plan, keys: Keys, people: _People) -> tuple[SeatElsewhere, ...]:
    return tuple(
        SeatElsewhere(people[seat.person][1], keys.name(people[seat.person][0].name), keys.name(other), (i, j, k))
        for i, committee in enumerate(plan.committees)
        for j, seat in enumerate(committee.members)
        for k, other in enumerate(seat.also_on or ())
    )
