"""A plan and the minutes of its count, of one organisation and term, list the same people; not knowing is never a breach."""

import copy
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import ROOT, base_plan
from tests.engine.audit.auditing import audits_here, lines, outcomes
from thamdinh.engine.audit.report.summary import Summary
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive.packs import read as read_pack
from thamdinh.engine.documents import read_file
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.model.document_types import available, read_description

Data = dict[str, Any]
CARD = "83.012345"
MINUTES = read_file(ROOT / "rules" / "kiem_phieu_2017" / "tests" / "plan.yaml").data


def plan(*people: tuple[str, str | None]) -> Data:
    """The small compliant plan with one committee, which takes ballots on these people, each with a card or without."""
    data = copy.deepcopy(base_plan())
    del data["committees"][1:], data["confidence_votes"][1:]
    data["committees"][0]["name"] = "Ban Chấp hành Đảng bộ xã Phú Túc"
    participants = data["participants"][: len(people)]
    for person, (name, card) in zip(participants, people, strict=True):
        person.pop("party_card", None)
        person |= {"name": name, "standing": "congress_delegate", "parts": ["year_end", "mid_term"]}
        person |= {} if card is None else {"party_card": card}
    data["participants"] = participants
    ids = [person["id"] for person in participants]
    roles = ["secretary", *["member"] * len(people)]
    data["committees"][0]["members"] = [{"person": one, "role": role} for one, role in zip(ids, roles, strict=False)]
    data["confidence_votes"][0] |= {"ballots": ids, "briefing": {"by": ids[0], "covers": ["purpose", "requirements"]}}
    return data


def minutes(*people: tuple[str, str | None], **more: Any) -> Data:
    """Minutes with the results of these people."""
    assert isinstance(MINUTES, dict)
    data = copy.deepcopy(MINUTES)
    for number, (name, card) in enumerate(people, 1):
        row = {
            "id": f"k{number}",
            "name": name,
            "post": "Cấp ủy viên",
            "high_votes": 56,
            "normal_votes": 0,
            "low_votes": 0,
        }
        people_row = row if card is None else {**row, "party_card": card}
        data["tallies"] = [*(data["tallies"] if number > 1 else []), people_row]
    for name, value in more.items():
        data["conference" if name == "committee" else "organization"][name] = value
    return data


def verdict(tmp_path: Path, *documents: Data, **asked: Any) -> Verdict:
    """The verdict on the first document, audited beside the others."""
    return outcomes(lines(tmp_path / "documents.jsonl", documents), **asked)[0].verdict


def found(said: Verdict) -> dict[str, str]:
    """What the rules across documents say: the messages of breaches, "?" where they can't be decided."""
    messages = {item.rule: item.message.vi for item in said.findings if item.rule.startswith("KP8")}
    return messages | {item.rule: "?" for item in said.undecided}


BINH, HOA, CANH = ("Nguyễn Văn Bình", CARD), ("Trần Thị Hoa", None), ("Lê Văn Cảnh", None)


@pytest.mark.parametrize(
    ("listed", "taken"),
    [
        ((BINH, HOA), (BINH, HOA)),
        ((HOA, BINH), (BINH, HOA)),
        ((("NGUYỄN VĂN BÌNH", None), HOA), (BINH, HOA)),  # one card is enough of a name
        ((("Nguyễn V. Bình", "83 012 345"), HOA), (BINH, HOA)),  # and a card of a person
        ((BINH, ("Nguyễn Văn Bình", "83.099999")), (("Nguyễn Văn Bình", "83.099999"), BINH)),
    ],
)
def test_the_same_people_are_the_same_however_they_are_written(
    listed: tuple[tuple[str, str | None], ...], taken: tuple[tuple[str, str | None], ...], tmp_path: Path
) -> None:
    assert found(verdict(tmp_path, minutes(*listed), plan(*taken))) == {}


def test_who_is_in_one_of_them_alone_is_told_by_name(tmp_path: Path) -> None:
    said = found(verdict(tmp_path, minutes(BINH, HOA), plan(BINH, CANH)))
    assert said.keys() == {"KP801", "KP802"}
    assert said["KP801"].endswith("không có kết quả: Lê Văn Cảnh")
    assert "lấy phiếu đối với 1 người" in said["KP801"]
    assert said["KP802"].endswith("không lấy phiếu: Trần Thị Hoa")
    assert found(verdict(tmp_path, minutes(BINH), plan(BINH, HOA))).keys() == {"KP801"}
    assert found(verdict(tmp_path, minutes(BINH, HOA), plan(BINH))).keys() == {"KP802"}


def test_another_card_is_another_person_of_the_same_name(tmp_path: Path) -> None:
    said = found(verdict(tmp_path, minutes(("Nguyễn Văn Bình", "83.099999"), HOA), plan(BINH, HOA)))
    assert said.keys() == {"KP801", "KP802"}


def test_names_give_way_where_they_are_redacted(tmp_path: Path) -> None:
    said = found(verdict(tmp_path, minutes(BINH, HOA), plan(BINH, CANH), redact_names=True))
    assert "Cảnh" not in said["KP801"]
    assert said["KP801"].endswith(": p02")
    assert said["KP802"].endswith(": k2")


@pytest.mark.parametrize(
    "beside",
    [
        (),  # no plan
        ({"term": "2010-2015"},),  # of another term
        ({"direct_superior": "Huyện ủy Ba Tri"},),  # of another organisation of that name
        ({"name": "Đảng bộ xã An Hiệp"},),
        ({}, {"district": "Huyện Ba Tri"}),  # two that differ
    ],
)
def test_minutes_without_one_plan_are_not_decided(beside: tuple[Data, ...], tmp_path: Path) -> None:
    plans = [plan(BINH, CANH) for _ in beside]
    for one, changes in zip(plans, beside, strict=True):
        one["organization"] |= changes
    assert found(verdict(tmp_path, minutes(BINH, HOA), *plans)) == {"KP801": "?", "KP802": "?"}


def test_what_two_rules_can_not_decide_for_one_reason_is_counted_and_told_once(tmp_path: Path) -> None:
    file = lines(tmp_path / "documents.jsonl", [minutes(BINH), minutes(BINH, name="Đảng bộ xã Khác")])
    summary = Summary(9)
    with audits_here(), Ledger() as ledger:
        totals = audit(Request((str(file),)), ledger)
        found = [*ledger.outcomes()]
    for outcome in found:
        summary.add(outcome)
    assert [[item.rule for item in outcome.verdict.undecided] for outcome in found] == [["KP801", "KP802"]] * 2
    (reason,) = totals.reasons.values()
    assert [item.place.line for item in reason.first] == [1, 2]
    assert (reason.count, totals.undecided, summary.undecided) == (2, 2, 2)


def test_a_committee_that_the_plan_does_not_have_is_not_decided(tmp_path: Path) -> None:
    said = found(verdict(tmp_path, minutes(BINH, HOA, committee="Chi ủy Văn phòng"), plan(BINH, HOA)))
    assert said == {"KP801": "?", "KP802": "?"}


def test_the_same_plan_twice_is_one_plan_and_forces_follow_their_sector(tmp_path: Path) -> None:
    assert found(verdict(tmp_path, minutes(BINH, HOA), plan(BINH, HOA), plan(BINH, HOA))) == {}
    said = verdict(tmp_path, minutes(BINH, HOA, kind="police"), plan(BINH, CANH))
    assert found(said) == {}
    assert ("KP801", "D15") in {(item.rule, item.by) for item in said.not_applicable}


def test_plans_are_judged_as_they_are_without_minutes(tmp_path: Path) -> None:
    alone = verdict(tmp_path, plan(BINH, HOA))
    assert verdict(tmp_path, plan(BINH, HOA), minutes(BINH, CANH)) == alone


@pytest.mark.parametrize(
    ("right", "wrong", "near"),
    [
        ("ours: {rows: /tallies", "ours: {rows: /tally", "“/tallies”"),
        ("of: /conference/committee}", "of: /conference/comittee}", "“/conference/committee”"),
    ],
)
def test_a_description_that_pairs_what_is_not_there_is_told(right: str, wrong: str, near: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(available()["ballot_minutes"], tmp_path / "type"))
    text = (folder / "facts.yaml").read_text(encoding="utf-8")
    assert right in text
    (folder / "facts.yaml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(Unreadable) as raised:
        read_description(folder)
    assert near in raised.value.problems[0].fix.vi


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("of: ../committee", "of: ../comittee", "pairs documents by"),
        ("document: conference_plan", "document: conference_plans", "Unknown type of document"),
    ],
)
def test_a_pack_is_refused_where_the_other_type_lacks_what_is_paired(
    right: str, wrong: str, said: str, tmp_path: Path
) -> None:
    type_ = Path(shutil.copytree(available()["ballot_minutes"], tmp_path / "type"))
    pack = Path(shutil.copytree(ROOT / "rules" / "kiem_phieu_2017", tmp_path / "pack"))
    for file, old, new in (
        (type_ / "facts.yaml", right, wrong),
        (type_ / "document.yaml", "id: ballot_minutes", "id: my_minutes"),
        (pack / "directive.yaml", "document: ballot_minutes", "document: ../type"),
        (pack / "directive.yaml", "id: kiem-phieu-2017", "id: cua-toi"),
    ):
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Unreadable, match=said):
        read_pack(str(pack))
