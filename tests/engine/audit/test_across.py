"""Rules across plans: what they find depends on the plans alone, and never takes not knowing for a breach."""

import hmac
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import ECB
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.appraisal import base_plan
from tests.engine.audit.auditing import KEY, audits_here, lines, outcomes, written
from tests.properties import examples
from thamdinh.engine.audit.across import additions
from thamdinh.engine.audit.inputs.listing import Entry, entries
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.shared import identity
from thamdinh.engine.audit.shared.identity import BYTES, NOBODY, Keys, canonical
from thamdinh.engine.audit.store.store import Store, outcomes_of
from thamdinh.engine.audit.totals import Totals
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, audit_batch, batches
from thamdinh.engine.audit.workers.encoded_plans import audit_and_encode
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.base.cards import card_marks
from thamdinh.engine.directive.packs import IssuedPack, ruleset
from thamdinh.engine.evaluation import choice
from thamdinh.engine.lint.selection import selecting
from thamdinh.engine.model.changes import changed

CARD = "83.012345"
Data = dict[str, Any]


def plan(
    name: str, *changes: Data, committee: str | None = None, day: str = "2017-12-28", **people: str | None
) -> Data:
    """The small compliant plan as another organisation's, with cards for some of its participants."""
    data = changed(base_plan(), [{"set": "organization.name", "value": name}, *changes])
    del data["committees"][1:], data["confidence_votes"][1:]
    data["committees"][0]["name"] = committee or f"Ban Chấp hành {name}"
    for person in data["participants"]:
        person.pop("party_card", None)
        if people.get(person["id"]) is not None:
            person["party_card"] = people[person["id"]]
    return json.loads(json.dumps(data).replace("2017-12-28", day))  # type: ignore[no-any-return]


def sitting_on(*committees: str, card: str | None = CARD, name: str = "Đảng bộ xã A", **more: Any) -> Data:
    """A plan whose secretary sits on other committees as well."""
    data = plan(name, day="2017-12-20", **({"p01": card} if card else {}), **more)
    data["committees"][0]["members"][0]["also_on"] = list(committees)
    return data


def said(tmp_path: Path, *plans: Data, **asked: Any) -> dict[int, list[str]]:
    """What rules across plans say of each plan (from 1): breaches by code and subject, and "?" where undecided."""
    file = lines(tmp_path / "plans.jsonl", plans)
    found = {}
    for number, outcome in enumerate(outcomes(file, **asked), 1):
        verdict = outcome.verdict
        assert not verdict.problems
        words = [f"{item.rule} {item.subject.id}" for item in verdict.findings if item.rule in ACROSS]
        words += [f"{item.rule}? {item.subject.id}" for item in verdict.undecided]
        if words:
            found[number] = words
    return found


ACROSS = ruleset().rules_across
SEAT = "p01@Đảng ủy Khối"


def block(*changes: Data, ballots_on: str | None = CARD, **more: Any) -> Data:
    """The plan of the committee that others say they sit on; p01 has this card there."""
    more = {"name": "Đảng bộ Khối", "committee": "Đảng ủy Khối", "p01": ballots_on, **more}
    return plan(more.pop("name"), *changes, **more)


def test_a_seat_elsewhere_without_a_ballot_there_is_a_breach_and_with_one_is_none(tmp_path: Path) -> None:
    assert said(tmp_path, sitting_on("Đảng ủy Khối"), block(ballots_on="83.999999")) == {1: [f"TD507 {SEAT}"]}
    assert said(tmp_path, sitting_on("Đảng ủy Khối"), block()) == {}
    assert said(tmp_path, block(), sitting_on("Đảng ủy Khối")) == {}


def test_a_seat_elsewhere_that_is_named_again_is_one_seat(tmp_path: Path) -> None:
    again = sitting_on("Đảng ủy Khối", "đảng ủy  khối")
    committee = {
        **again["committees"][0],
        "id": "chi-uy",
        "name": "Chi ủy",
        "members": again["committees"][0]["members"][:1],
    }
    again["committees"].append(committee)
    assert said(tmp_path, again, block(ballots_on="83.999999"), select=("TD507",)) == {1: [f"TD507 {SEAT}"]}
    assert said(tmp_path, again, select=("TD507",)) == {1: [f"TD507? {SEAT}"]}


def test_the_finding_tells_who_where_and_which_plan(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [sitting_on("Đảng ủy Khối"), block(ballots_on="83.999999")])
    first, _ = outcomes(file)
    (finding,) = first.verdict.findings
    assert (finding.clause, finding.severity, finding.subject.entity) == ("D11", "error", "seat")
    assert (finding.place.file, finding.place.line) == (str(file), 1)
    assert finding.evidence == {
        "person": "p01",
        "committee": "Đảng ủy Khối",
        "organization": "Đảng bộ Khối",
        "organizations": 1,
        "same_plan": False,
        "has_card": True,
        "suspended": False,
        "ballots": 0,
        "namesakes": 0,
    }
    assert f"{file}:2" in finding.message.vi
    assert first.verdict.status == "non_compliant"
    assert CARD not in json.dumps(first.verdict.to_json())


def test_the_place_in_a_file_is_that_of_the_seat(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(sitting_on("Đảng ủy Khối"), ensure_ascii=False, indent=1))
    (tmp_path / "b.json").write_text(json.dumps(block(ballots_on="1")))
    first, _ = outcomes(tmp_path)
    (finding,) = first.verdict.findings
    line = (tmp_path / "a.json").read_text().splitlines()[(finding.place.line or 0) - 1]
    assert line.strip() == '"Đảng ủy Khối"'


@pytest.mark.parametrize(
    "plans",
    [
        pytest.param([sitting_on("Đảng ủy Khối")], id="no plan of that committee"),
        pytest.param([sitting_on("Đảng ủy Khối", card=None), block()], id="no party card"),
        pytest.param(
            [sitting_on("Đảng ủy Khối"), block(ballots_on="1"), block(name="Khối khác", ballots_on="2")],
            id="two committees of that name",
        ),
        pytest.param([sitting_on("Đảng ủy Khối"), block(ballots_on=None)], id="a namesake without a card"),
        pytest.param(
            [
                sitting_on("Đảng ủy Khối"),
                block(
                    {"set": "organization.kind", "value": "police"},
                    {"set": "conference.directed_by", "value": "Đảng ủy Công an tỉnh"},
                    ballots_on="1",
                ),
            ],
            id="a committee that follows its sector",
        ),
    ],
)
def test_what_can_not_be_decided_is_told_and_is_no_breach(tmp_path: Path, plans: list[Data]) -> None:
    assert said(tmp_path, *plans) == {1: [f"TD507? {SEAT}"]}
    first = outcomes(tmp_path / "plans.jsonl")[0]
    assert first.verdict.status == "compliant"
    (undecided,) = first.verdict.undecided
    assert undecided.reason.vi
    assert undecided.reason.en


LATER = {"set": "organization.term", "value": "2020-2025"}


@pytest.mark.long
def test_a_plan_counts_only_for_its_own_term(tmp_path: Path) -> None:
    named = {"directive": "ben-tre-2017"}
    later = sitting_on("Đảng ủy Khối", name="Đảng bộ xã B")
    later["organization"]["term"] = "2020-2025"
    for ballots_on in (CARD, "1"):
        assert said(tmp_path, sitting_on("Đảng ủy Khối"), block(LATER, ballots_on=ballots_on), **named) == {
            1: [f"TD507? {SEAT}"]
        }
    first = outcomes(tmp_path / "plans.jsonl", **named)[0]
    assert "nhiệm kỳ 2015-2020 nào của Đảng ủy Khối" in first.verdict.undecided[0].reason.vi
    assert said(tmp_path, later, block(LATER, ballots_on="1"), select=("TD507",), **named) == {1: [f"TD507 {SEAT}"]}
    both = block(LATER, ballots_on="1"), block(ballots_on=CARD)
    assert said(tmp_path, sitting_on("Đảng ủy Khối"), *both, select=("TD507",), **named) == {}
    assert said(tmp_path, later, *both, select=("TD507",), **named) == {1: [f"TD507 {SEAT}"]}


def test_a_plan_of_another_term_that_no_pack_is_for_is_no_plan_of_the_committee(tmp_path: Path) -> None:
    first, second = outcomes(lines(tmp_path / "a.jsonl", [sitting_on("Đảng ủy Khối"), block(LATER, ballots_on="1")]))
    assert [item.rule for item in first.verdict.undecided] == ["TD507"]
    assert [problem.code for problem in second.verdict.problems] == ["DR001"]


@pytest.mark.parametrize("committees", [0, 2, 3])
def test_an_organisation_without_a_committee_of_its_name_is_the_reason(tmp_path: Path, committees: int) -> None:
    khoi = block(ballots_on="1")
    khoi["committees"] = [{"id": f"c{n}", "name": f"Chi ủy {n}", "members": []} for n in range(committees)]
    khoi["confidence_votes"] = []
    file = lines(tmp_path / "plans.jsonl", [sitting_on("Đảng bộ  khối"), khoi])
    first = outcomes(file, select=("TD507",))[0]
    assert not first.verdict.findings
    (undecided,) = first.verdict.undecided
    assert f"({file}:2) có {committees} cấp ủy, không cấp ủy nào mang tên này" in undecided.reason.vi
    assert f"{committees} committees and none of that name" in undecided.reason.en


def in_one_plan(also_on: str, card: str | None, ballots: list[str]) -> Data:
    """A plan of two committees: p01 of the first also sits on another, and the second takes these ballots."""
    data = plan("Đảng bộ xã A", p01=card)
    data["committees"][0]["members"][0]["also_on"] = [also_on]
    members = [{"person": person, "role": "member"} for person in ballots]
    data["committees"].append({"id": "chi-uy", "name": "Chi ủy Văn phòng", "members": members})
    vote = {**data["confidence_votes"][0], "committee": "chi-uy", "ballots": ballots}
    data["confidence_votes"].append(vote)
    return data


@pytest.mark.long
@pytest.mark.parametrize("card", [None, CARD])
@pytest.mark.parametrize("others", [0, 1, 2])
def test_a_committee_of_the_same_plan_is_decided_by_the_id_of_the_person(
    tmp_path: Path, card: str | None, others: int
) -> None:
    elsewhere = [block(name=f"Khối {n}", committee="chi  ủy văn phòng", ballots_on="7") for n in range(others)]
    ours = "p01@Chi ủy Văn phòng"
    for ballots, told in ((["p02", "p01"], {}), (["p02"], {1: [f"TD507 {ours}"]}), ([], {1: [f"TD507 {ours}"]})):
        one = in_one_plan("Chi ủy Văn phòng", card, ballots)
        assert said(tmp_path, one, *elsewhere, select=("TD507",)) == told


def test_one_of_several_committees_of_that_name_taking_the_ballot_settles_it(tmp_path: Path) -> None:
    assert said(tmp_path, sitting_on("Đảng ủy Khối"), block(ballots_on="1"), block(name="Khối khác")) == {}


def test_a_force_is_not_judged_on_its_own_seats_elsewhere_and_says_so(tmp_path: Path) -> None:
    force = sitting_on("Đảng ủy Khối")
    force["organization"]["kind"], force["conference"]["directed_by"] = "police", "Đảng ủy Công an tỉnh"
    assert said(tmp_path, force, block(ballots_on="1")) == {}
    suspended = [item.rule for item in outcomes(tmp_path / "plans.jsonl")[0].verdict.not_applicable]
    assert {"TD507", "TD802", "TD803"} < {*suspended}
    assert suspended == sorted(suspended), "the order of the pack"
    assert "TD801" not in suspended


@pytest.mark.parametrize(("kind", "clause"), [("commune", "D1"), ("police", "D15"), ("border_guard", "D15")])
def test_a_plan_submitted_twice_breaches_a_clause_that_is_in_force_for_its_kind(
    tmp_path: Path, kind: str, clause: str
) -> None:
    directed_by = None if clause == "D1" else "Đảng ủy Công an tỉnh"
    twice = plan("Đảng bộ A", {"set": "organization.kind", "value": kind})
    twice["conference"]["directed_by"] = directed_by
    for chosen in (None, ("TD801", "TD101")):
        found = outcomes(lines(tmp_path / "plans.jsonl", [twice, twice]), select=chosen)
        assert [item.clause for outcome in found for item in outcome.verdict.findings] == [clause, clause]


@pytest.mark.parametrize(
    "written_as", ["ĐẢNG ỦY KHỐI", "  Đảng  ủy khối ", "Đảng uỷ Khối", "Đa\u0309ng u\u0309y Khô\u0301i"]
)
def test_names_are_the_same_whatever_their_case_blanks_tone_marks_and_unicode_form(
    tmp_path: Path, written_as: str
) -> None:
    assert said(tmp_path, sitting_on(written_as), block()) == {}
    assert said(tmp_path, sitting_on("Đảng ủy Khối"), block(committee=written_as)) == {}


def test_names_that_differ_stay_different() -> None:
    assert len({canonical(name) for name in ("Hòa", "Hoa", "Hóa", "Hoá Hòa", "Hòa B", "Hôa", "Hờa")}) == 7
    assert canonical("Thuỷ Hoà Khoẻ") == canonical("Thủy Hòa Khỏe")


@pytest.mark.parametrize("written_as", ["83012345", "83 012 345", "83-012345", "Số 83.012345", "83.012345 (cũ)"])
def test_a_party_card_is_the_same_however_its_digits_are_grouped(tmp_path: Path, written_as: str) -> None:
    assert said(tmp_path, sitting_on("Đảng ủy Khối"), block(ballots_on=written_as)) == {}


def test_the_organisation_stands_for_its_only_committee(tmp_path: Path) -> None:
    assert said(tmp_path, sitting_on("Đảng bộ Khối"), block()) == {}


def test_the_same_plan_twice_is_told_in_both_whatever_the_format(tmp_path: Path) -> None:
    one = plan("Đảng bộ xã A")
    again = json.dumps(one, indent=2, ensure_ascii=False).encode()
    (tmp_path / "a.json").write_bytes(again)
    (tmp_path / "b.json").write_bytes(written(one))
    (tmp_path / "c.json").write_bytes(written(plan("Đảng bộ xã B", day="2017-12-29")))
    first, second, third = outcomes(tmp_path)
    for outcome, other in ((first, second), (second, first)):
        (finding,) = outcome.verdict.findings
        assert (finding.rule, finding.severity) == ("TD801", "warning")
        assert finding.evidence == {"copies": 2, "copies_at": [other.place]}
    assert not any(finding.rule in ACROSS for finding in third.verdict.findings)


@pytest.mark.parametrize(
    "term", ["2015 - 2020", "2015–2020", "2015 — 2020", " 2015\u00a0\u2011 2020", "2015\u22122020"]
)
def test_a_term_is_the_same_whatever_the_dash_and_the_blanks_around_it(tmp_path: Path, term: str) -> None:
    other = plan("Đảng bộ xã A", {"set": "organization.term", "value": term}, day="2017-12-29")
    assert said(tmp_path, plan("Đảng bộ xã A"), other) == {1: ["TD802 plan"], 2: ["TD802 plan"]}
    other["organization"]["term"] = "2020-2025"
    assert said(tmp_path, plan("Đảng bộ xã A"), other, directive="ben-tre-2017") == {}


@pytest.mark.parametrize("count", [2, 3, 4])
def test_however_many_plans_there_are_the_count_and_one_other_are_told(tmp_path: Path, count: int) -> None:
    copies = lines(tmp_path / "copies.jsonl", [plan("Đảng bộ xã A")] * count)
    others = lines(tmp_path / "others.jsonl", [plan("Đảng bộ xã B", day=f"2017-12-{20 + n}") for n in range(count)])
    (first, *_), (other, *_) = outcomes(copies), outcomes(others)
    assert [finding.message.to_json() for outcome in (first, other) for finding in outcome.verdict.findings] == [
        {
            "vi": f"Kế hoạch này của Đảng bộ xã A được gửi {count} lần, một bản khác ở {copies}:2",
            "en": f"This plan of Đảng bộ xã A is submitted {count} times, another copy is {copies}:2",
        },
        {
            "vi": f"Đảng bộ xã B có {count} kế hoạch hội nghị khác nhau, một kế hoạch khác ở {others}:2",
            "en": f"Đảng bộ xã B has {count} different conference plans, another one is {others}:2",
        },
    ]


MANY: dict[str, Callable[[int], Data]] = {
    "copies of one plan": lambda _: plan("Đảng bộ xã A", p01=CARD),
    "plans of one organisation that differ in a name": lambda number: plan(
        "Đảng bộ xã A",
        {"set": "participants[p02].name", "value": f"Người {'ABCDEFGHIJ'[number // 10]}{'ABCDEFGHIJ'[number % 10]}"},
    ),
    "conferences of one organisation": lambda number: plan(
        "Đảng bộ xã A", day=f"2017-{number // 28 + 9:02}-{number % 28 + 1:02}"
    ),
    "one person in all organisations": lambda number: plan(f"Đảng bộ xã {number}", p01=CARD),
    "seats on one committee": lambda number: sitting_on("Đảng ủy Khối", name=f"Đảng bộ xã {number}"),
}


@pytest.mark.long
@pytest.mark.parametrize("kind", MANY)
def test_what_is_asked_grows_as_the_plans_do_whatever_they_have_in_common(kind: str, tmp_path: Path) -> None:
    asked = []
    for count in (30, 90):
        file = lines(tmp_path / f"{count}.jsonl", map(MANY[kind], range(count)))
        calls = Counter[str]()
        with Ledger() as ledger:
            for batch in batches(iter([*entries([str(file)])])):
                ledger.add(batch, audit_and_encode(batch, JOB))
            sys.setprofile(lambda frame, event, _: calls.update([event]))  # noqa: B023
            found = [*additions(ledger, JOB.rulesets, redact_names=False)]
            sys.setprofile(None)
        assert len(found) == count
        asked.append(calls["call"])
    assert asked[1] < 3.2 * asked[0]


def test_a_plan_that_is_there_but_not_appraised_is_not_said_to_be_missing(tmp_path: Path) -> None:
    first, second = outcomes(lines(tmp_path / "a.jsonl", [sitting_on("Đảng ủy Khối"), {**block(), "schema": 2}]))
    (undecided,) = first.verdict.undecided
    assert second.verdict.status == "invalid"
    assert undecided.reason.vi.startswith(
        "Lần rà soát này không có kế hoạch nhiệm kỳ 2015-2020 nào của Đảng ủy Khối thẩm định được theo bộ quy tắc này, "
    )
    assert undecided.reason.en.startswith("This audit has no plan of Đảng ủy Khối for the term 2015-2020 that ")


def test_two_conferences_of_one_organisation_are_told_in_both(tmp_path: Path) -> None:
    one, other = plan("Đảng bộ xã A"), plan("ĐẢNG BỘ XÃ  A", day="2017-12-29")
    assert said(tmp_path, one, other) == {1: ["TD802 plan"], 2: ["TD802 plan"]}
    assert said(tmp_path, one, one, other) == {
        1: ["TD801 plan", "TD802 plan"],
        2: ["TD801 plan", "TD802 plan"],
        3: ["TD802 plan"],
    }
    elsewhere = plan(
        "Đảng bộ xã A", {"set": "organization.direct_superior", "value": "Huyện ủy Ba Tri"}, day="2017-12-29"
    )
    assert said(tmp_path, one, elsewhere) == {}


def test_who_is_in_two_conferences_at_the_same_half_day_is_told_in_both(tmp_path: Path) -> None:
    one, other = plan("Đảng bộ xã A", p02=CARD), plan("Đảng bộ xã B", p03=CARD)
    assert said(tmp_path, one, other) == {1: ["TD803 p02"], 2: ["TD803 p03"]}
    (finding,) = outcomes(tmp_path / "plans.jsonl")[0].verdict.findings
    assert finding.severity == "advice"
    assert finding.evidence == {
        "person": "p02",
        "conferences": 2,
        "day": "2017-12-28",
        "half": "morning",
        "others": [{"organization": "Đảng bộ xã B", "plan": f"{tmp_path / 'plans.jsonl'}:2"}],
    }
    assert said(tmp_path, one, plan("Đảng bộ xã B", day="2017-12-29", p03=CARD)) == {}


def test_who_attends_parts_at_different_half_days_is_not_double_booked(tmp_path: Path) -> None:
    one, other = plan("Đảng bộ xã A", p01=CARD), plan("Đảng bộ xã B", p01=CARD)
    one["participants"][0]["parts"], other["participants"][0]["parts"] = ["year_end"], ["mid_term"]
    found = said(tmp_path, one, other)
    assert not any("TD803" in item for items in found.values() for item in items)


FORCE = [
    {"set": "organization.kind", "value": "police"},
    {"set": "conference.directed_by", "value": "Đảng ủy Công an tỉnh"},
]


def test_an_audit_mixes_packs_and_plans_meet_those_of_their_own_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = plan("Đảng bộ xã A"), plan("Công an xã A", *FORCE)
    twice = [ours, theirs, ours, theirs]
    assert said(tmp_path, *twice, select=("TD801",)) == {n: ["TD801 plan"] for n in (1, 2, 3, 4)}
    pack = IssuedPack("conference_plan", worded=False)
    monkeypatch.setattr(choice, "issued", lambda: dict.fromkeys(("ben-tre-2017", "cong-an-minh-hoa-2017"), pack))
    file = lines(tmp_path / "mixed.jsonl", twice)
    made = outcomes(file)
    directives = ["ben-tre-2017", "cong-an-minh-hoa-2017"] * 2
    assert [outcome.verdict.directive for outcome in made] == directives
    across = [[item.rule for item in outcome.verdict.findings if item.rule in ACROSS] for outcome in made]
    assert across == [["TD801"], [], ["TD801"], []]  # the other pack has no rule across plans
    police = plan("Đảng bộ Khối", *FORCE, committee="Đảng ủy Khối", p01="1")
    first, _ = outcomes(lines(tmp_path / "seat.jsonl", [sitting_on("Đảng ủy Khối"), police]))
    (undecided,) = first.verdict.undecided
    assert "theo bộ quy tắc này" in undecided.reason.vi
    monkeypatch.undo()
    first, _ = outcomes(tmp_path / "seat.jsonl")
    assert "theo chỉ đạo của ngành" in first.verdict.undecided[0].reason.vi


def test_rules_across_plans_are_chosen_like_the_others(tmp_path: Path) -> None:
    plans = [sitting_on("Đảng ủy Khối"), block(ballots_on="1"), block(ballots_on="1")]
    assert said(tmp_path, *plans, select=("TD801",)) == {2: ["TD801 plan"], 3: ["TD801 plan"]}
    assert said(tmp_path, *plans, ignore=("TD8",)) == {1: [f"TD507 {SEAT}"]}


@pytest.mark.parametrize(
    "written",
    [
        "83.987654",
        "Số 83.987654",
        "83.987654 (cũ)",
        "thẻ 83.987654",
        "83 987 654",
        "８３－９８７６５４",
        "٨٣.٩٨٧٦٥٤",
        "⁸³987654",
        "𝟖𝟑 987654",
        "83\u200b987654",
    ],
)
def test_a_card_has_one_hash_in_whatever_digits_and_groups(written: str) -> None:
    keys = Keys(KEY)
    assert keys.card(written) == keys.card("83987654")
    assert keys.cards(["1", written]) == keys.card("1") + keys.card("83987654")


@pytest.mark.long
@given(
    st.lists(
        st.none()
        | st.text(min_size=1, max_size=12)
        | st.sampled_from([".", "1\n2", "٣", "²"])
        | st.from_regex(r"[0-9]{2}\.[0-9]{6}", fullmatch=True)
    )
)
def test_the_key_of_a_card_is_its_own_among_whatever_others_and_tells_what_counts_of_it(
    cards: list[str | None],
) -> None:
    keys = Keys(KEY)
    found = [*batched(keys.cards(cards), BYTES)]
    assert found == [*map(keys.card, cards)]
    for card, key in zip(cards, found, strict=True):
        assert (key == NOBODY) == (card is None)
        for other, others in zip(cards, found, strict=True):
            if card is not None and other is not None:
                assert (key == others) == (card_marks(card).rstrip(" ") == card_marks(other).rstrip(" "))


@given(st.lists(st.text("0123456789.- /", min_size=1, max_size=20), min_size=1, max_size=30))
def test_keys_made_of_many_cards_at_once_are_those_of_each(cards: list[str]) -> None:
    keys = Keys(KEY)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(identity, "_MANY", 1)
        assert keys.cards(cards) == b"".join(map(keys.card, cards))


def test_nothing_is_hashed_that_no_rule_asks_for(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [block(ballots_on="1")])
    (entry,) = entries([str(file)])
    kept = {}
    for rule in ("TD507", "TD801", "TD803"):
        rules = selecting((ruleset(),), (rule,), None)(ruleset())
        (outcome,) = audit_batch(Batch(0, (entry,)), AuditJob(f"only {rule}", (rules,), key=KEY))
        across = outcome.across
        assert across is not None
        assert across.organization != NOBODY
        kept[rule] = [bool(said) for said in (across.people, across.parts, across.half_days, across.ballots)]
    assert kept == {
        "TD507": [True, False, False, True],
        "TD801": [False, False, False, False],
        "TD803": [True, True, True, False],
    }


def batched(content: bytes, size: int) -> Iterator[bytes]:
    return (content[at : at + size] for at in range(0, len(content), size))


def test_a_card_is_one_block_of_aes_and_one_that_is_longer_a_hash() -> None:
    secret = blake2b(key=KEY, digest_size=32, person=b"party cards").digest()
    block = Cipher(AES(secret), ECB()).decryptor().update(Keys(KEY).card("83.987654"))
    assert block == b"83987654        "
    assert (
        Keys(KEY).card("chữ dài hơn một khối")
        == blake2b(card_marks("chữ dài hơn một khối").encode(), key=KEY, digest_size=BYTES).digest()
    )


def test_hashes_of_different_keys_have_nothing_in_common_however_long_the_keys() -> None:
    keys = [Keys(key) for key in (KEY, KEY[::-1], KEY * 4, KEY * 5)]
    assert len({made.card(CARD) for made in keys} | {made.name(CARD) for made in keys}) == 8
    assert len({made.fingerprint for made in keys}) == 4
    assert not any(KEY.hex()[:8] in made.fingerprint for made in keys)
    # what stores of the time of HMAC-SHA256, and of BLAKE2b alone, know their key by: their keys must not be recalled
    assert keys[0].fingerprint != hmac.digest(KEY, b"thamdinh", "sha256").hex()[:16]
    assert keys[0].fingerprint != blake2b(key=KEY, digest_size=8, person=b"keyed by pack").hexdigest()


def test_no_card_leaves_the_worker_in_the_clear(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [sitting_on("Đảng ủy Khối")])
    (entry,) = entries([str(file)])
    (outcome,) = audit_batch(Batch(0, (entry,)), AuditJob("across", (ruleset(),), key=KEY))
    assert outcome.across is not None
    assert Keys(KEY).within("ben-tre-2017").card("83012345") in outcome.across.people
    assert CARD.encode() not in repr(outcome).encode()


@st.composite
def plans(draw: st.DrawFn) -> list[Data]:
    """A few plans of few organisations, people and days, so that they meet."""
    cards = st.sampled_from([None, "1", "2", "3"])
    made = []
    for _ in range(draw(st.integers(1, 7))):
        name = draw(st.sampled_from("ABC"))
        data = plan(
            f"Đảng bộ {name}", committee=f"Đảng ủy {name}", day=draw(st.sampled_from(["2017-12-28", "2017-12-29"]))
        )
        used: set[str | None] = set()
        for person in data["participants"]:
            card = draw(cards)
            if card is not None and card not in used:
                person["party_card"] = card
            used.add(card)
        if draw(st.booleans()):
            data["committees"][0]["members"][0]["also_on"] = [f"Đảng ủy {draw(st.sampled_from('ABCD'))}"]
        if draw(st.booleans()):
            data["organization"]["kind"] = "military"
        made.append(data)
    return made


JOB = AuditJob("property", (ruleset(),), key=KEY)


def found_in(folder: Path, names: list[str], size: int, order: list[int]) -> dict[str, Any]:
    """What is said across plans, when plans come in this order of names, in batches of a size, these in any order."""
    todo = [Entry(str(folder / name)) for name in names]
    made = [Batch(start, tuple(todo[start : start + size])) for start in range(0, len(todo), size)]
    with Ledger() as ledger:
        for position in sorted(range(len(made)), key=lambda position: order[position % len(order)]):
            ledger.add(made[position], audit_and_encode(made[position], JOB))
        return {item.place: item for _, item in additions(ledger, JOB.rulesets, redact_names=False)}


@pytest.mark.long
@examples(0.4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=plans(), data=st.data())
def test_neither_order_nor_batches_nor_workers_change_what_is_found(
    tmp_path_factory: pytest.TempPathFactory, made: list[Data], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("plans")
    names = [f"{number}.json" for number in range(len(made))]
    for name, one in zip(names, made, strict=True):
        (folder / name).write_bytes(written(one))
    plain = found_in(folder, names, 100, [0])
    mixed = data.draw(st.permutations(names))
    assert found_in(folder, mixed, data.draw(st.integers(1, 3)), data.draw(st.permutations(range(7)))) == plain


@pytest.mark.long
def test_neither_the_number_of_workers_nor_their_absence_changes_anything(tmp_path: Path) -> None:
    plans = [sitting_on("Đảng ủy Khối", name=f"Đảng bộ xã {number % 40}") for number in range(60)] + [
        block(ballots_on="1")
    ]
    file = lines(tmp_path / "plans.jsonl", [*plans, b"{\n", written(LATER)])
    none, one, three = (outcomes(file, jobs=jobs) for jobs in (None, 1, 3))
    assert none == one == three
    assert [len(outcome.verdict.findings) > 0 for outcome in none] == [True] * 60 + [False] * 3


def test_a_plan_that_changes_while_the_audit_runs_is_told(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [sitting_on("Đảng ủy Khối")])
    with Ledger() as ledger:
        for batch in batches(entries([str(file)])):
            ledger.add(batch, audit_and_encode(batch, JOB))
        content = file.read_bytes()
        file.write_bytes(content.replace(b"A", b"B"))
        ((number, addition),) = additions(ledger, JOB.rulesets, redact_names=False)
    assert (number, addition.place, addition.findings, addition.undecided) == (0, f"{file}:1", (), ())
    assert "changed while" in addition.problems[0].message.en


@pytest.mark.long
@pytest.mark.parametrize("change", ["changed", "gone"])
def test_a_plan_that_changes_while_the_audit_runs_costs_no_other(tmp_path: Path, change: str) -> None:
    one = plan("Đảng bộ xã A")
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_bytes(written(one))
    second.write_bytes(json.dumps(one, indent=2, ensure_ascii=False).encode())
    (tmp_path / "c.json").write_bytes(written(plan("Đảng bộ xã B", day="2017-12-29")))
    store = Store(tmp_path / "kho.duckdb")

    def watch(_: Totals) -> None:
        second.unlink(missing_ok=True) if change == "gone" else second.write_bytes(b"{}")

    with audits_here(), Ledger() as ledger, closing(store):
        totals = audit(Request((str(tmp_path),), key=KEY), ledger, store, watch)
        found = list(ledger.outcomes())
        kept = {outcome.place: outcome for outcome in outcomes_of(store.database, store.run)}
    assert [outcome.verdict.status for outcome in found] == ["compliant", "invalid", "non_compliant"]
    assert [problem.code for problem in found[1].verdict.problems] == ["PL006"]
    assert totals.exit_status("error") == 2
    assert {place: outcome.verdict.problems for place, outcome in kept.items()} == {
        outcome.place: outcome.verdict.problems for outcome in found
    }


@pytest.mark.long
def test_a_verdict_of_a_pack_that_was_named_never_stands_for_one_by_choice(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [plan("Đảng bộ xã A", LATER)])
    found = []
    for directive in ("ben-tre-2017", None, "ben-tre-2017", "auto"):
        with closing(Store(tmp_path / "store.duckdb")) as store:
            [outcome] = outcomes(file, sink=store, directive=directive)
        verdict = outcome.verdict
        found.append((verdict.status, [item.code for item in (*verdict.problems, *verdict.notices)]))
    assert found == [("compliant", ["NT005"]), ("invalid", ["DR001"])] * 2
