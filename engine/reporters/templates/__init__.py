"""The templates of the appraisal sheet that come with the program (made by tools/appraisal_template.py)."""

from pathlib import Path
from typing import Final

from ...base.text import Language

_FOLDER: Final = Path(__file__).parent


def built_in(language: Language) -> Path:
    """The template in a language."""
    return _FOLDER / f"appraisal.{language}.docx"
