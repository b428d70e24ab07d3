"""Text that exists in Vietnamese and in English, and how values are written in each."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal

from .as_json import AsJson

Language = Literal["vi", "en"]
MOST_MARKS: Final = 30
"""How many combining marks one letter may bear: what Unicode's stream-safe form allows."""


class Phrase(AsJson):
    """What is told in both languages, in whatever form it is kept."""

    __slots__ = ()

    if TYPE_CHECKING:  # to a dataclass a property would be the default of its field

        @property
        def vi(self) -> str: ...

        @property
        def en(self) -> str: ...

    def __getitem__(self, language: Language) -> str:
        return self.vi if language == "vi" else self.en

    def __add__(self, further: "Phrase") -> "Text":
        """This sentence and a further one."""
        return Text(f"{self.vi} {further.vi}", f"{self.en} {further.en}")

    def to_json(self) -> dict[str, Any]:
        return {"vi": self.vi, "en": self.en}


@dataclass(frozen=True, slots=True)
class Text(Phrase):
    """One user-facing text in both languages."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    vi: str
    en: str


class Filled(Phrase):
    """A template and the values that fill it, of which the words are made when they are asked for.

    `template` has `{0}`, `{1}` … where the values stand; a value is a text where the languages write it differently.
    """

    __slots__ = ("template", "values")

    def __init__(self, template: Text, values: "tuple[str | Text, ...]") -> None:
        self.template, self.values = template, values

    @property
    def vi(self) -> str:
        return self.template.vi.format(*self.written("vi"))

    @property
    def en(self) -> str:
        return self.template.en.format(*self.written("en"))

    def written(self, language: Language) -> list[str]:
        """The values as a language writes them."""
        return [value if isinstance(value, str) else value[language] for value in self.values]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and (self.vi, self.en) == (other.vi, other.en)

    def __hash__(self) -> int:
        return hash((self.vi, self.en))

    def __repr__(self) -> str:
        return repr(Text(self.vi, self.en))


LANGUAGES: Final = {
    "vi": Text("tiếng Việt", "Vietnamese"),
    "en": Text("tiếng Anh", "English"),
}
"""Both languages, in words."""
_FILES: Final = {
    "text": Text("văn bản", "text"),
    "html": Text("trang web", "html"),
    "docx": Text("word", "docx"),
    "xlsx": Text("excel", "xlsx"),
}


def named(names: Iterable[str]) -> dict[str, Text]:
    """Forms of output and files by name, each with what it is called; most have one name everywhere."""
    return {name: _FILES.get(name, Text(name, name)) for name in names}


def counted(count: int, noun: str) -> str:
    """A count in English: “1 plan”, “2 plans”. Vietnamese nouns have no plural."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def capital(words: str) -> str:
    """The words as they begin a line."""
    return words[:1].upper() + words[1:]


def plural(noun: str) -> str:
    """Several of what the English noun calls one: “plans”, “reports of courses”; “minutes of the count” are several already."""
    head, of, rest = noun.partition(" of ")
    return f"{head}{'' if head.endswith('s') else 's'}{of}{rest}"


def per_cent(share: float | None, language: Language) -> str:
    """A share from 0 to 1 in per cent, always with one decimal: “75,0%” in Vietnamese, “75.0%” in English."""
    if share is None:
        return "–"
    shown = f"{share:.1%}"
    return shown.replace(".", ",") if language == "vi" else shown


def nfc(value: str) -> str:
    """The string in Unicode NFC, the one form used everywhere inside the program.

    What piles up marks stays as it is: putting so many in order takes the square of their number.
    """
    if value.isascii() or piled(value) or unicodedata.is_normalized("NFC", value):
        return value
    return unicodedata.normalize("NFC", value)


def piled(value: str) -> tuple[int, int] | None:
    """Where more than MOST_MARKS combining marks stand one on another, which no writing needs; None where none do."""
    for found in _NO_LETTERS.finditer(value) if len(value) > MOST_MARKS else ():
        start = found.start()
        for at in range(start, found.end()):
            if not unicodedata.combining(value[at]):
                start = at + 1
            elif at - start >= MOST_MARKS:
                return start, at + 1
    return None


_NO_LETTERS: Final = re.compile(rf"[^\w\x00-\x7f]{{{MOST_MARKS + 1},}}")
