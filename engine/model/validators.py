"""Validators for dataclasses of records: pydantic compiles them once, then its core alone runs what it compiled.

Compiling takes pydantic's whole Python side (some 60 ms); the compiled schema is kept between runs.
"""

import sys
from functools import cache
from types import FunctionType
from typing import Any

import pydantic_core
from pydantic_core import SchemaValidator

from ..base.cache import kept
from ..base.plain_data import Named
from . import types


@cache
def validator(kind: type) -> SchemaValidator:
    """The validator for a dataclass. Its `validate_python` raises pydantic_core.ValidationError."""
    key = (pydantic_core.__version__,)
    return SchemaValidator(kept(f"{kind.__name__}.schema", key, _named(kind), lambda: _compile(kind)))


def _named(kind: type) -> Named:
    """What a compiled schema speaks of: classes and functions, as the module of the dataclass and types.py name them."""
    things = {**vars(types), **vars(sys.modules[kind.__module__])}
    return {name: thing for name, thing in things.items() if isinstance(thing, type | FunctionType)}


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
