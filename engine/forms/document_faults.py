"""What in a document can't be read, and what is to be known of how it was read, in words for whoever wrote it."""

import re
from typing import Final

from ..base.suggest import shown
from ..documents.document import Unclear
from .cells import tidy
from .remarks import REMARKS
from .unclear import FAULTS

TRACKED: Final = REMARKS["tracked"]
AWAY: Final = REMARKS["away"]
CUT: Final = REMARKS["cut"]
FONTS: Final = REMARKS["fonts"]
FIELD: Final = REMARKS["field"]
BOUND: Final = REMARKS["bound"]
FLOATING: Final = REMARKS["floating"]
FOREIGN: Final = REMARKS["foreign"]
SIGN: Final = REMARKS["sign"]
NOTE: Final = REMARKS["note"]
COMMENT: Final = REMARKS["comment"]
PICTURE: Final = REMARKS["picture"]

DECIDED: Final = frozenset((
    "=", "ASK", "AUTHOR", "AUTOTEXT", "CREATEDATE", "DATABASE", "DATE", "DDE", "DDEAUTO", "DOCPROPERTY",
    "DOCVARIABLE", "EDITTIME", "FILLIN", "IF", "INCLUDETEXT", "LINK", "MERGEFIELD", "PRINTDATE", "QUOTE", "SAVEDATE",
    "TIME", "USERNAME",
))  # fmt: skip
"""Fields whose result Word works out from elsewhere, and may work out otherwise the next time; "=" is any formula."""
UNSEEN_FIELDS: Final = frozenset((
    "ADVANCE", "ASK", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "BIBLIOGRAPHY", "CITATION", "FORMCHECKBOX",
    "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "INDEX", "LISTNUM", "NEXT", "NEXTIF", "NOTEREF", "NUMPAGES", "PAGE",
    "PAGEREF", "PRIVATE", "RD", "REF", "SECTION", "SECTIONPAGES", "SEQ", "SET", "SKIPIF", "STYLEREF", "TA", "TC",
    "TOA", "TOC", "XE",
))  # fmt: skip
"""Fields without a result that show nothing, or a number of a page, a list or a caption."""

_PROMPT: Final = re.compile(
    r"\s*(?:bấm|nhấp|nhấn|kích|chọn|nhập|gõ|điền|ghi|click|tap|choose|enter|type|select|\[|<|…|\.{3}|_{2}|\W*$)",
    re.IGNORECASE,
)

_VALUE: Final = re.compile(r"[xXvV]|có|không|[^a-zA-ZÀ-ỹ]*(?:giờ|[hg])?[^a-zA-ZÀ-ỹ]*")
_PAGE: Final = re.compile(r"(?:trang|page)?[\s\d./–—-]*", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Whether a text may be the number of a page."""
    return _PAGE.fullmatch(text) is not None


def floats(text: str) -> bool:
    """Whether text of a box over the page may be a value of a table."""
    return _VALUE.fullmatch(tidy(text)) is not None


def floating(text: str) -> Unclear:
    """Text in a box or frame that is placed freely on the page: it may be seen at another place."""
    return FAULTS["floating"](text, shown(tidy(text)))


def moved_text(text: str) -> Unclear:
    """Text that an indent shows beside its cell."""
    return FAULTS["moved_text"](text, shown(tidy(text)))


EQUATION: Final = FAULTS["equation"]("")


def is_prompt(text: str) -> bool:
    """Whether a text asks for something to be entered."""
    return _PROMPT.match(text) is not None


def unknown(tag: str) -> Unclear:
    """A part of the text that this program doesn't know."""
    return FAULTS["unknown"](tag.rpartition("}")[2])


box: Final = FAULTS["box"]
"""A check box that shows otherwise than it is set."""


empty_field: Final = FAULTS["empty_field"]
"""A field whose result is not there."""


def two_texts(texts: list[str]) -> Unclear:
    """Alternatives for several versions of Word that don't say the same."""
    return FAULTS["two_texts"](texts[0], shown(texts[-1]))


SHAPE: Final = FAULTS["shape"]("")
LINE: Final = FAULTS["line"]("")
