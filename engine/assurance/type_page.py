"""The reference page of a type of document: its fields, words, facts and form, from its description alone."""

from collections.abc import Iterable, Iterator
from typing import Final

from pydantic_core import ValidationError

from ..base.problem import Unreadable
from ..base.text import Language, Text
from ..documents import read
from ..forms.layout import layout
from ..forms.template import template
from ..model.description import TYPE, Description, EntityType, Field, Nature
from ..model.document_types import DEFAULT
from ..model.facts import entities
from ..model.parsing import MISSING, UNKNOWN, validate
from ..model.records import record_classes

MADE: Final = Text(
    "Trang này do `thamdinh documents doc` viết ra từ mô tả loại tài liệu; sửa ở mô tả, không sửa ở đây.",
    "`thamdinh documents doc` wrote this page from the description of the type; change the description, not the page.",
)

_HEADS: Final[dict[str, tuple[Text, ...]]] = {
    "fields": (
        Text("mục", "field"),
        Text("kiểu", "type"),
        Text("tên gọi", "label"),
        Text("bắt buộc", "needed"),
        Text("ví dụ", "example"),
        Text("ghi chú", "description"),
    ),
    "members": (Text("mã", "code"), Text("từ", "words"), Text("viết khác", "also written"), Text("nhóm", "groups")),
    "facts": (Text("trường", "field"), Text("kiểu", "type"), Text("là", "label"), Text("cách tính", "worked out")),
    "columns": (Text("cột", "column"), Text("mục", "field"), Text("ghi chú", "note")),
}


def type_page(known: Description, language: Language) -> str:
    """The page in Markdown."""
    said = Text(
        f"Tài liệu loại này ghi `{TYPE}: {known.id}`" + (" (bỏ cũng được)." if known.id == DEFAULT else "."),
        f"A document of this type says `{TYPE}: {known.id}`" + (" (or nothing)." if known.id == DEFAULT else "."),
    )
    lines = [f"# {known.label[language]} (`{known.id}`)", "", MADE[language], "", said[language]]
    lines += ["", f"## {Text('Các mục', 'Fields')[language]}", *_table("fields", _fields(known, language), language)]
    lines += ["", f"## {Text('Từ ngữ', 'Vocabulary')[language]}"]
    for enumeration in known.vocabulary:
        members = (
            (f"`{one.name}`", one.words[language], ", ".join(one.also), ", ".join(one.groups))
            for one in enumeration.members
        )
        lines += ["", f"### {enumeration.label[language]} (`{enumeration.name}`)"]
        lines += _table("members", members, language)
    lines += ["", f"## {Text('Điều quy tắc xét được', 'What rules may judge')[language]}"]
    for entity in known.facts:
        lines += ["", f"### {entity.label[language]} (`{entity.name}`)"]
        lines += _table("facts", _facts(known, entity, language), language)
    if known.form is not None:
        lines += ["", f"## {Text('Mẫu', 'Form')[language]}"]
        for table in known.form.tables:
            columns = ((one.label, f"`{one.field}`", one.note or "") for one in table.columns)
            lines += ["", f"### {table.name}", *_table("columns", columns, language)]
    return "\n".join(lines) + "\n"


def _table(name: str, rows: Iterable[tuple[str, ...]], language: Language) -> Iterator[str]:
    head = _HEADS[name]
    yield ""
    yield f"| {' | '.join(title[language] for title in head)} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in row) + " |"


def _fields(known: Description, language: Language) -> Iterator[tuple[str, ...]]:
    for steps, _, field in known.fields:
        needed = Text("có", "yes")[language] if field.required else ""
        example = "" if field.example is None else f"`{field.example}`"
        about = field.description[language] if field.description else ""
        yield f"`/{'/'.join(steps)}`", _kind(field), field.label[language], needed, example, about


def _kind(field: Field) -> str:
    return field.type if field.of is None else f"{field.type} ({field.of})"


def _facts(known: Description, entity: EntityType, language: Language) -> Iterator[tuple[str, ...]]:
    made = entities(known)[entity.name].fields
    for fact in entity.fields:
        of = " → ".join(f"`{path}`" for path in (fact.of, fact.to) if path)
        yield f"`{fact.name}`", made[fact.name].type, fact.label[language], f"{fact.function} {of}".strip()


def lacking(known: Description, packs: Iterable[str]) -> Iterator[Text]:
    """What a type that is right still lacks, beside the names of the `packs` that judge it."""
    fields = [(f"/{'/'.join(steps)}", field) for steps, _, field in known.fields]
    single = [(path, field) for path, field in fields if field.type not in ("version", "record", "rows")]
    if same := [path for path, field in fields if field.label.vi == field.label.en]:
        yield _about("Tên gọi tiếng Việt và tiếng Anh như nhau", "Labels the same in both languages", same)
    if bare := [path for path, field in single if field.example is None and field.type not in _SAY_THEMSELVES]:
        yield _about("Mục chưa có ví dụ (example)", "Fields without an example", bare)
    if known.form is None:
        yield Text("Chưa có mẫu Excel, Word (form)", "No form for Excel and Word (form)")
    elif off := [path for path, _ in single if not _on_form(known, path)]:
        yield _about("Mục không có chỗ trên mẫu (form)", "Fields that the form has no place for", off)
    if known.blank is not None:
        yield from _of_blank(known)
    else:
        yield Text("Chưa có tài liệu trống để điền (blank): thamdinh new", "No blank document (blank): thamdinh new")
    if known.samples is None:
        yield Text("Chưa nói cách tạo tài liệu giả định (samples)", "Nothing on made-up documents (samples)")
    for nature in _ASKED_FOR:
        if nature not in known.by_nature:
            yield Text(f"Không mục nào có nature: {nature}", f"No field has the nature {nature}")
    if not known.root.noun and known.id != DEFAULT:
        yield Text(
            "Tình huống chưa biết gọi tài liệu là gì (noun)", "Scenarios don't know what to call a document (noun)"
        )
    mute = [entity.name for entity in known.facts if entity.name not in {one.entity for one in known.subjects}]
    if mute:
        yield _about("Thực thể mà tình huống chưa gọi được (subjects)", "Entities that scenarios can't name", mute)
    if not [*packs]:
        yield Text(f"Chưa có bộ quy tắc nào ghi {TYPE}: {known.id}", f"No pack says {TYPE}: {known.id}")


def _of_blank(known: Description) -> Iterator[Text]:
    """What keeps the blank document from being one of the type once it is filled in."""
    kind = known.kinds.members[0].name if known.kinds else None
    try:
        document = read("blank.yaml", template(known, kind, "", "vi").encode())
        validate(record_classes(known)[known.root.name], document.data)
    except Unreadable as unreadable:
        for problem in unreadable.problems:
            where = problem.place.describe
            yield Text(f"{where('vi')}: {problem.message.vi}", f"{where('en')}: {problem.message.en}")
    except ValidationError as error:
        wrong = [(one["type"], ".".join(map(str, one["loc"]))) for one in error.errors(include_url=False)]
        if lost := [key for kind, key in wrong if kind == MISSING]:
            yield _about("Mẫu trống (blank) thiếu mục", "Fields that the blank document lacks", lost)
        if unknown := [key for kind, key in wrong if kind in UNKNOWN]:
            yield _about("Mẫu trống (blank) có mục lạ", "Fields of the blank document that there are not", unknown)


def _on_form(known: Description, path: str) -> bool:
    """Whether a field has a label or a column of the form, or is one of those that a column has for each member."""
    steps, form = known.steps(path), known.form
    tables = form.tables if form else ()
    taken = (known.steps(one.field, table.rows) for table in tables for one in table.columns if one.takes)
    return layout(known).label_of(steps) is not None or any(steps[: len(some)] == some for some in taken)


_SAY_THEMSELVES: Final = ("member", "set", "boolean", "reference")
"""Fields that need no example: their members, or what they name, are there."""
_ASKED_FOR: Final[tuple[Nature, ...]] = ("organization", "kind", "term", "day")
"""Whose a document is, and by what a pack is chosen for it."""


def _about(vi: str, en: str, names: list[str]) -> Text:
    shown = ", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "")
    return Text(f"{vi}: {shown}", f"{en}: {shown}")


_MOST_NAMED: Final = 12
