"""An audit of which nobody looks at the findings counts the same, words none of them and keeps nothing of the plans in them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.appraisal import ROOT, base_plan
from tests.engine.audit.auditing import KEY, audits_here, lines
from tests.engine.audit.test_waive import waivers
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.audited_plan import AuditedPlan
from thamdinh.engine.audit.run import Request, audit
from thamdinh.engine.audit.totals import Totals
from thamdinh.engine.audit.workers.ledger import Ledger
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.evaluation import wording
from thamdinh.engine.evaluation.verdict import Finding
from thamdinh.engine.waivers.waivers import waivers_in_force

ACROSS = (*ruleset().rules_across, *ruleset("kiem-phieu-2017").rules_across)


def run(request: Request) -> tuple[Totals, list[AuditedPlan]]:
    with audits_here(), Ledger() as ledger:
        return audit(request, ledger), list(ledger.outcomes())


def published_twice() -> dict[str, Any]:
    """A plan that breaches one rule twice with one subject: a verdict has one finding of it."""
    data = base_plan()
    vote = data["confidence_votes"][0]
    vote["published"] = [{**item, "at": vote["counted_at"][:10] + "T00:00"} for item in vote["published"][:1] * 2]
    return data


@pytest.fixture(scope="module")
def request_of(tmp_path_factory: pytest.TempPathFactory) -> Request:
    plans = [made.plan for made in generate(60, seed=9, breach_rate=0.7, people=12, across_rate=0.3)]
    file = lines(tmp_path_factory.mktemp("counted") / "plans.jsonl", [*plans, published_twice()])
    return Request((str(file), str(ROOT / "examples")), key=KEY)


def findings(outcomes: list[AuditedPlan]) -> list[Finding]:
    """The findings of single plans; rules across plans word theirs where they find them."""
    return [finding for outcome in outcomes for finding in outcome.verdict.findings if finding.rule not in ACROSS]


@pytest.mark.long
@pytest.mark.parametrize("redact_names", [False, True])
def test_totals_are_the_same_and_nothing_of_the_plan_is_kept(request_of: Request, redact_names: bool) -> None:
    worded, shown = run(replace(request_of, redact_names=redact_names))
    counted, bare = run(replace(request_of, redact_names=redact_names, counted=True))
    assert counted == worded
    assert worded.findings["error"] > 0
    assert len(findings(bare)) == len(findings(shown))
    assert all(item.fix.vi for item in findings(shown))
    assert not any(item.fix.vi or item.evidence or item.subject.id or item.place.file for item in findings(bare))


@pytest.mark.long
def test_nothing_is_worded(request_of: Request, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "_finding", lambda *_: 1 // 0)
    totals, _ = run(replace(request_of, counted=True, ignore=ACROSS))
    assert totals.problems["EN001"] == 0
    assert totals.findings["error"] > 0


LOOKED_AT: dict[str, Callable[[Path], dict[str, Any]]] = {
    "findings that may be waived": lambda file: {"waivers": waivers_in_force(str(file))},
    "findings of two engines that are compared": lambda _: {"cross_check": 1},
}


@pytest.mark.long
@pytest.mark.parametrize("looked_at", LOOKED_AT)
def test_what_is_looked_at_is_worded(looked_at: str, request_of: Request, tmp_path: Path) -> None:
    file = tmp_path / "waivers.yaml"
    file.write_text(waivers("TD602"), encoding="utf-8")
    totals, outcomes = run(replace(request_of, counted=True, **LOOKED_AT[looked_at](file)))
    assert all(item.fix.vi for item in findings(outcomes))
    assert not totals.differences
