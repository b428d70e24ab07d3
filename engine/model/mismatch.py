"""What a disagreement between data and model means to a person who wrote the data, in both languages."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..base.instant import FIRST_YEAR, LAST_YEAR
from ..base.suggest import meant, shown, suggestion
from ..base.text import Text
from .description import DOCUMENT, DOCUMENTS
from .enumerations import LABELS
from .expected import Expected

_INSTANT: Final = re.compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:T(?P<clock>\d\d:\d\d))?")

_NO_PERSON: Final = Text(
    "Nếu dòng này là tiêu đề nhóm, nơi ký hay phần họ tên bị xuống dòng thì xóa dòng, họ tên ghi đủ trong một ô",
    "If it is a title, a signature or the rest of a name, delete the row, and write the name in one cell",
)

Explanation = tuple[Text, Text]
"""The message and the fix."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One disagreement: pydantic's name for it, the key and value it is about, and what was expected.

    `item` counts from 1 where the value is an item of the list at `key`; `written` is the value as it stands in
    the file, where that is known; `keys` are those that may stand beside `key`. `label` is what a form calls the value;
    `alone`: in a row about a person that says nothing but a name.
    """

    type: str
    key: str
    item: int | None
    value: object
    context: Mapping[str, Any]
    written: str | None
    keys: Mapping[str, Expected]
    label: str | None = None
    alone: bool = False
    one: Text = DOCUMENT
    many: Text = DOCUMENTS
    """What a document of that type is called, and several."""

    @property
    def expected(self) -> Expected | None:
        return self.keys.get(self.key)

    @property
    def name(self) -> Text:
        """How a message names what it is about."""
        if self.label is not None:
            return Text(self.label, self.label)
        key = shown(self.key)
        if not key:
            return Text("nội dung tệp", "the content")
        return Text(key, key) if self.item is None else Text(f"{key}, mục {self.item}", f"{key}, item {self.item}")

    @property
    def is_list(self) -> bool:
        return self.item is None and self.expected is not None and self.expected.is_list


def mismatch_words(mismatch: Mismatch) -> Explanation:
    """The message and the fix for one disagreement."""
    if mismatch.label is not None and (mismatch.type == "missing" or mismatch.value is None):
        return _blank(mismatch, mismatch.label)
    if mismatch.type in _SPECIAL:
        return _SPECIAL[mismatch.type](mismatch)
    if mismatch.value is None:
        return _empty(mismatch)
    message, fix = WORDS.get(mismatch.type, WORDS["other"])
    return _filled(message, mismatch), _filled(fix, mismatch)


def suggested_key(written: str, keys: Mapping[str, Expected]) -> str | None:
    """Which of the keys an unknown key was meant to be: by its name, by its Vietnamese title, or before a colon."""
    names = {expected.title.vi: key for key, expected in keys.items() if expected.title}
    names |= {key: key for key in keys}
    before_colon = written.partition(":")[0].strip()
    if before_colon in names:
        return names[before_colon]
    near = suggestion(written, names)
    return None if near is None else names[near]


def _filled(template: Text, mismatch: Mismatch) -> Text:
    words = _YEARS | {"value": shown(mismatch.value), "written": shown(mismatch.written or mismatch.value)}
    numbers = {name: f"{value:,}" for name, value in mismatch.context.items() if isinstance(value, int)}
    others = {name: str(value) for name, value in mismatch.context.items() if name not in numbers}
    vietnamese = {name: number.replace(",", ".") for name, number in numbers.items()}
    return Text(
        template.vi.format(
            key=mismatch.name.vi, one=mismatch.one.vi, many=mismatch.many.vi, **words, **others, **vietnamese
        ),
        template.en.format(
            key=mismatch.name.en, one=mismatch.one.en, many=mismatch.many.en, **words, **others, **numbers
        ),
    )


def _example(mismatch: Mismatch) -> str:
    example = mismatch.expected.example if mismatch.expected else None
    if example is None:
        return "…"
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)


def _blank(mismatch: Mismatch, label: str) -> Explanation:
    """A cell of a form that must be filled in and is not."""
    expected = mismatch.expected
    labels = LABELS.get(expected.annotation) if expected else None
    choices = ", ".join(label.vi for label in labels.values()) if labels else None
    instance = None if expected is None or expected.is_list else _as_in_forms(expected.example)
    example = f": {choices}" if choices else f", ví dụ “{instance}”" if instance else ""
    english = f": {choices}" if choices else f", such as “{instance}”" if instance else ""
    fix = Text(f"Điền “{label}”{example}", f"Fill in “{label}”{english}")
    fix = Text(f"{fix.vi}.", f"{fix.en}.") + _NO_PERSON if mismatch.alone else fix
    return Text(f"“{label}” còn để trống", f"“{label}” is left empty"), fix


def _as_in_forms(example: object) -> object:
    """An example as people write it in a cell: days and times not by the contract but as “28/12/2017 07:30”."""
    found = _INSTANT.fullmatch(example) if isinstance(example, str) else None
    return example if found is None else f"{found['d']}/{found['m']}/{found['y']} {found['clock'] or ''}".rstrip()


def _missing(mismatch: Mismatch) -> Explanation:
    title = f" ({mismatch.expected.title.vi})" if mismatch.expected and mismatch.expected.title else ""
    example = _example(mismatch)
    return (
        Text(f"Thiếu khóa “{mismatch.key}”{title}", f"Key “{mismatch.key}” is missing"),
        Text(
            f"Thêm “{mismatch.key}: {example}”" + (" (không có thì viết [])" if mismatch.is_list else ""),
            f"Add “{mismatch.key}: {example}”" + (" ([] if there is none)" if mismatch.is_list else ""),
        ),
    )


def _empty(mismatch: Mismatch) -> Explanation:
    example = _example(mismatch)
    if not mismatch.key:
        return (
            Text("Tệp không có nội dung", "The file holds nothing"),
            Text("Viết nội dung theo mẫu", "Write the content as the format shows"),
        )
    name = mismatch.name
    return (
        Text(f"“{name.vi}” còn để trống", f"“{name.en}” is left empty"),
        Text(
            "Viết [] nếu không có" if mismatch.is_list else f"Điền giá trị, ví dụ “{mismatch.key}: {example}”",
            "Write [] if there is none" if mismatch.is_list else f"Fill it in, such as “{mismatch.key}: {example}”",
        ),
    )


def _unknown_key(mismatch: Mismatch) -> Explanation:
    near, key = suggested_key(mismatch.key, mismatch.keys), shown(mismatch.key)
    if near is None:
        keys = ", ".join(mismatch.keys)
        fix = Text(f"Xóa khóa này; các khóa dùng được ở đây: {keys}", f"Delete it; the keys known here: {keys}")
    elif ":" in key:
        fix = Text(f"Thêm dấu cách sau dấu hai chấm: “{near}: …”", f"Put a space after the colon: “{near}: …”")
    else:
        fix = meant(near)
    return Text(f"Không có khóa “{key}”", f"Unknown key “{key}”"), fix


def _choice(mismatch: Mismatch) -> Explanation:
    """A value outside an enumeration; its label typed in place of the code suggests the code."""
    if mismatch.value is None:
        return _empty(mismatch)
    expected = re.findall(r"'([^']*)'|(\d+)", str(mismatch.context.get("expected", "")))
    members = [name or number for name, number in expected]
    labels = next((known for known in LABELS.values() if list(known) == members), {})
    words = {word: member for member, label in labels.items() for word in (label.vi, label.en)}
    words |= {member: member for member in members}
    near = suggestion(mismatch.value, words) if isinstance(mismatch.value, str) else None
    choices = {
        "vi": ", ".join(f"{member} ({labels[member].vi})" if labels else member for member in members),
        "en": ", ".join(members),
    }
    message = Text(
        f"“{shown(mismatch.value)}” không dùng được cho “{mismatch.name.vi}”",
        f"“{shown(mismatch.value)}” is no value of “{mismatch.name.en}”",
    )
    one = Text(f"Chọn một trong: {choices['vi']}", f"Use one of: {choices['en']}")
    return message, one if near is None else meant(words[near]) + one


def _not_text(mismatch: Mismatch) -> Explanation:
    """A number or a truth value where text is expected wants quotes."""
    if mismatch.value is None:
        return _empty(mismatch)
    if isinstance(mismatch.value, list | dict):
        return _filled(WORDS["text"][0], mismatch), _filled(WORDS["text"][1], mismatch)
    quoted = f'"{mismatch.written or mismatch.value}"'
    return (
        _filled(Text("“{key}” phải là văn bản, không phải {written}", "“{key}” must be text, not {written}"), mismatch),
        Text(f"Đặt trong dấu nháy kép: {quoted}", f"Put it in double quotes: {quoted}"),
    )


_SPECIAL: Final[dict[str, Callable[[Mismatch], Explanation]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "unexpected_keyword_argument": _unknown_key,
    "enum": _choice,
    "literal_error": _choice,
    "string_type": _not_text,
}

_YEARS: Final = {"first_year": str(FIRST_YEAR), "last_year": str(LAST_YEAR)}
WORDS: Final[dict[str, Explanation]] = {
    type_: (Text(**said["message"]), Text(**said["fix"]))
    for types, said in json.loads(Path(__file__).with_suffix(".json").read_bytes()).items()
    for type_ in types.split()
}
"""What is told of a disagreement, by pydantic's name for it and by those of types.py; “other” of any other."""
