"""What a finding is about, as scenarios say it: “đại biểu “Lê Văn Sáu””, “phần tổng kết năm”."""

from typing import Final

from ...evaluation.verdict import Subject
from ...model.document_types import description

_KNOWN: Final = description()
_PHRASES: Final = {known.entity: known for known in _KNOWN.subjects}
FORMS: Final = tuple(dict.fromkeys(known.words for known in _KNOWN.subjects))


def phrase(subject: Subject) -> str:
    """The subject in the words of a scenario; one of an unknown kind by its id."""
    known = _PHRASES.get(subject.entity)
    if known is None:
        return subject.id
    first, second = subject.id.rsplit(known.joint, 1) if known.joint else (subject.id, subject.id)
    member = None if known.of is None else _KNOWN.enumerations[known.of].member(second)
    return known.words.format(first, second if member is None else member.words.vi)
