"""The enumerations of the plan and the words officials use for each member."""

from enum import StrEnum
from typing import Final

from ..base.text import Text


class Kind(StrEnum):
    """Kinds of organisation (plan-format, organization.kind)."""

    COMMUNE = "commune"
    WARD = "ward"
    TOWNSHIP = "township"
    PROVINCIAL_SECTOR_COMMITTEE = "provincial_sector_committee"
    PROVINCIAL_SECTOR_CELL = "provincial_sector_cell"
    POLICE = "police"
    MILITARY = "military"
    BORDER_GUARD = "border_guard"


class Part(StrEnum):
    """Parts of the conference."""

    YEAR_END = "year_end"
    MID_TERM = "mid_term"


class DiscussionFormat(StrEnum):
    GROUP = "group"
    PLENARY = "plenary"


class Content(StrEnum):
    """What a report contains."""

    YEAR_END_REVIEW = "year_end_review"
    MID_TERM_REVIEW = "mid_term_review"
    LEADERSHIP_SELF_CRITICISM = "leadership_self_criticism"
    INSPECTION_SUPERVISION = "inspection_supervision"


class Standing(StrEnum):
    """In what standing a person takes part."""

    CONGRESS_DELEGATE = "congress_delegate"
    KEY_CADRE = "key_cadre"
    CUSTOMARY = "customary"
    ELECTED_IN_ADDITION = "elected_in_addition"


class Role(StrEnum):
    """Roles in a committee."""

    SECRETARY = "secretary"
    DEPUTY_SECRETARY = "deputy_secretary"
    STANDING_MEMBER = "standing_member"
    MEMBER = "member"


class BriefingTopic(StrEnum):
    PURPOSE = "purpose"
    REQUIREMENTS = "requirements"


class Audience(StrEnum):
    """To whom a result is made public."""

    SAME_LEVEL_COMMITTEE = "same_level_committee"
    DIRECT_SUPERIOR_COMMITTEE = "direct_superior_committee"


class OutcomeKind(StrEnum):
    RESOLUTION = "resolution"
    CONCLUSION = "conclusion"


class OutcomeSubject(StrEnum):
    NEXT_YEAR = "next_year"
    REST_OF_TERM = "rest_of_term"


class HalfDay(StrEnum):
    """Halves of a working day (of facts across plans; a plan gives times)."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


LABELS: Final[dict[type[StrEnum], dict[str, Text]]] = {
    Kind: {
        "commune": Text("xã", "commune"),
        "ward": Text("phường", "ward"),
        "township": Text("thị trấn", "township"),
        "provincial_sector_committee": Text("đảng bộ ngành tỉnh", "provincial sector committee"),
        "provincial_sector_cell": Text("chi bộ ngành tỉnh", "provincial sector cell"),
        "police": Text("Công an", "police"),
        "military": Text("Quân sự", "military"),
        "border_guard": Text("Bộ đội Biên phòng", "border guard"),
    },
    Part: {
        "year_end": Text("tổng kết năm", "year-end review"),
        "mid_term": Text("sơ kết giữa nhiệm kỳ", "mid-term review"),
    },
    DiscussionFormat: {
        "group": Text("thảo luận nhóm", "group discussion"),
        "plenary": Text("thảo luận chung tại hội trường", "plenary discussion"),
    },
    Content: {
        "year_end_review": Text("tổng kết năm", "year-end review"),
        "mid_term_review": Text("sơ kết giữa nhiệm kỳ", "mid-term review"),
        "leadership_self_criticism": Text(
            "kiểm điểm sự lãnh đạo, chỉ đạo của ban chấp hành (chi bộ)", "self-criticism of the leadership"
        ),
        "inspection_supervision": Text("kiểm tra, giám sát", "inspection and supervision"),
    },
    Standing: {
        "congress_delegate": Text("đại biểu dự đại hội", "congress delegate"),
        "key_cadre": Text("cán bộ chủ chốt", "key cadre"),
        "customary": Text("đại biểu dự thường lệ", "customary attendee"),
        "elected_in_addition": Text("đại biểu bầu bổ sung", "elected in addition"),
    },
    Role: {
        "secretary": Text("bí thư", "secretary"),
        "deputy_secretary": Text("phó bí thư", "deputy secretary"),
        "standing_member": Text("ủy viên ban thường vụ", "standing committee member"),
        "member": Text("cấp ủy viên", "member"),
    },
    BriefingTopic: {
        "purpose": Text("mục đích", "purpose"),
        "requirements": Text("yêu cầu", "requirements"),
    },
    Audience: {
        "same_level_committee": Text("cấp ủy cùng cấp", "the committee of the same level"),
        "direct_superior_committee": Text("cấp ủy cấp trên trực tiếp", "the committee directly above"),
    },
    OutcomeKind: {
        "resolution": Text("nghị quyết", "resolution"),
        "conclusion": Text("kết luận", "conclusion"),
    },
    OutcomeSubject: {
        "next_year": Text("nhiệm vụ năm sau", "next year's tasks"),
        "rest_of_term": Text("nhiệm vụ đến cuối nhiệm kỳ", "the rest of the term"),
    },
    HalfDay: {
        "morning": Text("buổi sáng", "the morning"),
        "afternoon": Text("buổi chiều", "the afternoon"),
    },
}
"""Labels by enumeration and member: the words of forms, messages and reports."""
