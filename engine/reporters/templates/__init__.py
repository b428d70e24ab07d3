"""The templates that come with the program: of the appraisal sheet, and of letters (made by tools/appraisal_template.py)."""

from pathlib import Path
from typing import Final, Literal

from ...base.text import Language

Kind = Literal["appraisal", "letter"]
_FOLDER: Final = Path(__file__).parent


def built_in(language: Language, kind: Kind = "appraisal") -> Path:
    """The template in a language."""
    return _FOLDER / f"{kind}.{language}.docx"
