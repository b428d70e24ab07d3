"""What keys a model expects and what is told of each, for messages about keys that are unknown, missing or misused."""

import dataclasses
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ..base.problem import Path
from ..base.record import Record, keys
from ..base.text import Text
from .records import DocumentRecord


@dataclass(frozen=True, slots=True)
class Expected:
    """One key: the type of its value, its title, and an example of its value."""

    annotation: Any
    title: Text | None
    example: object

    @property
    def is_list(self) -> bool:
        return any(get_origin(part) is tuple for part in _parts(self.annotation))


def expected_keys(model: type, path: Path) -> dict[str, Expected]:
    """The keys that may stand beside the last key of `path`, in a pydantic model or dataclass."""
    structures: list[Any] = [model]
    for step in [step for step in path if isinstance(step, str)][:-1]:
        below = [
            part
            for structure in structures
            for annotation in _annotations(structure, step)
            for part in _parts(annotation)
            if _is_structure(part)
        ]
        structures = below or structures
    return {key: expected for structure in structures for key, expected in _keys(structure)}


def _annotations(structure: Any, step: str) -> list[Any]:
    """The types of what stands under a key; where any key may stand, that of the others."""
    known = [expected.annotation for key, expected in _keys(structure) if key == step]
    if known or not issubclass(structure, BaseModel):
        return known
    return [*get_args(structure.__annotations__.get("__pydantic_extra__"))[1:]]


def _parts(annotation: Any) -> Iterator[Any]:
    """A type and all it is made of: of `tuple[Seat, ...] | None` also the tuple and Seat."""
    yield annotation
    for part in get_args(annotation):
        yield from _parts(part)


def _is_structure(kind: Any) -> bool:
    return inspect.isclass(kind) and (issubclass(kind, BaseModel | Record) or dataclasses.is_dataclass(kind))


def _keys(structure: Any) -> Iterator[tuple[str, Expected]]:
    if issubclass(structure, BaseModel):
        for name, info in structure.model_fields.items():
            key = info.alias or name
            title = Text(info.title, key) if info.title else None  # only plans' keys have titles in English
            yield key, Expected(info.annotation, title, _first(info.examples))
    elif issubclass(structure, Record):
        hints = get_type_hints(structure)
        for key in keys(structure):
            field = structure.described.field(key) if issubclass(structure, DocumentRecord) else None
            yield key, Expected(hints[key], field and field.label, field and field.example)
    else:
        for known in dataclasses.fields(structure):
            yield known.name, Expected(known.type, None, None)


def _first(examples: list[object] | None) -> object:
    return examples[0] if examples else None
