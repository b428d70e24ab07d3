"""Plans as rows of Parquet: one plan a row, in nested typed columns; row n of the file is the place of its nth plan.

The columns are derived from the classes of records. Reading makes whole columns of Python values at once, a text
that recurs only once, and asks of whole columns what plan.py asks of values (columns.py), and of all plans at once whether
their parts agree (agreement.py). Where a column leaves a doubt, fewer rows are tried, and a row that is still in doubt goes
to the readers as JSON, for the full explanation.
"""

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from itertools import accumulate, islice, pairwise
from typing import Any, BinaryIO, Final, cast, get_args

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from ...base.input_names import shown_name
from ...base.instant import instant_text
from ...base.problem import SYNTAX, Place, Problem, Unreadable
from ...base.record import Record
from ...base.suggest import shown
from ...base.text import Text
from ...documents.source import unreadable
from ...model.description import TYPE, Description
from ...model.document_types import DEFAULT, description, no_type, types
from ...model.records import DocumentRecord, document_class, record_classes
from ...model.types import MOST_ROWS, AtMost, Day, Instant
from .agreement import agreeing
from .columns import DAY, TIME, Doubtful, Participants, PeopleColumns, column, scalars
from .structs import fields, is_card, is_record, item_of, present, shape, struct

ROWS: Final = 1024
"""Rows in a row group as `write` makes them (those of one batch of an audit), and how many plans are made at a time at most."""
_MOST_VALUES: Final = 2**18
"""So many values of one column are made at a time, where a row has no more: a file may hold ever so many people."""


_TEXT: Final = pa.string()
_TEXT_READ: Final = pa.dictionary(pa.int32(), _TEXT)


def schema(known: Description | None = None) -> pa.Schema:
    """The columns of a document of a type (else of a plan), which says its type where it has to."""
    known = known or description()
    return pa.schema(list(_forms(known).made), metadata=None if known.id == DEFAULT else {TYPE: known.id})


def write_documents(path: str, plans: Iterable[DocumentRecord]) -> int:
    """Write documents of the type of the first, and say how many. Raises Unreadable where others are of another type."""
    waiting, count = iter(plans), 0
    rows = [*islice(waiting, ROWS)]
    known = rows[0].known if rows else description()
    made = schema(known)
    with pq.ParquetWriter(path, made, compression="zstd", use_dictionary=_coded(made)) as file:
        while rows:
            if others := [row.known for row in rows if row.known != known]:
                raise _of_two_types(path, known, others[0])
            batch = pa.RecordBatch.from_struct_array(_array(document_class(known), rows))
            file.write_batch(batch.replace_schema_metadata(file.schema.metadata))
            count += len(rows)
            rows = [*islice(waiting, ROWS)]
    return count


def _coded(made: pa.Schema) -> list[str]:
    """The columns of which values recur, so that a dictionary of them is worth its place: all but those of party cards."""
    empty = io.BytesIO()
    pq.write_table(made.empty_table(), empty)
    columns = pq.read_metadata(empty).schema
    paths = [columns.column(number) for number in range(len(columns))]
    return [one.path for one in paths if one.name not in _cards()]


def groups(name: str, file: BinaryIO) -> list[tuple[int, int]]:
    """The number of rows and the bytes of each row group of a file of plans. Raises Unreadable."""
    try:
        metadata = pq.read_metadata(file)
        columns = metadata.schema.to_arrow_schema().names
    except (pa.ArrowException, OSError):
        raise damaged(name) from None
    wanted = schema(_said(name, metadata)).names
    if 2 * sum(column in columns for column in wanted) < len(wanted):
        raise _of_something_else(name, columns)
    if len({*columns}) < len(columns):
        raise _doubled(name, next(column for column in columns if columns.count(column) > 1))
    every = (metadata.row_group(number) for number in range(metadata.num_row_groups))
    return [(group.num_rows, group.total_byte_size) for group in every]


def _said(name: str, metadata: pq.FileMetaData) -> Description:
    """The type of document that a file says it holds. Raises Unreadable where nobody has that type."""
    said = (metadata.metadata or {}).get(TYPE.encode(), DEFAULT.encode())
    found = next((known for known in types() if known.id.encode() == said), None)
    if found is None:
        raise Unreadable(no_type(said.decode(errors="replace"), Place(shown_name(name))))
    return found


def _of_two_types(path: str, one: Description, other: Description) -> Unreadable:
    return unreadable(
        path,
        Text(
            f"Một tệp Parquet chỉ chứa một loại tài liệu, không cả “{one.label.vi}” và “{other.label.vi}”",
            f"A Parquet file holds documents of one type, not both “{one.label.en}” and “{other.label.en}”",
        ),
        Text("Ghi mỗi loại ra một tệp; hoặc chọn .jsonl", "Write a file for each type; or choose .jsonl"),
    )


def damaged(name: str) -> Unreadable:
    """The error for a file that is no Parquet, or not all of it."""
    return unreadable(
        name,
        Text("Tệp Parquet bị hỏng hoặc không phải Parquet", "The Parquet file is damaged, or is none"),
        Text(
            "Chép lại tệp đầy đủ, hoặc tạo lại bằng thamdinh convert",
            "Copy it anew, or make it again with thamdinh convert",
        ),
    )


def _of_something_else(name: str, columns: list[str]) -> Unreadable:
    found = ", ".join(map(shown, columns[:_COLUMNS_SHOWN])) + (", …" if len(columns) > _COLUMNS_SHOWN else "")
    return unreadable(
        name,
        Text(
            f"Tệp Parquet này không chứa văn bản để thẩm định (có các cột: {found})",
            f"This Parquet file holds no documents to check (its columns: {found})",
        ),
        Text(
            "Chọn tệp khác; thamdinh convert tạo tệp Parquet từ các văn bản",
            "Choose another file; thamdinh convert makes Parquet files of documents",
        ),
    )


def _doubled(name: str, column: str) -> Unreadable:
    """The error for a file of which one of two columns would be lost."""
    told = shown(column)
    return Unreadable(
        Problem(
            SYNTAX,
            Text(f"Tệp Parquet có hai cột “{told}”", f"The Parquet file has two columns “{told}”"),
            Text("Xóa một cột, hoặc đặt lại tên cho đúng", "Delete one of them, or name it rightly"),
            Place(shown_name(name)),
        )
    )


_COLUMNS_SHOWN: Final = 5


class ParquetRows:
    """The rows of a file. They are read a few at a time, in order: it is quick to ask for them so."""

    def __init__(self, name: str, file: BinaryIO, known_as: Mapping[str, Description | None] | None = None) -> None:
        """`known_as`: how types, by id, are known to whoever reads. Raises Unreadable."""
        self._name = name
        try:
            self._file = opened_file(file)
        except (pa.ArrowException, OSError):
            raise damaged(name) from None
        said = _said(name, self._file.metadata)
        self._type = "" if said.id == DEFAULT else said.id
        self._known = said if known_as is None else known_as.get(said.id)
        self._group, self._start = -1, 0
        self._rows = _NONE
        self._plans: list[DocumentRecord | None] = []
        self._left: Iterator[pa.StructArray] = iter(())

    def at(self, group: int, offset: int) -> tuple[DocumentRecord | None, bytes]:
        """The plan in a row, where it could be read quickly, and the content of the row. Raises Unreadable."""
        if group != self._group or offset < self._start:
            self._group, self._start = group, 0
            self._rows, self._plans, self._left = _NONE, [], some_rows(self._file, group)
        while offset >= self._start + len(self._rows):
            self._start += len(self._rows)
            try:
                self._rows, self._plans = next(self._left), []
            except (pa.ArrowException, OSError, StopIteration):
                self._rows, self._left = _NONE, iter(())
                raise damaged(self._name) from None
        self._plans = self._plans or (plans(self._rows, self._known) if self._known else [None] * len(self._rows))
        number = offset - self._start
        plan = self._plans[number]
        try:
            return plan, row_content(self._rows, number, plan, self._type)
        except (pa.ArrowException, ValueError, OverflowError):  # no text, or a time that Python can't tell
            raise damaged(self._name) from None


def opened_file(file: BinaryIO | str) -> pq.ParquetFile:
    """The file, texts to be read as the codes that the file gives them, but for party cards, of which hardly any is one of
    another. Raises pyarrow's errors, and OSError."""
    metadata = pq.read_metadata(file)
    columns = (metadata.schema.column(number) for number in range(metadata.num_columns))
    texts = [one.path for one in columns if one.physical_type == "BYTE_ARRAY" and one.name not in _cards()]
    return pq.ParquetFile(file, metadata=metadata, read_dictionary=texts)


def _cards() -> set[str]:
    """The names of the columns of party cards."""
    return {field.name for known in types() for _, _, field in known.fields if field.nature == "secret"}


def some_rows(file: pq.ParquetFile, group: int) -> Iterator[pa.StructArray]:
    """The rows of a row group, at most ROWS at a time. Raises pyarrow's errors, and OSError."""
    about = file.metadata.row_group(group)
    longest = max((about.column(number).num_values for number in range(about.num_columns)), default=0)
    at_once = max(1, min(ROWS, _MOST_VALUES * about.num_rows // max(1, longest)))
    for rows in file.iter_batches(at_once, [group], use_threads=False):
        yield rows.to_struct_array()


def plans(rows: pa.StructArray, known: Description | None = None) -> list[DocumentRecord | None]:
    """The document of a type (else the plan) in each row, or None where only the readers can tell whether it holds one."""
    known = known or description()
    try:
        return documents(rows, known)
    except (Doubtful, UnicodeError, pa.ArrowException):
        half = len(rows) // 2
        return [*plans(rows[:half], known), *plans(rows[half:], known)] if half else [None]


def documents(rows: pa.StructArray, known: Description) -> list[DocumentRecord | None]:
    """The document in each row, or None where its parts do not agree. Raises Doubtful, UnicodeError, pyarrow's errors."""
    forms = _forms(known)
    if rows.type not in (forms.made, forms.read):
        if _values(rows.type) != forms.values:
            return [None] * len(rows)
        rows = rows.cast(forms.values)
    steps = known.people or ()
    record = known.record_at("/" + "/".join(steps))
    if len(steps) != 1 or record is None or any(field.type not in _TOLD for field in record.fields):
        return [None] * len(rows)  # without a list of such people at the top, there is nothing to be quick about
    (list_of_people,) = steps
    people = PeopleColumns(record_classes(known)[record.name], rows.field(list_of_people))
    kind: Any = document_class(known)
    columns = [
        [Participants(people, row) for row in range(len(rows))]
        if name == list_of_people
        else _column(of, rows.field(name))
        for name, of, _ in fields(kind)
    ]
    made: Iterable[Any] = map(struct(kind, "row"), *columns)
    return [plan if agrees else None for plan, agrees in zip(made, agreeing(known, rows, people), strict=True)]


_TOLD: Final = ("text", "identifier", "reference", "boolean", "member", "set", "list")
"""What columns of people tell as a whole (columns.py)."""


def row_content(rows: pa.StructArray, number: int, plan: DocumentRecord | None, document: str = "") -> bytes:
    """What the digest of a row is made of; without a plan, what the readers read: JSON, absent values left out; it says of
    which type the document is, where that has to be said."""
    if plan is not None:
        return _CONTENT.encode(plan)
    row = {TYPE: document or None} | {
        field.name: _as_given(rows.field(at)[number]) for at, field in enumerate(rows.type)
    }
    return json.dumps(_given(row), ensure_ascii=False).encode("utf-8", "surrogatepass")


_CONTENT: Final = msgspec.msgpack.Encoder(enc_hook=Participants.content)


def _type(annotation: Any, text: pa.DataType = _TEXT) -> pa.DataType:
    kind: Any = present(annotation)
    if is_record(kind):
        # What is absent as a whole has no values in its columns.
        absent = kind is not annotation
        inner = fields(cast(type, kind))
        return pa.struct([pa.field(name, _type(of, text), absent or present(of) is not of) for name, of, _ in inner])
    if isinstance(shape(kind), AtMost):
        return pa.list_(pa.field("element", _type(item_of(kind), text), nullable=False))
    if shape(kind) is shape(Instant):
        return TIME
    if shape(kind) is shape(Day):
        return DAY
    value = kind if isinstance(kind, type) else get_args(kind)[0]
    if isinstance(value, type) and issubclass(value, str):
        return _TEXT if is_card(kind) else text
    if value is float:
        return pa.float64()
    return pa.bool_() if value is bool else pa.int32()


def _values(kind: pa.DataType) -> pa.DataType:
    """The type as to its values alone: whatever may be absent, however texts and times are held."""
    if pa.types.is_struct(kind):
        return pa.struct([(field.name, _values(field.type)) for field in kind])
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(_values(kind.value_type))
    if pa.types.is_dictionary(kind):
        return _values(kind.value_type)
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return _TEXT
    return TIME if pa.types.is_timestamp(kind) and kind.tz is None else kind


class _Forms(Record):
    """The types of a row: as it is made, as it is read (texts as codes), and as to its values alone."""

    made: pa.DataType
    read: pa.DataType
    values: pa.DataType


@cache
def _forms(known: Description) -> _Forms:
    made = _type(document_class(known))
    return _Forms(made, _type(document_class(known), _TEXT_READ), _values(made))


_NONE: Final = pa.array([], pa.struct([]))


def _array(annotation: Any, values: list[Any]) -> pa.Array:
    """A column of the values of plans."""
    kind: Any = present(annotation)
    if is_record(kind):
        columns = [
            _array(of, [None if value is None else getattr(value, name) for value in values])
            for name, of, _ in fields(cast(type, kind))
        ]
        absent = pa.array([value is None for value in values], pa.bool_())
        return pa.StructArray.from_arrays(columns, fields=list(_type(annotation)), mask=absent)
    if isinstance(shape(kind), AtMost):
        starts = accumulate((len(value or ()) for value in values), initial=0)
        offsets = [start if value is not None else None for start, value in zip(starts, [*values, ()], strict=True)]
        inner = _array(item_of(kind), [item for value in values for item in value or ()])
        return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), inner, type=_type(kind))
    return pa.array(values, _type(kind))


def _column(annotation: Any, array: pa.Array) -> list[Any]:
    """The values of a column as a plan has them. Raises Doubtful."""
    kind: Any = present(annotation)
    if kind is annotation and array.null_count:
        raise Doubtful
    if array.null_count == len(array):
        return [None] * len(array)
    if is_record(kind):
        return _structs(cast(type, kind), array)
    if isinstance(shape(kind), AtMost):
        return _lists(kind, array)
    if array.type in (_TEXT, _TEXT_READ):
        return column(annotation, array).values()
    values: list[Any] = array.to_pylist() if array.type == pa.bool_() else scalars(kind, array)
    return values


def _structs(record: type, array: pa.StructArray) -> list[Any]:
    given = array.drop_null() if array.null_count else array
    columns = [_column(of, given.field(number)) for number, (_, of, _) in enumerate(fields(record))]
    made = map(struct(record, "row"), *columns)
    return [next(made) if valid else None for valid in array.is_valid().to_pylist()] if array.null_count else [*made]


def _lists(rows: Any, array: pa.ListArray) -> list[Any]:
    lengths: list[Any] = array.value_lengths().to_pylist()
    if array.null_count:
        lengths = [length or 0 for length in lengths]
    if max(lengths, default=0) > shape(rows).rows:  # type: ignore[attr-defined]
        raise Doubtful
    item = item_of(rows)
    inner = _column(item, array.flatten())
    spans = pairwise(accumulate(lengths, initial=0))
    if isinstance(item, type) and issubclass(item, StrEnum):
        # Few differ, and so many lists that live long would keep the garbage collector busy.
        known: dict[Any, Any] = {}
        made = [known.setdefault(members := tuple(inner[start:end]), members) for start, end in spans]
    else:
        made = [inner[start:end] for start, end in spans]
    if array.null_count:
        made = [value if valid else None for value, valid in zip(made, array.is_valid().to_pylist(), strict=True)]
    return made


def _as_given(value: pa.Scalar) -> Any:
    """A value of a row; of a list that is too long for any plan no more than shows that."""
    rows = value.values if value.is_valid and isinstance(value, pa.ListScalar | pa.LargeListScalar) else None
    return value.as_py() if rows is None or len(rows) <= MOST_ROWS else rows[: MOST_ROWS + 1].to_pylist()


def _given(value: Any) -> Any:
    """A row as plain data: what is absent left out, times as the plan format writes them."""
    if isinstance(value, dict):
        return {name: _given(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_given(item) for item in value]
    if isinstance(value, datetime) and (value.second or value.microsecond):
        return value.isoformat()
    return instant_text(value)
