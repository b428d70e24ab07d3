"""Times as people write them."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from thamdinh.engine.base.instant import FIRST_YEAR, LAST_YEAR, parse_instant, write_instant

MORNING = datetime(2017, 12, 28, 7, 30)


@pytest.mark.parametrize(
    "written",
    [
        "2017-12-28T07:30",
        "2017-12-28t07:30",
        "2017-12-28 07:30",
        "2017-12-28T07:30:00",
        "2017-12-28T07:30:00.000",
        "2017-12-28T7:30",
        "28/12/2017 07:30",
        "28/12/2017 7:30",
        "28/12/2017T07:30:00",
        "  28/12/2017   07:30 ",
        MORNING,
    ],
)
def test_reads_every_accepted_form(written: object) -> None:
    assert parse_instant(written) == MORNING


def test_reads_the_day_before_the_month() -> None:
    assert parse_instant("1/2/2018 00:00") == datetime(2018, 2, 1)


@pytest.mark.parametrize(
    ("written", "refusal"),
    [
        ("sáng 28/12", "instant_form"),
        ("", "instant_form"),
        ("07:30", "instant_form"),
        ("2017-12-28T0730", "instant_form"),
        ("2017-1-2T07:30", "instant_form"),
        ("28-12-2017 07:30", "instant_form"),
        ("2017-12-28T07:30 CH", "instant_form"),
        ("٢٠١٧-١٢-٢٨T٠٧:٣٠", "instant_form"),
        (20171228, "instant_form"),
        (True, "instant_form"),
        (None, "instant_form"),
        (["2017-12-28T07:30"], "instant_form"),
        (MORNING.replace(tzinfo=UTC), "instant_form"),
        ("2017-12-28", "instant_time"),
        ("28/12/2017", "instant_time"),
        ("2017-12-28T07:30Z", "instant_offset"),
        ("2017-12-28T07:30:00+07:00", "instant_offset"),
        ("2017-12-28T07:30+0700", "instant_offset"),
        ("28/12/2017 07:30 +07", "instant_offset"),
        ("2017-12-28T07:30:01", "instant_second"),
        (MORNING.replace(second=1), "instant_second"),
        ("2017-02-29T07:30", "instant_date"),
        ("31/11/2017 07:30", "instant_date"),
        ("12/28/2017 07:30", "instant_date"),
        ("2017-12-28T24:00", "instant_date"),
        ("2017-12-28T07:60", "instant_date"),
        ("0000-01-01T00:00", "instant_date"),
        (f"{FIRST_YEAR - 1}-12-31T23:59", "instant_year"),
        (f"{LAST_YEAR + 1}-01-01T00:00", "instant_year"),
    ],
)
def test_refuses_what_is_no_local_time_to_the_minute(written: object, refusal: str) -> None:
    with pytest.raises(PydanticCustomError) as refused:
        parse_instant(written)
    assert refused.value.type == refusal


@given(st.datetimes(datetime(FIRST_YEAR, 1, 1), datetime(LAST_YEAR, 12, 31, 23, 59)))
def test_reads_what_it_writes(instant: datetime) -> None:
    instant = instant.replace(second=0, microsecond=0)
    assert parse_instant(write_instant(instant)) == instant
    assert parse_instant(f"{instant:%d/%m/%Y %H:%M}") == instant
