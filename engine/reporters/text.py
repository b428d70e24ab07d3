"""Text for a terminal, in the habit of compilers: place, code, message, the line with a marker, the fix, a summary."""

import unicodedata
from collections import Counter
from typing import Final

from ..base.inert import printable
from ..base.passed_over import in_short
from ..base.problem import PASSED_OVER, Place, Problem
from ..base.severity import SEVERITIES
from ..base.text import Language, Phrase, Text, counted
from ..evaluation.verdict import Finding, Passed, Report, Verdict
from . import Options, words

_NAMES: Final = {
    **words.SEVERITIES,
    "problem": words.STATUSES["invalid"],
    "passed": words.PASSED,
    "notice": words.NOTICE,
}
_COLOURS: Final = {
    "error": "1;31",
    "warning": "1;33",
    "advice": "1;36",
    "problem": "1;35",
    "passed": "32",
    "notice": "1;34",
}
_EXCERPT_WIDTH: Final = 160


def render(report: Report, options: Options) -> bytes:
    """The report as text; with `quiet` only the summary line, which counts the notices that are not shown."""
    blocks: list[str] = []
    if not options.quiet:
        for verdict in report.verdicts:
            blocks += _blocks(verdict, options)
        blocks += [notice_lines(notice, options) for notice in report.notices]
        blocks += [f"{printable(line[options.language])}\n"] if (line := report.in_force.line()) else []
    unshown = _unshown(report)[options.language] if options.quiet else ""
    blocks.append(summary(report, options.language) + unshown + "\n")
    return "\n".join(blocks).encode()


def problem_lines(problem: Problem, language: Language) -> str:
    """A problem by itself, without the line it stands in."""
    options = Options(language)
    return _problem(problem, Verdict(problem.place.file, None), options)


def notice_lines(notice: Problem, options: Options) -> str:
    """Something to be known that is no fault of a plan, such as a waiver that is about to end."""
    head = _head(notice.place, notice.code, "notice", notice.message[options.language], options)
    return head + _fix(notice.fix, options)


def _blocks(verdict: Verdict, options: Options) -> list[str]:
    blocks = [_problem(problem, verdict, options) for problem in verdict.problems]
    blocks += [_finding(finding, verdict, options, early=True) for finding in verdict.preliminary]
    if (line := words.to_come(verdict)) is not None:
        blocks.append(f"{printable(f'{verdict.file}: {line[options.language]}')}\n")
    blocks += [_finding(finding, verdict, options) for finding in verdict.findings]
    blocks += [_passed(item, options) for item in verdict.passed or ()]
    if verdict.directive is not None and verdict.directive_title is not None:
        by = "thẩm định theo" if options.language == "vi" else "checked against"
        blocks.insert(0, f"{verdict.file}: {by} {verdict.directive}: {verdict.directive_title[options.language]}\n")
    if verdict.not_applicable:
        blocks.append(_not_applicable(verdict, options))
    return blocks


def _finding(finding: Finding, verdict: Verdict, options: Options, *, early: bool = False) -> str:
    language = options.language
    message = f"[{finding.clause}] {words.early(finding, language) if early else finding.message[language]}"
    head = _head(finding.place, finding.rule, finding.severity, message, options)
    if finding.waived is not None:
        head = head.removesuffix("\n") + f" ({printable(words.waiver(finding, language))})\n"
    return head + _excerpt(finding.place, verdict, options) + _fix(finding.fix, options)


def _problem(problem: Problem, verdict: Verdict, options: Options) -> str:
    head = _head(problem.place, problem.code, "problem", problem.message[options.language], options)
    return head + _excerpt(problem.place, verdict, options) + _fix(problem.fix, options)


def _passed(item: Passed, options: Options) -> str:
    language = options.language
    rests_on = "; ".join(f"{label[language]}: {value[language]}" for label, value in item.grounds)
    words = f"[{item.clause}] {item.about[language]}: {item.title[language]} ({rests_on})"
    return _head(item.place, item.rule, "passed", words, options)


def _head(place: Place, code: str, level: str, message: str, options: Options) -> str:
    name = _NAMES[level][options.language]
    return f"{_paint(printable(place.describe(options.language)), '1', options)}: {_paint(f'{code} {name}', _COLOURS[level], options)} {printable(message)}\n"


def _excerpt(place: Place, verdict: Verdict, options: Options) -> str:
    line = verdict.lines.get(place)
    if line is None or place.line is None:
        return ""
    start = (place.column or 1) - 1
    length = max(1, (place.end_column or 0) - start - 1)
    shown, start = _window(printable(line.replace("\t", " ")), start)
    length = max(1, min(length, len(shown) - start))
    margin = " " * len(str(place.line))
    marker = " " * _width(shown[:start]) + "^" * max(1, _width(shown[start : start + length]))
    bar = _paint("|", "34", options)
    number = _paint(str(place.line), "34", options)
    return f"{margin} {bar}\n{number} {bar} {shown}\n{margin} {bar} {_paint(marker, '31', options)}\n"


def _window(line: str, start: int) -> tuple[str, int]:
    """As much of a long line as fits, with the place of interest in it."""
    if len(line) <= _EXCERPT_WIDTH:
        return line, start
    begin = max(0, start - _EXCERPT_WIDTH // 3)
    return line[begin : begin + _EXCERPT_WIDTH] + "…", start - begin


def _width(text: str) -> int:
    """Columns on a terminal: combining marks take none, wide characters two."""
    return sum(
        0 if unicodedata.combining(mark) else 2 if unicodedata.east_asian_width(mark) in "WF" else 1 for mark in text
    )


def _fix(fix: Phrase, options: Options) -> str:
    words = "cách sửa" if options.language == "vi" else "fix"
    return f"  = {_paint(words, '32', options)}: {printable(fix[options.language])}\n"


def _not_applicable(verdict: Verdict, options: Options) -> str:
    by: dict[str, list[str]] = {}
    for item in verdict.not_applicable:
        by.setdefault(item.by, []).append(item.rule)
    words = "không áp dụng, theo" if options.language == "vi" else "not applicable, by"
    lines = [f"{printable(verdict.file)}: {words} {clause}: {', '.join(rules)}\n" for clause, rules in by.items()]
    return "".join(lines)


def summary(report: Report, language: Language) -> str:
    """How many plans have each status, and how many findings each severity, in one line."""
    statuses = Counter(verdict.status for verdict in report.verdicts)
    levels = Counter(
        finding.severity for verdict in report.verdicts for finding in verdict.findings if finding.waived is None
    )
    marked = [f.waived for verdict in report.verdicts for f in verdict.findings if f.waived is not None]
    known = sum(waived.get("by") == "baseline" for waived in marked)
    waived = len(marked) - known
    total = words.called(report).counted(len(report.verdicts))[language]
    if language == "vi":
        parts = [f"{total}: {statuses['compliant']} đạt, {statuses['non_compliant']} chưa đạt"]
        parts.append(f"{statuses['invalid']} không thẩm định được" if statuses["invalid"] else "")
    else:
        parts = [f"{total}: {statuses['compliant']} compliant, {statuses['non_compliant']} non-compliant"]
        parts.append(f"{statuses['invalid']} not appraised" if statuses["invalid"] else "")
    counts = ", ".join(f"{levels[level]} {_plural(level, levels[level], language)}" for level in SEVERITIES)
    if early := sum(len(verdict.preliminary) for verdict in report.verdicts):
        counts += f", {early} phát hiện sơ bộ" if language == "vi" else f", {counted(early, 'preliminary finding')}"
    if any(verdict.open_rules for verdict in report.verdicts):
        counts += (
            ", sửa xong có thể còn phát hiện khác" if language == "vi" else ", more may be found once it is mended"
        )
    if waived:
        counts += f", {waived} {'được miễn' if language == 'vi' else 'waived'}"
    if known:
        counts += f", {known} {'không tính (đã có trong mốc)' if language == 'vi' else 'not counted (in the baseline)'}"
    if off := len(report.in_force.switched_off):
        counts += f", {off} quy tắc không kiểm tra" if language == "vi" else f", {counted(off, 'rule')} switched off"
    if report.in_force.one_engine:
        counts += ", một bộ máy" if language == "vi" else ", one engine"
    if left := in_short(report.told):
        counts += f", {left[language]}"
    return f"{', '.join(part for part in parts if part)}; {counts}"


def _unshown(report: Report) -> Text:
    """How many notices there are besides those on what was passed over, which are counted by files, and how to see them."""
    count = sum(notice.code != PASSED_OVER for notice in report.notices)
    if not count:
        return Text("", "")
    return Text(f", {count} lưu ý (bỏ -q để xem)", f", {counted(count, 'notice')} (leave out -q to see them)")


def _plural(level: str, count: int, language: Language) -> str:
    word = _NAMES[level][language]
    return f"{word}s" if language == "en" and count != 1 and level != "advice" else word


def _paint(text: str, code: str, options: Options) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if options.colour else text
