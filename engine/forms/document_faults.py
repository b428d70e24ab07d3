"""What in a document can't be read, and what is to be known of how it was read, in words for whoever wrote it."""

import re
from typing import Final

from ..base.problem import HIDDEN_READ, NOT_UNDERSTOOD, SHOWN_OTHERWISE
from ..base.suggest import shown
from ..base.text import Text
from ..documents.document import Unclear
from .cells import tidy
from .leftovers import UNREAD
from .remarks import Remark

TRACKED: Final = Remark(
    HIDDEN_READ,
    Text(
        "Văn bản còn thay đổi được theo dõi (Track Changes); đã đọc như khi chấp nhận mọi thay đổi",
        "The document has tracked changes; it was read as if all of them were accepted",
    ),
    Text(
        "Chấp nhận hoặc từ chối hết các thay đổi (Xem lại – Chấp nhận) rồi lưu lại",
        "Accept or reject all changes (Review – Accept) and save the document",
    ),
)
AWAY: Final = Remark(
    HIDDEN_READ,
    Text(
        "Bảng hoặc khung đặt ngoài trang, hoặc quá nhỏ để thấy, vẫn được đọc",
        "A table or frame beyond the page, or too small to be seen, was read all the same",
    ),
    Text(
        "Đặt lại vị trí trên trang (Table Properties – Text Wrapping – None); không dùng thì xóa",
        "Put it back on the page (Table Properties – Text Wrapping – None); delete it if it is not wanted",
    ),
)
CUT: Final = Remark(
    HIDDEN_READ,
    Text(
        "Dòng có chiều cao cố định không đủ cho nội dung; phần bị che vẫn được đọc",
        "A row of an exact height is too low for what it holds; what is cut off was read all the same",
    ),
    Text("Đặt chiều cao dòng là “At least” hoặc bỏ chiều cao cố định", "Set the height to “at least”, or to none"),
)
FONTS: Final = Remark(
    SHOWN_OTHERWISE,
    Text(
        "Văn bản nhúng phông chữ riêng; chữ có thể hiện khác với nội dung được đọc",
        "The document brings fonts of its own: letters may show otherwise than they were read",
    ),
    Text(
        "Dùng phông thông dụng, bỏ “Embed fonts in the file” rồi lưu lại",
        "Use common fonts, and save without “Embed fonts in the file”",
    ),
)
FIELD: Final = Remark(
    SHOWN_OTHERWISE,
    Text(
        "Nội dung do trường (field) của Word tính ra, có thể đổi khi mở hoặc in",
        "A field of Word works this out: it may change when the document is opened or printed",
    ),
    Text("Thay bằng chữ: chọn trường, nhấn Ctrl+Shift+F9", "Turn it into text: select it and press Ctrl+Shift+F9"),
)
BOUND: Final = Remark(
    SHOWN_OTHERWISE,
    Text(
        "Ô điều khiển lấy nội dung từ dữ liệu khác trong tệp; Word có thể hiển thị khác",
        "A content control takes its content from other data in the file: Word may show something else",
    ),
    Text("Xóa ô điều khiển (giữ nội dung) rồi lưu lại", "Remove the content control, keep its content, and save"),
)
FLOATING: Final = Remark(
    NOT_UNDERSTOOD,
    Text(
        "Khung chữ ngoài các bảng không được đọc như nội dung của bảng; khung có thể che nội dung khác",
        "A box or frame of text beside the tables is read as none of them; it may cover something else",
    ),
    Text(
        "Nếu khung có nội dung của {document} thì ghi vào bảng rồi xóa khung",
        "If it holds something of the {document}, write that into a table and delete the box",
    ),
)
FOREIGN: Final = Remark(
    HIDDEN_READ,
    Text(
        "Nội dung trong phần lạ mà Word có thể không hiện vẫn được đọc",
        "Content in elements that Word does not know, and may not show, was read all the same",
    ),
    Text("Mở văn bản bằng Word rồi lưu lại", "Open the document in Word and save it anew"),
)
SIGN: Final = Remark(
    SHOWN_OTHERWISE,
    Text(
        "Trước nội dung có chữ tự động của danh sách (List) không được đọc",
        "Words that a list puts before what is written were not read",
    ),
    Text("Gõ thẳng cả nội dung, bỏ danh sách tự động", "Type all of it, and take the automatic list away"),
)
NOTE: Final = Remark(
    NOT_UNDERSTOOD,
    Text(
        "Có chú thích; nội dung chú thích không thuộc {document}", "A footnote or endnote is no part of the {document}"
    ),
    Text(
        "Nếu chú thích có nội dung của {document} thì ghi vào ô",
        "If it holds something of the {document}, write it into the cell",
    ),
)
COMMENT: Final = Remark(
    NOT_UNDERSTOOD,
    Text(
        "Bình luận giống nội dung {document}, không được đọc",
        "A comment looks like a part of the {document} and was not read",
    ),
    Text(
        "Nếu là nội dung của {document} thì ghi vào văn bản",
        "If it is a part of the {document}, write it into the document",
    ),
)
PICTURE: Final = Remark(
    NOT_UNDERSTOOD,
    Text("Hình, hình vẽ hoặc nét mực không đọc được", "A picture, a shape or ink can't be read"),
    UNREAD.fix,
)

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
_TYPE: Final = Text("Gõ thẳng nội dung vào ô (đánh dấu bằng chữ x)", "Type it into the cell (x for a mark)")

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
    return Unclear(
        text,
        Text(
            f"“{shown(tidy(text))}” đứng trong khung đặt tự do trên trang, nên không rõ thuộc ô nào",
            f"“{shown(tidy(text))}” stands in a box placed freely on the page: it is not clear which cell it belongs to",
        ),
        Text("Gõ thẳng vào ô rồi xóa khung", "Type it into the cell and delete the box"),
    )


def moved_text(text: str) -> Unclear:
    """Text that an indent shows beside its cell."""
    return Unclear(
        text,
        Text(
            f"“{shown(tidy(text))}” bị thụt lề ra ngoài ô, nên không rõ thuộc ô nào",
            f"An indent shows “{shown(tidy(text))}” outside its cell: it is not clear which cell it belongs to",
        ),
        Text("Đặt thụt lề (Indent) về 0", "Set the indents to 0"),
    )


EQUATION: Final = Unclear(
    "", Text("Công thức toán trong ô không đọc được chắc chắn", "An equation in the cell can't be read for sure"), _TYPE
)


def is_prompt(text: str) -> bool:
    """Whether a text asks for something to be entered."""
    return _PROMPT.match(text) is not None


def unknown(tag: str) -> Unclear:
    """A part of the text that this program doesn't know."""
    name = tag.rpartition("}")[2]
    return Unclear(
        name,
        Text(
            f"Trong ô có thành phần “{shown(name)}” mà chương trình không đọc được",
            f"The cell holds “{shown(name)}”, which can't be read",
        ),
        _TYPE,
    )


def box(seen: str) -> Unclear:
    """A check box that shows otherwise than it is set."""
    return Unclear(
        seen,
        Text(
            f"Ô đánh dấu hiện “{shown(seen)}” nhưng giá trị lưu thì ngược lại",
            f"A check box shows “{shown(seen)}”, but is set otherwise",
        ),
        _TYPE,
    )


def empty_field(code: str) -> Unclear:
    """A field whose result is not there."""
    return Unclear(
        code,
        Text(f"Trường “{shown(code)}” chưa có kết quả được lưu", f"The field “{shown(code)}” has no stored result"),
        Text(
            "Cập nhật trường (F9) rồi lưu lại, hoặc gõ thẳng nội dung",
            "Update it (F9) and save, or type the text itself",
        ),
    )


def two_texts(texts: list[str]) -> Unclear:
    """Alternatives for several versions of Word that don't say the same."""
    first, second = shown(texts[0]), shown(texts[-1])
    return Unclear(
        texts[0],
        Text(
            f"Khung chữ có hai bản khác nhau cho các phiên bản Word: “{first}” và “{second}”",
            f"A text box says different things to different versions of Word: “{first}” and “{second}”",
        ),
        _TYPE,
    )


SHAPE: Final = Unclear(
    "",
    Text(
        "Trong ô có hình, hình vẽ, nét mực hoặc nút điều khiển không đọc được; có thể đó là dấu đánh",
        "The cell holds a picture, a shape, ink or a control that can't be read: it may be a mark",
    ),
    _TYPE,
)
LINE: Final = Unclear(
    "",
    Text(
        "Trong ô có nét kẻ vẽ tay; có thể đó là dấu đánh hoặc nét gạch",
        "A line is drawn over the cell: it may be a mark, or strike something out",
    ),
    _TYPE,
)
