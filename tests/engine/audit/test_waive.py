"""A waived finding stays in an audit, marked, and does not count; across plans as within one."""

import datetime
from pathlib import Path

from tests.engine.audit.auditing import BREACHED, KEY, PLAN, audits_here, lines, plan_named, written
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.totals import Totals
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.waivers.waivers import Waivers, waivers_in_force

END = (datetime.date.today() + datetime.timedelta(days=60)).isoformat()
WAIVER = """\
  - rule: {rule}
    subject: plan
    reason: đã báo cáo
    approved_by: Thường trực Tỉnh ủy
    document: 12-CV/TU
    valid_until: {end}
"""


def waivers(*rules: str, end: str = END) -> str:
    return "schema: 1\nwaivers:\n" + "".join(WAIVER.format(rule=rule, end=end) for rule in rules)


def run(file: Path, waivers: Path | None = None, **asked: object) -> tuple[Totals, list[AuditedPlan]]:
    in_force = Waivers() if waivers is None else waivers_in_force(str(waivers))
    with audits_here(), Ledger() as ledger:
        totals = audit(Request((str(file),), key=KEY, waivers=in_force, **asked), ledger)  # type: ignore[arg-type]
        return totals, list(ledger.outcomes())


def waived(outcome: AuditedPlan) -> dict[str, bool]:
    return {finding.rule: finding.waived is not None for finding in outcome.verdict.findings}


def test_a_file_among_the_plans_waives_nothing(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        lines(tmp_path / name / "plans.jsonl", [BREACHED.replace("xã A".encode(), f"xã {name}".encode())])
    (tmp_path / "a" / "waivers.yaml").write_text(waivers("TD602"), encoding="utf-8")
    totals, (first, second) = run(tmp_path, ignore=("TD803",))
    assert (waived(first), waived(second)) == ({"TD602": False}, {"TD602": False})
    assert (totals.waived, totals.findings["error"]) == (0, 2)
    totals, (first, second) = run(tmp_path, tmp_path / "a" / "waivers.yaml", ignore=("TD803",))
    assert (waived(first), waived(second)) == ({"TD602": True}, {"TD602": True})
    assert (first.verdict.status, second.verdict.status) == ("compliant", "compliant")


def test_a_file_given_for_all_and_findings_across_plans(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [BREACHED, BREACHED, written(plan_named("Đảng bộ xã B"))])
    given = tmp_path / "given.yaml"
    given.write_text(waivers("TD801"), encoding="utf-8")
    totals, (first, _, _) = run(file, waivers=given, ignore=("TD803",))
    assert waived(first) == {"TD602": False, "TD801": True}
    assert totals.waived == 2


def test_a_waiver_that_has_ended_covers_nothing(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [BREACHED])
    (tmp_path / "waivers.yaml").write_text(waivers("TD602", end="2018-01-01"), encoding="utf-8")
    assert run(file, tmp_path / "waivers.yaml")[0].waived == 0


def test_a_waivers_file_that_can_not_be_read_is_told_once_and_fails_the_audit(tmp_path: Path) -> None:
    lines(tmp_path / "plans.jsonl", [BREACHED, PLAN, BREACHED])
    (tmp_path / "waivers.yaml").write_text("waivers: [", encoding="utf-8")
    totals, _ = run(tmp_path, tmp_path / "waivers.yaml", ignore=("TD8",))
    assert [problem.code for problem in totals.unread] == ["PL001"]
    assert totals.exit_status("never") == 2


def test_waivers_that_matched_nothing_are_told_of_once_and_others_one_by_one(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [BREACHED, PLAN])
    given = tmp_path / "given.yaml"
    far = (datetime.date.today() + datetime.timedelta(days=5)).isoformat()
    more = WAIVER.format(rule="TD602", end=far) + WAIVER.format(rule="TD101", end="2018-01-01")
    given.write_text(waivers("TD102", "TD401", "TD7X9") + more, encoding="utf-8")
    totals, _ = run(file, given, ignore=("TD8",))
    assert sorted(notice.code for notice in totals.told) == ["PL003", "WV001", "WV002", "WV003"]
    assert "2 miễn trừ" in next(notice for notice in totals.told if notice.code == "WV003").message.vi


def test_waivers_across_plans_count_as_matched(tmp_path: Path) -> None:
    file = lines(tmp_path / "plans.jsonl", [BREACHED, BREACHED])
    given = tmp_path / "given.yaml"
    given.write_text(waivers("TD801"), encoding="utf-8")
    totals, _ = run(file, given, ignore=("TD803",))
    assert (totals.waived > 0, totals.told) == (True, [])
