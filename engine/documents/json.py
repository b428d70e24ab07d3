"""JSON (RFC 8259) to a Document: with the place of every key and value, and no guessing where it is wrong."""

import json
import math
import re
from pathlib import Path
from typing import Final

from ..base.problem import Unreadable
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

_SPACE: Final = re.compile(r"[ \t\n\r]*")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?(?![0-9A-Za-z.])")
_WORD: Final = re.compile(r"[-+.]?\w+")
_TEXT: Final = json.JSONDecoder()
_CONSTANTS: Final = {"true": True, "false": False, "null": None}
_LONGEST_NUMBER: Final = 400
_SCHEMA: Final = "$schema"
"""The key by which editors find the JSON Schema of a document: it is no part of the content."""
_SAID: Final = {
    name: (Text(**said["message"]), Text(**said["fix"]))
    for name, said in json.loads(Path(__file__).with_name("json_errors.json").read_bytes()).items()
}
_IN_STRINGS: Final = {"Unterminated": "unterminated", "control": "control", "": "escape"}
"""What is said of a string, by a word of the parser's complaint."""


def read(file: str, content: bytes) -> TextDocument:
    """The document in `content`. Raises Unreadable."""
    lines = Lines(file, decode(file, content))
    return _Scanner(lines).document()


class _Scanner:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._text = lines.text
        self._position = 0
        self._nodes = 0

    def document(self) -> TextDocument:
        data, root = self._value(0)
        if isinstance(data, dict):
            data.pop(_SCHEMA, None)
        if self._next():
            raise self._refuse(_SAID["after"])
        return TextDocument(self._lines, data, root)

    def _next(self) -> str:
        """The next character that isn't blank, without taking it; empty at the end."""
        space = _SPACE.match(self._text, self._position)
        assert space is not None
        self._position = space.end()
        return self._text[self._position : self._position + 1]

    def _refuse(self, words: tuple[Text, Text]) -> Unreadable:
        """The syntax error at this position; some causes are plain from what stands here."""
        here = self._text[self._position : self._position + 2]
        if not here:
            words = _SAID["end"]
        elif here[0] == "#" or here in ("//", "/*"):
            words = _SAID["comment"]
        elif here[0] in "'‘’“”":
            words = _SAID["quotes"]
        return self._lines.refuse(*words, self._position)

    def _value(self, depth: int) -> tuple[object, Node]:
        first = self._next()
        start = self._position
        self._nodes += 1
        if depth > DEEPEST:
            raise too_deep(self._lines, start)
        if self._nodes > MOST_NODES:
            raise too_many(self._lines, start)
        if first == '"':
            text, span = self._string()
            return text, Node(span)
        if first == "{":
            return self._object(start, depth)
        if first == "[":
            return self._array(start, depth)
        return self._atom(start)

    def _string(self) -> tuple[str, Span]:
        start = self._position
        try:
            value, self._position = _TEXT.raw_decode(self._text, start)
        except json.JSONDecodeError as error:
            message, fix = next(_SAID[said] for word, said in _IN_STRINGS.items() if word in error.msg)
            raise self._lines.refuse(message, fix, error.pos) from None
        span = Span(start, self._position)
        return self._lines.written(value, span), span

    def _atom(self, start: int) -> tuple[object, Node]:
        found = _NUMBER.match(self._text, start)
        if found is not None:
            self._position = found.end()
            span = Span(start, found.end())
            return self._number(found, span), Node(span)
        word = _WORD.match(self._text, start)
        if word is None:
            raise self._refuse(_SAID["value"])
        self._position = word.end()
        span = Span(*word.span())
        if word[0] in _CONSTANTS:
            return _CONSTANTS[word[0]], Node(span)
        if word[0].lstrip("+-").lower() in ("nan", "inf", "infinity"):
            raise number_out_of_range(self._lines, span)
        raise self._lines.refuse(
            *(_SAID["number_form"] if word[0].lstrip("+-.")[:1].isdigit() else _SAID["quotes"]), *span
        )

    def _number(self, found: re.Match[str], span: Span) -> int | float:
        if len(found[0]) <= _LONGEST_NUMBER:
            number = int(found[0]) if found[1] is None and found[2] is None else float(found[0])
            if math.isfinite(number) if isinstance(number, float) else abs(number) <= LARGEST_NUMBER:
                return number
        raise number_out_of_range(self._lines, span)

    def _object(self, start: int, depth: int) -> tuple[dict[str, object], Node]:
        data: dict[str, object] = {}
        entries: dict[str, tuple[Span, Node]] = {}
        self._position += 1
        closed = self._next() == "}"
        while not closed:
            if self._next() != '"':
                raise self._refuse(_SAID["trailing_comma"] if self._next() == "}" else _SAID["quotes"])
            key, span = self._string()
            if key in entries:
                raise duplicate_key(self._lines, key, span, entries[key][0])
            if self._next() != ":":
                raise self._refuse(_SAID["colon"])
            self._position += 1
            data[key], node = self._value(depth + 1)
            entries[key] = span, node
            closed = self._closes("}")
        self._position += 1
        return data, Node(Span(start, self._position), entries)

    def _array(self, start: int, depth: int) -> tuple[list[object], Node]:
        data: list[object] = []
        items: list[Node] = []
        self._position += 1
        closed = self._next() == "]"
        while not closed:
            if self._next() == "]":
                raise self._refuse(_SAID["trailing_comma"])
            value, node = self._value(depth + 1)
            data.append(value)
            items.append(node)
            closed = self._closes("]")
        self._position += 1
        return data, Node(Span(start, self._position), None, items)

    def _closes(self, bracket: str) -> bool:
        """Whether the collection closes here; takes the comma when it goes on."""
        following = self._next()
        if following == bracket:
            return True
        if following != ",":
            raise self._refuse(_SAID["comma"])
        self._position += 1
        return False
