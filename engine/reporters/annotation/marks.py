"""What is written into a copy of a form: one mark for each thing that is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from ...base.problem import Place
from ...base.text import Language, Text
from ...evaluation.verdict import Verdict
from ..words import early

TITLE: Final = Text("Kết quả thẩm định", "Appraisal")
"""The name of the sheet, and the heading of the page, that lists what is wrong."""

HEADINGS: Final = (
    Text("Mức", "Level"),
    Text("Mã, điều khoản", "Code, clause"),
    Text("Vấn đề", "What is wrong"),
    Text("Cách sửa", "How to mend it"),
    Text("Chỗ sai", "Where"),
)
NOTHING: Final = Text("Không có vấn đề nào.", "Nothing is wrong.")

LEVELS: Final[dict[str, Text]] = {
    "problem": Text("không thẩm định được", "cannot be appraised"),
    "error": Text("lỗi", "error"),
    "warning": Text("cảnh báo", "warning"),
    "advice": Text("khuyến nghị", "advice"),
}
FILLS: Final = {"problem": "E4C1F9", "error": "F8CBAD", "warning": "FFE699", "advice": "BDD7EE"}
"""The colour of a cell by the gravest thing that is wrong with it, as RGB."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is wrong, in one language; `level` is a key of LEVELS."""

    level: str
    code: str
    message: str
    fix: str
    place: Place

    def comment(self, language: Language) -> str:
        """What stands in the comment on the faulty cell."""
        mend = "Cách sửa" if language == "vi" else "How to mend it"
        return f"{self.code} ({LEVELS[self.level][language]}): {self.message}\n{mend}: {self.fix}"


def marks(verdict: Verdict, language: Language) -> list[Mark]:
    """The marks for a verdict, in its order; preliminary findings say that they are. What is waived is not marked."""
    found = [
        Mark("problem", problem.code, problem.message[language], problem.fix[language], problem.place)
        for problem in verdict.problems
    ]
    found += [
        Mark(
            finding.severity,
            f"{finding.rule} [{finding.clause}]",
            early(finding, language) if finding in verdict.preliminary else finding.message[language],
            finding.fix[language],
            finding.place,
        )
        for finding in (*verdict.preliminary, *verdict.findings)
        if finding.waived is None
    ]
    return found


def gravest(found: Iterable[Mark]) -> str:
    """The gravest level among marks."""
    return min((mark.level for mark in found), key=list(LEVELS).index)
