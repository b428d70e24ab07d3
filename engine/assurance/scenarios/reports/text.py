"""For people: what did not hold or means nothing, each with its place, the line, why, and how to mend it; then a summary."""

import re
from collections import Counter
from typing import Final

from ....base.inert import printable
from ....base.problem import Place, Problem
from ....base.text import Text
from ..checking import CheckedFeature
from ..running import Result, StepResult
from . import ScenarioRun

_HEADS: Final = {
    "failed": Text("không đúng như tình huống nói", "not as the scenario says"),
    "undefined": Text("chưa hiểu bước này", "unknown step"),
    "misread": Text("chưa hiểu bước này", "step not understood"),
}
_COLOURS: Final = {"failed": "1;31", "undefined": "1;35", "misread": "1;35"}


def render(run: ScenarioRun) -> bytes:
    """The report; with `quiet` the summary alone."""
    blocks = [] if run.quiet else [block for item in run.checked for block in _blocks(item, run)]
    return "\n".join([*blocks, scenario_counts(run) + "\n"]).encode()


def _blocks(item: CheckedFeature, run: ScenarioRun) -> list[str]:
    """What is to be told of a file, in the order of its lines."""
    told = [(_line(problem.place), _problem(problem, item, run)) for problem in item.problems]
    told += [
        (_line(failure.place or failure.step.place), _failure(result, failure, item, run))
        for result in item.results
        if (failure := result.failure) is not None
    ]
    return [block for _, block in sorted(told, key=lambda block: block[0])]


def _line(place: Place) -> int:
    return place.line or 0


def _problem(problem: Problem, item: CheckedFeature, run: ScenarioRun) -> str:
    head = f"{_bold(problem.place.describe(run.language), run)}: {_paint(problem.code, '1;35', run)} {printable(problem.message[run.language])}\n"
    return head + _excerpt(problem.place, item, run) + _note("fix", problem.fix, run)


def _failure(result: Result, failure: StepResult, item: CheckedFeature, run: ScenarioRun) -> str:
    vietnamese = run.language == "vi"
    place = failure.place or failure.step.place
    words = _paint(_HEADS[failure.status][run.language], _COLOURS[failure.status], run)
    named = f"{'tình huống' if vietnamese else 'scenario'} “{printable(result.scenario.name)}”"
    if result.scenario.row:
        named += f" ({'dữ liệu ở dòng' if vietnamese else 'data in line'} {result.scenario.place.line})"
    lines = f"{_bold(place.describe(run.language), run)}: {words}: {named}\n{_excerpt(place, item, run)}"
    if failure.message is not None:
        lines += _note("why", failure.message, run)
    if failure.fix is not None:
        lines += _note("fix", failure.fix, run)
    return lines


def _excerpt(place: Place, item: CheckedFeature, run: ScenarioRun) -> str:
    lines = re.split(r"\r\n?|\n", item.text)
    if place.line is None or place.line > len(lines):
        return ""
    line, margin = printable(lines[place.line - 1].replace("\t", " ")), " " * len(str(place.line))
    start = (place.column or 1) - 1
    marker = " " * start + "^" * max(1, (place.end_column or 0) - start - 1)
    return f"{margin} |\n{place.line} | {line}\n{margin} | {_paint(marker, '31', run)}\n"


def _note(kind: str, words: Text, run: ScenarioRun) -> str:
    names = {"fix": Text("cách sửa", "fix"), "why": Text("vì sao", "why")}
    return f"  = {_paint(names[kind][run.language], '32', run)}: {printable(words[run.language])}\n"


def scenario_counts(run: ScenarioRun) -> str:
    """How many scenarios hold, do not hold, and could not be run."""
    statuses = Counter(result.status for item in run.checked for result in item.results)
    problems = sum(len(item.problems) for item in run.checked)
    unread = statuses["undefined"] + statuses["misread"]
    total, files = statuses.total(), len(run.checked)
    if run.language == "vi":
        parts = [f"{files} tệp, {total} tình huống: {statuses['passed']} đạt, {statuses['failed']} không đạt"]
        parts += [f"{unread} chưa hiểu"] * bool(unread) + [f"{problems} chỗ không đọc được"] * bool(problems)
    else:
        parts = [
            f"{files} file{'s' * (files != 1)}, {total} scenarios: {statuses['passed']} passed, {statuses['failed']} failed"
        ]
        parts += [f"{unread} not understood"] * bool(unread) + [f"{problems} problem{'s' * (problems != 1)}"] * bool(
            problems
        )
    return ", ".join(parts)


def _bold(text: str, run: ScenarioRun) -> str:
    return _paint(printable(text), "1", run)


def _paint(text: str, code: str, run: ScenarioRun) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if run.colour else text
