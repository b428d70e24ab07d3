"""Facts: a document as flat rows. The one place that flattens a document; every evaluator reads these rows.

What is arithmetic, time order or counting is computed here, so that rules keep to matching.
A row holds plain values only: text, numbers, booleans, instants and dates (minutes since 1970-01-01, local time) and sets of
enumeration members. A field that is absent is not in the row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, Final, Literal

from ..base.problem import Path
from ..base.record import Record
from ..base.text import Text
from .description import Description, EntityType, Fact
from .description import Field as DescribedField
from .enumerations import enumerations
from .functions import FUNCTIONS
from .instants import Readings
from .records import DocumentRecord, nth, values
from .sources import RowSource, asked, sources

FieldType = Literal["text", "number", "boolean", "date", "instant", "enumeration", "set"]
Value = str | int | float | bool | frozenset[str]
Enumeration = type[StrEnum]


class FactField(Record):
    """One field of an entity: its type, the enumeration of its members if it has one, and its name for people.

    Rules read the value of a `secret` field like any other; no output shows it (privacy.py). `names` is the path of the rows
    whose identifier the value is: people are told the name of that row instead.
    """

    type: FieldType
    label: Text
    enumeration: Enumeration | None = None
    optional: bool = False
    secret: bool = False
    percent: int = 0
    """What its value is multiplied by to be read as a percentage; 0 where it is none."""
    names: str | None = None


class Entity(Record):
    """One kind of row of a type of document. `key` names the fields that identify a row; `subject` is the pattern of its subject id."""

    known: Description
    name: str
    label: Text
    fields: dict[str, FactField]
    key: tuple[str, ...]
    subject: str


@dataclass(frozen=True, slots=True)
class Row:
    """One fact and the path in the plan of what it was made from."""

    entity: str
    values: dict[str, Value]
    path: Path


class Facts(dict[str, list[Row]]):
    """The rows of one document, by entity, in its order; those of an entity are made when first asked for."""

    def __init__(self, plan: DocumentRecord, readings: Readings) -> None:
        self.plan = plan
        self.readings = readings
        self._numbers: dict[str, dict[str, int]] = {}

    def __missing__(self, entity: str) -> list[Row]:
        made = _maker(self.plan.known, entity)(self.plan, self.readings)
        rows = self[entity] = [Row(entity, _given(values), path) for values, path in made]
        return rows

    def row(self, entity: str, number: int) -> Row:
        """One row of an entity. Of a list in the document itself, whose rows may be many, only that one is made."""
        levels = sources(self.plan.known).entities[entity].levels
        if entity in self or len(levels) != 1 or levels[0].distinct:
            return self[entity][number]
        ((values, path),) = _maker(self.plan.known, entity, single=True)(self.plan, self.readings, number)
        return Row(entity, _given(values), path)

    def name(self, rows: str, identifier: str) -> str:
        """What people call the row at this path that has the identifier: its title, where its record has one."""
        own, title = _called(self.plan.known, rows)
        if not title:
            return identifier
        if rows not in self._numbers:
            self._numbers[rows] = {one: number for number, one in enumerate(values(self.plan, own))}
        number = self._numbers[rows].get(identifier)
        # Of many rows one is looked at: what people are called is text of a line, which takes time to read.
        return identifier if number is None else nth(self.plan, title, number)

    def named(self, row: Row, only: tuple[str, ...] | None = None) -> dict[str, Value]:
        """The values of a row (`only` those of some fields) for people: the name of a row in place of its identifier."""
        fields, given = self.entities[row.entity].fields, row.values
        return {
            name: given[name] if (rows := fields[name].names) is None else self.name(rows, str(given[name]))
            for name in (given if only is None else only)
            if name in given
        }

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """What entities there are."""
        return entities(self.plan.known)


@cache
def _called(known: Description, rows: str) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """The steps of the identifiers of the rows at a path, and of what people call them."""
    record, steps = known.record_at(rows), known.steps(rows)
    title = None if record is None else record.title
    return (*steps, known.identifier(rows)), (*steps, title) if title else None


def flatten(plan: DocumentRecord, readings: Readings) -> Facts:
    """The rows of one document."""
    return Facts(plan, readings)


def _given(values: dict[str, Any]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value is not None}


_Rows = Iterator[tuple[dict[str, Any], Path]]


@cache
def _maker(known: Description, entity: str, *, single: bool = False) -> Callable[..., _Rows]:
    """The function that makes the rows of an entity; with `single`, that of one number. No value of a document is in it."""
    made, fields = sources(known), _fields(known)[entity]
    source = made.entities[entity]
    lines = [*_loops(source, single=single)]
    indent = "    " * (len(lines) + 1)
    if "position" in source.fields.values():
        lines.append(f"{indent}position = i{len(source.levels) - 1} + 1")
    values = ", ".join(f"{name!r}: {_plain(value, fields[name])}" for name, value in source.fields.items())
    lines.append(f"{indent}yield {{{values}}}, ({_path(source)})")
    shared = [f"    {name} = {expression}" for name, expression in asked(made.shared, lines)]
    text = "\n".join([f"def rows(plan, readings{', number' if single else ''}):", *shared, *lines])
    namespace: dict[str, Any] = {**made.names, "code": _code, "codes": _codes, "firsts": _firsts}
    exec(compile(text, f"<facts of {entity}>", "exec"), namespace)  # noqa: S102
    rows: Callable[..., _Rows] = namespace["rows"]
    return rows


def _loops(source: RowSource, *, single: bool) -> Iterator[str]:
    """The loops over the rows, each with the number `i…` of its item where items are numbered."""
    for number, level in enumerate(source.levels):
        indent = "    " * (number + 1)
        if level.distinct:
            yield f"{indent}for {level.item}, i{number} in firsts({level.items}):"
        elif not level.numbered:
            yield f"{indent}for {level.item} in {level.items}:"
        elif single:
            yield f"{indent}for i{number}, {level.item} in ((number, {level.items}[number]),):"
        else:
            yield f"{indent}for i{number}, {level.item} in enumerate({level.items}):"


def _path(source: RowSource) -> str:
    """The items of the tuple that is the path of a row."""
    steps: list[str] = []
    for number, level in enumerate(source.levels):
        steps += [*map(repr, level.steps), *([f"i{number}"] if level.numbered else [])]
    return "".join(f"{step}, " for step in steps)


def _plain(value: str, field: FactField) -> str:
    """The expression of a value as rows have it."""
    if field.type == "set":
        return f"codes({value})"
    if field.type == "enumeration":
        return f"code({value})" if field.optional else f"{value}.value"
    return value


def _code(member: StrEnum | None) -> str | None:
    return None if member is None else member.value


def _codes(members: tuple[str, ...] | None) -> frozenset[str] | None:
    return None if members is None else frozenset(map(str, members))


def _firsts(values: list[str]) -> list[tuple[str, int]]:
    """Each different value and where it stands first."""
    found: dict[str, int] = {}
    for number, value in enumerate(values):
        found.setdefault(value, number)
    return [*found.items()]


_TYPES: Final[dict[str, FieldType]] = {
    "text": "text",
    "identifier": "text",
    "reference": "text",
    "boolean": "boolean",
    "version": "number",
    "count": "number",
    "number": "number",
    "percentage": "number",
    "date": "date",
    "instant": "instant",
    "member": "enumeration",
    "set": "set",
    "list": "set",
}
"""What a field of a document is in the facts."""


@cache
def entities(known: Description) -> dict[str, Entity]:
    """Every entity a rule can judge or look for in a document of this type. The rule language is checked against it."""
    return {
        entity.name: Entity(
            known,
            entity.name,
            entity.label,
            {fact.name: _field(known, entity, fact) for fact in entity.fields},
            entity.key,
            entity.subject,
        )
        for entity in known.facts
    }


@cache
def _fields(known: Description) -> dict[str, dict[str, FactField]]:
    """The fields of every entity that a document by itself says something of."""
    within = {across.name: across.within for across in known.across}
    said = {name: {fact.name: _field(known, one, fact) for fact in one.fields} for name, one in within.items()}
    return {name: entity.fields for name, entity in entities(known).items()} | said


def _field(known: Description, entity: EntityType, fact: Fact) -> FactField:
    meaning, of = FUNCTIONS[fact.function], _at(known, entity, fact.of)
    made: FieldType = _TYPES[meaning.gives or _type(known, entity, fact, of)]
    enumeration = None
    if meaning.gives is None and of is not None and of.type in ("member", "set"):
        enumeration = enumerations(known)[of.of or ""]
    optional = meaning.absent == "always" or (
        meaning.absent == "arguments"
        and any(_may_lack(known, entity, path) for path in (fact.of, fact.to, fact.written, *fact.plus) if path)
    )
    optional = optional or (meaning.absent == "lookup" and not _always_found(known, entity, fact))
    secret = meaning.gives is None and of is not None and of.nature == "secret"
    percent = 100 if fact.function == "share" else 0
    if meaning.gives is None and of is not None and of.type == "percentage":
        percent = 1
    return FactField(made, fact.label, enumeration, optional, secret, percent, _names(known, entity, fact, of))


def _names(known: Description, entity: EntityType, fact: Fact, of: DescribedField | None) -> str | None:
    """The path of the rows whose identifier a field of the facts is."""
    if FUNCTIONS[fact.function].gives is not None or of is None:
        return None
    if of.type == "identifier":
        return "/" + "/".join(known.steps(fact.of or "", entity.rows)[:-1])
    return of.to


def _at(known: Description, entity: EntityType, path: str | None) -> DescribedField | None:
    """The field of the document at a path, or at that of a field of the facts."""
    head, dot, name = (path or "").partition(".")
    if dot and head in known.entities:
        fact = known.entities[head].field(name)
        return None if fact is None else _at(known, known.entities[head], fact.of)
    return None if path is None else known.at(path, entity.rows)


def _type(known: Description, entity: EntityType, fact: Fact, of: DescribedField | None) -> str:
    """The type of the field at `of`; of an item, where the rows are the items of a list."""
    assert of is not None, fact.name
    is_item = of.type == "list" and known.steps(fact.of or "", entity.rows) == known.steps(entity.rows)
    return (of.of or "") if is_item else of.type


def _may_lack(known: Description, entity: EntityType, path: str) -> bool:
    """Whether a row may have nothing at a path."""
    head, dot, name = path.partition(".")
    if dot and head in known.entities:
        return entities(known)[head].fields[name].optional if head != entity.name else True
    steps, rows = known.steps(path, entity.rows), known.steps(entity.rows)
    depth = next(number for number in range(len(rows), -1, -1) if steps[:number] == rows[:number])
    beyond = (known.at("/" + "/".join(steps[:number])) for number in range(depth + 1, len(steps) + 1))
    return any(field is None or field.optional for field in beyond)


def _always_found(known: Description, entity: EntityType, fact: Fact) -> bool:
    """Whether a row is looked up by its identifier, through a reference that must be given and always leads there."""
    rows = "/" + "/".join(known.steps(fact.of or "")[:-1])
    of, matches = known.at(fact.of or ""), fact.match or {}
    if of is None or of.optional or len(matches) != 1:
        return False
    ((name, path),) = matches.items()
    theirs, ours = known.at(name, rows), known.at(path, entity.rows)
    return (
        theirs is not None
        and theirs.type == "identifier"
        and ours is not None
        and ours.to == rows
        and not _may_lack(known, entity, path)
    )
