"""For programs: every scenario and step with what came of it, schema 1."""

import json
from collections import Counter

from ....base.as_json import as_json
from ....base.seal import sealed_object
from ..checking import CheckedFeature
from ..running import Result, StepResult
from . import ScenarioRun


def render(run: ScenarioRun) -> bytes:
    """The report as indented JSON with its seal and a final newline."""
    statuses = Counter(result.status for item in run.checked for result in item.results)
    counted = {status: statuses[status] for status in ("passed", "failed", "undefined", "misread")}
    document = {
        "schema": 1,
        "directive": run.directive,
        "summary": counted,
        "features": [_feature(item) for item in run.checked],
    }
    written = json.dumps(document, ensure_ascii=False, indent=2).removesuffix("\n}")
    return b"".join(sealed_object([written.encode()]))


def _feature(item: CheckedFeature) -> dict[str, object]:
    return {
        "file": item.file,
        "name": item.feature.name if item.feature else None,
        "problems": as_json(item.problems),
        "scenarios": [_scenario(result) for result in item.results],
    }


def _scenario(result: Result) -> dict[str, object]:
    scenario = result.scenario
    return {
        "name": scenario.name,
        "group": scenario.group or None,
        "tags": list(scenario.tags),
        "status": result.status,
        "location": scenario.place.to_json(),
        "steps": [_step(step) for step in result.steps],
    }


def _step(result: StepResult) -> dict[str, object]:
    return {
        "text": f"{result.step.keyword} {result.step.text}",
        "status": result.status,
        "location": (result.place or result.step.place).to_json(),
        "message": as_json(result.message),
        "fix": as_json(result.fix),
    }
