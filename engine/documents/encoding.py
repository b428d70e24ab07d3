"""From bytes to text: UTF-8 alone is read; any other encoding is named, with the way to convert it."""

import codecs
import re
from typing import TYPE_CHECKING, Final

from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text
from .tree import Lines, Span

if TYPE_CHECKING:
    from .legacy import Legacy

# Letters that only Vietnamese in Unicode has; where they are, no older encoding is looked for.
_UNICODE_VIETNAMESE: Final = re.compile("[\u0300-\u036f\u0102-\u01b0\u1ea0-\u1ef9]")
FEWEST_ZEROS: Final = 4
"""Fewer zero bytes are control characters in a text, and no sign of another encoding."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_FORMATS: Final = (
    (
        b"PK\x03\x04",
        Text("tệp Word, Excel (.docx, .xlsx) hoặc tệp nén", "a Word or Excel file (.docx, .xlsx) or an archive"),
    ),
    (b"\xd0\xcf\x11\xe0", Text("tệp Word, Excel đời cũ (.doc, .xls)", "an old Word or Excel file (.doc, .xls)")),
    (b"%PDF-", Text("tệp PDF", "a PDF file")),
    (b"{\\rtf", Text("tệp RTF", "an RTF file")),
)
_SAVE_AS: Final = Text(
    "Mở tệp bằng Notepad, chọn Lưu thành (Save as), mục Mã hóa (Encoding) chọn UTF-8",
    "Open it in Notepad, choose Save as, and under Encoding choose UTF-8",
)
_CONVERT: Final = Text(
    "Chuyển sang Unicode bằng UniKey Toolkit (Ctrl+Shift+F6: nguồn {encoding}, đích Unicode), rồi lưu với UTF-8",
    "Convert it with the UniKey Toolkit (Ctrl+Shift+F6: from {encoding} to Unicode), then save it as UTF-8",
)


def decode(file: str, content: bytes) -> str:
    """The text of a file, without a byte order mark. Raises Unreadable (PL006)."""
    content = content.removeprefix(codecs.BOM_UTF8)
    if not content.strip():
        raise _refused(
            Place(file),
            Text("Tệp trống", "The file is empty"),
            Text("Kiểm tra xem tệp đã được lưu hoặc chép đủ chưa", "Check that the file was saved and copied whole"),
        )
    refuse_other_formats(file, content)
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise _undecodable(file, content, error) from None
    lines = Lines(file, text)
    if found := _CONTROL.search(text):
        raise _refused(
            lines.place(Span(*found.span())),
            Text(
                f"Tệp có ký tự điều khiển U+{ord(found[0]):04X}",
                f"The file holds the control character U+{ord(found[0]):04X}",
            ),
            Text("Xóa ký tự này; nếu tệp bị hỏng thì chép lại", "Delete it; if the file is damaged, copy it anew"),
        )
    if not text.isascii() and not _UNICODE_VIETNAMESE.search(text) and (legacy := _detect(text, pasted=True)):
        raise _legacy(lines.place(Span(legacy.offset, legacy.offset + len(legacy.written))), legacy)
    return text


def _refused(place: Place, message: Text, fix: Text) -> Unreadable:
    return Unreadable(Problem(UNREADABLE, message, fix, place))


def refuse_other_formats(file: str, content: bytes) -> None:
    """Say what a file is that begins like one of another format or encoding. Raises Unreadable (PL006)."""
    for start, name in _FORMATS:
        if content.startswith(start):
            raise _refused(
                Place(file),
                Text(
                    f"Nội dung là {name.vi}, không phải văn bản thuần",
                    f"This is {name.en}, not plain text",
                ),
                Text("Chọn đúng tệp, hoặc sửa lại đuôi tệp", "Name the right file, or mend the suffix"),
            )
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), None) or _by_zeros(content)
    if encoding is not None:
        raise _refused(
            Place(file),
            Text(f"Tệp lưu với mã {encoding}, không phải UTF-8", f"The file is in {encoding}, not UTF-8"),
            _SAVE_AS,
        )


def _by_zeros(content: bytes) -> str | None:
    """UTF-16 without a mark: of most characters one byte is zero, and it is always the same one of the two."""
    fewer, more = sorted(content[first:4096:2].count(0) for first in (0, 1))
    return "UTF-16" if more >= FEWEST_ZEROS and more > len(content[:4096]) / 8 and fewer < more / 8 else None


def _undecodable(file: str, content: bytes, error: UnicodeDecodeError) -> Unreadable:
    before = content[: error.start].decode()
    lines = Lines(file, before)
    place = lines.place(Span(len(before), len(before)))
    if error.end == len(content) and error.reason == "unexpected end of data":
        return _refused(
            place,
            Text("Tệp bị cắt cụt giữa một chữ", "The file is cut short in the middle of a character"),
            Text("Chép lại tệp đầy đủ", "Copy the whole file anew"),
        )
    legacy = _detect(content.decode("latin-1"), pasted=False)
    if legacy is not None:
        return _legacy(place, legacy)
    return _refused(
        place,
        Text(
            f"Tệp không theo mã UTF-8 (byte 0x{content[error.start]:02X})",
            f"The file is not in UTF-8 (byte 0x{content[error.start]:02X})",
        ),
        _SAVE_AS,
    )


def _detect(text: str, *, pasted: bool) -> "Legacy | None":
    from .legacy import detect  # its patterns take 10 ms to compile, and hardly any file needs them

    return detect(text, pasted=pasted)


def _legacy(place: Place, legacy: "Legacy") -> Unreadable:
    return _refused(
        place,
        Text(
            f"Văn bản gõ theo bảng mã {legacy.encoding}, không phải Unicode: “{legacy.written}” là “{legacy.meant}”",
            f"The text is encoded in {legacy.encoding}, not Unicode: “{legacy.written}” is “{legacy.meant}”",
        ),
        Text(_CONVERT.vi.format(encoding=legacy.encoding), _CONVERT.en.format(encoding=legacy.encoding)),
    )
