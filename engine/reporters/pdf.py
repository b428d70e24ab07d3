"""The appraisal sheet of one plan as PDF: the Word document, converted by LibreOffice."""

from collections.abc import Iterator

from ..evaluation.verdict import Report
from . import Options, docx
from .libreoffice import convert_documents


def render(report: Report, options: Options) -> bytes:
    """The sheet of the report's one plan. Raises Unreadable, also where LibreOffice is not installed or fails."""
    return next(convert_documents([docx.render(report, options)], ".docx", ".pdf"))


def render_each(report: Report, options: Options) -> Iterator[bytes]:
    """The sheet of each plan, in order. Raises Unreadable."""
    return convert_documents(list(docx.render_each(report, options)), ".docx", ".pdf")
