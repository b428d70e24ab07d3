"""Times and days as people write them in a document: local, to the minute."""

import re
from datetime import date, datetime
from typing import Any, Final

from pydantic_core import PydanticCustomError

from .text import Language

FIRST_YEAR: Final = 1930
LAST_YEAR: Final = 2100

_DATE = r"(?:(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})|(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>\d{4}))"
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.0+)?)?"
_INSTANT: Final = re.compile(
    rf"{_DATE}(?:(?:[Tt]| +){_TIME}(?P<offset> *(?:[Zz]|[+-]\d{{2}}(?::?\d{{2}})?))?)?", re.ASCII
)
_DAY: Final = re.compile(_DATE, re.ASCII)


def parse_instant(value: object) -> datetime:
    """A naive local datetime from `YYYY-MM-DDTHH:MM` or `dd/mm/yyyy HH:MM` (a space may stand for T, `:00` may follow).

    Raises PydanticCustomError: instant_form, instant_time, instant_offset, instant_second, instant_date or
    instant_year, which schema.py words for people.
    """
    if isinstance(value, datetime) and value.tzinfo is None:
        value = value.isoformat()
    found = _INSTANT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("instant_form", "not a date and time")
    if found["hour"] is None:
        raise PydanticCustomError("instant_time", "a date without a time")
    if found["offset"] is not None:
        raise PydanticCustomError("instant_offset", "times are local")
    if int(found["second"] or 0):
        raise PydanticCustomError("instant_second", "times are to the minute")
    return _moment(found, int(found["hour"]), int(found["minute"]))


def parse_day(value: object) -> date:
    """A day from `YYYY-MM-DD` or `dd/mm/yyyy`. Raises PydanticCustomError: day_form, instant_date or instant_year."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    found = _DAY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("day_form", "not a date")
    return _moment(found, 0, 0).date()


def _moment(found: re.Match[str], hour: int, minute: int) -> datetime:
    year, month, day = (int(found[iso] or found[local]) for iso, local in (("year", "y"), ("month", "m"), ("day", "d")))
    try:
        moment = datetime(year, month, day, hour, minute)
    except ValueError:
        raise PydanticCustomError("instant_date", "no such date or time") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise PydanticCustomError("instant_year", "implausible year", {"first": FIRST_YEAR, "last": LAST_YEAR})
    return moment


def day_of(moment: date) -> date:
    """The day of an instant; a day is its own."""
    return moment.date() if isinstance(moment, datetime) else moment


def time_words(moment: datetime, language: Language) -> str:
    """The time of day as official texts write it: “07 giờ 30”, “07:30”."""
    # By hand: strftime asks the system for its time zone every time, which may take longer than checking the plan.
    joint = " giờ " if language == "vi" else ":"
    return f"{moment.hour:02}{joint}{moment.minute:02}"


def date_words(moment: date) -> str:
    """The day: “28/12/2017”."""
    return f"{moment.day:02}/{moment.month:02}/{moment.year}"


def instant_words(moment: datetime, language: Language) -> str:
    """Time and day as official texts write them: “07 giờ 30, ngày 28/12/2017”, “07:30 on 28/12/2017”."""
    joint = ", ngày " if language == "vi" else " on "
    return f"{time_words(moment, language)}{joint}{date_words(moment)}"


def span_words(start: datetime, end: datetime, language: Language) -> str:
    """From one instant to another, the day once where it is one day."""
    if start.date() != end.date():
        return f"{instant_words(start, language)} – {instant_words(end, language)}"
    return f"{time_words(start, language)} – {instant_words(end, language)}"


def write_instant(instant: datetime) -> str:
    """The instant as `YYYY-MM-DDTHH:MM`, the form of the contract."""
    return instant.isoformat(timespec="minutes")


def write_day(day: date) -> str:
    """The day as `YYYY-MM-DD`, the form of the contract."""
    return day.isoformat()


def instant_text(value: Any) -> Any:
    """An instant or a day as documents write it; anything else as it is."""
    if isinstance(value, datetime):
        return write_instant(value)
    return write_day(value) if isinstance(value, date) else value
