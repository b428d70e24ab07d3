"""The summary counts what the outcomes hold, in one pass, and lists a fair sample where there are too many plans."""

from collections import Counter
from dataclasses import replace
from random import Random

import pytest

from tests.audits import outcomes
from thamdinh.engine.audit.report.summary import PlanLine, district_name, groups_by_name, summarised
from thamdinh.engine.evaluation.verdict import NotApplicable


@pytest.mark.long
def test_every_plan_and_finding_is_counted_once_in_each_view() -> None:
    summary = summarised(outcomes(150), 1000)
    statuses = Counter(outcome.verdict.status for outcome in outcomes(150))
    findings = [(outcome, finding) for outcome in outcomes(150) for finding in outcome.verdict.findings]
    assert summary.total.statuses == statuses
    assert summary.total.findings == Counter(finding.severity for _, finding in findings)
    for groups in (summary.districts, summary.kinds):
        assert sum((group.statuses for group in groups.values()), Counter()) == statuses
        assert sum((group.findings for group in groups.values()), Counter()) == summary.total.findings
    for outcome in outcomes(150):
        if outcome.organization is not None:
            assert summary.districts[outcome.district].plans > 0
    assert {code: breach.findings for code, breach in summary.rules.items()} == Counter(f.rule for _, f in findings)
    breached = {(f.clause, f.severity, o.place) for o, f in findings}
    assert {code: breach.plans for code, breach in summary.graded.items()} == Counter(
        (clause, severity) for clause, severity, _ in breached
    )
    assert {code: breach.plans for code, breach in summary.clauses.items()} == Counter(
        clause for clause, _ in {(clause, place) for clause, _, place in breached}
    )
    assert {breach.severity for _, breach in summary.graded_order} == {"error", "warning", "advice"}
    on_map = {(f.clause if f.severity == "error" else f.rule, o.district, o.place) for o, f in findings}
    assert summary.heat == Counter((row, district) for row, district, _ in on_map)
    assert summary.total.share == statuses["compliant"] / (statuses["compliant"] + statuses["non_compliant"])


@pytest.mark.long
def test_waived_findings_are_counted_apart_and_suspended_rules_by_their_exception() -> None:
    breached = next(outcome for outcome in outcomes(150) if len(outcome.verdict.findings) == 1)
    waived = replace(breached.verdict.findings[0], waived={"reason": "x"})
    verdict = replace(breached.verdict, findings=(waived,), not_applicable=(NotApplicable("TD101", "D15"),) * 2)
    summary = summarised([replace(breached, verdict=verdict)], 10)
    assert (summary.waived, summary.total.findings, summary.rules) == (1, Counter(), {})
    assert summary.suspended == {"D15": 1}
    assert summary.total.statuses == {"compliant": 1}


@pytest.mark.long
def test_plans_are_listed_by_district_and_organisation_in_vietnamese_order() -> None:
    def line(district: str | None, organization: str | None, place: str = "x") -> PlanLine:
        return PlanLine(place, organization, "commune", district, None, "compliant", (), ())

    ordered = [
        line("Huyện Ba Tri", "Đảng bộ xã An Hiệp"), line("Huyện Ba Tri", "Đảng bộ xã Ân Hiệp"),
        line("Huyện Châu Thành", "Chi bộ A"), line("Huyện Châu Thành", "Đảng bộ A", "a"),
        line("Huyện Châu Thành", "Đảng bộ A", "b.jsonl:2"), line("Huyện Châu Thành", "Đảng bộ A", "b.jsonl:10"),
        line("Thành phố Bến Tre", "A"), line(None, "A"), line(None, None),
    ]  # fmt: skip
    assert sorted(Random(3).sample(ordered, len(ordered)), key=PlanLine.order) == ordered
    names = [district_name(name, "vi") for name, _ in groups_by_name(summarised(outcomes(150), 0).districts)]
    assert names[-2:] == ["Không ghi huyện", "Chưa đọc được kế hoạch"]
    assert names.index("Huyện Chợ Lách") < names.index("Huyện Giồng Trôm") < names.index("Thành phố Bến Tre")


@pytest.mark.long
def test_beyond_the_limit_a_sample_is_listed_that_does_not_depend_on_the_order() -> None:
    forth, back = summarised(outcomes(150), 40), summarised(reversed(outcomes(150)), 40)
    assert forth.lines == back.lines
    assert len(forth.lines) == 40
    assert all(line in forth.lines for line in forth.sampled(10))
    assert forth.total == back.total == summarised(outcomes(150), 1000).total
    copies = (replace(one, place=f"{copy}/{one.place}") for copy in "abcd" for one in outcomes(150))
    invalid = sum(line.status == "invalid" for line in summarised(copies, 200).lines)
    assert 8 <= invalid <= 30, "an eleventh of the plans is invalid, of the sample too"
