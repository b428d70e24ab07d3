"""The mechanical remedies a rule may name (`repair` in a rule file): from a finding and the plan's data to changes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from ..base.instant import parse_instant, write_instant
from ..evaluation.verdict import Finding
from .change import Change

Data = dict[str, Any]
Action = Callable[[Data, Finding, int], list[Change]]
"""From the plan's data, the finding and the minutes the rule names, to changes; none where nothing mechanical helps."""

_MID_TERM: Final = ("mid_term_review", "leadership_self_criticism", "inspection_supervision")


def _split_report(plan: Data, finding: Finding, _: int) -> list[Change]:
    """The mid-term contents leave the report: for the mid-term report there is, else for a new one."""
    position = _position(plan["reports"], "id", finding.subject.id)
    merged = plan["reports"][position]
    moved = [content for content in merged["contents"] if content in _MID_TERM]
    changes = [
        Change("remove", ("reports", position, "contents", number))
        for number, content in reversed(list(enumerate(merged["contents"])))
        if content in moved
    ]
    for other, report in enumerate(plan["reports"]):
        if (
            other != position
            and "mid_term_review" in report["contents"]
            and "year_end_review" not in report["contents"]
        ):
            missing = [content for content in moved if content not in report["contents"]]
            return changes + [Change("append", ("reports", other, "contents"), content) for content in missing]
    new: Data = {"id": _unused(f"{merged['id']}-so-ket", plan["reports"]), "title": "Báo cáo sơ kết giữa nhiệm kỳ"}
    new["contents"] = moved
    if merged.get("guidance"):
        new["guidance"] = merged["guidance"]
    return [*changes, Change("append", ("reports",), new)]


def _add_content(plan: Data, finding: Finding, _: int) -> list[Change]:
    """The content that is missing is put into the report."""
    report, content = str(finding.evidence["id"]), finding.evidence["content"]
    return [Change("append", ("reports", _position(plan["reports"], "id", report), "contents"), content)]


def _add_ballot(plan: Data, finding: Finding, _: int) -> list[Change]:
    """A ballot on who sits on the committee; where the committee has no vote, its times are not ours to set."""
    return [
        Change("append", ("confidence_votes", position, "ballots"), finding.evidence["person"])
        for position in _votes(plan, finding.evidence["committee"])[:1]
    ]


def _add_audience(plan: Data, finding: Finding, _: int) -> list[Change]:
    """The missing audience hears the result when the other does, but never before the count."""
    changes = []
    for position in _votes(plan, finding.evidence["id"])[:1]:
        vote = plan["confidence_votes"][position]
        at = max([parse_instant(vote["counted_at"]), *(parse_instant(item["at"]) for item in vote["published"])])
        published = {"to": finding.evidence["audience"], "at": write_instant(at)}
        changes.append(Change("append", ("confidence_votes", position, "published"), published))
    return changes


def _hand_out_ballots_early(plan: Data, finding: Finding, minutes: int) -> list[Change]:
    """The ballots are handed out the minutes named before the first session begins."""
    starts: list[datetime] = [parse_instant(session["start"]) for session in plan["conference"]["sessions"]]
    if not starts:
        return []
    at = write_instant(min(starts) - timedelta(minutes=minutes))
    return [
        Change("put", ("confidence_votes", position, "ballots_distributed_at"), at)
        for position in _votes(plan, finding.evidence["id"])
    ]


ACTIONS: Final[dict[str, Action]] = {
    "split_report": _split_report,
    "add_content": _add_content,
    "add_ballot": _add_ballot,
    "add_audience": _add_audience,
    "hand_out_ballots_early": _hand_out_ballots_early,
}


def _position(rows: list[Data], key: str, value: str) -> int:
    return next(position for position, row in enumerate(rows) if row[key].strip() == value)


def _votes(plan: Data, committee: object) -> list[int]:
    return [number for number, vote in enumerate(plan["confidence_votes"]) if vote["committee"].strip() == committee]


def _unused(name: str, reports: list[Data]) -> str:
    taken = {report["id"].strip() for report in reports}
    return next(
        free for free in (name, *(f"{name}-{number}" for number in range(2, len(taken) + 3))) if free not in taken
    )
