"""Plans as msgspec structs, derived from the classes of records: made faster, and read the same way.

The fields have the same names and values, so that whoever reads a plan can't tell one from the other (lists stand for
tuples); `whole()` gives the record.
"""

import types
from collections.abc import Callable, Iterator
from datetime import date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from typing import Annotated, Any, Final, Literal, Union, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import UNSET, Meta, Raw, UnsetType
from pydantic_core import PydanticCustomError

from ...base.instant import parse_day, parse_instant
from ...base.record import keys
from ...model.description import TYPE
from ...model.document_types import DEFAULT
from ...model.records import DocumentRecord
from ...model.types import AtMost, Day, Instant, Said, Shape, Written

Form = Literal["line", "row"]
"""What a struct is made of: a line of JSON, or all of its values.

From a line, required texts that nothing refers to stay bytes until somebody asks for them: such a field is called
`written_…`, and a property has its name. A field that is not given is UNSET, and times are text, until `settling` is done.
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


def item_of(rows: object) -> Any:
    """The type of what is in a list."""
    return get_args(get_args(rows)[0])[0]


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
    }
    if form != "row" and _says_its_type(record):
        made.append((TYPE, str))
    for name, annotation, default in fields(record):
        field, kind = name, _kind(annotation, form)
        if form == "line" and default is REQUIRED and shape(annotation) is shape(Said):
            field, kind = f"written_{name}", Raw
            renamed[field], namespace[name] = name, _meaning(field)
        given = default is REQUIRED or form == "row"
        made.append((field, kind) if given else (field, kind | UnsetType, UNSET))
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
        case (_, Shape()) if form == "line" and shape(kind) in READ:
            return str
        case (_, AtMost(most)):
            return Annotated[list[_kind(item_of(kind), form)], Meta(max_length=most)]  # type: ignore[misc]
        case (of, Shape()):
            return Annotated[of, Meta(**limits(kind))] if limits(kind) else of
    raise TypeError(annotation)


def _meaning(field: str) -> property:
    """A property that reads the field. It is compiled with the field's name in it, as getattr takes as long as reading."""
    return property(eval(f"lambda struct: read(struct.{field})", {"read": _text}))  # noqa: S307


_text: Final[Callable[[Raw], str]] = msgspec.json.Decoder(str).decode


@lru_cache(maxsize=4096)
def read_instant(written: str) -> datetime:
    """The time as plan.py reads it. Raises PydanticCustomError."""
    if not written.isprintable():
        raise PydanticCustomError("instant_form", "not a date and time")
    return parse_instant(written)


@lru_cache(maxsize=4096)
def read_day(written: str) -> date:
    """The day as records have it. Raises PydanticCustomError."""
    if not written.isprintable():
        raise PydanticCustomError("day_form", "not a date")
    return parse_day(written)


READ: Final[dict[object, Callable[[Any], object]]] = {shape(Instant): read_instant, shape(Day): read_day}
"""What reads the times and days of a line, by what tells their types."""


@cache
def settling(record: type) -> Callable[[Any], None]:
    """What puts defaults in place of what a line did not give, and times in place of their texts. Raises PydanticCustomError."""
    names: dict[str, Any] = {"UNSET": UNSET}
    lines = ["def settle(plan):", *_settled(record, "plan", names), "    return"]
    exec(compile("\n".join(lines), "<settling>", "exec"), names)  # noqa: S102
    settle: Callable[[Any], None] = names["settle"]
    return settle


def _settled(record: type, at: str, names: dict[str, Any], depth: int = 1) -> Iterator[str]:
    """The lines that settle a record; `names` are those that they use."""
    indent = "    " * depth
    for name, annotation, default in fields(record):
        value, kind, given = f"{at}.{name}", present(annotation), default is REQUIRED
        inside = [*_settled_value(kind, value, names, depth + (not given or kind is not annotation))]
        if not given:
            known = f"default{len(names)}"
            names[known] = default
            yield f"{indent}if {value} is UNSET: {value} = {known}"
        if inside and not (given and kind is annotation):
            yield f"{indent}{'' if given else 'el'}if {value} is not None:"
        yield from inside


def _settled_value(kind: Any, value: str, names: dict[str, Any], depth: int) -> Iterator[str]:
    """The lines that settle a value that is given."""
    indent = "    " * depth
    is_list = isinstance(shape(kind), AtMost)
    of = item_of(kind) if is_list else kind
    read = READ.get(shape(of))
    if read is not None:
        names[read.__name__] = read
        yield f"{indent}{value} = {f'[*map({read.__name__}, {value})]' if is_list else f'{read.__name__}({value})'}"
    elif is_record(of) and not is_list:
        yield from _settled(of, value, names, depth)
    elif is_record(of) and (inside := [*_settled(of, f"row{depth}", names, depth + 1)]):
        yield from (f"{indent}for row{depth} in {value}:", *inside)


def as_written(texts: list[Raw]) -> list[bytes]:
    """The texts as the line has them. What is no text, and has lines of its own, is in pieces."""
    return b"\n".join(texts).splitlines()


def _whole(record: type, struct: msgspec.Struct) -> Any:
    def whole(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(map(whole, value))
        return value.whole() if hasattr(value, "whole") else value

    return record(**{name: whole(getattr(struct, name)) for name, _, _ in fields(record)})
