"""JUnit XML: a plan is a test suite, a rule that was checked is a test case, and so is every finding."""

from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from ..base.in_force import InForce
from ..base.inert import printable
from ..base.problem import Place, Problem
from ..base.text import Language
from ..evaluation.verdict import Finding, Report, Verdict
from . import Options
from .words import FIX, NOTICE, PROGRAM, SEVERITIES, early, handbook_rule, suspended, waiver

_Case = ElementTree.Element
_COUNTED: Final = {"tests": "testcase", "failures": "failure", "errors": "error", "skipped": "skipped"}


def render(report: Report, options: Options) -> bytes:
    """The report as JUnit XML. A finding below `fail_on` is a case that passes and says so in its output; a preliminary one is skipped."""
    suites = ElementTree.Element("testsuites", name=PROGRAM)
    for verdict in report.verdicts:
        suite = ElementTree.SubElement(suites, "testsuite", name=printable(verdict.file))
        suite.append(_properties(report.in_force, options.language))
        suite.extend(_cases(report, verdict, options))
        _count(suite)
    if report.notices:
        suite = ElementTree.SubElement(suites, "testsuite", name=NOTICE[options.language])
        suite.extend(_notice(notice, options.language) for notice in report.notices)
        _count(suite)
    _count(suites)
    ElementTree.indent(suites)
    written: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _properties(in_force: InForce, language: Language) -> ElementTree.Element:
    """What the run went by: JUnit has no place for it but in each suite."""
    properties = ElementTree.Element("properties")
    for label, value in in_force.lines():
        ElementTree.SubElement(properties, "property", name=label[language], value=printable(value[language]))
    return properties


def _notice(notice: Problem, language: Language) -> _Case:
    """Something to be known, as a case that passes and says it in its output."""
    case = _case(notice.place.file, notice.code, notice.place)
    words = printable(notice.message[language]), _body(notice.place, notice.fix[language], language)
    ElementTree.SubElement(case, "system-out").text = "\n".join(words)
    return case


def _count(element: ElementTree.Element) -> None:
    for name, tag in _COUNTED.items():
        element.set(name, str(sum(1 for _ in element.iter(tag))))


def _cases(report: Report, verdict: Verdict, options: Options) -> Iterator[_Case]:
    language = options.language
    for problem in verdict.problems:
        case = _case(verdict.file, f"{problem.code} {problem.message[language]}", problem.place)
        outcome = ElementTree.SubElement(case, "error", type=problem.code, message=printable(problem.message[language]))
        outcome.text = _body(problem.place, problem.fix[language], language)
        yield case
    for finding in verdict.preliminary:
        case = _case(verdict.file, f"{finding.rule} {finding.subject.id}", finding.place)
        words = printable(f"[{finding.clause}] {early(finding, language)}")
        ElementTree.SubElement(case, "skipped", message=words).text = _body(
            finding.place, finding.fix[language], language
        )
        yield case
    for finding in verdict.findings:
        yield _finding(verdict, finding, options)
    breached = {finding.rule for finding in verdict.findings}
    for rule in verdict.checked:
        if rule not in breached:
            yield _case(verdict.file, _named(report, verdict, rule, language))
    for group in suspended(report, verdict):
        for rule in group.rules:
            case = _case(verdict.file, _named(report, verdict, rule, language))
            ElementTree.SubElement(case, "skipped", message=printable(f"{group.clause}: {group.reason[language]}"))
            yield case


def _named(report: Report, verdict: Verdict, rule: str, language: Language) -> str:
    entry = handbook_rule(report, verdict, rule)
    return f"{rule} {entry.title[language]}" if entry else rule


def _case(file: str, name: str, place: Place | None = None) -> _Case:
    values = {"classname": file, "name": name, "file": file}
    if place is not None and place.line is not None:
        values["line"] = str(place.line)
    return ElementTree.Element("testcase", {key: printable(value) for key, value in values.items()})


def _finding(verdict: Verdict, finding: Finding, options: Options) -> _Case:
    language = options.language
    case = _case(verdict.file, f"{finding.rule} {finding.subject.id}", finding.place)
    message = printable(f"[{finding.clause}] {finding.message[language]}")
    body = _body(finding.place, finding.fix[language], language)
    if finding.waived is not None:
        reason = printable(waiver(finding, language))
        ElementTree.SubElement(case, "skipped", message=reason).text = f"{message}\n{body}"
    elif options.fails(finding.severity):
        ElementTree.SubElement(case, "failure", type=finding.rule, message=message).text = body
    else:
        words = f"{SEVERITIES[finding.severity][language]}: {message}\n{body}"
        ElementTree.SubElement(case, "system-out").text = words
    return case


def _body(place: Place, fix: str, language: Language) -> str:
    return f"{printable(place.describe(language))}\n{FIX[language]}: {printable(fix)}"
