"""The rules of ben-tre-2017 as a competent engineer would write them for speed: plain Python over what orjson reads.

The yardstick of compiled rules. It trusts that a plan is valid and says no more than rule and subject: no places,
messages, evidence or problems. Times are taken to be written `YYYY-MM-DDTHH:MM`, which compare rightly as text.
"""

from datetime import date
from typing import Any

import orjson

Found = set[tuple[str, str]]
"""(rule, id of the subject) of every finding."""

GRASSROOTS = frozenset(("commune", "ward", "township"))
SECTOR = frozenset(("provincial_sector_committee", "provincial_sector_cell"))
FORCES = frozenset(("police", "military", "border_guard"))


def check(line: bytes) -> Found:
    """The findings on one plan, a line of JSONL."""
    return judge(orjson.loads(line))


def judge(plan: dict[str, Any]) -> Found:
    """The findings on one plan."""
    kind, conference = plan["organization"]["kind"], plan["conference"]
    directed = conference.get("directed_by") is not None
    if kind in FORCES:
        return set() if directed else {("TD601", "plan")}
    found: Found = {("TD602", "plan")} if directed else set()
    sessions = conference["sessions"]
    _sessions(kind, sessions, found)
    _reports(plan["reports"], found)
    _participants(plan["participants"], found)
    grouped = {discussion["part"] for discussion in conference["discussions"] if discussion["format"] == "group"}
    found.update(("TD401", part) for part in {session["part"] for session in sessions} - grouped)
    _votes(plan, min([session["start"] for session in sessions], default=""), found)
    outcomes = plan["outcomes"]
    for outcome in outcomes:
        if outcome["subject"] == "next_year" and outcome["kind"] == "resolution" and outcome.get("targets", 0) >= 1:
            break
    else:
        found.add(("TD702", "plan"))
    if not any(outcome["subject"] == "rest_of_term" for outcome in outcomes):
        found.add(("TD703", "plan"))
    return found


def _sessions(kind: str, sessions: list[dict[str, Any]], found: Found) -> None:
    """TD101, TD102 and TD701."""
    slots: set[int] = set()
    for session in sessions:
        start, end = session["start"], session["end"]
        first = date.fromisoformat(start[:10]).toordinal() * 2 + (start[11:] >= "12:00")
        last = date.fromisoformat(end[:10]).toordinal() * 2 + (end[11:] > "12:30") - (end[11:] == "00:00")
        slots.update(range(first, max(first, last) + 1))
    if kind in SECTOR:
        if not 1 <= len(slots) <= 2:
            found.add(("TD102", "plan"))
        return
    if not 2 <= len(slots) <= 3:
        found.add(("TD101", "plan"))
    mid_term = [session["start"] for session in sessions if session["part"] == "mid_term"]
    year_end = [session["end"] for session in sessions if session["part"] == "year_end"]
    if mid_term and year_end and min(mid_term) < max(year_end):
        found.add(("TD701", "plan"))


def _reports(reports: list[dict[str, Any]], found: Found) -> None:
    """TD201, TD202, TD203 and TD704."""
    year_ends = mid_terms = False
    for report in reports:
        contents = report["contents"]
        integrated = "leadership_self_criticism" in contents, "inspection_supervision" in contents
        mid_term = "mid_term_review" in contents
        if "year_end_review" in contents:
            year_ends = True
            if mid_term or any(integrated):
                found.add(("TD201", report["id"]))
        if mid_term:
            mid_terms = True
            if not integrated[0]:
                found.add(("TD202", f"{report['id']}/leadership_self_criticism"))
            if not integrated[1]:
                found.add(("TD202", f"{report['id']}/inspection_supervision"))
        if report.get("guidance") is None:
            found.add(("TD704", report["id"]))
    if not year_ends:
        found.add(("TD203", "year_end_review"))
    if not mid_terms:
        found.add(("TD203", "mid_term_review"))


def _participants(participants: list[dict[str, Any]], found: Found) -> None:
    """TD301 to TD304."""
    for person in participants:
        standing = person["standing"]
        mid_term = "mid_term" in person["parts"]
        if mid_term and (standing == "elected_in_addition" or person.get("replaces") is not None):
            found.add(("TD302", person["id"]))
        if standing == "congress_delegate":
            if person.get("eligible", True):
                if not mid_term:
                    found.add(("TD304", person["id"]))
            elif mid_term:
                found.add(("TD303", person["id"]))
        elif mid_term and standing == "customary" and person.get("replaces") is None:
            found.add(("TD301", person["id"]))


def _votes(plan: dict[str, Any], first_session: str, found: Found) -> None:
    """TD501 to TD505."""
    votes = {vote["committee"]: vote for vote in plan["confidence_votes"]}
    for committee in plan["committees"]:
        name, members = committee["id"], committee["members"]
        vote = votes.get(name)
        if vote is None:
            found.update(("TD501", f"{seat['person']}@{name}") for seat in members)
            found.update((("TD502", name), ("TD503", name)))
            found.update((("TD504", f"{name}/same_level_committee"), ("TD504", f"{name}/direct_superior_committee")))
            continue
        ballots = set(vote["ballots"])
        secretary = None
        for seat in members:
            if seat["person"] not in ballots:
                found.add(("TD501", f"{seat['person']}@{name}"))
        briefing = vote.get("briefing")
        if briefing is not None:
            secretary = next((s for s in members if s["person"] == briefing["by"] and s["role"] == "secretary"), None)
        if secretary is None or "purpose" not in briefing["covers"] or "requirements" not in briefing["covers"]:
            found.add(("TD502", name))
        handed_out = vote.get("ballots_distributed_at")
        if handed_out is None or (first_session and handed_out > first_session):
            found.add(("TD503", name))
        audiences = set()
        counted_at = vote["counted_at"]
        for publication in vote["published"]:
            audiences.add(publication["to"])
            if publication["at"] < counted_at:
                found.add(("TD505", f"{name}/{publication['to']}"))
        for audience in ("same_level_committee", "direct_superior_committee"):
            if audience not in audiences:
                found.add(("TD504", f"{name}/{audience}"))
