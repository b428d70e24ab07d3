"""GitHub workflow commands: each finding becomes an annotation on its line of the change."""

from typing import Final

from ..base.inert import printable, unforged
from ..base.problem import Place
from ..base.text import Language
from ..evaluation.verdict import Finding, Report
from . import Options
from .text import summary
from .words import PROGRAM, early, waiver

_LEVELS: Final = {"error": "error", "warning": "warning", "advice": "notice"}


def render(report: Report, options: Options) -> bytes:
    """One annotation a line, then the summary. GitHub shows at most ten of each level a step; the log holds them all."""
    language = options.language
    lines: list[str] = []
    for verdict in report.verdicts:
        for problem in verdict.problems:
            words = f"{problem.message[language]}\n{problem.fix[language]}"
            lines.append(_annotation("error", problem.place, problem.code, words, language))
        for finding in verdict.preliminary:
            words = f"[{finding.clause}] {early(finding, language)}\n{finding.fix[language]}"
            lines.append(_annotation("notice", finding.place, finding.rule, words, language))
        lines += [_finding(finding, language) for finding in verdict.findings]
    for notice in report.notices:
        words = f"{notice.message[language]}\n{notice.fix[language]}"
        lines.append(_annotation("notice", notice.place, notice.code, words, language))
    if line := report.in_force.line():
        lines.append(f"::notice title={PROGRAM}::{_data(line[language])}")
    return "".join(f"{line}\n" for line in (*lines, summary(report, language))).encode()


def _finding(finding: Finding, language: Language) -> str:
    level = _LEVELS[finding.severity]
    words = f"[{finding.clause}] {finding.message[language]}\n{finding.fix[language]}"
    if finding.waived is not None:
        level = "notice"
        words = f"{waiver(finding, language)}\n{words}"
    return _annotation(level, finding.place, finding.rule, words, language)


def _annotation(level: str, place: Place, code: str, words: str, language: Language) -> str:
    values: dict[str, str | int | None] = {
        "file": place.file,
        "line": place.line,
        "col": place.column,
        "endColumn": place.end_column,
        "title": f"{PROGRAM} {code}",
    }
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items() if value is not None)
    if place.line is None and place != Place(place.file):
        words = f"{place.describe(language)}\n{words}"
    return f"::{level} {properties}::{_data(words)}"


def _data(text: str) -> str:
    """A message: what would end the line is written as GitHub reads it back."""
    lines = [printable(line).replace("%", "%25") for line in text.split("\n")]
    return "%0A".join(lines)


def _property(text: str) -> str:
    # The name of a file stays as the file system has it, or GitHub would not find it.
    return unforged(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
