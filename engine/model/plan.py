"""The conference plan (schema 1) as a commune office writes it: plan-format, the contract of the files."""

from dataclasses import dataclass, field

from .types import Count, Identifier, Instant, Record, Reference, Rows, Truth, Version, Written, about
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Organization(Record):
    """Whose conference it is."""

    name: Written = field(metadata=about("tên tổ chức đảng", "name of the party organisation", "Đảng bộ xã Phú Túc"))
    kind: Kind = field(metadata=about("loại hình tổ chức", "kind of organisation", "commune"))
    term: Written = field(metadata=about("nhiệm kỳ", "term", "2015-2020"))
    district: Written | None = field(
        default=None, metadata=about("huyện, thành phố", "district or city", "Huyện Châu Thành")
    )
    direct_superior: Written = field(
        metadata=about("cấp ủy cấp trên trực tiếp", "direct superior committee", "Huyện ủy Châu Thành")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Session(Record):
    """One sitting of the conference; `end` lies after `start`."""

    start: Instant = field(metadata=about("giờ bắt đầu", "start", "2017-12-28T07:30"))
    end: Instant = field(metadata=about("giờ kết thúc", "end", "2017-12-28T11:00"))
    part: Part = field(metadata=about("phần của hội nghị", "part of the conference", "year_end"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Discussion(Record):
    """How one part is discussed."""

    part: Part = field(metadata=about("phần của hội nghị", "part of the conference", "mid_term"))
    format: DiscussionFormat = field(metadata=about("hình thức thảo luận", "form of discussion", "group"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conference(Record):
    """Where and when it sits. `directed_by`: the sector's superior committee, for forces only."""

    venue: Written = field(metadata=about("địa điểm", "venue", "Hội trường UBND xã"))
    directed_by: Written | None = field(
        default=None,
        metadata=about(
            "cấp ủy ngành cấp trên chỉ đạo",
            "superior sector committee that directs it",
            "Đảng ủy Công an tỉnh",
            description="Chỉ ghi đối với Công an, Quân sự, Bộ đội Biên phòng",
        ),
    )
    sessions: Rows[Session] = field(metadata=about("các phiên họp", "sessions"))
    discussions: Rows[Discussion] = field(metadata=about("các cuộc thảo luận", "discussions"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Record):
    """One report laid before the conference."""

    id: Identifier = field(
        metadata=about("mã báo cáo", "id of the report", "bc-2017", description="Do đơn vị tự đặt, không trùng nhau")
    )
    title: Written = field(metadata=about("tên báo cáo", "title of the report", "Báo cáo tổng kết năm 2017"))
    contents: Rows[Content] = field(metadata=about("nội dung báo cáo", "contents of the report", ["year_end_review"]))
    guidance: Written | None = field(
        default=None, metadata=about("văn bản hướng dẫn", "guidance it follows", "Hướng dẫn của Ban Tổ chức")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant(Record):
    """One person who takes part. `replaces`: the participant whose seat an election filled."""

    id: Identifier = field(
        metadata=about("mã đại biểu", "id of the participant", "p01", description="Do đơn vị tự đặt, không trùng nhau")
    )
    name: Written = field(metadata=about("họ và tên", "full name", "Nguyễn Văn Bình"))
    party_card: Written | None = field(
        default=None,
        metadata=about("số thẻ đảng viên", "party card number", "83.012345", description="Đặt trong dấu nháy kép"),
    )
    standing: Standing = field(metadata=about("tư cách tham dự", "standing", "congress_delegate"))
    eligible: Truth = field(
        default=True,
        metadata=about("đủ điều kiện tham dự", "eligible to take part", description="Không ghi nghĩa là đủ điều kiện"),
    )
    parts: Rows[Part] = field(metadata=about("các phần tham dự", "parts attended", ["year_end", "mid_term"]))
    replaces: Reference | None = field(
        default=None,
        metadata=about("thay cho đại biểu", "in place of participant", "p02", description="Mã đại biểu vắng mặt"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat(Record):
    """One person's membership of one committee. `also_on`: other committees the person sits on."""

    person: Reference = field(metadata=about("mã đại biểu", "id of the participant", "p01"))
    role: Role = field(metadata=about("chức vụ trong cấp ủy", "role on the committee", "member"))
    also_on: Rows[Written] | None = field(
        default=None, metadata=about("cấp ủy khác cùng tham gia", "other committees sat on", ["Huyện ủy Châu Thành"])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee(Record):
    """A committee whose members stand for a confidence vote."""

    id: Identifier = field(
        metadata=about(
            "mã cấp ủy", "id of the committee", "dang-uy-xa", description="Do đơn vị tự đặt, không trùng nhau"
        )
    )
    name: Written = field(metadata=about("tên cấp ủy", "name of the committee", "Ban Chấp hành Đảng bộ xã Phú Túc"))
    members: Rows[Seat] = field(
        metadata=about("các cấp ủy viên", "members of the committee", [{"person": "p01", "role": "member"}])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing(Record):
    """Who explains the confidence vote, and what of it."""

    by: Reference = field(metadata=about("người quán triệt", "who briefs", "p01", description="Mã đại biểu"))
    covers: Rows[BriefingTopic] = field(
        metadata=about("nội dung quán triệt", "what the briefing covers", ["purpose", "requirements"])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication(Record):
    """Where and when a result is made public."""

    to: Audience = field(metadata=about("nơi công bố", "where it is made public", "same_level_committee"))
    at: Instant = field(metadata=about("giờ công bố", "when it is made public", "2017-12-28T16:20"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceVote(Record):
    """The confidence vote of one committee. `ballots`: the participants on whom a ballot is taken."""

    committee: Reference = field(metadata=about("mã cấp ủy", "id of the committee", "dang-uy-xa"))
    briefing: Briefing | None = field(
        default=None, metadata=about("quán triệt trước khi lấy phiếu", "briefing before the vote")
    )
    ballots_distributed_at: Instant | None = field(
        default=None, metadata=about("giờ phát phiếu", "when ballots are handed out", "2017-12-28T07:15")
    )
    ballots: Rows[Reference] = field(
        metadata=about(
            "những người được lấy phiếu",
            "those on whom ballots are taken",
            ["p01", "p02"],
            description="Các mã đại biểu",
        )
    )
    counted_at: Instant = field(metadata=about("giờ kiểm phiếu xong", "when ballots are counted", "2017-12-28T16:00"))
    published: Rows[Publication] = field(
        metadata=about(
            "công bố kết quả", "publication of the result", [{"to": "same_level_committee", "at": "2017-12-28T16:20"}]
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Record):
    """A document the conference adopts; `targets` counts its targets."""

    kind: OutcomeKind = field(metadata=about("loại văn bản", "kind of document", "resolution"))
    subject: OutcomeSubject = field(metadata=about("nội dung văn bản", "subject of the document", "next_year"))
    targets: Count = field(default=0, metadata=about("số chỉ tiêu", "number of targets", 12))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Record):
    """One conference plan, schema 1. Whether its ids agree is for integrity.py."""

    schema: Version = field(metadata=about("phiên bản mẫu kế hoạch", "version of the plan format", 1))
    organization: Organization = field(metadata=about("tổ chức đảng", "party organisation"))
    conference: Conference = field(metadata=about("hội nghị", "conference"))
    reports: Rows[Report] = field(metadata=about("các báo cáo", "reports"))
    participants: Rows[Participant] = field(metadata=about("thành phần tham dự", "participants"))
    committees: Rows[Committee] = field(metadata=about("các cấp ủy", "committees"))
    confidence_votes: Rows[ConfidenceVote] = field(metadata=about("lấy phiếu tín nhiệm", "confidence votes"))
    outcomes: Rows[Outcome] = field(metadata=about("kết quả hội nghị", "outcomes"))

    def names(self) -> bytes:
        """The names of all participants, one after another."""
        return "".join([person.name for person in self.participants]).encode()

    def whole(self) -> "Plan":
        """The plan as these dataclasses: itself, unless it was decoded quickly (audit/decode.py)."""
        return self
