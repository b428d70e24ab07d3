"""Office files that are not read as they are, and how they become files that are."""

from typing import TYPE_CHECKING

from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text

if TYPE_CHECKING:
    pass


def refused(file: str, message: Text, fix: Text) -> Unreadable:
    return Unreadable(Problem(UNREADABLE, message, fix, Place(file)))


def conversion(file: str, suffix: str) -> str:
    """The command that converts a file of another kind with LibreOffice."""
    quoted = "'" + file.replace("'", "'\\''") + "'"
    return f"soffice --headless --convert-to {suffix.removeprefix('.')} {quoted}"


def converted(file: str, suffix: str) -> Text:
    """How to make a file of another kind one that can be read."""
    command = conversion(file, suffix)
    return Text(
        f"Lưu lại thành {suffix}, hoặc chạy: {command}",
        f"Save it as {suffix}, or run: {command}",
    )


def macros(file: str, suffix: str) -> Unreadable:
    return refused(
        file,
        Text(
            "Tệp có macro; chương trình không mở tệp có macro",
            "The file holds macros; files with macros are not opened",
        ),
        converted(file, suffix),
    )


def legacy(file: str, suffix: str) -> Unreadable:
    return refused(
        file,
        Text("Tệp thuộc định dạng cũ (.xls, .doc) hoặc khác", "The file has an old format (.xls, .doc) or another one"),
        converted(file, suffix),
    )
