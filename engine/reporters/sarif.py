"""SARIF 2.1.0: what code hosts, editors and dashboards of findings read.

A directive is a run. A finding is a result of kind fail, a preliminary one of kind open; with what was checked and held asked for, there are results of
kind pass and notApplicable too. A problem of a plan is a result, as its writer is to mend it; a failure of the rule
engine and what is to be known of waivers are notifications of the tool, and after a failure its run was not successful.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from ...version import __version__
from ..base.inert import markdown, printable
from ..base.problem import ENGINE, Place, Problem
from ..base.problem_pages import CODES
from ..base.text import Language, Text
from ..directive.handbook import Handbook, RuleEntry
from ..evaluation.verdict import Finding, NotApplicable, Passed, Report, Subject, Verdict
from . import Options
from .words import FIX, PROGRAM, early, titles, waiver, why_not

SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS: Final = {"error": "error", "warning": "warning", "advice": "note"}
_GITHUB_LEVELS: Final = {"error": "error", "warning": "warning", "advice": "recommendation"}
_ROOT: Final = "%SRCROOT%"
_ROOT_IS: Final = Text("Thư mục nơi chạy lệnh thẩm định", "The folder in which the lint was run")

_Object = dict[str, Any]


def render(report: Report, options: Options) -> bytes:
    """The report as a SARIF log."""
    directives = dict.fromkeys(verdict.directive or report.directive for verdict in report.verdicts)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [_Run(report, directive, options).to_json() for directive in directives or (report.directive,)],
    }
    return (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode()


class _Run:
    """One run: the verdicts on one directive."""

    def __init__(self, report: Report, directive: str, options: Options) -> None:
        self.report, self.directive, self.language = report, directive, options.language
        self.verdicts = [item for item in report.verdicts if (item.directive or report.directive) == directive]
        self.handbook = report.handbooks.get(directive)
        self.files = {verdict.file: number for number, verdict in enumerate(self.verdicts)}
        self.rules = {code: number for number, code in enumerate(_rules(self.verdicts, self.handbook))}
        self.notifications = sorted({ENGINE, *(notice.code for notice in report.notices)})
        self.waives = any(finding.waived is not None for verdict in self.verdicts for finding in verdict.findings)

    def to_json(self) -> _Object:
        failures = [item for verdict in self.verdicts for item in verdict.problems if item.code == ENGINE]
        title = self.handbook.title[self.language] if self.handbook else "; ".join(titles(self.report, self.language))
        return {
            "tool": {
                "driver": {
                    "name": PROGRAM,
                    "version": __version__,
                    "semanticVersion": __version__,
                    "fullDescription": {"text": title},
                    "language": self.language,
                    "rules": [self._rule(code) for code in self.rules],
                    "notifications": [_problem_rule(code, self.language) for code in self.notifications],
                }
            },
            "invocations": [
                {
                    "executionSuccessful": not failures,
                    "toolExecutionNotifications": [
                        *(self._notification(problem, "error") for problem in failures),
                        *(self._notification(notice, "note") for notice in self.report.notices),
                    ],
                }
            ],
            "language": self.language,
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {_ROOT: {"description": {"text": _ROOT_IS[self.language]}}},
            "artifacts": [self._artifact(verdict) for verdict in self.verdicts],
            "results": [result for verdict in self.verdicts for result in self._results(verdict)],
            "properties": {"directive": self.directive, "settings": self.report.in_force.to_json()},
        }

    def _rule(self, code: str) -> _Object:
        entry = self.handbook.rules.get(code) if self.handbook else None
        if entry is None:
            return _problem_rule(code, self.language)
        assert self.handbook is not None
        language = self.language
        clauses = [self.handbook.clauses[clause] for clause in entry.clauses]
        return {
            "id": code,
            "shortDescription": {"text": entry.title[language]},
            "fullDescription": {"text": " ".join(clause.text[language] for clause in clauses)},
            "help": {
                "text": _help(entry, self.handbook, language),
                "markdown": _help_markdown(entry, self.handbook, language),
            },
            "defaultConfiguration": {"level": _LEVELS[entry.severity]},
            "properties": {
                "tags": list(entry.clauses),
                "problem.severity": _GITHUB_LEVELS[entry.severity],
                "precision": "very-high",
            },
        }

    def _artifact(self, verdict: Verdict) -> _Object:
        return {
            "location": _artifact_location(verdict.file),
            "roles": ["analysisTarget"],
            "properties": {"status": verdict.status, "organization": verdict.organization},
        }

    def _results(self, verdict: Verdict) -> Iterable[_Object]:
        for problem in verdict.problems:
            if problem.code != ENGINE:
                words = f"{problem.message[self.language]}. {FIX[self.language]}: {problem.fix[self.language]}"
                yield self._result(verdict, problem.code, "error", words, problem.place, problem.message.en)
        for finding in verdict.preliminary:
            yield self._open(verdict, finding)
        for finding in verdict.findings:
            yield self._finding(verdict, finding)
        if verdict.passed is None:
            return
        for item in verdict.passed:
            yield self._passed(verdict, item)
        for suspended in verdict.not_applicable:
            yield self._not_applicable(verdict, suspended)

    def _finding(self, verdict: Verdict, finding: Finding) -> _Object:
        language = self.language
        words = f"{finding.clause}: {finding.message[language]}. {FIX[language]}: {finding.fix[language]}"
        level = _LEVELS[finding.severity]
        result = self._result(verdict, finding.rule, level, words, finding.place, _identity(finding.subject))
        if finding.waived is not None:
            result["suppressions"] = [
                {"kind": "external", "status": "accepted", "justification": printable(waiver(finding, language))}
            ]
        result["properties"] = _properties(finding.clause, finding.subject) | {"evidence": finding.evidence}
        return result

    def _open(self, verdict: Verdict, finding: Finding) -> _Object:
        language = self.language
        words = f"{finding.clause}: {early(finding, language)}. {FIX[language]}: {finding.fix[language]}"
        identity = _identity(finding.subject)
        result = self._result(verdict, finding.rule, "none", words, finding.place, identity, "open")
        result["properties"] = _properties(finding.clause, finding.subject) | {"preliminary": True}
        return result

    def _passed(self, verdict: Verdict, item: Passed) -> _Object:
        words = f"{item.clause}: {item.title[self.language]} ({item.subject.id})"
        result = self._result(verdict, item.rule, "none", words, item.place, _identity(item.subject), "pass")
        result["properties"] = _properties(item.clause, item.subject) | {"evidence": item.evidence}
        return result

    def _not_applicable(self, verdict: Verdict, item: NotApplicable) -> _Object:
        words = f"{item.by}: {why_not(self.report, verdict, item.by)[self.language]}"
        place = Place(verdict.file)
        result = self._result(verdict, item.rule, "none", words, place, "plan", "notApplicable")
        result["properties"] = {"by": item.by}
        return result

    def _result(
        self, verdict: Verdict, code: str, level: str, words: str, place: Place, identity: str, kind: str = "fail"
    ) -> _Object:
        fingerprint = hashlib.sha256("\0".join((code, verdict.file, identity)).encode()).hexdigest()
        result = {
            "ruleId": code,
            "ruleIndex": self.rules[code],
            "kind": kind,
            "level": level,
            "message": {"text": message_text(words)},
            "locations": [self._location(verdict, place)],
            # GitHub follows a finding by the second name, whatever line it has moved to.
            "partialFingerprints": {"thamdinhSubject/v1": fingerprint, "primaryLocationLineHash": fingerprint},
        }
        if self.waives:
            result["suppressions"] = []
        return result

    def _location(self, verdict: Verdict, place: Place) -> _Object:
        physical: _Object = {"artifactLocation": _artifact_location(place.file)}
        if place.file in self.files:
            physical["artifactLocation"]["index"] = self.files[place.file]
        if place.line is not None:
            physical["region"] = {
                name: value
                for name, value in (
                    ("startLine", place.line),
                    ("startColumn", place.column),
                    ("endColumn", place.end_column),
                )
                if value is not None
            }
            if (line := verdict.lines.get(place)) is not None:
                physical["contextRegion"] = {"startLine": place.line, "snippet": {"text": printable(line)}}
        location: _Object = {"physicalLocation": physical}
        if place.line is None and place != Place(place.file):
            whole = place.describe(self.language).removeprefix(place.file).removeprefix(": ")
            location["logicalLocations"] = [{"fullyQualifiedName": printable(whole), "kind": "element"}]
        return location

    def _notification(self, problem: Problem, level: str) -> _Object:
        return {
            "descriptor": {"id": problem.code, "index": self.notifications.index(problem.code)},
            "level": level,
            "message": {"text": message_text(problem.message[self.language])},
            "locations": [{"physicalLocation": {"artifactLocation": _artifact_location(problem.place.file)}}],
        }


def _rules(verdicts: Iterable[Verdict], handbook: Handbook | None) -> list[str]:
    """The codes the run can speak of: the rules checked or suspended, in the order of the pack, then problems."""
    verdicts = list(verdicts)
    rules = {code for verdict in verdicts for code in verdict.checked}
    for verdict in verdicts:
        rules.update(item.rule for item in verdict.not_applicable)
        rules.update(item.rule for item in (*verdict.preliminary, *verdict.findings))
        rules.update(item.rule for item in verdict.passed or ())
    known = list(handbook.rules) if handbook else []
    problems = {item.code for verdict in verdicts for item in verdict.problems if item.code != ENGINE}
    return [*(code for code in known if code in rules), *sorted(rules - set(known)), *sorted(problems)]


def _problem_rule(code: str, language: Language) -> _Object:
    page = CODES.get(code)  # none for a rule without a handbook
    meaning, remedy = (page.meaning[language], page.remedy[language]) if page else (code, code)
    return {
        "id": code,
        "shortDescription": {"text": meaning.partition(". ")[0]},
        "fullDescription": {"text": meaning},
        "help": {"text": remedy, "markdown": markdown(remedy)},
        "defaultConfiguration": {"level": "error"},
    }


def _identity(subject: Subject) -> str:
    return f"{subject.entity}\0{subject.id}"


def _properties(clause: str, subject: Subject) -> _Object:
    return {"clause": clause, "subject": {"entity": subject.entity, "id": subject.id}}


def message_text(words: str) -> str:
    """The words as the text of a SARIF message: what looks like a link or a placeholder in them is neither."""
    words = re.sub(r"\](?=\()", r"\\]", printable(words))
    return re.sub(r"\{(\d+)\}", r"{{\1}}", words)


def _artifact_location(file: str) -> _Object:
    path = PurePath(file)
    if path.is_absolute():
        return {"uri": "file://" + quote(path.as_posix(), safe="/")}
    return {"uri": quote(path.as_posix(), safe="/"), "uriBaseId": _ROOT}


def _help(entry: RuleEntry, handbook: Handbook, language: Language) -> str:
    lines = []
    for name in entry.clauses:
        clause = handbook.clauses[name]
        lines.append(f"{clause.id} ({clause.modality[language]}; {clause.place[language]}): {clause.text[language]}")
    lines += [reading[language] for reading in entry.readings]
    lines.append(f"{FIX[language]}: {entry.remedy[language]}")
    return "\n".join(lines)


def _help_markdown(entry: RuleEntry, handbook: Handbook, language: Language) -> str:
    lines = []
    for name in entry.clauses:
        clause = handbook.clauses[name]
        head = f"{clause.modality[language]}; {clause.place[language]}"
        lines.append(f"**{clause.id}** ({markdown(head)}): {markdown(clause.text[language])}\n")
    lines += [f"- {markdown(reading[language])}" for reading in entry.readings]
    breach, kept = Text("Vi phạm, ví dụ", "A breach")[language], Text("Đúng, ví dụ", "Kept")[language]
    lines.append(f"\n**{FIX[language]}**: {markdown(entry.remedy[language])}\n")
    lines += [f"{breach}:\n", _block(entry.breach), f"{kept}:\n", _block(entry.kept)]
    return "\n".join(lines)


def _block(text: str) -> str:
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}yaml\n{text.rstrip()}\n{fence}\n"
