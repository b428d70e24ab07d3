"""Plans as msgspec structs, derived from the classes of records: made faster, and read the same way.

The fields have the same names and values, so that whoever reads a plan can't tell one from the other (lists stand for
tuples); `whole()` gives the record.
"""

import types
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache, reduce
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType
from pydantic_core import PydanticCustomError

from ...base.instant import parse_day, parse_instant
from ...base.record import keys
from ...model.description import TYPE
from ...model.document_types import DEFAULT
from ...model.records import DocumentRecord
from ...model.rows import column
from ...model.types import AtMost, Day, Instant, Said, Shape, Written

Form = Literal["line", "as given", "row"]
"""What a struct is made of: a line of JSON; the same, where a field that is not given is UNSET; or all of its values.

From a line, required texts that nothing refers to stay bytes, and times stay text, until somebody asks for them: such a
field is called `written_…`, and a property has its name.
"""

REQUIRED: Final = object()
"""The default of a field that must be given."""


@cache
def fields(record: type) -> tuple[tuple[str, object, object], ...]:
    """The name, type and default of each field of a record."""
    annotations = get_type_hints(record, include_extras=True)
    return tuple((name, annotations[name], getattr(record, name, REQUIRED)) for name in keys(record))


def is_record(kind: object) -> bool:
    """Whether a type is that of a record."""
    return isinstance(kind, type) and issubclass(kind, DocumentRecord)


def shape(annotation: object) -> object:
    """What tells one annotated type of plan.py from another."""
    return get_args(annotation)[1] if get_origin(annotation) is Annotated else None


def is_card(kind: object) -> bool:
    """Whether it is the type of a party card, without `| None`."""
    return shape(kind) is shape(Written)


def present(annotation: object) -> object:
    """The type without `| None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not types.NoneType)
    return annotation


def limits(kind: object) -> dict[str, Any]:
    """The least and the most that a text or number of plan.py may be, by pydantic's names."""
    constraint = shape(kind)
    core: Any = constraint.core if isinstance(constraint, Shape) else {}
    while "schema" in core:
        core = core["schema"]
    return {name: core[name] for name in ("min_length", "max_length", "ge", "le") if name in core}


@cache
def struct(record: type, form: Form) -> type[msgspec.Struct]:
    """The struct for a record."""
    made: list[Any] = []
    renamed: dict[str, str] = {}
    namespace: dict[str, object] = {
        "known": cast(type[DocumentRecord], record).known,
        "whole": lambda struct: _whole(record, struct),
        "names": _names,
        "from_line": form != "row",
    }
    if form != "row" and _says_its_type(record):
        made.append((TYPE, str))
    for name, annotation, default in fields(record):
        field, kind = name, _kind(annotation, form)
        read = None if form == "row" else _reading(annotation, default)
        if read is not None:
            field = f"written_{name}"
            kind = Raw if read is _text else str if default is REQUIRED else str | None
            renamed[field], namespace[name] = name, _meaning(field, read, required=default is REQUIRED)
        if default is REQUIRED or form == "row":
            made.append((field, kind))
        elif form == "as given":
            made.append((field, kind | UnsetType, UNSET))
        else:
            made.append((field, kind, default))
    return msgspec.defstruct(
        record.__name__,
        made,
        namespace=namespace,
        rename=renamed,
        kw_only=form != "row",
        forbid_unknown_fields=True,
        omit_defaults=True,
        gc=False,
    )


def _says_its_type(record: Any) -> bool:
    """Whether it is a whole document of a type that has to be said."""
    return record.described is record.known.root and record.known.id != DEFAULT


def _reading(annotation: object, default: object) -> Callable[[Any], object] | None:
    """What makes the value of a field from what was written, where that waits until somebody asks."""
    if default is REQUIRED and shape(annotation) is shape(Said):
        return _text
    return READ.get(shape(present(annotation)))


def _kind(annotation: Any, form: Form) -> Any:
    """What msgspec is told of a type of plan.py. Raises TypeError for what it hasn't met yet."""
    kind: Any = present(annotation)
    if kind is not annotation:
        return _kind(kind, form) | None
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    if is_record(kind):
        return struct(kind, form)
    match get_args(kind):
        case (rows, AtMost(most)):
            return Annotated[list[_kind(get_args(rows)[0], form)], Meta(max_length=most)]  # type: ignore[misc]
        case (of, Shape()):
            return Annotated[of, Meta(**limits(kind))] if limits(kind) else of
    raise TypeError(annotation)


def _meaning(field: str, read: Callable[[Any], object], *, required: bool) -> property:
    """A property that reads the field. It is compiled with the field's name in it, as getattr takes as long as reading."""
    absent = "" if required else f"None if struct.{field} is None else "
    return property(eval(f"lambda struct: {absent}read(struct.{field})", {"read": read}))  # noqa: S307


_text: Final[Callable[[Raw], str]] = msgspec.json.Decoder(str).decode


@lru_cache(maxsize=4096)
def instant(written: str) -> datetime:
    """The time as plan.py reads it. Raises PydanticCustomError."""
    if not written.isprintable():
        raise PydanticCustomError("instant_form", "not a date and time")
    return parse_instant(written)


@lru_cache(maxsize=4096)
def day(written: str) -> date:
    """The day as records have it. Raises PydanticCustomError."""
    if not written.isprintable():
        raise PydanticCustomError("day_form", "not a date")
    return parse_day(written)


READ: Final[dict[object, Callable[[Any], object]]] = {shape(Instant): instant, shape(Day): day}
"""What reads the times and days of a line, by what tells their types."""


def _names(plan: Any) -> bytes:
    """What records.py calls so, without making a text of any of them."""
    written = b""
    for *above, name in plan.known.by_nature.get("person_name", ()):
        people = reduce(getattr, above, plan)
        if plan.from_line:
            written += b"".join([getattr(person, f"written_{name}") for person in people])
        else:
            written += "".join(column(people, name)).encode()
    return written


def _whole(record: type, struct: msgspec.Struct) -> Any:
    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(map(whole, value))
        return value.whole() if hasattr(value, "whole") else value

    return record(**{name: whole(getattr(struct, name)) for name, _, _ in fields(record)})
