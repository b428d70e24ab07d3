"""What a message repeats of a value, no more than can be shown, and what it takes a mistyped word for."""

import time

import pytest

from thamdinh.engine.base.suggest import LONGEST_SHOWN, closest, did_you_mean, shown
from thamdinh.engine.base.text import Text


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


@pytest.mark.parametrize(
    ("word", "options", "meant"),
    [
        ("Bí thư kiêm Chủ tịch HĐND", ("bí thư", "phó bí thư", "cấp ủy viên"), "bí thư"),
        ("Phó Bí thư thường trực", ("bí thư", "phó bí thư", "cấp ủy viên"), "phó bí thư"),
        ("Đảng bộ xã Phú Túc", ("xã", "đảng bộ ngành tỉnh"), "xã"),
        ("p01, p02", ("p01", "p02"), None),
        ("xã hội", ("phường",), None),
    ],
)
def test_what_stands_in_a_longer_text_was_meant_where_it_is_one(
    word: str, options: tuple[str, ...], meant: str | None
) -> None:
    assert closest(word, options) == meant


@pytest.mark.parametrize(
    ("word", "meant"),
    [("p2", "p02"), ("P002", "p02"), ("p82", "p82"), ("p100", "p10"), ("TD51", "TD501"), ("bc7", "bc-007")],
)
def test_a_number_with_other_zeros_before_it_was_meant_first(word: str, meant: str) -> None:
    assert closest(word, ["p82", "p02", "p10", "p20", "TD501", "bc-007", "p22"]) == meant


@pytest.mark.parametrize(("part", "times"), [("a ", 20_000_000), ([[1] * 1_000], 20_000)], ids=["text", "list"])
def test_no_more_of_a_long_value_is_looked_at_than_is_shown(part: str | list[object], times: int) -> None:
    value = part * times
    start = time.process_time()
    shown(value)
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    ("word", "otherwise", "quoted", "expected"),
    [
        ("te", None, "“{}”", "Did you mean “tê”?"),
        ("T Ê", Text("khác", "other"), "@{}", "Did you mean @tê?"),
        ("xyz", None, "“{}”", "Use one of: tê, {q}"),
        ("xyz", Text("khác", "other"), "“{}”", "other"),
        ("{q", None, "<{}>", "Did you mean <{q}>?"),
        ("", None, "“{}”", "Use one of: tê, {q}"),
    ],
)
def test_an_unknown_word_is_told_with_the_nearest_option_or_else_with_what_there_is(
    word: str, otherwise: Text | None, quoted: str, expected: str
) -> None:
    assert did_you_mean(word, ["tê", "{q}"], otherwise, quoted).en == expected
