"""Markdown, for a comment on a change or a page of a wiki. Whatever stands in a plan shows as itself."""

import re
from collections.abc import Iterator

from ..base.inert import markdown, printable
from ..base.problem import Place
from ..base.text import Language, Phrase, Text
from ..evaluation.verdict import Finding, Report, Verdict
from . import Options
from .text import summary
from .words import (
    FIX,
    NOT_APPLICABLE,
    NOTICE,
    PASSED,
    PRELIMINARY,
    SEVERITIES,
    STATUSES,
    suspended,
    titles,
    to_come,
    waiver,
)


def render(report: Report, options: Options) -> bytes:
    """A table of the plans, then what was found in each."""
    language = options.language
    lines = [
        f"# {Text('Kết quả thẩm định', 'Appraisal')[language]}",
        "",
        markdown("; ".join(titles(report, language))),
        "",
    ]
    lines += [markdown(summary(report, language)), ""]
    if report.in_force.changed:
        lines += [
            *(f"- {label[language]}: {markdown(value[language])}" for label, value in report.in_force.lines()),
            "",
        ]
    if report.verdicts and not options.quiet:
        lines += [*_table(report, language), ""]
        for verdict in report.verdicts:
            lines += _plan(report, verdict, language)
        for notice in report.notices:
            lines += _item({}, notice.place, f"{notice.code} {NOTICE[language]}", notice.message, notice.fix, language)
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _table(report: Report, language: Language) -> Iterator[str]:
    head = (
        Text("Tệp", "File"),
        Text("Tổ chức đảng", "Organisation"),
        Text("Kết luận", "Verdict"),
        Text("Lỗi", "Errors"),
        Text("Cảnh báo", "Warnings"),
        Text("Khuyến nghị", "Advice"),
    )
    yield _row(*(words[language] for words in head))
    yield "| --- | --- | --- | ---: | ---: | ---: |"
    for verdict in report.verdicts:
        levels = [finding.severity for finding in verdict.findings if finding.waived is None]
        counts = [str(levels.count(level)) for level in ("error", "warning", "advice")]
        yield _row(
            markdown(verdict.file), markdown(verdict.organization or ""), STATUSES[verdict.status][language], *counts
        )


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _plan(report: Report, verdict: Verdict, language: Language) -> Iterator[str]:
    name = verdict.organization or verdict.file
    yield f"## {markdown(name)}: {STATUSES[verdict.status][language]}"
    yield ""
    for problem in verdict.problems:
        yield from _item(verdict.lines, problem.place, problem.code, problem.message, problem.fix, language)
    for finding in (*verdict.preliminary, *verdict.findings):
        early = f", {PRELIMINARY[language]}" if finding in verdict.preliminary else ""
        head = f"{finding.rule} {SEVERITIES[finding.severity][language]} ({finding.clause}{early})"
        yield from _item(
            verdict.lines, finding.place, head, finding.message, finding.fix, language, _waiver(finding, language)
        )
    if verdict.preliminary and (line := to_come(verdict)) is not None:
        yield f"- {markdown(line[language])}"
    for item in verdict.passed or ():
        words = f"{item.about[language]}: {item.title[language]}"
        yield f"- {item.rule} {PASSED[language]} ({item.clause}): {markdown(words)}"
    for group in suspended(report, verdict):
        rules = ", ".join(group.rules)
        yield f"- {NOT_APPLICABLE[language]} ({group.clause}): {rules}. {markdown(group.reason[language])}"
    yield ""


def _waiver(finding: Finding, language: Language) -> str:
    return "" if finding.waived is None else f" — *{markdown(waiver(finding, language))}*"


def _item(
    lines: dict[Place, str], place: Place, head: str, message: Phrase, fix: Phrase, language: Language, note: str = ""
) -> Iterator[str]:
    yield f"- **{head}** {markdown(message[language])}{note}"
    yield f"  - {markdown(place.describe(language))}"
    line = lines.get(place)
    if line is not None and line.strip():
        yield f"  - {_code(line.strip())}"
    yield f"  - {FIX[language]}: {markdown(fix[language])}"


def _code(text: str) -> str:
    """The text as a code span: fenced by more backticks than stand in it together."""
    shown = printable(text.replace("\t", " "))
    fence = "`" * (1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence} {shown} {fence}"
