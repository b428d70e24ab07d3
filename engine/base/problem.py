"""A problem: why an input can't be appraised, where that shows, and how to mend it."""

from dataclasses import dataclass, field
from typing import Final

from .as_json import AsJson
from .text import Language, Text

Path = tuple[str | int, ...]
"""The way to a value inside a document: ("participants", 3, "name")."""


@dataclass(frozen=True, slots=True)
class Place(AsJson):
    """Where something stands in a file.

    Text files have line and column (both from 1, columns counted in code points) and may have an end column;
    workbooks have sheet and cell; documents have table, row and cell (from 1), or paragraph (from 1), and where the form
    has names for them the section, the number written before the row, and the label of the column.
    """

    file: str
    line: int | None = None
    column: int | None = None
    end_column: int | None = None
    sheet: str | None = None
    cell: str | int | None = None
    table: int | None = None
    row: int | None = None
    paragraph: int | None = None
    sheet_number: int = field(default=0, compare=False)
    """Which sheet of the workbook it is, for the order of places; the name says which one is meant."""
    section: str | None = field(default=None, compare=False)
    serial: str | None = field(default=None, compare=False)
    label: str | None = field(default=None, compare=False)

    @property
    def order(self) -> tuple[int | str, ...]:
        """Sorts the places of one file in reading order."""
        row, letters = self.row or 0, 0
        if isinstance(self.cell, str):
            column = self.cell.rstrip("0123456789")
            row, letters = int(self.cell[len(column) :] or 0), len(column)
        return (
            self.line or 0,
            self.column or 0,
            self.sheet_number,
            self.sheet or "",
            self.paragraph or 0,
            self.table or 0,
            row,
            letters,
            str(self.cell or ""),
        )

    def to_json(self) -> dict[str, str | int]:
        """The `location` of the JSON verdict: the keys that apply, the others left out."""
        names = ("file", "line", "column", "sheet", "table", "row", "cell", "paragraph", "section", "serial", "label")
        return {name: value for name in names if (value := getattr(self, name)) is not None}

    def describe(self, language: Language = "vi") -> str:
        """The place as a person reads it: `file:line:column`, `file: sheet!cell`, `file: phần “Cấp ủy”, STT 2, cột “…”`."""
        if self.line is not None:
            return f"{self.file}:{self.line}:{self.column or 1}"
        if self.sheet is not None:
            return f"{self.file}: {self.sheet}!{self.cell}" if self.cell else f"{self.file}: {self.sheet}"
        if self.label is not None:
            return f"{self.file}: {self._in_form(language)}"
        if self.table is not None:
            words = ("bảng", "dòng", "ô") if language == "vi" else ("table", "row", "cell")
            numbers = (self.table, self.row, self.cell)
            parts = [f"{word} {number}" for word, number in zip(words, numbers, strict=True) if number is not None]
            return f"{self.file}: {', '.join(parts)}"
        if self.paragraph is not None:
            return f"{self.file}: {'đoạn' if language == 'vi' else 'paragraph'} {self.paragraph}"
        return self.file

    def _in_form(self, language: Language) -> str:
        """The place by what the form calls it; a row without a number by its place in the table."""
        if language == "en":
            row = f"no. {self.serial}, " if self.serial else "" if self.serial is None else f"row {self.row}, "
            return f"section “{self.section}”, {row}“{self.label}”"
        row = f"STT {self.serial}, cột" if self.serial else "mục" if self.serial is None else f"dòng {self.row}, cột"
        return f"phần “{self.section}”, {row} “{self.label}”"


SYNTAX: Final = "PL001"
SCHEMA: Final = "PL002"
REFERENCE: Final = "PL003"
DUPLICATE: Final = "PL004"
TIME_ORDER: Final = "PL005"
UNREADABLE: Final = "PL006"
ENGINE: Final = "EN001"
"""The rule engine failed on this plan: not a fault of the plan, and never a verdict on it."""
ENGINES_DIFFER: Final = "EN002"
"""The two rule engines differ on a plan, in an audit that holds them against each other."""
SETTINGS_NOT_APPLIED: Final = "NT001"
WAIVER_NOT_APPLIED: Final = "NT002"
FILE_NOT_APPLIED: Final = "NT003"
"""A baseline or a template of the appraisal sheet that lies among the plans."""
PASSED_OVER: Final = "NT004"
NOT_MADE_FOR: Final = "NT005"
"""The pack that judged a plan was not made for it."""
HIDDEN_READ: Final = "NT006"
SHOWN_OTHERWISE: Final = "NT007"
"""A cell shows another value than it holds, or a formula decides it."""
NOT_UNDERSTOOD: Final = "NT008"
"""Something in an office file that holds no value of the plan."""
CARD_WORDED: Final = "NT009"
"""A party card is written with more than its number."""
BY_PLUG_IN: Final = "NT010"
"""A plug-in has read the file."""
READ_AS: Final = "NT011"
"""What was written for short was read as what it stands for."""


@dataclass(frozen=True, slots=True)
class Problem(AsJson):
    """One reason why an input has no verdict; as a notice (codes NT, WV), something to be known that is no such reason."""

    code: str
    message: Text
    fix: Text
    place: Place


class Unreadable(Exception):
    """An input that gives no plan (or no rule file) at all: carries the problems to report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)  # so that it can be sent to another process
        self.problems = problems
        self.notices: tuple[Problem, ...] = ()
        """What the reader had to say of the document all the same."""
        self.stand_in: object = None
        """What stands in for the document, so that all else of it can be looked at (model/stand_in.py), where there is such."""

    def __reduce__(self) -> tuple[type["Unreadable"], tuple[Problem, ...], dict[str, object]]:
        """What another process is told: all but the stand-in, of use beside the document alone and of classes made here."""
        return type(self), self.problems, {"notices": self.notices}

    def __str__(self) -> str:
        return "; ".join(problem.message.en for problem in self.problems)
