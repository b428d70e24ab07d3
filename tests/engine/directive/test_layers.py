"""Layers: what makes a pack stricter is taken, what loosens it is refused at its place, and the proof is on plans."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from tests.appraisal import ROOT, appraised, base_plan, found
from tests.plan_classes import Plan
from tests.plans import problems
from tests.properties import examples
from tests.strategies import plans, sessions
from thamdinh.engine.base.problem import Path as Path_
from thamdinh.engine.base.problem import Place, Problem
from thamdinh.engine.base.severity import SEVERITIES
from thamdinh.engine.directive.formula import holds
from thamdinh.engine.directive.layers import layered, uses
from thamdinh.engine.directive.lowering import RuleError, lower
from thamdinh.engine.directive.packs import digest, read, ruleset
from thamdinh.engine.directive.ruleset import Ruleset
from thamdinh.engine.directive.written import Directive, Parameter, Rule
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.explain.pages import explain, rule_table
from thamdinh.engine.model.changes import changed
from thamdinh.engine.model.facts import Facts, flatten
from thamdinh.engine.model.parsing import validate

WORDS = {"vi": "Lời", "en": "Words"}
HEAD: dict[str, Any] = {
    "schema": 1,
    "id": "layer",
    "version": "1",
    "extends": "ben-tre-2017",
    "title": WORDS,
    "issuer": {"vi": "Huyện ủy", "en": "District"},
    "jurisdiction": {"province": "Bến Tre", "district": "Huyện Châu Thành", "kind": ["commune"]},
    "term": "2015-2020",
    "valid_from": "2017-12-18",
    "valid_to": "2018-06-30",
    "source": {"title": WORDS, "date": "2017-12-18"},
    "clauses": [{"id": "H1", "modality": "obligation", "source": {"paragraph": 1, "sentence": 1}, "text": WORDS}],
}
UPPER = read()


def head(**changes: Any) -> dict[str, Any]:
    return {**HEAD, **changes}


def parameter(name: str, value: Any, **changes: Any) -> dict[str, Any]:
    """A parameter of ben-tre-2017 declared anew."""
    known = next(item for item in UPPER.directive.parameters if item.id == name)
    return {
        "id": name,
        "value": value,
        "unit": known.unit,
        "clause": "H1",
        "title": WORDS,
        "reason": WORDS,
        **changes,
    }


def pack(folder: Path, written: dict[str, Any]) -> str:
    folder.mkdir(exist_ok=True)
    (folder / "directive.yaml").write_text(yaml.safe_dump(written, allow_unicode=True, sort_keys=False))
    return str(folder)


def faults(folder: Path, written: dict[str, Any]) -> tuple[Problem, ...]:
    return problems(lambda: read(pack(folder, written)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grassroots_duration", [1, 1]),
        ("grassroots_duration", [1.5, 1.5]),
        ("grassroots_duration", [1, 1.5]),
        ("early_ballot_lead", 30),
        ("least_targets", 2),
        ("convened_standings", ["congress_delegate"]),
        ("grassroots_kinds", ["commune", "ward", "township", "provincial_sector_cell"]),
        ("integrated_contents", ["leadership_self_criticism", "inspection_supervision", "year_end_review"]),
        ("who_may_waive", ["same_level_committee"]),
    ],
    ids=str,
)
def test_a_stricter_value_is_taken(tmp_path: Path, name: str, value: Any) -> None:
    assert faults(tmp_path, head(parameters=[parameter(name, value)])) == ()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("grassroots_duration", [1, 2], ["D1", "TD101", "1 đến 1,5"]),
        ("grassroots_duration", [0.5, 1], ["D1", "TD101"]),
        ("grassroots_duration", [2, 2], ["D1", "TD101"]),
        ("early_ballot_lead", -5, ["D13", "TD503", "trở lên"]),
        ("least_targets", 0, ["A2", "TD702", "trở lên"]),
        ("convened_standings", ["congress_delegate", "key_cadre", "customary"], ["D6", "TD301", "Chỉ chọn trong"]),
        ("convened_standings", ["customary"], ["TD301"]),
        ("grassroots_kinds", ["commune"], ["D1", "TD101", "Giữ đủ"]),
        ("integrated_contents", ["inspection_supervision"], ["D4", "TD202"]),
        ("required_audiences", ["same_level_committee"], ["D14", "TD504"]),
        # It loosens the exception, or the rule on those who are no force, whichever way it goes.
        ("force_kinds", ["police", "military", "border_guard", "ward"], ["D15"]),
        ("force_kinds", ["police", "military"], ["D15", "TD601"]),
        ("elected_standings", ["elected_in_addition", "customary"], ["D6", "TD301", "dù nơi khác có chặt hơn"]),
        # Nobody can know which way these go.
        ("morning_ends", "11:00", ["D1", "Không xác định"]),
        ("afternoon_begins", "13:00", ["D1", "Không xác định"]),
    ],
    ids=str,
)
def test_a_loosening_is_refused_at_its_value_and_names_the_clause(
    tmp_path: Path, name: str, value: Any, words: list[str]
) -> None:
    [problem] = faults(tmp_path, head(parameters=[parameter(name, value)]))
    assert problem.code == "LY001"
    text = (tmp_path / "directive.yaml").read_text().splitlines()
    assert problem.place.line is not None
    assert text[problem.place.line - 1].strip().startswith(("value:", "- "))
    assert all(word in problem.message.vi + problem.fix.vi for word in words), problem


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"parameters": [parameter("grassroots_duration", 1)]}, "PL003", "cùng dạng"),
        ({"parameters": [parameter("grassroots_duration", ["a", "b"])]}, "PL003", "cùng dạng"),
        ({"parameters": [parameter("early_ballot_lead", 30, unit="day")]}, "PL003", "đơn vị"),
        ({"parameters": [parameter("early_ballot_lead", 30, clause="H9")]}, "PL003", "H9"),
        ({"parameters": [parameter("early_ballot_lead", 30, delegable=True)]}, "LY001", "giao tiếp"),
        ({"parameters": [parameter("grassroots_kinds", ["commune", "ward", "township", "town"])]}, "PL003", "town"),
        ({"severities": [{"rule": "TD101", "severity": "warning", "clause": "H1", "reason": WORDS}]}, "LY001", "D1"),
        ({"severities": [{"rule": "TD503", "severity": "advice", "clause": "H1", "reason": WORDS}]}, "LY001", "D13"),
        ({"severities": [{"rule": "TD999", "severity": "error", "clause": "H1", "reason": WORDS}]}, "PL003", "TD999"),
        ({"severities": [{"rule": "TD503", "severity": "error", "clause": "H8", "reason": WORDS}]}, "PL003", "H8"),
        (
            {"exceptions": [{"id": "H1", "when": {"kind": "commune"}, "suspends": ["D9"], "reason": WORDS}]},
            "LY001",
            "D9",
        ),
        (
            {"exceptions": [{"id": "H1", "when": {"kind": "commune"}, "suspends": ["H1", "D9"], "reason": WORDS}]},
            "LY001",
            "D9",
        ),
        ({"readings": {"morning_ends": "morning_ends", "afternoon_begins": "afternoon_begins"}}, "LY001", "readings"),
        ({"jurisdiction": {"province": "Bến Tre", "kind": []}}, "PL002", "kind"),
        (
            {"exceptions": [{"id": "H1", "when": {"kind": "commune"}, "suspends": [], "reason": WORDS}]},
            "PL002",
            "suspends",
        ),
        ({"valid_from": "2017-01-01"}, "LY001", "thời gian"),
        ({"valid_to": "2029-01-01"}, "LY001", "thời gian"),
        ({"jurisdiction": {"province": "Tiền Giang"}}, "LY001", "địa bàn"),
        ({"extends": "ben-tre-2018"}, "PL003", "ben-tre-2017"),
        ({"clauses": [{**HEAD["clauses"][0], "id": "D1"}]}, "PL004", "D1"),
    ],
    ids=str,
)
def test_what_else_a_layer_may_not_do_is_refused(
    tmp_path: Path, changes: dict[str, Any], code: str, words: str
) -> None:
    problem = faults(tmp_path, head(**changes))[0]
    assert (problem.code, words in problem.message.vi + problem.fix.vi) == (code, True), problem
    assert problem.place.line is not None
    assert problem.place.file.endswith("directive.yaml")
    assert str(tmp_path) in problem.place.file


def test_a_rule_of_the_upper_pack_is_not_replaced_and_none_is_dropped(tmp_path: Path) -> None:
    known = next(rule for rule in UPPER.rules if rule.id == "TD101")
    again = known.model_dump(mode="json", by_alias=True, exclude_unset=True)
    [problem] = faults(tmp_path, head(rules=[again]))
    assert (problem.code, "TD101" in problem.message.vi) == ("PL004", True)
    assert set(read(pack(tmp_path, head())).ruleset.rules) == set(UPPER.ruleset.rules)


def test_what_the_upper_pack_delegates_may_be_set_at_will(tmp_path: Path) -> None:
    upper = tmp_path / "upper"
    shutil.copytree(ROOT / "rules" / "ben_tre_2017", upper)
    text = (upper / "directive.yaml").read_text()
    text = text.replace("    value: [1, 1.5]\n", "    value: [1, 1.5]\n    delegable: true\n")
    text = text.replace("  - id: D9\n", "  - id: D9\n    delegable: true\n").replace(
        "id: ben-tre-2017", "id: tren-2017"
    )
    (upper / "directive.yaml").write_text(text)
    written = head(
        extends="../upper",
        parameters=[parameter("grassroots_duration", [0.5, 2])],
        severities=[{"rule": "TD401", "severity": "advice", "clause": "H1", "reason": WORDS}],
        exceptions=[{"id": "H1", "when": {"kind": "ward"}, "suspends": ["D9"], "reason": WORDS}],
    )
    made = read(pack(tmp_path / "lower", written))
    assert {(change.what, change.delegated) for _, change in made.amendments} == {
        ("grassroots_duration", True),
        ("TD401", True),
    }


def test_a_layer_that_demands_what_the_upper_pack_forbids_is_a_rule_of_its_own_and_loads(tmp_path: Path) -> None:
    rule = {
        "id": "HX101",
        "clause": ["H1"],
        "severity": "error",
        "title": WORDS,
        "each": "plan",
        "where": {"kind": "commune"},
        "require": {"duration_days": {"at_least": 2}},
        "message": WORDS,
        "fix": WORDS,
        "examples": {"breach": "{}", "pass": "{}"},
    }
    made = pack(tmp_path, head(rules=[rule]))
    assert found(appraised(base_plan(), made)) == ["HX101 plan"]


def test_a_tightened_rule_keeps_its_code_and_cites_who_tightened_it() -> None:
    longer = [
        {
            "add": "conference.sessions",
            "value": {"start": "2017-12-29T07:30", "end": "2017-12-29T11:00", "part": "mid_term"},
        }
    ]
    plan = changed(base_plan(), longer)
    assert found(appraised(plan)) == []
    verdict = appraised(plan, "huyen-minh-hoa-2017")
    finding = next(item for item in verdict.findings if item.rule == "TD101")
    assert (finding.clause, finding.severity) == ("D1", "error")
    assert "H1 của Huyện ủy Minh Họa" in finding.message.vi
    assert "1 thay cho 1 đến 1,5" in finding.message.vi
    assert finding.evidence["amended_by"] == ["H1"]


def test_packs_that_extend_each_other_in_a_circle_are_refused(tmp_path: Path) -> None:
    pack(tmp_path / "a", head(extends="../b"))
    [problem] = faults(tmp_path / "b", head(extends="../a"))
    assert "vòng tròn" in problem.message.vi
    assert digest(tmp_path / "a")


@pytest.mark.long
def test_a_kept_ruleset_is_read_anew_when_the_pack_above_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    upper = tmp_path / "upper"
    shutil.copytree(ROOT / "rules" / "ben_tre_2017", upper)
    text = (upper / "directive.yaml").read_text().replace("id: ben-tre-2017", "id: tren-2017")
    (upper / "directive.yaml").write_text(text)
    lower = pack(tmp_path / "lower", head(extends="../upper"))
    before = ruleset(lower)
    (upper / "directive.yaml").write_text(text.replace("value: [1, 1.5]", "value: [1, 1.25]"))
    assert ruleset(lower) != before


# That a value is stricter is claimed from how rules read it. The claim is held to what happens to plans.

NUMBERS = st.sampled_from([0, 0.5, 1, 1.5, 2, 3])
KINDS = st.lists(st.sampled_from(["commune", "ward", "police"]), min_size=1, unique=True)
SETTINGS = examples(1.5, suppress_health_check=[HealthCheck.filter_too_much])


def conditions(test: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Conditions over the plan that read the parameter p once, or not at all, at any depth."""
    bounded = "in" not in test
    field = "duration_days" if bounded else "kind"
    reading = st.just({field: test})
    if bounded:
        reading |= st.sampled_from(["some", "none"]).map(lambda which: {which: {"outcome": {"targets": test}}})
    plain = st.sampled_from([{"sessions": {"at_least": 2}}, {"kind": "commune"}, {"directed_by": {"present": True}}])

    def deeper(parts: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        several = st.lists(parts, min_size=1, max_size=2)
        return parts.map(lambda c: {"not": c}) | several.map(lambda c: {"all": c}) | several.map(lambda c: {"any": c})

    return st.recursive(reading | plain, deeper, max_leaves=3)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any], Any, Any]:
    """Where and require of a rule, and two values of the parameter that they read."""
    operator = draw(st.sampled_from(["between", "at_least", "at_most", "less_than", "more_than", "in"]))
    values = {
        "between": st.tuples(NUMBERS, NUMBERS).map(sorted).map(tuple),
        "in": KINDS.map(tuple),
    }.get(operator, NUMBERS)
    made = conditions({operator: {"param": "p"}})
    return draw(made), draw(made), draw(values), draw(values)


def rule_of(where: dict[str, Any], require: dict[str, Any]) -> Rule:
    return Rule.model_validate(
        {
            "id": "X1",
            "clause": ["D1"],
            "severity": "error",
            "title": WORDS,
            "each": "plan",
            "where": where,
            "require": require,
            "message": WORDS,
            "fix": WORDS,
            "examples": {"breach": "{}", "pass": "{}"},
        }
    )


def directive_with(value: Any) -> Directive:
    p = Parameter.model_validate(
        {"id": "p", "value": value, "unit": "count", "clause": "D1", "title": WORDS, "reason": WORDS}
    )
    return UPPER.directive.model_copy(update={"parameters": (p,), "exceptions": (), "readings": None, "waivers": None})


def fail(error: RuleError, rule: Rule | None) -> None:
    raise error


def breached(rules: Ruleset, facts: Facts) -> bool:
    [judgement] = rules.judgements
    [row] = facts["plan"]
    return holds(judgement.where, row, facts) and not holds(judgement.require, row, facts)


@st.composite
def small_plans(draw: st.DrawFn) -> dict[str, Any]:
    """Plans with what the conditions read, and nothing else."""
    plan = {**base_plan(), "reports": [], "participants": [], "committees": [], "confidence_votes": []}
    plan["organization"] = {**plan["organization"], "kind": draw(st.sampled_from(["commune", "ward", "police"]))}
    sat = draw(st.lists(sessions(), max_size=4))
    plan["conference"] = {
        **plan["conference"],
        "sessions": sat,
        "directed_by": draw(st.sampled_from([None, "Đảng ủy"])),
    }
    targets = draw(st.lists(st.integers(0, 3), max_size=2))
    plan["outcomes"] = [{"kind": "resolution", "subject": "next_year", "targets": number} for number in targets]
    return plan


@pytest.mark.long
@SETTINGS
@given(cases(), small_plans())
def test_what_is_taken_as_stricter_lets_no_plan_pass_that_was_in_breach(
    case: tuple[dict[str, Any], dict[str, Any], Any, Any], data: dict[str, Any]
) -> None:
    where, require, old, new = case
    rule = rule_of(where, require)
    read_by = uses("p", [rule], [])
    assume(read_by and all(use.allows(old, new) for use in read_by))
    facts = flatten(validate(Plan, data), UPPER.ruleset.readings)
    above = lower(directive_with(old), [rule], fail)
    below = lower(directive_with(new), [rule], fail)
    assert not breached(above, facts) or breached(below, facts)


@pytest.mark.parametrize("flip", [lambda c: c, lambda c: {"not": c}], ids=["as it is", "negated"])
def test_each_operator_has_its_way_of_growing_stricter(
    flip: Callable[[dict[str, Any]], dict[str, Any]],
) -> None:
    stricter = {"at_least": 2, "more_than": 2, "at_most": 0, "less_than": 0}
    for operator, value in stricter.items():
        other = 2 - value
        rule = rule_of({}, flip({"sessions": {operator: {"param": "p"}}}))
        [use] = uses("p", [rule], [])
        negated = flip({}) != {}
        assert use.allows(1, other if negated else value)
        assert not use.allows(1, value if negated else other)


@pytest.mark.parametrize(
    ("condition", "fewer"),
    [
        ({"sessions": {"at_least": {"param": "p"}}}, True),
        ({"not": {"sessions": {"at_least": {"param": "p"}}}}, False),
        ({"not": {"not": {"sessions": {"at_least": {"param": "p"}}}}}, True),
        ({"any": [{"all": [{"sessions": {"at_least": {"param": "p"}}}]}]}, True),
        ({"some": {"outcome": {"targets": {"at_least": {"param": "p"}}}}}, True),
        ({"none": {"outcome": {"targets": {"at_least": {"param": "p"}}}}}, False),
        ({"not": {"none": {"outcome": {"targets": {"at_least": {"param": "p"}}}}}}, True),
    ],
    ids=str,
)
def test_which_way_is_stricter_follows_from_where_the_parameter_stands(condition: dict[str, Any], fewer: bool) -> None:
    [required] = uses("p", [rule_of({}, condition)], [])
    [scope] = uses("p", [rule_of(condition, {})], [])
    assert (required.fewer, scope.fewer) == (fewer, not fewer)


def test_a_layer_that_changes_nothing_makes_the_same_judgements() -> None:
    layer = UPPER.directive.model_copy(
        update={"id": "x", "clauses": (), "parameters": (), "exceptions": (), "rules": (), "readings": None}
    )
    made = layered(UPPER.directive, UPPER.rules, layer, [], fail)
    assert lower(made.directive, made.rules, fail).judgements == UPPER.ruleset.judgements


@examples(0.75)
@given(plans())
def test_whatever_the_province_finds_the_district_finds_too_and_no_less_grave(data: dict[str, Any]) -> None:
    plan, district = validate(Plan, data), ruleset("huyen-minh-hoa-2017")
    checked = [Checker(rules, Compiled).check(plan, Nowhere()) for rules in (UPPER.ruleset, district)]
    above, below = (
        {(finding.rule, finding.subject): SEVERITIES.index(finding.severity) for finding in verdict.findings}
        for verdict in checked
    )
    assert all(subject in below and below[subject] <= severity for subject, severity in above.items())
    assert set(checked[0].not_applicable) <= set(checked[1].not_applicable)


class Nowhere:
    """A document whose places do not matter."""

    file = "plan"
    notices = ()
    data = None

    def place(self, path: Path_, *, key: bool = False) -> Place:
        return Place("plan")

    def label(self, path: Path_) -> None:
        return None

    def excerpt(self, place: Place) -> None:
        return None


def test_a_title_says_what_was_tightened_wherever_rules_are_listed() -> None:
    made = read("huyen-minh-hoa-2017")
    assert "30 thay cho 0" in explain(made, "TD503", "vi")
    assert "1 thay cho 1 đến 1,5" in rule_table(made, "vi")
    assert "thay cho" not in rule_table(UPPER, "vi")
