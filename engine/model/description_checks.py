"""Whether a description of a type of document agrees with itself: names, references, paths, functions, labels."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from keyword import iskeyword
from string import Formatter
from typing import Any, Final

from ..base.problem import DUPLICATE, REFERENCE, SCHEMA, Path
from ..base.suggest import letters, shown, suggestion
from ..base.text import Text
from .description import (
    TYPE,
    AcrossEntity,
    ColumnType,
    Description,
    EntityType,
    Enumeration,
    Fact,
    Field,
    FieldType,
    Form,
    MomentType,
    RecordType,
    TableType,
)
from .functions import FUNCTIONS

DEEPEST: Final = 8
"""Records within records."""

RESERVED: Final = frozenset({"known", "described", "whole", "names", "json_words"})
"""What every record has beside its fields (records.py)."""

_NAMING: Final = ("start", "end", "part", "id", "name", "person", "column", "says", "at", "lane")
"""What names a field of the facts in the parts of an outline."""

_ENUMERATED: Final = ("member", "set")
_NESTED: Final = ("record", "rows")
_LONGEST_SHEET: Final = 31
_NO_SHEET: Final = frozenset("[]:*?/\\")
"""What workbooks allow in no name of a sheet."""
_IN_CELLS: Final = (
    "text", "identifier", "reference", "member", "list", "boolean", "count", "number", "percentage", "date", "instant",
)  # fmt: skip
"""What one cell of a form can hold."""
_TEXTS: Final[tuple[FieldType, ...]] = ("text", "identifier")
_NUMBERS: Final[tuple[FieldType, ...]] = ("count",)
"""What the lengths of texts and the limits of numbers are said of."""
_ITEMS: Final[tuple[FieldType, ...]] = ("text", "reference")
"""What the items of a list may be."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Something that a description has wrong, and where in it."""

    path: Path
    message: Text
    fix: Text
    code: str = REFERENCE


def wrongs(made: Description) -> Iterator[Wrong]:
    """All that is wrong: first what the rest rests on."""
    found = [*_vocabulary(made), *_records(made)]
    found = found or [*_references(made)]
    yield from found
    if not found:
        yield from _facts(made)
        yield from _outline(made)
        yield from _form(made)
        yield from _others(made)


def _unknown(path: Path, name: str, known: Iterable[str], what: Text) -> Wrong:
    options = [*known]
    near, names = suggestion(name, options), ", ".join(options[:20])
    return Wrong(
        path,
        Text(f"Không có {what.vi} “{shown(name)}”", f"There is no {what.en} “{shown(name)}”"),
        Text(
            f"Có phải ý là “{near}”?" if near else f"Dùng một trong: {names}",
            f"Did you mean “{near}”?" if near else f"Use one of: {names}",
        ),
    )


def _unlike(path: Path, names: Iterable[str]) -> Iterator[Wrong]:
    """Names that stand twice in a list whose items have them as `name`."""
    yield from _once(((*path, number, "name"), name) for number, name in enumerate(names))


def _once(entries: Iterable[tuple[Path, str]], words: Mapping[str, str] | None = None) -> Iterator[Wrong]:
    """Names that stand twice; `words` are what they are called in messages."""
    seen: set[str] = set()
    for path, name in entries:
        if name in seen:
            called = shown(words[name] if words else name)
            yield Wrong(
                path,
                Text(f"“{called}” đã có ở trên", f"“{called}” already stands above"),
                Text("Đặt tên khác, hoặc bỏ một trong hai", "Give it another name, or drop one of the two"),
                DUPLICATE,
            )
        seen.add(name)


def _lacks(path: Path, key: str) -> Wrong:
    return Wrong(path, Text(f"Thiếu “{key}”", f"“{key}” is missing"), Text(f"Thêm “{key}”", f"Add “{key}”"), SCHEMA)


def _no_name(path: Path, name: str, better: str) -> Wrong:
    return Wrong(
        path,
        Text(f"“{name}” không dùng làm tên được", f"“{name}” can't be a name"),
        Text(f"Đặt tên khác, ví dụ “{better}”", f"Give it another name, such as “{better}”"),
        SCHEMA,
    )


_ENUMERATION: Final = Text("bảng từ (vocabulary)", "enumeration")
_RECORD: Final = Text("bản ghi (records)", "record")
_FIELD: Final = Text("mục", "field")
_ENTITY: Final = Text("thực thể (facts)", "entity")
_MEMBER: Final = Text("từ", "member")
_ROWS: Final = Text("danh sách", "list of rows")
_COLUMN: Final = Text("cột", "column")
_SHEET: Final = Text("trang (sheets)", "sheet")
_GROUP: Final = Text("nhóm (groups)", "group")
_WORD: Final = Text("từ (words)", "word")


def _vocabulary(made: Description) -> Iterator[Wrong]:
    yield from _unlike(("vocabulary",), (known.name for known in made.vocabulary))
    for number, known in enumerate(made.vocabulary):
        path = ("vocabulary", number, "members")
        if not known.members:
            yield _lacks(path, "members")
        yield from _unlike(path, (member.name for member in known.members))
        yield from _told_apart(known, path)


def _told_apart(known: Enumeration, path: Path) -> Iterator[Wrong]:
    """What people write for a member and is a word of another one."""
    words = {
        letters(word): member for member in known.members for word in (member.name, member.words.vi, member.words.en)
    }
    also = [
        ((*path, number, "also", position), letters(word), word)
        for number, member in enumerate(known.members)
        for position, word in enumerate(member.also)
        if words.setdefault(letters(word), member) is not member
    ]
    for place, _, word in also:
        yield Wrong(
            place,
            Text(f"“{shown(word)}” cũng là của từ khác", f"“{shown(word)}” is said of another member, too"),
            Text("Bỏ ở một trong hai", "Drop it in one of the two"),
            DUPLICATE,
        )


def _records(made: Description) -> Iterator[Wrong]:
    if not made.records:
        yield _lacks((), "records")
        return
    yield from _unlike(("records",), (known.name for known in made.records))
    nested = {known.name: {f.of for f in known.fields if f.type in _NESTED} for known in made.records}
    for number, record in enumerate(made.records):
        path: Path = ("records", number)
        yield from _unlike((*path, "fields"), (known.name for known in record.fields))
        for position, known in enumerate(record.fields):
            # Rules are compiled to Python that has the names of fields in it.
            if iskeyword(known.name) or known.name in RESERVED:
                yield _no_name((*path, "fields", position, "name"), known.name, f"{known.name}_")
            yield from _made_of(made, known, (*path, "fields", position))
        instants = [known.name for known in record.fields if known.type == "instant"]
        for position, order in enumerate(record.order):
            for key, name in (("earlier", order.earlier), ("later", order.later)):
                if name not in instants:
                    yield _unknown((*path, "order", position, key), name, instants, _FIELD)
    if _depth(nested, made.root.name, ()) > DEEPEST:
        yield Wrong(
            ("records",),
            Text(f"Bản ghi lồng nhau quá {DEEPEST} tầng, hoặc lồng vòng tròn", "Records are in each other too deeply"),
            Text("Bỏ bớt một tầng", "Take a level away"),
            SCHEMA,
        )
    for position, known in enumerate(made.root.fields):
        if known.name == TYPE:
            yield _no_name(("records", 0, "fields", position, "name"), known.name, f"{known.name}_")


def _references(made: Description) -> Iterator[Wrong]:
    for number, record in enumerate(made.records):
        for position, known in enumerate(record.fields):
            if known.to is not None and not _has_identifier(made, known.to):
                lists = [f"/{'/'.join(s)}" for s, _, f in made.fields if _has_identifier(made, f"/{'/'.join(s)}")]
                yield _unknown(("records", number, "fields", position, "to"), known.to, lists, _ROWS)


def _made_of(made: Description, known: Field, path: Path) -> Iterator[Wrong]:
    """What a field is made of."""
    for key, types in (("longest", _TEXTS), ("least", _NUMBERS), ("most", _NUMBERS)):
        if getattr(known, key) is not None and known.type not in types:
            yield _unknown((*path, "type"), known.type, types, Text(f"kiểu có {key}:", f"type that has {key}:"))
    refers = known.type == "reference" or (known.type, known.of) == ("list", "reference")
    if refers and known.to is None:
        yield _lacks(path, "to")
    options: Iterable[str]
    if known.type in _ENUMERATED:
        options, what = made.enumerations, _ENUMERATION
    elif known.type in _NESTED:
        options, what = made.record_types, _RECORD
    elif known.type == "list":
        options, what = _ITEMS, Text("kiểu", "type")
    else:
        return
    if known.of is None:
        yield _lacks(path, "of")
    elif known.of not in options:
        yield _unknown((*path, "of"), known.of, options, what)


def _depth(nested: Mapping[str, set[str | None]], name: str | None, above: tuple[str, ...]) -> int:
    if name in above or len(above) > DEEPEST:
        return DEEPEST + 1
    inside = nested.get(name or "", set())
    return 1 + max((_depth(nested, other, (*above, name or "")) for other in inside), default=0)


def _has_identifier(made: Description, path: str) -> bool:
    rows, record = made.at(path), made.record_at(path)
    return (
        rows is not None
        and rows.type == "rows"
        and record is not None
        and any(known.type == "identifier" for known in record.fields)
    )


def _facts(made: Description) -> Iterator[Wrong]:
    yield from _unlike(("facts",), (known.name for known in made.facts))
    yield from _unlike(("across",), (known.name for known in made.across))
    if made.facts and made.steps(made.facts[0].rows):
        yield Wrong(
            ("facts", 0, "rows"),
            Text("Thực thể đầu tiên phải là cả tài liệu", "The first entity must be the whole document"),
            Text("Viết rows: / cho thực thể đầu tiên", "Write rows: / for the first entity"),
            SCHEMA,
        )
    for number, entity in enumerate(made.facts):
        path: Path = ("facts", number)
        rows = made.at(entity.rows)
        if made.steps(entity.rows) and (rows is None or rows.type not in ("record", "rows", "list", "set")):
            yield _unknown((*path, "rows"), entity.rows, _paths(made), _ROWS)
            continue
        yield from _unlike((*path, "fields"), (known.name for known in entity.fields))
        if entity.distinct is not None and made.at(entity.distinct, entity.rows) is None:
            record = made.record_at(entity.rows)
            yield _unknown((*path, "distinct"), entity.distinct, _names(record), _FIELD)
        yield from _keyed(entity.key, entity.subject, [known.name for known in entity.fields], path)
        for position, fact in enumerate(entity.fields):
            yield from _fact(made, entity, fact, (*path, "fields", position))
    for number, across in enumerate(made.across):
        path = ("across", number)
        if made.at(across.rows) is None:
            yield _unknown((*path, "rows"), across.rows, _paths(made), _ROWS)
            continue
        yield from _pairs(made, across, path)
        yield from _keyed(across.key, across.subject, [known.name for known in across.fields], path)
        for position, column in enumerate(across.fields):
            said = across.within.field(column.name)
            if said is not None:
                for wrong in _fact(made, across.within, said, (*path, "fields", position)):
                    yield replace(wrong, path=tuple("says" if step == "of" else step for step in wrong.path))
            if column.type in _ENUMERATED and column.of not in made.enumerations:
                yield _unknown((*path, "fields", position, "of"), column.of or "", made.enumerations, _ENUMERATION)


def _pairs(made: Description, across: AcrossEntity, path: Path) -> Iterator[Wrong]:
    """Whether what an entity pairs is there; what the other type has is asked when a pack is read (directive/lowering.py)."""
    if across.pairs is None:
        return
    ours = across.pairs.ours
    if made.at(ours.rows) is None:
        yield _unknown((*path, "pairs", "ours", "rows"), ours.rows, _paths(made), _ROWS)
    elif made.at(ours.of, ours.rows) is None:
        yield _unknown((*path, "pairs", "ours", "of"), ours.of, _paths(made, ours.rows), _FIELD)
    first = next(other for other in made.across if other.pairs is not None)
    if across is not first:
        yield from _once([((*path, "pairs"), "pairs")] * 2)


def _keyed(key: tuple[str, ...], subject: str, names: list[str], path: Path) -> Iterator[Wrong]:
    for position, name in enumerate(key):
        if name not in names:
            yield _unknown((*path, "key", position), name, names, _FIELD)
    yield from _placeholders(subject, names, (*path, "subject"), _FIELD)


def _placeholders(pattern: str, names: Iterable[str], path: Path, what: Text) -> Iterator[Wrong]:
    options = [*names]
    try:
        parts = [name for _, name, _, _ in Formatter().parse(pattern) if name is not None]
    except ValueError:
        yield Wrong(
            path,
            Text("Dấu { và } không khớp nhau", "The { and } do not match"),
            Text("Viết {{ và }} cho chính dấu ngoặc", "Write {{ and }} for a brace itself"),
            SCHEMA,
        )
        return
    for name in dict.fromkeys(parts):
        if name not in options:
            yield _unknown(path, name, options, what)


def _fact(made: Description, entity: EntityType, fact: Fact, path: Path) -> Iterator[Wrong]:
    given = {key for key in ("of", "to", "text", "written", "plus", "match", "where") if getattr(fact, key)}
    for key in sorted(FUNCTIONS[fact.function].needs - given):
        yield _lacks(path, key)
    for key in ("of", "to", "written"):
        value = getattr(fact, key)
        if value is not None and not _is_there(made, entity, value):
            yield _unknown((*path, key), value, _paths(made, entity.rows), _FIELD)
    for number, value in enumerate(fact.plus):
        if not _is_there(made, entity, value):
            yield _unknown((*path, "plus", number), value, _paths(made, entity.rows), _FIELD)
    counted = fact.of or ""
    if fact.function != "count" or made.record_at(counted, entity.rows) is None:
        counted = counted.rpartition("/")[0]
    record = made.record_at(counted, entity.rows) if given & {"where", "match"} else None
    for name, member in (fact.where or {}).items():
        known = record.field(name) if record else None
        members = made.enumerations[known.of or ""].members if known and known.type in _ENUMERATED else ()
        if not members:
            yield _unknown((*path, "where", name), name, _names(record), _FIELD)
        elif member not in (options := [one.name for one in members]):
            yield _unknown((*path, "where", name), member, options, _MEMBER)
    for name, other in (fact.match or {}).items():
        if made.at(name, f"{'/' if counted.startswith('/') else ''}{counted}") is None:
            yield _unknown((*path, "match", name), name, _names(record), _FIELD)
        if not _is_there(made, entity, other):
            yield _unknown((*path, "match", name), other, _paths(made, entity.rows), _FIELD)


def _is_there(made: Description, entity: EntityType, path: str) -> bool:
    """Whether a path from the rows of an entity, or a field of the facts of the whole document, leads to something."""
    head, dot, name = path.partition(".")
    if dot and head in made.entities:
        return made.entities[head].field(name) is not None
    return path == "." or made.at(path, entity.rows) is not None


def _names(record: RecordType | None) -> list[str]:
    return [known.name for known in record.fields] if record else []


def _paths(made: Description, within: str | None = None) -> list[str]:
    """The paths that may be meant: of the row itself, then from the top."""
    return [
        *_names(made.record_at(within) if within else None),
        *(f"/{'/'.join(steps)}" for steps, _, _ in made.fields),
    ]


def _outline(made: Description) -> Iterator[Wrong]:
    if (outline := made.outline) is None:
        return
    parts: list[tuple[Path, Any]] = [
        (("outline", key), getattr(outline, key)) for key in ("sessions", "columns", "people", "seats", "ballots")
    ]
    parts += [(("outline", "moments", number), moment) for number, moment in enumerate(outline.moments)]
    for path, part in parts:
        if part is None:
            continue
        entity = made.entities.get(part.entity)
        if entity is None:
            yield _unknown((*path, "entity"), part.entity, made.entities, _ENTITY)
            continue
        for field in (getattr(part, key, None) for key in _NAMING if key != "name" or not isinstance(part, MomentType)):
            if field is not None and entity.field(field) is None:
                yield _unknown(path, field, (known.name for known in entity.fields), _FIELD)
    for number, about in enumerate(outline.about):
        if not _is_there(made, made.facts[0], about.of):
            yield _unknown(("outline", "about", number, "of"), about.of, _paths(made), _FIELD)


def _form(made: Description) -> Iterator[Wrong]:
    if (form := made.form) is None:
        return
    sheets = [sheet.name for sheet in form.sheets]
    yield from _unlike(("form", "sheets"), sheets)
    for number, name in enumerate(sheets):
        if len(name) > _LONGEST_SHEET or set(name) & _NO_SHEET:
            yield _no_name(
                ("form", "sheets", number, "name"),
                name,
                "".join(mark for mark in name if mark not in _NO_SHEET)[:_LONGEST_SHEET].strip(),
            )
    yield from _unlike(("form", "tables"), (table.name for table in form.tables))
    labels: list[tuple[Path, str]] = [
        (("form", "fields", number, "label"), known.label) for number, known in enumerate(form.fields)
    ]
    for number, known in enumerate(form.fields):
        field = made.at(known.field)
        if field is None:
            yield _unknown(("form", "fields", number, "field"), known.field, _paths(made), _FIELD)
        elif field.type not in _IN_CELLS or field.to is not None:
            yield _no_cell(("form", "fields", number, "field"), known.field)
    for number, table in enumerate(form.tables):
        path: Path = ("form", "tables", number)
        if table.sheet not in sheets:
            yield _unknown((*path, "sheet"), table.sheet, sheets, _SHEET)
        if made.at(table.rows) is None:
            yield _unknown((*path, "rows"), table.rows, _paths(made), _ROWS)
            continue
        columns = [column.label for column in table.columns]
        if table.identity not in columns:
            yield _unknown((*path, "identity"), table.identity, columns, _COLUMN)
        labels += [
            ((*path, "columns", position, "label"), label)
            for position, column in enumerate(table.columns)
            for label in _labels(made, column, table.rows)
        ]
        yield from _columns(made, table, path)
        yield from _within(made, table, path)
    yield from _once(((path, letters(label)) for path, label in labels), {letters(label): label for _, label in labels})
    yield from _other_labels(form, {letters(label) for _, label in labels})


def _other_labels(form: Form, known: set[str]) -> Iterator[Wrong]:
    """What people call the columns: in one table no two alike, and none what the form calls another."""
    lists: list[tuple[Path, list[tuple[str, ...]]]] = [(("form", "fields"), [field.also for field in form.fields])]
    for number, table in enumerate(form.tables):
        lists.append((("form", "tables", number, "columns"), [column.also for column in table.columns]))
    for path, others in lists:
        also = [
            ((*path, number, "also", position), label)
            for number, labels in enumerate(others)
            for position, label in enumerate(labels)
        ]
        written: list[tuple[Path, str]] = [((), label) for label in known]
        yield from _once(
            [*written, *((place, letters(label)) for place, label in also)],
            {letters(label): label for _, label in also},
        )


def _labels(made: Description, column: ColumnType, rows: str) -> list[str]:
    """The labels of a column, as they stand on the form."""
    field = made.at(column.field, rows)
    record = made.record_types.get(field.of or "") if field is not None and column.each not in (None, ".") else None
    each = field if column.each == "." else record.field(column.each or "") if record is not None else None
    enumeration = made.enumerations.get(each.of or "") if each is not None else None
    if enumeration is None:
        return [column.label]
    return [column.label.replace("{}", member.words.vi) for member in enumeration.members]


def _no_cell(path: Path, name: str) -> Wrong:
    return Wrong(
        path,
        Text(f"Một ô không ghi được “{shown(name)}”", f"A cell can't hold “{shown(name)}”"),
        Text(
            "Danh sách cần bảng riêng, hoặc mỗi từ một cột (each); bản ghi cần một cột cho mỗi mục",
            "A list takes a table of its own or a column for each member (each); a record a column for each field",
        ),
        SCHEMA,
    )


def _within(made: Description, table: TableType, path: Path) -> Iterator[Wrong]:
    """Whether rows within rows say in which they stand, and rows whose code may be left out have a title."""
    lists = [known for known in _lists(made, table.rows) if known != made.steps(table.rows)]
    if len(lists) > 1 or (lists and len(lists[0]) + 1 != len(made.steps(table.rows))):
        yield _no_cell((*path, "rows"), table.rows)
        return
    outer = [column for column in table.columns if column.field.startswith("../")]
    if bool(lists) != bool(outer):
        yield _lacks((*path, "columns"), "../…") if lists else _no_cell((*path, "columns"), outer[0].field)
        return
    tables = {made.steps(other.rows) for other in made.form.tables} if made.form else set()
    for key in ("nowhere", "elsewhere") if lists and lists[0] in tables else ():
        told = getattr(table, key)
        if told is None:
            yield _lacks(path, key)
            continue
        for part, text in (("message", told.message), ("fix", told.fix)):
            for language in ("vi", "en"):
                yield from _placeholders(text[language], ["value"], (*path, key, part, language), _WORD)
    speaking = [(column, made.at(column.field, table.rows)) for column in outer or table.columns]
    codes = [column for column, known in speaking if known is not None and known.type == "identifier"]
    titled = any(known is not None and known.type == "text" for _, known in speaking)
    if any(column.omissible for column in codes) and not titled:
        yield _lacks((*path, "columns"), "type: text")


def _lists(made: Description, path: str) -> list[tuple[str, ...]]:
    """The steps of the lists of rows that a path leads through."""
    steps = made.steps(path)
    above = [steps[:length] for length in range(1, len(steps) + 1)]
    return [one for one in above if (known := made.at("/" + "/".join(one))) is not None and known.type == "rows"]


def _columns(made: Description, table: TableType, above: Path) -> Iterator[Wrong]:
    for position, column in enumerate(table.columns):
        path: Path = (*above, "columns", position)
        known = made.at(column.field, table.rows)
        if known is None:
            yield _unknown((*path, "field"), column.field, _paths(made, table.rows), _FIELD)
            continue
        shared = (column.each is not None and known.type == "set") or (
            column.takes is not None and known.type == "rows"
        )
        itself = column.field in (".", "./") and known.to is not None
        lists = known.type == "list" and known.to is not None
        if not (shared or itself or (known.type in _IN_CELLS and not lists)):
            yield _no_cell((*path, "field"), column.field)
            continue
        if column.shows is not None and not any(c.field == column.field and c.shows is None for c in table.columns):
            yield _no_cell((*path, "shows"), column.shows)
        if column.each is not None and "{}" not in column.label:
            yield _lacks((*path, "label"), "{}")
        record = made.record_types.get(known.of or "")
        if column.each not in (None, ".") and (record is None or record.field(column.each or "") is None):
            yield _unknown((*path, "each"), column.each or "", _names(record), _FIELD)
        if column.takes is not None and (record is None or record.field(column.takes) is None):
            yield _unknown((*path, "takes"), column.takes, _names(record), _FIELD)
        named = made.record_at(known.to) if known.to else None
        if column.shows is not None and (named is None or named.field(column.shows) is None):
            yield _unknown((*path, "shows"), column.shows, _names(named), _FIELD)


def _others(made: Description) -> Iterator[Wrong]:
    """Subjects, repairs, the blank form and samples."""
    for number, subject in enumerate(made.subjects):
        if subject.of is not None and subject.of not in made.enumerations:
            yield _unknown(("subjects", number, "of"), subject.of, made.enumerations, _ENUMERATION)
    yield from _unlike(("repairs",), (known.name for known in made.repairs))
    for number, repair in enumerate(made.repairs):
        record, path = made.record_at(repair.rows), ("repairs", number)
        if record is None:
            yield _unknown((*path, "rows"), repair.rows, _paths(made), _ROWS)
            continue
        for name in filter(
            None, (*(repair.find or ()), repair.set, repair.list, repair.not_before, *repair.keep, *(repair.new or ()))
        ):
            if record.field(name) is None:
                yield _unknown(path, name, _names(record), _FIELD)
        if repair.action == "put_share":
            judged = [one for one in made.facts if made.steps(one.rows) == made.steps(repair.rows)]
            shares = [fact.name for one in judged for fact in one.fields if fact.function == "share"]
            if repair.share not in shares:
                yield _unknown((*path, "share"), repair.share or "", shares, _FIELD)
    if made.blank is not None:
        by_kind = {name for words in made.blank.by_kind for name in words.words}
        names = {known.name for known in made.blank.words} | {f"note_{known.name}" for known in made.blank.comments}
        if made.kinds is None:
            yield _lacks(("blank",), "nature: kind")
        yield from _placeholders(made.blank.text, sorted({"kind", *names, *by_kind}), ("blank", "text"), _WORD)
        for number, comment in enumerate(made.blank.comments):
            for language in ("vi", "en"):
                place = ("blank", "comments", number, "words", language)
                yield from _placeholders(comment.words[language], made.enumerations, place, _ENUMERATION)
        for number, words in enumerate(made.blank.by_kind):
            for name, text in words.words.items():
                known_words = sorted({"kind", *(word.name for word in made.blank.words)})
                yield from _placeholders(text, known_words, ("blank", "by_kind", number, "words", name), _WORD)
        groups = {group for known in made.vocabulary for member in known.members for group in member.groups}
        for number, words in enumerate(made.blank.by_kind):
            for position, group in enumerate(words.groups):
                if group not in groups:
                    yield _unknown(("blank", "by_kind", number, "groups", position), group, sorted(groups), _GROUP)
    for number, filler in enumerate(made.samples.fillers if made.samples else ()):
        if made.at(filler.field) is None:
            yield _unknown(("samples", "fillers", number, "field"), filler.field, _paths(made), _FIELD)
    yield from _samples(made)


def _samples(made: Description) -> Iterator[Wrong]:
    """Bounds, what is usual and what may change name fields; a row is called by fields of its own."""
    samples = made.samples
    named: list[tuple[Path, str]] = []
    if samples is not None:
        named += [
            (("samples", "bounds", number, "rows"), bound.rows)
            for number, bound in enumerate(samples.bounds)
            if made.steps(bound.rows)  # the whole document has a bound of days
        ]
        named += [(("samples", "changes", number, "of"), change.of) for number, change in enumerate(samples.changes)]
        named += [
            (("samples", "usual", group, number, "of"), usual.of)
            for group, several in enumerate(samples.usual)
            for number, usual in enumerate(several)
        ]
    yield from (_unknown(path, of, _paths(made), _FIELD) for path, of in named if made.at(of) is None)
    for number, record in enumerate(made.records):
        for text in () if record.called is None else (record.called.vi, record.called.en):
            yield from _placeholders(text, _names(record), ("records", number, "called"), _FIELD)
