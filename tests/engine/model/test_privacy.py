"""Party cards stand in no output; with names redacted, neither do the names of those who take part."""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest

from tests.appraisal import ROOT, base_plan, checker
from tests.plans import PLAN, changed
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, audit_batch
from thamdinh.engine.base.cards import HIDDEN
from thamdinh.engine.base.names import bases
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.documents.discover import discover
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.verdict import Report, Verdict
from thamdinh.engine.evaluation.wording import Showing
from thamdinh.engine.lint.appraise import Job, verdict_of
from thamdinh.engine.lint.run import lint as lint_all
from thamdinh.engine.lint.settings import Settings
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.privacy import presentable, problems_without_names, with_organization_shown
from thamdinh.engine.reporters import FORMATS, Options, render

CARD = "83.010"
CARDS_IN_PLANS = {
    "a breach in the line of a card": [("parts: [mid_term]", "parts: [year_end]")],
    "a card twice": [("😀 Hoa,", f'😀 Hoa, party_card: "{CARD}",')],
    "a number for a card": [(f'"{CARD}"', CARD)],
    "a number with a nought at its end": [(f'"{CARD}"', "83.0100")],
    "a list for a card": [(f'"{CARD}"', f"[{CARD}]")],
    "no space after the key": [(f'party_card: "{CARD}"', f'"party_card:{CARD}"')],
    "the key in Vietnamese": [("party_card:", "số thẻ đảng viên:")],
    "a card for an id": [("id: p01", f'id: "{CARD}"')],
    "a card for an id, everywhere": [("p01", f'"{CARD}"')] * 5 + [("parts: [mid_term]", "parts: [year_end]")],
    "a ballot by card": [("ballots: [p01", f'ballots: ["{CARD}"')],
    "one participant for the list": [("participants:\n  - {id: p01", "participants:\n  x: {id: p01")],
    "a person for a name": [("name: Nguyễn Văn Bình", f'name: {{party_card: "{CARD}"}}')],
    "a card in a title": [("title: Báo cáo sơ kết 😀", f"title: Báo cáo của {CARD}")],
    "a card beside a name": [
        ("name: Nguyễn Văn Bình", f"name: Nguyễn Văn Bình ({CARD})"),
        ("parts: [mid_term]", "parts: [year_end]"),
    ],
    "a card in a committee elsewhere": [
        ("also_on: [Huyện ủy Mỏ Cày Nam]", f"also_on: [Huyện ủy Mỏ Cày Nam (thẻ {CARD})]")
    ],
    "a card for a district": [("district: Huyện", f"district: {CARD} Huyện")],
    "a card in a term": [("term: 2015-2020", f"term: 2015-2020 ({CARD})")],
    "a card in a venue": [("venue: Hội trường xã", f"venue: Hội trường xã, {CARD}")],
    "a card by its code point": [(f'"{CARD}"', r'"\u0038\u0033.010"')],
}


def outputs(verdict: Verdict) -> Iterator[str]:
    for language in ("vi", "en"):
        for form in set(FORMATS) - {"pdf"}:  # which is the DOCX printed
            made = render(form, Report("x", (verdict,)), Options(language))
            if made[:2] != b"PK":
                yield made.decode()
                continue
            with zipfile.ZipFile(io.BytesIO(made)) as package:
                yield from (package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


def lint(text: str, tmp_path: Any) -> Verdict:
    path = tmp_path / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    (source,) = discover([str(path)])
    return verdict_of(Job(source, checker(passes=True)))


@pytest.mark.long
@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("case", CARDS_IN_PLANS)
def test_no_output_of_the_lint_shows_a_party_card(case: str, tmp_path: Any) -> None:
    text = changed(*CARDS_IN_PLANS[case])
    verdict = lint(text, tmp_path)
    assert verdict.findings or verdict.problems
    for output in outputs(verdict):
        assert CARD not in output, output
        assert r"\u0038" not in output, output


TEXTS_OF_A_PLAN = [
    "organization__name",
    "organization__term",
    "organization__district",
    "organization__direct_superior",
    "conference__venue",
    "conference__directed_by",
    "reports__0__title",
    "reports__1__guidance",
    "participants__1__name",
    "committees__0__name",
    "committees__0__members__0__also_on__0",
]


@pytest.mark.parametrize("path", TEXTS_OF_A_PLAN)
@pytest.mark.parametrize("written", ["83.777001", "83777001", "83 777 001", "83-777.001"])
def test_a_card_is_hidden_in_any_text_however_its_digits_are_grouped(path: str, written: str) -> None:
    data: Any = read("plan.yaml", PLAN.encode()).data
    data["participants"][0]["party_card"] = "83.777001"
    *ways, last = [int(step) if step.isdigit() else step for step in path.split("__")]
    at = data
    for way in ways:
        at = at[way]
    at[last] = f"Xã (thẻ {written}), số 183.777001"
    plan = read_plan(read("plan.json", json.dumps(data).encode()))
    shown: Any = presentable(plan)
    for step in path.split("__"):
        shown = shown[int(step)] if step.isdigit() else getattr(shown, step)
    number = HIDDEN if path == "participants__1__name" else "183.777001"  # a name holds no other number than a card
    assert shown == f"Xã (thẻ {HIDDEN}), số {number}"
    assert with_organization_shown(plan).organization == presentable(plan).organization


def test_a_card_in_letters_that_look_like_digits_is_hidden_in_a_name() -> None:
    data = base_plan()
    data["participants"][1]["name"] = "Trần Thị ƧƷƼƧƷƼƧƷ"
    shown: Any = presentable(read_plan(read("plan.json", json.dumps(data).encode())))
    assert shown.participants[1].name == f"Trần Thị {HIDDEN}"


def test_what_has_too_few_digits_for_a_card_hides_no_number_of_the_plan() -> None:
    data = base_plan()
    for number, person in enumerate(data["participants"]):
        person["party_card"] = str(number)
    data["reports"][0]["title"] = "Báo cáo số 3, phường 1"
    plan = read_plan(read("plan.json", json.dumps(data).encode()))
    assert presentable(plan) is plan


@pytest.mark.parametrize("written", ["83.777001", "83 777001"])
def test_the_organisation_of_a_plan_without_findings_is_shown_without_cards(written: str) -> None:
    data = base_plan()
    data["participants"][0]["party_card"] = "83777001"
    data["organization"]["name"] = f"Đảng bộ xã {written}"
    document = read("plan.json", json.dumps(data).encode())
    verdict = Checker(ruleset()).check(read_plan(document), document)
    assert not verdict.findings
    assert verdict.organization == f"Đảng bộ xã {HIDDEN}"


def test_a_hidden_card_leaves_the_columns_of_its_line(tmp_path: Any) -> None:
    text = changed(*CARDS_IN_PLANS["a breach in the line of a card"])
    verdict = lint(text, tmp_path)
    (finding,) = (item for item in verdict.findings if item.rule == "TD304")
    shown = verdict.lines[finding.place]
    typed = text.splitlines()[(finding.place.line or 0) - 1]
    assert shown == typed.replace(f'"{CARD}"', "•" * (len(CARD) + 2))


def test_a_rule_may_judge_cards_and_its_evidence_hides_them(tmp_path: Any) -> None:
    rules = tmp_path / "pack"
    rules.mkdir()
    small = (ROOT / "tests" / "packs" / "small").glob("*.yaml")
    for path in small:
        text = path.read_text(encoding="utf-8")
        text = text.replace("each: plan\n    require: {sessions: {at_most: {param: most_sessions}}}", RULE)
        text = text.replace("{plan.sessions}", "{participant.id}")
        (rules / path.name).write_text(text, encoding="utf-8")
    document = read("plan.yaml", PLAN.encode())
    verdict = Checker(ruleset(str(rules)), passes=True).check(read_plan(document), document)
    assert {item.subject.id for item in verdict.findings if item.rule == "MH101"} == {"p02", "p03"}
    (held,) = (item for item in verdict.passed or () if item.rule == "MH101")
    assert held.evidence == {"id": "p01", "party_card": HIDDEN}


RULE = "each: participant\n    require: {party_card: {present: true}}"


@pytest.mark.long
def test_redacted_verdicts_name_people_by_their_ids_and_find_the_same() -> None:
    nameless = Showing(redact_names=True)
    for synthetic in generate(40, seed=5, breach_rate=1, people=20):
        document = read("plan.json", json.dumps(synthetic.plan, ensure_ascii=False).encode())
        plan = read_plan(document)
        open_, redacted = (
            checker(passes=True).check(plan, document),
            checker(passes=True).check(plan, document, nameless),
        )
        assert [(f.rule, f.subject, f.place) for f in open_.findings] == [
            (f.rule, f.subject, f.place) for f in redacted.findings
        ]
        told = json.dumps(redacted.to_json(), ensure_ascii=False)
        for person in plan.participants:
            assert person.name not in told
            assert person.party_card is None or person.party_card not in told
        if any(finding.subject.entity in ("participant", "seat") for finding in open_.findings):
            assert any(person.name in json.dumps(open_.to_json(), ensure_ascii=False) for person in plan.participants)


def test_names_in_other_texts_and_in_ids_are_redacted_too() -> None:
    data = base_plan()
    first, second = data["participants"][:2]
    first["name"], second["name"] = "Nguyễn Văn Bình", "Hoa"
    data["reports"][0]["title"] = "Báo cáo của đồng chí NGUYỄN  Văn Bình, xã Hoa Lợi"
    old, first["id"] = first["id"], "nguyễn văn bình"
    text = json.dumps(data, ensure_ascii=False).replace(f'"{old}"', '"nguyễn văn bình"')
    plan = read_plan(read("plan.json", text.encode()))
    shown = presentable(plan, names=True)
    assert shown.reports[0].title == "Báo cáo của đồng chí #1, xã Hoa Lợi"
    assert (shown.participants[0].id, shown.participants[0].name) == ("#1", "#1")
    assert shown.participants[1].name == shown.participants[1].id
    assert any(seat.person == "#1" for committee in shown.committees for seat in committee.members)


NAMED = [
    [("parts: [mid_term]}", "parts: [year_end]}")],
    [("p01", "binh-nv")] * 5 + [("parts: [mid_term]}", "parts: [year_end]}")],
    [("bc-so-ket", "bc-nguyen-van-binh"), ("title: Báo cáo sơ kết", "title: Báo cáo của Nguyen Van Binh, N.V. Bình")],
    [("name: Ban Chấp hành", "name: Ban của nguyễn.văn-bình, Chấp hành"), ("[p01, p02]", "[p01]")],
    [("ballots: [p01", "ballots: [Nguyễn Văn Bình")],
    [("outcomes:", "outcomes: [")],
    [("id: p02", "id: p01")],
]


@pytest.mark.long
@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("changes", NAMED)
@pytest.mark.parametrize(
    "file", ["Nguyễn Văn Bình.yaml", "nguyen-van-binh/plan.nguyen van binh", "kế hoạch NVBình.json"]
)
def test_no_redacted_output_names_anybody_in_words_ids_or_files(
    changes: list[tuple[str, str]], file: str, tmp_path: Any
) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(changed(*changes), encoding="utf-8")
    report = lint_all([str(path)], Settings(), show_passed=True, outlined=True, redact_names=True).report
    (verdict,) = report.verdicts
    assert verdict.status != "compliant"
    outcome = audited_alone(path)
    for output in (*outputs(verdict), repr(outcome)):
        told = bases(output)
        assert "nguyenvanbinh" not in told, output
        assert "binhnv" not in told, output
        assert "nvbinh" not in told, output
    assert verdict.file == "#1" + (path.suffix if path.suffix in (".yaml", ".json") else "")


def audited_alone(path: Any) -> Any:
    (entry,) = entries([str(path)])
    job = AuditJob("redacted", (ruleset(),), key=b"k" * 32, redact_names=True)
    (outcome,) = audit_batch(Batch(0, (entry.renamed("#a1"),)), job)
    return outcome


def test_a_plan_without_anything_to_hide_is_not_copied() -> None:
    plan = read_plan(read("plan.yaml", PLAN.encode()))
    assert presentable(plan) is plan


@pytest.mark.parametrize(
    "change",
    [
        ("ballots: [p01", "ballots: [Nguyễn Văn Bình"),
        ("id: p03, name: Lê Văn Sáu", "id: p02, name: Lê Văn Sáu"),
        ("standing: key_cadre", "standing: Nguyễn Văn Bình"),
        ("title: Báo cáo tổng kết", "title: [Nguyễn Văn Bình]"),
        ("participants:\n", "x: [Nguyễn Văn Bình]\nparticipants:\n"),
        ("outcomes:\n", "outcomes: Nguyễn Văn Bình\nx:\n"),
    ],
    ids=lambda change: change[1][:24],
)
def test_the_problems_of_a_redacted_document_are_the_same_without_names(change: tuple[str, str]) -> None:
    document = read("plan.yaml", changed(change).encode())
    with pytest.raises(Unreadable) as open_:
        read_plan(document)
    redacted = problems_without_names(open_.value.problems, document, read_plan)
    assert [(p.code, p.place) for p in redacted] == [(p.code, p.place) for p in open_.value.problems]
    assert not [p for p in redacted if "Nguyễn" in p.message.vi + p.fix.vi]


def test_the_first_of_two_findings_on_one_subject_is_kept() -> None:
    data = base_plan()
    vote = data["confidence_votes"][0]
    vote["published"] = [{"to": "same_level_committee", "at": "2017-12-01T08:00"}] * 2
    document = read("plan.json", json.dumps(data, ensure_ascii=False).encode())
    found = [item for item in checker().check(read_plan(document), document).findings if item.rule == "TD505"]
    assert [item.subject.id for item in found] == [f"{vote['committee']}/same_level_committee"]
