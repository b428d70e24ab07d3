"""What the YAML parser's complaints mean to a person who wrote the file by hand, and where to mend it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import yaml

from ..base.problem import Unreadable
from ..base.text import Text
from .tree import Lines


@dataclass(frozen=True, slots=True)
class _Mistake:
    """What the user did when the parser's context and problem match `pattern` and `where` holds."""

    pattern: str
    message: Text
    fix: Text
    where: Callable[["_Spot"], bool] | None = None
    at_opening: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    """The offsets of the complaint and of what it began in, and the text on the line before it."""

    text: str
    offset: int
    opening: int

    @property
    def character(self) -> str:
        return self.text[self.offset : self.offset + 1]

    @property
    def at_end(self) -> bool:
        return not self.text[self.offset :].strip()

    @property
    def line_before(self) -> str:
        return self.text[self.text.rfind("\n", 0, self.offset) + 1 : self.offset]

    @property
    def opened_above(self) -> bool:
        return "\n" in self.text[self.opening : self.offset].rstrip() or self.at_end


_BRACKET_FIX: Final = Text(
    "Đóng ngoặc bằng ] hoặc }, và đặt dấu phẩy giữa các mục", "Close it with ] or }, and put commas between the items"
)
_QUOTE_FIX: Final = Text('Đặt cả văn bản trong dấu nháy kép: "…"', 'Put the whole text in double quotes: "…"')

_MISTAKES: Final = (
    _Mistake(
        "cannot start any token|violates indentation",
        Text("Dòng thụt lề bằng phím Tab", "The line is indented with a tab"),
        Text("Thay Tab bằng dấu cách (mỗi cấp 2 dấu cách)", "Replace the tab by spaces (two for each level)"),
        lambda spot: spot.character == "\t",
    ),
    _Mistake(
        "cannot start any token",
        Text("Văn bản không được bắt đầu bằng ký tự này", "Text can't begin with this character"),
        _QUOTE_FIX,
    ),
    _Mistake(
        "quoted scalar.*unexpected (end of stream|document)",
        Text("Dấu nháy mở ở đây chưa được đóng", "The quote that opens here is never closed"),
        Text("Thêm dấu nháy đóng ở cuối văn bản", "Add the closing quote at the end of the text"),
        at_opening=True,
    ),
    _Mistake(
        "unknown escape character|hexadecimal|hexdecimal|Unicode character code",
        Text("Dấu \\ trong nháy kép không đúng quy cách", "A backslash in double quotes begins an unknown escape"),
        Text("Dùng nháy đơn '…', hoặc viết \\\\", "Use single quotes '…', or write \\\\"),
    ),
    _Mistake(
        "flow node",
        Text("Hết tệp khi dấu ngoặc chưa đóng", "The file ends before the bracket is closed"),
        _BRACKET_FIX,
        lambda spot: spot.at_end,
    ),
    _Mistake(
        r"flow (sequence|mapping).*['<](,|stream)|flow (sequence|mapping|node).*node content",
        Text("Dấu ngoặc mở ở đây chưa được đóng", "The bracket that opens here is never closed"),
        _BRACKET_FIX,
        lambda spot: spot.opened_above,
        at_opening=True,
    ),
    _Mistake(
        "flow (sequence|mapping|node)",
        Text(
            "Thiếu dấu phẩy, dấu ngoặc đóng hoặc dấu nháy trước chỗ này",
            "A comma, closing bracket or quote is missing before this",
        ),
        _BRACKET_FIX,
    ),
    _Mistake(
        "node content",
        Text("Có dấu ngoặc hoặc dấu phẩy thừa", "There is a stray bracket or comma"),
        Text("Xóa dấu thừa, hoặc đặt văn bản trong dấu nháy kép", "Delete it, or put the text in double quotes"),
    ),
    _Mistake(
        "mapping values are not allowed",
        Text("Văn bản có dấu hai chấm mà không đặt trong dấu nháy", "Unquoted text holds a colon"),
        _QUOTE_FIX,
        lambda spot: ": " in spot.line_before,
    ),
    _Mistake(
        "mapping values are not allowed",
        Text(
            "Thụt lề sai, hoặc dòng trên thiếu dấu cách sau dấu hai chấm",
            "Wrong indentation, or no space after the colon on the line above",
        ),
        Text(
            "Cho các khóa cùng cấp thẳng cột với nhau; viết “khóa: giá trị” có dấu cách sau dấu hai chấm",
            "Align keys of one level; write “key: value” with a space after the colon",
        ),
    ),
    _Mistake(
        "unexpected ':'",
        Text("Thiếu dấu cách sau dấu hai chấm", "There is no space after the colon"),
        Text(
            "Viết “khóa: giá trị”; văn bản có dấu hai chấm thì đặt trong dấu nháy kép",
            "Write “key: value”; put text that holds a colon in double quotes",
        ),
    ),
    _Mistake(
        "expected ':'",
        Text("Thiếu dấu hai chấm và dấu cách sau khóa", "No colon and space after a key"),
        Text(
            "Viết “khóa: giá trị”; mục của danh sách viết “- giá trị”",
            "Write “key: value”, and list items as “- value”",
        ),
        at_opening=True,
    ),
    _Mistake(
        "expected key|expected <block end>|'-' indicator",
        Text("Có chữ thừa sau giá trị", "There is something after the value"),
        Text(
            "Xóa phần thừa, hoặc đặt cả giá trị trong dấu nháy kép",
            "Delete it, or put the whole value in double quotes",
        ),
        lambda spot: bool(spot.line_before.strip(" -")),
    ),
    _Mistake(
        "expected key|expected <block end>|'-' indicator",
        Text("Thụt lề không thẳng với các dòng cùng cấp", "The indentation doesn't match the lines of its level"),
        Text("Cho dòng này thẳng cột với các dòng cùng cấp ở trên", "Align this line with those of its level above"),
    ),
    _Mistake(
        "sequence entries are not allowed",
        Text("Danh sách phải bắt đầu ở dòng mới", "A list must begin on a new line"),
        Text(
            "Xuống dòng trước dấu “-”; nếu là văn bản thì đặt trong dấu nháy",
            "Break the line before “-”; quote it if it is text",
        ),
    ),
    _Mistake(
        "an? (alias|anchor|tag)|tag handle",
        Text(
            "Văn bản bắt đầu bằng *, & hoặc ! phải đặt trong dấu nháy",
            "Text that begins with *, & or ! must be quoted",
        ),
        _QUOTE_FIX,
        at_opening=True,
    ),
    _Mistake(
        "document start|directive|YAML document",
        Text("Có nội dung nằm ngoài phần chính của tệp", "Something stands outside the document"),
        Text(
            "Xóa dòng này (hoặc đặt đúng cấp thụt lề); văn bản bắt đầu bằng % phải đặt trong dấu nháy",
            "Delete this line (or indent it as its level asks); quote text that begins with %",
        ),
    ),
    _Mistake(
        "block scalar",
        Text("Sau dấu | hoặc > phải xuống dòng", "A line break must follow | or >"),
        Text(
            "Xuống dòng và thụt lề văn bản, hoặc đặt trong dấu nháy kép",
            "Break the line and indent the text, or put it in double quotes",
        ),
        at_opening=True,
    ),
)


def yaml_problem(error: yaml.YAMLError, lines: Lines) -> Unreadable:
    """The parser's error as a problem with a place and a remedy."""
    complaint = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part)
    problem_mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None) or problem_mark
    end = len(lines.text)
    offset = min(getattr(error, "position", end) if problem_mark is None else problem_mark.index, end)
    spot = _Spot(lines.text, offset, offset if context_mark is None else min(context_mark.index, end))
    for mistake in _MISTAKES:
        if re.search(mistake.pattern, complaint) and (mistake.where is None or mistake.where(spot)):
            return lines.refuse(mistake.message, mistake.fix, spot.opening if mistake.at_opening else spot.offset)
    return lines.refuse(
        Text("Không đúng cú pháp YAML", f"Not valid YAML: {complaint or error}"),
        Text("So lại chỗ này với mẫu", "Compare this with the form"),
        spot.offset,
    )
