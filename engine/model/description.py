"""The description of a type of document, as `rules/documents/<type>/document.yaml` writes it and as the engine asks it.

The engine knows no type of document by itself: whatever it says, reads, writes, proves or hides of one it asks here, by
record, field, nature or entity. Nothing here reads a file (document_types.py) or judges a document.

A **path** leads to values with a step for each field, `/` between them: `/committees/members` from the whole document,
`start` from a row, `../id` from what the row stands in, `.` the row itself. `plan.first_session_start` is a field of the
facts of the whole document.
"""

from __future__ import annotations  # nobody asks for them but who compiles what reads a description

from collections.abc import Callable, Iterator
from functools import cached_property
from operator import attrgetter
from typing import Annotated, Any, Final, Literal

from pydantic_core import core_schema

from ..base.record import Record, keys
from ..base.text import Text, plural
from .types import Count, Rows, Shape, Truth, Version, Written

DOCUMENT: Final = Text("văn bản", "document")
DOCUMENTS: Final = Text("văn bản", "documents")
"""What a document is called whose type is not known, or that may be of several."""
TYPE: Final = "document"
"""The key by which a document says of which type it is: no type has a field of that name."""

FieldType = Literal[
    "version",
    "text",
    "identifier",
    "reference",
    "member",
    "set",
    "list",
    "boolean",
    "count",
    "number",
    "percentage",
    "date",
    "instant",
    "record",
    "rows",
]
Nature = Literal[
    "organization", "kind", "term", "district", "superior", "director", "venue", "day", "person_name", "secret"
]
"""What the engine asks for in place of names. `secret` is a party card; `day` the first instant of the event."""

FactType = Literal["text", "number", "boolean", "instant", "member", "set"]
Function = Literal[
    "value",
    "constant",
    "position",
    "count",
    "sum",
    "total",
    "least",
    "greatest",
    "share",
    "minutes",
    "days",
    "year",
    "half_days",
    "rounds_to",
    "lookup",
    "equals",
    "contains",
]
"""How a field of the facts is worked out; functions.py says what each means."""

Name = Annotated[
    str,
    Shape(
        core_schema.str_schema(strict=True, max_length=64, pattern="^[a-z][a-z0-9_]*$"),
        {"pattern": "^[a-z][a-z0-9_]*$"},
    ),
]
"""What something is called in data and in rules."""
Plain = Annotated[
    Any,
    Shape(
        core_schema.union_schema(
            [
                core_schema.bool_schema(strict=True),
                core_schema.int_schema(strict=True),
                core_schema.float_schema(strict=True),
                core_schema.str_schema(strict=True, max_length=2_000),
                core_schema.list_schema(max_length=100),
                core_schema.dict_schema(max_length=100),
            ]
        )
    ),
]
"""A value as a document has it, of an example or a default."""


class Member(Record):
    """A member of an enumeration: its words, shorter ones for drawings, what else people write, and what it goes with.

    A member in a group stands for it where the description speaks of several (`by_kind`).
    """

    name: Name
    words: Text
    short: Text | None = None
    also: Rows[Written] = ()
    groups: Rows[Name] = ()


class Enumeration(Record):
    """What a field may say by one of a few words."""

    name: Name
    label: Text
    members: Rows[Member]

    def member(self, name: str) -> Member | None:
        """The member of this name."""
        return next((member for member in self.members if member.name == name), None)


class VocabularyChange(Record):
    """What a pack changes of an enumeration, for its documents alone: members that go, and those that come.

    One that comes stands in the place of the one of its name, or after all others.
    """

    enumeration: Name
    retire: Rows[Name] = ()
    add: Rows[Member] = ()


class Unique(Record):
    """That no two rows of a list have the same: what a message calls it, and how two are compared.

    `look`: what looks the same is the same; `digits`: only the letters and digits count; `exact`. With `repeats` one may
    stand twice, and only what looks the same and differs is told. An identifier is unique in the whole document.
    """

    words: Text
    compared: Literal["look", "digits", "exact"] = "exact"
    repeats: Truth = False


class ProblemWords(Record):
    """A message and how to mend it; `{value}` stands for what was written."""

    message: Text
    fix: Text


class Field(Record):
    """One field of a record.

    `of`: the enumeration of a member or set, the record of a record or rows, the type of the items of a list.
    `to`: the path of the rows whose identifier a reference (or each of a list of references) names.
    `label`: its name in messages and editors; `short`: in sentences about one row; `row`: what one row of the list is
    called; `listed`: how messages speak of the whole list. `also`: what else people write for its key.
    `longest`: how long a text may be; `least` and `most`: what a count may be.
    """

    name: Name
    type: FieldType
    label: Text
    of: Name | None = None
    to: Written | None = None
    optional: Truth = False
    default: Plain | None = None
    short: Text | None = None
    row: Text | None = None
    listed: Text | None = None
    description: Text | None = None
    example: Plain | None = None
    longest: Count | None = None
    least: Count | None = None
    most: Count | None = None
    unique: Unique | None = None
    not_itself: ProblemWords | None = None
    nature: Nature | None = None
    also: Rows[Written] = ()

    @property
    def required(self) -> bool:
        """Whether it must be given."""
        return not self.optional and self.default is None


class Order(Record):
    """That one instant of a record lies after another, by so many days at most, and what is told where it does not.

    The messages may name `{earlier}`, `{later}`, `{days}` and `{most}`.
    """

    earlier: Name
    later: Name
    message: Text
    fix: Text
    days: Count | None = None
    too_long: Text | None = None


class RecordType(Record):
    """One part of the document: its fields in the order of the file. `noun`: what scenarios call one of them.

    A record of the nature `person` speaks of one person. `called`: how sentences name one row, with its fields as `{field}`;
    by default by its identifier, by what it names, or by its number.
    """

    name: Name
    label: Text
    fields: Rows[Field]
    noun: Written | None = None
    nature: Literal["person"] | None = None
    order: Rows[Order] = ()
    called: Text | None = None

    def field(self, name: str) -> Field | None:
        """The field of this name."""
        return next((known for known in self.fields if known.name == name), None)

    @property
    def identifier(self) -> str | None:
        """The name of the field that identifies one of them."""
        return next((known.name for known in self.fields if known.type == "identifier"), None)

    @property
    def title(self) -> str | None:
        """The name of the field by which people call one of those that have an identifier: the first text."""
        return self.identifier and next((known.name for known in self.fields if known.type == "text"), None)


class Fact(Record):
    """One field of an entity and how it is worked out: by default it is the value at the path `of`.

    `to` is the other end of a difference, or what is compared with; `where`: the members that counted rows have;
    `match`: the fields by which a row is looked up, or rows are counted, each with the path of what it equals; `written`: the
    percentage that is held against an exact one; `plus`: what is added to the value at `of`.
    """

    name: Name
    label: Text
    function: Function = "value"
    of: Written | None = None
    to: Written | None = None
    text: Written | None = None
    written: Written | None = None
    plus: Rows[Written] = ()
    where: dict[Name, Written] | None = None
    match: dict[Written, Written] | None = None


class EntityType(Record):
    """One kind of row that rules judge: the path of its rows, of which `distinct` takes one for each member.

    `key` names the fields that identify a row; `subject` is the pattern of its subject id. `many`: what several of them are
    called, where the label does not tell.
    """

    name: Name
    label: Text
    rows: Written
    key: Rows[Name]
    subject: Written
    fields: Rows[Fact]
    distinct: Name | None = None
    many: Text | None = None

    def field(self, name: str) -> Fact | None:
        """The field of this name."""
        return next((known for known in self.fields if known.name == name), None)


class AcrossFact(Record):
    """One field of an entity that exists only across documents.

    Registers make its value, except where it is what the document itself says: at the path `says` from the row, or there in
    the row that `match` looks up.
    """

    name: Name
    type: FactType
    label: Text
    of: Name | None = None
    optional: Truth = False
    says: Written | None = None
    match: dict[Written, Written] | None = None


class PeopleListing(Record):
    """People that a document lists: the path of the rows, which are people or name them, and from a row what they are listed for.

    That is a text, or names a row that has one.
    """

    rows: Written
    of: Written


class Pairs(Record):
    """That a document and one of another type, of the same organisation and term, list the same people for the same."""

    document: Name
    ours: PeopleListing
    theirs: PeopleListing


class AcrossEntity(Record):
    """One kind of row that exists only where many documents are looked at together, and the path of what it speaks of.

    Where it `pairs` documents, there is one row for each of them, with what is known of its counterpart (audit/shared/pairs.py).
    """

    name: Name
    label: Text
    rows: Written
    key: Rows[Name]
    subject: Written
    fields: Rows[AcrossFact]
    pairs: Pairs | None = None

    @property
    def within(self) -> EntityType:
        """What a document by itself says of the rows."""
        said = tuple(
            Fact(known.name, known.label, "lookup" if known.match else "value", known.says, match=known.match)
            for known in self.fields
            if known.says is not None
        )
        return EntityType(self.name, self.label, self.rows, self.key, self.subject, said)


class SubjectWords(Record):
    """How scenarios speak of a subject: `{0}` and `{1}` are the halves of its id on both sides of `joint`.

    The second half is a member of the enumeration `of`, where that is given.
    """

    entity: Name
    words: Written
    joint: Annotated[str, Shape(core_schema.str_schema(strict=True, max_length=1))] | None = None
    of: Name | None = None


class Sittings(Record):
    """Which entity is drawn as the agenda, by its fields."""

    entity: Name
    start: Name
    end: Name
    part: Name


class MomentType(Record):
    """Something that happens at one time: the entity, its instant, and in which lane (an entry of the columns) it is drawn."""

    name: Name
    entity: Name
    at: Name
    lane: Name
    words: Text


class Named(Record):
    """An entity with what identifies and names each of its rows."""

    entity: Name
    id: Name
    name: Name


class CrossingType(Record):
    """An entity whose rows stand where a person meets a column of the matrix, and what is written there."""

    entity: Name
    person: Name
    column: Name
    says: Name | None = None


class AboutEntry(Record):
    """One thing to say of a document as a whole: a path in it or a field of the facts of it, and its label."""

    of: Written
    label: Text


class OutlineType(Record):
    """What pages draw of a document: what it is about, its agenda, and the matrix of people with seats and ballots.

    Nothing is drawn of what is not said; a matrix has its people, and columns where they have seats or ballots.
    """

    about: Rows[AboutEntry]
    sessions: Sittings | None = None
    moments: Rows[MomentType] = ()
    columns: Named | None = None
    people: Named | None = None
    seats: CrossingType | None = None
    ballots: CrossingType | None = None


class Into(Record):
    """Which row takes what leaves another: it has one member and lacks the other."""

    has: Name
    lacks: Name


class RepairType(Record):
    """A mechanical remedy that rules may name: a closed action and its parameters.

    `find`: the field of the rows that names the row, and the key of the finding's evidence that it equals.
    `value`: the key of the evidence that is put in. `share`: the field of the subject's facts that works out what is put in, in
    per cent.
    """

    name: Name
    action: Literal["split_row", "add_member", "add_reference", "add_row", "move_instant", "put_share"]
    rows: Written
    find: dict[Name, Name] | None = None
    set: Name | None = None
    list: Name | None = None
    value: Name | None = None
    member: Name | None = None
    instant: Name | None = None
    not_before: Name | None = None
    before: Written | None = None
    share: Name | None = None
    move: Rows[Name] = ()
    into: Into | None = None
    suffix: Written | None = None
    new: dict[Name, Written] | None = None
    keep: Rows[Name] = ()


class Sheet(Record):
    """A sheet of the workbook, a section of the document, and its title."""

    name: Written
    title: Written


class FormField(Record):
    """A label of the first sheet with the value of a field beside it; `also`: what else people call it."""

    label: Written
    field: Written
    note: Written | None = None
    also: Rows[Written] = ()


class ColumnType(Record):
    """A column of a table: a label and the path of the field from the row. What a cell holds follows from the field's type.

    `each` makes a column of every member, its words in place of `{}` in the label: of the set itself (`.`, an x in the
    cell), or of a field of the rows of a list, whose field `takes` the cell then holds. `shows`: the cell holds this field
    of what the reference names. `omissible`: a form without the column can be read. `example`: of the example row, as
    the document has it, or as it is typed. `also`: what else people call it, where it stands among columns of its table.
    """

    label: Written
    field: Written
    each: Written | None = None
    takes: Name | None = None
    shows: Name | None = None
    example: Plain | None = None
    note: Written | None = None
    width: Count = 20
    omissible: Truth = False
    also: Rows[Written] = ()


class TableType(Record):
    """A table of the form: the path of its rows, and how many an empty form has room for.

    `identity` is the label of the column where findings about a whole row are shown. Rows within rows that have a table of
    their own say in which they stand: `nowhere` is told where they don't, `elsewhere` where no row is called `{value}`.
    """

    name: Written
    sheet: Written
    rows: Written
    identity: Written
    columns: Rows[ColumnType]
    length: Count = 20
    nowhere: ProblemWords | None = None
    elsewhere: ProblemWords | None = None


class Form(Record):
    """The form: its sheets, the fields of the first, and the tables.

    `number`: what the number of such a document ends with; `signed`: as whom it is signed, the lines of each from the left.
    """

    sheets: Rows[Sheet]
    fields: Rows[FormField]
    tables: Rows[TableType]
    number: Written | None = None
    signed: Rows[Rows[Written]] = ()


class BlankWord(Record):
    """A word of the blank document, by the name that its text has for it; `typed`: what a form has for a day, before the time.

    In a comment, `{kind}` stands for the members of the enumeration of this name, each with its words.
    """

    name: Name
    words: Text
    typed: Written | None = None


class KindWords(Record):
    """Words of the blank form that depend on the kind of organisation: for kinds in any of the groups."""

    groups: Rows[Name]
    words: dict[Name, Written]


class Blank(Record):
    """The document to fill in, as YAML text with `{name}` for words and `{note_name}` for comments."""

    head: Text
    words: Rows[BlankWord]
    text: Annotated[str, Shape(core_schema.str_schema(strict=True, max_length=50_000))]
    comments: Rows[BlankWord] = ()
    by_kind: Rows[KindWords] = ()


class FillerCase(Record):
    """What stands there where a set of the record has just the members `only`, or has the member `has`."""

    set: Name
    pattern: Written
    only: Rows[Name] | None = None
    has: Name | None = None


class Filler(Record):
    """What stands in a field of a made-up document where nothing rests on it.

    The value of the member that the field of the nature `by` has; else the pattern of the first case that fits; else the
    text of the row's number; else the pattern. `{number}` in a pattern is the number of the row, `{year}` that of the event.
    """

    field: Written
    by: Nature | None = None
    values: dict[Name, Written] | None = None
    cases: Rows[FillerCase] = ()
    texts: Rows[Written] = ()
    pattern: Written | None = None


class BoundWords(Record):
    """The bound of a proof on the rows of a list: its name, how it is read after a number, and what it is by default.

    That of the whole document, `/`, is on the days that its times lie in, and called `days`.
    """

    rows: Written
    name: Name
    words: Text
    usual: Count


class Usual(Record):
    """What a made-up document has at a path by preference: the values in turn by the number of the row, `first` in the first.

    Instants are written `7:30`, `1 8:00` on the day after the first, or in full. `a_day`: so many rows take place on one day; `same_day`:
    on that of another instant of the row.
    """

    of: Written
    values: Rows[Plain] = ()
    first: Plain | None = None
    a_day: Count | None = None
    same_day: Name | None = None


class ChangeCost(Record):
    """What it takes to change what stands at a path, and all inside of it, in order to turn a verdict.

    `never`; `world`: only where no choice will do, as it says how the world is; `kind`: another row is rather added; `moved`
    costs a little more than `free`; `said`: an optional text that may be added or dropped, though never reworded.
    `near`: what times that are set are near to (minutes after the first instant of the event or its end, or a time of day).
    """

    of: Written
    how: Literal["never", "world", "kind", "moved", "free", "said"] | None = None
    near: Literal["start", "end"] | None = None
    before: Count = 0
    after: Count = 0
    clock: Written | None = None


class Samples(Record):
    """How made-up documents are filled. Groups of what is usual come row by row, the most wanted first.

    The name of a person is put together from one of each of the `names`.
    """

    fillers: Rows[Filler] = ()
    bounds: Rows[BoundWords] = ()
    usual: Rows[Rows[Usual]] = ()
    changes: Rows[ChangeCost] = ()
    names: Rows[Rows[Written]] = ()


class DescriptionPart(Record):
    """A file of a description: any of its sections. Each section stands in one of the files."""

    vocabulary: Rows[Enumeration] | None = None
    records: Rows[RecordType] | None = None
    facts: Rows[EntityType] | None = None
    across: Rows[AcrossEntity] | None = None
    subjects: Rows[SubjectWords] | None = None
    outline: OutlineType | None = None
    repairs: Rows[RepairType] | None = None
    form: Form | None = None
    blank: Blank | None = None
    samples: Samples | None = None


class Titled(Record):
    """What the head of a description says before its sections.

    `version` is that of the documents: the value of their field of the type `version`. `subject`: what sheets and letters
    on a document say that it is, where the label is not enough.
    """

    schema: Version
    id: Name
    label: Text
    version: Count = 1
    subject: Text | None = None
    include: Rows[Written] = ()


class DescriptionHead(DescriptionPart, Titled):
    """The head of a description, `document.yaml`, with the files beside it that hold the other sections."""


SECTIONS: Final = keys(DescriptionPart)
"""The sections of a description, in the order of reading."""


class Description(Record):
    """All that is known of a type of document. What its file leaves out is empty."""

    id: str
    label: Text
    version: int
    vocabulary: tuple[Enumeration, ...] = ()
    records: tuple[RecordType, ...] = ()
    facts: tuple[EntityType, ...] = ()
    across: tuple[AcrossEntity, ...] = ()
    subjects: tuple[SubjectWords, ...] = ()
    outline: OutlineType | None = None
    repairs: tuple[RepairType, ...] = ()
    form: Form | None = None
    blank: Blank | None = None
    samples: Samples | None = None
    digest: str = ""
    """What tells its files from others."""
    subject: Text | None = None

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Description) and (self.id, self.digest) == (other.id, other.digest))

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"Description({self.id!r})"

    @property
    def one(self) -> Text:
        """What a document of the type is called: as the first entity is; what no rule judges has none."""
        return self.facts[0].label if self.facts else DOCUMENT

    @property
    def many(self) -> Text:
        """What several are called."""
        if not self.facts:
            return DOCUMENTS
        return self.facts[0].many or Text(self.one.vi, plural(self.one.en))

    @cached_property
    def enumerations(self) -> dict[str, Enumeration]:
        """The enumerations by name."""
        return {known.name: known for known in self.vocabulary}

    @cached_property
    def record_types(self) -> dict[str, RecordType]:
        """The records by name; the first is the whole document."""
        return {known.name: known for known in self.records}

    @property
    def root(self) -> RecordType:
        """The record that is the whole document."""
        return self.records[0]

    def at(self, path: str, within: str = "/") -> Field | None:
        """The field at a path from the document, or from the row at the path `within`; None where there is none.

        `.` and a path that ends in a list of references give the list's own field.
        """
        steps = self.steps(path, within)
        found: Field | None = None
        record: RecordType | None = self.root
        for step in steps or ():
            found = None if record is None else record.field(step)
            if found is None:
                return None
            record = self.record_types.get(found.of or "") if found.type in ("record", "rows") else None
        return found

    def record_at(self, path: str, within: str = "/") -> RecordType | None:
        """The record that a path leads to: one, or one of each row; None where there is none."""
        if not self.steps(path, within):
            return self.root
        found = self.at(path, within)
        return self.record_types.get(found.of or "") if found and found.type in ("record", "rows") else None

    @staticmethod
    def steps(path: str, within: str = "/") -> tuple[str, ...]:
        """The steps of a path from the whole document: `../id` within `/committees/members` is `committees`, `id`."""
        steps = [] if path.startswith("/") else [step for step in within.split("/") if step]
        for step in path.split("/"):
            if step == "..":
                del steps[-1:]
            elif step not in ("", "."):
                steps.append(step)
        return tuple(steps)

    @cached_property
    def fields(self) -> tuple[tuple[tuple[str, ...], RecordType, Field], ...]:
        """Every field of a document in the order of the file, each with its steps from the top and its record."""
        return (*self._fields(self.root, ()),)

    def _fields(
        self, record: RecordType, above: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, ...], RecordType, Field]]:
        for known in record.fields:
            steps = (*above, known.name)
            yield steps, record, known
            if known.type in ("record", "rows"):
                yield from self._fields(self.record_types[known.of or ""], steps)

    @cached_property
    def record_places(self) -> tuple[tuple[tuple[str, ...], RecordType], ...]:
        """Every record of a document with its steps from the top, where it is one or one of each row."""
        inside = ((steps, known) for steps, _, known in self.fields if known.type in ("record", "rows"))
        return (((), self.root), *((steps, self.record_types[known.of or ""]) for steps, known in inside))

    @cached_property
    def people(self) -> tuple[str, ...] | None:
        """The steps of the rows that are people: those of a record of that nature that has an identifier."""
        found = (steps for steps, known in self.record_places if known.nature == "person" and known.identifier)
        return next(found, None)

    @cached_property
    def naming(self) -> frozenset[str]:
        """The fields by which rows are known: those that identify them, and those with what they must refer to."""
        told = (field for _, _, field in self.fields if field.type == "identifier" or field.required)
        return frozenset(field.name for field in told if field.type in ("identifier", "reference"))

    def identifier(self, rows: str) -> str:
        """The name of the field that identifies the rows at a path; a description with references has one there."""
        record = self.record_at(rows)
        assert record is not None, rows
        assert record.identifier is not None, rows
        return record.identifier

    def listed(self, rows: str) -> Text:
        """How messages speak of the list at a path."""
        found = self.at(rows)
        assert found is not None, rows
        return found.listed or Text(f"{found.label.vi} ({found.name})", found.name)

    @cached_property
    def by_nature(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The steps of the fields of each nature that the document has."""
        found: dict[str, tuple[tuple[str, ...], ...]] = {}
        for steps, _, known in self.fields:
            if known.nature is not None:
                found[known.nature] = (*found.get(known.nature, ()), steps)
        return found

    @cached_property
    def readers(self) -> dict[str, Callable[[Any], Any]]:
        """What reads the first field of each nature from a document in which it stands but once."""
        return {nature: attrgetter(".".join(paths[0])) for nature, paths in self.by_nature.items()}

    @cached_property
    def entities(self) -> dict[str, EntityType]:
        """The entities of single documents by name; the first is the whole document."""
        return {known.name: known for known in self.facts}

    @property
    def whole(self) -> str:
        """The name of the entity that is the whole document."""
        return self.facts[0].name if self.facts else ""

    @cached_property
    def kinds(self) -> Enumeration | None:
        """The enumeration of the kinds of organisation, where documents say theirs."""
        steps = self.by_nature.get("kind", ((),))[0]
        field = self.at("/" + "/".join(steps)) if steps else None
        return None if field is None else self.enumerations.get(field.of or "")

    def group(self, name: str, of: str) -> tuple[str, ...]:
        """The members of an enumeration that are in a group."""
        return tuple(member.name for member in self.enumerations[of].members if name in member.groups)
