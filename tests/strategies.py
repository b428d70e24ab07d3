"""Hypothesis strategies for plans: valid ones of every kind, compliant or not, small enough to shrink well.

They are made once: Hypothesis looks through each new one before it draws from it, which takes longer than drawing.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

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

DAY = datetime(2017, 12, 28)
# Times that sit on, just inside and just outside every bound a reading has.
CLOCK = ("07:00", "07:30", "11:00", "11:59", "12:00", "12:01", "12:30", "12:31", "13:30", "16:30", "23:59")
COMMITTEES = ("dang-uy", "chi-bo")
PEOPLE = tuple(f"p{number:02d}" for number in range(1, 6))
WORDS = st.sampled_from(["Nguyễn Văn Bình", "Trần Thị Hoà", "Lê Sáu", "Đảng bộ xã Phú Túc", "<b>&\"'", "=1+1"])
WORDS_OR_NONE = st.none() | WORDS
lists, sampled_from = cache(st.lists), cache(st.sampled_from)


@cache
def _members(enumeration: type) -> st.SearchStrategy[str]:
    return st.sampled_from([member.value for member in enumeration])


@cache
def instants() -> st.SearchStrategy[str]:
    """Local times on three days."""
    return st.builds(
        lambda day, clock: f"{DAY + timedelta(days=day):%Y-%m-%d}T{clock}", st.integers(0, 2), st.sampled_from(CLOCK)
    )


@cache
@st.composite
def sessions(draw: st.DrawFn) -> dict[str, Any]:
    start, end = sorted(draw(lists(instants(), min_size=2, max_size=2, unique=True)))
    return {"start": start, "end": end, "part": draw(_members(Part))}


@cache
def reports() -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries(
        {"title": WORDS, "contents": st.lists(_members(Content), unique=True)}, optional={"guidance": st.none() | WORDS}
    )
    return st.lists(one, max_size=3).map(lambda rows: [{"id": f"bc{i}", **row} for i, row in enumerate(rows)])


@cache
def participants() -> st.SearchStrategy[list[dict[str, Any]]]:
    one = st.fixed_dictionaries(
        {"name": WORDS, "standing": _members(Standing), "parts": st.lists(_members(Part), unique=True)},
        optional={"eligible": st.booleans(), "replaces": st.sampled_from(PEOPLE)},
    )
    return st.lists(one, min_size=len(PEOPLE), max_size=len(PEOPLE)).map(
        lambda rows: [_row(person, row) for person, row in zip(PEOPLE, rows, strict=True)]
    )


def _row(person: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row of a person, who is in nobody's place sooner than in their own."""
    return {"id": person, **{name: value for name, value in row.items() if (name, value) != ("replaces", person)}}


@cache
@st.composite
def committees(draw: st.DrawFn) -> list[dict[str, Any]]:
    ids = draw(lists(sampled_from(COMMITTEES), unique=True))
    rows = []
    for committee in ids:
        people = draw(lists(sampled_from(PEOPLE), unique=True))
        members = [{"person": person, "role": draw(_members(Role))} for person in people]
        rows.append({"id": committee, "name": draw(WORDS), "members": members})
    return rows


@cache
@st.composite
def votes(draw: st.DrawFn, committee: str) -> dict[str, Any]:
    vote: dict[str, Any] = {
        "committee": committee,
        "ballots": draw(lists(sampled_from(PEOPLE), unique=True)),
        "counted_at": draw(instants()),
        "published": draw(lists(publications(), max_size=3)),
    }
    if draw(st.booleans()):
        covers = lists(_members(BriefingTopic), unique=True)
        vote["briefing"] = {"by": draw(sampled_from(PEOPLE)), "covers": draw(covers)}
    if draw(st.booleans()):
        vote["ballots_distributed_at"] = draw(instants())
    return vote


@cache
def publications() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"to": _members(Audience), "at": instants()})


@cache
def outcomes() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {"kind": _members(OutcomeKind), "subject": _members(OutcomeSubject)}, optional={"targets": st.integers(0, 3)}
    )


@cache
def discussions() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"part": _members(Part), "format": _members(DiscussionFormat)})


@cache
@st.composite
def plans(draw: st.DrawFn) -> dict[str, Any]:
    """A valid plan, as plain data."""
    seats = draw(committees())
    voted = [row["id"] for row in seats if draw(st.booleans())]
    return {
        "schema": 1,
        "organization": {
            "name": draw(WORDS),
            "kind": draw(_members(Kind)),
            "term": "2015-2020",
            "district": draw(WORDS_OR_NONE),
            "direct_superior": "Huyện ủy Châu Thành",
        },
        "conference": {
            "venue": "Hội trường",
            "directed_by": draw(WORDS_OR_NONE),
            "sessions": draw(lists(sessions(), max_size=4)),
            "discussions": draw(lists(discussions(), max_size=3)),
        },
        "reports": draw(reports()),
        "participants": draw(participants()),
        "committees": seats,
        "confidence_votes": [draw(votes(committee)) for committee in voted],
        "outcomes": draw(lists(outcomes(), max_size=3)),
    }
