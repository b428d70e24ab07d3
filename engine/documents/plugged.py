"""Documents of readers that other distributions bring, held to what our own readers hold to."""

import math
from dataclasses import replace
from typing import Any, Final

from ..base.plug_ins import PlugIn
from ..base.problem import BY_PLUG_IN, Path, Place, Problem, Unreadable
from ..base.text import Text
from .document import Document
from .tree import DEEPEST, LARGEST_NUMBER, MOST_NODES, Lines, Span

_START: Final = Span(0, 0)


class PluggedDocument:
    """What a plug-in has read. Whatever it fails at is told of it by name. Raises Unreadable."""

    def __init__(self, file: str, content: bytes, by: PlugIn) -> None:
        self.file, self._by = file, by
        with by.held(Place(file)):
            self._document: Document = by.implementation.read(file, content)
            self._left = MOST_NODES
            self.data = self._checked(self._document.data, ())
            self.notices = (_read_by(by, file), *self._document.notices)
            if not all(isinstance(notice, Problem) for notice in self.notices):
                raise TypeError(f"notices: {self._document.notices!r}")

    def place(self, path: Path, *, key: bool = False) -> Place:
        with self._by.held(Place(self.file)):
            place = self._document.place(path, key=key)
            if not isinstance(place, Place) or place.file != self.file:
                raise TypeError(f"place: {place!r}")
            return place

    def label(self, path: Path) -> str | None:
        with self._by.held(Place(self.file)):
            return self._document.label(path)

    def excerpt(self, place: Place) -> str | None:
        with self._by.held(Place(self.file)):
            return self._document.excerpt(place)

    def _checked(self, value: Any, path: Path) -> Any:
        """The value as a document holds it, its texts in NFC. Raises TypeError and ValueError for what no document holds."""
        self._left -= 1
        if len(path) > DEEPEST or self._left < 0:
            raise ValueError("too deep, or too large")
        match value:
            case None | bool():
                return value
            case str():
                return self._text(value, path)
            case int() | float() if math.isfinite(value) and abs(value) <= LARGEST_NUMBER:
                return value
            case dict() if all(isinstance(key, str) for key in value):
                made = {self._text(key, path): self._checked(item, (*path, key)) for key, item in value.items()}
                if len(made) == len(value):
                    return made
            case list():
                return [self._checked(item, (*path, index)) for index, item in enumerate(value)]
        raise TypeError(f"data: {value!r}")

    def _text(self, value: str, path: Path) -> str:
        try:
            return Lines(self.file, "").written(value, _START)
        except Unreadable as unreadable:
            raise Unreadable(*(replace(item, place=self.place(path)) for item in unreadable.problems)) from None


def _read_by(by: PlugIn, file: str) -> Problem:
    return Problem(
        BY_PLUG_IN,
        Text(
            f"Tệp này do phần mở rộng “{by.name}” của gói {by.distribution} đọc, không phải do chương trình",
            f"The plug-in “{by.name}” of the package {by.distribution} read this file, not the program itself",
        ),
        Text(
            "Nếu cơ quan không cài gói này thì đừng dùng kết luận; hỏi người quản trị máy",
            "If your office did not install it, do not rely on the verdict; ask who looks after the machine",
        ),
        Place(file),
    )
