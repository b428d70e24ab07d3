"""From a line of JSONL to a plan, quickly: what audits read most, and nearly always find in order.

The plan comes as msgspec structs that are derived from the dataclasses of plan.py: the same fields with the same
values, so that whoever reads a plan can't tell (lists stand for tuples). Whatever is doubtful gives None: the line then goes the slow
way, through the readers, for the full explanation. Never is a plan accepted here that would be refused there
(tests/engine/audit/test_decode.py).

Three things make it quick. Names and other texts that only people read stay as bytes until somebody asks for them;
that all of them are proper is seen at a glance, on all texts of the plan put together. And a plan that is encoded again
tells whether the line held anything that the plan does not hold: a key given twice.
"""

import dataclasses
import types
from collections.abc import Callable, Iterator
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any, Final, Union, cast, get_args, get_origin, get_type_hints
from unicodedata import is_normalized

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType
from pydantic_core import PydanticCustomError

from ..instant import parse_instant
from ..integrity import agrees
from ..plan import LONGEST_TEXT, AtMost, Identifier, Instant, Plan, Shape, Written

LONGEST_LINE: Final = 1_000_000
"""In bytes. A longer line may hold more values than the readers accept; it is for them to count."""

_VIETNAMESE: Final = tuple(letter.encode() for letter in "Đđộạảấầậươớờủứễệ")
"""Letters that no other Unicode text has. Text without any of them may be in an older encoding; the readers know."""

_PLAIN: Final = bytes(range(0x21, 0x7F)).translate(None, b"<@\\")
"""What may stand anywhere in a text: nothing is amiss with texts that hold no other bytes."""

_DOUBTFUL: Final = (b"\\", b"[", b"{", b"@")
"""Escapes; collections, where texts should be; what ids may not hold."""

_EDGES: Final = bytes(ord('"') if byte in b' <"' else byte for byte in range(256))
"""Makes a quote of a space and of what opens a `<…>` that is still to be filled in, so that no two quotes side by side
mean: no space at either end of a text, nothing still to be filled in, and no text that is empty."""


def decode(line: bytes) -> Plan | None:
    """The plan in one line of JSON, or None where only the readers can tell whether it holds one."""
    if len(line) > LONGEST_LINE or not (line.isascii() or any(letter in line for letter in _VIETNAMESE)):
        return None
    try:
        plan = _PLAN.decode(line)
        _TIMES(plan)
        proper = _is_whole(line, plan) and _are_proper(_WRITTEN(plan), _TEXTS(plan)) and agrees(cast(Plan, plan))
    except (msgspec.MsgspecError, PydanticCustomError, UnicodeError, RecursionError):
        return None
    return cast(Plan, plan) if proper else None


def _is_whole(line: bytes, plan: msgspec.Struct) -> bool:
    """Whether the line gives no key twice, of which the first would be lost.

    The plan is encoded again, defaults left out. Nothing is written shorter than that, so a line of the same length
    holds nothing more. Else as many quotes will do (there may be spaces), where no escape stands for a quote; and else
    the line must have given defaults, so those that it gives are encoded as well.
    """
    encoded = _ENCODER.encode(plan)
    if len(encoded) == len(line):
        return True
    if b"\\u0022" in line:
        return False
    quotes = line.count(b'"')
    return quotes == encoded.count(b'"') or quotes == _ENCODER.encode(_AS_GIVEN.decode(line)).count(b'"')


def _are_proper(written: list[Raw], columns: list[list[str]]) -> bool:
    """Whether all texts are texts, and as the readers give them: NFC, not blank, nothing to strip, not too long.

    Raises UnicodeDecodeError.
    """
    texts: list[str] = []
    everything = b",".join(written)
    if b"\\" in everything:
        everything, written, texts = b"", [], [*map(_text, written)]
    for column in columns:
        joined = "".join(column)
        if not joined.isascii() or joined.encode().translate(None, _PLAIN):
            texts += column
    if texts:
        everything = b'%b,"%b"' % (everything, '","'.join(texts).encode())
    text = everything.decode()
    return (
        not any(mark in everything for mark in _DOUBTFUL)
        and everything.count(b'"') == 2 * (len(written) + len(texts))
        and b'""' not in everything.translate(_EDGES)
        and text.isprintable()
        and is_normalized("NFC", text)
        # A longer text would fill one of these windows.
        and all('"' in text[start : start + LONGEST_TEXT // 2] for start in range(0, len(text), LONGEST_TEXT // 2))
    )


@lru_cache(maxsize=4096)
def _instant(written: str) -> datetime:
    """The time as plan.py reads it. Raises PydanticCustomError."""
    if not written.isprintable():
        raise PydanticCustomError("instant_form", "not a date and time")
    return parse_instant(written)


def _text(raw: Raw) -> str:
    """The text that was left as bytes."""
    return msgspec.json.decode(raw, type=str)


def _shape(annotation: object) -> object:
    """What tells one annotated type of plan.py from another."""
    return get_args(annotation)[1] if get_origin(annotation) is Annotated else None


def _present(annotation: object) -> object:
    """The type without `| None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not types.NoneType)
    return annotation


def _fields(record: type) -> Iterator[tuple[str, object, object]]:
    """The name, type and default of each field of a dataclass; the default is MISSING where it must be given."""
    annotations = get_type_hints(record, include_extras=True)
    for field in dataclasses.fields(record):
        yield field.name, annotations[field.name], field.default


_REQUIRED: Final = dataclasses.MISSING


def _struct(record: type, *, as_given: bool) -> type[msgspec.Struct]:
    """The struct for a dataclass of plan.py: the same fields and defaults (UNSET with `as_given`).

    Required texts that nothing refers to, and times, have a field for what is written and a property for its meaning.
    """
    fields: list[Any] = []
    renamed: dict[str, str] = {}
    properties: dict[str, object] = {}
    for name, annotation, default in _fields(record):
        kind = _kind(annotation, as_given=as_given)
        read: Callable[[Any], object] | None = None
        if _shape(annotation) is _shape(Written) and default is _REQUIRED:
            kind, read = Raw, _text
        elif _shape(_present(annotation)) is _shape(Instant):
            kind, read = (str if default is _REQUIRED else str | None), _instant
        field = name if read is None else f"written_{name}"
        if read is not None:
            renamed[field] = name
            properties[name] = _meaning(field, read)
        if default is _REQUIRED:
            fields.append((field, kind))
        elif as_given:
            fields.append((field, kind | UnsetType, UNSET))
        else:
            fields.append((field, kind, default))
    properties["whole"] = lambda struct: _whole(record, struct)
    return msgspec.defstruct(
        record.__name__,
        fields,
        namespace=properties,
        rename=renamed,
        kw_only=True,
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=False,
    )


def _whole(record: type, struct: msgspec.Struct) -> Any:
    """The dataclass of plan.py that a struct stands for."""

    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(map(whole, value))
        return value.whole() if isinstance(value, msgspec.Struct) else value  # type: ignore[attr-defined]

    return record(**{name: whole(getattr(struct, name)) for name, _, _ in _fields(record)})


def _meaning(field: str, read: Callable[[Any], object]) -> object:
    def meaning(struct: msgspec.Struct) -> object:
        written = getattr(struct, field)
        return None if written is None else read(written)

    return property(meaning)


def _kind(annotation: Any, *, as_given: bool) -> Any:
    """What msgspec is told of a type of plan.py. Raises TypeError for what it hasn't met yet."""
    kind = _present(annotation)
    if kind is not annotation:
        return _kind(kind, as_given=as_given) | None
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if dataclasses.is_dataclass(kind):
        return _struct(cast(type, kind), as_given=as_given)
    match get_args(kind):
        case (rows, AtMost(most)) if get_origin(rows) is tuple:
            return Annotated[list[_kind(get_args(rows)[0], as_given=as_given)], Meta(max_length=most)]  # type: ignore[misc]
        case (of, Shape(core)):
            while "schema" in core:
                core = core["schema"]  # what is asked beyond the innermost schema, _are_proper asks
            limits = {name: core[name] for name in ("min_length", "max_length", "ge", "le") if name in core}
            return Annotated[of, Meta(**limits)] if limits else of
    raise TypeError(annotation)


def _leaves(record: type, at: str, loops: str = "") -> Iterator[tuple[str, str, str]]:
    """Every text and time of a plan: what it is, the expression that reads it, and the loops that lead there."""
    for name, annotation, default in _fields(record):
        value, within, kind = f"{at}.{name}", loops, _present(annotation)
        if default is _REQUIRED and _shape(kind) is _shape(Written):
            yield "written", f"{at}.written_{name}", loops
            continue
        if kind is not annotation:
            within = f"{loops or ' for _ in (0,)'} if {value} is not None"
        if isinstance(_shape(kind), AtMost):
            item = f"{name}_{loops.count(' for ')}"
            within, value = f"{within} for {item} in {value}", item
            kind = get_args(get_args(kind)[0])[0]
        if dataclasses.is_dataclass(kind):
            yield from _leaves(cast(type, kind), value, within)
        elif _shape(kind) is _shape(Instant):
            yield "time", value, within
        elif _shape(kind) in (_shape(Written), _shape(Identifier)):
            yield "text", value, within


def _collector(what: str) -> Callable[[msgspec.Struct], list[Any]]:
    """A function that gives a list of the leaves of one sort; of texts, one list for each field."""
    leaves = [(value, loops) for sort, value, loops in _leaves(Plan, "plan") if sort == what]
    if what == "text":
        parts = [f"[{value}{loops}]" for value, loops in leaves]
    else:
        parts = [f"*[{value}{loops}]" if loops else value for value, loops in leaves]
    collect: Callable[[msgspec.Struct], list[Any]] = eval(f"lambda plan: [{', '.join(parts)}]")  # noqa: S307
    return collect


_PLAN: Final = msgspec.json.Decoder(_struct(Plan, as_given=False))
_AS_GIVEN: Final = msgspec.json.Decoder(_struct(Plan, as_given=True))
_ENCODER: Final = msgspec.json.Encoder()
_WRITTEN: Final = _collector("written")
_TEXTS: Final = _collector("text")
_TIMES: Final = _collector("time")
