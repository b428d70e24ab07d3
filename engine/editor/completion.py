"""What may be written at the cursor: keys of the plan, members of its enumerations, ids that were declared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal, get_args

from ..base.problem import Path, Unreadable
from ..base.text import Language
from ..directive.phrasing import label
from ..documents import read
from ..model.description import Description
from ..model.expected import Expected, expected_keys
from .of_type import class_of

_CURSOR: Final = "zzCursorzz"
_WORD: Final = re.compile(r"[\w-]*")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One word that fits: what is written, what it is, and a line about it."""

    word: str
    kind: Literal["key", "value", "reference"]
    about: str


def complete(text: str, offset: int, language: Language) -> list[Suggestion]:
    """What fits at the offset of a YAML plan that may be unfinished; nothing where that can't be told."""
    begin = offset
    while begin > 0 and _WORD.fullmatch(text[begin - 1]):
        begin -= 1
    end = offset + len(_WORD.match(text, offset)[0])  # type: ignore[index]  # an empty word always matches
    for before, after in ((text[:begin], text[end:]), (text[:begin], _closers(text[:begin]))):
        for written in (_CURSOR, f"{_CURSOR}: 0"):
            data = _data(before + written + after)
            path = None if data is None else _find(data, ())
            if path:
                return list(_suggestions(data, path, language))
    return []


def _data(text: str) -> Any:
    try:
        return read("plan.yaml", text.encode()).data
    except Unreadable:
        return None


def _closers(before: str) -> str:
    """The brackets that the line of the cursor leaves open, closed."""
    opened = []
    for character in before.rpartition("\n")[2]:
        if character in "[{":
            opened.append({"[": "]", "{": "}"}[character])
        elif character in "]}" and opened:
            opened.pop()
    return "".join(reversed(opened))


def _find(data: object, path: Path) -> Path | None:
    """The path of the cursor's word, as a key or a value."""
    if data == _CURSOR:
        return path
    steps: Iterator[tuple[str | int, object]] = iter(())
    if isinstance(data, dict):
        if _CURSOR in data:
            return (*path, _CURSOR)
        steps = iter(data.items())
    elif isinstance(data, list):
        steps = enumerate(data)
    return next((found for step, value in steps if (found := _find(value, (*path, step))) is not None), None)


def _suggestions(data: Any, path: Path, language: Language) -> Iterator[Suggestion]:
    kind = class_of(data)
    if path[-1] == _CURSOR:
        parent = data
        for step in path[:-1]:
            parent = parent[step]
        for name, known in expected_keys(kind, path).items():
            if name not in parent:
                yield Suggestion(name, "key", known.title[language] if known.title else "")
        return
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    field = kind.known.at("/" + "/".join(step for step in path if isinstance(step, str)))
    if field is not None and field.to is not None:
        yield from _declared(data, kind.known, field.to)
    elif (expected := expected_keys(kind, path).get(key)) is not None:
        yield from _members(expected, language)


def _declared(data: Any, known: Description, rows: str) -> Iterator[Suggestion]:
    """The identifiers that stand in rows of the document, each with the first text of its row."""
    record, identifier = known.record_at(rows), known.identifier(rows)
    about = next((field.name for field in record.fields if field.type == "text"), "") if record else ""
    for step in known.steps(rows):
        data = data.get(step) if isinstance(data, dict) else None
    for row in data if isinstance(data, list) else ():
        if isinstance(row, dict) and isinstance(row.get(identifier), str):
            yield Suggestion(row[identifier], "reference", str(row.get(about, "")))


def _members(expected: Expected, language: Language) -> Iterator[Suggestion]:
    for kind in _kinds(expected.annotation):
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            for member in kind:
                yield Suggestion(member.value, "value", label(kind, member.value, language))
        elif kind is bool:
            yield Suggestion("true", "value", "có" if language == "vi" else "yes")
            yield Suggestion("false", "value", "không" if language == "vi" else "no")


def _kinds(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _kinds(part)
