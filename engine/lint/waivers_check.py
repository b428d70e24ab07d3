"""What is to be mended in a file of waivers, judged by the findings of the plans under it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..base.problem import Problem
from ..base.text import Text, counted
from ..reporters.words import called
from ..waivers.waivers import ENDS_SOON, ONLY_BY_AUDIT, waivers_in_force
from ..waivers.waiving import Waiving
from .run import lint
from .settings import Settings


@dataclass(frozen=True, slots=True)
class WaiversCheck:
    """The notices on the waivers, a line that sums up, and the exit status: 2 where a plan could not be judged."""

    notices: tuple[Problem, ...]
    summary: Text
    status: int


def check_waivers(file: Path, inputs: Sequence[str], settings: Settings, today: datetime.date) -> WaiversCheck:
    """Judge every waiver of a file by the plans in `inputs`, each checked as a lint would check it. Raises Unreadable."""
    found = waivers_in_force(str(file), named=True)
    report = lint(inputs, settings, waiving=Waiving(found, today=today, whole=True)).report
    waivers = found.waivers
    told = report.told
    on_waivers = [notice for notice in told if not notice.code.startswith("NT")]
    unjudged = [verdict for verdict in report.verdicts if verdict.problems]
    waived = sum(finding.waived is not None for verdict in report.verdicts for finding in verdict.findings)
    words = called(report)
    plans, unsaid = words.counted(len(report.verdicts)), words.counted(len(unjudged))
    summary = Text(
        f"{len(waivers)} miễn trừ, {plans.vi}: {waived} phát hiện được miễn, {len(on_waivers)} điều cần lưu ý"
        + (f"; {unsaid.vi} không thẩm định được" if unjudged else ""),
        f"{counted(len(waivers), 'waiver')}, {plans.en}: {counted(waived, 'finding')} waived, "
        f"{counted(len(on_waivers), 'notice')}" + (f"; {unsaid.en} not appraised" if unjudged else ""),
    )
    faulty = any(notice.code not in (ENDS_SOON, ONLY_BY_AUDIT) for notice in on_waivers)
    of_plans = [notice for verdict in report.verdicts for notice in verdict.notices]
    return WaiversCheck((*told, *of_plans), summary, 2 if unjudged else 1 if faulty else 0)
