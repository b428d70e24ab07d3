"""The conference plan (schema 1) as a commune office writes it: plan-format, the contract of the files."""

import re
from datetime import datetime
from typing import Annotated, Final, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from .instant import parse_instant, write_instant
from .vocabulary import (
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

LONGEST_TEXT: Final = 2_000
LONGEST_IDENTIFIER: Final = 100
MOST_ROWS: Final = 20_000
MOST_TARGETS: Final = 1_000_000

# "@" joins a person and a committee in the id of a seat. What nobody can see would make two equal-looking ids differ.
_UNFIT: Final = "[@\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]"
_unfit: Final = re.compile(_UNFIT)


def _identifier(value: str) -> str:
    if _unfit.search(value):
        raise PydanticCustomError("identifier", "an id holds no @ and no invisible character")
    return value


Row = TypeVar("Row")
Rows = Annotated[tuple[Row, ...], Field(max_length=MOST_ROWS)]
Written = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=LONGEST_TEXT)]
Identifier = Annotated[
    str,
    StringConstraints(strict=True, strip_whitespace=True, min_length=1, max_length=LONGEST_IDENTIFIER),
    AfterValidator(_identifier),
    Field(json_schema_extra={"pattern": f"^{_UNFIT.replace('[', '[^')}+$"}),
]
Instant = Annotated[
    datetime,
    PlainValidator(parse_instant),
    PlainSerializer(write_instant, when_used="json"),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^(\d{4}-\d{2}-\d{2}([Tt]| +)|\d{1,2}/\d{1,2}/\d{4}([Tt]| +))\d{1,2}:\d{2}(:00(\.0+)?)?$",
            "examples": ["2017-12-28T07:30", "28/12/2017 07:30"],
        }
    ),
]
"""A local time to the minute (Asia/Ho_Chi_Minh), without an offset."""


class Model(BaseModel):
    """The base of the plan's models. Unknown keys are errors; nothing changes once it is read."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Organization(Model):
    """Whose conference it is."""

    name: Written = Field(title="tên tổ chức đảng", examples=["Đảng bộ xã Phú Túc"])
    kind: Kind = Field(title="loại hình tổ chức", examples=["commune"])
    term: Written = Field(title="nhiệm kỳ", examples=["2015-2020"])
    district: Written | None = Field(None, title="huyện, thành phố", examples=["Huyện Châu Thành"])
    direct_superior: Written = Field(title="cấp ủy cấp trên trực tiếp", examples=["Huyện ủy Châu Thành"])


class Session(Model):
    """One sitting of the conference; `end` lies after `start`."""

    start: Instant = Field(title="giờ bắt đầu", examples=["2017-12-28T07:30"])
    end: Instant = Field(title="giờ kết thúc", examples=["2017-12-28T11:00"])
    part: Part = Field(title="phần của hội nghị", examples=["year_end"])


class Discussion(Model):
    """How one part is discussed."""

    part: Part = Field(title="phần của hội nghị", examples=["mid_term"])
    format: DiscussionFormat = Field(title="hình thức thảo luận", examples=["group"])


class Conference(Model):
    """Where and when it sits. `directed_by`: the sector's superior committee, for forces only."""

    venue: Written = Field(title="địa điểm", examples=["Hội trường UBND xã"])
    directed_by: Written | None = Field(
        None, title="cấp ủy ngành cấp trên chỉ đạo (chỉ dùng cho lực lượng vũ trang)", examples=["Đảng ủy Công an tỉnh"]
    )
    sessions: Rows[Session] = Field(title="chương trình các phiên họp")
    discussions: Rows[Discussion] = Field(title="các cuộc thảo luận")


class Report(Model):
    """One report laid before the conference."""

    id: Identifier = Field(title="mã báo cáo", examples=["bc-2017"])
    title: Written = Field(title="tên báo cáo", examples=["Báo cáo tổng kết năm 2017"])
    contents: Rows[Content] = Field(title="nội dung báo cáo", examples=[["year_end_review"]])
    guidance: Written | None = Field(None, title="văn bản hướng dẫn", examples=["Hướng dẫn của Ban Tổ chức"])


class Participant(Model):
    """One person who takes part. `replaces`: the participant whose seat an election filled."""

    id: Identifier = Field(title="mã đại biểu", examples=["p01"])
    name: Written = Field(title="họ và tên", examples=["Nguyễn Văn Bình"])
    party_card: Written | None = Field(None, title="số thẻ đảng viên", examples=["83.012345"])
    standing: Standing = Field(title="tư cách tham dự", examples=["congress_delegate"])
    eligible: bool = Field(True, strict=True, title="đủ điều kiện tham dự")
    parts: Rows[Part] = Field(title="các phần tham dự", examples=[["year_end", "mid_term"]])
    replaces: Written | None = Field(None, title="thay cho đại biểu (mã đại biểu)", examples=["p02"])


class Seat(Model):
    """One person's membership of one committee. `also_on`: other committees the person sits on."""

    person: Written = Field(title="mã đại biểu", examples=["p01"])
    role: Role = Field(title="chức vụ trong cấp ủy", examples=["member"])
    also_on: Rows[Written] | None = Field(None, title="cấp ủy khác cùng tham gia", examples=[["Huyện ủy Châu Thành"]])


class Committee(Model):
    """A committee whose members stand for a confidence vote."""

    id: Identifier = Field(title="mã cấp ủy", examples=["dang-uy-xa"])
    name: Written = Field(title="tên cấp ủy", examples=["Ban Chấp hành Đảng bộ xã Phú Túc"])
    members: Rows[Seat] = Field(title="các cấp ủy viên", examples=[[{"person": "p01", "role": "member"}]])


class Briefing(Model):
    """Who explains the confidence vote, and what of it."""

    by: Written = Field(title="người quán triệt (mã đại biểu)", examples=["p01"])
    covers: Rows[BriefingTopic] = Field(title="nội dung quán triệt", examples=[["purpose", "requirements"]])


class Publication(Model):
    """Where and when a result is made public."""

    to: Audience = Field(title="nơi công bố", examples=["same_level_committee"])
    at: Instant = Field(title="giờ công bố", examples=["2017-12-28T16:20"])


class ConfidenceVote(Model):
    """The confidence vote of one committee. `ballots`: the participants on whom a ballot is taken."""

    committee: Written = Field(title="mã cấp ủy", examples=["dang-uy-xa"])
    briefing: Briefing | None = Field(None, title="quán triệt trước khi lấy phiếu")
    ballots_distributed_at: Instant | None = Field(None, title="giờ phát phiếu", examples=["2017-12-28T07:15"])
    ballots: Rows[Written] = Field(title="những người được lấy phiếu (mã đại biểu)", examples=[["p01", "p02"]])
    counted_at: Instant = Field(title="giờ kiểm phiếu xong", examples=["2017-12-28T16:00"])
    published: Rows[Publication] = Field(
        title="công bố kết quả", examples=[[{"to": "same_level_committee", "at": "2017-12-28T16:20"}]]
    )


class Outcome(Model):
    """A document the conference adopts; `targets` counts its targets."""

    kind: OutcomeKind = Field(title="loại văn bản", examples=["resolution"])
    subject: OutcomeSubject = Field(title="nội dung văn bản", examples=["next_year"])
    targets: int = Field(0, strict=True, ge=0, le=MOST_TARGETS, title="số chỉ tiêu", examples=[12])


class Plan(Model):
    """One conference plan, schema 1. Whether its ids agree is for integrity.py."""

    schema_version: Literal[1] = Field(alias="schema", title="phiên bản mẫu kế hoạch", examples=[1])
    organization: Organization = Field(title="tổ chức đảng")
    conference: Conference = Field(title="hội nghị")
    reports: Rows[Report] = Field(title="các báo cáo")
    participants: Rows[Participant] = Field(title="thành phần tham dự")
    committees: Rows[Committee] = Field(title="các cấp ủy")
    confidence_votes: Rows[ConfidenceVote] = Field(title="lấy phiếu tín nhiệm")
    outcomes: Rows[Outcome] = Field(title="kết quả hội nghị")
