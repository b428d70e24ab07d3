"""Plans of a chosen size for the benchmarks, grown from the example commune."""

import json
from typing import Any

from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.model.facts import Facts, flatten
from thamdinh.engine.model.integrity import read_plan


def plan_data(participants: int, *, breaches: int = 3) -> dict[str, Any]:
    """A commune's plan: a committee of 15, the first `breaches` customary people wrongly in the mid-term part."""
    day = "2017-12-28"
    people = []
    for number in range(participants):
        delegate = number < participants * 8 // 10
        wrong = not delegate and number - participants * 8 // 10 < breaches
        people.append(
            {
                "id": f"p{number:05d}",
                "name": f"Nguyễn Văn Số {number}",
                "party_card": f"83.{number:06d}",
                "standing": "congress_delegate" if delegate else "customary",
                "eligible": True,
                "parts": ["year_end", "mid_term"] if delegate or wrong else ["year_end"],
            }
        )
    seats = [people[number]["id"] for number in range(min(15, participants))]
    roles = ["secretary", *["member"] * (len(seats) - 1)]
    return {
        "schema": 1,
        "organization": {"name": "Đảng bộ xã", "kind": "commune", "term": "2015-2020", "direct_superior": "Huyện ủy"},
        "conference": {
            "venue": "Hội trường",
            "sessions": [
                {"start": f"{day}T07:30", "end": f"{day}T11:00", "part": "year_end"},
                {"start": f"{day}T13:30", "end": f"{day}T16:30", "part": "mid_term"},
            ],
            "discussions": [{"part": "year_end", "format": "group"}, {"part": "mid_term", "format": "group"}],
        },
        "reports": [
            {"id": "a", "title": "Tổng kết", "contents": ["year_end_review"], "guidance": "HD"},
            {
                "id": "b",
                "title": "Sơ kết",
                "contents": ["mid_term_review", "leadership_self_criticism", "inspection_supervision"],
                "guidance": "HD",
            },
        ],
        "participants": people,
        "committees": [
            {
                "id": "c",
                "name": "Ban Chấp hành",
                "members": [{"person": seat, "role": role} for seat, role in zip(seats, roles, strict=True)],
            }
        ],
        "confidence_votes": [
            {
                "committee": "c",
                "briefing": {"by": seats[0], "covers": ["purpose", "requirements"]},
                "ballots_distributed_at": f"{day}T07:15",
                "ballots": seats[:-1],
                "counted_at": f"{day}T16:00",
                "published": [
                    {"to": "same_level_committee", "at": f"{day}T16:20"},
                    {"to": "direct_superior_committee", "at": "2017-12-29T08:00"},
                ],
            }
        ],
        "outcomes": [
            {"kind": "resolution", "subject": "next_year", "targets": 12},
            {"kind": "conclusion", "subject": "rest_of_term"},
        ],
    }


def facts_of(participants: int) -> Facts:
    """The facts of such a plan."""
    document = read("plan.json", json.dumps(plan_data(participants)).encode())
    return flatten(read_plan(document), ruleset().readings)
