"""The outline of a plan: what outputs show of the plan itself beside its verdict, as plain data without any judgement."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from .vocabulary import Kind, Part, Role

AROUND: Final = 3
"""Lines before and after a place that a verdict with an outline holds."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session. `half_days` numbers the mornings and afternoons it touches: twice the day's ordinal, afternoons odd."""

    part: Part
    start: datetime
    end: datetime
    half_days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something of a confidence vote that happens at one time: "handed_out", "counted" or "published"."""

    what: str
    committee: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """One person in the matrix of seats and ballots: the role held and whether a ballot is taken, by committee.

    A committee in neither mapping is one the person has no seat in and no ballot is taken in.
    """

    id: str
    name: str
    roles: dict[str, Role]
    ballots: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outline:
    """Whose plan it is, its agenda, and its seats and ballots. `committees` gives the names of committees by id."""

    kind: Kind
    term: str
    district: str | None
    direct_superior: str
    directed_by: str | None
    venue: str
    duration_days: float
    sittings: tuple[Sitting, ...]
    moments: tuple[Moment, ...]
    committees: dict[str, str]
    members: tuple[Member, ...]
