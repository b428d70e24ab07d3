"""What shells complete: commands, options, codes and packs, with what they are in the language of the run."""

import pytest

from tests.command_line import thamdinh


def completed(words: str, language: str = "vi") -> dict[str, str]:
    """What the shell is offered for the last word of a line, with what is said of each."""
    parts = words.split(" ")
    done = thamdinh(
        env={
            "_THAMDINH_COMPLETE": "fish_complete", "COMP_WORDS": " ".join(["thamdinh", *parts[:-1]]), "COMP_CWORD": parts[-1],
            "THAMDINH_LANG": language,
        },
    )  # fmt: skip
    assert done.stderr == ""
    lines = [line.partition(",")[2].partition("\t") for line in done.stdout.splitlines() if line]
    return {name: said for name, _, said in lines}


@pytest.mark.parametrize(
    ("line", "offered", "vi", "en"),
    [
        ("wai", "waivers", "Xem và kiểm tra các miễn trừ", "List and check waivers"),
        ("waivers li", "list", "Liệt kê", "List"),
        ("lint --quie", "--quiet", "Chỉ in dòng tổng hợp.", "Print the summary line only."),
        ("audit --cross", "--cross-check", "Chọn ngẫu nhiên N kế hoạch", "Check N plans"),
        ("explain TD50", "TD503", "Phiếu tín nhiệm được phát", "Ballots"),
        ("explain td50", "TD503", "Phiếu tín nhiệm được phát", "Ballots"),
        ("explain PL", "PL003", "Một mã được nhắc đến", "An id is used"),
        ("explain D1", "D10", "Lấy phiếu tín nhiệm", ""),
        ("lint --ignore TD7", "TD701", "", ""),
        ("lint --directive hu", "huyen-minh-hoa-2017", "Hướng dẫn giả định", "Imagined guidance"),
        ("rules test c", "cong-an-minh-hoa-2017", "", ""),
        ("rules diff ben-tre-2017 h", "huyen-minh-hoa-2017", "", ""),
        ("lint --fail-on w", "warning", "", ""),
        ("lint --select TD50", "TD503", "Phiếu tín nhiệm được phát", "Ballots"),
        ("new --kind thi", "thị-trấn", "", ""),
        ("new --kind town", "township", "", ""),
    ],
)
def test_what_may_stand_there_is_offered_in_both_languages(line: str, offered: str, vi: str, en: str) -> None:
    for language, words in (("vi", vi), ("en", en)):
        found = completed(line, language)
        assert offered in found, found
        assert words in found[offered]


def test_nothing_is_offered_for_what_nobody_can_know() -> None:
    assert completed("explain ZZ") == {}
    assert completed("explain TD503 --directive no-such-pack --lang e") == {"en": ""}


def test_the_language_of_the_line_goes_before_the_environment() -> None:
    assert "Ballots" in completed("explain --lang en TD50")["TD503"]
