"""Outcomes of plans, for tests of what is made of them; quick, for no file is read."""

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.audited_plan import Across, AuditedPlan, Ballots, SeatElsewhere
from thamdinh.engine.audit.sink import AuditRun
from thamdinh.engine.base.problem import Place, Problem
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import ruleset
from thamdinh.engine.documents import read
from thamdinh.engine.evaluation.check import Checker
from thamdinh.engine.evaluation.scanning import Compiled
from thamdinh.engine.evaluation.verdict import Verdict
from thamdinh.engine.model.integrity import read_plan

RUN = AuditRun(
    directive="ben-tre-2017", version="1.0", pack="f00d", program="0.1.0", engine="compiled", select=(), ignore=(),
    key="k", redacted=False, inputs=("plans.jsonl",), started="2017-12-29T08:00:00",
)  # fmt: skip


def run(**changes: object) -> AuditRun:
    return replace(RUN, **changes)  # type: ignore[arg-type]


def outcomes(count: int) -> tuple[AuditedPlan, ...]:
    """The outcomes of so many synthetic plans in one JSONL file; every eleventh is invalid. Fewer are the first of more."""
    made, more = _made()
    made += islice(more, max(0, count - len(made)))
    return tuple(made[:count])


@cache
def _made() -> tuple[list[AuditedPlan], Iterator[AuditedPlan]]:
    """The outcomes that were asked for, and those that may be yet."""
    return [], _outcomes()


def _outcomes() -> Iterator[AuditedPlan]:
    checker = Checker(ruleset(), Compiled)
    for number, synthetic in enumerate(generate(sys.maxsize, 7, 0.5, 10), 1):
        place = f"plans.jsonl:{number}"
        content = json.dumps(synthetic.plan, ensure_ascii=False).encode()
        digest = hashlib.sha256(content).hexdigest()
        if number % 11 == 0:
            problem = Problem(
                "PL002", Text("Sai <b>", "Wrong"), Text("Sửa", "Mend"), Place("plans.jsonl", number, 3, 9)
            )
            yield AuditedPlan(
                place, digest, None, None, None, None, None, 0, Verdict(place, None, problems=(problem,)), None
            )
            continue
        document = read("plans.jsonl.json", content)
        plan = read_plan(document)
        verdict = checker.check(plan, document)
        findings = tuple(
            replace(item, place=replace(item.place, file="plans.jsonl", line=number)) for item in verdict.findings
        )
        across = Across(
            digest[:16].encode(), ((1, 2), (3,)), b"p" * 160, b"\3" * 10, (Ballots(b"c" * 16, b"x" * 32, b""),),
            (SeatElsewhere(bytes(16), b"n" * 16, b"c" * 16, (0, 1, 0)),), (("TD507", "D15"),),
        )  # fmt: skip
        organization = plan.organization
        yield AuditedPlan(
            place, digest, organization.name, organization.kind.value, organization.district, organization.term,
            "2017-12-28", 10, replace(verdict, file=place, findings=findings), across,
        )  # fmt: skip
