"""The records of documents: a class for each, made from the description, whose annotations say what a value may be.

A record knows the description it was made from, so whoever has one can ask what its fields mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, Literal, cast

from pydantic_core import core_schema

from ..base.problem import Path
from ..base.record import Record
from .description import Description, Field, RecordType
from .enumerations import class_name, enumerations
from .rows import column, every_row
from .types import (
    Count,
    Day,
    Identifier,
    Instant,
    Number,
    Percentage,
    Reference,
    Rows,
    Said,
    Shape,
    Truth,
    Written,
    limited,
)


class DocumentRecord(Record):
    """A part of a document; the whole document is one too. Its fields are those that its description names."""

    known: ClassVar[Description]
    described: ClassVar[RecordType]

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    @classmethod
    def json_words(cls, key: str) -> dict[str, Any]:
        """Title, description and examples of a field, in Vietnamese."""
        field = cls.described.field(key)
        assert field is not None
        words = {"title": field.label.vi, "description": field.description and field.description.vi}
        return {name: word for name, word in words.items() if word} | (
            {} if field.example is None else {"examples": [field.example]}
        )

    def whole(self) -> DocumentRecord:
        """The record itself: what was decoded quickly (audit/quick/structs.py) makes one of these here."""
        return self


def of_nature(plan: DocumentRecord, nature: str) -> Any:
    """What stands in the field of a nature: a text, or a member; None where there is no such field, or nothing in it."""
    reader = plan.known.readers.get(nature)
    return None if reader is None else reader(plan)


def places(value: Any, steps: tuple[str, ...], path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """What stands at these steps in all rows, where it is given, each with its path."""
    if _are_rows(value):
        for number, item in enumerate(value):
            yield from places(item, steps, (*path, number))
    elif steps and value is not None:
        yield from places(getattr(value, steps[0]), steps[1:], (*path, steps[0]))
    elif value is not None:
        yield path, value


def values(value: Any, steps: tuple[str, ...]) -> list[Any]:
    """The values at these steps in all rows, where they are given: what `places` gives, found many rows at a time."""
    while steps and value is not None and not _are_rows(value):
        value, steps = getattr(value, steps[0]), steps[1:]
    if not _are_rows(value):
        return [] if value is None else [value]
    found = [one for one in (column(value, steps[0]) if steps else value) if one is not None]
    if len(steps) > 1 or (found and _are_rows(found[0])):
        return [*chain.from_iterable(values(one, steps[1:]) for one in found)]
    return found


def every(value: Any, steps: tuple[str, ...], question: Callable[[list[Any]], bool]) -> bool:
    """Whether the answer is yes for the `values` at these steps, to a question whose answer for several is that for each."""
    if len(steps) == 2 and _are_rows(rows := getattr(value, steps[0])):
        return every_row(rows, steps[1], question)
    return question(values(value, steps))


def nth(value: Any, steps: tuple[str, ...], number: int) -> Any:
    """The value of this number (from 0) of a field that all rows give, in which `steps` end: one among `values`."""
    while len(steps) > 1 and not _are_rows(value):
        value, steps = getattr(value, steps[0]), steps[1:]
    return getattr(value[number], steps[0]) if len(steps) == 1 else values(value, steps)[number]


def count_rows(value: Any, steps: tuple[str, ...]) -> int:
    """How many rows stand at these steps; none where there are no steps."""
    if not steps or value is None:
        return len(value) if _are_rows(value) else 0
    if _are_rows(value):
        return sum(count_rows(item, steps) for item in value)
    return count_rows(getattr(value, steps[0]), steps[1:])


def _are_rows(value: object) -> bool:
    # Records have no items; to ask whether they are a Sequence takes ten times as long.
    return type(value) is list or (hasattr(value, "__getitem__") and not isinstance(value, str))


_SIMPLE: Final[Mapping[str, Any]] = {
    "text": Said,
    "identifier": Identifier,
    "reference": Reference,
    "date": Day,
    "instant": Instant,
    "boolean": Truth,
    "count": Count,
    "number": Number,
    "percentage": Percentage,
}


_TYPES: Final[list[Description]] = []


def known_types() -> tuple[Description, ...]:
    """The types of document whose records were made."""
    return tuple(_TYPES)


@cache
def record_classes(known: Description) -> dict[str, type[DocumentRecord]]:
    """The class of each record, by its name in the description."""
    _TYPES.append(known)
    made: dict[str, type[DocumentRecord]] = {}
    for record in known.records:
        _made(known, record, made)
    return made


def document_class(known: Description) -> type[DocumentRecord]:
    """The class of the whole document."""
    return record_classes(known)[known.root.name]


def _made(known: Description, record: RecordType, made: dict[str, type[DocumentRecord]]) -> type[DocumentRecord]:
    if record.name not in made:
        annotations = {field.name: _annotation(known, field, made) for field in record.fields}
        namespace: dict[str, Any] = {
            "__annotations__": annotations,
            "__module__": __name__,
            "known": known,
            "described": record,
        }
        defaults = {field.name: field.default for field in record.fields if not field.required}
        namespace |= {name: tuple(value) if isinstance(value, list) else value for name, value in defaults.items()}
        made[record.name] = type(class_name(record.name), (DocumentRecord,), namespace)
    return made[record.name]


def _annotation(known: Description, field: Field, made: dict[str, type[DocumentRecord]]) -> Any:
    kind = _kind(known, field, made)
    return kind | None if field.optional else kind


def _kind(known: Description, field: Field, made: dict[str, type[DocumentRecord]]) -> Any:
    """The type of a field's value."""
    of, rows = field.of or "", cast(Any, Rows)
    match field.type:
        case "version":
            return _version(known.version)
        case "member":
            return enumerations(known)[of]
        case "set":
            return rows[enumerations(known)[of]]
        case "list":
            return rows[_SIMPLE[of]]
        case "record":
            return _made(known, known.record_types[of], made)
        case "rows":
            return rows[_made(known, known.record_types[of], made)]
    # A card is known by its number, whatever stands around it, and one without names nobody anyway.
    kind = Written if field.nature == "secret" else _SIMPLE[field.type]
    return limited(kind, longest=field.longest, least=field.least, most=field.most)


def _version(number: int) -> Any:
    # By itself a literal 1 takes true and 1.0 too.
    exactly = core_schema.chain_schema([core_schema.int_schema(strict=True), core_schema.literal_schema([number])])
    return Annotated[Literal[number], Shape(exactly, {"const": number})]
