"""The smallest plan on which two packs do not agree, and the proof that there is none."""

import math
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("z3")

from tests.appraisal import found, plan_of
from tests.engine.assurance.verify.packs import pack, rule
from tests.engine.evaluation.test_scanning import Paper
from thamdinh.engine.assurance.verify import encoding
from thamdinh.engine.assurance.verify.between import smallest_between
from thamdinh.engine.assurance.verify.bounds import Bound
from thamdinh.engine.assurance.verify.witness import Disagreement
from thamdinh.engine.directive.pack import Pack
from thamdinh.engine.directive.packs import read
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.choice import unfit

SMALL = Bound(days=3, sessions=2, discussions=1, reports=1, participants=2, committees=1, publications=1, outcomes=1)


def findings(one: Pack, plan: dict[str, Any]) -> list[str]:
    return found(Checker(one.ruleset).check(plan_of(plan), Paper()))


@pytest.mark.long
def test_a_district_and_its_province_differ_on_a_plan_that_both_are_for() -> None:
    province, district = read(), read("huyen-minh-hoa-2017")
    between = smallest_between(province, district)
    assert between.plan is not None
    assert between.smallest
    assert unfit(province.ruleset, plan_of(between.plan)) is None
    assert unfit(district.ruleset, plan_of(between.plan)) is None
    by_province, by_district = findings(province, between.plan), findings(district, between.plan)
    assert by_province != by_district
    assert not between.plan["participants"]


def test_a_pack_does_not_differ_from_itself_within_the_bound() -> None:
    between = smallest_between(read(), read(), SMALL)
    assert between.plan is None
    assert between.decided


def test_severity_alone_makes_a_difference(tmp_path: Path) -> None:
    one = rule("TD1", "D1", "plan", {"sessions": {"at_most": 0}})
    packs = (
        pack(tmp_path / "one", [one]),
        pack(tmp_path / "other", [{**one, "severity": "advice"}]),
    )
    between = smallest_between(*packs, SMALL)
    assert between.plan is not None
    assert len(between.plan["conference"]["sessions"]) == 1


def test_a_value_that_no_plan_reaches_makes_no_difference(tmp_path: Path) -> None:
    packs = [
        pack(tmp_path / str(most), [rule("TD1", "D1", "plan", {"duration_days": {"at_most": most}})])
        for most in (1, 1.25)
    ]
    assert smallest_between(packs[0], packs[1], SMALL).plan is None


def test_a_wrong_encoding_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = [
        pack(tmp_path / str(most), [rule("TD1", "D1", "plan", {"sessions": {"at_most": most}})]) for most in (0, 1)
    ]
    monkeypatch.setattr(encoding, "math", SimpleNamespace(ceil=math.ceil, floor=lambda bound: math.floor(bound) + 1))
    with pytest.raises(Disagreement):
        smallest_between(packs[0], packs[1], SMALL)
