"""From a line of JSONL to a plan, quickly: what audits read most, and nearly always find in order.

The plan comes as structs (structs.py). Whatever is doubtful gives None: the line then goes the slow way, through the
readers, for the full explanation. Never is a plan accepted here that would be refused there
(tests/engine/audit/quick/test_decode.py).

Three things make it quick. Names and other texts that only people read stay as bytes until somebody asks for them;
whether they are proper is asked of those that no line had before, all together. And a plan that is encoded again tells
whether the line held anything that the plan does not hold: a key given twice.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any, Final, cast
from unicodedata import is_normalized

import msgspec
from pydantic_core import PydanticCustomError

from ...base.asked_once import AskedOnce
from ...base.look_alikes import KINDS, are_plain_kinds
from ...base.nothing_said import may_say_nothing, says_nothing
from ...base.unseen import holds_unseen
from ...model.agreement import agrees
from ...model.description import TYPE, Description, Field
from ...model.document_types import DEFAULT, description
from ...model.gathering import gathered, listing
from ...model.records import DocumentRecord, document_class
from ...model.types import LONGEST_TEXT
from .structs import as_written, settling, struct

LONGEST_LINE: Final = 1_000_000
"""In bytes. A longer line may hold more values than the readers accept; it is for them to count."""

_VIETNAMESE: Final = tuple(letter.encode() for letter in "Đđộạảấầậươớờủứễệ")
"""Letters that no other Unicode text has. Text without any of them may be in an older encoding; the readers know."""

PLAIN: Final = bytes(range(0x21, 0x7F)).translate(None, b"<@\\")
"""What may stand anywhere in a text: nothing is amiss with texts that hold no other bytes."""

_DOUBTFUL: Final = "[", "{", "@"
"""Collections, where texts should be; what ids may not hold."""


_CLASSES: Final = bytes(
    ord('"') if byte in b' <"' else ord("!") if chr(byte) in _DOUBTFUL else kind for byte, kind in enumerate(KINDS)
)
"""The kinds of bytes; and a quote for a space and for what opens a `<…>` that is still to be filled in, so that no two
quotes side by side mean: no space at either end of a text, nothing still to be filled in, and no text that is empty."""


def decode_line(line: bytes, types: Mapping[str, Description | None] | None = None) -> DocumentRecord | None:
    """The document in one line of JSON, of one of the types (by id; else a plan), or None where only the readers can tell
    whether it holds one."""
    line = line.rstrip()
    if len(line) > LONGEST_LINE or not may_be_utf8(line):
        return None
    known = {DEFAULT: description()} if types is None else types
    try:
        if plan := known.get(DEFAULT):
            with suppress(msgspec.ValidationError):  # as of lines that say their type: a plan has no such key
                return _quick(plan).decode(line)
        named = _NAMED.decode(line).document if _KEY in line else DEFAULT
        other = None if named == DEFAULT else known.get(named)
        return None if other is None else _quick(other).decode(line)
    except (msgspec.MsgspecError, PydanticCustomError, UnicodeError, RecursionError):
        return None


def may_be_utf8(line: bytes | bytearray) -> bool:
    """Whether a line is no text in an older encoding, for all that its letters tell."""
    return line.isascii() or any(letter in line for letter in _VIETNAMESE)


class _Named(msgspec.Struct):
    document: str = DEFAULT


_KEY: Final = f'"{TYPE}"'.encode()
_NAMED: Final = msgspec.json.Decoder(_Named)
_TEXT: Final = msgspec.json.Decoder(str)
_ENCODER: Final = msgspec.json.Encoder()


@cache
def _quick(known: Description) -> "_Quick":
    return _Quick(known)


class _Quick:
    """What reads lines that hold documents of one type."""

    def __init__(self, known: Description) -> None:
        kind: Any = document_class(known)
        self._plan = msgspec.json.Decoder(struct(kind, "line"))
        self._settle = settling(kind)
        self._measures = any(field.type in ("number", "percentage") for _, _, field in known.fields)
        self._written, self._texts, self._said = (_collector(known, sort) for sort in ("written", "text", "said"))

    def decode(self, line: bytes) -> DocumentRecord | None:
        """The document, or None. Raises msgspec's errors, PydanticCustomError, UnicodeError, RecursionError."""
        plan = self._plan.decode(line)
        if not self._is_whole(line, _ENCODER.encode(plan)):
            return None
        self._settle(plan)
        proper = (
            _ARE_TOLD(as_written(self._written(plan)))
            and all(_are_plain(texts) or _ARE_PROPER(texts) for texts in self._texts(plan))
            and _SAY_SOMETHING([text for column in self._said(plan) for text in column])
            and agrees(cast(DocumentRecord, plan))
        )
        return cast(DocumentRecord, plan) if proper else None

    def _is_whole(self, line: bytes, encoded: bytes) -> bool:
        """Whether the line gives no key twice, of which the first would be lost.

        What it gave is encoded again. Nothing is written shorter than that, but 5 for 5.0, so a line of the same length holds
        nothing more. Else as many quotes will do: there may be spaces; a quote within a text is not proper.
        """
        return (len(encoded) == len(line) and not self._measures) or encoded.count(b'"') == line.count(b'"')


def _are_plain(texts: list[str]) -> bool:
    joined = "".join(texts)
    return joined.isascii() and not joined.encode().translate(None, PLAIN)


def are_proper(texts: list[str]) -> bool:
    """Whether all texts are as the readers give them: NFC, nothing unseen or to strip, none empty. Raises UnicodeError."""
    return _in_quotes(b'"%b"' % '","'.join(texts).encode(), len(texts))


def _say_something(texts: list[str]) -> bool:
    return are_proper(texts) and not any(map(says_nothing, texts))


def _are_told(written: list[bytes]) -> bool:
    """Whether texts as JSON writes them are texts, proper, not too long, and say something; in doubt they aren't."""
    if max(map(len, written)) > LONGEST_TEXT:
        return False
    quoted = b",".join(written)
    if b"\\" in quoted:
        quoted = b'"%b"' % '","'.join(map(_TEXT.decode, written)).encode()
    return _in_quotes(quoted, len(written)) and not may_say_nothing(quoted)


def _in_quotes(quoted: bytes, count: int) -> bool:
    """Whether these are so many texts in quotes, a comma between them, and all of them proper. Raises UnicodeError."""
    classes = quoted.translate(_CLASSES)
    return (
        quoted.count(b'"') == 2 * count
        and b'""' not in classes
        and (are_plain_kinds(classes) or _is_printed(quoted.decode()))  # all is printable, and in NFC
    )


_ARE_PROPER: Final = AskedOnce(are_proper)
_SAY_SOMETHING: Final = AskedOnce(_say_something)
_ARE_TOLD: Final = AskedOnce(_are_told)


def _is_printed(text: str) -> bool:
    doubtful = any(mark in text for mark in _DOUBTFUL)
    return not doubtful and text.isprintable() and is_normalized("NFC", text) and not holds_unseen(text)


def _collector(known: Description, sort: str) -> Callable[[Any], list[Any]]:
    """A function that gives the texts of one sort: as `written`, those that stay bytes; else a list for each field."""
    sorts = {steps: _sort(field) for steps, _, field in known.fields}
    if sort == "written":
        lists = (f"*{gathered(known, steps, f'written_{steps[-1]}')}" for steps, of in sorts.items() if of == sort)
    else:
        lists = (gathered(known, steps) for steps, of in sorts.items() if of == sort)
    return listing(lists)


def _sort(field: Field) -> str:
    """What is asked of the texts of a field."""
    kind = field.of if field.type == "list" else field.type
    if kind == "text" and field.nature != "secret":
        return "written" if field.type == "text" and field.required and field.longest is None else "said"
    return "text" if kind in ("text", "identifier") else ""
