"""From a name to the bytes behind it: what may be read, and how much of it."""

import errno
import os
import stat
import sys
from pathlib import Path
from typing import Final

from ..base.input_names import STDIN, shown_name
from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.system import system_reason
from ..base.text import Text

LARGEST_FILE: Final = 32 * 1024 * 1024
"""Bytes. A plan of 20,000 participants takes about 4 MB."""

_NOT_FILES: Final = {
    stat.S_IFDIR: Text("Đây là thư mục, không phải tệp", "This is a folder, not a file"),
    stat.S_IFIFO: Text("Đây là ống dẫn (FIFO), không phải tệp", "This is a pipe (FIFO), not a file"),
    stat.S_IFSOCK: Text("Đây là socket, không phải tệp", "This is a socket, not a file"),
    stat.S_IFCHR: Text("Đây là thiết bị, không phải tệp", "This is a device, not a file"),
    stat.S_IFBLK: Text("Đây là thiết bị, không phải tệp", "This is a device, not a file"),
}


def unreadable(name: str, message: Text, fix: Text) -> Unreadable:
    """The problem PL006 of a whole file, to be raised."""
    return Unreadable(Problem(UNREADABLE, message, fix, Place(shown_name(name))))


def load(name: str) -> bytes:
    """The content of a regular file (links are followed), or of standard input for "-". Raises Unreadable."""
    try:
        content = sys.stdin.buffer.read(LARGEST_FILE + 1) if name == STDIN else _load(name)
    except (OSError, ValueError, AttributeError) as error:
        raise _explained(name, error) from None
    return not_too_large(name, content)


def not_too_large(name: str, content: bytes) -> bytes:
    """The content of an input, where it is within the limit. Raises Unreadable."""
    if len(content) > LARGEST_FILE:
        limit = LARGEST_FILE // 2**20
        raise unreadable(
            name,
            Text(f"Tệp lớn quá {limit} MB", f"The file is larger than {limit} MB"),
            Text(
                "Kiểm tra xem có chọn nhầm tệp không; chia thành nhiều tệp", "Check that it is the right file; split it"
            ),
        )
    return content


def _load(name: str) -> bytes:
    if not name:
        raise FileNotFoundError(name)
    kind = stat.S_IFMT(Path(name).stat().st_mode)
    if kind != stat.S_IFREG:
        raise unreadable(
            name,
            _NOT_FILES.get(kind, _NOT_FILES[stat.S_IFCHR]),
            Text(
                "Chọn một tệp; để đọc từ lệnh khác, dùng “-”",
                "Name a file; to read from another command, use “-”",
            ),
        )
    with Path(name).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _explained(name: str, error: Exception) -> Unreadable:
    """What the operating system's refusal means."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if name and os.path.islink(name):
            return unreadable(
                name,
                Text("Liên kết trỏ tới tệp không còn tồn tại", "The link leads to a file that isn't there"),
                Text("Tạo lại liên kết, hoặc chọn thẳng tệp gốc", "Mend the link, or name the file itself"),
            )
        return unreadable(
            name,
            Text("Không tìm thấy tệp", "There is no such file"),
            Text("Kiểm tra lại tên và thư mục", "Check the name and the folder"),
        )
    if isinstance(error, PermissionError):
        return unreadable(
            name,
            Text("Không có quyền đọc tệp", "No permission to read the file"),
            Text(
                "Xin quyền đọc, hoặc chép tệp về thư mục của mình",
                "Ask for permission, or copy the file to your folder",
            ),
        )
    if isinstance(error, OSError) and error.errno == errno.ELOOP:
        return unreadable(
            name,
            Text("Liên kết trỏ vòng lại chính nó", "The link leads back to itself"),
            Text("Tạo lại liên kết, hoặc chọn thẳng tệp gốc", "Mend the link, or name the file itself"),
        )
    why = system_reason(error) if isinstance(error, OSError) else Text(str(error), str(error))
    return unreadable(
        name,
        Text(f"Không đọc được tệp ({why.vi})", f"The file can't be read ({why.en})"),
        Text("Kiểm tra ổ đĩa hoặc kết nối rồi thử lại", "Check the disk or connection and try again"),
    )
