"""Cucumber messages (one JSON object a line), which the HTML reports of the Cucumber project are made of."""

import json
import platform
from collections.abc import Iterator
from typing import Any, Final

from .....version import __version__
from ....base.problem import Place, Problem
from ..checking import CheckedFeature
from ..model import Scenario, Step
from ..running import Result, StepResult
from . import ScenarioRun
from .cucumber import NANOSECONDS, failure_reason

PROTOCOL: Final = "27.0.0"
_STATUSES: Final = {
    "passed": "PASSED",
    "failed": "FAILED",
    "undefined": "UNDEFINED",
    "misread": "FAILED",
    "skipped": "SKIPPED",
}
_KINDS: Final = {"given": "Context", "when": "Action", "then": "Outcome"}


def render(run: ScenarioRun) -> bytes:
    """The messages of the run, in order."""
    return "".join(
        json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n" for message in _messages(run)
    ).encode()


def _messages(run: ScenarioRun) -> Iterator[dict[str, Any]]:
    yield _meta()
    readable = [(str(number), item) for number, item in enumerate(run.checked)]
    for number, item in readable:
        yield from _definition(number, item)
    problems = [(item, problem) for item in run.checked for problem in item.problems]
    for item, problem in problems:
        yield _unread(item, problem, run)
    clock = _Clock(run.began)
    yield {"testRunStarted": {"id": "run", "timestamp": clock.now()}}
    for number, item in readable:
        for position, result in enumerate(item.results):
            yield from _case(f"{number}-{position}", result, run, clock)
    success = not problems and all(result.passed for item in run.checked for result in item.results)
    finished: dict[str, Any] = {"testRunStartedId": "run", "success": success, "timestamp": clock.now()}
    if problems:
        finished["message"] = "\n".join(_words(problem, run) for _, problem in problems)
    yield {"testRunFinished": finished}


def _meta() -> dict[str, Any]:
    program = {"name": "thamdinh", "version": __version__}
    return {
        "meta": {
            "protocolVersion": PROTOCOL,
            "implementation": program,
            "runtime": {"name": platform.python_implementation(), "version": platform.python_version()},
            "os": {"name": platform.system()},
            "cpu": {"name": platform.machine()},
        }
    }


def _definition(number: str, item: CheckedFeature) -> Iterator[dict[str, Any]]:
    """The text of a feature, what the parser made of it, and its scenarios. Ids are unique within the run."""
    feature = item.feature
    if feature is None:
        return
    yield {"source": {"uri": item.file, "data": feature.text, "mediaType": "text/x.cucumber.gherkin+plain"}}
    document = _numbered(feature.document, number)
    yield {"gherkinDocument": {"uri": item.file, **document}}
    tags = {tag["name"]: tag["id"] for tag in _tags(document)}
    for position, result in enumerate(item.results):
        yield {"pickle": _pickle(f"{number}-{position}", result.scenario, item, number, tags)}


def _numbered(value: Any, number: str) -> Any:
    if isinstance(value, dict):
        return {key: f"{number}.{item}" if key == "id" else _numbered(item, number) for key, item in value.items()}
    return [_numbered(item, number) for item in value] if isinstance(value, list) else value


def _tags(value: Any) -> Iterator[dict[str, str]]:
    """Every tag in a document."""
    if isinstance(value, dict):
        yield from value.get("tags", [])
        for item in value.values():
            yield from _tags(item)
    elif isinstance(value, list):
        for item in value:
            yield from _tags(item)


def _pickle(own: str, scenario: Scenario, item: CheckedFeature, number: str, tags: dict[str, str]) -> dict[str, Any]:
    nodes = [node for node in (scenario.node, scenario.row_node) if node]
    assert item.feature is not None
    return {
        "id": own,
        "uri": item.file,
        "location": _location(scenario.place),
        "name": scenario.name,
        "language": item.feature.document["feature"]["language"],
        "tags": [{"name": f"@{tag}", "astNodeId": tags[f"@{tag}"]} for tag in scenario.tags],
        "astNodeIds": [f"{number}.{node}" for node in nodes],
        "steps": [
            {
                "id": f"{own}-{position}",
                "text": step.text,
                "type": _KINDS[step.kind],
                "astNodeIds": [f"{number}.{step.node}", *([f"{number}.{scenario.row_node}"] * bool(scenario.row_node))],
                **_argument(step),
            }
            for position, step in enumerate(scenario.steps)
        ],
    }


def _argument(step: Step) -> dict[str, Any]:
    if step.table is None:
        return {}
    rows = [{"cells": [{"value": cell.text} for cell in row]} for row in (step.table.header, *step.table.rows)]
    return {"argument": {"dataTable": {"rows": rows}}}


def _location(place: Place) -> dict[str, int]:
    return {"line": place.line or 1, "column": place.column or 1}


def _unread(item: CheckedFeature, problem: Problem, run: ScenarioRun) -> dict[str, Any]:
    source = {"uri": item.file, "location": _location(problem.place)}
    return {"parseError": {"source": source, "message": _words(problem, run)}}


def _words(problem: Problem, run: ScenarioRun) -> str:
    place = problem.place.describe(run.language)
    return f"{place}: {problem.code} {problem.message[run.language]}. {problem.fix[run.language]}"


def _case(own: str, result: Result, run: ScenarioRun, clock: "_Clock") -> Iterator[dict[str, Any]]:
    """One scenario as it ran."""
    steps = [(f"{own}-{position}", step) for position, step in enumerate(result.steps)]
    yield {
        "testCase": {
            "id": f"case-{own}",
            "pickleId": own,
            "testRunStartedId": "run",
            "testSteps": [{"id": f"test-{step}", "pickleStepId": step, "stepDefinitionIds": []} for step, _ in steps],
        }
    }
    started = f"started-{own}"
    yield {"testCaseStarted": {"id": started, "testCaseId": f"case-{own}", "attempt": 0, "timestamp": clock.now()}}
    for step, outcome in steps:
        of = {"testCaseStartedId": started, "testStepId": f"test-{step}"}
        yield {"testStepStarted": {**of, "timestamp": clock.now()}}
        clock.pass_by(outcome.seconds)
        yield {"testStepFinished": {**of, "testStepResult": _outcome(outcome, run), "timestamp": clock.now()}}
    yield {"testCaseFinished": {"testCaseStartedId": started, "willBeRetried": False, "timestamp": clock.now()}}


def _outcome(result: StepResult, run: ScenarioRun) -> dict[str, Any]:
    told: dict[str, Any] = {"status": _STATUSES[result.status], "duration": _seconds(result.seconds)}
    if result.message is not None:
        told["message"] = failure_reason(result, run)
    return told


def _seconds(seconds: float) -> dict[str, int]:
    whole = int(seconds)
    return {"seconds": whole, "nanos": int((seconds - whole) * NANOSECONDS)}


class _Clock:
    """The time within the run: scenarios are told one after the other, as long as each took."""

    def __init__(self, began: float) -> None:
        self._time = began

    def now(self) -> dict[str, int]:
        return _seconds(self._time)

    def pass_by(self, seconds: float) -> None:
        self._time += seconds
