"""The one way to say that a file can't be written."""

from pathlib import Path
from typing import Final

from .problem import UNREADABLE, Place, Problem
from .readers.source import shown_name
from .system import has_no_room, reason
from .text import Text


def unwritable(path: Path, error: OSError) -> Problem:
    """The problem of a file, or of what is in a folder, that the system won't let be written."""
    why = reason(error)
    return Problem(
        UNREADABLE,
        Text(f"Không ghi được tệp ({why.vi})", f"The file can't be written ({why.en})"),
        _MAKE_ROOM if has_no_room(error) else _CHECK_FOLDER,
        Place(shown_name(str(path))),
    )


_MAKE_ROOM: Final = Text("Dọn chỗ trên đĩa, hoặc ghi vào nơi khác", "Make room on the disk, or write elsewhere")
_CHECK_FOLDER: Final = Text(
    "Kiểm tra thư mục có tồn tại và có quyền ghi", "Check that the folder exists and may be written to"
)
