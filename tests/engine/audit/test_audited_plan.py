"""Outcomes can be sent and kept, and may be moved to another place."""

import json
import pickle
from pathlib import Path

from tests.appraisal import ROOT, base_plan
from thamdinh.engine.audit.audited_plan import moved
from thamdinh.engine.audit.inputs.listing import entries
from thamdinh.engine.audit.workers.batch import AuditJob, Batch, Entry, audit_batch
from thamdinh.engine.base.problem import Unreadable
from thamdinh.engine.directive.packs import ruleset

BREACHED = ROOT / "examples" / "breached" / "lay-phieu.yaml"
JOB = AuditJob("test", (ruleset(),))


def test_a_batch_gives_one_outcome_a_plan_in_order_and_all_of_it_can_be_pickled() -> None:
    named = (Entry(str(BREACHED)), Entry("no-such-file.yaml"))
    batch, job = pickle.loads(pickle.dumps((Batch(0, named), JOB)))
    breached, missing = pickle.loads(pickle.dumps(audit_batch(batch, job)))
    assert (breached.kind, breached.verdict.status) == ("township", "non_compliant")
    assert "TD501" in {finding.rule for finding in breached.verdict.findings}
    assert [problem.code for problem in missing.verdict.problems] == ["PL006"]


def test_what_an_input_lacks_can_be_sent_as_an_exception_too() -> None:
    (missing,) = audit_batch(Batch(0, (Entry("no-such-file.yaml"),)), JOB)
    sent = pickle.loads(pickle.dumps(Unreadable(*missing.verdict.problems)))
    assert sent.problems == missing.verdict.problems
    assert str(sent) == missing.verdict.problems[0].message.en


def test_equal_bytes_read_as_something_else_have_another_digest(tmp_path: Path) -> None:
    content = json.dumps(base_plan()).encode()
    names = ("a.json", "b.json", "c.yaml", "d.jsonl")
    for name in names:
        (tmp_path / name).write_bytes(content)
    found = audit_batch(Batch(0, tuple(entries([str(tmp_path / name) for name in names]))), JOB)
    assert [outcome.verdict.status for outcome in found] == ["compliant"] * 4
    digests = [outcome.digest for outcome in found]
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_a_line_is_read_by_its_bytes_and_its_findings_stand_at_that_line(tmp_path: Path) -> None:
    plan = base_plan()
    plan["conference"]["directed_by"] = "Đảng ủy Công an"
    first, second = (json.dumps(data, ensure_ascii=False).encode() + b"\n" for data in (base_plan(), plan))
    file = tmp_path / "plans.jsonl"
    file.write_bytes(first + second)
    (outcome,) = audit_batch(Batch(0, (Entry(str(file), line=2, offset=len(first), length=len(second)),)), JOB)
    (finding,) = outcome.verdict.findings
    assert outcome.place == outcome.verdict.file == f"{file}:2"
    assert (finding.rule, finding.place.file, finding.place.line) == ("TD602", str(file), 2)
    assert outcome.held_on is not None
    elsewhere = moved(outcome, "other.jsonl:9")
    (finding,) = elsewhere.verdict.findings
    assert (elsewhere.verdict.file, finding.place.file, finding.place.line) == ("other.jsonl:9", "other.jsonl", 9)
    assert moved(elsewhere, outcome.place) == outcome
