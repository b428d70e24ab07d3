"""Plans as data, appraised in this process."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from tests.plan_classes import Plan
from thamdinh.engine.assurance.scenarios import Scenario, parse_file
from thamdinh.engine.assurance.scenarios.appraisers import PackAppraiser, appraiser_of
from thamdinh.engine.directive.packs import DEFAULT, ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.model.integrity import read_plan

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"


@cache
def checker(directive: str = DEFAULT, passes: bool = False) -> Checker:
    """One checker for all tests of a directive: building it costs more than a check."""
    return Checker(ruleset(directive), passes=passes)


@cache
def scenario_appraiser(passes: bool = False) -> PackAppraiser:
    """One appraiser for all tests of scenarios."""
    return appraiser_of(ruleset(), passes=passes)


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Those of all feature files, in the order of the files."""
    return tuple(each for path in sorted((ROOT / "features").glob("*.feature")) for each in parse_file(path).scenarios)


def plan_of(data: dict[str, Any]) -> Plan:
    """The plan given as data. Raises Unreadable where it is not valid."""
    return read_plan(read("plan.json", json.dumps(data, ensure_ascii=False).encode()))


def appraised(data: dict[str, Any], directive: str = DEFAULT, *, passes: bool = False) -> Verdict:
    """The verdict on a valid plan given as data. Raises Unreadable where it is not valid."""
    document = read("plan.json", json.dumps(data, ensure_ascii=False).encode())
    return checker(directive, passes).check(read_plan(document), document)


def found(verdict: Verdict) -> list[str]:
    """The findings as `TD101 plan`, sorted."""
    return sorted(f"{finding.rule} {finding.subject.id}" for finding in verdict.findings)


def base_plan() -> dict[str, Any]:
    """The small compliant plan that cases start from."""
    document = read("plan.yaml", (ROOT / "rules" / "ben_tre_2017" / "tests" / "plan.yaml").read_bytes())
    assert isinstance(document.data, dict)
    return document.data
