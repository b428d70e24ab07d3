"""The layout of the forms: which sheet and column stands for which part of the document, as its description says.

The one place that the writers, the readers, the annotations and the fixes go by. A workbook has a sheet for each name in
`sheets`; a Word document has the same tables under the same headings. Labels are unique over the whole form, so that
what a column means does not depend on where it stands or what its sheet is called.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from typing import Any, Final, Literal

from ..base.problem import Path
from ..base.record import Record
from ..model.description import ColumnType, Description, Enumeration, Field, Form, Member, ProblemWords, TableType

Steps = tuple[str, ...]
"""The way to a value from a row: ("briefing", "by"); with ".." first, from what the row stands in; () is the row itself."""

Holds = Literal[
    "text", "texts", "reference", "name", "choice", "mark", "truth", "date", "instant", "instants", "count", "number", "percentage"
]  # fmt: skip
"""What a cell holds: one text; several, apart by ";" or line breaks; a row of another table by code or name; the name that
goes with the code in the column before it; a member of an enumeration by its label; an x; yes or no; a date and time;
several of them; a day; a whole number; one with decimals; a percentage."""

NUMBERS: Final = ("count", "number", "percentage")
TIMES: Final = ("date", "instant", "instants")

LISTED: Final = ("mark", "instants")
"""What stands for a part of a list, so that several columns share it."""

_HOLDS: Final[dict[str, Holds]] = {
    "reference": "reference",
    "member": "choice",
    "set": "mark",
    "list": "texts",
    "boolean": "truth",
    "count": "count",
    "number": "number",
    "percentage": "percentage",
    "date": "date",
    "instant": "instant",
    "rows": "instants",
}
"""What cells hold by the type of their field; else text."""


class _Itself(Record):
    """A record that equals nothing but itself, and so is quickly looked up."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


class FormColumn(_Itself):
    """One column of a table, or one label of a list of fields.

    `member` is what an x (or a time) in this column stands for; where it stands for a row of a list, the row's field
    `each` has the member and `takes` the time. `common` is the label of all columns that share a list. `to` is the list
    that a reference names a row of; `after` is the way to the instant whose day is meant where a time stands alone, and
    `bound` what else is said of an instant: something begins there ("tu") or ends ("den"). No two rows have the same in a
    column that is `unique`; a code `is_code`. In a column of a `person` stands a name, one's own where it is `named`, or a
    code. `also` are other labels.
    `example` is what the example row of an empty form shows; `note` is said beside the label. A form without an
    `optional` column can be read.
    """

    label: str
    path: Steps
    holds: Holds = "text"
    enumeration: Enumeration | None = None
    member: str | None = None
    each: str = ""
    takes: str = ""
    common: str = ""
    to: Steps = ()
    after: Steps | None = None
    bound: str = ""
    unique: bool = False
    is_code: bool = False
    person: bool = False
    named: bool = False
    also: tuple[str, ...] = ()
    example: str = ""
    note: str = ""
    width: int = 20
    optional: bool = False

    @property
    def is_outer(self) -> bool:
        """Whether its cells speak of what the row stands in."""
        return self.path[:1] == ("..",)


class Table(_Itself):
    """One table of the form. `path` is the list of the document whose rows stand in it, `rows` how many an empty form has.

    `identity` is the column where findings about a whole row are shown. `outer` is the list whose rows have the list at
    `path` in them; they are made from this table where none has them (`makes_outer`). `code` identifies the rows of `outer`, or else of `path`, and `title` is what stands for a code that
    is left out. `nowhere` is said of rows that do not say where they belong, `elsewhere` of those that belong nowhere.
    """

    name: str
    sheet: str
    path: Steps
    columns: tuple[FormColumn, ...]
    identity: str
    rows: int = 20
    outer: Steps | None = None
    makes_outer: bool = False
    code: FormColumn | None = None
    title: FormColumn | None = None
    nowhere: ProblemWords | None = None
    elsewhere: ProblemWords | None = None

    @cached_property
    def names(self) -> Mapping[FormColumn, FormColumn]:
        """The column with the name that goes with a code, by the column of the code."""
        names = {column.path: column for column in self.columns if column.holds == "name"}
        codes = (column for column in self.columns if column.holds == "reference" and column.path in names)
        return {column: names[column.path] for column in codes}

    @cached_property
    def own(self) -> tuple[FormColumn, ...]:
        """The columns that speak of the row itself."""
        return tuple(column for column in self.columns if not column.is_outer and column.holds != "name")

    def column(self, label: str) -> FormColumn:
        """The column with this label."""
        return next(column for column in self.columns if column.label == label)

    @property
    def whole(self) -> Steps:
        """The outermost list that the rows are in."""
        return self.outer or self.path


SERIAL: Final = "STT"
"""The label of the column with serial numbers: the first of the first table of each sheet. Its numbers mean nothing."""

EXAMPLE: Final = "Ví dụ"
"""What stands in the serial column of an example row. A row marked so is left out as long as it is the example itself."""

HOW_TO: Final = "Cách ghi."
"""How the note below a table of a document begins."""

VERSION_SHEET: Final = "Phiên bản"
"""The hidden sheet with the version of the form."""

VERSION_LABEL: Final = "Phiên bản mẫu thamdinh"
"""The label of the version, in the hidden sheet and in the last paragraph of a document."""

AUTHOR: Final = "thamdinh"
"""Whose the comments are that the program writes: notes on headings, marks in annotated copies."""

YES, NO = "có", "không"
MARK: Final = "x"


class Layout(_Itself):
    """The form of a type of document: its sheets (the sections of a document) with their titles, in order; the fields of the
    first, a label with the value to the right of it; and its tables. Those of one sheet stand side by side, an empty column between them.
    """

    known: Description
    sheets: Mapping[str, str]
    fields: tuple[FormColumn, ...]
    tables: tuple[Table, ...]

    @property
    def first(self) -> str:
        """The sheet with the fields; none is where there are no fields."""
        return next(iter(self.sheets), "") if self.fields else ""

    @cached_property
    def version(self) -> FormColumn:
        """The label of the version, which is that of the documents."""
        name = next((field.name for field in self.known.root.fields if field.type == "version"), VERSION_LABEL)
        return FormColumn(VERSION_LABEL, (name,), "count")

    @cached_property
    def referred(self) -> frozenset[Steps]:
        """The lists whose rows others name."""
        return frozenset(column.to for table in self.tables for column in table.columns if column.holds == "reference")

    def tables_of(self, sheet: str) -> list[Table]:
        """The tables of a sheet, from left to right."""
        return [table for table in self.tables if table.sheet == sheet]

    def label_of(self, path: Path) -> str | None:
        """What the form calls the value at a path of the document; None where it has no name of its own."""
        return self._labels.get(tuple(step for step in path if isinstance(step, str)))

    @cached_property
    def _labels(self) -> dict[Steps, str]:
        labels: dict[Steps, str] = {column.path: column.label for column in self.fields}
        for table in self.tables:
            labels.setdefault(table.path[:1], table.sheet)
            labels.setdefault(table.path, table.name)
            for column in table.columns:
                labels.setdefault(self.steps(table, column), column.common)
        return labels

    @staticmethod
    def steps(table: Table, column: FormColumn) -> Steps:
        """The way to a column's value from the top of the document, list indices left out."""
        return Description.steps("/".join(column.path), "/".join(table.path))


@cache
def layout(known: Description) -> Layout:
    """The layout of the form of a type of document: an empty one where it has no form."""
    form = known.form or Form((), (), ())
    tables = {known.steps(table.rows) for table in form.tables}
    return Layout(
        known,
        {sheet.name: sheet.title for sheet in form.sheets},
        tuple(
            _column(known, ColumnType(field.label, field.field, note=field.note, also=field.also), "/")
            for field in form.fields
        ),
        tuple(_table(known, table, tables) for table in form.tables),
    )


def _column(known: Description, written: ColumnType, rows: str, member: Member | None = None) -> FormColumn:
    """One column; `member` is the one it stands for, where there is a column of each."""
    field = _field(known, written.field, rows)
    inside = known.record_types[field.of or ""] if written.takes else None
    enumeration = known.enumerations.get(_enumerated(known, field, written.each) or "")
    holds: Holds = "name" if written.shows else _HOLDS.get(_items(field), "text")
    to = known.steps(field.to) if field.to else ()

    def named(label: str) -> str:
        return label if member is None else label.replace("{}", member.words.vi)

    return FormColumn(
        named(written.label),
        _path(written.field),
        holds,
        enumeration,
        None if member is None else member.name,
        written.each or "" if inside else "",
        written.takes or "",
        written.label.replace("{}", "…"),
        to,
        _after(known, written.field, rows),
        _bound(known, written.field, rows),
        unique=not written.field.startswith("..") and (field.unique is not None or field.nature == "person_name"),
        is_code=field.type == "identifier" and not written.field.startswith(".."),
        named=field.nature == "person_name",
        person=field.nature == "person_name" or (bool(to) and to == known.people),
        also=tuple(map(named, written.also)),
        example=_example(written.example, holds, enumeration, member),
        note=written.note or "",
        width=written.width,
        optional=written.omissible,
    )


def _field(known: Description, path: str, rows: str = "/") -> Field:
    field = known.at(path, rows)
    assert field is not None, path
    return field


def _path(written: str) -> Steps:
    return tuple(step for step in written.split("/") if step not in ("", "."))


def _items(field: Field) -> str:
    """The type of a value, or of each of a list of references."""
    return "reference" if field.to else field.type


def _enumerated(known: Description, field: Field, each: str | None) -> str | None:
    """The name of the enumeration whose members a column takes, or has one column for each of."""
    if each in (None, "."):
        return field.of if field.type in ("member", "set") else None
    inner = known.record_types[field.of or ""].field(each or "")
    return None if inner is None else inner.of


def _after(known: Description, path: str, rows: str) -> Steps | None:
    """The way to the instant that an instant of the same record comes after."""
    above, _, name = path.rpartition("/")
    record = known.record_at(above or ".", rows)
    earlier = next((order.earlier for order in record.order if order.later == name), None) if record else None
    return None if earlier is None else (*_path(above), earlier)


def _bound(known: Description, path: str, rows: str) -> str:
    """Whether an instant is where something begins or ends: there is one after it, or before it, in its record."""
    above, _, name = path.rpartition("/")
    record = known.record_at(above or ".", rows)
    orders = record.order if record else ()
    ends = any(order.later == name for order in orders)
    return "den" if ends else "tu" if any(order.earlier == name for order in orders) else ""


def _example(example: Any, holds: Holds, enumeration: Enumeration | None, member: Member | None) -> str:
    """The example as it stands in a cell."""
    if example is None:
        return ""
    if holds == "mark":
        return MARK if member is not None and member.name in example else ""
    if holds == "truth":
        return YES if example else NO
    found = enumeration.member(str(example)) if enumeration is not None and holds == "choice" else None
    return found.words.vi if found is not None else str(example)


def _columns(known: Description, written: ColumnType, rows: str) -> Iterator[FormColumn]:
    """The column, or one for each member."""
    if written.each is None:
        yield _column(known, written, rows)
        return
    enumeration = known.enumerations[_enumerated(known, _field(known, written.field, rows), written.each) or ""]
    for member in enumeration.members:
        yield _column(known, written, rows, member)


def _table(known: Description, written: TableType, tables: Collection[Steps]) -> Table:
    columns = tuple(column for one in written.columns for column in _columns(known, one, written.rows))
    path = known.steps(written.rows)
    lists = (path[:length] for length in range(1, len(path)))
    outer = next((steps for steps in lists if _field(known, _written(steps)).type == "rows"), None)
    speaking = [column for column in columns if column.is_outer] if outer else columns
    record = known.record_at(_written(outer or path))
    code = next((column for column in speaking if record and column.path[-1:] == (record.identifier,)), None)
    title = next((column for column in speaking if code and column is not code and column.holds == "text"), None)
    return Table(
        written.name,
        written.sheet,
        path,
        columns,
        written.identity,
        written.length,
        outer,
        outer is not None and outer not in tables,
        code or (speaking[0] if outer else None),
        title,
        written.nowhere,
        written.elsewhere,
    )


def _written(steps: Steps) -> str:
    return "/" + "/".join(steps)
