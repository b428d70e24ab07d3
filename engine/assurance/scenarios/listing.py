"""The vocabulary for people: every step with an example, the words and columns it takes, and the plan scenarios begin with."""

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Final

from ...base.text import Language, Text
from ...model.called import called
from ...model.description import Description, Enumeration
from ...model.document_types import DEFAULT
from .fields import lists, single_fields
from .model import KEYWORDS, StepKind
from .steps import Definition, Grid, Steps
from .subjects import forms

_HEADS: Final[dict[StepKind, Text]] = {
    "given": Text("Cho … (bước tiếp theo viết “Và …”): kế hoạch thế nào", "Cho … (then “Và …”): what the plan is like"),
    "when": Text("Khi …: làm gì", "Khi …: what is done"),
    "then": Text(
        "Thì … (bước tiếp theo viết “Và …”): kết quả phải thế nào", "Thì … (then “Và …”): what must come of it"
    ),
}


def listing(steps: Steps, known: Description, language: Language) -> str:
    """The whole vocabulary as text, of a type of document. Steps are in Vietnamese, what is said of them in the language asked for.

    Examples speak of the conference plan, and are not given for other types.
    """
    suited = [item for item in steps if item.suits(known)]
    steps_shown = "\n".join(_steps(suited, language, examples=known.id == DEFAULT))
    ours, theirs = called(), called(known)
    for words in (attrgetter("one"), attrgetter("single")):
        for each in ("vi", "en"):
            steps_shown = re.sub(rf"\b{words(ours)[each]}\b", words(theirs)[each], steps_shown)
    return "\n".join([steps_shown, *_words(known, language)]) + "\n"


def _steps(steps: Sequence[Definition], language: Language, *, examples: bool) -> Iterator[str]:
    for kind, head in _HEADS.items():
        yield head[language]
        yield ""
        for item in steps:
            if item.kind == kind:
                yield from _step(item, language, examples=examples)
                yield ""


def _step(item: Definition, language: Language, *, examples: bool) -> Iterator[str]:
    yield f"  {KEYWORDS[item.kind]} {item.shown(language)}"
    if not examples:
        yield f"      {(item.elsewhere or item.about)[language]}"
        return
    yield f"      {item.about[language]}"
    yield f"      {'ví dụ' if language == 'vi' else 'example'}: {KEYWORDS[item.kind]} {item.example}"
    yield from (f"        {line}" for line in table_lines(item.table))


def table_lines(table: Grid) -> Iterator[str]:
    """A table as it is written in a feature file, its columns in line."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield f"| {' | '.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))} |"


def _words(known: Description, language: Language) -> Iterator[str]:
    vietnamese = language == "vi"
    kinds = _kinds(known)
    yield "Các từ dùng được" if vietnamese else "Words to use"
    yield ""
    for label, enumeration in kinds:
        yield f"  {label[language]}: {_members(enumeration)}"
    one = known.one
    yield f"  {f'mục của {one.vi}' if vietnamese else f'fields of the {one.en}'}: {'; '.join(single_fields(known))}"
    yield ""
    yield (
        f"  Cột của bảng (và tên mục) theo từng phần của {one.vi}:"
        if vietnamese
        else "  Columns of tables (and names of fields):"
    )
    for rows in lists(known).values():
        yield f"    {rows.noun}: {'; '.join(rows.fields)}"
    yield ""
    yield "  Giá trị:" if vietnamese else "  Values:"
    for enumeration in known.vocabulary:
        if all(enumeration is not kind for _, kind in kinds):
            yield f"    {_members(enumeration)}"
    truths = ", ".join(field.label.vi for _, _, field in known.fields if field.type == "boolean")
    yield "    có; không" + (" (yes; no)" if not vietnamese else f" ({truths})" if truths else "")
    yield "    28/12/2017 07:30" + (" (ngày giờ)" if vietnamese else " (date and time)")
    yield ""
    yield "  Đối tượng của phát hiện:" if vietnamese else "  What a finding is about:"
    for form in forms(known):
        yield f"    {form.format('…', '…')}"


def _kinds(known: Description) -> list[tuple[Text, Enumeration]]:
    """What tells kinds of organisation apart: the label of the field, and its members."""
    fields = [known.at("/" + "/".join(steps)) for steps in known.by_nature.get("kind", ())]
    return [(field.label, known.enumerations[field.of or ""]) for field in fields if field is not None]


def _members(enumeration: Enumeration) -> str:
    return "; ".join(member.words.vi for member in enumeration.members)
