"""The parts of a plan by the Vietnamese labels that its description gives them: what scenarios name in steps and in tables."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar

from pydantic_core import PydanticCustomError

from ...base.instant import parse_day, parse_instant, write_day, write_instant
from ...base.suggest import did_you_mean
from ...base.text import Text, capital
from ...model.description import DOCUMENT, Description, Field, RecordType
from ...model.enumerations import LABELS, enumerations
from .steps import Grid, Misread

SEPARATOR: Final = ";"
"""Between the members of a list in a cell or a step; a comma stands within some of their names."""
Data = dict[str, Any]
Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class FieldOf:
    """One field of a row: its path from the row, how it is read, and what it is when nothing is written.

    `absent` is None for a field that may be missing, [] for a list (`many`), and `...` for a field that must be given.
    """

    title: str
    path: tuple[str, ...]
    read: Callable[[str], object]
    absent: object
    many: bool = False

    def write(self, row: Data, text: str) -> None:
        """Set the field of a row to what the text says. Raises Misread."""
        for step in self.path[:-1]:
            if not isinstance(row.get(step), dict):
                row[step] = {}
            row = row[step]
        row[self.path[-1]] = self.read(text)

    def clear(self, row: Data) -> None:
        """Leave the field out, with the part of the row that nothing but this field begins. Raises Misread."""
        if self.absent is ...:
            raise Misread(
                Text(f"“{self.title}” không được để trống", f"“{self.title}” can't be left out"),
                Text("Ghi một giá trị khác thay vì bỏ", "Give another value instead"),
            )
        if self.many and len(self.path) > 1:
            row.setdefault(self.path[0], {})[self.path[1]] = []
        elif self.absent is None:
            row.pop(self.path[0], None)
        else:
            row[self.path[0]] = self.absent


@dataclass(frozen=True, slots=True)
class PlanList:
    """One list of a plan: what one row is called, where the list stands, what identifies a row, and its fields by title."""

    noun: str
    path: tuple[str, ...]
    key: str | None
    fields: dict[str, FieldOf]
    within: str | None = None
    """For a list that stands in each row of another, what that row is called."""
    called: str | None = None
    """The field that says the name of what the key identifies; the key serves where no name is given."""
    nested: tuple[str, ...] = ()
    """The lists within each row."""
    document: Text = DOCUMENT
    """What the whole document is called."""

    def of(self, plan: Data) -> list[Data]:
        """The rows of a plan (or, for a list within rows, of a row)."""
        found: Any = plan
        for step in self.path:
            found = found[step]
        rows: list[Data] = found
        return rows

    def row(self, plan: Data, name: str) -> Data:
        """The row with this key or, where rows have none, this number from 1. Raises Misread."""
        rows = self.of(plan)
        for number, row in enumerate(rows, 1):
            if name == (str(number) if self.key is None else row[self.key]):
                return row
        names = [str(number) if self.key is None else row[self.key] for number, row in enumerate(rows, 1)]
        shown = ", ".join(f"“{known}”" for known in names)
        raise Misread(
            Text(
                f"{capital(self.document.vi)} không có {self.noun} “{name}”",
                f"The {self.document.en} has no {self.noun} “{name}”",
            ),
            did_you_mean(name, names, Text(f"Hiện có: {shown or 'không có gì'}", f"There are: {shown or 'none'}")),
        )

    def field(self, title: str) -> FieldOf:
        """The field with this title. Raises Misread."""
        return _named(title, self.fields, Text(f"mục của {self.noun}", f"field of {self.noun}"))

    def read(self, table: Grid) -> list[Data]:
        """The rows that a table describes; an empty cell leaves the field out. Raises Misread with row and column."""
        columns: list[FieldOf] = []
        for number, title in enumerate(table[0]):
            try:
                columns.append(self.field(title))
            except Misread as error:
                raise Misread(error.message, error.fix or error.message, 0, number) from None
        self._complete(columns)
        return [self._row(number, texts, columns) for number, texts in enumerate(table[1:], 1)]

    def _complete(self, columns: list[FieldOf]) -> None:
        missing = [field.title for field in self.fields.values() if field.absent is ... and field not in columns]
        if missing:
            names = ", ".join(f"“{title}”" for title in missing)
            raise Misread(
                Text(f"Bảng thiếu cột {names}", f"The table lacks the column {names}"),
                Text(
                    f"Thêm cột {names} vào bảng; các cột có thể dùng: {', '.join(self.fields)}",
                    f"Add {names}; the columns there are: {', '.join(self.fields)}",
                ),
                0,
                0,
            )

    def _row(self, number: int, texts: tuple[str, ...], columns: list[FieldOf]) -> Data:
        row: Data = {}
        for position, (field, text) in enumerate(zip(columns, texts, strict=True)):
            try:
                if text:
                    field.write(row, text)
                else:
                    field.clear(row)
            except Misread as error:
                raise Misread(error.message, error.fix or error.message, number, position) from None
        for field in self.fields.values():
            if field not in columns and field.absent is not None:
                row[field.path[0]] = field.absent
        if self.called is not None and self.key is not None:
            row.setdefault(self.called, row[self.key])
        return row | {name: [] for name in self.nested}


def _named(name: str, known: Mapping[str, Known], what: Text) -> Known:
    """What is known by the name, in capitals or not. Raises Misread with the nearest name."""
    if name in known:
        return known[name]
    alike = [title for title in known if title.casefold() == name.casefold()]
    if alike:
        return known[alike[0]]
    raise Misread(
        Text(f"Không có {what.vi} nào tên là “{name}”", f"There is no {what.en} called “{name}”"),
        did_you_mean(name, known),
    )


def member_called(enumeration: type[StrEnum], text: str) -> str:
    """The member that people call by these words. Raises Misread."""
    words = {label.vi: name for name, label in LABELS[enumeration].items()}
    return _named(text, words, Text("từ", "word"))


def kind_of(text: str, known: Description) -> str:
    """The kind of organisation that people call by these words. Raises Misread."""
    words = {member.words.vi: member.name for member in (known.kinds.members if known.kinds else ())}
    return _named(text, words, Text("từ", "word"))


def _texts(text: str) -> list[str]:
    return [part.strip().strip("“”") for part in text.split(SEPARATOR) if part.strip()]


def _instant(text: str) -> str:
    try:
        return write_instant(parse_instant(text))
    except PydanticCustomError:
        raise Misread(
            Text(f"“{text}” không phải là ngày giờ", f"“{text}” is no date and time"),
            Text("Viết theo dạng 28/12/2017 07:30", "Write it as 28/12/2017 07:30"),
        ) from None


def _day(text: str) -> str:
    try:
        return write_day(parse_day(text))
    except PydanticCustomError:
        raise Misread(
            Text(f"“{text}” không phải là ngày", f"“{text}” is no date"),
            Text("Viết theo dạng 28/12/2017", "Write it as 28/12/2017"),
        ) from None


def _decimal(text: str) -> float:
    if not re.fullmatch(r"-?\d{1,15}([.,]\d{1,9})?%?", text, re.ASCII):
        raise Misread(
            Text(f"“{text}” không phải là số", f"“{text}” is no number"),
            Text("Viết bằng chữ số, ví dụ 66,7", "Write it in digits, such as 66,7"),
        )
    return float(text.rstrip("%").replace(",", "."))


def _truth(text: str) -> bool:
    truths: dict[str, bool] = {"có": True, "không": False}
    return _named(text, truths, Text("giá trị", "value"))


def whole_number(text: str) -> int:
    """A whole number. Raises Misread."""
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Misread(
            Text(f"“{text}” không phải là số nguyên", f"“{text}” is no whole number"),
            Text("Viết bằng chữ số, ví dụ 12", "Write it in digits, such as 12"),
        )
    return int(text)


_READERS: Final[dict[str, Callable[[str], object]]] = {
    "text": lambda text: text.strip("“”"),
    "identifier": lambda text: text.strip("“”"),
    "reference": lambda text: text.strip("“”"),
    "instant": _instant,
    "boolean": _truth,
    "count": whole_number,
    "number": _decimal,
    "percentage": _decimal,
    "date": _day,
    "list": _texts,
}


def _reader(known: Description, field: Field) -> Callable[[str], object] | None:
    """How a value of a field is read; None for what is no single field."""
    if field.type not in ("member", "set"):
        return _READERS.get(field.type)
    enumeration = enumerations(known)[field.of or ""]
    if field.type == "member":
        return lambda text: member_called(enumeration, text)
    return lambda text: [member_called(enumeration, part) for part in _texts(text)]


def _fields(known: Description, record: RecordType) -> Iterator[FieldOf]:
    """The single fields of a record and of an optional part of it; lists of records are apart."""
    called = _called(record)
    for field in record.fields:
        if field.type == "record":
            inside = known.record_types[field.of or ""]
            yield from (replace(inner, path=(field.name, *inner.path), absent=None) for inner in _fields(known, inside))
        elif (read := _reader(known, field)) is not None:
            many = field.type in ("set", "list")
            omissible = not field.required or field.name == called
            absent: object = None if omissible else [] if many else ...
            yield FieldOf(field.label.vi, (field.name,), read, absent, many)


def _called(record: RecordType) -> str | None:
    """The field of a record with an identifier that says its name."""
    names = [field.name for field in record.fields if field.type in ("text", "identifier")]
    return next((name for name in names if name in ("name", "title")), None) if "id" in names else None


@cache
def lists(known: Description) -> dict[str, PlanList]:
    """Every list whose rows have a noun, by what one row is called."""
    found: dict[str, PlanList] = {}
    nouns: dict[tuple[str, ...], str] = {}
    for steps, _, field in known.fields:
        record = known.record_types.get(field.of or "")
        if field.type != "rows" or record is None or record.noun is None:
            continue
        nouns[steps] = record.noun
        within = nouns.get(steps[:-1])
        key = next((one.name for one in record.fields if _is_key(one)), None)
        nested = tuple(one.name for one in record.fields if one.type == "rows")
        fields = {one.title: one for one in _fields(known, record)}
        path = steps[-1:] if within else steps
        found[record.noun] = PlanList(record.noun, path, key, fields, within, _called(record), nested, known.one)
    return found


def _is_key(field: Field) -> bool:
    """Whether a field tells one row of a list from another."""
    return field.type == "identifier" or (field.type == "reference" and field.unique is not None)


@cache
def single_fields(known: Description) -> dict[str, tuple[str, FieldOf]]:
    """The single fields of a document by title, with the part each stands in: “” for the document itself."""
    parts = [(part.name, known.record_types[part.of or ""]) for part in known.root.fields if part.type == "record"]
    inside = {field.title: (name, field) for name, record in parts for field in _fields(known, record)}
    own = {field.title: ("", field) for field in _fields(known, known.root) if len(field.path) == 1}
    return own | inside


def part_of(document: Data, *steps: str) -> Data:
    """The part of a document at these steps; an empty one leads nowhere else."""
    for step in filter(None, steps):
        document = document[step]
    return document


def single_field(known: Description, title: str) -> tuple[str, FieldOf]:
    """The single field of a document with this title, and its part. Raises Misread."""
    one = known.one
    return _named(title, single_fields(known), Text(f"mục của {one.vi}", f"field of the {one.en}"))


def rows_called(known: Description, noun: str) -> PlanList:
    """The list whose rows are called so. Raises Misread."""
    one = known.one
    return _named(noun, lists(known), Text(f"phần của {one.vi}", f"part of the {one.en}"))
