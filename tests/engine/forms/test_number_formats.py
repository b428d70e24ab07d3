"""Number formats: what they make of a value, told in one pass over the format."""

from time import process_time

import pytest

from thamdinh.engine.forms.number_formats import number_format

DAY, HOUR, BOTH = 43097.0, 0.3125, 43097.3125


@pytest.mark.parametrize(
    ("code", "shows"),
    [
        ("General", ""),
        ("@", ""),
        ("#,##0", ""),
        ('#,##0.00 "đ"', ""),
        ("dd/mm/yyyy", "d"),
        ("[$-1010000]d/m/yyyy;@", "d"),
        ("hh:mm", "h"),
        ("mm:ss", "h"),
        ("[h]:mm", "h"),
        ("dd/mm/yyyy hh:mm", "dh"),
        ('hh" giờ "mm" phút, ngày "d" tháng "m" năm "yyyy', "dh"),
        ('"28/12/2017"', ""),
        ('"d/m/y"0', ""),
        ("\\d0", ""),
    ],
)
def test_a_format_is_of_days_of_hours_or_of_neither(code: str, shows: str) -> None:
    assert number_format(code).shows == shows


AS_STORED = [
    ("General", 12),
    ("0", 12),
    ("#,##0", 1200),
    ("#,##0.00 [$₫-42A]", 5),
    ('_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', 12),
    ("[Red]0", 12),
    ("0.00E+00", 12),
    ("# ?/?", 12),
    ("dd/mm/yyyy", DAY),
    ("[$-F800]dddd, mmmm dd, yyyy", DAY),
    ("[$-42A]dd mmmm yyyy hh:mm", BOTH),
    ("hh:mm", HOUR),
    ("hh:mm AM/PM", HOUR),
    ("yyyy-mm-dd hh:mm:ss.000", BOTH),
    ('hh" giờ "mm" phút, ngày "d" tháng "m" năm "yyyy', BOTH),
    ("d/m/yy h:mm;@", BOTH),
]
OTHERWISE = [
    ('"12"', 0),
    ('0"0"', 12),
    ('0" trăm"', 12),
    ("0%", 12),
    ("0,", 12),
    ("0;0", -5),
    ('[>5]0;"x"', 12),
    ("dd/mm/yyyy", BOTH),
    ("hh:mm", BOTH),
    ("d-mmm", DAY),
    ("dd/mm/2017", DAY),
    ('dd"/12/2017" hh:mm', BOTH),
    ('"28/12/2017 07:30"', BOTH),
    ("mm/dd/yyyy hh:mm", BOTH),
    ("[$-D07041E]dd/mm/yyyy hh:mm", BOTH),
    ("dd/mm/bbbb hh:mm", BOTH),
    ("0" * 256, 12),
]
NOT_AT_ALL = [(";;;", 12), (";;", BOTH), ("[White]0", 12), ('" "', 12), ("#", 0), ("0;-0;", 0), ("_x_x", 5)]


@pytest.mark.parametrize(
    ("code", "value", "seen"),
    [
        *((code, value, "as stored") for code, value in AS_STORED),
        *((code, value, "otherwise") for code, value in OTHERWISE),
        *((code, value, "not at all") for code, value in NOT_AT_ALL),
    ],
)
def test_a_number_is_seen_as_it_is_stored_or_that_is_told(code: str, value: float, seen: str) -> None:
    assert number_format(code).number(value) == seen


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("@", "as stored"),
        ("0", "as stored"),
        (";;", "as stored"),
        (";;;", "not at all"),
        ('@" x"', "otherwise"),
        (';;;"x"', "otherwise"),
        ("0;0;0;@", "as stored"),
        ("0;0;0;[White]@", "not at all"),
    ],
)
def test_a_text_is_seen_as_it_is_stored_or_that_is_told(code: str, seen: str) -> None:
    assert number_format(code).words() == seen


def test_a_format_of_any_length_takes_no_time() -> None:
    start = process_time()
    for piece in ("[", '"', "\\", "_", "m", "h:", ";", "[$-", "0", "[h]"):
        for length in (200, 1_000_000):
            number_format(piece * length).number(BOTH)
    assert process_time() - start < 1
