"""An office file with a mark at everything that is wrong in it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from ...base.text import Language
from ...forms.copying import Copy
from ...forms.package import open_package
from .marks import Mark

if TYPE_CHECKING:
    pass


SUFFIXES: Final = (".xlsx", ".docx")


def annotate(file: str, content: bytes, suffix: str, found: Sequence[Mark], language: Language) -> bytes:
    """The file with a comment and a colour where each mark has its place, and a list of all at the end.

    Raises Unreadable where the file can't be opened as what its suffix (one of SUFFIXES) says.
    """
    copy = Copy(open_package(file, content, suffix))
    if suffix == ".xlsx":
        from .annotated_workbook import mark
    else:
        from .annotated_document import mark
    mark(copy, found, language)
    return copy.content()
