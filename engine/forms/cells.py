"""What people write in a cell, and what it means: forgiving in form, never guessing at facts."""

import re
from collections.abc import Callable
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import cache, lru_cache, partial
from typing import Any, Final
from unicodedata import category

from ..base.instant import write_instant
from ..base.suggest import letters, meant, shown, suggestion
from ..base.text import Text, nfc
from ..base.unseen import seen
from ..documents.document import Unclear
from .layout import Column
from .number_words import in_words
from .times import NoSuchTime, parse

Written = str | int | float | bool | datetime | date | time | Unclear
"""What a reader finds in a cell: text, numbers, truth values; dates and times where the cell is formatted as such."""

Meaning = str | int | bool | list[str] | Unclear | None
"""What a cell says: a value of the plan as plain data, or None where it says nothing."""

_REMEMBERED: Final = 10_000
"""How many texts are kept tidied: in a form most come many times."""
_PLACEHOLDER: Final = re.compile(r"<[^<>]+>")
_YES: Final = frozenset(("co", "x", "v", "dung", "du", "dudieukien", "true", "yes", "1"))
_NO: Final = frozenset(("khong", "k", "sai", "khongdu", "khongdudieukien", "chuadu", "false", "no", "0"))
_MARKS: Final = frozenset("x×✓✔☑☒√✅🗸🗹🗷")
_EMPTY_MARKS: Final = frozenset("-–—☐□◻◽▢")

_LONGEST_NUMBER: Final = 200
"""Characters of a text that may be a number."""

TIME_FORM: Final = Text(
    "Ghi ngày và giờ, ví dụ 28/12/2017 07:30", "Write the date and the time, such as 28/12/2017 07:30"
)


@lru_cache(_REMEMBERED)
def tidy(text: str) -> str:
    """The text in NFC, without what can't be seen, and with single blanks (non-breaking ones become common ones)."""
    return " ".join(nfc(seen(text)).split())


def is_blank(value: Written | None) -> bool:
    return value is None or (isinstance(value, str) and not tidy(value))


def as_text(value: Written) -> str:
    """What a person sees in the cell."""
    match value:
        case str():
            return tidy(value)
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case time():
            return f"{value:%H:%M}"
        case Unclear():
            return value.written
    return str(value)


def understand(column: Column, value: Written | None, day: date | None = None) -> Meaning:
    """What a cell of the column says; `day` is the day meant where a time stands alone.

    What is still `<…>` stays as it is, whatever the column holds.
    """
    if value is None or isinstance(value, Unclear):
        return value
    text = as_text(value)
    if not text:
        return None
    if isinstance(value, str) and text.startswith("<") and _PLACEHOLDER.match(text):
        return text
    if (
        isinstance(value, str)
        and "\N{RIGHT-TO-LEFT OVERRIDE}" in value
        and column.holds in (*_READ, "instant", "instants")
    ):
        return _turned(text)
    if column.holds in _READ:
        return _READ[column.holds](column, value, text)
    if column.holds == "instant":
        return instant(value, day)
    if column.holds == "instants":
        return instants(value)
    if column.holds == "texts":
        return texts(value)
    return text


def _turned(text: str) -> Unclear:
    return Unclear(
        text,
        Text(
            f"“{shown(text)}” có ký tự làm chữ hiện ngược từ phải sang trái",
            f"“{shown(text)}” has a character that shows the letters from right to left",
        ),
        Text("Xóa ô rồi gõ lại", "Empty the cell and type it again"),
    )


def texts(value: Written) -> list[str]:
    """The texts in a cell: one a line, or, where there is one line, apart by ";"."""
    raw = value if isinstance(value, str) else as_text(value)
    pieces = raw.splitlines() if "\n" in raw else raw.split(";")
    return [piece for piece in map(tidy, pieces) if piece]


def joined(items: list[str]) -> str:
    """The items as one cell has them; `texts` takes them apart again."""
    return "\n".join([*items, ""]) if any(";" in item for item in items) else "; ".join(items)


def instants(value: Written) -> list[Any]:
    """The dates and times in a cell, each as the plan writes it, or Unclear."""
    whole = instant(value)
    if isinstance(value, str) and isinstance(whole, Unclear):
        return [instant(piece) for piece in re.split(r"[;\n]", value) if tidy(piece)]
    return [whole]


def instant(value: Written, day: date | None = None) -> str | Unclear:
    """A date and time as the plan writes it. A time alone means that time on `day`, where that is given."""
    match value:
        case datetime():
            return write_instant(_to_the_minute(value)) if _whole(value) else value.isoformat()
        case time() if day is not None:
            return instant(datetime.combine(day, value))
        case date():
            return _unclear_time(value, "có ngày mà chưa có giờ", "has a date but no time")
        case time():
            return _unclear_time(value, "có giờ mà chưa có ngày", "has a time but no date")
        case str():
            return _written_instant(tidy(value), day)
    return _unclear_time(value, "không phải là ngày giờ", "is no date and time")


def day_of(meaning: Meaning) -> date | None:
    """The day of an instant as `instant` gives it."""
    return date.fromisoformat(meaning[:10]) if isinstance(meaning, str) and meaning[4:5] == "-" else None


def _whole(value: datetime) -> bool:
    """Whether it is a whole minute: what a spreadsheet counts in fractions of a day is off by up to a second."""
    return (value.second + value.microsecond / 1e6 + 1) % 60 < 2


def _to_the_minute(value: datetime) -> datetime:
    # No year after this one is a plan's, and none is left to round up to.
    return value if value.year == MAXYEAR else (value + timedelta(seconds=30)).replace(second=0, microsecond=0)


def _written_instant(text: str, day: date | None) -> str | Unclear:
    try:
        found = parse(text)
    except NoSuchTime:
        return Unclear(
            text,
            Text(f"Không có ngày giờ “{shown(text)}”", f"There is no date and time “{shown(text)}”"),
            Text(
                "Xem lại ngày, tháng (ngày trước, tháng sau), thứ và giờ (00:00–23:59)",
                "Check day, month (the day first, then the month), weekday and hour (00:00–23:59)",
            ),
        )
    if found is None:
        return _unclear_time(text, "không phải là ngày giờ", "is no date and time")
    day = found.day or day
    if found.clock is None:
        return _unclear_time(text, "có ngày mà chưa có giờ", "has a date but no time")
    if day is None:
        return _unclear_time(text, "có giờ mà chưa có ngày", "has a time but no date")
    return datetime.combine(day, found.clock).isoformat(timespec="seconds" if found.clock.second else "minutes")


def _unclear_time(value: Written, vi: str, en: str) -> Unclear:
    text = as_text(value)
    return Unclear(text, Text(f"“{shown(text)}” {vi}", f"“{shown(text)}” {en}"), TIME_FORM)


def _answer(text: str) -> str:
    """The letters of a sure answer; none where a question mark or a sign (☐ có, ≠ có) may turn what they say."""
    return (
        ""
        if any(mark in "?？" or (category(mark)[0] == "S" and mark not in _MARKS) for mark in text)
        else letters(text)
    )


def _choice(column: Column, _: Written, text: str) -> Meaning:
    member = _words(column).get(_answer(text))
    if member is not None:
        return member
    return Unclear(
        text,
        Text(
            f"“{shown(text)}” không dùng được cho “{column.label}”", f"“{shown(text)}” is no value of “{column.label}”"
        ),
        partial(_one_of, text, choices(column)),
    )


def _one_of(text: str, words: list[str]) -> Text:
    near, choices = suggestion(text, words), ", ".join(words)
    one = Text(f"Chọn một trong: {choices}", f"Use one of: {choices}")
    return one if near is None else meant(near) + one


def choices(column: Column) -> list[str]:
    """The words of the members that a cell of the column takes."""
    return [member.words.vi for member in column.enumeration.members] if column.enumeration else []


@cache
def _words(column: Column) -> dict[str, str]:
    """Every spelling of a member: its code and its labels."""
    members = column.enumeration.members if column.enumeration else ()
    return {
        letters(word): member.name for member in members for word in (member.words.vi, member.words.en, member.name)
    }


def _mark(column: Column, value: Written, text: str) -> Meaning:
    if value is True or text.casefold() in _MARKS or _answer(text) in _YES:
        return column.member
    if value is False or text in _EMPTY_MARKS or _answer(text) in _NO:
        return None
    return Unclear(
        text,
        Text(f"“{shown(text)}” ở cột “{column.label}” không rõ là có hay không", f"“{shown(text)}” is no mark"),
        Text("Ghi x nếu có, bỏ trống nếu không", "Write x for yes, leave it empty for no"),
    )


def _truth(column: Column, value: Written, text: str) -> Meaning:
    if isinstance(value, bool):
        return value
    word = _answer(text)
    if word in _YES or word in _NO:
        return word in _YES
    return Unclear(
        text,
        Text(
            f"“{shown(text)}” ở cột “{column.label}” không rõ là có hay không", f"“{shown(text)}” is neither yes nor no"
        ),
        Text("Ghi “có” hoặc “không”", "Write “có” (yes) or “không” (no)"),
    )


def _count(column: Column, value: Written, text: str) -> Meaning:
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else _number(text)
    if number is not None and float(number).is_integer():
        return int(number)
    return Unclear(
        text,
        Text(f"“{column.label}” phải là số nguyên, không phải “{shown(text)}”", f"“{shown(text)}” is no whole number"),
        Text("Ghi bằng chữ số, ví dụ 12", "Write it in digits, such as 12"),
    )


def _number(text: str) -> float | None:
    """A number as it is written in Vietnamese (1.200 is 1200, 1,5 is one and a half), with a decimal point, or in words.

    Words may stand in brackets behind the digits, “12 (mười hai)”, where both must agree.
    """
    if len(text) > _LONGEST_NUMBER:
        return None
    if not any(map(str.isdigit, text)):
        return in_words(text)
    if (both := re.fullmatch(r"([^()]+)\(([^()]+)\)", text)) is not None:
        number = _number(both[1])
        return number if number is not None and number == in_words(both[2]) else None
    plain = text.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", ".")) if re.fullmatch(r"-?\d{1,15}([.,]\d{1,9})?", plain) else None


_READ: Final[dict[str, Callable[[Column, Written, str], Meaning]]] = {
    "choice": _choice,
    "mark": _mark,
    "truth": _truth,
    "count": _count,
}
