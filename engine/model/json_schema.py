"""The JSON Schema of the plan (draft 2020-12), for completion and checks in editors."""

from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter

from .plan import Plan
from .vocabulary import LABELS

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

TITLES: Final = {
    "Plan": "Kế hoạch hội nghị",
    "Organization": "Tổ chức đảng",
    "Conference": "Hội nghị",
    "Session": "Phiên họp",
    "Discussion": "Thảo luận",
    "Report": "Báo cáo",
    "Participant": "Đại biểu",
    "Committee": "Cấp ủy",
    "Seat": "Cấp ủy viên",
    "ConfidenceVote": "Lấy phiếu tín nhiệm",
    "Briefing": "Quán triệt",
    "Publication": "Công bố kết quả",
    "Outcome": "Văn bản của hội nghị",
    "Kind": "Loại hình tổ chức",
    "Part": "Phần của hội nghị",
    "DiscussionFormat": "Hình thức thảo luận",
    "Content": "Nội dung báo cáo",
    "Standing": "Tư cách tham dự",
    "Role": "Chức vụ trong cấp ủy",
    "BriefingTopic": "Nội dung quán triệt",
    "Audience": "Nơi công bố",
    "OutcomeKind": "Loại văn bản",
    "OutcomeSubject": "Nội dung văn bản",
}
"""What an editor calls each part of a plan."""


def plan_schema() -> dict[str, Any]:
    """The schema, with Vietnamese titles and descriptions, and each enumeration value explained in both languages."""
    schema = TypeAdapter(Plan).json_schema()
    enumerations = {enumeration.__name__: enumeration for enumeration in LABELS}
    for name, part in {**schema["$defs"], "Plan": schema}.items():
        part["title"] = TITLES[name]
        part.pop("description", None)
        if name in enumerations:
            part["enumDescriptions"] = _descriptions(enumerations[name])
    return {"$schema": DIALECT, **schema}


def _descriptions(enumeration: type[StrEnum]) -> list[str]:
    """One line for each value, in the values' order (a keyword that editors know)."""
    labels = (LABELS[enumeration][member.value] for member in enumeration)
    return [f"{label.vi} ({label.en})" for label in labels]
