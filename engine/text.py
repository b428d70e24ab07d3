"""Text that exists in Vietnamese and in English, and how values are written in each."""

import unicodedata
from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """One user-facing text in both languages."""

    vi: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.vi if language == "vi" else self.en

    def to_json(self) -> dict[str, str]:
        return {"vi": self.vi, "en": self.en}


def counted(count: int, noun: str) -> str:
    """A count in English: “1 plan”, “2 plans”. Vietnamese nouns have no plural."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def per_cent(share: float | None, language: Language) -> str:
    """A share from 0 to 1 in per cent, always with one decimal: “75,0%” in Vietnamese, “75.0%” in English."""
    if share is None:
        return "–"
    shown = f"{share:.1%}"
    return shown.replace(".", ",") if language == "vi" else shown


def nfc(value: str) -> str:
    """The string in Unicode NFC, the one form used everywhere inside the program."""
    return value if unicodedata.is_normalized("NFC", value) else unicodedata.normalize("NFC", value)
