"""An example of a pack, a fragment of a plan in YAML, as people read it: labels for keys, words for members, names for ids."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from ..base.instant import instant_words, parse_instant
from ..base.text import Language, Text
from ..documents import read
from ..model.description import TYPE, Description, Field

_COMMENT: Final = re.compile(r"(?:^|\s)# *(.+)$", re.MULTILINE)


def example_lines(example: str, known: Description, language: Language, *, codes: bool = False) -> list[str]:
    """The fragment in lines, its comments first; with `codes`, also by what rows are referred to where that is not their name."""
    data: Any = read("example.yaml", example.encode()).data
    data = {key: value for key, value in data.items() if key != TYPE}
    remarks = [f"({found[1].strip()})" for found in _COMMENT.finditer(example)] if language == "vi" else []
    return [*remarks, *_Words(data, known, language, codes).lines(data, "/", 0)]


class _Words:
    def __init__(self, data: Any, known: Description, language: Language, codes: bool) -> None:
        self._data, self._known, self._language, self._codes = data, known, language, codes

    def lines(self, record: dict[str, Any], path: str, depth: int) -> Iterator[str]:
        """Each field of a record: what is in it by lines of its own, or its value."""
        indent = "  " * depth
        for key, value in record.items():
            field = self._known.at(key, path)
            assert field is not None, key
            label, inside = self._label(field), f"{path.rstrip('/')}/{key}"
            if field.type == "rows" and value:
                yield f"{indent}{label}:"
                for row in value:
                    yield f"{indent}  - {self._row(row, inside)}"
                    yield from self._lists(row, inside, depth + 2)
            elif field.type == "record" and isinstance(value, dict):
                yield f"{indent}{label}:"
                yield from self.lines(value, inside, depth + 1)
            else:
                yield f"{indent}{label}: {self._value(field, value)}"

    def _row(self, row: dict[str, Any], path: str) -> str:
        """The plain values of a row in one line; its identifier where nothing else names it."""
        record = self._known.record_at(path)
        assert record is not None, path
        named = record.title in row
        said = []
        for key, value in row.items():
            field = record.field(key)
            assert field is not None, key
            if field.type in ("rows", "record"):
                continue
            if field.type == "identifier" and named and not (self._codes and value != row.get(record.title or "")):
                continue
            said.append(f"{self._label(field)}: {self._value(field, value)}")
        return "; ".join(said)

    def _lists(self, row: dict[str, Any], path: str, depth: int) -> Iterator[str]:
        """What stands in a row in lines of its own."""
        fields = {key: self._known.at(key, path) for key in row}
        inner = {key: row[key] for key, field in fields.items() if field and field.type in ("rows", "record")}
        return self.lines(inner, path, depth)

    def _label(self, field: Field) -> str:
        if field.to is None or not field.required:
            return field.label[self._language]
        record = self._known.record_at(field.to)
        assert record is not None, field.to
        return (field.short or field.row or record.label)[self._language].lower()

    def _value(self, field: Field, value: Any) -> str:
        if isinstance(value, list):
            return ", ".join(self._value(field, item) for item in value) or self._none()
        if value is None:
            return self._none()
        if isinstance(value, bool):
            return Text("có" if value else "không", "yes" if value else "no")[self._language]
        member = self._known.enumerations[field.of].member(value) if field.of in self._known.enumerations else None
        if member is not None:
            return member.words[self._language]
        if field.to is not None:
            return self._name(field.to, value)
        if field.type == "instant":
            moment: datetime = parse_instant(value)
            return instant_words(moment, self._language)
        return str(value)

    def _name(self, rows: str, identifier: str) -> str:
        """The name of what a reference leads to, where the fragment says it; else its noun and id."""
        record, found = self._known.record_at(rows), self._data
        assert record is not None, rows
        for step in self._known.steps(rows):
            found = found.get(step, {}) if isinstance(found, dict) else {}
        for row in found if isinstance(found, list) else []:
            if row.get(record.identifier) == identifier and record.title in row:
                return str(row[record.title])
        return f"{record.label[self._language].lower()} {identifier}"

    def _none(self) -> str:
        return Text("không có", "none")[self._language]
