"""Where each field of the facts stands in a plan, as Python expressions: what compiled rules read instead of rows.

The same facts as `facts.flatten`, except that enumerations are their members and a set is a tuple of members. A field
that is absent is None. tests/engine/test_sources.py holds the two together.
"""

from dataclasses import dataclass
from typing import Final

from .facts import Readings, half_days, minutes, roles
from .rows import column
from .vocabulary import Part

Walk = tuple[tuple[str, str], ...]
"""Nested loops: the name each item gets, and the expression for what is looped over."""


@dataclass(frozen=True, slots=True)
class Source:
    """The rows of one entity: the loops that reach each of them, and the expression of each field."""

    walk: Walk
    fields: dict[str, str]


def _attributes(item: str, *names: str) -> dict[str, str]:
    return {name: f"{item}.{name}" for name in names}


def _minutes(expression: str, *, optional: bool = False) -> str:
    return f"(None if {expression} is None else minutes({expression}))" if optional else f"minutes({expression})"


_COMMITTEES: Final = ("committee", "plan.committees")
_VOTES: Final = ("vote", "plan.confidence_votes")

SOURCES: Final[dict[str, Source]] = {
    "plan": Source(
        (),
        {
            "id": "'plan'",
            **_attributes("plan.organization", "kind", "name", "term", "district", "direct_superior"),
            "directed_by": "plan.conference.directed_by",
            "duration_days": "half_days(sessions, readings) / 2",
            "sessions": "len(sessions)",
            "first_session_start": "first_session",
            "first_mid_term_start": "first_mid_term_start",
            "last_year_end_end": "last_year_end_end",
        },
    ),
    "session": Source(
        (("(index, session)", "enumerate(sessions, 1)"),),
        {
            "index": "index",
            "part": "session.part",
            "start": _minutes("session.start"),
            "end": _minutes("session.end"),
        },
    ),
    "part": Source((("part", "dict.fromkeys([s.part for s in sessions])"),), {"name": "part"}),
    "discussion": Source((("discussion", "plan.conference.discussions"),), _attributes("discussion", "part", "format")),
    "report": Source((("report", "plan.reports"),), _attributes("report", "id", "title", "contents", "guidance")),
    "participant": Source(
        (("participant", "plan.participants"),),
        _attributes("participant", "id", "name", "party_card", "standing", "eligible", "parts", "replaces"),
    ),
    "committee": Source((_COMMITTEES,), _attributes("committee", "id", "name")),
    "seat": Source(
        (_COMMITTEES, ("seat", "committee.members")),
        {
            "person": "seat.person",
            "committee": "committee.id",
            "person_name": "names[seat.person]",
            "committee_name": "committee.name",
            "role": "seat.role",
        },
    ),
    "vote": Source(
        (_VOTES,),
        {
            "committee": "vote.committee",
            "distributed_at": _minutes("vote.ballots_distributed_at", optional=True),
            "counted_at": _minutes("vote.counted_at"),
            "minutes_before_first_session": "(None if vote.ballots_distributed_at is None or first_session is None "
            "else first_session - minutes(vote.ballots_distributed_at))",
        },
    ),
    "briefing": Source(
        (_VOTES, ("briefing", "(() if vote.briefing is None else (vote.briefing,))")),
        {
            "committee": "vote.committee",
            "person": "briefing.by",
            "role": "roles.get((briefing.by, vote.committee))",
            "covers": "briefing.covers",
        },
    ),
    "ballot": Source((_VOTES, ("ballot", "vote.ballots")), {"committee": "vote.committee", "person": "ballot"}),
    "publication": Source(
        (_VOTES, ("publication", "vote.published")),
        {
            "committee": "vote.committee",
            "audience": "publication.to",
            "at": _minutes("publication.at"),
            "counted_at": _minutes("vote.counted_at"),
        },
    ),
    "outcome": Source((("outcome", "plan.outcomes"),), _attributes("outcome", "kind", "subject", "targets")),
}
"""Every entity of facts.ENTITIES and where its rows stand."""

SHARED: Final[dict[str, str]] = {
    "sessions": "plan.conference.sessions",
    "first_session": "min([minutes(s.start) for s in sessions], default=None)",
    "first_mid_term_start": "min([minutes(s.start) for s in sessions if s.part is MID_TERM], default=None)",
    "last_year_end_end": "max([minutes(s.end) for s in sessions if s.part is YEAR_END], default=None)",
    "roles": "roles_of(plan)",
    "names": "dict(zip(column(plan.participants, 'id'), column(plan.participants, 'name')))",
}
"""Names that expressions may use, and what they stand for: worked out once a plan, where some expression does."""


def names(readings: Readings) -> dict[str, object]:
    """What else the expressions name."""
    return {
        "readings": readings,
        "half_days": half_days,
        "minutes": minutes,
        "column": column,
        "roles_of": roles,
        "MID_TERM": Part.MID_TERM,
        "YEAR_END": Part.YEAR_END,
    }
