"""Which half days a span of time touches, at each of the bounds between them."""

from datetime import datetime, time

import pytest

from thamdinh.engine.model.instants import Readings, half_days, half_days_of

READINGS = Readings(morning_ends=time(12), afternoon_begins=time(13))
MORNING = datetime(2017, 12, 28).toordinal() * 2


@pytest.mark.parametrize(
    ("start", "end", "touched"),
    [
        ("28T07:30", "28T11:30", [0]),
        ("28T11:59", "28T13:00", [0]),
        ("28T11:59", "28T13:01", [0, 1]),
        ("28T12:00", "28T13:00", [1]),
        ("28T13:30", "28T23:59", [1]),
        ("28T13:30", "29T00:00", [1]),
        ("28T13:30", "29T00:01", [1, 2]),
        ("28T13:30", "29T01:00", [1, 2]),
        ("28T07:30", "29T17:00", [0, 1, 2, 3]),
    ],
)
def test_a_span_touches_the_half_days_between_its_bounds(start: str, end: str, touched: list[int]) -> None:
    span = datetime.fromisoformat(f"2017-12-{start}"), datetime.fromisoformat(f"2017-12-{end}")
    assert [slot - MORNING for slot in half_days_of([span], READINGS)] == touched
    assert half_days([span, span], READINGS) == len(touched)
