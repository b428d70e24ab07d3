"""What a plan's parts say of each other must agree: references PL003, duplicates PL004, times PL005."""

import pytest

from tests.plans import PLAN, changed, plan_problems, text_at
from thamdinh.engine.base.limits import MOST_TOLD
from thamdinh.engine.documents import read
from thamdinh.engine.model.integrity import MOST_COMPARED, read_plan, words_beside_cards

VOTE = "  - {committee: dang-uy, ballots: [], counted_at: 2017-12-28T16:00, published: []}\noutcomes:"

# What is changed; then code, text at the place, and what is said (vi, en), in order of place.
CASES: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str, str, str]]]] = {
    "a member who doesn't take part": (
        [("{person: p02,", "{person: p2,")],
        [("PL003", "p2", "Có phải ý là “p02”", "Did you mean “p02”")],
    ),
    "a ballot on nobody": (
        [("[p01, p02]", "[p01, x9]")],
        [("PL003", "x9", "không có trong thành phần", "is not among")],
    ),
    "a briefing by nobody": ([("by: p01", "by: P01 x")], [("PL003", "P01 x", "“p01”", "“p01”")]),
    "replacing nobody": (
        [("replaces: p01", "replaces: zz")],
        [("PL003", "zz", "Ghi đúng mã hoặc tên có trong", "an id or a name of participants")],
    ),
    "replacing oneself": (
        [("replaces: p01", "replaces: p03")],
        [("PL003", "p03", "không thể vào thay chính mình", "can't be in their own place")],
    ),
    "a vote on an unknown committee": (
        [("committee: dang-uy", "committee: Đảng ủy")],
        [("PL003", "Đảng ủy", "Có phải ý là “dang-uy”", "Did you mean “dang-uy”")],
    ),
    "no participant at all": (
        [("participants:\n", "participants: []\nx:\n")],
        [("PL002", "x", "Không có khóa “x”", "Unknown key “x”")],
    ),
    "a participant id twice": (
        [("id: p03", "id: p02")],
        [
            (
                "PL004",
                "p02",
                "Mã đại biểu “p02” đã có ở plan.yaml:23:10",
                "Participant id “p02” already stands at plan.yaml:23:10",
            )
        ],
    ),
    "a report id twice": ([("bc-so-ket", "12-BC/ĐU")], [("PL004", "12-BC/ĐU", "plan.yaml:19:10", "Report id")]),
    "a party card twice": (
        [("😀 Hoa,", '😀 Hoa, party_card: "83.010",')],
        [("PL004", '"83.010"', "Số thẻ đảng viên “•••” đã có ở plan.yaml:22:50", "Party card")],
    ),
    "a party card twice, once with words around it": (
        [("😀 Hoa,", '😀 Hoa, party_card: "thẻ 83.010 (cũ)",')],
        [("PL004", '"thẻ 83.010 (cũ)"', "đã có ở plan.yaml:22:50", "Party card")],
    ),
    "two numbers for one party card": (
        [("😀 Hoa,", '😀 Hoa, party_card: "83.010222, mới 83.010333",')],
        [("PL002", '"83.010222, mới 83.010333"', "Không rõ số thẻ", "not clear")],
    ),
    "a committee id twice": (
        [("confidence_votes:", "  - {id: dang-uy, name: x, members: []}\nconfidence_votes:")],
        [("PL004", "dang-uy", "Mã cấp ủy “dang-uy” đã có ở plan.yaml:26:9", "Committee id")],
    ),
    "a person twice in a committee": (
        [("{person: p02,", "{person: p01,")],
        [("PL004", "p01", "Cấp ủy viên “p01” đã có ở plan.yaml:29:18", "Member")],
    ),
    "two votes of one committee": (
        [("outcomes:", VOTE)],
        [("PL004", "dang-uy", "plan.yaml:32:16", "vote of committee")],
    ),
    "two ballots on one person": (
        [("[p01, p02]", "[p01, p02, p01]")],
        [("PL004", "p01", "Phiếu đối với “p01” đã có ở plan.yaml:35:15", "The ballot on “p01”")],
    ),
    "three times is two repetitions": (
        [("[p01, p02]", "[p01, p01, p01]")],
        [
            ("PL004", "p01", "plan.yaml:35:15", "plan.yaml:35:15"),
            ("PL004", "p01", "plan.yaml:35:15", "plan.yaml:35:15"),
        ],
    ),
    "a session that ends before it starts": (
        [("2017-12-28T11:00", "2017-12-28T07:29")],
        [("PL005", "2017-12-28T07:29", "07 giờ 29, ngày 28/12/2017", "07:29 on 28/12/2017")],
    ),
    "a session that ends as it starts": (
        [("2017-12-28T11:00", "28/12/2017 07:30")],
        [("PL005", "28/12/2017 07:30", "không sau lúc bắt đầu", "no later than it starts")],
    ),
    "a session of a year": (
        [("2017-12-28T11:00", "2018-12-28T11:00")],
        [("PL005", "2018-12-28T11:00", "kéo dài 365 ngày", "lasts 365 days")],
    ),
    "all at once, by place": (
        [("T11:00", "T07:00"), ("id: p03", "id: p02"), ("by: p01", "by: ai")],
        [("PL005", "2017-12-28T07:00", "", ""), ("PL004", "p02", "", ""), ("PL003", "ai", "", "")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_does_not_agree_is_reported_where_it_stands(case: str) -> None:
    changes, expected = CASES[case]
    text = changed(*changes)
    found = plan_problems(text)
    assert [(problem.code, text_at(text, problem.place)) for problem in found] == [
        (code, spot) for code, spot, _, _ in expected
    ]
    for problem, (_, _, vi, en) in zip(found, expected, strict=True):
        assert vi in f"{problem.message.vi}. {problem.fix.vi}"
        assert en in f"{problem.message.en}. {problem.fix.en}"


@pytest.mark.parametrize(
    "change",
    [
        ("2017-12-28T11:00", "2017-12-28T07:31"),
        ("2017-12-28T11:00", "2018-01-28T07:30"),  # 31 days to the minute
        ("name: Lê Văn Sáu", "name: Nguyễn Văn Bình"),
        ("confidence_votes:", "  - {id: doan-the, name: x, members: [{person: p01, role: member}]}\nconfidence_votes:"),
        ("parts: [year_end, mid_term]", "parts: [year_end, year_end]"),
        ("published:\n", "published:\n      - {to: same_level_committee, at: 2017-12-28T16:20}\n"),
    ],
)
def test_what_may_repeat_or_reaches_a_bound_is_accepted(change: tuple[str, str]) -> None:
    assert plan_problems(changed(change)) == ()


def test_a_minute_beyond_the_longest_session_is_refused() -> None:
    (problem,) = plan_problems(changed(("2017-12-28T11:00", "2018-01-28T07:31")))
    assert problem.code == "PL005"


def test_ids_are_told_apart_by_case_and_letter() -> None:
    text = changed(("id: p03", "id: P02"))
    assert len(read_plan(read("plan.yaml", text.encode())).participants) == 3


@pytest.mark.long
def test_of_a_plan_full_of_unknown_names_the_first_are_told_and_how_many_more_there_are() -> None:
    rows = "".join(f"  - {{id: q{i}, name: x, standing: customary, parts: []}}\n" for i in range(3000))
    unknown = ", ".join(f"q{i}x" for i in range(3000))
    text = changed(("committees:", rows + "committees:"), ("[p01, p02]", f"[{unknown}]"))
    found = plan_problems(text)
    assert [item.message.en for item in found[:2]] == [
        f"“q{number}x” is not among the participants" for number in range(2)
    ]
    assert len(found) == MOST_TOLD + 1
    assert found[-1].message.vi.startswith("Từ đây còn 2.000 lỗi nữa")
    assert {problem.code for problem in found} == {"PL003"}
    suggested = sum("Did you mean" in problem.fix.en for problem in found)
    assert 0 < suggested <= MOST_COMPARED / 3000  # one suggestion looks at all 3,003 ids


def test_the_plan_itself_has_no_problem() -> None:
    assert plan_problems(PLAN) == ()


@pytest.mark.parametrize("card", ["Số 83.020", "83.020 (cũ)", "thẻ 83.020", "(83) 020", "chưa có", "AB 12"])
def test_words_beside_a_party_card_are_noticed_where_they_stand(card: str) -> None:
    document = read("plan.yaml", PLAN.replace("83.010", card).encode())
    (notice,) = words_beside_cards(read_plan(document), document)
    assert (notice.code, notice.place.line) == ("NT009", 22)
    assert card not in notice.message.vi


def test_a_party_card_alone_is_not_noticed() -> None:
    for card in ("83.010", "83 010", "(83.010)", "８３０１０"):
        document = read("plan.yaml", PLAN.replace("83.010", card).encode())
        assert words_beside_cards(read_plan(document), document) == ()
