"""What a finding is about, as scenarios say it: “đại biểu “Lê Văn Sáu””, “phần tổng kết năm”."""

from enum import StrEnum
from typing import Final

from ...evaluation.verdict import Subject
from ...model.vocabulary import LABELS, Audience, Content, Part

_PHRASES: Final[dict[str, tuple[str, str | None, type[StrEnum] | None]]] = {
    "plan": ("kế hoạch", None, None),
    "report": ("báo cáo “{0}”", None, None),
    "report_content": ("nội dung {1} của báo cáo “{0}”", "/", Content),
    "missing_report": ("báo cáo {1}", "", Content),
    "participant": ("đại biểu “{0}”", None, None),
    "part": ("phần {1}", "", Part),
    "seat": ("cấp ủy viên “{0}” tại “{1}”", "@", None),
    "seat_elsewhere": ("cấp ủy viên “{0}” tại “{1}”", "@", None),
    "submission": ("kế hoạch", None, None),
    "booking": ("lịch dự của đại biểu “{0}”", None, None),
    "committee": ("cấp ủy “{0}”", None, None),
    "committee_audience": ("việc công bố của “{0}” ở {1}", "/", Audience),
}
"""For each entity: the phrase, what joins the two halves of its id, and the enumeration its second half is of."""

FORMS: Final = tuple(dict.fromkeys(phrase for phrase, _, _ in _PHRASES.values()))


def phrase(subject: Subject) -> str:
    """The subject in the words of a scenario; one of an unknown kind by its id."""
    known = _PHRASES.get(subject.entity)
    if known is None:
        return subject.id
    words, joint, enumeration = known
    first, second = subject.id.rsplit(joint, 1) if joint else (subject.id, subject.id)
    if enumeration is not None and second in LABELS[enumeration]:
        second = LABELS[enumeration][second].vi
    return words.format(first, second)
