"""The register of a running audit: who is in which plan, kept on disk, so that plans can be looked at together.

Rows are made where plans are checked, and only written down here. Only what is found more than once ever becomes Python
objects. Nothing here depends on the order that plans came in.
"""

import struct
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..audited_plan import AuditedPlan, Ballots, SeatElsewhere
from .identity import BYTES
from .keyed_table import KeyedTable, Row, shared

if TYPE_CHECKING:
    import numpy as np

MOST_NAMED: Final = 5
"""How many other plans a finding names."""

_MOST_ASKED: Final = 2**16
"""Of how many plans it is remembered whose they are."""

_BITS: Final = 32
"""Of a position: it and the number of its plan before it make one number, which takes less to remember than two."""

_SEATS_AT_ONCE: Final = 2**14
"""So many seats on bodies of one name are looked for at a time among the plans that have such a body."""

_NUMBER: Final = ("number", "<u4")
_POSITION: Final = ("position", "<u4")
_TABLES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    # the keys are: of an organisation, of a party card, of a committee's name, of what documents of two types have in common
    "organizations": (_NUMBER,),
    "people": (_NUMBER, _POSITION, ("parts", "u1")),
    "bodies": (_NUMBER, _POSITION, ("kind", "u1")),
    "pairs": (_NUMBER, ("judged", "u1")),
}
_COMMITTEE, _SEAT, _ORGANIZATION = range(3)
"""Rows of committees: that a plan has it, that somebody has a seat there by another plan (position: the seat), and that this is
the name of an organisation that has none or several committees (position: how many)."""

RegisterRows = dict[str, bytes]
"""Rows for each of the tables, one after the other."""


@dataclass(frozen=True, slots=True)
class PlanDetails:
    """What tells plans that meet apart: the place, the content, the directive that judges it, the organisation by its name in the
    plan and by key, when it meets, the ballots it takes, its seats elsewhere, and the rules across plans that are suspended for it."""

    place: str
    digest: str
    directive: str
    name: str
    organization: bytes
    half_days: tuple[tuple[int, ...], ...]
    ballots: tuple[Ballots, ...]
    elsewhere: tuple[SeatElsewhere, ...]
    suspended: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrganizationPlans:
    """Plans of one organisation: the number, the digest and the place of each, by digest and place."""

    plans: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """A seat elsewhere (by position, in the plan of this number), and what is known of the committee it is on.

    How many `organizations` have a committee of that name, the number of the first of their plans by place (None where
    there is none), whether all of these plans are `suspended` from rules across plans, and how many ballots such
    committees take on this person, and on `namesakes` whose party card is not given. Where there is no such committee, but an
    organisation of that name, `first` is its plan and `unnamed` how many committees that has.
    """

    number: int
    position: int
    organizations: int
    first: int | None
    suspended: bool
    ballots: int
    namesakes: int
    unnamed: int | None = None


@dataclass(frozen=True, slots=True)
class Booked:
    """A participant (by position) in the plan of this number who is in plans of other organisations at the same time.

    `half_day` is the first such half day, `organizations` how many have the person then, this one included, and `others`
    the numbers of some of the other plans, in the order of their places.
    """

    number: int
    position: int
    half_day: int
    organizations: int
    others: tuple[int, ...]


def rows_of(number: int, outcomes: Sequence[AuditedPlan]) -> RegisterRows:
    """The rows of plans that are numbered from `number`, which is less than 2³²."""
    organizations, people, bodies = _Columns(BYTES, 4), _Columns(BYTES, 4, 4, 1), _Columns(BYTES, 4, 4, 1)
    pairs = _Columns(BYTES, 4, 1)
    for own, outcome in enumerate(outcomes, number):
        across = outcome.across
        if across is None:
            continue
        numbered = _NUMBERS.pack(own)
        for key, judged in across.meets:  # one that is judged stands twice, so that it is found alone, too
            pairs.add(key * (1 + judged), numbered * (1 + judged), bytes([judged]) * (1 + judged))
        organizations.add(across.organization, numbered)
        said = [(ballots.body, 0, _COMMITTEE) for ballots in across.ballots]
        for position, one in enumerate(across.elsewhere):
            said += [(one.body, position, _SEAT)] * 2  # twice, so that it is found alone, too
        if across.name:
            said.append((across.name, across.bodies, _ORGANIZATION))
        for body, position, kind in said:
            bodies.add(body, numbered, _NUMBERS.pack(position), bytes([kind]))
        if any(across.half_days):
            count = len(across.parts)
            people.add(across.people, numbered * count, _positions(count), across.parts)
    return {
        "organizations": organizations.rows(),
        "people": people.rows(),
        "bodies": bodies.rows(),
        "pairs": pairs.rows(),
    }


class _Columns:
    """Columns of so many bytes a row each, which make rows."""

    def __init__(self, *widths: int) -> None:
        self._columns = [(bytearray(), width) for width in widths]

    def add(self, *columns: bytes) -> None:
        for (column, _), more in zip(self._columns, columns, strict=True):
            column += more

    def rows(self) -> bytes:
        """The rows. They are put together a byte of all of them at once, which takes no time for each."""
        row = sum(width for _, width in self._columns)
        made, at = bytearray(len(self._columns[0][0]) // self._columns[0][1] * row), 0
        for column, width in self._columns:
            for byte in range(width):
                made[at::row] = column[byte::width]
                at += 1
        return bytes(made)


_NUMBERS: Final = struct.Struct("<I")


@lru_cache(maxsize=256)
def _positions(count: int) -> bytes:
    return struct.pack(f"<{count}I", *range(count))


class Register:
    """Takes plans in, and tells which belong together. It writes into a folder that its maker deletes."""

    def __init__(self, folder: Path) -> None:
        self._tables = {name: KeyedTable(folder / name, *columns) for name, columns in _TABLES.items()}

    def add(self, rows: RegisterRows) -> None:
        """Take in what rules across plans need of some plans."""
        import numpy as np  # noqa: F401 (by now workers are busy; once all plans are in, all would wait for it)

        for name, some in rows.items():
            self._tables[name].add(some)

    def organizations(self, about: Callable[[int], PlanDetails]) -> Iterator[OrganizationPlans]:
        """The organisations of which there is more than one plan. `about` tells of the plan of a number."""
        for rows in self._tables["organizations"].groups(shared):
            plans = [(plan.digest, plan.place, number) for (number,) in rows for plan in (about(number),)]
            if len(plans) > 1:
                yield OrganizationPlans(tuple((number, digest, place) for digest, place, number in sorted(plans)))

    def seats_elsewhere(self, about: Callable[[int], PlanDetails]) -> Iterator[SeatRow]:
        """Every seat that some plan says a person has elsewhere."""
        for rows in self._tables["bodies"].groups(_with_seats):
            yield from _seats(rows, about)

    def counterparts(self) -> Iterator[tuple[list[int], list[int]]]:
        """The numbers of documents that are judged beside those of another type, and of these: of one organisation and term."""
        for rows in self._tables["pairs"].groups(_with_judged):
            if not (judged := {number for number, is_judged in rows if is_judged}):
                continue  # so many rows that nobody was asked about them
            yield sorted(judged), sorted({number for number, is_judged in rows if not is_judged})

    def bookings(self, about: Callable[[int], PlanDetails]) -> Iterator[Booked]:
        """Everybody who is in plans of several organisations at the same half day."""
        # Somebody in thousands of copies of one plan is nowhere else; more plans than `about` remembers are asked for that.
        organization = lru_cache(maxsize=_MOST_ASKED)(lambda number: about(number).organization)
        for rows in self._tables["people"].groups(shared):
            if len({organization(number) for number, _, _ in rows}) > 1:
                yield from _clashes(rows, about)

    def close(self) -> None:
        for table in self._tables.values():
            table.close()


def _each(keys: bytes) -> Iterator[bytes]:
    return (keys[start : start + BYTES] for start in range(0, len(keys), BYTES))


def _with_seats(rows: "np.ndarray[Any, Any]", begins: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    import numpy as np

    chosen: np.ndarray[Any, Any] = np.logical_or.reduceat(rows["kind"] == _SEAT, begins)
    return chosen


def _with_judged(rows: "np.ndarray[Any, Any]", begins: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    import numpy as np

    chosen: np.ndarray[Any, Any] = np.maximum.reduceat(rows["judged"], begins) > 0
    return chosen


def _seats(rows: Iterable[Row], about: Callable[[int], PlanDetails]) -> Iterator[SeatRow]:
    """The seats on bodies of one name, of the rows (number, position, kind) of that name."""
    seats = sorted({number << _BITS | at for number, at, kind in rows if kind == _SEAT})
    if not seats:
        return
    having = sorted({number for number, _, kind in rows if kind == _COMMITTEE})
    organizations = len({about(number).organization for number in having})
    _, first = min(((about(number).place, number) for number in having), default=("", None))
    suspended = bool(having) and all(about(number).suspended for number in having)
    unnamed = None
    if not having:
        named = ((about(number).place, number, count) for number, count, kind in rows if kind == _ORGANIZATION)
        _, first, unnamed = min(named, default=("", None, None))
    for begin in range(0, len(seats), _SEATS_AT_ONCE):
        places = [(one >> _BITS, one & (1 << _BITS) - 1) for one in seats[begin : begin + _SEATS_AT_ONCE]]
        some = {(number, at): about(number).elsewhere[at] for number, at in places}
        asked = {key for one in some.values() for key in (one.person, one.name)}
        body = next(iter(some.values())).body
        on = Counter(
            person
            for number in having
            for ballots in about(number).ballots
            if ballots.body == body
            for person in _each(ballots.people + ballots.names)
            if person in asked
        )
        for (number, at), one in some.items():
            yield SeatRow(number, at, organizations, first, suspended, on[one.person], on[one.name], unnamed)


def _clashes(rows: Iterable[Row], about: Callable[[int], PlanDetails]) -> Iterator[Booked]:
    """Of one person's rows (number, position, parts attended) those that are at the same half day as another's."""

    def attended(number: int, parts: int) -> set[int]:
        days = about(number).half_days
        return {at for part, half_days in enumerate(days) if parts >> part & 1 for at in half_days}

    at: dict[int, dict[bytes, tuple[str, int]]] = {}
    for number, _, parts in rows:
        plan = about(number)
        for half_day in attended(number, parts):
            firsts = at.setdefault(half_day, {})
            here = (plan.place, number)
            firsts[plan.organization] = min(here, firsts.get(plan.organization, here))
    clashes = {half_day: firsts for half_day, firsts in at.items() if len(firsts) > 1}
    named = {
        half_day: nsmallest(MOST_NAMED + 1, ((first, own) for own, first in firsts.items()))
        for half_day, firsts in clashes.items()
    }
    for number, position, parts in rows if clashes else ():
        for half_day in sorted(attended(number, parts) & clashes.keys())[:1]:
            others = (other for (_, other), own in named[half_day] if own != about(number).organization)
            yield Booked(number, position, half_day, len(clashes[half_day]), (*islice(others, MOST_NAMED),))
