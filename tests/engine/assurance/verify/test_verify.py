"""What verification says of packs: those that are sound, and those with each fault it looks for."""

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("z3")

from tests.appraisal import checker, found
from tests.engine.assurance.verify.packs import pack, rule
from tests.plan_classes import Kind
from tests.test_words import schema_words
from thamdinh.engine.assurance.verify import encoding
from thamdinh.engine.assurance.verify import verify as module
from thamdinh.engine.assurance.verify.bounds import Bound
from thamdinh.engine.assurance.verify.rendering import report_text
from thamdinh.engine.assurance.verify.report import Cause, Claim, KindReport, ReadParameter, VerifyReport
from thamdinh.engine.assurance.verify.solver import Solver, SolverAnswer
from thamdinh.engine.assurance.verify.verify import kinds_of, verify
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.pack import Pack
from thamdinh.engine.directive.packs import read
from thamdinh.engine.documents import read as read_text
from thamdinh.engine.model.integrity import read_plan

SMALL = Bound(days=3, sessions=3, discussions=1, reports=1, participants=2, committees=1, publications=1, outcomes=1)


def verified(tiny: Pack, *kinds: Kind, bound: Bound = SMALL) -> VerifyReport:
    return verify(tiny, kinds or [Kind.COMMUNE], bound, 30, cached=False, workers=1)


def claims(report: VerifyReport, question: str, standing: str) -> list[Claim]:
    return [claim for claim in report.claims if claim.question == question and claim.standing == standing]


def causes(claim: Claim) -> dict[str, tuple[tuple[str, ...], dict[str, str]]]:
    return {
        cause.rule: (cause.clauses, {read.parameter: read.value for read in cause.parameters}) for cause in claim.causes
    }


@pytest.fixture(scope="module")
def ben_tre() -> VerifyReport:
    """The whole pack, every kind, within the bound that users get."""
    return verify(read(), list(Kind), Bound(), 60, cached=False, workers=1)


@pytest.mark.long
def test_the_directive_is_proved(ben_tre: VerifyReport) -> None:
    assert {claim.standing for claim in ben_tre.claims} == {"proved", "aside"}
    assert ben_tre.exit_status == 0
    assert not ben_tre.dead
    for kind in ben_tre.kinds:
        assert [claim.standing for claim in (*kind.of("satisfiable"), *kind.of("together"))] == ["proved"] * 2


@pytest.mark.long
def test_what_is_said_of_the_directive_is_in_words(ben_tre: VerifyReport) -> None:
    text = report_text(ben_tre, "vi", "none")
    assert "TD202 (kiểm tra, giám sát)" in text
    assert not schema_words(text)


def test_a_reason_names_parameters_by_their_titles() -> None:
    read = ReadParameter(
        "days", "1, 1.5", "D1", "ben-tre-2017", Text("Số ngày", "Days"), Text("1 đến 1,5 ngày", "1 to 1.5 days")
    )
    cause = Cause("TD101", "ben-tre-2017", ("D1",), (read,), Text("Thời lượng", "Duration"))
    refuted = Claim("satisfiable", "", "refuted", Text("không có", "none"), causes=(cause,))
    title = Text("Chỉ đạo", "Directive")
    report = VerifyReport("x", "1", title, Bound(), 1, (KindReport("commune", (refuted,)),), (), ())
    assert "TD101 [ben-tre-2017 D1] Thời lượng (Số ngày: 1 đến 1,5 ngày [ben-tre-2017 D1])" in report_text(report, "vi")
    assert "(Days: 1 to 1.5 days [" in report_text(report, "en")


@pytest.mark.long
def test_every_rule_has_a_smallest_plan_that_raises_exactly_its_finding(ben_tre: VerifyReport) -> None:
    raised = set()
    for claim in claims(ben_tre, "alone", "proved"):
        assert claim.witness is not None
        assert claim.witness.smallest
        (finding,) = claim.witness.findings
        assert finding[0] == claim.about.split()[0]
        raised.add(claim.about)
    assert {about.split()[0] for about in raised} == set(read().ruleset.rules)
    assert {"TD202 inspection_supervision", "TD203 mid_term_review", "TD504 same_level_committee"} <= raised


@pytest.mark.long
def test_witnesses_read_back_and_are_judged_as_claimed(ben_tre: VerifyReport) -> None:
    witnesses = [claim.witness for claim in ben_tre.claims if claim.witness is not None]
    assert len({witness.name for witness in witnesses}) == len(witnesses)
    for witness in witnesses:
        document = read_text("plan.yaml", witness.text.encode())
        verdict = checker().check(read_plan(document), document)
        assert found(verdict) == sorted(" ".join(finding) for finding in witness.findings)
        assert tuple(item.rule for item in verdict.not_applicable) == witness.not_applicable


@pytest.mark.long
def test_the_durations_at_and_beside_each_bound_are_decided(ben_tre: VerifyReport) -> None:
    said = {
        (kind.kind, claim.about): [c.said.en for c in kind.of("boundary") if c.about == claim.about]
        for kind in ben_tre.kinds
        for claim in kind.of("boundary")
    }
    name = "duration (days)"
    assert said[Kind.WARD, "TD101"] == [
        f"{name} = {value}" for value in ("0.5: breached", "1: kept", "1.5: kept", "2: breached")
    ]
    assert said[Kind.PROVINCIAL_SECTOR_CELL, "TD102"] == [
        f"{name} = {value}" for value in ("0: breached", "0.5: kept", "1: kept", "1.5: breached")
    ]
    assert [item.partition(" = ")[2] for item in said[Kind.WARD, "TD503"]] == ["-1: breached", "0: kept", "1: kept"]


@pytest.mark.long
def test_rules_across_plans_are_left_out_by_name(ben_tre: VerifyReport) -> None:
    assert "TD507" in ben_tre.left_out
    assert not any(claim.about.startswith("TD507") for claim in ben_tre.claims)


@pytest.mark.long
def test_an_exception_shows_a_plan_that_it_spares(ben_tre: VerifyReport) -> None:
    alive = claims(ben_tre, "exception", "proved")
    assert len(alive) == 3
    assert all(claim.witness is not None and "TD101" in claim.witness.not_applicable for claim in alive)


def test_rules_that_can_never_all_be_kept_are_named_with_their_clauses_and_parameters(tmp_path: Path) -> None:
    rules = [
        rule("TD101", "D1", "plan", {"duration_days": {"between": {"param": "upper"}}}),
        rule("TD102", "D2", "plan", {"duration_days": {"between": {"param": "lower"}}}),
        rule("TD103", "D3", "plan", {"sessions": {"at_most": 3}}),
    ]
    report = verified(pack(tmp_path, rules, {"upper": ("D1", [1, 1.5]), "lower": ("D2", [2, 2])}))
    (claim,) = claims(report, "satisfiable", "refuted")
    assert causes(claim) == {"TD101": (("D1",), {"upper": "1, 1.5"}), "TD102": (("D2",), {"lower": "2, 2"})}
    assert report.exit_status == 1


def test_rules_that_conflict_only_where_both_are_at_work_are_named(tmp_path: Path) -> None:
    rules = [
        rule("TD1", "D1", "committee", {"some": {"seat": {"committee": {"same_as": "id"}}}}),
        rule("TD2", "D2", "committee", {"none": {"seat": {"role": "member"}}}),
        rule("TD3", "D3", "seat", {"role": "member"}),
    ]
    report = verified(pack(tmp_path, rules))
    assert claims(report, "satisfiable", "proved")
    assert [set(causes(claim)) for claim in claims(report, "together", "refuted")] == [{"TD2", "TD3"}]


@pytest.mark.long
def test_rules_that_never_apply_together_or_forbid_do_not_conflict(tmp_path: Path) -> None:
    rules = [
        rule("TD1", "D1", "plan", {"duration_days": {"at_least": 1}}, {"sessions": {"at_least": 2}}),
        rule("TD2", "D2", "plan", {"duration_days": {"at_most": 0.5}}, {"sessions": {"at_most": 1}}),
        rule("TD3", "D3", "plan", {"sessions": {"at_most": 2}}, {"sessions": {"at_least": 3}}),
    ]
    report = verified(pack(tmp_path, rules))
    assert [claim.standing for claim in report.claims if claim.question == "together"] == ["proved"]
    assert report.exit_status == 0


def test_no_name_in_a_pack_leads_out_of_the_folder_of_witnesses(tmp_path: Path) -> None:
    evil = {**rule("TD1", "D1", "plan", {"term": {"is": {"for": "what"}}}), "for": {"what": ["../../evil", "a/b"]}}
    report = verified(pack(tmp_path, [evil]))
    names = [claim.witness.name for claim in report.claims if claim.witness is not None]
    assert names
    assert not any("/" in name or name.startswith(".") for name in names)


def test_a_rule_that_others_imply_is_named_with_them(tmp_path: Path) -> None:
    rules = [
        rule("TD1", "D1", "plan", {"sessions": {"at_most": 2}}),
        rule("TD2", "D2", "plan", {"sessions": {"at_most": 1}}),
        rule("TD3", "D3", "plan", {"duration_days": {"at_most": 1}}),
    ]
    report = verified(pack(tmp_path, rules))
    (claim,) = claims(report, "alone", "refuted")
    assert claim.about == "TD1"
    assert set(causes(claim)) == {"TD2"}
    assert report.exit_status == 1


def test_a_rule_that_nothing_can_breach_is_refuted(tmp_path: Path) -> None:
    rules = [rule("TD1", "D1", "participant", {"any": [{"eligible": True}, {"eligible": False}]})]
    report = verified(pack(tmp_path, rules))
    assert [claim.about for claim in report.dead] == ["TD1"]
    assert report.exit_status == 1


def test_a_rule_that_is_only_breached_in_several_places_is_no_fault(tmp_path: Path) -> None:
    two_people = {"all": [{"some": {"seat": {"role": "secretary"}}}, {"some": {"seat": {"role": "member"}}}]}
    rules = [rule("TD1", "D1", "participant", {"none": {"participant": {"eligible": False}}}, two_people)]
    report = verified(pack(tmp_path, rules))
    (claim,) = claims(report, "alone", "proved")
    assert claim.witness is not None
    assert claim.witness.findings == (("TD1", "p01"), ("TD1", "p02"))
    assert "several places" in claim.said.en


@pytest.mark.long
def test_exceptions_that_change_nothing_and_rules_that_they_always_suspend_are_dead(tmp_path: Path) -> None:
    rules = [
        rule("TD1", "D1", "plan", {"sessions": {"at_most": 2}}, {"kind": "commune"}),
        rule("TD2", "D2", "plan", {"sessions": {"at_most": 1}}, {"kind": "ward"}),
    ]
    exceptions = [
        {"id": "D8", "when": {"kind": "police"}, "suspends": ["D1"]},
        {"id": "D9", "when": {"kind": "ward"}, "suspends": ["D2"]},
    ]
    report = verified(pack(tmp_path, rules, exceptions=exceptions), *Kind)
    assert [(claim.about, claim.standing) for claim in report.dead] == [("TD2", "refuted"), ("D8", "refuted")]
    assert [claim.about for claim in claims(report, "exception", "proved")] == ["D9"]


def test_what_the_solver_does_not_decide_is_never_called_proved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = [
        rule("TD1", "D1", "plan", {"sessions": {"at_most": 2}}),
        rule("TD2", "D2", "plan", {"duration_days": {"at_most": 1}}),
    ]
    tiny = pack(tmp_path, rules, exceptions=[{"id": "D9", "when": {"sessions": {"at_least": 2}}, "suspends": ["D2"]}])
    monkeypatch.setattr(Solver, "ask", lambda self, *assumptions: SolverAnswer("undecided"))
    report = verified(tiny)
    assert {claim.standing for claim in report.claims} == {"undecided"}
    assert report.exit_status == 2


def test_a_wrong_encoding_is_found_out_by_the_evaluators(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "math", SimpleNamespace(ceil=math.ceil, floor=lambda bound: math.floor(bound) + 1))
    report = verified(pack(tmp_path, [rule("TD1", "D1", "plan", {"sessions": {"at_most": 2}})]))
    wrong = claims(report, "boundary", "disagreed")
    assert wrong
    assert all("durable-rules" in claim.said.vi for claim in wrong)
    assert report.exit_status == 2


def test_what_was_decided_is_kept_and_what_was_not_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    tiny = pack(tmp_path / "pack", [rule("TD1", "D1", "plan", {"sessions": {"at_most": 2}})])
    with monkeypatch.context() as slow:
        slow.setattr(Solver, "ask", lambda self, *assumptions: SolverAnswer("undecided"))
        assert verify(tiny, [Kind.COMMUNE], SMALL, 30, workers=1).exit_status == 2
    first = verify(tiny, [Kind.COMMUNE], SMALL, 30, workers=1)
    assert first.exit_status == 0

    def refuse(*arguments: Any) -> Any:
        raise AssertionError("it was decided before")

    monkeypatch.setattr(module, "_run", refuse)
    assert verify(tiny, [Kind.COMMUNE], SMALL, 30, workers=1) == first
    with pytest.raises(AssertionError):
        verify(tiny, [Kind.COMMUNE], Bound(), 30, workers=1)
    changed = pack(tmp_path / "pack", [rule("TD1", "D1", "plan", {"sessions": {"at_most": 1}})])
    with pytest.raises(AssertionError):
        verify(changed, [Kind.COMMUNE], SMALL, 30, workers=1)


@pytest.mark.long
def test_a_district_that_demands_what_the_province_forbids_is_told_in_the_clauses_of_both(tmp_path: Path) -> None:
    rules = [rule("HM900", "H1", "plan", {"duration_days": {"at_least": {"param": "district_duration"}}})]
    district = pack(tmp_path, rules, {"district_duration": ("H1", 2)}, extends="ben-tre-2017")
    report = verified(district, bound=Bound())
    (claim,) = claims(report, "satisfiable", "refuted")
    assert [(cause.rule, cause.directive, cause.clauses) for cause in claim.causes] == [
        ("HM900", "tiny", ("H1",)),
        ("TD101", "ben-tre-2017", ("D1",)),
    ]
    assert ("grassroots_duration", "1, 1.5", "D1", "ben-tre-2017") in [
        (read.parameter, read.value, read.clause, read.directive) for read in claim.causes[1].parameters
    ]


@pytest.mark.long
@pytest.mark.parametrize("directive", ["huyen-minh-hoa-2017", "cong-an-minh-hoa-2017"])
def test_the_packs_that_illustrate_are_proved_for_the_kinds_they_are_for(directive: str) -> None:
    illustration = read(directive)
    report = verified(illustration, *kinds_of(illustration)[:1], bound=Bound())
    assert report.exit_status == 0, [claim for claim in report.claims if claim.standing == "refuted"]


def test_each_set_of_rules_at_odds_is_told_once_and_the_others_are_still_compared(tmp_path: Path) -> None:
    rules = [
        rule("TD1", "D1", "plan", {"duration_days": {"at_most": 1}}),
        rule("TD2", "D2", "plan", {"duration_days": {"at_least": 2}}),
        rule("TD3", "D3", "plan", {"directed_by": {"present": True}}),
        rule("TD4", "D4", "plan", {"directed_by": {"present": False}}),
        rule("TD5", "D5", "participant", {"eligible": True}),
    ]
    report = verified(pack(tmp_path, rules))
    at_odds = {frozenset(causes(claim)) for claim in claims(report, "satisfiable", "refuted")}
    assert at_odds == {frozenset({"TD1", "TD2"}), frozenset({"TD3", "TD4"})}
    assert claims(report, "together", "proved")
    assert not claims(report, "alone", "refuted")
