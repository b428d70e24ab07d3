"""Instants as numbers, and the half days that spans of time touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

EPOCH: Final = datetime(1970, 1, 1)
MIDNIGHT: Final = time(0, 0)
_DAYS_BEFORE: Final = EPOCH.toordinal()

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Readings:
    """How half days are told apart (parameters of the pack)."""

    morning_ends: time = time(12, 0)
    afternoon_begins: time = time(12, 30)


@lru_cache(maxsize=4096)
def minutes(instant: datetime) -> int:
    """The instant as whole minutes since 1970-01-01 (seconds are dropped)."""
    return (instant.toordinal() - _DAYS_BEFORE) * 1440 + instant.hour * 60 + instant.minute


def day_minutes(day: date) -> int:
    """The beginning of a day as whole minutes since 1970-01-01."""
    return (day.toordinal() - _DAYS_BEFORE) * 1440


@lru_cache(maxsize=4096)
def year(instant: int) -> int:
    """The year of an instant in minutes since 1970-01-01."""
    return (EPOCH + timedelta(minutes=instant)).year


def half_days(spans: Iterable[Span], readings: Readings) -> int:
    """How many distinct (date, morning or afternoon) slots the spans touch.

    One that starts before `morning_ends` touches the morning, and one that ends after `afternoon_begins` touches the
    afternoon too; it touches all that lies between.
    """
    return len(_touched(spans, readings))


def half_days_of(spans: Iterable[Span], readings: Readings) -> tuple[int, ...]:
    """The half days that the spans touch, in order, numbered as `slots` numbers them."""
    return tuple(sorted(_touched(spans, readings)))


def _touched(spans: Iterable[Span], readings: Readings) -> set[int]:
    return {
        slot for start, end in spans for slot in _slots(start, end, readings.morning_ends, readings.afternoon_begins)
    }


def slots(start: datetime, end: datetime, readings: Readings) -> tuple[int, int]:
    """The first and the last half day that a span touches: twice the ordinal of the day, one more for the afternoon."""
    touched = _slots(start, end, readings.morning_ends, readings.afternoon_begins)
    return touched[0], touched[-1]


@lru_cache(maxsize=4096)
def _slots(start: datetime, end: datetime, morning_ends: time, afternoon_begins: time) -> range:
    """All half days that a span touches."""
    ends = end.time()
    first = start.toordinal() * 2 + (start.time() >= morning_ends)
    last = end.toordinal() * 2 + (ends > afternoon_begins) - (ends == MIDNIGHT)
    return range(first, max(first, last) + 1)
