"""Counts in words: English has a plural, Vietnamese has none."""

import time
from pathlib import Path

import pytest

from tests.command_line import BREACHED, COMPLIANT, thamdinh
from thamdinh.engine.base.text import MOST_MARKS, Language, counted, nfc, per_cent, piled


@pytest.mark.parametrize(("count", "words"), [(0, "0 plans"), (1, "1 plan"), (2, "2 plans"), (1001, "1001 plans")])
def test_one_is_singular_and_all_else_is_plural(count: int, words: str) -> None:
    assert counted(count, "plan") == words


@pytest.mark.parametrize(
    ("share", "language", "words"),
    [(0.75, "vi", "75,0%"), (0.688, "vi", "68,8%"), (0.75, "en", "75.0%"), (1.0, "vi", "100,0%"), (None, "vi", "–")],
)
def test_a_share_has_one_decimal_always(share: float | None, language: Language, words: str) -> None:
    assert per_cent(share, language) == words


@pytest.mark.long
def test_commands_count_one_and_more_in_the_words_of_the_language(tmp_path: Path) -> None:
    ignored = ["--ignore", "TD501,TD502,TD505", "--fail-on", "never", "--lang"]  # one error and one warning are left
    for plans, english, vietnamese in (
        ([BREACHED], "1 plan: ", "1 kế hoạch: "),
        ([BREACHED, COMPLIANT], "2 plans: ", "2 kế hoạch: "),
    ):
        for command in ("lint", "audit"):
            said = thamdinh(command, *plans, *ignored, "en").stdout
            assert english in said
            assert "1 error, 1 warning" in said
            said = thamdinh(command, *plans, *ignored, "vi").stdout
            assert vietnamese in said
            assert "1 lỗi, 1 cảnh báo" in said
    said = thamdinh("audit", BREACHED, "--cross-check", 1, "--lang", "en").stdout
    assert "Both engines compared on 1 plan: no difference\n" in said
    assert "1 seat not decidable, by reason:" in said
    assert thamdinh("convert", COMPLIANT, tmp_path / "a.jsonl", "--lang", "en").stdout.startswith("Wrote 1 plan to ")
    assert thamdinh("generate", tmp_path / "b", "--plans", 1, "--lang", "en").stdout.startswith("Made 1 plan in ")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tổ chức", None),
        ("…" * 100, None),
        ("a" + "\u0301" * MOST_MARKS, None),
        ("a" + "\u0301" * (MOST_MARKS + 1), (1, MOST_MARKS + 2)),
        ("…" * 100 + "\u0323\u0302" * 20, (100, 100 + MOST_MARKS + 1)),
        ("x" + "\u1d165" * 200, None),
    ],
    ids=["words", "dots", "as many as may be", "one more", "after dots", "apart"],
)
def test_marks_that_pile_up_are_found(text: str, found: tuple[int, int] | None) -> None:
    assert piled(text) == found


def test_marks_that_pile_up_take_no_time_to_put_in_order() -> None:
    text = "e" + "\u0323\u0302" * 2_000_000
    start = time.process_time()
    assert nfc(text) == text
    assert time.process_time() - start < 2
