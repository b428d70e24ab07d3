"""The vocabulary: every step is shown with an example that works, is used, and is suggested to who misses it by a word."""

from dataclasses import replace

import pytest

from tests.appraisal import scenario_appraiser, scenarios
from thamdinh.engine.assurance.scenarios import DataTable, Scenario, Step, play
from thamdinh.engine.assurance.scenarios.listing import listing
from thamdinh.engine.assurance.scenarios.model import Cell
from thamdinh.engine.assurance.scenarios.situation import Situation
from thamdinh.engine.assurance.scenarios.steps import Definition, Misread, Steps
from thamdinh.engine.base.problem import Place
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.model.document_types import description
from thamdinh.features.steps import STEPS

HERE = Place("thử.feature", 1, 1)
BEGIN = "một kế hoạch đúng chỉ đạo của xã"
NAMED = "kế hoạch “Đảng bộ xã An Hiệp” đúng chỉ đạo của xã"
RULES = (*ruleset().rules, *ruleset().rules_across)
BESIDE = "cùng hội nghị có văn bản lấy phiếu đối với {value}"
"""For types of document that are held against plans, as minutes are."""
UNUSED = {
    BESIDE: "for other types of document",
    "kế hoạch có thêm các {rows} sau:": None,
    "{owner:rows} “{name}” không có {rows} nào": None,
    "một kế hoạch đúng chỉ đạo": "for types of document without kinds",
    "có {severity} {rule} về {subject}": "for staff: a finding among others",
    "kế hoạch không hợp lệ, mã {codes}": "for staff: a plan that can't be appraised",
}
"""Steps that may be absent from the features of the pack."""


def step(kind: str, text: str, table: tuple[tuple[str, ...], ...] = ()) -> Step:
    rows = [tuple(Cell(text, HERE) for text in row) for row in table]
    return Step("Cho", kind, text, HERE, DataTable(rows[0], tuple(rows[1:])) if rows else None)  # type: ignore[arg-type]


def played(*steps: Step) -> str:
    scenario = Scenario("thử", "Tình huống", (), HERE, steps)
    result = play(scenario, scenario_appraiser(), rules=RULES)
    return result.status if result.failure is None else f"{result.status}: {result.failure.step.text}"


@pytest.mark.parametrize("item", list(STEPS), ids=lambda item: item.pattern)
def test_the_example_of_a_step_is_that_step_and_can_be_done(item: Definition) -> None:
    assert STEPS.find(item.kind, item.example) is item
    shown = step(item.kind, item.example, item.table)
    before = [step("given", NAMED)] * (item.example != NAMED)
    appraise = [step("when", "rà soát các kế hoạch")] * (item.kind == "then")
    expected = ("misread",) if item.pattern == BESIDE else ("passed", "failed" if item.kind == "then" else "passed")
    assert played(*before, *appraise, shown).partition(":")[0] in expected


@pytest.mark.parametrize("item", list(STEPS), ids=lambda item: item.pattern)
def test_a_step_that_misses_a_word_is_among_the_nearest(item: Definition) -> None:
    words = item.example.split()
    without = " ".join([*words[:1], *words[2:]])
    assert item in STEPS.nearest(item.kind, without)


def test_every_step_is_used_by_the_features_or_listed_as_not() -> None:
    texts = {(one.kind, one.text) for s in scenarios() for one in s.steps}
    found = [(item, text) for kind, text in texts if (item := STEPS.find(kind, text)) is not None]
    claims = {item.arguments(text, description())["claim"] for item, text in found if "{claim}" in item.pattern}
    found += [(item, claim) for claim in claims if (item := STEPS.find("then", claim)) is not None]
    used = {item.pattern for item, _ in found}
    assert {item.pattern for item in STEPS} - used <= set(UNUSED)


def test_the_list_of_steps_shows_each_of_them_in_both_languages() -> None:
    for language in ("vi", "en"):
        page = listing(STEPS, description(), language)  # type: ignore[arg-type]
        assert all(item.example in page and item.shown(language) in page for item in STEPS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "text", "table", "words"),
    [
        ("given", "một kế hoạch đúng chỉ đạo của phưòng", (), "“phường”"),
        ("given", "kế hoạch có tên tổ chức là X", (), "“tên tổ chức đảng”"),
        ("given", "kế hoạch không có đại biểu “Lê Văn Sau”", (), "“Lê Văn Sáu”"),
        ("given", "đại biểu “Lê Văn Sáu” có tư cách là cán bộ chủ chốt", (), "“tư cách tham dự”"),
        ("given", "phiên họp “2” có giờ bắt đầu là 25:00 28/12/2017", (), "28/12/2017 07:30"),
        ("given", "phiên họp “3” có giờ bắt đầu là 28/12/2017 07:30", (), "“1”, “2”"),
        ("given", "phiên họp “2” không ghi giờ bắt đầu", (), "giá trị khác"),
        ("given", "kế hoạch có các phiên hop sau:", (("a",),), "“phiên họp”"),
        ("given", "kế hoạch có các cấp ủy viên sau:", (("a",),), "cấp ủy “…” có các cấp ủy viên sau:"),
        ("given", "lần lấy phiếu “Ban Chấp hành” có các cấp ủy viên sau:", (("a",),), "phần của cấp ủy"),
        ("given", "kế hoạch có các phiên họp sau:", (), "phần của hội nghị"),
        ("given", "kế hoạch không có phiên họp nào", (("a",),), "Bỏ bảng"),
        ("given", "hội nghị họp ba buổi liên tiếp", (), "chữ số"),
        ("given", "đại biểu “Lê Văn Sáu” có đủ điều kiện tham dự là khong", (), "“không”"),
        ("then", "chỉ có lổi TD101 về kế hoạch", (), "“lỗi”"),
        ("then", "chỉ có lỗi TD110 về kế hoạch", (), "Có phải ý là TD10"),
        ("then", "không có phát hiện nào của TD10", (), "thamdinh rules"),
        ("then", "theo D, không áp dụng TD101", (), "D15"),
        ("then", "kết luận là đat", (), "“đạt”"),
        ("then", "chỉ có các phát hiện sau:", (("mức độ", "quy tắc"), ("lỗi", "TD101")), "mức độ, quy tắc, về"),
        (
            "then",
            "chỉ có các phát hiện sau:",
            (("mức độ", "quy tắc", "về"), ("lỗi", "TD1O1", "kế hoạch")),
            "thamdinh rules",
        ),
    ],
)
def test_a_word_that_means_nothing_is_explained(
    kind: str, text: str, table: tuple[tuple[str, ...], ...], words: str
) -> None:
    steps = [step("given", BEGIN)] * (not text.startswith("một kế hoạch")) + [step("when", "thẩm định kế hoạch")] * (
        kind == "then"
    )
    scenario = Scenario("thử", "Tình huống", (), HERE, (*steps, step(kind, text, table)))
    result = play(scenario, scenario_appraiser(), rules=RULES)
    assert result.status == "misread"
    assert result.failure is not None
    assert result.failure.message is not None
    assert result.failure.fix is not None
    assert words in result.failure.message.vi + result.failure.fix.vi
    assert result.failure.message.en
    assert result.failure.fix.en


def test_steps_out_of_order_are_explained() -> None:
    assert played(step("given", "kế hoạch không có phiên họp nào")).startswith("misread")
    assert played(step("given", BEGIN), step("then", "không có phát hiện nào")).startswith("misread")
    assert played(step("given", BEGIN), step("then", "thẩm định kế hoạch")).startswith("undefined")


def test_a_plan_that_cannot_be_appraised_holds_no_claim_about_findings() -> None:
    broken = step("given", "phiên họp “1” có giờ kết thúc là 28/12/2017 07:00")
    appraise = step("when", "thẩm định kế hoạch")
    for claim in (
        "không có phát hiện nào",
        "không có phát hiện nào của TD101",
        "kết luận là đạt",
        "mọi quy tắc đều áp dụng",
    ):
        assert played(step("given", BEGIN), broken, appraise, step("then", claim)).startswith("failed")
    assert played(step("given", BEGIN), broken, appraise, step("then", "kế hoạch không hợp lệ, mã PL005")) == "passed"
    assert played(step("given", BEGIN), appraise, step("then", "kế hoạch không hợp lệ, mã PL005")).startswith("failed")


def test_straight_quotation_marks_and_double_spaces_serve_as_well() -> None:
    assert played(step("given", BEGIN), step("given", 'kế hoạch  không có báo cáo "Tổng kết năm 2017"')) == "passed"


def test_of_two_steps_that_match_the_one_with_more_words_is_meant() -> None:
    steps = Steps(STEPS.parameters)

    @steps.given("có {value}", about=STEPS.definitions[0].about, example="có x")
    def general(situation: Situation, value: str) -> None:
        raise AssertionError

    @steps.given("có thêm {value}", about=STEPS.definitions[0].about, example="có thêm x")
    def special(situation: Situation, value: str) -> None:
        raise AssertionError

    found = steps.find("given", "có thêm người")
    assert found is not None
    assert found.function is special


def test_what_one_scenario_changes_no_other_sees() -> None:
    seen = Situation(scenario_appraiser())
    for item in (replace(scenarios()[0]),):
        assert play(item, scenario_appraiser()).passed
    with pytest.raises(Misread):
        _ = seen.plan


def test_claims_about_several_plans_name_one_and_are_steps_themselves() -> None:
    audit = [step("given", NAMED), step("when", "rà soát các kế hoạch")]
    assert played(*audit, step("then", "đối với kế hoạch “Đảng bộ xã An Hiệp”, không có phát hiện nào")) == "passed"
    for claim in (
        "đối với kế hoạch “Đảng bộ xã An Hịêp”, không có phát hiện nào",
        "đối với kế hoạch “Đảng bộ xã An Hiệp”, không có gì",
    ):
        assert played(*audit, step("then", claim)).startswith("misread")
    assert played(*audit, step("then", "chưa đủ căn cứ kết luận TD507 về kế hoạch")).startswith("failed")


def test_where_only_single_plans_are_appraised_an_audit_is_refused_in_words() -> None:
    scenario = Scenario("thử", "Tình huống", (), HERE, (step("given", NAMED), step("when", "rà soát các kế hoạch")))
    result = play(scenario, lambda data: scenario_appraiser()(data))
    assert result.status == "misread"


def test_a_step_of_unreasonable_length_is_told_so_at_once() -> None:
    assert played(step("given", "kế hoạch có a là " * 100_000)).startswith("misread")
