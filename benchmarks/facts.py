"""A plan as the flat rows that engines of rules want, made by hand from plain data; what is arithmetic is worked out."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

Row = tuple[str, dict[str, Any]]


def rows(plan: dict[str, Any]) -> Iterator[Row]:
    """The rows of a plan: (entity, values). Values are text, whole numbers (minutes for times) and lists of text."""
    conference, sessions = plan["conference"], plan["conference"]["sessions"]
    times = [(_minutes(s["start"]), _minutes(s["end"]), s["part"]) for s in sessions]
    first = min([start for start, _, _ in times], default=None)
    yield (
        "plan",
        {
            "kind": plan["organization"]["kind"],
            "slots": len({slot for start, end, _ in times for slot in _slots(start, end)}),
            "directed": _said(conference.get("directed_by") is not None),
            "first-mid-term": _known(min([start for start, _, part in times if part == "mid_term"], default=None)),
            "last-year-end": _known(max([end for _, end, part in times if part == "year_end"], default=None)),
            "first": _known(first),
        },
    )
    for part in dict.fromkeys(session["part"] for session in sessions):
        yield "part", {"name": part}
    for talk in conference["discussions"]:
        yield "discussion", {"part": talk["part"], "format": talk["format"]}
    for report in plan["reports"]:
        guided = _said(report.get("guidance") is not None)
        yield "report", {"id": report["id"], "contents": report["contents"], "guided": guided}
    for person in plan["participants"]:
        eligible, replaces = _said(person.get("eligible", True)), _said(person.get("replaces") is not None)
        told = {name: person[name] for name in ("id", "standing", "parts")}
        yield "participant", told | {"eligible": eligible, "replaces": replaces}
    roles = {}
    for committee in plan["committees"]:
        yield "committee", {"id": committee["id"]}
        for seat in committee["members"]:
            roles[seat["person"], committee["id"]] = seat["role"]
            yield "seat", {"person": seat["person"], "committee": committee["id"]}
    for vote in plan["confidence_votes"]:
        committee, handed_out, counted = (
            vote["committee"],
            vote.get("ballots_distributed_at"),
            _minutes(vote["counted_at"]),
        )
        lead: int | str = "none"
        if handed_out is not None:
            lead = 0 if first is None else first - _minutes(handed_out)
        yield "vote", {"committee": committee, "lead": lead}
        briefing = vote.get("briefing")
        if briefing is not None:
            role = roles.get((briefing["by"], committee), "none")
            yield "briefing", {"committee": committee, "role": role, "covers": briefing["covers"]}
        for person in vote["ballots"]:
            yield "ballot", {"person": person, "committee": committee}
        for publication in vote["published"]:
            at = _minutes(publication["at"])
            yield "publication", {"committee": committee, "audience": publication["to"], "at": at, "counted": counted}
    for outcome in plan["outcomes"]:
        targets = outcome.get("targets", 0)
        yield "outcome", {"kind": outcome["kind"], "subject": outcome["subject"], "targets": targets}


def _said(truth: bool) -> str:
    return "yes" if truth else "no"


def _known(value: int | None) -> int | str:
    return "none" if value is None else value


def _minutes(written: str) -> int:
    time = datetime.fromisoformat(written)
    return time.toordinal() * 1440 + time.hour * 60 + time.minute


def _slots(start: int, end: int) -> range:
    first = start // 1440 * 2 + (start % 1440 >= 720)
    last = end // 1440 * 2 + (end % 1440 > 750) - (end % 1440 == 0)
    return range(first, max(first, last) + 1)
