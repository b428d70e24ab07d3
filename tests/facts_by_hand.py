"""The facts of the conference plan written out by hand: what those made from its description are held to."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any, Final

from tests import plan_classes as v
from tests.plan_classes import Plan
from thamdinh.engine.base.problem import Path
from thamdinh.engine.base.text import Text
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import Entity, FactField
from thamdinh.engine.model.instants import Readings, half_days, minutes
from thamdinh.engine.model.rows import column

_Values = dict[str, Any]


def _text(vi: str, en: str, *, optional: bool = False, names: str | None = None) -> FactField:
    return FactField("text", Text(vi, en), optional=optional, names=names)


def _number(vi: str, en: str, *, optional: bool = False) -> FactField:
    return FactField("number", Text(vi, en), optional=optional)


def _instant(vi: str, en: str, *, optional: bool = False) -> FactField:
    return FactField("instant", Text(vi, en), optional=optional)


def _member(of: type[StrEnum], vi: str, en: str, *, optional: bool = False) -> FactField:
    return FactField("enumeration", Text(vi, en), of, optional)


def _set(of: type[StrEnum], vi: str, en: str) -> FactField:
    return FactField("set", Text(vi, en), of)


_COMMITTEE = _text("cấp ủy", "committee", names="/committees")
_PERSON = _text("người", "person", names="/participants")

ENTITIES: Final[dict[str, Entity]] = {
    entity.name: entity
    for entity in (
        Entity(
            description(),
            "plan",
            Text("kế hoạch", "plan"),
            {
                "id": _text("kế hoạch", "plan"),
                "kind": _member(v.Kind, "loại hình tổ chức", "kind of organisation"),
                "name": _text("tên tổ chức", "name of the organisation"),
                "term": _text("nhiệm kỳ", "term"),
                "district": _text("huyện", "district", optional=True),
                "direct_superior": _text("cấp ủy cấp trên trực tiếp", "committee directly above"),
                "directed_by": _text("cấp ủy ngành cấp trên chỉ đạo", "directing sector committee", optional=True),
                "duration_days": _number("thời lượng (ngày)", "duration (days)"),
                "sessions": _number("số phiên", "number of sessions"),
                "first_session_start": _instant("giờ khai mạc", "start of the first session", optional=True),
                "first_mid_term_start": _instant(
                    "giờ bắt đầu phần sơ kết", "start of the mid-term part", optional=True
                ),
                "last_year_end_end": _instant("giờ kết thúc phần tổng kết", "end of the year-end part", optional=True),
            },
            (),
            "plan",
        ),
        Entity(
            description(),
            "session",
            Text("phiên họp", "session"),
            {
                "index": _number("số thứ tự", "number"),
                "part": _member(v.Part, "phần", "part"),
                "start": _instant("giờ bắt đầu", "start"),
                "end": _instant("giờ kết thúc", "end"),
            },
            ("index",),
            "{index}",
        ),
        Entity(
            description(),
            "part",
            Text("phần của hội nghị", "part of the conference"),
            {"name": _member(v.Part, "phần", "part")},
            ("name",),
            "{name}",
        ),
        Entity(
            description(),
            "discussion",
            Text("thảo luận", "discussion"),
            {
                "part": _member(v.Part, "phần", "part"),
                "format": _member(v.DiscussionFormat, "hình thức", "format"),
            },
            ("part", "format"),
            "{part}/{format}",
        ),
        Entity(
            description(),
            "report",
            Text("báo cáo", "report"),
            {
                "id": _text("báo cáo", "report", names="/reports"),
                "title": _text("tên báo cáo", "title"),
                "contents": _set(v.Content, "nội dung", "contents"),
                "guidance": _text("văn bản hướng dẫn", "guidance", optional=True),
            },
            ("id",),
            "{id}",
        ),
        Entity(
            description(),
            "participant",
            Text("đại biểu", "participant"),
            {
                "id": _text("đại biểu", "participant", names="/participants"),
                "name": _text("họ và tên", "name"),
                "party_card": FactField(
                    "text", Text("số thẻ đảng viên", "party card number"), optional=True, secret=True
                ),
                "standing": _member(v.Standing, "tư cách tham dự", "standing"),
                "eligible": FactField("boolean", Text("đủ điều kiện tham dự", "eligible to attend")),
                "parts": _set(v.Part, "phần tham dự", "parts attended"),
                "replaces": _text("thay cho", "replaces", optional=True, names="/participants"),
            },
            ("id",),
            "{id}",
        ),
        Entity(
            description(),
            "committee",
            Text("cấp ủy", "committee"),
            {"id": _COMMITTEE, "name": _text("tên cấp ủy", "name of the committee")},
            ("id",),
            "{id}",
        ),
        Entity(
            description(),
            "seat",
            Text("cấp ủy viên tại cấp ủy", "committee seat"),
            {
                "person": _PERSON,
                "committee": _COMMITTEE,
                "person_name": _text("họ và tên", "name"),
                "committee_name": _text("tên cấp ủy", "name of the committee"),
                "role": _member(v.Role, "chức vụ", "role"),
            },
            ("person", "committee"),
            "{person}@{committee}",
        ),
        Entity(
            description(),
            "vote",
            Text("lấy phiếu tín nhiệm", "confidence vote"),
            {
                "committee": _COMMITTEE,
                "distributed_at": _instant("giờ phát phiếu", "ballots handed out at", optional=True),
                "counted_at": _instant("giờ kiểm phiếu", "counted at"),
                "minutes_before_first_session": _number(
                    "số phút phát phiếu trước giờ khai mạc",
                    "minutes handed out before the first session",
                    optional=True,
                ),
            },
            ("committee",),
            "{committee}",
        ),
        Entity(
            description(),
            "briefing",
            Text("quán triệt việc lấy phiếu", "briefing on the vote"),
            {
                "committee": _COMMITTEE,
                "person": _text("người quán triệt", "given by", names="/participants"),
                "role": _member(v.Role, "chức vụ của người quán triệt", "role of who gives it", optional=True),
                "covers": _set(v.BriefingTopic, "nội dung quán triệt", "covers"),
            },
            ("committee",),
            "{committee}",
        ),
        Entity(
            description(),
            "ballot",
            Text("phiếu tín nhiệm", "ballot"),
            {"committee": _COMMITTEE, "person": _PERSON},
            ("person", "committee"),
            "{person}@{committee}",
        ),
        Entity(
            description(),
            "publication",
            Text("công khai kết quả", "publication of the result"),
            {
                "committee": _COMMITTEE,
                "audience": _member(v.Audience, "nơi công khai", "audience"),
                "at": _instant("giờ công khai", "published at"),
                "counted_at": _instant("giờ kiểm phiếu", "counted at"),
            },
            ("committee", "audience"),
            "{committee}/{audience}",
        ),
        Entity(
            description(),
            "outcome",
            Text("văn bản kết quả hội nghị", "outcome"),
            {
                "kind": _member(v.OutcomeKind, "hình thức văn bản", "kind"),
                "subject": _member(v.OutcomeSubject, "nội dung văn bản", "subject"),
                "targets": _number("số chỉ tiêu", "number of targets"),
            },
            ("kind", "subject"),
            "{kind}/{subject}",
        ),
    )
}
"""Every entity a rule can judge or look for. The rule language is checked against this table."""


def first_session(plan: Plan) -> int | None:
    """When the conference begins, in minutes; None for a plan without sessions."""
    return min((minutes(session.start) for session in plan.conference.sessions), default=None)


def roles(plan: Plan) -> dict[tuple[str, str], Any]:
    """The role of each person in each committee, by both ids."""
    return {(seat.person, committee.id): seat.role for committee in plan.committees for seat in committee.members}


Rows = Iterator[tuple[dict[str, Any], Path]]


def _plan(plan: Plan, readings: Readings) -> Rows:
    organization, sessions = plan.organization, plan.conference.sessions
    mid_term = (minutes(session.start) for session in sessions if session.part is v.Part.MID_TERM)
    year_end = (minutes(session.end) for session in sessions if session.part is v.Part.YEAR_END)
    values = {
        "id": "plan",
        "kind": organization.kind.value,
        "name": organization.name,
        "term": organization.term,
        "district": organization.district,
        "direct_superior": organization.direct_superior,
        "directed_by": plan.conference.directed_by,
        "duration_days": half_days([(session.start, session.end) for session in sessions], readings) / 2,
        "sessions": len(sessions),
        "first_session_start": first_session(plan),
        "first_mid_term_start": min(mid_term, default=None),
        "last_year_end_end": max(year_end, default=None),
    }
    yield values, ()


def _sessions(plan: Plan, _: Readings) -> Rows:
    for index, session in enumerate(plan.conference.sessions):
        values = {
            "index": index + 1,
            "part": session.part.value,
            "start": minutes(session.start),
            "end": minutes(session.end),
        }
        yield values, ("conference", "sessions", index)


def _parts(plan: Plan, _: Readings) -> Rows:
    seen: set[Any] = set()
    for index, session in enumerate(plan.conference.sessions):
        if session.part not in seen:
            seen.add(session.part)
            yield {"name": session.part.value}, ("conference", "sessions", index)


def _discussions(plan: Plan, _: Readings) -> Rows:
    for index, discussion in enumerate(plan.conference.discussions):
        values = {"part": discussion.part.value, "format": discussion.format.value}
        yield values, ("conference", "discussions", index)


def _reports(plan: Plan, _: Readings) -> Rows:
    for index, report in enumerate(plan.reports):
        contents = frozenset(content.value for content in report.contents)
        values = {"id": report.id, "title": report.title, "contents": contents, "guidance": report.guidance}
        yield values, ("reports", index)


def _participants(plan: Plan, _: Readings) -> Rows:
    return (_participant(plan, index) for index in range(len(plan.participants)))


def _participant(plan: Plan, index: int) -> tuple[_Values, Path]:
    participant = plan.participants[index]
    values = {
        "id": participant.id,
        "name": participant.name,
        "party_card": participant.party_card,
        "standing": participant.standing.value,
        "eligible": participant.eligible,
        "parts": frozenset(part.value for part in participant.parts),
        "replaces": participant.replaces,
    }
    return values, ("participants", index)


def _committees(plan: Plan, _: Readings) -> Rows:
    for index, committee in enumerate(plan.committees):
        yield {"id": committee.id, "name": committee.name}, ("committees", index)


def _seats(plan: Plan, _: Readings) -> Rows:
    positions = {person: position for position, person in enumerate(column(plan.participants, "id"))}
    for index, committee in enumerate(plan.committees):
        for number, member in enumerate(committee.members):
            values = {
                "person": member.person,
                "committee": committee.id,
                "person_name": plan.participants[positions[member.person]].name,
                "committee_name": committee.name,
                "role": member.role.value,
            }
            yield values, ("committees", index, "members", number)


def _votes(plan: Plan, _: Readings) -> Rows:
    first = first_session(plan)
    for index, vote in enumerate(plan.confidence_votes):
        handed_out = None if vote.ballots_distributed_at is None else minutes(vote.ballots_distributed_at)
        values = {
            "committee": vote.committee,
            "distributed_at": handed_out,
            "counted_at": minutes(vote.counted_at),
            "minutes_before_first_session": None if handed_out is None or first is None else first - handed_out,
        }
        yield values, ("confidence_votes", index)


def _briefings(plan: Plan, _: Readings) -> Rows:
    known = roles(plan)
    for index, vote in enumerate(plan.confidence_votes):
        if vote.briefing is not None:
            role = known.get((vote.briefing.by, vote.committee))
            values = {
                "committee": vote.committee,
                "person": vote.briefing.by,
                "role": None if role is None else role.value,
                "covers": frozenset(topic.value for topic in vote.briefing.covers),
            }
            yield values, ("confidence_votes", index, "briefing")


def _ballots(plan: Plan, _: Readings) -> Rows:
    for index, vote in enumerate(plan.confidence_votes):
        for number, person in enumerate(vote.ballots):
            yield {"committee": vote.committee, "person": person}, ("confidence_votes", index, "ballots", number)


def _publications(plan: Plan, _: Readings) -> Rows:
    for index, vote in enumerate(plan.confidence_votes):
        for number, publication in enumerate(vote.published):
            values = {
                "committee": vote.committee,
                "audience": publication.to.value,
                "at": minutes(publication.at),
                "counted_at": minutes(vote.counted_at),
            }
            yield values, ("confidence_votes", index, "published", number)


def _outcomes(plan: Plan, _: Readings) -> Rows:
    for index, outcome in enumerate(plan.outcomes):
        values = {"kind": outcome.kind.value, "subject": outcome.subject.value, "targets": outcome.targets}
        yield values, ("outcomes", index)


ROWS: Final[dict[str, Callable[[Plan, Readings], Rows]]] = {
    "plan": _plan,
    "session": _sessions,
    "part": _parts,
    "discussion": _discussions,
    "report": _reports,
    "participant": _participants,
    "committee": _committees,
    "seat": _seats,
    "vote": _votes,
    "briefing": _briefings,
    "ballot": _ballots,
    "publication": _publications,
    "outcome": _outcomes,
}
