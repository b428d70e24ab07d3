"""What a disagreement between data and model means to a person who wrote the data, in both languages."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
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
    message, fix = _WORDS.get(mismatch.type, OTHER)
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
    words = {"value": shown(mismatch.value), "written": shown(mismatch.written or mismatch.value)}
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
        return _filled(_WORDS["text"][0], mismatch), _filled(_WORDS["text"][1], mismatch)
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

_MAPPING: Final = (
    Text("“{key}” phải gồm các khóa, không phải “{value}”", "“{key}” must hold keys, not “{value}”"),
    Text(
        "Viết dưới dạng “khóa: giá trị”, có dấu cách sau dấu hai chấm",
        "Write it as “key: value”, with a space after the colon",
    ),
)
_LIST: Final = (
    Text("“{key}” phải là danh sách, không phải “{value}”", "“{key}” must be a list, not “{value}”"),
    Text(
        "Viết mỗi mục một dòng bắt đầu bằng “- ”, hoặc [mục, mục]",
        "Begin each item with “- ” on its line, or write [item, item]",
    ),
)
_INTEGER: Final = (
    Text("“{key}” phải là số nguyên, không phải “{value}”", "“{key}” must be a whole number, not “{value}”"),
    Text("Viết bằng chữ số, không có dấu nháy, ví dụ 12", "Write it in digits without quotes, such as 12"),
)
_NUMBER: Final = (
    Text("“{key}” phải là số, không phải “{value}”", "“{key}” must be a number, not “{value}”"),
    Text("Viết bằng chữ số, không có dấu nháy, ví dụ 1.5", "Write it in digits without quotes, such as 1.5"),
)
_INSTANT_FORM: Final = Text(
    "Viết theo dạng 2017-12-28T07:30 hoặc 28/12/2017 07:30", "Write 2017-12-28T07:30 or 28/12/2017 07:30"
)
_DATE: Final = (
    Text("“{value}” không phải là ngày", "“{value}” is no date"),
    Text("Viết theo dạng 2017-12-28", "Write it as 2017-12-28"),
)
_WORDS: Final[dict[str, Explanation]] = {
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type", "dataclass_type"), _MAPPING),
    **dict.fromkeys(("tuple_type", "list_type"), _LIST),
    **dict.fromkeys(("int_type", "int_parsing", "int_from_float"), _INTEGER),
    **dict.fromkeys(("float_type", "float_parsing"), _NUMBER),
    **dict.fromkeys(("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"), _DATE),
    "text": (
        Text("“{key}” phải là văn bản", "“{key}” must be text"),
        Text(
            "Viết một dòng văn bản; nếu có dấu [ hoặc {{ thì đặt trong dấu nháy kép",
            "Write one text; put it in double quotes if it begins with [ or {{",
        ),
    ),
    "bool_type": (
        Text("“{key}” phải là đúng hoặc sai, không phải “{value}”", "“{key}” must be true or false, not “{value}”"),
        Text("Viết true (có) hoặc false (không), không có dấu nháy", "Write true or false, without quotes"),
    ),
    "string_too_short": (
        Text("“{key}” còn để trống", "“{key}” is left empty"),
        Text(
            "Điền nội dung; nếu không bắt buộc và không có thì bỏ hẳn khóa này",
            "Fill it in; if it is optional and there is none, leave the key out",
        ),
    ),
    "says_nothing": (
        Text("“{value}” ở “{key}” không nêu tên hay nội dung nào", "“{value}” in “{key}” names nothing"),
        Text(
            "Ghi rõ nội dung; nếu không bắt buộc và không có thì bỏ trống",
            "Write it out; where it is optional and there is none, leave it out",
        ),
    ),
    "string_too_long": (
        Text("“{key}” dài quá {max_length} ký tự", "“{key}” is longer than {max_length} characters"),
        Text("Rút gọn nội dung", "Shorten it"),
    ),
    "string_pattern_mismatch": (
        Text("“{value}” không đúng dạng của “{key}”", "“{value}” doesn't have the form of “{key}”"),
        Text("Viết theo mẫu {pattern}", "Write it to match {pattern}"),
    ),
    "identifier": (
        Text(
            "Mã “{value}” có dấu @ hoặc ký tự không nhìn thấy được",
            "The id “{value}” holds an @ or an invisible character",
        ),
        Text(
            "Gõ lại mã, chỉ dùng chữ, số, dấu chấm, gạch ngang",
            "Type the id anew, in letters, digits, dots and hyphens",
        ),
    ),
    "too_long": (
        Text("“{key}” có hơn {max_length} mục", "“{key}” has more than {max_length} items"),
        Text("Chia thành nhiều {one}, hoặc bỏ các mục lặp lại", "Split the {one}, or remove repeated items"),
    ),
    "too_short": (
        Text("“{key}” cần ít nhất {min_length} mục", "“{key}” needs at least {min_length} items"),
        Text("Thêm mục còn thiếu", "Add what is missing"),
    ),
    "greater_than_equal": (
        Text("“{key}” không được nhỏ hơn {ge}", "“{key}” must not be less than {ge}"),
        Text("Viết số từ {ge} trở lên", "Write a number from {ge} up"),
    ),
    "less_than_equal": (
        Text("“{key}” không được lớn hơn {le}", "“{key}” must not be more than {le}"),
        Text("Viết số đến {le}", "Write a number up to {le}"),
    ),
    "one_key": (
        Text("“{key}” phải có đúng một khóa", "“{key}” must have exactly one key"),
        Text("Dùng đúng một trong: {keys}", "Use exactly one of: {keys}"),
    ),
    "one_place": (
        Text("“{key}” phải chỉ một chỗ trong văn bản nguồn", "“{key}” must name one place of the source"),
        Text(
            "Ghi paragraph và sentence, hoặc chỉ ghi cited (điều, khoản của quy định)",
            "Write paragraph and sentence, or cited alone (articles of regulations)",
        ),
    ),
    "share": (
        Text("“{key}” phải là tỷ lệ từ 0 đến 1", "“{key}” must be a share from 0 to 1"),
        Text(
            'Viết phân số hoặc phần trăm trong dấu nháy kép, ví dụ "2/3", "50%"',
            'Write a fraction or hundredths in double quotes, such as "2/3" or "50%"',
        ),
    ),
    "nobody": (
        Text("“{key}” chưa nói miễn cho ai", "“{key}” does not say whom it is for"),
        Text(
            "Ghi subject (đối tượng), organization (tổ chức đảng), hoặc cả hai",
            "Write subject, organization, or both",
        ),
    ),
    "day_form": (
        Text("“{written}” không phải là ngày", "“{written}” is no date"),
        Text("Viết theo dạng 2017-12-28 hoặc 28/12/2017", "Write 2017-12-28 or 28/12/2017"),
    ),
    "instant_form": (
        Text("“{written}” không phải là ngày giờ", "“{written}” is no date and time"),
        _INSTANT_FORM,
    ),
    "instant_time": (
        Text("“{value}” có ngày mà chưa có giờ", "“{value}” has a date but no time"),
        Text(
            "Ghi thêm giờ, ví dụ 2017-12-28T07:30 hoặc 28/12/2017 07:30",
            "Add the time: 2017-12-28T07:30 or 28/12/2017 07:30",
        ),
    ),
    "instant_offset": (
        Text(
            "“{value}” có múi giờ; {one} chỉ ghi giờ địa phương", "“{value}” has a time zone; {many} give local times"
        ),
        Text("Bỏ phần múi giờ ở cuối (Z, +07:00)", "Remove the time zone at the end (Z, +07:00)"),
    ),
    "instant_second": (
        Text("“{value}” có giây; {one} chỉ ghi đến phút", "“{value}” has seconds; {many} give times to the minute"),
        _INSTANT_FORM,
    ),
    "instant_date": (
        Text("Không có ngày giờ “{value}”", "There is no date and time “{value}”"),
        Text(
            "Xem lại ngày, tháng (ngày trước, tháng sau) và giờ (00:00–23:59)",
            "Check day, month (the day first, then the month) and hour (00:00–23:59)",
        ),
    ),
    "instant_year": (
        Text(
            f"Năm trong “{{value}}” nằm ngoài khoảng {FIRST_YEAR}–{LAST_YEAR}",
            f"The year of “{{value}}” lies outside {FIRST_YEAR}–{LAST_YEAR}",
        ),
        Text("Xem lại năm", "Check the year"),
    ),
}
OTHER: Final = (
    Text("Giá trị “{value}” của “{key}” không hợp lệ", "The value “{value}” of “{key}” is not valid"),
    Text("So lại chỗ này với mẫu", "Compare this with the format"),
)
