"""Records: immutable values with named fields, whose classes cost next to nothing to make.

A program that reads one plan makes more classes than it makes values of most of them, and a dataclass takes half a
millisecond to make. The fields of a record are the annotations of its class; a class attribute is a field's default.
"""

from dataclasses import make_dataclass
from functools import cache
from typing import Any, ClassVar, TypeVar, dataclass_transform, get_type_hints

Kind = TypeVar("Kind", bound="Record")


class _Fields:
    """What dataclasses.fields and dataclasses.replace ask of a class, made when they do."""

    def __get__(self, record: object, kind: type["Record"]) -> dict[str, Any]:
        return _fields(kind._keys)


@cache
def _fields(keys: tuple[str, ...]) -> dict[str, Any]:
    try:
        made: Any = make_dataclass("Fields", keys)
    except TypeError:  # a field is called as a word of Python, as documents may call one
        raise AttributeError("__dataclass_fields__") from None
    return dict(made.__dataclass_fields__)


@dataclass_transform(frozen_default=True)
class Record:
    """The base of all records. Values come in the order of the fields, or by name.

    To the functions of `dataclasses` a record is a dataclass.
    """

    _keys: ClassVar[tuple[str, ...]] = ()
    __dataclass_fields__: ClassVar[dict[str, Any]] = _Fields()  # type: ignore[assignment]

    def __init_subclass__(cls) -> None:
        own = vars(cls).get("__annotations__", {})  # as inspect.get_annotations has them, at a third of the time
        above = dict.fromkeys(key for base in reversed(cls.__bases__) for key in getattr(base, "_keys", ()))
        cls._keys = (*above, *(key for key in own if key not in above and "ClassVar" not in str(own[key])))

    def __init__(self, *values: Any, **named: Any) -> None:
        vars(self).update(zip(self._keys, values, strict=False), **named)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} never changes")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and items(self) == items(other)

    def __hash__(self) -> int:
        return hash((type(self), *items(self).values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{key}={value!r}' for key, value in items(self).items())})"

    @classmethod
    def json_words(cls, key: str) -> dict[str, Any]:  # noqa: ARG003
        """What the JSON Schema says of a field for people."""
        return {}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: Any) -> Any:
        """What pydantic is told of the class: its keys, and that there are no others."""
        from pydantic_core import core_schema

        hints = get_type_hints(cls, include_extras=True)
        fields = []
        for key in cls._keys:
            schema = handler.generate_schema(hints[key])
            if hasattr(cls, key):
                schema = core_schema.with_default_schema(schema, default=getattr(cls, key))
            fields.append(
                core_schema.dataclass_field(
                    key, schema, kw_only=True, metadata={"pydantic_js_updates": cls.json_words(key)}
                )
            )
        return core_schema.dataclass_schema(
            cls,
            core_schema.dataclass_args_schema(cls.__name__, fields),
            [*cls._keys],
            config={"extra_fields_behavior": "forbid"},
            ref=f"{cls.__module__}.{cls.__qualname__}",
        )


def keys(record: Record | type[Record]) -> tuple[str, ...]:
    """The names of the fields, in order."""
    return record._keys


def items(record: Record) -> dict[str, Any]:
    """The values by the names of the fields, in order."""
    return {key: getattr(record, key) for key in record._keys}


def replaced(record: Kind, **changes: Any) -> Kind:
    """The record with other values of some fields."""
    return type(record)(**{**items(record), **changes})
