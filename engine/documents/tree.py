"""The document that text formats share: plain data, and a tree of where each value stands in the text."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from ..base.problem import SYNTAX, Path, Place, Problem, Unreadable
from ..base.suggest import shown
from ..base.text import MOST_MARKS, Text, nfc, piled

DEEPEST: Final = 50
"""How deep values may nest. A plan nests 5 deep."""
MOST_NODES: Final = 500_000
"""How many values a document may hold, each alias counted as all that it stands for. 20,000 participants, all of them
seated and voted on, have 340,000."""
LONGEST_LINE: Final = 100_000
"""Code points of a line that is repeated beside what is said of it."""

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_UNWRITABLE: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"


class Span(NamedTuple):
    """From `start` up to `end`, as offsets in the text, in code points."""

    start: int
    end: int


@dataclass(slots=True)
class Node:
    """Where a value stands, and where what is in it stands: by key with the key's own span, or by index."""

    span: Span
    entries: dict[str, tuple[Span, "Node"]] | None = None
    items: list["Node"] | None = None

    def step(self, step: str | int) -> tuple[Span, "Node"] | None:
        """The span of the key (of the value, in a list) and the node at `step`; None where there is none."""
        if self.entries is not None:
            return self.entries.get(step) if isinstance(step, str) else None
        if self.items is not None and isinstance(step, int) and 0 <= step < len(self.items):
            node = self.items[step]
            return node.span, node
        return None


class Lines:
    """The lines of a text: from offsets to places and back to lines."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def place(self, span: Span) -> Place:
        """The place of a span; it has an end column when it ends on the line it starts on."""
        line = bisect_right(self._starts, span.start)
        start = self._starts[line - 1]
        ends_here = span.start < span.end and (line == len(self._starts) or span.end < self._starts[line])
        return Place(self.file, line, span.start - start + 1, span.end - start + 1 if ends_here else None)

    def line(self, number: int, longest: int | None = None) -> str | None:
        """The text of a line (from 1), without its end; None where there is no such line, or it is longer."""
        if not 1 <= number <= len(self._starts):
            return None
        start, after = self._starts[number - 1], self._starts[number : number + 1]
        end = after[0] if after else len(self.text)
        if longest is not None and end - start > longest:
            return None
        return self.text[start:end].rstrip("\r\n") if after else self.text[start:end]

    def refuse(self, message: Text, fix: Text, start: int, end: int | None = None) -> Unreadable:
        """The syntax error at an offset, to be raised."""
        place = self.place(Span(start, start + 1 if end is None else end))
        return Unreadable(Problem(SYNTAX, message, fix, place))

    def written(self, value: str, span: Span) -> str:
        """Text as the document gives it, in NFC. Raises Unreadable where an escape made what no text holds."""
        if not value.isprintable() and (found := re.search(_UNWRITABLE, value)):
            code = f"U+{ord(found[0]):04X}"
            raise self.refuse(
                Text(f"Văn bản có ký tự điều khiển {code}", f"The text holds the control character {code}"),
                Text("Xóa ký tự (mã thoát) này", "Delete that character (escape)"),
                *span,
            )
        if piled(value):
            raise self.refuse(
                Text(
                    f"Văn bản có hơn {MOST_MARKS} dấu chồng lên một chữ", f"A letter bears more than {MOST_MARKS} marks"
                ),
                Text("Gõ lại văn bản này", "Type this text anew"),
                *span,
            )
        return nfc(value)


class TextDocument:
    """A document read from text. Offsets become places only when they are asked for."""

    def __init__(self, lines: Lines, data: object, root: Node) -> None:
        self.data = data
        self.root = root
        self._lines = lines
        self.notices: tuple[Problem, ...] = ()

    @property
    def file(self) -> str:
        return self._lines.file

    @property
    def text(self) -> str:
        """The whole text, without a byte order mark."""
        return self._lines.text

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value at `path` stands (with `key`, its key), or the nearest value around it."""
        span, node = self.root.span, self.root
        for step in path:
            found = node.step(step)
            if found is None:
                return self._lines.place(node.span)
            node = found[1]
            span = found[0] if key else node.span
        return self._lines.place(span)

    def label(self, path: Path) -> None:
        """Texts have the plan's own keys."""

    def excerpt(self, place: Place) -> str | None:
        """The line of text at `place`; None where it is too long to be looked at."""
        return None if place.line is None else self._lines.line(place.line, LONGEST_LINE)


def too_deep(lines: Lines, start: int, end: int | None = None) -> Unreadable:
    return lines.refuse(
        Text(f"Dữ liệu lồng nhau quá {DEEPEST} cấp", f"Values nest more than {DEEPEST} deep"),
        Text("Viết lại phần này theo mẫu", "Write this part as the form shows"),
        start,
        end,
    )


def too_many(lines: Lines, start: int, end: int | None = None) -> Unreadable:
    return lines.refuse(
        Text(
            f"Tài liệu có hơn {MOST_NODES:,} giá trị".replace(",", "."),
            f"The document holds more than {MOST_NODES:,} values",
        ),
        Text(
            "Chia thành nhiều tệp; nếu có dùng bí danh (*tên) thì viết thẳng giá trị ra",
            "Split it into several files; if it uses aliases (*name), write the values out",
        ),
        start,
        end,
    )


def duplicate_key(lines: Lines, key: str, span: Span, first: Span) -> Unreadable:
    where = lines.place(first)
    at = Text(f"dòng {where.line}, cột {where.column}", f"line {where.line}, column {where.column}")
    if where.line == lines.place(span).line:  # The text may itself be a line of a larger file, of another number.
        at = Text(f"cột {where.column} của dòng này", f"column {where.column} of this line")
    return lines.refuse(
        Text(f"Khóa “{shown(key)}” đã có ở {at.vi}", f"Key “{shown(key)}” already stands at {at.en}"),
        Text("Bỏ một trong hai, hoặc đổi tên khóa viết sai", "Remove one of the two, or rename the one mistyped"),
        *span,
    )


def number_out_of_range(lines: Lines, span: Span) -> Unreadable:
    return lines.refuse(
        Text("Số nằm ngoài phạm vi cho phép", "The number is out of range"),
        Text(
            "Viết số hữu hạn trong khoảng ±9.223.372.036.854.775.807; nếu là mã số thì đặt trong dấu nháy kép",
            "Write a finite number within ±9,223,372,036,854,775,807; put a code in double quotes",
        ),
        *span,
    )


LARGEST_NUMBER: Final = 2**63 - 1
