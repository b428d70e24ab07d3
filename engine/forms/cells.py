"""What people write in a cell, and what it means: forgiving in form, never guessing at facts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache, lru_cache, partial
from typing import Any, Final
from unicodedata import category

from ..base.instant import FIRST_YEAR, write_day, write_instant
from ..base.suggest import letters, meant, shown, suggestion
from ..base.text import Text, nfc
from ..base.unseen import seen
from ..documents.document import Unclear
from ..model.instants import MIDNIGHT
from .layout import TIMES, FormColumn
from .number_words import number_in_words
from .times import NoSuchTime, parse_time
from .unclear import FAULTS


class Hundredfold(float):
    """A number that its cell shows as a percentage: 0.985, shown as 98.5%."""


Written = str | int | float | bool | datetime | date | time | Unclear
"""What a reader finds in a cell: text, numbers, truth values; dates and times where the cell is formatted as such."""

Meaning = str | int | float | bool | list[str] | Unclear | None
"""What a cell says: a value of the plan as plain data, or None where it says nothing."""

REMEMBERED: Final = 10_000
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
_NO_TIME: Final = Text("; không có thì bỏ trống", "; leave it empty where there is none")


@dataclass(slots=True)
class Days:
    """The days that a cell may mean without naming them, as reading goes on from cell to cell.

    `alone` is that of a time by itself, `before` the last one spoken of, where that is known; `meant` tells that a cell
    went by `before`.
    """

    alone: date | None = None
    before: date | None = None
    meant: bool = False
    unread: bool = False
    """Whether the last one could not be read."""

    def read(self, meaning: Meaning) -> None:
        """Take note of what an instant was read as."""
        if meaning is not None:
            self.before = cell_day(meaning)
            self.unread = isinstance(meaning, Unclear)


@lru_cache(REMEMBERED)
def tidy(text: str) -> str:
    """The text in NFC, without what can't be seen, and with single blanks (non-breaking ones become common ones)."""
    return " ".join(nfc(seen(text)).split())


def is_blank(value: Written | None) -> bool:
    return value is None or (isinstance(value, str) and not tidy(value))


def cell_text(value: Written) -> str:
    """What a person sees in the cell."""
    if isinstance(value, str):
        return tidy(value)
    match value:
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


def understand(column: FormColumn, value: Written | None, days: Days | None = None) -> Meaning:
    """What a cell of the column says; `days` are those spoken of before it.

    What is still `<…>` stays as it is, whatever the column holds.
    """
    if type(value) is str and column.holds not in _IN_ORDER:
        return _said(column, value)
    return _understood(column, value, days)


def understood(column: FormColumn, values: Sequence[Written | None]) -> list[Meaning]:
    """What each of some cells of the column says, none of which is a time; texts that several have are looked at once."""
    known: dict[str | None, Meaning] = {None: None}
    if column.holds not in _IN_ORDER:
        known |= {text: _said(column, text) for text in {value for value in values if type(value) is str}}
    return [
        known[value] if (value is None or type(value) is str) and value in known else _understood(column, value)
        for value in values
    ]


def _understood(column: FormColumn, value: Written | None, days: Days | None = None) -> Meaning:
    if value is None or isinstance(value, Unclear):
        return value
    text = cell_text(value)
    if not text:
        return None
    if isinstance(value, str) and text.startswith("<") and _PLACEHOLDER.match(text):
        return text
    if isinstance(value, str) and "\N{RIGHT-TO-LEFT OVERRIDE}" in value and column.holds in (*_READ, *TIMES):
        return _turned(text)
    if column.holds in _READ:
        return _READ[column.holds](column, value, text)
    if column.holds == "instant":
        return cell_instant(value, days, column.bound)
    if column.holds == "instants":
        return instants(value, days)
    if column.holds == "texts":
        return texts(value)
    return text


_said: Final = lru_cache(REMEMBERED)(_understood)
_IN_ORDER: Final = ("instant", "instants", "texts")
"""What goes by the days before it, or is a list of its own each time."""


_turned: Final = FAULTS["turned"]


def texts(value: Written) -> list[str]:
    """The texts in a cell: one a line, or, where there is one line, apart by ";"."""
    raw = value if isinstance(value, str) else cell_text(value)
    pieces = raw.splitlines() if "\n" in raw else raw.split(";")
    return [piece for piece in map(tidy, pieces) if piece]


def joined(items: list[str]) -> str:
    """The items as one cell has them; `texts` takes them apart again."""
    return "\n".join([*items, ""]) if any(";" in item for item in items) else "; ".join(items)


def instants(value: Written, days: Days | None = None) -> list[Any]:
    """The dates and times in a cell, each as the plan writes it, or Unclear."""
    days = Days() if days is None else days
    whole = cell_instant(value, days)
    pieces: list[str | Unclear] = [whole]
    if isinstance(value, str) and isinstance(whole, Unclear):
        pieces = []
        for piece in filter(tidy, re.split(r"[;\n]", value)):
            pieces.append(cell_instant(piece, days))
            days.read(pieces[-1])
    return pieces


def cell_instant(value: Written, days: Days | None = None, bound: str = "") -> str | Unclear:
    """A date and time as the plan writes it. `bound`: what is said of the field's instants, that something begins or ends there.

    A day of a spreadsheet without a time is not its midnight, of which nothing tells it.
    """
    days = Days() if days is None else days
    match value:
        case datetime() if (
            _whole(value) and (moment := _to_the_minute(value)).time() == MIDNIGHT and value.year >= FIRST_YEAR
        ):
            return _unclear_time(moment.date(), "có ngày mà chưa có giờ", "has a date but no time")
        case datetime():
            return _to_the_second(value)
        case time() if days.alone is not None:
            return _to_the_second(datetime.combine(days.alone, value))
        case date():
            return _unclear_time(value, "có ngày mà chưa có giờ", "has a date but no time")
        case time():
            return _unclear_time(value, "có giờ mà chưa có ngày", "has a time but no date")
        case str():
            return _written_instant(tidy(value), days, bound)
    return _unclear_time(value, "không phải là ngày giờ", "is no date and time")


def _day(_: FormColumn, value: Written, text: str) -> Meaning:
    """A day as the document writes it. A time of midnight that a spreadsheet has beside it says nothing."""
    if isinstance(value, datetime) and value.time() == MIDNIGHT:
        return write_day(value.date())
    if isinstance(value, date) and not isinstance(value, datetime):
        return write_day(value)
    try:
        found = parse_time(text) if isinstance(value, str) else None
    except NoSuchTime as wrong:
        return _no_such_time(text, wrong.day)
    if found is not None and found.day is not None and found.clock is None and not found.bound:
        right = found.weekday in (None, found.day.weekday())
        return write_day(found.day) if right else _no_such_time(text, found.day)
    return FAULTS["no_day_alone"](text)


def cell_day(meaning: Meaning) -> date | None:
    """The day of an instant as `instant` gives it."""
    return date.fromisoformat(meaning[:10]) if isinstance(meaning, str) and meaning[4:5] == "-" else None


def _whole(value: datetime) -> bool:
    """Whether it is a whole minute: what a spreadsheet counts in fractions of a day is off by up to a second."""
    return (value.second + value.microsecond / 1e6 + 1) % 60 < 2


def _to_the_second(value: datetime) -> str:
    return write_instant(_to_the_minute(value)) if _whole(value) else value.isoformat()


def _to_the_minute(value: datetime) -> datetime:
    # No year after this one is a plan's, and none is left to round up to.
    return value if value.year == MAXYEAR else (value + timedelta(seconds=30)).replace(second=0, microsecond=0)


def _written_instant(text: str, days: Days, bound: str) -> str | Unclear:
    try:
        found = parse_time(text)
    except NoSuchTime as wrong:
        return _no_such_time(text, wrong.day)
    if found is None or (found.bound and found.bound != bound):
        return _unclear_time(text, "không phải là một ngày giờ", "is not one date and time")
    day = found.day or (days.before if found.same_day else days.alone)
    if found.clock is None:
        return _unclear_time(text, "có ngày mà chưa có giờ", "has a date but no time")
    if day is None and found.same_day and days.unread:
        return _day_unread(text)
    if day is None:
        return _unclear_time(text, "có giờ mà chưa có ngày", "has a time but no date")
    if found.weekday not in (None, day.weekday()):
        return _no_such_time(text, day)
    days.meant = days.meant or found.same_day
    return datetime.combine(day, found.clock).isoformat(timespec="seconds" if found.clock.second else "minutes")


_WEEKDAYS: Final = (
    Text("thứ Hai", "Monday"),
    Text("thứ Ba", "Tuesday"),
    Text("thứ Tư", "Wednesday"),
    Text("thứ Năm", "Thursday"),
    Text("thứ Sáu", "Friday"),
    Text("thứ Bảy", "Saturday"),
    Text("Chủ nhật", "Sunday"),
)


def _no_such_time(text: str, day: date | None) -> Unclear:
    """What is no time: a `day` that has another weekday than is said, or a day, month or hour that there is not."""
    if day is None:
        return FAULTS["no_such_time"](text)
    return FAULTS["other_weekday"](text, f"{day:%d/%m/%Y}", _WEEKDAYS[day.weekday()])


def _unclear_time(value: Written, vi: str, en: str) -> Unclear:
    text = cell_text(value)
    fix = Text(TIME_FORM.vi + _NO_TIME.vi, TIME_FORM.en + _NO_TIME.en) if _answer(text) in _NO else TIME_FORM
    return Unclear(text, Text(f"“{shown(text)}” {vi}", f"“{shown(text)}” {en}"), fix)


_day_unread: Final = FAULTS["day_unread"]
"""A time of the same day as one that could not be read: mending that mends this."""


@lru_cache(REMEMBERED)
def _answer(text: str) -> str:
    """The letters of a sure answer; none where a question mark or a sign (☐ có, ≠ có) may turn what they say."""
    return (
        ""
        if any(mark in "?？" or (category(mark)[0] == "S" and mark not in _MARKS) for mark in text)
        else letters(text)
    )


def _choice(column: FormColumn, _: Written, text: str) -> Meaning:
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


def choices(column: FormColumn) -> list[str]:
    """The words of the members that a cell of the column takes."""
    return [member.words.vi for member in column.enumeration.members] if column.enumeration else []


@cache
def _words(column: FormColumn) -> dict[str, str]:
    """Every spelling of a member: its code and its labels."""
    members = column.enumeration.members if column.enumeration else ()
    return {
        letters(word): member.name
        for member in members
        for word in (member.words.vi, member.words.en, member.name, *member.also)
    }


def _mark(column: FormColumn, value: Written, text: str) -> Meaning:
    if value is True or text.casefold() in _MARKS or _answer(text) in _YES:
        return column.member
    if value is False or text in _EMPTY_MARKS or _answer(text) in _NO:
        return None
    return FAULTS["no_mark"](text, column.label)


def _truth(column: FormColumn, value: Written, text: str) -> Meaning:
    if isinstance(value, bool):
        return value
    word = _answer(text)
    if word in _YES or word in _NO:
        return word in _YES
    return FAULTS["no_truth"](text, column.label)


def _count(column: FormColumn, value: Written, text: str) -> Meaning:
    counted = text.casefold().removesuffix(column.label.casefold().removeprefix("số "))  # “12 chỉ tiêu”
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else _number(counted.rstrip())
    if number is not None and float(number).is_integer():
        return int(number)
    return FAULTS["no_count"](text, column.label)


def _decimal(column: FormColumn, value: Written, text: str) -> Meaning:
    """A number with or without decimals; a percentage may have its sign behind it."""
    written = text.removesuffix("%").rstrip() if column.holds == "percentage" else text
    number = value if isinstance(value, int | float) and not isinstance(value, bool) else _number(written)
    if isinstance(value, Hundredfold) and column.holds == "percentage":
        number = float(Decimal(repr(float(value))) * 100)
    if number is not None:
        return int(number) if float(number).is_integer() else float(number)
    example = "66,7" if column.holds == "percentage" else "1,5"
    return FAULTS["no_number"](text, column.label, example)


def _number(text: str) -> float | None:
    """A number as it is written in Vietnamese (1.200 is 1200, 1,5 is one and a half), with a decimal point, or in words.

    Words may stand in brackets behind the digits, “12 (mười hai)”, where both must agree.
    """
    if len(text) > _LONGEST_NUMBER:
        return None
    if not any(map(str.isdigit, text)):
        return number_in_words(text)
    if (both := re.fullmatch(r"([^()]+)\(([^()]+)\)", text)) is not None:
        number = _number(both[1])
        return number if number is not None and number == number_in_words(both[2]) else None
    plain = text.replace(" ", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "")
    return float(plain.replace(",", ".")) if re.fullmatch(r"-?\d{1,15}([.,]\d{1,9})?", plain) else None


_READ: Final[dict[str, Callable[[FormColumn, Written, str], Meaning]]] = {
    "choice": _choice,
    "mark": _mark,
    "truth": _truth,
    "count": _count,
    "number": _decimal,
    "percentage": _decimal,
    "date": _day,
}
