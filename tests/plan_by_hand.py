"""The conference plan (schema 1) written out by hand: what its description is held to.

Plain dataclasses for pydantic, from the contract of the files (plan-format) and not from the description.
"""

from dataclasses import dataclass
from typing import ClassVar

from tests.plan_classes import (
    Audience,
    BriefingTopic,
    Content,
    DiscussionFormat,
    Kind,
    OutcomeKind,
    OutcomeSubject,
    Part,
    Role,
    Standing,
)
from thamdinh.engine.model.types import Count, Identifier, Instant, Reference, Rows, Truth, Version, Written


class Record:
    """What every part of a plan is: unknown keys are errors."""

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Record):
    """Whose conference it is."""

    name: Written
    kind: Kind
    term: Written
    district: Written | None = None
    direct_superior: Written


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Record):
    """One sitting of the conference; `end` lies after `start`."""

    start: Instant
    end: Instant
    part: Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion(Record):
    """How one part is discussed."""

    part: Part
    format: DiscussionFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference(Record):
    """Where and when it sits. `directed_by`: the sector's superior committee, for forces only."""

    venue: Written
    directed_by: Written | None = None
    sessions: Rows[Session]
    discussions: Rows[Discussion]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One report laid before the conference."""

    id: Identifier
    title: Written
    contents: Rows[Content]
    guidance: Written | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Record):
    """One person who takes part. `replaces`: the participant whose seat an election filled."""

    id: Identifier
    name: Written
    party_card: Written | None = None
    standing: Standing
    eligible: Truth = True
    parts: Rows[Part]
    replaces: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Record):
    """One person's membership of one committee. `also_on`: other committees the person sits on."""

    person: Reference
    role: Role
    also_on: Rows[Written] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee(Record):
    """A committee whose members stand for a confidence vote."""

    id: Identifier
    name: Written
    members: Rows[Seat]


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(Record):
    """Who explains the confidence vote, and what of it."""

    by: Reference
    covers: Rows[BriefingTopic]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Record):
    """Where and when a result is made public."""

    to: Audience
    at: Instant


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceVote(Record):
    """The confidence vote of one committee. `ballots`: the participants on whom a ballot is taken."""

    committee: Reference
    briefing: Briefing | None = None
    ballots_distributed_at: Instant | None = None
    ballots: Rows[Reference]
    counted_at: Instant
    published: Rows[Publication]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Record):
    """A document the conference adopts; `targets` counts its targets."""

    kind: OutcomeKind
    subject: OutcomeSubject
    targets: Count = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """One conference plan, schema 1. Whether its ids agree is for integrity.py."""

    schema: Version
    organization: Organization
    conference: Conference
    reports: Rows[Report]
    participants: Rows[Participant]
    committees: Rows[Committee]
    confidence_votes: Rows[ConfidenceVote]
    outcomes: Rows[Outcome]
