"""Validators for records: pydantic's core alone runs them, and what it is told of classes is what pydantic would tell it.

Pydantic's Python side takes 40 ms to load and as long again for the classes of a description; this takes a few.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from pydantic_core import CoreSchema, SchemaValidator, core_schema

from ..base.record import Record

_PLAIN: Final[dict[Any, Callable[[], CoreSchema]]] = {
    str: core_schema.str_schema,
    int: core_schema.int_schema,
    float: core_schema.float_schema,
    bool: core_schema.bool_schema,
    Any: core_schema.any_schema,
}


@cache
def validator(kind: type[Record]) -> SchemaValidator:
    """The validator for a class of records. Its `validate_python` raises pydantic_core.ValidationError."""
    schemas = _Schemas()
    whole = schemas.generate_schema(kind)
    return SchemaValidator(core_schema.definitions_schema(whole, [*schemas.definitions.values()]))


class _Schemas:
    """The schemas of types, each class of records once. It stands for pydantic's handler where types say theirs."""

    def __init__(self) -> None:
        self.definitions: dict[type, CoreSchema] = {}

    def generate_schema(self, kind: Any) -> CoreSchema:
        """The schema of a type. Raises TypeError where it is none that fields of records have."""
        if kind in _PLAIN:
            return _PLAIN[kind]()
        if isinstance(kind, type) and (issubclass(kind, Record) or is_dataclass(kind)):
            return self._class(kind)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return core_schema.enum_schema(kind, [*kind], sub_type="str")
        inside = get_args(kind)
        match get_origin(kind):
            case origin if origin is Annotated:
                within, said = Annotated[inside[:-1]] if inside[2:] else inside[0], inside[-1]
                made: CoreSchema = said.__get_pydantic_core_schema__(within, self.generate_schema)
                return made
            case origin if origin is Literal:
                return core_schema.literal_schema([*inside])
            case origin if origin in (Union, UnionType):
                choices = [self.generate_schema(choice) for choice in inside if choice is not NoneType]
                one = choices[0] if len(choices) == 1 else core_schema.union_schema([*choices])
                return core_schema.nullable_schema(one) if NoneType in inside else one
            case origin if origin is tuple and inside[1:] == (...,):
                return core_schema.tuple_variable_schema(self.generate_schema(inside[0]))
            case origin if origin is dict:
                return core_schema.dict_schema(*map(self.generate_schema, inside))
        raise TypeError(kind)

    def _class(self, kind: type) -> CoreSchema:
        """A reference to the schema of a class, which may be in itself."""
        if kind not in self.definitions:
            self.definitions[kind] = core_schema.any_schema()  # until it is known
            own = kind.__get_pydantic_core_schema__(kind, self) if issubclass(kind, Record) else self._dataclass(kind)
            self.definitions[kind] = {**own, "ref": _name(kind)}
        return core_schema.definition_reference_schema(_name(kind))

    def _dataclass(self, kind: Any) -> CoreSchema:
        hints = get_type_hints(kind, include_extras=True)
        own = [
            core_schema.dataclass_field(one.name, self.generate_schema(hints[one.name]), kw_only=False)
            for one in fields(kind)
        ]
        arguments = core_schema.dataclass_args_schema(kind.__name__, own)
        forbid = core_schema.CoreConfig(extra_fields_behavior="forbid", title=kind.__name__)
        return core_schema.dataclass_schema(kind, arguments, [*hints], config=forbid, slots=hasattr(kind, "__slots__"))


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"
