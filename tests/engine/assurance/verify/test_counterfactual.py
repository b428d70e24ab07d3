"""The smallest change that turns a verdict: it does turn it, breaks nothing else, invents nobody, and is the smallest."""

import json
import math
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("z3")

from tests.appraisal import appraised, base_plan, found, plan_of
from tests.engine.test_rules import CASES_OF_RULES
from tests.plan_classes import Plan
from thamdinh.engine.assurance.verify import encoding
from thamdinh.engine.assurance.verify.counterfactual import Counterfactual, Turning, Unsolved
from thamdinh.engine.assurance.verify.witness import Disagreement
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.model.changes import changed
from thamdinh.engine.model.integrity import read_plan

BREACHED = [pytest.param(*case.values, id=case.id) for case in CASES_OF_RULES if case.values[1]][::3]
"""Every third case of every rule: the rules have several cases each."""


def turned(data: dict[str, Any], finding: str) -> Counterfactual:
    rule, _, subject = finding.partition(" ")
    return Turning(plan_of(data), ruleset()).smallest_change(rule, subject)


def after(change: Counterfactual) -> tuple[Plan, set[str]]:
    """The plan as it would be, and what is found in it."""
    document = read("plan.yaml", change.text.encode())
    plan = read_plan(document)
    data = json.loads(json.dumps(document.data, default=str))
    return plan, set(found(appraised(data)))


def paths(change: Counterfactual) -> list[str]:
    return [".".join(map(str, edit.path)) for edit in change.edits]


@pytest.mark.long
@pytest.mark.parametrize(("change", "expect"), BREACHED)
def test_every_finding_is_turned_without_another_and_without_inventing_anybody(
    change: list[dict[str, Any]], expect: list[str]
) -> None:
    data = changed(base_plan(), change)
    now = plan_of(data)
    turn = turned(data, expect[0])
    plan, findings = after(turn)
    assert turn.before == "finding"
    assert turn.edits
    assert findings <= set(expect) - {expect[0]}
    assert [(person.id, person.name) for person in plan.participants] == [(p.id, p.name) for p in now.participants]
    assert [(committee.id, committee.name) for committee in plan.committees] == [(c.id, c.name) for c in now.committees]
    for text in (text for edit in turn.edits for text in edit.said.to_json().values()):
        assert "None" not in text
        assert "p0" in text or "<" not in text


@pytest.mark.long
@pytest.mark.parametrize(
    ("rule", "where", "value", "subject", "expected"),
    [
        ("TD501", "confidence_votes[dang-uy].ballots", ["p01"], "p02@dang-uy", ["confidence_votes.0.ballots.1"]),
        ("TD202", "reports[bc-ky].contents", ["mid_term_review", "inspection_supervision"],
         "bc-ky/leadership_self_criticism", ["reports.1.contents.leadership_self_criticism"]),
        ("TD303", "participants[p05].parts", ["mid_term"], "p05", ["participants.4.parts.mid_term"]),
        ("TD602", "conference.directed_by", "Đảng ủy Công an tỉnh", "plan", ["conference.directed_by"]),
        ("TD503", "confidence_votes[dang-uy].ballots_distributed_at", "2017-12-28T07:31", "dang-uy",
         ["confidence_votes.0.ballots_distributed_at"]),
        ("TD702", "outcomes", [{"kind": "conclusion", "subject": "rest_of_term"}], "plan", ["outcomes.1"]),
    ],
)  # fmt: skip
def test_the_change_is_the_one_that_mends_it(
    rule: str, where: str, value: object, subject: str, expected: list[str]
) -> None:
    change = turned(changed(base_plan(), [{"set": where, "value": value}]), f"{rule} {subject}")
    assert paths(change) == expected
    assert not any(edit.fact for edit in change.edits)


@pytest.mark.long
def test_times_change_no_more_than_they_must() -> None:
    late = changed(
        base_plan(), [{"set": "confidence_votes[dang-uy].ballots_distributed_at", "value": "2017-12-28T09:00"}]
    )
    (edit,) = turned(late, "TD503 dang-uy").edits
    assert edit.said.vi == (
        "đổi giờ phát phiếu của lần lấy phiếu “Ban Chấp hành Đảng bộ xã Phú Túc” từ 09 giờ 00, ngày 28/12/2017 thành 07 giờ 30, ngày 28/12/2017"
    )


@pytest.mark.long
def test_what_is_a_fact_is_changed_last_and_said_to_be_one() -> None:
    nobody = changed(base_plan(), [{"set": "committees[dang-uy].members[0].role", "value": "member"}])
    change = turned(nobody, "TD502 dang-uy")
    assert [edit.fact for edit in change.edits] == [True]
    assert paths(change) == ["committees.0.members.0.role"]


@pytest.mark.long
def test_what_holds_is_turned_into_a_finding() -> None:
    change = turned(base_plan(), "TD501 p02@dang-uy")
    assert change.before == "passed"
    assert paths(change) == ["confidence_votes.0.ballots.1"]
    assert "TD501 p02@dang-uy" in after(change)[1]


@pytest.mark.long
def test_what_no_change_turns_is_said_to_be_so() -> None:
    police = changed(base_plan(), [{"set": "organization.kind", "value": "police"}])
    change = turned(police, "TD101 plan")
    assert change.before == "not_applicable"
    assert all(edit.fact for edit in change.edits[:1])


@pytest.mark.long
def test_rows_in_another_order_than_those_they_name_are_told_apart() -> None:
    data = base_plan()
    data["participants"].reverse()
    data["committees"].reverse()
    for committee in data["committees"]:
        committee["members"].reverse()
    data["confidence_votes"][0]["ballots"] = ["p02"]
    change = turned(data, "TD501 p01@dang-uy")
    assert [edit.said.vi for edit in change.edits] == [
        "thêm phiếu đối với “Nguyễn Văn Bình” của lần lấy phiếu “Ban Chấp hành Đảng bộ xã Phú Túc”"
    ]
    assert not after(change)[1]


def test_plans_beyond_reach_are_undecided() -> None:
    crowd = [{"id": f"q{i}", "name": "Lê", "standing": "customary", "parts": ["year_end"]} for i in range(400)]
    data = base_plan()
    with pytest.raises(Unsolved):
        turned({**data, "participants": data["participants"] + crowd}, "TD501 p01@dang-uy")
    far = changed(data, [{"set": "confidence_votes[dang-uy].counted_at", "value": "2099-01-01T08:00"}])
    with pytest.raises(Unsolved):
        turned(far, "TD505 dang-uy/same_level_committee")


@pytest.mark.long
def test_a_wrong_encoding_is_found_out_by_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "math", SimpleNamespace(ceil=lambda bound: math.ceil(bound) - 2, floor=math.floor))
    few = changed(base_plan(), [{"set": "conference.sessions", "value": base_plan()["conference"]["sessions"][:1]}])
    with pytest.raises(Disagreement):
        turned(few, "TD101 plan")
