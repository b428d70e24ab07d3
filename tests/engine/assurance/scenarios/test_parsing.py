"""Reading feature files: what is wrong is told at its place in Vietnamese, and the other scenarios go on."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.appraisal import ROOT
from tests.properties import examples
from thamdinh.engine.assurance.scenarios import parse_feature, parse_file
from thamdinh.engine.base.problem import Problem, Unreadable

GOOD = """\
# language: vi
Tính năng: Thời lượng

  Tình huống: trước
    Cho một kế hoạch đúng chỉ đạo của xã
    Khi thẩm định kế hoạch
    Thì không có phát hiện nào

{broken}
  @TD101
  Tình huống: sau
    Cho một kế hoạch đúng chỉ đạo của xã
    Khi thẩm định kế hoạch
    Thì không có phát hiện nào
"""

BROKEN = {
    "an English keyword": ("When thẩm định kế hoạch", 11, 5, "“Khi”"),
    "a keyword without its tone": ("Thi không có phát hiện nào", 11, 5, "“Thì”"),
    "a keyword in small letters": ("khi thẩm định kế hoạch", 11, 5, "“Khi”"),
    "a word that is no keyword": ("Tiếp theo thẩm định", 11, 5, "Cho, Khi, Thì"),
    "a word near a keyword": ("Nhưngg thẩm định", 11, 5, "“Nhưng”"),
    "a row with a cell too few": ("Và kế hoạch có các phiên họp sau:\n      | a | b |\n      | c |", 13, 7, "ô trống"),
    "a tag among the steps": ("@TD101\n    Thì không có phát hiện nào", 11, 5, "“Tình huống:”"),
    "data in an ordinary place": ("Dữ liệu:\n      | a |\n      Cho một", 13, 7, "Khung tình huống"),
}


@pytest.mark.parametrize(("lines", "line", "column", "words"), BROKEN.values(), ids=BROKEN)
def test_what_is_wrong_in_a_scenario_has_its_place_and_costs_that_scenario_alone(
    lines: str, line: int, column: int, words: str
) -> None:
    broken = f"  Tình huống: hỏng\n    Cho một kế hoạch đúng chỉ đạo của xã\n    {lines}\n"
    feature = parse_feature(GOOD.format(broken=broken), "thử.feature")
    assert [scenario.name for scenario in feature.scenarios] == ["trước", "sau"]
    problem = feature.problems[0]
    assert (problem.place.line, problem.place.column) == (line, column), feature.problems
    assert words in problem.message.vi + problem.fix.vi
    assert feature.scenarios[1].tags == ("TD101",)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("  Tình huống: hỏng\n    Cho một kế hoạch\n", "không có bước “Thì”"),
        ("  Tình huống: hỏng\n", "không có bước nào"),
        ("  Tình huống: trước\n    Cho a\n    Thì b\n", "đã có ở thử.feature:4:3"),
        ("  Khung tình huống: hỏng\n    Cho <a>\n    Thì b\n", "chưa có dòng dữ liệu"),
        (
            "  Khung tình huống: hỏng\n    Cho <a>\n    Thì b\n    Dữ liệu:\n      | aa |\n      | 1 |\n",
            "không có cột “a”",
        ),
        ('  Tình huống: hỏng\n    Cho a\n      """\n      b\n      """\n    Thì b\n', "không dùng đoạn văn bản"),
        ("  Scenario: hỏng\n    Cho a\n    Thì b\n", "“Scenario:” không phải là từ khóa"),
        ("  Tinh huong: hỏng\n    Cho a\n    Thì b\n", "“Tinh huong:” không phải là từ khóa"),
        ("  Tình hướng: hỏng\n    Cho a\n    Thì b\n", "“Tình hướng:” không phải là từ khóa"),
    ],
)
def test_a_scenario_that_would_check_nothing_or_not_what_it_says_is_told_and_left_out(broken: str, words: str) -> None:
    feature = parse_feature(GOOD.format(broken=broken), "thử.feature")
    assert [scenario.name for scenario in feature.scenarios] == ["trước", "sau"]
    [problem] = feature.problems
    assert words in problem.message.vi
    assert problem.place.line is not None
    assert problem.place.line >= 9


def test_decomposed_unicode_is_told_once_and_read_all_the_same() -> None:
    text = unicodedata.normalize("NFD", GOOD.format(broken=""))
    feature = parse_feature(text, "thử.feature")
    [problem] = feature.problems
    assert "Unicode tổ hợp" in problem.message.vi
    line = text.split("\n")[(problem.place.line or 0) - 1]
    assert problem.place.column is not None
    assert problem.place.end_column is not None
    shown = unicodedata.normalize("NFC", line[problem.place.column - 1 : problem.place.end_column - 1])
    assert f"“{shown}”" in problem.message.vi
    assert len(shown) == 1
    assert [scenario.name for scenario in feature.scenarios] == ["trước", "sau"]


def refused(act: Callable[[], object]) -> tuple[Problem, ...]:
    with pytest.raises(Unreadable) as caught:
        act()
    return caught.value.problems


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Feature: x\n", "Tính năng:"),
        ("xin chào\n", "từ khóa"),
        ("# language: xx\nTính năng: x\n", "# language: vi"),
        ("# chỉ có ghi chú\n", "Tính năng:"),
        ("# language: vi\nTính năng: x\n  Boi canh: y\n    Cho a\n", "Bối cảnh:"),
    ],
)
def test_a_file_that_is_no_feature_says_what_was_expected(text: str, words: str) -> None:
    problems = refused(lambda: parse_feature(text, "thử.feature"))
    assert any(words in problem.message.vi + problem.fix.vi for problem in problems)
    assert all(problem.place.file == "thử.feature" for problem in problems)


def test_an_outline_is_one_scenario_a_row_with_the_tags_of_its_data() -> None:
    feature = parse_feature(
        "Tính năng: x\n  @a\n  Quy tắc: nhóm\n    @b\n    Khung tình huống: họp <n> buổi\n"
        "      Cho hội nghị họp <n> buổi liên tiếp\n      Thì <kết quả>\n"
        "      @c\n      Dữ liệu:\n        | n | kết quả |\n        | 1 | a\\|b |\n"
        "      @d\n      Dữ liệu:\n        | kết quả | n |\n        | c | (.* |\n",
        "x",
    )
    assert feature.problems == ()
    assert [(s.name, s.tags, s.group, s.place.line) for s in feature.scenarios] == [
        ("họp 1 buổi", ("a", "b", "c"), "nhóm", 11),
        ("họp (.* buổi", ("a", "b", "d"), "nhóm", 15),
    ]
    assert [[step.text for step in s.steps] for s in feature.scenarios] == [
        ["hội nghị họp 1 buổi liên tiếp", "a|b"],
        ["hội nghị họp (.* buổi liên tiếp", "c"],
    ]


def test_steps_of_backgrounds_come_first_and_and_is_of_the_kind_before_it() -> None:
    feature = parse_feature(
        "Tính năng: x\n  Bối cảnh:\n    Cho a\n  Quy tắc: r\n    Bối cảnh:\n      Cho b\n"
        "    Tình huống: s\n      Và c\n      Khi d\n      Thì e\n      Nhưng f\n",
        "x",
    )
    [scenario] = feature.scenarios
    assert [(step.kind, step.text) for step in scenario.steps] == [
        ("given", "a"),
        ("given", "b"),
        ("given", "c"),
        ("when", "d"),
        ("then", "e"),
        ("then", "f"),
    ]
    assert scenario.background == 2


LINES = [
    line for path in sorted((ROOT / "features").glob("*.feature")) for line in path.read_text("utf-8").splitlines()
]


@pytest.mark.long
@examples(2)
@given(st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=20)), max_size=25))
def test_whatever_stands_in_a_file_it_is_read_or_explained(lines: list[str]) -> None:
    text = "\n".join(lines)
    feature, problems = None, ()
    try:
        feature = parse_feature(text, "x")
    except Unreadable as unreadable:
        problems = unreadable.problems
    assert problems or (feature is not None and (feature.scenarios or feature.problems))


def test_the_features_of_the_pack_are_read_without_a_problem() -> None:
    for path in (ROOT / "features").glob("*.feature"):
        assert parse_file(path).problems == ()
