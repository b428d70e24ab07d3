"""Reports to render: of the examples, of plans whose names attack whoever shows them, and of what rarely happens."""

import json
from contextlib import nullcontext
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from tests.appraisal import ROOT, base_plan
from thamdinh.engine.base.isolation import isolated_already
from thamdinh.engine.base.problem import Place, Problem
from thamdinh.engine.base.text import Text
from thamdinh.engine.directive.packs import DEFAULT, ruleset
from thamdinh.engine.evaluation.appraisal import engine_failure
from thamdinh.engine.evaluation.verdict import Report, Verdict
from thamdinh.engine.lint.run import lint
from thamdinh.engine.lint.settings import Settings

EXAMPLES: Final = ROOT / "examples"
SMALL: Final = ROOT / "tests" / "packs" / "small"

HOSTILE: Final = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></style></title><svg onload=alert(1)>",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "x;=1+1",
    "[bấm](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "`a` **b** <http://evil.example> http://evil.example www.evil.example",
    "::error file=a::giả",
    "%0A::error::giả",
    "{{ 7 * 7 }}{% raw %}{0}",
    "]]> &lt; &amp;",
    "phải\u202etrái\u200b",
    "đỏ\x1b[31m\x07",
    "hai\ndòng\tvà\rcột",
    "@octocat, #1, | ô |",
    "\ufffe\uffff",
)
"""Names that would do harm where an output took them for more than text."""


WAIVED: Final[dict[str, object]] = {"by": "waiver", "reason": "Tỉnh ủy đồng ý", "document": "15-CV/HU"}
NOTICE: Final = Problem(
    "WV002",
    Text("Sắp hết hạn", "About to end"),
    Text("Xin gia hạn", "Have it renewed"),
    Place("waivers.yaml", 3, 5),
)


def report_on(*inputs: Path | str, passes: bool = False, outlined: bool = False, **given: Any) -> Report:
    """The report of a lint of these inputs. Examples never change: a report on them is made once."""
    report = _of_examples if all(Path(item).is_relative_to(EXAMPLES) for item in inputs) else _report_on
    return report(inputs, passes, outlined, tuple(given.items()))


def _report_on(
    inputs: tuple[Path | str, ...], passes: bool, outlined: bool, given: tuple[tuple[str, Any], ...]
) -> Report:
    settings = Settings(**dict(given))
    with nullcontext() if "limits" in dict(given) else isolated_already():  # one input is judged in this process
        return lint([str(item) for item in inputs], settings, show_passed=passes, outlined=outlined).report


_of_examples = cache(_report_on)


def of(*verdicts: Verdict) -> Report:
    """A report made of these verdicts on the default directive."""
    handbook = ruleset().handbook
    assert handbook is not None
    return Report(DEFAULT, verdicts, handbooks={DEFAULT: handbook})


@cache
def everything() -> Report:
    """Whatever a report may hold: findings, waived ones, what held, what does not apply, problems, a failure, a notice."""
    report = report_on(EXAMPLES, passes=True, outlined=True)
    first, *others = map(_shorter, report.verdicts)
    assert first.findings
    waived = replace(first.findings[0], waived=WAIVED)
    first = replace(first, findings=(waived, *first.findings[1:]))
    verdicts = (first, *others, engine_failure("ke-hoach.yaml", "signal 11"))
    return replace(report, verdicts=verdicts, told=(NOTICE,))


def _shorter(verdict: Verdict) -> Verdict:
    """The verdict with one of the judgements that held for each rule: a hundred more show nothing else."""
    held = {item.rule: item for item in verdict.passed or ()}
    return replace(verdict, passed=None if verdict.passed is None else tuple(held.values()))


def breached_workbook(folder: Path) -> Path:
    """A plan in a workbook whose first committee takes only one ballot: findings at cells, not at lines."""
    from tests.forms import book_of

    plan = base_plan()
    plan["confidence_votes"][0]["ballots"] = ["p01"]
    path = folder / "plan.xlsx"
    path.write_bytes(book_of(plan))
    return path


_NAME: Final = "Tênđộchại"


def hostile(name: str) -> Report:
    """The report on a breached plan in which every name is the given one, whatever readers would say of it."""
    report: Report = _renamed(_named_plan(), name)
    return report


@cache
def _named_plan() -> Report:
    plan = base_plan()
    plan["organization"]["name"] = plan["conference"]["venue"] = plan["organization"]["district"] = _NAME
    for row in (*plan["participants"], *plan["committees"]):
        row["name"] = _NAME
    for report in plan["reports"]:
        report["title"] = _NAME
        report["contents"] = ["mid_term_review", "year_end_review"]
    for vote in plan["confidence_votes"]:
        vote["ballots"], vote["published"] = vote["ballots"][:1], []
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{_NAME}.json")
        path.write_text(json.dumps(plan, ensure_ascii=False), encoding="utf-8")
        report = report_on(path, "nowhere.yaml", passes=True, outlined=True)
    problem = replace(report.verdicts[1].problems[0], message=Text(_NAME, _NAME), fix=Text(_NAME, _NAME))
    return replace(report, verdicts=(report.verdicts[0], replace(report.verdicts[1], problems=(problem,))))


def _renamed(value: Any, name: str) -> Any:
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return value.replace(_NAME, name)
    if isinstance(value, dict):
        return {_renamed(key, name): _renamed(item, name) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(_renamed(item, name) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{item.name: _renamed(getattr(value, item.name), name) for item in fields(value)})
    return value
