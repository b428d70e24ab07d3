"""What is said of a document and of a sheet alike: what nobody sees in them was read, or could not be."""

from typing import Final

from ..base.suggest import shown
from ..base.text import Text
from ..documents.document import Unclear
from .remarks import REMARKS
from .unclear import FAULTS

UNHIDE: Final = Text(
    "Bỏ ẩn (Unhide) rồi kiểm tra; nội dung không dùng thì xóa hẳn", "Unhide it and check; delete what is not meant"
)
SHOW: Final = Text(
    "Trả lại chữ thường, màu đen; nội dung không dùng thì xóa hẳn",
    "Make it common black letters; delete what is not meant",
)
ROWS: Final = REMARKS["rows"]
TEXT: Final = REMARKS["text"]
STRUCK: Final = REMARKS["struck"]
FAINT: Final = REMARKS["faint"]


covered: Final = FAULTS["covered"]
"""What a cell holds that is merged with another one, where nobody sees it."""


def symbol(written: str, font: str) -> Unclear:
    """A picture in a font of symbols that is not known."""
    codes = written if written.isascii() else ", ".join(f"{ord(mark):04X}" for mark in written[:8])
    return FAULTS["symbol"](written, shown(font), shown(codes))
