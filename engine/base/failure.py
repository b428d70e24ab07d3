"""A fault of the program on one file: told of that file, so that it costs no other file anything."""

import os

from .libraries import missing
from .limits import Limits, exceeded
from .problem import ENGINE, UNREADABLE, Place, Problem, Unreadable
from .text import Text

DEBUG = "THAMDINH_DEBUG"
"""The environment variable with which failures show where they come from."""


class told:  # noqa: N801  # it reads as what happens to the file
    """A context in which what fails unforeseen is raised as Unreadable, with a problem that names the file.

    While `reading` it is most likely the file that is damaged: PL006. Afterwards it is EN001.
    """

    __slots__ = ("_file", "_reading")

    def __init__(self, file: str, *, reading: bool = False) -> None:
        self._file, self._reading = file, reading

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception) and not isinstance(error, Unreadable) and not os.environ.get(DEBUG):
            raise Unreadable(_problem(self._file, error, reading=self._reading)) from error


def _problem(file: str, error: Exception, *, reading: bool) -> Problem:
    if isinstance(error, ImportError) and (library := missing(error, file)) is not None:
        return library
    name = type(error).__name__
    if isinstance(error, MemoryError):
        return exceeded(file, "memory", Limits())
    if isinstance(error, RecursionError) or reading:
        nested = isinstance(error, RecursionError)
        return Problem(
            UNREADABLE,
            Text("Nội dung tệp lồng nhau quá nhiều cấp", "The file's content nests too deep")
            if nested
            else Text(
                f"Không đọc được tệp: nội dung hỏng, hoặc có dạng chưa được lường trước ({name})",
                f"The file can't be read: it is damaged, or of a form that was not foreseen ({name})",
            ),
            Text(
                "Mở tệp bằng chương trình đã tạo ra nó, lưu lại rồi thử lại; nếu vẫn gặp, gửi tệp cho bộ phận hỗ trợ",
                "Open it with the program that made it, save it anew and try again; if it persists, send it to the maintainers",
            ),
            Place(file),
        )
    return Problem(
        ENGINE,
        Text(
            f"Chương trình gặp sự cố với tệp này ({name}), nên chưa có kết luận",
            f"The program failed on this file ({name}), so there is no verdict",
        ),
        Text(
            f"Chạy lại; nếu vẫn gặp, đặt {DEBUG}=1, chạy riêng tệp này và gửi nội dung hiện ra cho bộ phận hỗ trợ",
            f"Run again; if it persists, set {DEBUG}=1, run on this file alone and send what is printed to the maintainers",
        ),
        Place(file),
    )
