"""CSV for spreadsheets: one row a finding, preliminary finding, problem, seat not decidable, rule held or rule not applicable. No cell is ever a formula."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from ..base.in_force import InForce
from ..base.inert import cell
from ..base.problem import Place, Problem
from ..base.text import Language, Text
from ..evaluation.verdict import Report, Subject, Verdict
from . import Options
from .words import (
    NOT_APPLICABLE,
    NOT_DECIDABLE,
    NOTICE,
    PASSED,
    PRELIMINARY,
    SETTINGS,
    SEVERITIES,
    STATUSES,
    early,
    suspended,
    waiver,
)

_HEAD: Final = (
    Text("Tệp", "File"),
    Text("Tổ chức đảng", "Organisation"),
    Text("Kết luận", "Verdict"),
    Text("Loại", "Kind"),
    Text("Mã", "Code"),
    Text("Điều khoản", "Clause"),
    Text("Đối tượng", "Subject"),
    Text("Dòng", "Line"),
    Text("Cột", "Column"),
    Text("Chỗ", "Place"),
    Text("Nội dung", "Message"),
    Text("Cách sửa", "Fix"),
    Text("Lý do không tính", "Why not counted"),
)
_PROBLEM: Final = Text("không thẩm định được", "problem")
_NO_SUBJECT: Final = Subject("", "")


def render(report: Report, options: Options) -> bytes:
    """The report as CSV (RFC 4180), in UTF-8 with the mark that Excel needs to see it is."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow([words[options.language] for words in _HEAD])
    rows = [row for verdict in report.verdicts for row in _rows(report, verdict, options.language)]
    rows += [_notice(notice, options.language) for notice in report.notices]
    rows += _settings(report.in_force, options.language)
    writer.writerows([cell(str(value)) for value in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def _notice(notice: Problem, language: Language) -> tuple[object, ...]:
    where = notice.place.line or "", notice.place.column or "", notice.place.describe(language)
    words = notice.message[language], notice.fix[language]
    return (notice.place.file, "", "", NOTICE[language], notice.code, "", "", *where, *words, "")


def _settings(in_force: InForce, language: Language) -> Iterator[tuple[object, ...]]:
    """What the run went by, where anything but the program and its packs decided."""
    for label, value in in_force.lines() if in_force.changed else ():
        words = f"{label[language]}: {value[language]}"
        yield (in_force.file or "", "", "", SETTINGS[language], "", "", "", "", "", "", words, "", "")


def _rows(report: Report, verdict: Verdict, language: Language) -> Iterator[tuple[object, ...]]:
    def row(
        kind: Text,
        code: str,
        clause: str,
        subject: Subject,
        place: Place,
        message: str,
        fix: str = "",
        waived: str = "",
    ) -> tuple[object, ...]:
        return (
            verdict.file,
            verdict.organization or "",
            STATUSES[verdict.status][language],
            kind[language],
            code,
            clause,
            subject.id,
            place.line or "",
            place.column or "",
            place.describe(language),
            message,
            fix,
            waived,
        )

    whole = Place(verdict.file)
    for problem in verdict.problems:
        message, fix = problem.message[language], problem.fix[language]
        yield row(_PROBLEM, problem.code, "", _NO_SUBJECT, problem.place, message, fix)
    for finding in verdict.preliminary:
        said = early(finding, language), finding.fix[language]
        yield row(PRELIMINARY, finding.rule, finding.clause, finding.subject, finding.place, *said)
    for finding in verdict.findings:
        words = finding.message[language], finding.fix[language], waiver(finding, language)
        yield row(SEVERITIES[finding.severity], finding.rule, finding.clause, finding.subject, finding.place, *words)
    for open_ in verdict.undecided:
        yield row(NOT_DECIDABLE, open_.rule, open_.clause, open_.subject, open_.place, open_.reason[language])
    for item in verdict.passed or ():
        yield row(PASSED, item.rule, item.clause, item.subject, item.place, item.title[language])
    for group in suspended(report, verdict):
        for rule in group.rules:
            yield row(NOT_APPLICABLE, rule, group.clause, _NO_SUBJECT, whole, group.reason[language])
    if verdict.status == "compliant" and not verdict.findings:
        yield row(PASSED, "", "", _NO_SUBJECT, whole, STATUSES["compliant"][language])
