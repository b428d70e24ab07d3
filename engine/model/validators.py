"""Validators for records: pydantic compiles them once, then its core alone runs what it compiled.

Compiling takes pydantic's whole Python side (some 60 ms); the compiled schema is kept between runs.
"""

from functools import cache
from types import FunctionType
from typing import Any

import pydantic_core
from pydantic_core import SchemaValidator

from ..base.cache import kept_result
from ..base.record import Record
from . import types


@cache
def validator(kind: type[Record]) -> SchemaValidator:
    """The validator for a class of records. Its `validate_python` raises pydantic_core.ValidationError."""
    parts, told_by = kind.made_from()
    things = {**vars(types), **parts}
    named = {name: thing for name, thing in things.items() if isinstance(thing, type | FunctionType)}
    key = (pydantic_core.__version__, told_by)
    return SchemaValidator(kept_result(f"{kind.__name__}.schema", key, named, lambda: _compile(kind)))


def _compile(kind: type) -> Any:
    from pydantic import TypeAdapter

    return _bare(TypeAdapter(kind).core_schema)


def _bare(schema: Any) -> Any:
    """The core schema without what only serialisation and JSON Schema need, and what can't be kept."""
    if isinstance(schema, dict):
        return {key: _bare(part) for key, part in schema.items() if key not in ("metadata", "serialization")}
    if isinstance(schema, list | tuple):
        return type(schema)(map(_bare, schema))
    return schema
