"""The one way to say that a file can't be written."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from .input_names import shown_name
from .problem import UNREADABLE, Place, Problem, Unreadable
from .system import has_no_room, system_reason
from .text import Text


def unwritable(path: Path, error: OSError) -> Problem:
    """The problem of a file, or of what is in a folder, that the system won't let be written."""
    place = Place(shown_name(str(path)))
    if error.errno == errno.EEXIST:
        return Problem(UNREADABLE, _EXISTS, _OTHER_NAME, place)
    if error.errno == errno.ELOOP and os.path.islink(path):
        return Problem(UNREADABLE, _LINK, _TARGET, place)
    why = system_reason(error)
    return Problem(
        UNREADABLE,
        Text(f"Không ghi được tệp ({why.vi})", f"The file can't be written ({why.en})"),
        _MAKE_ROOM if has_no_room(error) else _CHECK_FOLDER,
        place,
    )


@contextmanager
def writing(path: Path, *, named: bool = False) -> Iterator[None]:
    """While a file is written, or what is in a folder: raises Unreadable where the system refuses it, with `named` of the
    file that it names."""
    try:
        yield
    except OSError as error:
        raise Unreadable(unwritable(Path((named and error.filename) or path), error)) from None


_EXISTS: Final = Text("Đã có rồi, không ghi đè", "It exists already and is not overwritten")
_OTHER_NAME: Final = Text("Chọn tên khác, hoặc xóa cái cũ trước", "Choose another name, or delete the old one first")
_LINK: Final = Text(
    "Đây là liên kết; chương trình không ghi qua liên kết", "It is a symbolic link; nothing is written through links"
)
_TARGET: Final = Text(
    "Ghi tên tệp mà liên kết trỏ tới, hoặc chọn tên khác", "Name the file it leads to, or choose another name"
)


_MAKE_ROOM: Final = Text("Dọn chỗ trên đĩa, hoặc ghi vào nơi khác", "Make room on the disk, or write elsewhere")
_CHECK_FOLDER: Final = Text(
    "Kiểm tra thư mục có tồn tại và có quyền ghi", "Check that the folder exists and may be written to"
)
