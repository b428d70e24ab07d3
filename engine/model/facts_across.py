"""Facts across plans: the rows that exist only where many plans are looked at together (audit/across.py makes them).

Counting is done where rows are made, so that rules keep to comparing. A row about which no rule across plans could say
anything (a plan of which there is but one, a person at one conference) is not made.
"""

from typing import Final

from ..base.text import Text
from .facts import Entity, Field
from .vocabulary import HalfDay


def _text(vi: str, en: str, *, optional: bool = False) -> Field:
    return Field("text", Text(vi, en), optional=optional)


def _number(vi: str, en: str, *, optional: bool = False) -> Field:
    return Field("number", Text(vi, en), optional=optional)


def _truth(vi: str, en: str) -> Field:
    return Field("boolean", Text(vi, en))


ACROSS: Final[dict[str, Entity]] = {
    entity.name: entity
    for entity in (
        Entity(
            "submission",
            Text("kế hoạch được gửi", "submission"),
            {
                "organization": _text("tổ chức", "organisation"),
                "copies": _number("số lần kế hoạch này được gửi", "times this very plan was submitted"),
                "copies_at": _text("nơi có một bản khác", "where another copy is", optional=True),
                "conferences": _number("số hội nghị của tổ chức", "conferences of the organisation"),
                "conferences_at": _text("nơi có một kế hoạch khác", "where another plan is", optional=True),
            },
            (),
            "plan",
        ),
        Entity(
            "seat_elsewhere",
            Text("ghế ở cấp ủy khác", "seat on another committee"),
            {
                "person": _text("người", "person"),
                "person_name": _text("họ và tên", "name"),
                "committee": _text("cấp ủy khác", "other committee"),
                "term": _text("nhiệm kỳ", "term"),
                "same_plan": _truth("cấp ủy đó ở ngay trong kế hoạch này", "that committee is in this very plan"),
                "has_card": _truth("có số thẻ đảng viên", "party card is given"),
                "organizations": _number(
                    "số tổ chức có cấp ủy tên này, cùng nhiệm kỳ, trong lần rà soát",
                    "organisations in the audit that have a committee of this name in this term",
                ),
                "unnamed_committees": _number(
                    "số cấp ủy của tổ chức mang tên này, khi không cấp ủy nào mang tên đó",
                    "committees of the organisation of this name, where none of them has it",
                    optional=True,
                ),
                "plan_at": _text("kế hoạch của cấp ủy đó", "plan of that committee", optional=True),
                "suspended": _truth("cấp ủy đó theo chỉ đạo của ngành", "that committee follows its own sector"),
                "ballots": _number("số phiếu đối với người này ở đó", "ballots on the person there"),
                "namesakes": _number(
                    "số phiếu ở đó đối với người cùng tên không ghi số thẻ",
                    "ballots there on somebody of the same name without a party card",
                ),
            },
            ("person", "committee"),
            "{person}@{committee}",
        ),
        Entity(
            "booking",
            Text("lịch dự của một người", "booking of a person"),
            {
                "person": _text("người", "person"),
                "person_name": _text("họ và tên", "name"),
                "day": _text("ngày", "day"),
                "half": Field("enumeration", Text("buổi", "half of the day"), HalfDay),
                "conferences": _number("số hội nghị cùng buổi", "conferences at that half day"),
                "conferences_of": _text("hội nghị kia", "the other conferences", optional=True),
            },
            ("person",),
            "{person}",
        ),
    )
}
"""Every entity a rule with `scope: audit` can judge."""
