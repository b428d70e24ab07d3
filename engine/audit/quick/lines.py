"""Many lines of JSONL at once, as columns: read as rows of Parquet are, where no line leaves a doubt.

Arrow reads the lines, and refuses keys that are unknown or given twice. What is in doubt is read line by line (decode.py).
Never is a plan accepted here that would be refused there (tests/engine/audit/quick/test_lines.py).
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final, cast

import pyarrow as pa
import pyarrow.json as pj
from pydantic_core import PydanticCustomError

from ...model.description import Description
from ...model.records import DocumentRecord, document_class
from ...model.types import AtMost, Instant
from .columns import DAY, TIME, Doubtful, coded
from .decode import LONGEST_LINE, may_be_utf8
from .parquet import documents, schema
from .structs import READ, REQUIRED, fields, is_record, item_of, present, shape

_AS_ONE: Final = pj.ReadOptions(use_threads=False, block_size=2**30)


def decode_lines(
    text: bytes | bytearray, spans: Sequence[tuple[int, int]], known: Description
) -> list[DocumentRecord | None] | None:
    """The document of the type in each line of a text, None where its parts do not agree; None where any line is in doubt.

    `spans`: where each line begins in it, and how many bytes it has.
    """
    if not all(_is_told(text[start : start + length], known) for start, length in spans):
        return None
    (first, _), (last, length) = spans[0], spans[-1]
    asked: Any = memoryview(text)[first : last + length]
    if sum(length for _, length in spans) < len(asked):  # something else stands between them
        asked = b"\n".join(text[start : start + length] for start, length in spans)
    options = pj.ParseOptions(explicit_schema=_written(known), unexpected_field_behavior="error")
    try:
        read = pj.read_json(pa.BufferReader(asked), _AS_ONE, options)
        (rows,) = read.to_struct_array().chunks
        # Each line holds one document at least.
        return documents(_settled(document_class(known), rows), known) if len(rows) == len(spans) else None
    except (Doubtful, PydanticCustomError, UnicodeError, ValueError, MemoryError, pa.ArrowException):
        return None


def _is_told(line: bytes | bytearray, known: Description) -> bool:
    """Whether documents begin and end with the line, and it says null of nothing for which something else is the default.

    Between a line that ends an object and one that begins another there is no inside of anything; and to Arrow, null is what
    is not given.
    """
    return (
        line[:1] == b"{"
        and line.endswith((b"}", b"}\n", b"}\r\n"))
        and len(line) <= LONGEST_LINE
        and ((null := line.find(b"null")) < 0 or _nulls_are_told(line, null, known))
        and may_be_utf8(line)
    )


def _nulls_are_told(line: bytes | bytearray, at: int, known: Description) -> bool:
    """Whether each null, of which the first is `at`, stands after a key of which null is the default, with a blank between them
    at most."""
    while at >= 0:
        end = at - 2 if line[at - 1 : at] == b" " else at - 1
        if line[end - 1 : end + 1] != b'":' or line.endswith(_with_defaults(known), 0, end):
            return False
        at = line.find(b"null", at + 4)
    return b"\\" not in line


@cache
def _with_defaults(known: Description) -> tuple[bytes, ...]:
    """The keys, in quotes, of which something else is the default."""
    names = {field.name for _, _, field in known.fields if not field.required and field.default is not None}
    return tuple(f'"{name}"'.encode() for name in sorted(names))


@cache
def _written(known: Description) -> pa.Schema:
    """The columns of lines: those of Parquet, with texts for times and days."""
    return pa.schema([pa.field(field.name, _as_text(field.type)) for field in schema(known)])


def _as_text(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_struct(kind):
        return pa.struct([pa.field(field.name, _as_text(field.type)) for field in kind])
    if pa.types.is_list(kind):
        return pa.list_(_as_text(kind.value_type))
    return pa.string() if kind in (TIME, DAY) else kind


def _settled(annotation: Any, array: pa.Array, default: Any = REQUIRED) -> pa.Array:
    """The values with times for their texts, and the default where none is given. Raises PydanticCustomError."""
    kind: Any = present(annotation)
    if is_record(kind):
        inside = fields(cast(type, kind))
        columns = [_settled(of, array.field(name), given) for name, of, given in inside]
        return pa.StructArray.from_arrays(columns, [name for name, *_ in inside], mask=array.is_null())
    if isinstance(shape(kind), AtMost):
        absent = None if default == () else array.is_null()
        return pa.ListArray.from_arrays(array.offsets, _settled(item_of(kind), array.values), mask=absent)
    if (read := READ.get(shape(kind))) is not None:
        codes, different = coded(array)
        times = pa.array([*map(read, different.to_pylist()), None], TIME if shape(kind) is shape(Instant) else DAY)
        return times.take(pa.array(codes % len(times)))
    return array if default is REQUIRED or default is None else array.fill_null(default)
