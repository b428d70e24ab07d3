"""Every rule at, just inside and just outside each of its bounds: the pack's own tests, one file a rule."""

import json
from itertools import cycle
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.appraisal import CASES, ROOT, appraised, base_plan, checker, found
from thamdinh.engine.base.problem import Path
from thamdinh.engine.directive.packs import read, ruleset
from thamdinh.engine.documents import read as read_json
from thamdinh.engine.model.changes import changed
from thamdinh.engine.model.integrity import read_plan

FILES = sorted((ROOT / "rules" / "ben_tre_2017" / "tests").glob("TD*.yaml"))


class Loader(yaml.SafeLoader):
    """YAML in which times stay text, as in plans."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def cases() -> list[Any]:
    return [
        pytest.param(case["change"], case["expect"], id=f"{path.stem}: {case['name']}")
        for path in FILES
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader)["tests"]
    ]


CASES_OF_RULES = cases()
FORCES = ("police", "military", "border_guard")
BREACHES = [case.values for case in CASES_OF_RULES if len(case.values[1]) == 1]


def test_clauses_severity_and_subject_of_every_rule_stay_what_stored_audits_refer_to() -> None:
    table = yaml.load((CASES / "table.yaml").read_text(encoding="utf-8"), Loader)
    assert {
        item.rule: {"clauses": list(item.clauses), "severity": item.severity, "subject": item.subject_entity}
        for item in ruleset().judgements
    } == table["rules"]
    assert [item.clause for item in ruleset().judgements] == [item.clauses[0] for item in ruleset().judgements]
    [exception] = read().directive.exceptions
    assert (exception.id, list(exception.suspends)) == ("D15", table["suspended_by_D15"])


def test_every_rule_has_cases() -> None:
    assert {path.stem for path in FILES} == set(ruleset().rules)


@pytest.mark.parametrize(("change", "expect"), CASES_OF_RULES)
def test_exactly_the_expected_findings_are_made(change: list[dict[str, Any]], expect: list[str]) -> None:
    assert found(appraised(changed(base_plan(), change))) == sorted(expect)


def test_each_rule_has_a_case_that_breaches_it_and_a_case_that_keeps_it() -> None:
    for path in FILES:
        expected = [case.values[1] for case in CASES_OF_RULES if str(case.id).startswith(path.stem)]
        assert any(finding.startswith(path.stem) for findings in expected for finding in findings), path.stem
        assert any(not any(f.startswith(path.stem) for f in findings) for findings in expected), path.stem


@given(order=st.permutations(range(5)), data=st.sampled_from([*BREACHES, ([], [])]))
def test_the_order_of_participants_changes_no_finding(order: list[int], data: tuple[Any, Any]) -> None:
    change, expect = data
    plan = changed(base_plan(), change)
    plan["participants"] = [plan["participants"][position] for position in order]
    assert found(appraised(plan)) == sorted(expect)


@pytest.mark.parametrize(
    ("change", "kind"),
    # One force a case, the next for the next: each meets a third of the cases, and cases of every rule.
    [(case.values[0], kind) for case, kind in zip(CASES_OF_RULES, cycle(FORCES), strict=False)],
    ids=str,
)
def test_a_force_under_its_sector_gets_no_finding_of_the_suspended_clauses(
    change: list[dict[str, Any]], kind: str
) -> None:
    plan = changed(base_plan(), change)
    plan["organization"]["kind"] = kind
    plan["conference"]["directed_by"] = "Đảng ủy ngành"
    verdict = appraised(plan)
    assert found(verdict) == []
    suspended = [item.rule for item in verdict.not_applicable if item.by == "D15"]
    assert suspended == [rule for rule in ruleset().rules if rule not in ("TD601", "TD602")]


VOTE = "confidence_votes[dang-uy]"
LATE = {"set": f"{VOTE}.ballots_distributed_at", "value": "2017-12-29T15:00"}


@pytest.mark.parametrize(
    ("rule", "changes", "place"),
    [
        ("TD502", [{"set": f"{VOTE}.briefing.covers", "value": ["purpose"]}], ("confidence_votes", 0, "briefing")),
        ("TD502", [{"remove": f"{VOTE}.briefing"}], ("confidence_votes", 0)),
        ("TD503", [LATE], ("confidence_votes", 0, "ballots_distributed_at")),
        ("TD503", [{"remove": f"{VOTE}.ballots_distributed_at"}], ("confidence_votes", 0)),
        ("TD504", [{"set": f"{VOTE}.published", "value": []}], ("confidence_votes", 0, "published")),
        *((rule, [{"remove": VOTE}], ("committees", 0)) for rule in ("TD502", "TD503", "TD504")),
    ],
    ids=str,
)
def test_what_a_vote_lacks_is_shown_at_the_vote_and_at_the_committee_where_there_is_none(
    rule: str, changes: list[dict[str, Any]], place: Path
) -> None:
    document = read_json("plan.json", json.dumps(changed(base_plan(), changes), ensure_ascii=False, indent=1).encode())
    verdict = checker().check(read_plan(document), document)
    places = {finding.place for finding in verdict.findings if finding.rule == rule}
    assert places == {document.place(place, key=len(place) == 3)}
    assert {finding.subject.id.split("/")[0] for finding in verdict.findings if finding.rule == rule} == {"dang-uy"}
