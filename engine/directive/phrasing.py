"""How values are written for people, in each language: enumerations by their labels, numbers, dates, sets."""

import re
from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from string import Formatter
from typing import Final

from ..base.instant import instant_words
from ..base.text import Filled, Language, Text
from ..model.enumerations import LABELS
from ..model.facts import FactField, Value
from ..model.instants import EPOCH

_FORMATTER = Formatter()
_LOCATION: Final = re.compile(r"(?<!\{)\{(/[\w/]+)(?::(\w+))?\}")


def placeholders(template: str) -> list[str]:
    """The names between braces, in order. Raises ValueError where braces do not match."""
    return [name for _, name, _, _ in _FORMATTER.parse(template) if name is not None]


def places_in(template: str) -> list[tuple[str, str]]:
    """The places that a template names, each a path and the member there or nothing."""
    return [(found[1], found[2] or "") for found in _LOCATION.finditer(template)]


def with_places(template: Text, words: Callable[[str, str], Text]) -> Text:
    """The template with what `words` says in place of each `{/path}` and `{/path:member}`: where one writes that."""

    if "{/" not in template.vi and "{/" not in template.en:
        return template

    def written(language: Language) -> str:
        return _LOCATION.sub(lambda found: inert(words(found[1], found[2] or "")[language]), template[language])

    return Text(written("vi"), written("en"))


def inert(text: str) -> str:
    """The text as a template that stands for itself."""
    return text.replace("{", "{{").replace("}", "}}")


@lru_cache(maxsize=1024)
def pieces(template: str) -> tuple[tuple[str, str | None], ...]:
    """The texts of a template, each with the field of the `{entity.field}` that follows it, if one does."""
    parsed = _FORMATTER.parse(template)
    return tuple((literal, None if name is None else name.partition(".")[2]) for literal, name, _, _ in parsed)


@lru_cache(maxsize=1024)
def fields_in(*templates: str) -> tuple[str, ...]:
    """The fields that templates speak of."""
    return tuple({name: None for template in templates for _, name in pieces(template) if name is not None})


def number(value: float, language: Language) -> str:
    """A number without needless decimals; Vietnamese writes a decimal comma."""
    if isinstance(value, float) and not value.is_integer() and (share := round(value * 3)) / 3 == value:
        return f"{share}/3"  # what no decimals say
    written = f"{value:g}" if isinstance(value, float) else str(value)
    return written.replace(".", ",") if language == "vi" else written


def written_instant(value: int, language: Language) -> str:
    """An instant (minutes since 1970-01-01) as it stands in an official text."""
    return instant_words(EPOCH + timedelta(minutes=value), language)


def day_words(value: int) -> str:
    """A day (minutes since 1970-01-01) as it stands in an official text."""
    moment = EPOCH + timedelta(minutes=value)
    return f"{moment.day:02}/{moment.month:02}/{moment.year}"


def percentage(value: float, language: Language) -> str:
    """A percentage to two decimal places."""
    return f"{number(round(value, 2), language)}%"


def iso(value: int, field: FactField) -> str:
    """An instant (minutes since 1970-01-01) as YYYY-MM-DDTHH:MM, a day as YYYY-MM-DD."""
    moment = EPOCH + timedelta(minutes=value)
    return moment.isoformat(timespec="minutes") if field.type == "instant" else moment.date().isoformat()


def label(enumeration: type[StrEnum], member: str, language: Language) -> str:
    known = LABELS[enumeration].get(member)
    return known[language] if known else member


def in_words(value: Value | None, field: FactField, language: Language) -> str:
    """The value of a field as a person writes it; an absent one is said to be absent."""
    if isinstance(value, str) and field.enumeration is None:
        return value
    if value is None:
        return "(không có)" if language == "vi" else "(none)"
    if isinstance(value, frozenset):
        members = sorted(value) if field.enumeration is None else [m for m in field.enumeration if m in value]
        return ", ".join(label(field.enumeration, m, language) if field.enumeration else m for m in members)
    if isinstance(value, bool):
        return {"vi": ("không", "có"), "en": ("no", "yes")}[language][value]
    if field.type == "instant" and isinstance(value, int):
        return written_instant(value, language)
    if field.type == "date" and isinstance(value, int):
        return day_words(value)
    if isinstance(value, int | float):
        if field.percent:
            return percentage(value * field.percent, language)
        return number(value, language)
    return label(field.enumeration, value, language) if field.enumeration else value


def render(template: Text, values: dict[str, Value], fields: dict[str, FactField]) -> Filled:
    """The template to be filled by the row's values, one for each `{entity.field}`."""
    numbered, names = _numbered(template)
    return Filled(numbered, tuple([_written(values.get(name), fields[name]) for name in names]))


@lru_cache(maxsize=1024)
def _numbered(template: Text) -> tuple[Text, tuple[str, ...]]:
    """The template with numbers for its fields, and these fields in the order of the numbers."""
    names = fields_in(template.vi, template.en)
    vi, en = (
        "".join(
            [inert(literal) + ("" if name is None else f"{{{names.index(name)}}}") for literal, name in pieces(text)]
        )
        for text in (template.vi, template.en)
    )
    return Text(vi, en), names


def _written(value: Value | None, field: FactField) -> str | Text:
    """The value of a field as both languages write it, or each."""
    if isinstance(value, str) and field.enumeration is None:
        return value
    vi, en = in_words(value, field, "vi"), in_words(value, field, "en")
    return vi if vi == en else Text(vi, en)


def setting(value: Value | tuple[Value, ...]) -> Text:
    """The value of a parameter as a person writes it: members by their labels, two numbers as a range."""
    items = value if isinstance(value, tuple) else (value,)
    enumerations = [known for known, labels in LABELS.items() if all(item in labels for item in items)]

    def shown(language: Language) -> str:
        if items and all(isinstance(item, int | float) and not isinstance(item, bool) for item in items):
            numbers = [number(item, language) for item in items if isinstance(item, int | float)]
            if len(numbers) == 2 and numbers[0] != numbers[1]:
                return f"{numbers[0]} {'đến' if language == 'vi' else 'to'} {numbers[1]}"
            return ", ".join(dict.fromkeys(numbers))
        if enumerations:
            return ", ".join(label(enumerations[0], str(item), language) for item in items)
        return ", ".join(map(str, items))

    return Text(shown("vi"), shown("en"))
