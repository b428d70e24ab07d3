"""The hand-written checker for plans that it doesn't trust: it asks first what thamdinh asks of a plan (PL001 to PL005).

The yardstick for the whole of an audit's work on a line. It is written for speed too, and says no more than whether the
plan is in order, and rule and subject: no places, messages or evidence.
"""

# ruff: noqa: C419  (nearly every plan is in order, and then a list takes half as long as a generator)

import json
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final
from unicodedata import is_normalized

import orjson

from benchmarks import hand_written
from benchmarks.hand_written import Found
from tests import plan_classes as v
from thamdinh.engine.base.nothing_said import says_nothing
from thamdinh.engine.model.types import LONGEST_IDENTIFIER, LONGEST_TEXT, MOST_ROWS, MOST_TARGETS, UNFIT_FOR_IDENTIFIERS

IDENTIFIER: Final = re.compile(f"[^{UNFIT_FOR_IDENTIFIERS}]{{1,{LONGEST_IDENTIFIER}}}")
TIME: Final = re.compile(r"(19[3-9]\d|20\d\d|2100)-\d\d-\d\dT\d\d:\d\d", re.ASCII)
LONGEST_SESSION: Final = timedelta(days=31)
PARTS, STANDINGS, ROLES = frozenset(v.Part), frozenset(v.Standing), frozenset(v.Role)
CONTENTS, TOPICS, AUDIENCES = frozenset(v.Content), frozenset(v.BriefingTopic), frozenset(v.Audience)
FORMATS, OUTCOMES, SUBJECTS = frozenset(v.DiscussionFormat), frozenset(v.OutcomeKind), frozenset(v.OutcomeSubject)
KINDS: Final = frozenset(v.Kind)


def check(line: bytes) -> Found | None:
    """The findings on one plan, a line of JSONL; None where it is not in order (or its times are written otherwise)."""
    try:
        text = line.decode()
        plan = orjson.loads(line)
    except ValueError:
        return None
    if b"\\" in line or not text.rstrip("\n").isprintable() or not is_normalized("NFC", text):
        return None
    if len(orjson.dumps(plan)) != len(line.rstrip()) and repeats(text):
        return None
    return hand_written.judge(plan) if is_in_order(plan) else None


def repeats(text: str) -> bool:
    """Whether a key is given twice, asked where the length of the text leaves a doubt."""
    found = False

    def watch(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal found
        made = dict(pairs)
        found = found or len(made) != len(pairs)
        return made

    json.loads(text, object_pairs_hook=watch)
    return found


def is_in_order(plan: Any) -> bool:
    """Whether every key and value is one that a plan has, and ids and times agree."""
    keys = {
        "schema",
        "organization",
        "conference",
        "reports",
        "participants",
        "committees",
        "confidence_votes",
        "outcomes",
    }
    if not isinstance(plan, dict) or plan.keys() != keys or plan["schema"] != 1 or type(plan["schema"]) is not int:
        return False
    people = _participants(plan["participants"])
    return (
        people is not None
        and _organization(plan["organization"])
        and _conference(plan["conference"])
        and _reports(plan["reports"])
        and _votes(plan["committees"], plan["confidence_votes"], people)
        and _outcomes(plan["outcomes"])
    )


def _is(value: Any, required: frozenset[str], allowed: frozenset[str]) -> bool:
    return isinstance(value, dict) and required <= value.keys() <= allowed


def _are(rows: Any, required: frozenset[str], allowed: frozenset[str]) -> bool:
    return _is_list(rows) and all([_is(row, required, allowed) for row in rows])


def _is_list(rows: Any) -> bool:
    return isinstance(rows, list) and len(rows) <= MOST_ROWS


def _texts(values: Iterable[Any]) -> bool:
    return all(
        [
            isinstance(value, str) and 0 < len(value) <= LONGEST_TEXT and value == value.strip() and value[0] != "<"
            for value in values
        ]
    )


def _say_something(values: list[Any]) -> bool:
    return _texts(values) and not any([says_nothing(value) for value in values])


def _optional(rows: list[Any], key: str) -> bool:
    return _say_something([row[key] for row in rows if row.get(key) is not None])


def _identifiers(values: list[Any]) -> bool:
    """Whether they are ids, of which no two are equal."""
    return _texts(values) and all(map(IDENTIFIER.fullmatch, values)) and len(set(values)) == len(values)


def _members(values: Any, of: frozenset[Any]) -> bool:
    return _is_list(values) and all([isinstance(value, str) and value in of for value in values])


def _times(values: list[Any]) -> bool:
    try:
        return all(
            [isinstance(value, str) and TIME.fullmatch(value) and datetime.fromisoformat(value) for value in values]
        )
    except ValueError:
        return False


PERSON: Final = frozenset(("id", "name", "standing", "parts"))
ANY_PERSON: Final = PERSON | {"party_card", "eligible", "replaces"}
CARD: Final = re.compile("[0-9]{2}[.]?[0-9]{3,8}")


def _participants(people: Any) -> set[str] | None:
    """The ids, where the participants are in order."""
    if not _are(people, PERSON, ANY_PERSON):
        return None
    ids = [person["id"] for person in people]
    cards = [card for person in people if (card := person.get("party_card")) is not None]
    replaced = [other for person in people if (other := person.get("replaces")) is not None]
    good = (
        _identifiers(ids)
        and _say_something([person["name"] for person in people])
        and all([isinstance(card, str) and CARD.fullmatch(card) for card in cards])
        and len(set(cards)) == len(cards)
        and _members([person["standing"] for person in people], STANDINGS)
        and all([type(person.get("eligible", True)) is bool for person in people])
        and all([_members(person["parts"], PARTS) for person in people])
        and _texts(replaced)
    )
    known = set(ids) if good else set[str]()
    return known if good and known.issuperset(replaced) else None


ORGANIZATION: Final = frozenset(("name", "kind", "term", "direct_superior"))


def _organization(one: Any) -> bool:
    return (
        _is(one, ORGANIZATION, ORGANIZATION | {"district"})
        and _say_something([one["name"], one["term"], one["direct_superior"]])
        and _optional([one], "district")
        and _members([one["kind"]], KINDS)
    )


CONFERENCE: Final = frozenset(("venue", "sessions", "discussions"))
SESSION: Final = frozenset(("start", "end", "part"))
DISCUSSION: Final = frozenset(("part", "format"))


def _conference(one: Any) -> bool:
    if not _is(one, CONFERENCE, CONFERENCE | {"directed_by"}):
        return False
    sessions, discussions = one["sessions"], one["discussions"]
    return (
        _say_something([one["venue"]])
        and _optional([one], "directed_by")
        and _are(sessions, SESSION, SESSION)
        and _times([session[key] for session in sessions for key in ("start", "end")])
        and _members([session["part"] for session in sessions], PARTS)
        and all(
            timedelta() < datetime.fromisoformat(one["end"]) - datetime.fromisoformat(one["start"]) <= LONGEST_SESSION
            for one in sessions
        )
        and _are(discussions, DISCUSSION, DISCUSSION)
        and _members([discussion["part"] for discussion in discussions], PARTS)
        and _members([discussion["format"] for discussion in discussions], FORMATS)
    )


REPORT: Final = frozenset(("id", "title", "contents"))


def _reports(reports: Any) -> bool:
    return (
        _are(reports, REPORT, REPORT | {"guidance"})
        and _identifiers([report["id"] for report in reports])
        and _say_something([report["title"] for report in reports])
        and all([_members(report["contents"], CONTENTS) for report in reports])
        and _optional(reports, "guidance")
    )


COMMITTEE: Final = frozenset(("id", "name", "members"))
SEAT: Final = frozenset(("person", "role"))
VOTE: Final = frozenset(("committee", "ballots", "counted_at", "published"))
BRIEFING: Final = frozenset(("by", "covers"))
PUBLICATION: Final = frozenset(("to", "at"))


def _votes(committees: Any, votes: Any, people: set[str]) -> bool:
    if not _are(committees, COMMITTEE, COMMITTEE) or not _are(
        votes, VOTE, VOTE | {"briefing", "ballots_distributed_at"}
    ):
        return False
    ids, voted = [committee["id"] for committee in committees], [vote["committee"] for vote in votes]
    return (
        _identifiers(ids)
        and _say_something([committee["name"] for committee in committees])
        and all([_seats(committee["members"], people) for committee in committees])
        and _texts(voted)
        and len(set(voted)) == len(voted)
        and set(voted) <= set(ids)
        and all([_vote(vote, people) for vote in votes])
    )


def _seats(seats: Any, people: set[str]) -> bool:
    if not _are(seats, SEAT, SEAT | {"also_on"}):
        return False
    others = [seat["also_on"] for seat in seats if seat.get("also_on") is not None]
    return (
        _unique_people([seat["person"] for seat in seats], people)
        and _members([seat["role"] for seat in seats], ROLES)
        and all([_is_list(names) and _say_something(names) for names in others])
    )


def _unique_people(named: Any, people: set[str]) -> bool:
    return _is_list(named) and _texts(named) and len(set(named)) == len(named) and people.issuperset(named)


def _vote(vote: dict[str, Any], people: set[str]) -> bool:
    briefing, handed_out, published = vote.get("briefing"), vote.get("ballots_distributed_at"), vote["published"]
    return (
        _unique_people(vote["ballots"], people)
        and _are(published, PUBLICATION, PUBLICATION)
        and _members([one["to"] for one in published], AUDIENCES)
        and _times(
            [vote["counted_at"], *([] if handed_out is None else [handed_out]), *[one["at"] for one in published]]
        )
        and (
            briefing is None
            or (
                _is(briefing, BRIEFING, BRIEFING)
                and _unique_people([briefing["by"]], people)
                and _members(briefing["covers"], TOPICS)
            )
        )
    )


OUTCOME: Final = frozenset(("kind", "subject"))


def _outcomes(outcomes: Any) -> bool:
    return (
        _are(outcomes, OUTCOME, OUTCOME | {"targets"})
        and _members([outcome["kind"] for outcome in outcomes], OUTCOMES)
        and _members([outcome["subject"] for outcome in outcomes], SUBJECTS)
        and all([type(n := one.get("targets", 0)) is int and 0 <= n <= MOST_TARGETS for one in outcomes])
    )
