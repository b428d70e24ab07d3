"""Dates and times as Vietnamese officials write them, long and short, in any order of their parts."""

import re
import unicodedata
from datetime import date, time
from functools import lru_cache
from typing import Final, NamedTuple

_LONGEST: Final = 200
"""Characters of a text that may be a date and a time."""

_MONTHS: Final = {
    "gieng": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi mot": 11, "muoi hai": 12, "chap": 12, "muoi": 10,
}  # fmt: skip
_WEEKDAYS: Final = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, "chu nhat": 6, "cn": 6}
_PARTS: Final[dict[str, dict[int, int]]] = {
    "sang": {hour: hour for hour in range(12)},
    "trua": {hour: hour for hour in (10, 11, 12, 13)} | {1: 13},
    "chieu": {hour: hour % 12 + 12 for hour in (*range(1, 8), *range(12, 20))},
    "toi": {hour: hour % 12 + 12 for hour in (*range(5, 12), *range(17, 24))},
    "dem": {hour: hour % 12 + 12 for hour in (*range(7, 12), *range(19, 24))},
    **{word: {hour: hour % 12 for hour in range(1, 13)} for word in ("sa", "am")},
    **{word: {hour: hour % 12 + 12 for hour in range(1, 13)} for word in ("ch", "pm")},
}
"""Parts of a day: the hours that are said of them, and which of the 24 each is."""

_YEAR: Final = r"(?P<y>\d{4}(?!\d)|\d{2}(?![/.-]?\d))"
_DAY: Final = (
    r"(?<![\d:/.])(?:ngay )?(?:mong |mung )?(?:"
    r"(?P<year>\d{4}) ?(?P<iso>[/.-]) ?(?P<month>\d{1,2}) ?(?P=iso) ?(?P<day>\d{1,2})"
    rf"|(?P<d>\d{{1,2}}) ?(?P<mark>[/.-]) ?(?P<m>\d{{1,2}}) ?(?P=mark) ?{_YEAR}"
    rf"|(?P<long_d>\d{{1,2}}) ?,? ?thang (?P<long_m>\d{{1,2}}|{'|'.join(_MONTHS)}) ?,? ?nam (?P<long_y>\d{{4}})"
    r")(?!\d)"
)
_HOUR: Final = (
    r"(?<![\d:/.,])(?P<hour>\d{1,2})(?: ?: ?(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.0+)?)?"
    r"| ?(?:h|gio|g)(?: ?(?P<spoken>\d{1,2})(?: ?(?:phut|ph|p|['′’])(?![a-z]))?| (?P<half>ruoi)| kem (?P<short>\d{1,2})(?: phut)?)?)"
    r"(?![\d:])(?: ?(?P<part>sa|ch|am|pm)(?![a-z]))?"
)
_WEEKDAY: Final = (
    r"(?<![a-z])(?:(?:thu )(?P<name>hai|ba|tu|nam|sau|bay|[2-7])|(?P<short>t[2-7])|(?P<sunday>chu nhat|cn))(?![a-z\d])"
)
_PART: Final = r"(?<![a-z])(?:buoi )?(?P<part>sang|trua|chieu|toi|dem)(?![a-z])"
_SAME_DAY: Final = r"(?<![a-z])(?:vao )?(?:trong )?cung (?:ngay|hom)(?: (?:do|nay|tren))?(?![a-z])"
_BOUNDS: Final = {"bat dau": "tu", "khai mac": "tu", "ket thuc": "den", "be mac": "den"}
_BOUND: Final = rf"(?<![a-z])(?P<bound>tu|den|{'|'.join(_BOUNDS)})(?![a-z])"
_CLOCK_WRITTEN: Final = r"\d{1,2}\s?(?:giờ|[:hg])\s?(?:\d{1,2}(?!\d)(?:\s?phút)?)?"
_SPAN: Final = rf"(?i:({_CLOCK_WRITTEN})\s*(?:[-–—~→]|đến|tới)\s*(?:lúc )?({_CLOCK_WRITTEN}))"
_BETWEEN: Final = r"(?i:\s+(?:[-–—~→]|đến|tới)\s+)"
_FROM: Final = r"(?i:(?:bắt đầu )?từ\s+)"
_NOTHING: Final = r"(?:[\s,;|()\[\]t–—-]|vao|luc|hoi|ngay|nham|cung)*"


class WrittenTime(NamedTuple):
    """What a text says: a day, a time of day, or both.

    `same_day`: it says that the day is one spoken of before. `bound`: it is where something begins ("tu") or ends ("den").
    `weekday`: that of the day, from Monday as 0; a day in the text itself has it.
    """

    day: date | None
    clock: time | None
    same_day: bool = False
    bound: str = ""
    weekday: int | None = None


class NoSuchTime(ValueError):
    """A date or time that is none: 31/02/2017, 25:00, a Monday that was no Monday, whose `day` is given."""

    def __init__(self, text: str, day: date | None = None) -> None:
        super().__init__(text)
        self.day = day


@lru_cache(1_000)
def parse_time(text: str) -> WrittenTime | None:
    """The day and the time in a text that says nothing else; None in another text. Raises NoSuchTime."""
    rest = _plain(text)
    if len(rest) > _LONGEST or not any(map(str.isdigit, rest)):
        return None
    day, rest = _taken(_DAY, rest)
    hour, rest = _taken(_HOUR, rest)
    weekday, rest = _taken(_WEEKDAY, rest)
    part, rest = _taken(_PART, rest)
    same_day, rest = _taken(_SAME_DAY, rest)
    bound, rest = _taken(_BOUND, rest)
    if (day is None and hour is None) or not re.fullmatch(_NOTHING, rest):
        return None
    try:
        found = _day(day) if day else None
        clock = _clock(hour, part) if hour else None
    except ValueError:
        raise NoSuchTime(text) from None
    said = _weekday(weekday) if weekday else None
    if found and said is not None and found.weekday() != said:
        raise NoSuchTime(text, found)
    meant = day is None and same_day is not None  # beside a day the words say nothing more
    return WrittenTime(found, clock, meant, _BOUNDS.get(bound["bound"], bound["bound"]) if bound else "", said)


def span(text: str) -> tuple[str, str] | None:
    """The beginning and the end in a text that says two times, “7h30 - 11h00 ngày 28/12/2017”; None in another text."""
    text = re.sub(_FROM, "", text, count=1)
    found = re.search(_SPAN, text)
    pieces = (f"{text[: found.start()]}{clock}{text[found.end() :]}" for clock in found.groups()) if found else ()
    both = [*pieces] if found else re.split(_BETWEEN, text)
    try:
        said = [parse_time(piece) for piece in both]
    except NoSuchTime:
        return None
    return (both[0], both[1]) if len(both) == 2 and all(time and time.clock for time in said) else None


def _plain(text: str) -> str:
    """The text without case and tone marks, its blanks single."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join("".join(mark for mark in decomposed if not unicodedata.combining(mark)).split()).rstrip(" .,;")


def _taken(pattern: str, text: str) -> tuple[re.Match[str] | None, str]:
    """What a pattern finds first, and the text without it."""
    found = re.search(pattern, text)
    return found, text if found is None else f"{text[: found.start()]}|{text[found.end() :]}"


def _day(found: re.Match[str]) -> date:
    year = found["year"] or found["y"] or found["long_y"]
    month = found["month"] or found["m"] or found["long_m"]
    day = found["day"] or found["d"] or found["long_d"]
    # A year of two digits is one of this century: no plan is of another.
    return date(int(year) + (2000 if len(year) == 2 else 0), _MONTHS.get(month) or int(month), int(day))


def _clock(found: re.Match[str], part: re.Match[str] | None) -> time:
    said = [_PARTS[word] for word in (found["part"], part and part["part"]) if word]
    hour = int(found["hour"])
    hours = {known.get(hour, 24) for known in said} or {hour}
    minute = int(found["minute"] or found["spoken"] or (30 if found["half"] else 0))
    if len(hours) > 1 or minute > 59:
        raise ValueError(hours)
    minutes = hours.pop() * 60 + minute - int(found["short"] or 0)
    return time(minutes // 60, minutes % 60, int(found["second"] or 0))


def _weekday(found: re.Match[str]) -> int:
    name = found["name"] or found["short"] or found["sunday"]
    return _WEEKDAYS[name] if name in _WEEKDAYS else int(name[-1]) - 2
