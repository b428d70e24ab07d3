"""Remedies say where something is written in the words of the file: of a form its labels, of a text its keys beside them."""

import re
from functools import partial

import pytest

from tests.appraisal import ROOT, base_plan, checker
from tests.forms import book_of
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import read as read_pack
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.directive.phrasing import with_places
from thamdinh.engine.documents import read
from thamdinh.engine.forms.words import place_in_form, place_in_text
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.integrity import read_plan

PACKS = ["ben-tre-2017", *(str(head.parent) for head in sorted((ROOT / "rules").glob("*/directive.yaml"))[1:])]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.rpartition("/")[2])
def test_no_text_of_a_pack_names_a_key_or_a_code(pack: str) -> None:
    whole = ruleset(pack)
    keys = {field.name for _, _, field in whole.known.fields}
    codes = {member.name for enumeration in whole.known.vocabulary for member in enumeration.members}
    for judgement in (*whole.judgements, *whole.across):
        for said in (judgement, *judgement.wordings):
            for told in (said.message, with_places(said.fix, partial(place_in_form, whole.known))):
                filled = re.sub(r"\{[^{}]*\}", "…", told.vi)
                assert not set(re.findall(r"(?<!\w)[a-z_]+(?!\w)", filled)) & (keys | codes), told.vi
                assert not re.search(r"[a-z]_[a-z]|\{\{", re.sub(r"\{[^{}]*\}", "…", told.en)), told.en


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.rpartition("/")[2])
def test_every_rule_of_a_shipped_pack_is_worded_once_in_both_languages(pack: str) -> None:
    for rule in read_pack(pack).rules:
        assert rule.sentence is not None, rule.id
        assert rule.sentence.vi.endswith("."), rule.id
        assert rule.sentence.en.endswith("."), rule.id


@pytest.mark.parametrize(
    ("path", "member", "vi"),
    [
        ("/organization/kind", "", "ô “Loại hình tổ chức” (phần “Kế hoạch”)"),
        ("/outcomes", "", "bảng “Văn bản của hội nghị” (phần “Kết quả”)"),
        ("/outcomes/targets", "", "cột “Số chỉ tiêu” (phần “Kết quả”, bảng “Văn bản của hội nghị”)"),
        ("/participants/parts", "mid_term", "cột “Dự phần sơ kết giữa nhiệm kỳ” (phần “Thành phần”, bảng “Thành phần tham dự”)"),
        ("/participants/parts", "", "cột “Dự phần …” (phần “Thành phần”, bảng “Thành phần tham dự”)"),
        ("/confidence_votes/briefing", "", "cột “Người quán triệt”, “Quán triệt …” (phần “Lấy phiếu tín nhiệm”, bảng “Lấy phiếu ở từng cấp ủy”)"),
    ],
)  # fmt: skip
def test_a_place_of_a_form_is_its_column_table_and_sheet(path: str, member: str, vi: str) -> None:
    assert place_in_form(description(), path, member).vi == vi


def test_a_place_of_a_text_is_what_stands_there_with_its_key() -> None:
    assert place_in_text(description(), "/participants/parts", "mid_term") == Text(
        "“các phần tham dự” (participants.parts: mid_term)", "“parts attended” (participants.parts: mid_term)"
    )


def test_what_a_plan_says_is_never_replaced() -> None:
    data = base_plan()
    data["participants"][3] |= {"name": "{/outcomes}", "parts": ["year_end", "mid_term"]}
    data["conference"]["directed_by"] = "outcomes"
    document = read("plan.xlsx", book_of(data))
    found = {finding.rule: finding for finding in checker().check(read_plan(document), document).findings}
    assert "Không xếp {/outcomes} dự phần sơ kết" in found["TD301"].fix.vi
    assert "“outcomes”" in found["TD602"].message.vi


@pytest.mark.parametrize(
    ("vote", "said"),
    [
        ({"ballots_distributed_at": "2017-12-28T08:00"}, "được phát sau khi hội nghị đã bắt đầu"),
        ({"ballots_distributed_at": None}, "chưa ghi giờ phát phiếu"),
        (None, "chưa ghi việc lấy phiếu tín nhiệm tại cấp ủy này"),
    ],
)
def test_a_finding_says_only_what_is_true_of_it(vote: dict[str, object] | None, said: str) -> None:
    data = base_plan()
    if vote is None:
        del data["confidence_votes"][0]
    else:
        data["confidence_votes"][0] |= vote
    document = read("plan.xlsx", book_of(data))
    found = [f for f in checker().check(read_plan(document), document).findings if f.rule == "TD503"]
    assert [said in finding.message.vi for finding in found] == [True]
