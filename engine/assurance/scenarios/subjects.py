"""What a finding is about, as scenarios say it: “đại biểu “Lê Văn Sáu””, “phần tổng kết năm”."""

from ...evaluation.verdict import Subject
from ...model.description import Description


def forms(known: Description) -> tuple[str, ...]:
    """How the findings on documents of a type say what they are about."""
    return tuple(dict.fromkeys(subject.words for subject in known.subjects))


def phrase(subject: Subject, known: Description) -> str:
    """The subject in the words of a scenario; one of an unknown kind by its id."""
    said = next((one for one in reversed(known.subjects) if one.entity == subject.entity), None)
    if said is None:
        return subject.id
    first, second = subject.id.rsplit(said.joint, 1) if said.joint else (subject.id, subject.id)
    member = None if said.of is None else known.enumerations[said.of].member(second)
    return said.words.format(first, second if member is None else member.words.vi)
