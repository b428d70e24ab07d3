"""Validators for the plan's dataclasses: pydantic compiles them once, then its core alone runs what it compiled.

Compiling takes pydantic's whole Python side (some 60 ms); the compiled schema is kept between runs.
"""

import sys
from functools import cache
from pathlib import Path
from typing import Any

import pydantic_core
from pydantic_core import SchemaValidator

from .cache import kept


@cache
def validator(kind: type) -> SchemaValidator:
    """The validator for a dataclass. Its `validate_python` raises pydantic_core.ValidationError."""
    program = [path.stat().st_mtime_ns for path in sorted(Path(__file__).parent.glob("*.py"))]
    key = (sys.version, pydantic_core.__version__, *program)
    return SchemaValidator(kept(f"{kind.__name__}.schema", key, lambda: _compile(kind)))


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
