"""YAML to a Document: the core types of YAML 1.2 alone, with the place of every key and value.

Built on the parser's events, so that depth, size and aliases are checked before anything is made of them.
Times stay text (12:30 is no number and 2017-12-28 no date), and so do yes and no.
"""

import math
import re
from collections.abc import Iterator
from typing import Any, Final

import yaml

from ..base.suggest import shown
from ..base.text import Text
from .encoding import decode
from .tree import (
    DEEPEST,
    LARGEST_NUMBER,
    MOST_NODES,
    Lines,
    Node,
    Span,
    TextDocument,
    duplicate_key,
    number_out_of_range,
    too_deep,
    too_many,
)

_Loader: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# YAML 1.2 and editors end no line here, but PyYAML does; one blank for each keeps every offset.
_NO_LINE_ENDS: Final = "\u0085\u2028\u2029"
_OTHER_LINE_END: Final = re.compile(f"[{_NO_LINE_ENDS}]")
_COMMENT: Final = re.compile(r"(?<!\S)#[^\n\r]*")

_CORE: Final = "tag:yaml.org,2002:"
_CONSTANTS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"[-+]?\d+|0o[0-7]+|0x[\da-fA-F]+", re.ASCII)
_FLOAT: Final = re.compile(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", re.ASCII)
Scalar = str | int | float | bool | None
Event = Any
"""One of PyYAML's events, whose stubs leave most attributes out."""


def read(file: str, content: bytes) -> TextDocument:
    """The one document in `content`. Raises Unreadable."""
    text = decode(file, content)
    lines = Lines(file, text)
    try:
        return _Composer(lines).document()
    except yaml.YAMLError as error:
        from .yaml_errors import yaml_problem

        raise yaml_problem(error, lines) from error


def _span(event: Event, last: Event | None = None) -> Span:
    """Where an event stands, or all from one event to the last one of a collection."""
    return Span(event.start_mark.index, (last or event).end_mark.index)


def _refuse_in_comments(lines: Lines) -> None:
    """YAML 1.1 and some editors show what follows in a comment as a line of the plan. Raises Unreadable."""
    for comment in _COMMENT.finditer(lines.text):
        if found := _OTHER_LINE_END.search(comment[0]):
            code, at = f"U+{ord(found[0]):04X}", comment.start() + found.start()
            raise lines.refuse(
                Text(
                    f"Chú thích có ký tự xuống dòng lạ {code}: phần sau nó có nơi hiện thành dòng mới",
                    f"A comment holds the line end {code}: some programs show what follows as a line of its own",
                ),
                Text("Xóa ký tự này, rồi xuống dòng bằng phím Enter", "Delete it, and end the line with Enter"),
                at,
                at + 1,
            )


class _Composer:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        text = lines.text
        if _OTHER_LINE_END.search(text):
            _refuse_in_comments(lines)
            text = _OTHER_LINE_END.sub(" ", text)
        self._events: Iterator[Event] = yaml.parse(text, Loader=_Loader)
        self._anchors: dict[str, tuple[object, Node, int, int]] = {}
        self._nodes = 0
        self._deepest = 0

    def document(self) -> TextDocument:
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return TextDocument(self._lines, None, Node(Span(0, 0)))
        data, root = self._value(next(self._events), 0)
        next(self._events)  # the end of the document
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise self._lines.refuse(
                Text("Tệp có hơn một tài liệu YAML (dấu ---)", "The file holds more than one YAML document (---)"),
                Text("Mỗi tệp chỉ viết một văn bản; tách phần này ra tệp khác", "Move this part to a file of its own"),
                *_span(after),
            )
        return TextDocument(self._lines, data, root)

    def _value(self, event: Event, depth: int) -> tuple[object, Node]:
        start = event.start_mark.index
        self._nodes += 1
        if depth > DEEPEST:
            raise too_deep(self._lines, start)
        if self._nodes > MOST_NODES:
            raise too_many(self._lines, start)
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, depth)
        if event.tag is not None:
            raise self._tagged(event)
        before, outer, self._deepest = self._nodes, self._deepest, depth
        if isinstance(event, yaml.ScalarEvent):
            span = _span(event)
            made: tuple[object, Node] = self._scalar(event, span), Node(span)
        elif isinstance(event, yaml.MappingStartEvent):
            made = self._mapping(event, depth)
        else:
            made = self._sequence(event, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = (*made, self._nodes - before, self._deepest - depth)
        self._deepest = max(outer, self._deepest)
        return made

    def _alias(self, event: Event, depth: int) -> tuple[object, Node]:
        span = _span(event)
        if event.anchor not in self._anchors:
            raise self._lines.refuse(
                Text(
                    f"Bí danh *{shown(event.anchor)} chưa được đặt ở trên",
                    f"Alias *{shown(event.anchor)} stands for nothing above",
                ),
                Text(
                    "Viết thẳng giá trị, hoặc đặt văn bản trong dấu nháy", "Write the value itself, or quote the text"
                ),
                *span,
            )
        data, node, nodes, height = self._anchors[event.anchor]
        self._nodes += nodes
        self._deepest = max(self._deepest, depth + height)
        if self._deepest > DEEPEST:
            raise too_deep(self._lines, *span)
        if self._nodes > MOST_NODES:
            raise too_many(self._lines, *span)
        return data, Node(span, node.entries, node.items)

    def _mapping(self, event: Event, depth: int) -> tuple[dict[str, object], Node]:
        data: dict[str, object] = {}
        entries: dict[str, tuple[Span, Node]] = {}
        while not isinstance(key_event := next(self._events), yaml.MappingEndEvent):
            key, span = self._key(key_event)
            if key in entries:
                raise duplicate_key(self._lines, key, span, entries[key][0])
            value, node = self._value(next(self._events), depth + 1)
            data[key] = value
            entries[key] = span, node
        return data, Node(_span(event, key_event), entries)

    def _sequence(self, event: Event, depth: int) -> tuple[list[object], Node]:
        data: list[object] = []
        items: list[Node] = []
        while not isinstance(item := next(self._events), yaml.SequenceEndEvent):
            value, node = self._value(item, depth + 1)
            data.append(value)
            items.append(node)
        return data, Node(_span(event, item), None, items)

    def _key(self, event: Event) -> tuple[str, Span]:
        span = _span(event)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._lines.refuse(
                Text("Khóa phải là văn bản", "A key must be text"),
                Text("Viết khóa thành một từ, ví dụ “name: …”", "Write the key as one word, such as “name: …”"),
                *span,
            )
        if event.value == "<<" and event.implicit[0]:
            raise self._lines.refuse(
                Text("Không dùng khóa gộp “<<”", "Merge keys (“<<”) are not allowed"),
                Text("Viết đủ các khóa ở đây", "Write all the keys out here"),
                *span,
            )
        if event.tag is not None:
            raise self._tagged(event)
        return self._lines.written(event.value, span), span

    def _scalar(self, event: Event, span: Span) -> Scalar:
        return self._resolve(event.value, span) if event.implicit[0] else self._lines.written(event.value, span)

    def _resolve(self, value: str, span: Span) -> Scalar:
        if value in _CONSTANTS:
            return _CONSTANTS[value]
        if value[0] not in "+-.0123456789":
            return self._lines.written(value, span)
        if _INTEGER.fullmatch(value):
            if len(value) > 30 or abs(integer := int(value, 0 if value[1:2] in ("o", "x") else 10)) > LARGEST_NUMBER:
                raise number_out_of_range(self._lines, span)
            return integer
        if _FLOAT.fullmatch(value):
            number = float(value.lower().replace(".inf", "inf").replace(".nan", "nan"))
            if not math.isfinite(number):
                raise number_out_of_range(self._lines, span)
            return number
        return self._lines.written(value, span)

    def _tagged(self, event: Event) -> Exception:
        """What refuses a tag, of whatever kind: what a value is shows by how it is written."""
        written = shown(event.tag.replace(_CORE, "!!"))
        return self._lines.refuse(
            Text(f"Không dùng thẻ kiểu “{written}” ở đây", f"The tag “{written}” is not allowed here"),
            Text("Xóa thẻ, chỉ viết giá trị", "Delete the tag and write the value alone"),
            *_span(event),
        )
