"""JUnit XML: a suite for each feature, a case for each scenario; what could not be read or run is an error."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

from ..checking import CheckedFeature
from ..running import Result
from . import ScenarioRun
from .cucumber import failure_reason


def render(run: ScenarioRun) -> bytes:
    """The report, as indented XML."""
    root = ET.Element("testsuites", name=f"thamdinh {run.directive}")
    for item in run.checked:
        root.append(_suite(item, run))
    for total in ("tests", "failures", "errors"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _suite(item: CheckedFeature, run: ScenarioRun) -> ET.Element:
    suite = ET.Element(
        "testsuite",
        name=item.feature.name if item.feature else item.file,
        tests=str(len(item.results) + len(item.problems)),
        failures=str(sum(result.status == "failed" for result in item.results)),
        errors=str(sum(result.status in ("undefined", "misread") for result in item.results) + len(item.problems)),
        time=f"{sum(result.seconds for result in item.results):.3f}",
        timestamp=datetime.fromtimestamp(run.began, UTC).strftime("%Y-%m-%dT%H:%M:%S"),
        file=item.file,
    )
    for result in item.results:
        suite.append(_case(result, item, run))
    for problem in item.problems:
        place = problem.place.describe(run.language)
        case = ET.SubElement(suite, "testcase", classname=item.file, name=f"{problem.code} {place}", time="0")
        told = ET.SubElement(case, "error", message=problem.message[run.language], type=problem.code)
        told.text = f"{place}: {problem.fix[run.language]}"
    return suite


def _case(result: Result, item: CheckedFeature, run: ScenarioRun) -> ET.Element:
    scenario, failure = result.scenario, result.failure
    name = scenario.name
    if scenario.row:
        name += f" [{', '.join(f'{column}: {value}' for column, value in scenario.row)}]"
    case = ET.Element(
        "testcase",
        classname=item.feature.name if item.feature else item.file,
        name=name,
        file=item.file,
        line=str(scenario.place.line or 1),
        time=f"{result.seconds:.3f}",
    )
    if failure is not None:
        message = failure.message[run.language] if failure.message else failure.status
        told = ET.SubElement(
            case, "failure" if failure.status == "failed" else "error", message=message, type=failure.status
        )
        place = (failure.place or failure.step.place).describe(run.language)
        told.text = f"{place}: {failure.step.keyword} {failure.step.text}\n{failure_reason(failure, run)}"
    return case
