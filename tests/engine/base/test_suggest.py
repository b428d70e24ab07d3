"""What a message repeats of a value, and what it takes to find out: no more than can be shown."""

import time

import pytest

from thamdinh.engine.base.suggest import LONGEST_SHOWN, shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("  a \n b ", "a b"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        (" " * 5_000 + "a", "a"),
        (12, "12"),
        ({"a": [1, "ă"]}, '{"a": [1, "ă"]}'),
        ([1] * 1_000, ("[" + "1, " * 30)[:59] + "…"),
        (None, "null"),
    ],
)
def test_a_value_is_repeated_in_one_line_and_cut(value: object, expected: str) -> None:
    assert shown(value) == expected
    assert len(shown(value)) <= LONGEST_SHOWN


@pytest.mark.parametrize("value", ["a " * 20_000_000, [[1] * 1_000] * 20_000], ids=["text", "list"])
def test_no_more_of_a_long_value_is_looked_at_than_is_shown(value: object) -> None:
    start = time.process_time()
    shown(value)
    assert time.process_time() - start < 0.2
