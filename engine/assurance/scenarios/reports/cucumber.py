"""Cucumber JSON, which many report makers and CI servers read."""

import json
from typing import Any, Final

from ..checking import CheckedFeature
from ..model import Step
from ..running import Result, StepResult
from . import ScenarioRun

NANOSECONDS: Final = 1_000_000_000
STATUSES: Final = {
    "passed": "passed",
    "failed": "failed",
    "undefined": "undefined",
    "misread": "failed",
    "skipped": "skipped",
}


def render(run: ScenarioRun) -> bytes:
    """One object a feature. A file that could not be read, or not as a whole, has an element that says so and failed."""
    features = [_feature(item, run) for item in run.checked]
    return (json.dumps(features, ensure_ascii=False, indent=1) + "\n").encode()


def _feature(item: CheckedFeature, run: ScenarioRun) -> dict[str, Any]:
    feature = item.feature
    elements = [_element(result, number, item, run) for number, result in enumerate(item.results)]
    return {
        "uri": item.file,
        "id": item.file,
        "keyword": "Tính năng",
        "name": feature.name if feature else item.file,
        "description": feature.description if feature else "",
        "line": (feature.place.line if feature else None) or 1,
        "tags": _tags(feature.tags, feature.place.line) if feature else [],
        "elements": [*elements, *_problems(item, run)],
    }


def _element(result: Result, number: int, item: CheckedFeature, run: ScenarioRun) -> dict[str, Any]:
    scenario = result.scenario
    return {
        "id": f"{item.file};{number}",
        "type": "scenario",
        "keyword": scenario.keyword,
        "name": scenario.name,
        "description": scenario.description,
        "line": scenario.place.line,
        "tags": _tags(scenario.tags, scenario.place.line),
        "steps": [_step(step, run) for step in result.steps],
    }


def _tags(tags: tuple[str, ...], line: int | None) -> list[dict[str, Any]]:
    return [{"name": f"@{tag}", "line": line} for tag in tags]


def _step(result: StepResult, run: ScenarioRun) -> dict[str, Any]:
    step = result.step
    told: dict[str, Any] = {"status": STATUSES[result.status], "duration": round(result.seconds * NANOSECONDS)}
    if result.message is not None:
        told["error_message"] = failure_reason(result, run)
    return {
        "keyword": f"{step.keyword} ",
        "name": step.text,
        "line": step.place.line,
        "match": {"location": step.place.describe(run.language)},
        "result": told,
        **({"arguments": [{"rows": _rows(step)}]} if step.table else {}),
    }


def _rows(step: Step) -> list[dict[str, Any]]:
    assert step.table is not None
    return [{"cells": [cell.text for cell in row]} for row in (step.table.header, *step.table.rows)]


def failure_reason(result: StepResult, run: ScenarioRun) -> str:
    """Why a step did not pass, and how to mend it, in the language of the run."""
    return "\n".join(words[run.language] for words in (result.message, result.fix) if words is not None)


def _problems(item: CheckedFeature, run: ScenarioRun) -> list[dict[str, Any]]:
    """What could not be read, as an element that failed: no report may look as if all were well."""
    return [
        {
            "id": f"{item.file};{problem.code};{number}",
            "type": "scenario",
            "keyword": problem.code,
            "name": problem.place.describe(run.language),
            "description": "",
            "line": problem.place.line or 1,
            "tags": [],
            "steps": [
                {
                    "keyword": "* ",
                    "name": problem.message[run.language],
                    "line": problem.place.line or 1,
                    "match": {"location": problem.place.describe(run.language)},
                    "result": {"status": "failed", "duration": 0, "error_message": problem.fix[run.language]},
                }
            ],
        }
        for number, problem in enumerate(item.problems)
    ]
