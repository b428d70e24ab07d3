"""From a line of JSONL to a plan, quickly: what audits read most, and nearly always find in order.

The plan comes as structs (structs.py). Whatever is doubtful gives None: the line then goes the slow way, through the
readers, for the full explanation. Never is a plan accepted here that would be refused there
(tests/engine/audit/quick/test_decode.py).

Three things make it quick. Names and other texts that only people read stay as bytes until somebody asks for them;
that all of them are proper is seen at a glance, on all texts of the plan put together. And a plan that is encoded again
tells whether the line held anything that the plan does not hold: a key given twice.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final, cast, get_args
from unicodedata import is_normalized

import msgspec
from msgspec import Raw
from pydantic_core import PydanticCustomError

from ...base.look_alikes import is_plainly_vietnamese
from ...base.nothing_said import may_say_nothing, says_nothing
from ...base.unseen import holds_unseen
from ...model.agreement import agrees
from ...model.description import TYPE, Description
from ...model.document_types import DEFAULT, description
from ...model.records import DocumentRecord, document_class
from ...model.types import LONGEST_TEXT, AtMost, Identifier, Said, Written
from .structs import READ, REQUIRED, fields, is_record, present, shape, struct

LONGEST_LINE: Final = 1_000_000
"""In bytes. A longer line may hold more values than the readers accept; it is for them to count."""

_VIETNAMESE: Final = tuple(letter.encode() for letter in "Đđộạảấầậươớờủứễệ")
"""Letters that no other Unicode text has. Text without any of them may be in an older encoding; the readers know."""

PLAIN: Final = bytes(range(0x21, 0x7F)).translate(None, b"<@\\")
"""What may stand anywhere in a text: nothing is amiss with texts that hold no other bytes."""

_DOUBTFUL: Final = (b"[", b"{", b"@")
"""Collections, where texts should be; what ids may not hold."""

_EDGES: Final = bytes(ord('"') if byte in b' <"' else byte for byte in range(256))
"""Makes a quote of a space and of what opens a `<…>` that is still to be filled in, so that no two quotes side by side
mean: no space at either end of a text, nothing still to be filled in, and no text that is empty."""


def decode(line: bytes, types: Mapping[str, Description | None] | None = None) -> DocumentRecord | None:
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
        self._as_given = msgspec.json.Decoder(struct(kind, "as given"))
        self._written, self._texts = _collector(kind, "written"), _collector(kind, "text")
        self._said, self._times = _collector(kind, "said"), _collector(kind, "time")

    def decode(self, line: bytes) -> DocumentRecord | None:
        """The document, or None. Raises msgspec's errors, PydanticCustomError, UnicodeError, RecursionError."""
        plan = self._plan.decode(line)
        self._times(plan)
        written, said = self._written(plan), self._said(plan)
        proper = (
            self._is_whole(line, plan)
            and are_proper(written, [*self._texts(plan), *said])
            and say_something(written, said)
            and agrees(cast(DocumentRecord, plan))
        )
        return cast(DocumentRecord, plan) if proper else None

    def _is_whole(self, line: bytes, plan: msgspec.Struct) -> bool:
        """Whether the line gives no key twice, of which the first would be lost.

        The plan is encoded again, defaults left out. Nothing is written shorter than that, so a line of the same length
        holds nothing more. Else as many quotes will do (there may be spaces; a quote within a text is not proper); and else
        the line must have given defaults, so those that it gives are encoded as well.
        """
        encoded = _ENCODER.encode(plan)
        if len(encoded) == len(line):
            return True
        quotes = line.count(b'"')
        return quotes == encoded.count(b'"') or quotes == _ENCODER.encode(self._as_given.decode(line)).count(b'"')


def are_proper(written: list[Raw], columns: list[list[str]]) -> bool:
    """Whether all texts are texts, and as the readers give them: NFC, nothing unseen or to strip, not too long.

    Raises UnicodeDecodeError.
    """
    texts: list[str] = []
    everything = b",".join(written)
    if b"\\" in everything:
        everything, written, texts = b"", [], [msgspec.json.decode(raw, type=str) for raw in written]
    for column in columns:
        joined = "".join(column)
        if not joined.isascii() or joined.encode().translate(None, PLAIN):
            texts += column
    if texts:
        everything = b'%b,"%b"' % (everything, '","'.join(texts).encode())
    text = everything.decode()
    return (
        not any(mark in everything for mark in _DOUBTFUL)
        and everything.count(b'"') == 2 * (len(written) + len(texts))
        and b'""' not in everything.translate(_EDGES)
        and (
            is_plainly_vietnamese(everything)  # which is printable, and in NFC
            or (text.isprintable() and is_normalized("NFC", text) and not holds_unseen(text))
        )
        # A longer text would fill one of these windows.
        and all('"' in text[start : start + LONGEST_TEXT // 2] for start in range(0, len(text), LONGEST_TEXT // 2))
    )


def say_something(written: list[Raw], columns: list[list[str]]) -> bool:
    """Whether no text says nothing."""
    quoted = b"".join(written)
    if b"\\" in quoted:
        columns, quoted = [*columns, [msgspec.json.decode(raw, type=str) for raw in written]], b""
    return not may_say_nothing(quoted) and not any(says_nothing(text) for column in columns for text in column)


def _leaves(record: type, at: str, loops: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text and time of a plan: what it is, the expression that reads it, and the loops that lead there."""
    for name, annotation, default in fields(record):
        value, within, kind = f"{at}.{name}", loops, present(annotation)
        if default is REQUIRED and shape(kind) is shape(Said):
            yield "written", f"{at}.written_{name}", loops
            continue
        if kind is not annotation:
            within = f"{loops or ' for _ in (0,)'} if {value} is not None"
        if isinstance(shape(kind), AtMost):
            item = f"{name}_{loops.count(' for ')}"
            within, value = f"{within} for {item} in {value}", item
            kind = get_args(get_args(kind)[0])[0]
        if is_record(kind):
            yield from _leaves(cast(type, kind), value, within)
        elif shape(kind) in READ:
            yield "time", value, within
        elif shape(kind) is shape(Said):
            yield "said", value, within
        elif shape(kind) in (shape(Written), shape(Identifier)):
            yield "text", value, within


def _collector(kind: type, what: str) -> Callable[[msgspec.Struct], list[Any]]:
    """A function that gives a list of the leaves of one sort; of texts, one list for each field."""
    leaves = [(value, loops) for sort, value, loops in _leaves(kind, "plan") if sort == what]
    if what in ("text", "said"):
        parts = [f"[{value}{loops}]" for value, loops in leaves]
    else:
        parts = [f"*[{value}{loops}]" if loops else value for value, loops in leaves]
    collect: Callable[[msgspec.Struct], list[Any]] = eval(f"lambda plan: [{', '.join(parts)}]")  # noqa: S307
    return collect
