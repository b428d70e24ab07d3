"""Justifications: they say what the engine says, down to the lines, and never more than a plan may show."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from tests.appraisal import ROOT, base_plan
from tests.forms import book_of
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive.packs import read
from thamdinh.engine.documents import read as read_document
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.explain.appraised import appraised
from thamdinh.engine.explain.why import Justification, Reason, justify
from thamdinh.engine.explain.why_text import drawn
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.model.changes import changed
from thamdinh.engine.model.integrity import read_plan

PACK = read()
CHECKER = Checker(PACK.ruleset, Compiled, passes=True)
VOTE = [{"set": "confidence_votes[dang-uy].ballots", "value": ["p01"]}]


def why(
    data: dict[str, Any], code: str, subject: str | None = None, pack: str | None = None
) -> tuple[Justification, ...]:
    document = read_document("plan.json", json.dumps(data, ensure_ascii=False, indent=1).encode())
    plan = read_plan(document)
    used = PACK if pack is None else read(pack)
    checker = CHECKER if pack is None else Checker(used.ruleset, Compiled, passes=True)
    return justify(used, code, subject, plan, document, checker.check(plan, document))


def every(reason: Reason) -> Iterator[Reason]:
    yield reason
    for part in reason.parts:
        yield from every(part)


@pytest.mark.long
@examples(0.25)
@given(plans())
def test_on_any_plan_every_rule_is_justified_as_the_engine_decided(data: dict[str, Any]) -> None:
    document = read_document("plan.json", json.dumps(data, ensure_ascii=False).encode())
    plan = read_plan(document)
    verdict = CHECKER.check(plan, document)
    suspended = {item.rule for item in verdict.not_applicable}
    for code in PACK.ruleset.rules:
        passed = {item.subject.id for item in verdict.passed or () if item.rule == code}
        found = {item.subject.id for item in verdict.findings if item.rule == code}
        for subject in passed | found:
            outcomes = {item.outcome for item in justify(PACK, code, subject, plan, document, verdict)}
            assert "finding" in outcomes if subject in found else "passed" in outcomes
        if code in suspended:
            [item] = justify(PACK, code, None, plan, document, verdict)
            assert item.outcome == "not_applicable"


@pytest.mark.long
@examples(0.15)
@given(plans())
def test_what_a_tree_says_holds_follows_from_its_parts(data: dict[str, Any]) -> None:
    for code in PACK.ruleset.rules:
        for item in why(data, code):
            for part in item.tree.parts:
                if part.kind in ("scope", "requirement"):
                    assert part.holds is all(below.holds for below in part.parts)


def test_a_finding_is_argued_from_clause_exception_and_the_very_line() -> None:
    [item] = why(changed(base_plan(), VOTE), "td501", "p02@dang-uy")
    assert item.outcome == "finding"
    text = drawn((item,), "vi")
    for words in (
        "Điều khoản D10",
        "Điều khoản D11",
        "Ngoại lệ D15 không áp dụng",
        "kế hoạch ghi: xã",
        "người là Trần Thị Hoa",
    ):
        assert words in text
    lines = [reason.line for reason in every(item.tree) if reason.line is not None]
    assert any('"kind": "commune"' in line for line in lines)


def test_a_row_that_comes_near_is_shown_with_what_it_lacks() -> None:
    plan = changed(base_plan(), [{"set": "confidence_votes[dang-uy].briefing.covers", "value": ["purpose"]}])
    text = drawn(why(plan, "TD502", "dang-uy"), "vi")
    assert "dòng gần đúng nhưng chưa đạt" in text
    assert "nội dung quán triệt có yêu cầu (kế hoạch ghi: mục đích)" in text


@pytest.mark.parametrize(
    ("changes", "code", "subject", "outcome", "words"),
    [
        ([], "TD101", None, "passed", "thời lượng (ngày) từ 1 đến 1,5 (kế hoạch ghi: 1)"),
        ([], "TD102", None, "not_applicable", "Quy tắc không xét ở đây"),
        (
            [{"set": "confidence_votes", "value": []}],
            "TD505",
            None,
            "not_applicable",
            "không ghi công khai kết quả nào",
        ),
        ([{"set": "organization.kind", "value": "police"}], "TD101", None, "not_applicable", "theo D15"),
        (
            [{"set": "participants[p04].parts", "value": ["mid_term"]}],
            "TD301",
            "p04",
            "finding",
            "đại biểu dự thường lệ",
        ),
        ([], "TD301", "p04", "not_applicable", "phần tham dự có sơ kết"),
        ([], "TD507", None, "not_applicable", "chỉ xét khi rà soát nhiều kế hoạch"),
    ],
    ids=str,
)
def test_why_not_is_answered_too(
    changes: list[dict[str, Any]], code: str, subject: str | None, outcome: str, words: str
) -> None:
    found = why(changed(base_plan(), changes), code, subject)
    assert {item.outcome for item in found} == {outcome}
    assert words in drawn(found, "vi")


def test_what_a_duration_is_counted_from_is_shown() -> None:
    [item] = why(base_plan(), "TD101")
    rows = [reason.text.vi for reason in every(item.tree) if reason.kind == "row"]
    assert len(rows) == 2
    assert "giờ bắt đầu 07 giờ 30, ngày 28/12/2017" in rows[0]


def test_in_a_workbook_the_places_are_cells() -> None:
    plan = changed(base_plan(), [{"set": "confidence_votes[dang-uy].briefing.covers", "value": ["purpose"]}])
    document = read_document("plan.xlsx", book_of(plan))
    made = read_plan(document)
    [item] = justify(PACK, "TD502", "dang-uy", made, document, CHECKER.check(made, document))
    places = [reason.place for reason in every(item.tree) if reason.place is not None]
    assert all(place.sheet and place.cell for place in places)
    assert "Lấy phiếu tín nhiệm!" in drawn((item,), "vi")


def test_a_layer_is_cited_with_its_clause() -> None:
    text = drawn(why(base_plan(), "TD503", "dang-uy", "huyen-minh-hoa-2017"), "vi")
    assert "30 thay cho 0" in text
    assert "Điều khoản H2" in text


def test_every_step_is_in_both_languages_and_in_json() -> None:
    for item in why(changed(base_plan(), VOTE), "TD501"):
        for reason in every(item.tree):
            assert reason.text.vi
            assert reason.text.en
        assert json.loads(json.dumps(item.to_json()))["tree"]["holds"] is False


def test_a_party_card_is_never_shown() -> None:
    card = base_plan()["participants"][0]["party_card"]
    for item in why(base_plan(), "TD304", "p01"):
        assert card not in drawn((item,), "vi") + json.dumps(item.to_json())


@pytest.mark.parametrize(
    ("code", "subject", "words"), [("TD599", None, "TD50"), ("TD501", "p2@dang-uy", "p02@dang-uy")]
)
def test_an_unknown_rule_or_subject_is_told_with_the_nearest(code: str, subject: str | None, words: str) -> None:
    with pytest.raises(Unreadable) as caught:
        why(base_plan(), code, subject)
    assert words in caught.value.problems[0].fix.vi


@pytest.mark.long
def test_a_file_is_appraised_by_the_engine_first_and_an_invalid_one_refused() -> None:
    one = appraised(str(ROOT / "examples" / "breached" / "lay-phieu.yaml"), Settings())
    assert justify(one.pack, "TD502", None, one.plan, one.document, one.verdict)[0].outcome == "finding"
    with pytest.raises(Unreadable):
        appraised(str(ROOT / "examples" / "invalid" / "sai-mau.yaml"), Settings())
