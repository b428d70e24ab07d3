"""The kinds of value that records are made of, as pydantic is told of them: texts, ids, references, instants, days, counts, lists."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal, TypeVar, cast, get_args

from pydantic_core import PydanticCustomError, PydanticKnownError, core_schema

from ..base.instant import parse_day, parse_instant, write_day, write_instant
from ..base.nothing_said import SIGNS, says_nothing
from ..base.unseen import UNSEEN, holds_unseen, seen

LONGEST_TEXT: Final = 2_000
LONGEST_IDENTIFIER: Final = 100
MOST_ROWS: Final = 20_000
MOST_TARGETS: Final = 1_000_000

# "@" joins a person and a committee in the id of a seat; what nobody can see would make equal-looking ids differ.
UNFIT_FOR_IDENTIFIERS: Final = rf"@\x00-\x1f\x7f\u2028\u2029{UNSEEN}"
_unfit: Final = re.compile(f"[{UNFIT_FOR_IDENTIFIERS}]")


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """What pydantic is told of a type: how a value is validated, and what more its JSON Schema says."""

    core: core_schema.CoreSchema
    json: dict[str, object] = field(default_factory=dict)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return cast(core_schema.CoreSchema, {**self.core})  # pydantic writes into what it is given

    def __get_pydantic_json_schema__(self, schema: core_schema.CoreSchema, handler: Any) -> dict[str, object]:
        return {**handler(schema), **self.json}


@dataclass(frozen=True, slots=True)
class AtMost:
    """The most rows a list may have."""

    rows: int

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        schema: core_schema.CoreSchema = {**handler(source), "max_length": self.rows}
        return schema


def _identifier(value: str) -> str:
    _written(value)
    if _unfit.search(value) or holds_unseen(value):
        raise PydanticCustomError("identifier", "an id holds no @ and no invisible character")
    return value


def _written(value: str) -> str:
    """The text as people see it."""
    if holds_unseen(value):
        value = seen(value)
        if not value:
            raise PydanticKnownError("string_too_short", {"min_length": 1})
    return value


def _said(value: str) -> str:
    value = _written(value)
    if says_nothing(value):
        raise PydanticCustomError("says_nothing", "the text says nothing")
    return value


def _text(longest: int) -> core_schema.StringSchema:
    return core_schema.str_schema(strict=True, strip_whitespace=True, min_length=1, max_length=longest)


def limited(kind: Any, *, longest: int | None, least: float | None, most: float | None) -> Any:
    """A kind of text or number that may be no longer, no less and no more than this."""
    limits: dict[str, Any] = {"max_length": longest, "ge": least, "le": most}
    limits = {name: limit for name, limit in limits.items() if limit is not None}
    if not limits:
        return kind
    plain, shape = get_args(kind)
    inner = {key: value for key, value in shape.core.items() if key != "schema"}
    if "schema" in shape.core:
        inner["schema"] = {**shape.core["schema"], **limits}
    else:
        inner |= limits
    return Annotated[plain, Shape(cast(core_schema.CoreSchema, inner), shape.json)]


Row = TypeVar("Row")
Rows = Annotated[tuple[Row, ...], AtMost(MOST_ROWS)]
Written = Annotated[
    str,
    Shape(
        core_schema.no_info_after_validator_function(_written, _text(LONGEST_TEXT)),
        {"pattern": rf"[^\s{UNSEEN}]"},
    ),
]
"""Text that people read: what nobody can see is not in it."""
Said = Annotated[
    str,
    Shape(
        core_schema.no_info_after_validator_function(_said, _text(LONGEST_TEXT)),
        {"pattern": rf"[^\s{UNSEEN}{SIGNS}]"},
    ),
]
"""Text that says something: it has a letter or a digit, and is no word for “none”. Whoever writes “-” names nobody."""
Reference = Annotated[str, Shape(_text(LONGEST_TEXT), {"pattern": r"\S"})]
"""Text that must equal an identifier elsewhere in the document (integrity.py)."""
Identifier = Annotated[
    str,
    Shape(
        core_schema.no_info_after_validator_function(_identifier, _text(LONGEST_IDENTIFIER)),
        {"pattern": f"^[^{UNFIT_FOR_IDENTIFIERS}]+$"},
    ),
]
Instant = Annotated[
    datetime,
    Shape(
        core_schema.no_info_plain_validator_function(
            parse_instant,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(write_instant, when_used="json"),
        ),
        {"pattern": r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})([Tt]| +)\d{1,2}:\d{2}(:00(\.0+)?)?$"},
    ),
]
"""A local time to the minute (Asia/Ho_Chi_Minh), without an offset."""
Day = Annotated[
    date,
    Shape(
        core_schema.no_info_plain_validator_function(
            parse_day,
            json_schema_input_schema=core_schema.str_schema(),
            serialization=core_schema.plain_serializer_function_ser_schema(write_day, when_used="json"),
        ),
        {"pattern": r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})$"},
    ),
]
"""A day without a time."""
Version = Annotated[
    Literal[1],
    Shape(
        # By itself a literal 1 takes true and 1.0 too.
        core_schema.chain_schema([core_schema.int_schema(strict=True), core_schema.literal_schema([1])]),
        {"const": 1},
    ),
]
Truth = Annotated[bool, Shape(core_schema.bool_schema(strict=True))]
Count = Annotated[int, Shape(core_schema.int_schema(strict=True, ge=0, le=MOST_TARGETS))]
Number = Annotated[float, Shape(core_schema.float_schema(strict=True, allow_inf_nan=False))]
Percentage = Annotated[float, Shape(core_schema.float_schema(strict=True, allow_inf_nan=False, ge=0, le=100))]
