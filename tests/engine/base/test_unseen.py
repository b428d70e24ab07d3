"""What nobody can see counts as absent: in texts, in ids, in YAML, JSON and lines of an audit alike."""

import json
import sys
import unicodedata
from typing import Any

import pytest

from tests.plans import PLAN, changed, plan_problems
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.base.look_alikes import is_plainly_vietnamese, skeleton
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.base.unseen import holds_unseen, seen
from thamdinh.engine.documents import read
from thamdinh.engine.forms.cells import is_blank, tidy
from thamdinh.engine.model.integrity import read_plan

UNSEEN = [
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180e", "\u180f", "\u200b", "\u200d"),
    *("\u200e", "\u202e", "\u2060", "\u2065", "\u2069", "\u206f", "\u2800", "\u3164", "\ufe00", "\ufe0f", "\ufeff"),
    *("\uffa0", "\ufff0", "\ufff9", "\ufffc", "\U0001bca0", "\U0001d159", "\U0001d173", "\U000e0001", "\U000e01ef"),
]
NAMES = [f"U+{ord(mark):04X}" for mark in UNSEEN]
BLANKS = ["\u00a0", "\u1680", "\u2003", "\u2028", "\u202f", "\u205f", "\u3000", "\x85"]


@pytest.mark.parametrize("mark", UNSEEN, ids=NAMES)
def test_a_text_of_nothing_seen_is_empty_wherever_it_is_read(mark: str) -> None:
    (problem,) = plan_problems(changed(("title: Báo cáo tổng kết", f'title: "{mark} {mark}"')))
    assert problem.code == "PL002"
    assert "còn để trống" in problem.message.vi
    data: Any = read("plan.yaml", PLAN.encode()).data
    data["participants"][0]["name"] = mark
    line = json.dumps(data, ensure_ascii=False).encode()
    with pytest.raises(Unreadable):
        read_plan(read("plan.json", line))
    assert decode_line(line) is None
    assert is_blank(f"{mark}\u00a0{mark}")


@pytest.mark.parametrize("mark", UNSEEN, ids=NAMES)
def test_an_id_holds_nothing_unseen(mark: str) -> None:
    problems = plan_problems(changed(("id: p03", f'id: "p{mark}03"')))
    assert [(problem.code, "không nhìn thấy" in problem.message.vi) for problem in problems] == [("PL002", True)]


@pytest.mark.parametrize("mark", UNSEEN, ids=NAMES)
def test_a_text_is_read_as_it_is_seen(mark: str) -> None:
    plan = read_plan(read("plan.yaml", changed(("name: Lê Văn Sáu", f'name: "{mark}Lê Văn Sáu{mark}"')).encode()))
    assert plan.participants[2].name == "Lê Văn Sáu"


@pytest.mark.parametrize("mark", UNSEEN, ids=NAMES)
def test_what_is_still_to_be_filled_in_is_told_so_behind_what_is_unseen(mark: str) -> None:
    (problem,) = plan_problems(changed(("name: Lê Văn Sáu", f'name: "{mark}<họ và tên>"')))
    assert "Chưa điền" in problem.message.vi


@pytest.mark.parametrize("mark", BLANKS)
def test_every_blank_of_unicode_is_stripped(mark: str) -> None:
    assert seen(f"{mark}x{mark}") == tidy(f"{mark}x{mark}") == "x"


@pytest.mark.long
def test_what_python_knows_to_be_ignorable_is_unseen_and_no_letter_is() -> None:
    """Formatting characters are unseen but for those that are drawn (signs before Arabic and Kaithi numbers, hieroglyphs)."""
    drawn = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
    for code in range(sys.maxunicode + 1):
        mark = chr(code)
        kind = unicodedata.category(mark)
        if kind == "Cf" and code not in drawn:
            assert holds_unseen(mark), f"U+{code:04X}"
        if kind in ("Lu", "Ll", "Lt", "Lm", "Nd", "Nl", "No", "Pd", "Ps", "Pe", "Sc", "Sm"):
            assert not holds_unseen(mark), f"U+{code:04X}"
        if kind != "Cs" and is_plainly_vietnamese(mark.encode()):
            assert not holds_unseen(mark), f"U+{code:04X}"
            assert mark.isprintable(), f"U+{code:04X}"
            assert unicodedata.is_normalized("NFC", mark), f"U+{code:04X}"
            assert not unicodedata.combining(mark), f"U+{code:04X}"
            assert mark.isdecimal() or not skeleton(mark).isdecimal(), f"U+{code:04X}"


def test_what_is_left_is_in_normal_form() -> None:
    assert seen("Nguyê\u200b\u0303n") == "Nguyễn"
