"""What the register finds, held against the words of what it should find, said plainly over all plans."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.properties import examples
from thamdinh.engine.audit.audited_plan import Across, AuditedPlan, Ballots, SeatElsewhere
from thamdinh.engine.audit.shared import keyed_table
from thamdinh.engine.audit.shared import register as register_module
from thamdinh.engine.audit.shared.identity import BYTES, NOBODY
from thamdinh.engine.audit.shared.register import Booked, OrganizationPlans, PlanDetails, Register, SeatRow, rows_of
from thamdinh.engine.evaluation.verdict import Verdict

KEY = st.sampled_from([bytes([number]) * BYTES for number in (1, 70, 140, 210)])
PERSON = KEY | st.just(NOBODY)
HALF_DAYS = st.lists(st.integers(0, 2), min_size=1, max_size=2, unique=True).map(lambda days: tuple(sorted(days)))

NAMED = 1
"""How many others are named: fewer than there are."""


@st.composite
def plans(draw: st.DrawFn) -> list[Across]:
    found = []
    for _ in range(draw(st.integers(0, 12))):
        people = draw(st.lists(st.tuples(PERSON, st.integers(0, 3)), max_size=6))
        ballots = st.builds(
            Ballots, KEY, st.lists(KEY, max_size=3).map(b"".join), st.lists(KEY, max_size=2).map(b"".join)
        )
        seats = st.builds(SeatElsewhere, PERSON, KEY, KEY, st.just((0, 0, 0)))
        found.append(
            Across(
                draw(KEY),
                (draw(HALF_DAYS), draw(HALF_DAYS)),
                b"".join(card for card, _ in people),
                bytes(parts for _, parts in people),
                tuple(draw(st.lists(ballots, max_size=2))),
                tuple(draw(st.lists(seats, max_size=3))),
                draw(st.sampled_from([(), (("TD507", "D15"),)])),
                (),
                draw(KEY | st.just(b"")),
                draw(st.sampled_from([0, 2, 3])),
            )
        )
    return found


def people(across: Across) -> list[tuple[bytes, set[int]]]:
    """Each participant's card, and the half days attended."""
    return [
        (
            across.people[BYTES * at : BYTES * (at + 1)],
            {day for part, days in enumerate(across.half_days) if parts >> part & 1 for day in days},
        )
        for at, parts in enumerate(across.parts)
    ]


def bookings(plans: dict[int, Across], places: dict[int, str]) -> set[Booked]:
    found = set()
    for number, across in plans.items():
        for position, (card, days) in enumerate(people(across)):
            for day in sorted(days):
                others: dict[bytes, str] = {}
                for other in plans.values():
                    if any(card == theirs and day in at for theirs, at in people(other)):
                        of = [n for n, plan in plans.items() if plan.organization == other.organization]
                        there = [n for n in of if any(card == c and day in at for c, at in people(plans[n]))]
                        others[other.organization] = min(places[n] for n in there)
                if card != NOBODY and len(others) > 1:
                    named = sorted(place for own, place in others.items() if own != across.organization)
                    numbers = {place: n for n, place in places.items()}
                    found.add(Booked(number, position, day, len(others), tuple(numbers[p] for p in named[:NAMED])))
                    break
    return found


def seats(plans: dict[int, Across], places: dict[int, str]) -> set[SeatRow]:
    found = set()
    for number, across in plans.items():
        for position, seat in enumerate(across.elsewhere):
            having = [n for n, plan in plans.items() if any(one.body == seat.body for one in plan.ballots)]
            on = [
                (one.people + one.names)[at : at + BYTES]
                for plan in plans.values()
                for one in plan.ballots
                if one.body == seat.body
                for at in range(0, len(one.people + one.names), BYTES)
            ]
            called = [n for n, plan in plans.items() if plan.name == seat.body and not having]
            first = min(having or called, key=lambda n: places[n], default=None)
            found.add(
                SeatRow(
                    number,
                    position,
                    len({plans[n].organization for n in having}),
                    first,
                    bool(having) and all(plans[n].suspended for n in having),
                    on.count(seat.person),
                    on.count(seat.name),
                    plans[first].bodies if first in called else None,
                )
            )
    return found


def groups(plans: dict[int, Across], places: dict[int, str]) -> set[OrganizationPlans]:
    found = set()
    for organization in {across.organization for across in plans.values()}:
        of = sorted((places[n], n) for n, across in plans.items() if across.organization == organization)
        if len(of) > 1:
            found.add(OrganizationPlans(tuple((n, "digest", place) for place, n in of)))
    return found


@pytest.mark.long
@examples(0.5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=plans(), data=st.data())
def test_what_plans_share_is_found(
    tmp_path_factory: pytest.TempPathFactory, made: list[Across], data: st.DataObject
) -> None:
    names = data.draw(st.permutations([f"{name}.yaml" for name in "abcdefghijkl"]))
    plans, places = dict(enumerate(made)), dict(enumerate(names[: len(made)]))
    outcomes = [
        AuditedPlan(places[n], "digest", None, None, None, None, None, 0, Verdict(places[n], None), across)
        for n, across in plans.items()
    ]

    def about(number: int) -> PlanDetails:
        across = plans[number]
        suspended = frozenset(rule for rule, _ in across.suspended)
        met = across.half_days, across.ballots, across.elsewhere
        return PlanDetails(places[number], "digest", "", "", across.organization, *met, suspended)

    register = Register(tmp_path_factory.mktemp("register"))
    cut = data.draw(st.integers(0, len(made)))
    for start, some in ((cut, outcomes[cut:]), (0, outcomes[:cut])):
        register.add(rows_of(start, some))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(register_module, "MOST_NAMED", NAMED)
        patched.setattr(keyed_table, "MOST_BYTES", data.draw(st.sampled_from([150, 2**20])))
        assert_same(list(register.organizations(about)), groups(plans, places))
        assert_same(list(register.seats_elsewhere(about)), seats(plans, places))
        assert_same(list(register.bookings(about)), bookings(plans, places))
    register.close()


def assert_same(found: list[object], expected: set[object]) -> None:
    assert len(found) == len(set(found))
    assert set(found) == expected
