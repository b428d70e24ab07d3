"""A copy of a workbook or document with what a verdict says written into it, made within the limits of a run."""

from ..base.failure import told
from ..base.limits import Limits
from ..base.text import Language
from ..evaluation.verdict import Verdict
from ..reporters.annotation.annotate import annotate
from ..reporters.annotation.marks import marks
from .appraise import alone


def annotated(name: str, content: bytes, verdict: Verdict, language: Language, limits: Limits) -> tuple[bytes, int]:
    """The copy of the file that held `content`, and how many notes are in it. Raises Unreadable."""
    found = marks(verdict, language)
    suffix = name[name.rfind(".") :].lower()
    with told(name):
        return alone(lambda: annotate(name, content, suffix, found, language), name, limits), len(found)
