"""Texts that look the same have one skeleton; what a Vietnamese keyboard gives has itself."""

import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.plans import changed, plan_problems, text_at
from thamdinh.engine.base.look_alikes import difference, is_plain, skeleton

SAME = [
    ("р01", "p01"),  # Cyrillic
    ("ρ01", "p01"),  # Greek
    ("ｐ０１", "p01"),
    ("𝐩𝟎𝟏", "p01"),
    ("p٠١", "p01"),
    ("p⁰¹", "p01"),
    ("p\u200b01", "p01"),
    ("p\u00a001", "p 01"),
    ("dang‑uy", "dang-uy"),
    ("dang–uy", "dang-uy"),
    ("ðảng-ủy", "đảng-ủy"),
    ("Ðảng ủy", "Đảng ủy"),
    ("Huyện ủy Сhâu Тhành", "Huyện ủy Châu Thành"),
    ("é\u0302", "ế"),
    ("bё", "bë"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_looks_the_same_has_one_skeleton(one: str, other: str) -> None:
    assert one != other
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("p01", "P01"), ("hoa", "hòa"), ("Bính", "Bình"), ("dang", "đang"), ("an", "ăn")]
)
def test_what_looks_different_has_two(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.long
def test_the_quick_way_gives_what_the_slow_one_does() -> None:
    for code in range(sys.maxunicode + 1):
        mark = chr(code)
        if not 0xD800 <= code <= 0xDFFF and is_plain(mark) and not mark.isspace():
            assert skeleton(mark + "о") == mark + "o", f"U+{code:04X}"


@given(st.text(max_size=8))
@example("\rÀ")
def test_a_skeleton_is_its_own_and_no_form_of_unicode_changes_it(text: str) -> None:
    found = skeleton(text)
    assert skeleton(found) == found
    assert skeleton(unicodedata.normalize("NFD", text)) == skeleton(unicodedata.normalize("NFC", text))


ALIKE = {
    "a participant in Cyrillic": (
        [("id: p03", "id: р02")],
        "р02",
        "“р02” trông giống hệt “p02” ở plan.yaml:23:10, mà ở đây có “р” (U+0440",
    ),
    "full width": ([("id: p03", "id: ｐ０２")], "ｐ０２", "FULLWIDTH"),
    "the second in Latin": (
        [("id: p02", "id: р03"), ("{person: p02,", "{person: р03,"), ("[p01, p02]", "[p01, р03]")],
        "p03",
        "ở kia có “р”",
    ),
    "a report": ([("bc-so-ket", "12‑BC/ĐU")], "12‑BC/ĐU", "Mã báo cáo"),
    "a committee": (
        [("confidence_votes:", "  - {id: dаng-uy, name: x, members: []}\nconfidence_votes:")],
        "dаng-uy",
        "Mã cấp ủy",
    ),
    "the name of a committee": (
        [
            (
                "confidence_votes:",
                "  - {id: x, name: Ban Сhấp hành, members: []}\n  - {id: y, name: Ban Chấp hành, members: []}\nconfidence_votes:",
            )
        ],
        "Ban Chấp hành",
        "Tên cấp ủy",
    ),
}


@pytest.mark.parametrize("case", ALIKE)
def test_ids_that_look_the_same_are_told_with_what_tells_them_apart(case: str) -> None:
    changes, spot, words = ALIKE[case]
    text = changed(*changes)
    (problem,) = plan_problems(text)
    assert problem.code == "PL004"
    assert text_at(text, problem.place) == spot
    assert words in problem.message.vi


def test_two_committees_may_have_one_name() -> None:
    assert not plan_problems(
        changed(
            (
                "confidence_votes:",
                "  - {id: x, name: A, members: []}\n  - {id: y, name: A, members: []}\nconfidence_votes:",
            )
        )
    )


@pytest.mark.parametrize("written", ["р02", "p02\u200b", "ｐ02"])
def test_a_reference_that_only_looks_like_an_id_is_told_so(written: str) -> None:
    (problem,) = plan_problems(changed(("[p01, p02]", f'[p01, "{written}"]')))
    assert problem.code == "PL003"
    assert "Có phải ý là “p02”? Trông giống nhau nhưng ở đây có" in problem.fix.vi
    assert "They look the same" in problem.fix.en


def test_marks_in_another_order_are_the_difference_where_all_letters_are_shared() -> None:
    assert difference("ab", "ba").vi == "các dấu đứng theo thứ tự khác nhau"
