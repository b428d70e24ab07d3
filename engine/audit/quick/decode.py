"""From a line of JSONL to a plan, quickly: what audits read most, and nearly always find in order.

The plan comes as structs (structs.py). Whatever is doubtful gives None: the line then goes the slow way, through the
readers, for the full explanation. Never is a plan accepted here that would be refused there
(tests/engine/audit/quick/test_decode.py).

Three things make it quick. Names and other texts that only people read stay as bytes until somebody asks for them;
that all of them are proper is seen at a glance, on all texts of the plan put together. And a plan that is encoded again
tells whether the line held anything that the plan does not hold: a key given twice.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final, cast
from unicodedata import is_normalized

import msgspec
from pydantic_core import PydanticCustomError

from ...base.look_alikes import KINDS, are_plain_kinds
from ...base.nothing_said import may_say_nothing, says_nothing
from ...base.unseen import holds_unseen
from ...model.agreement import agrees
from ...model.description import TYPE, Description, Field
from ...model.document_types import DEFAULT, description
from ...model.gathering import gathered, listing
from ...model.records import DocumentRecord, document_class
from ...model.types import LONGEST_TEXT
from .structs import settling, struct

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
    if len(line) > LONGEST_LINE or not (line.isascii() or any(letter in line for letter in _VIETNAMESE)):
        return None
    try:
        named = _NAMED.decode(line).document if _KEY in line else DEFAULT
        known = description() if types is None and named == DEFAULT else (types or {}).get(named)
        return None if known is None else _quick(known).decode(line)
    except (msgspec.MsgspecError, PydanticCustomError, UnicodeError, RecursionError):
        return None


class _Named(msgspec.Struct):
    document: str = DEFAULT


_KEY: Final = f'"{TYPE}"'.encode()
_NAMED: Final = msgspec.json.Decoder(_Named)
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
        texts, said = self._texts(plan), self._said(plan)
        quoted = b",".join(written := self._written(plan))
        if b"\\" in quoted:
            quoted = b'"%b"' % '","'.join(msgspec.json.decode(raw, type=str) for raw in written).encode()
        proper = (
            are_proper(quoted, len(written), [*texts, *said])
            and not may_say_nothing(quoted)
            and not any(says_nothing(text) for column in said for text in column)
            and agrees(cast(DocumentRecord, plan))
        )
        return cast(DocumentRecord, plan) if proper else None

    def _is_whole(self, line: bytes, encoded: bytes) -> bool:
        """Whether the line gives no key twice, of which the first would be lost.

        What it gave is encoded again. Nothing is written shorter than that, but 5 for 5.0, so a line of the same length holds
        nothing more. Else as many quotes will do: there may be spaces; a quote within a text is not proper.
        """
        return (len(encoded) == len(line) and not self._measures) or encoded.count(b'"') == line.count(b'"')


def are_proper(quoted: bytes, count: int, columns: list[list[str]]) -> bool:
    """Whether all texts are texts, and as the readers give them: NFC, nothing unseen or to strip, not too long.

    They are `count` in quotes, as they are and with a comma between them, and those of `columns`. Raises UnicodeError.
    """
    texts: list[str] = []
    for column in columns:
        joined = "".join(column)
        if not joined.isascii() or joined.encode().translate(None, PLAIN):
            texts += column
    if texts:
        quoted = b'%b,"%b"' % (quoted, '","'.join(texts).encode())
    classes, text = quoted.translate(_CLASSES), quoted.decode()
    return (
        quoted.count(b'"') == 2 * (count + len(texts))
        and b'""' not in classes
        and (
            are_plain_kinds(classes)  # all is printable, and in NFC
            or (_is_printed(text) and not any(mark in text for mark in _DOUBTFUL))
        )
        # A longer text would fill one of these windows.
        and all('"' in text[start : start + LONGEST_TEXT // 2] for start in range(0, len(text), LONGEST_TEXT // 2))
    )


def _is_printed(text: str) -> bool:
    return text.isprintable() and is_normalized("NFC", text) and not holds_unseen(text)


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
