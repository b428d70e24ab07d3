"""Remedies for whoever fills in a form speak of its labels, never of keys and codes that only YAML has."""

import re

import pytest

from tests.appraisal import ROOT, base_plan, checker
from tests.forms import book_of
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.forms.words import in_form_words
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan

PACKS = ["ben-tre-2017", *(str(head.parent) for head in sorted((ROOT / "rules").glob("*/directive.yaml"))[1:])]
KNOWN = description()


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.rpartition("/")[2])
def test_no_remedy_of_a_pack_names_a_key_or_a_code(pack: str) -> None:
    known = ruleset(pack).known
    named = {field.name for _, _, field in known.fields}
    named |= {member.name for one in known.vocabulary for member in one.members}
    for judgement in ruleset(pack).judgements:
        told = in_form_words(judgement.fix, known)
        filled = re.sub(r"\{[^{}]*\}", "…", told.vi)
        assert not set(re.findall(r"(?<!\w)[a-z_]+(?!\w)", filled)) & named, told.vi
        assert "{{" not in told.vi
        assert re.findall(r"\{\w[^{}]*\}", told.vi) == re.findall(r"(?<!\{)\{\w[^{}]*\}", judgement.fix.vi)
        assert not re.search(r"[a-z]_[a-z]", re.sub(r"\{[^{}]*\}", "…", told.en)), told.en


def test_a_key_with_its_value_becomes_a_label_with_its_word() -> None:
    said = in_form_words(
        Text(
            "Ghi eligible: true cho {person.id}, covers: [purpose, requirements]",
            "Write eligible: true for {person.id}",
        ),
        KNOWN,
    )
    assert said.vi == "Ghi “Đủ điều kiện tham dự”: có cho {person.id}, “Quán triệt …”: mục đích, yêu cầu"
    assert said.en == "Write “Đủ điều kiện tham dự”: có for {person.id}"


@pytest.mark.parametrize(("code", "label"), [("commune", "Loại hình tổ chức"), ("conclusion", "Loại văn bản")])
def test_a_key_of_several_fields_is_called_by_the_one_that_has_its_value(code: str, label: str) -> None:
    assert in_form_words(Text(f"Ghi kind: {code}", ""), KNOWN).vi.startswith(f"Ghi “{label}”: ")


def test_a_code_by_itself_is_quoted() -> None:
    said = in_form_words(Text("Bỏ mid_term khỏi parts", "Take mid_term out of parts"), KNOWN)
    assert said == Text("Bỏ “sơ kết giữa nhiệm kỳ” khỏi “Dự phần …”", "Take “sơ kết giữa nhiệm kỳ” out of parts")


def test_what_a_plan_says_is_never_replaced() -> None:
    data = base_plan()
    data["participants"][3] |= {"id": "parts", "parts": ["year_end", "mid_term"]}
    data["conference"]["directed_by"] = "outcomes"
    document = read("plan.xlsx", book_of(data))
    found = {finding.rule: finding for finding in checker().check(read_plan(document), document).findings}
    assert "khỏi “Dự phần …” của parts;" in found["TD301"].fix.vi
    assert "“outcomes”" in found["TD602"].message.vi
