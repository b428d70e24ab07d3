"""A line of JSONL whose plan was decoded quickly, as a document: places are looked for only where a finding needs one."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from ..problem import Path, Place

_scan: Final[Callable[[str, int], tuple[object, int]]] = json.JSONDecoder().scan_once  # type: ignore[attr-defined]
"""From a position in a text to the value that starts there, and the position after it."""


@dataclass(frozen=True)
class QuickLine:
    """The line (from 1) of a file. It is known to hold a plan, so it is well-formed and gives no key twice."""

    content: bytes
    file: str
    line: int

    @cached_property
    def data(self) -> object:
        """The content of the line."""
        return json.loads(self.content)

    @cached_property
    def _text(self) -> str:
        return self.content.decode()

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at `path` stands (with `key`, its key), or the nearest value around it: as readers/json.py tells."""
        start = _after_spaces(self._text, 0)
        last: tuple[int, int] | None = None
        for step in path:
            found = _step(self._text, start, step)
            if found is None:
                last = None
                break
            last, start = found
        begin, end = last if key and last is not None else (start, _scan(self._text, start)[1])
        return Place(self.file, self.line, begin + 1, end + 1)

    def excerpt(self, place: Place) -> str | None:  # noqa: ARG002
        """The whole line."""
        return self._text.rstrip("\r\n")


def _step(text: str, start: int, step: str | int) -> tuple[tuple[int, int], int] | None:
    """Where the key at one step stands (an item stands for its own), and where its value begins; None without one."""
    if text[start] not in "{[":
        return None
    is_object, position, index = text[start] == "{", _after_spaces(text, start + 1), 0
    while text[position] not in "]}":
        begin = position
        found, end = _scan(text, begin)
        if is_object:
            position = _after_spaces(text, _after_spaces(text, end) + 1)  # the colon lies between
        if step == (found if is_object else index):
            return (begin, end), position
        position = _after_spaces(text, _scan(text, position)[1] if is_object else end)
        if text[position] == ",":
            position = _after_spaces(text, position + 1)
        index += 1
    return None


def _after_spaces(text: str, position: int) -> int:
    while text[position] in " \t\n\r":
        position += 1
    return position
