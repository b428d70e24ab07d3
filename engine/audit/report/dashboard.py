"""The dashboard: one self-contained page that shows how the plans of an audit stand, down to each finding."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from ...base.inert import printable
from ...base.instant import date_words, instant_words, time_words
from ...base.problem import Place
from ...base.severity import SEVERITIES, Severity
from ...base.text import Language, Text, per_cent
from ...evaluation.verdict import Finding
from ...model.called import Called
from ...reporters.pages import page
from ...reporters.words import SEVERITIES as WORDS
from ...reporters.words import seats_not_decidable
from ..store.history import PastRun
from ..waived_finding import WaivedFinding
from .summary import GroupTotals, PlanLine, RunDetails, Summary, by_kind, district_name, groups_by_name, kind_name

MOST_LISTED: Final = 10_000
"""How many plans one page lists at most."""
MOST_BYTES: Final = 5_000_000
"""How large a page may be."""
MOST_PRINTED: Final = 2_000
"""How many plans are put on paper at most: a browser takes about 10 s for 1000 of them, and dies of too many."""

_BYTES_OF_LIST: Final = 4_400_000
_BYTES_OF_LINES: Final = 3_000_000
_MOST_DISTRICTS: Final = 30
_MOST_RULES: Final = 12
_MOST_WAIVED: Final = 100
_MOST_RUNS: Final = 30
_MOST_NOTICES: Final = 200
_LONGEST: Final = 160
_LONGEST_WORDS: Final = 400
_HEAT_LEVELS: Final = 5
_STATUSES: Final = ("compliant", "non_compliant", "invalid")

_ESCAPES: Final = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def render(summary: Summary, about: RunDetails, history: Sequence[PastRun], language: Language) -> bytes:
    """The page as UTF-8. `history` are the runs of the store, for the trend; none where there is no store."""
    called = about.called(summary)
    listed = _listed(summary, called, language)
    content = page(
        "dashboard.html",
        language,
        about=about,
        called=called,
        title=about.title(language),
        in_force=about.basis(language),
        summary=summary,
        per_cent=per_cent,
        seats_not_decidable=seats_not_decidable,
        severities=WORDS,
        total=_row("", summary.total),
        districts=_grouped(summary, called, language),
        kinds=[_row(kind_name(name, language, called), group) for name, group in by_kind(summary.kinds)],
        heat=_heat(summary, about, called, language),
        frequent=_frequent(summary, about, language),
        suspended=sorted(summary.suspended.items()),
        directives=sorted(summary.directives.items()),
        trend=_trend(history, language),
        instant_words=instant_words,
        excused=[_excused(found) for found in summary.excused[:_MOST_WAIVED]],
        more_excused=max(0, summary.waived - _MOST_WAIVED),
        notices=[
            (notice.code, printable(notice.place.describe(language)), printable(notice.message[language]))
            for notice in summary.notices[:_MOST_NOTICES]
        ],
        more_notices=max(0, summary.noticed - _MOST_NOTICES),
        listed=listed.count,
        most_printed=MOST_PRINTED,
        without_detail=listed.without_detail,
        data=listed.json,
    ).encode()
    assert len(content) <= MOST_BYTES, len(content)
    return content


def _excused(found: WaivedFinding) -> list[str]:
    """The cells of a waived finding: rule, organisation, subject, reason, approver, document, end, file."""
    place = found.place.file if found.place.line is None else f"{found.place.file}:{found.place.line}"
    cells = (found.organization, found.subject, found.reason, found.approved_by, found.document, found.valid_until)
    return [found.rule, *map(_short, cells), _short(place)]


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a table of groups: counts, the share that complies, and the widths of its bar."""

    name: str
    key: str
    plans: int
    counts: dict[str, int]
    findings: dict[str, int]
    share: float | None
    bar: list[tuple[str, float, float]]


def _row(name: str, group: GroupTotals, key: str = "") -> _Row:
    bar = []
    start = 0.0
    for status in _STATUSES:
        width = 100 * group.statuses[status] / group.plans if group.plans else 0.0
        if width:
            bar.append((status, round(start, 2), round(width, 2)))
        start += width
    return _Row(
        _short(name),
        _short(key or name),
        group.plans,
        {status: group.statuses[status] for status in _STATUSES},
        {severity: group.findings[severity] for severity in ("error", "warning", "advice")},
        group.share,
        bar,
    )


def _grouped(summary: Summary, called: Called, language: Language) -> list[_Row]:
    """The districts by name; those with the fewest plans in one line where there are too many for a page."""
    named = groups_by_name(summary.districts)
    largest = {name for name, _ in sorted(named, key=lambda item: -item[1].plans)[: _MOST_DISTRICTS * 4]}
    rows = [_row(district_name(name, language, called), group) for name, group in named if name in largest]
    rest = GroupTotals()
    for name, group in named:
        if name not in largest:
            rest.merge(group)
    if rest.plans:
        others = len(named) - len(largest)
        rows.append(
            _row(Text(f"{others} {called.area.vi} khác", f"{others} other {called.area.en}s")[language], rest, " ")
        )
    return rows


@dataclass(frozen=True, slots=True)
class _Heat:
    """The map: for each clause with errors, then each rule with warnings or advice, a cell per district, of level 0 to 5."""

    districts: list[str]
    rows: list[tuple[str, Severity, str, list[tuple[int, float, int]]]]


def _heat(summary: Summary, about: RunDetails, called: Called, language: Language) -> _Heat:
    """Plans with errors against a clause, or what a rule warns of, of those appraised in the district: counts, shares.

    Warnings and advice leave a plan compliant, and the first of their rule's clauses may be of another kind of organisation.
    """
    columns = [item for item in groups_by_name(summary.districts) if item[1].share is not None]
    most = Counter({name: sum(group.findings.values()) for name, group in columns}).most_common(_MOST_DISTRICTS)
    chosen = {name for name, _ in most}
    columns = [item for item in columns if item[0] in chosen]
    found: list[tuple[str, Severity, str]] = [
        (clause, breach.severity, about.clause(clause, language))
        for clause, breach in summary.graded_order
        if breach.severity == "error"
    ]
    found += [
        (code, severity, about.rule(code, language))
        for severity in SEVERITIES[1:]
        for code, breach in sorted(summary.rules.items())
        if breach.severity == severity
    ]
    rows = []
    for code, severity, text in found:
        cells: list[tuple[int, float, int]] = []
        for name, group in columns:
            count = summary.heat[code, name]
            appraised = group.statuses["compliant"] + group.statuses["non_compliant"]
            share = count / appraised
            level = 0 if count == 0 else min(_HEAT_LEVELS, 1 + int(share * 10))
            cells.append((count, share, level))
        rows.append((code, severity, text, cells))
    return _Heat([_short(district_name(name, language, called)) for name, _ in columns], rows)


@dataclass(frozen=True, slots=True)
class _Frequent:
    rule: str
    clause: str
    severity: str
    title: str
    plans: int
    findings: int
    width: float


def _frequent(summary: Summary, about: RunDetails, language: Language) -> list[_Frequent]:
    ranked = sorted(summary.rules.items(), key=lambda item: (-item[1].plans, -item[1].findings, item[0]))[:_MOST_RULES]
    most = max((breach.plans for _, breach in ranked), default=1)
    return [
        _Frequent(
            code, breach.clause, breach.severity, about.rule(code, language), breach.plans, breach.findings,
            round(100 * breach.plans / most, 1),
        )
        for code, breach in ranked
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Point:
    run: PastRun
    share: float
    x: float
    y: float
    when: str
    """What stands under it: the day, of several runs of one day the time, of several of one minute the run's number."""


def _trend(history: Sequence[PastRun], language: Language) -> list[_Point]:
    """The last finished runs that appraised anything; x from 30 to 610, y from 0 (all comply) to 160."""
    runs = [(run, run.share) for run in history if run.finished is not None and run.share is not None][-_MOST_RUNS:]
    step = 580 / max(1, len(runs) - 1)
    return [
        _Point(
            run,
            share,
            round(30 + number * step, 1),
            round(160 - 160 * share, 1),
            when,
        )
        for number, ((run, share), when) in enumerate(
            zip(runs, _times([run for run, _ in runs], language), strict=True)
        )
    ]


def _times(runs: Sequence[PastRun], language: Language) -> Iterator[str]:
    """What tells each run from the one before it."""
    for before, run in zip([None, *runs], runs, strict=False):
        if before is None or before.started.date() != run.started.date():
            yield date_words(run.started)
        elif time_words(before.started, language) != time_words(run.started, language):
            yield time_words(run.started, language)
        else:
            yield Text(f"lần {run.run}", f"run {run.run}")[language]


@dataclass(frozen=True, slots=True)
class _Listed:
    """The list of plans as JSON that a page may hold; how many plans, and how many findings are left out of it."""

    json: str
    count: int
    without_detail: int


def _listed(summary: Summary, called: Called, language: Language) -> _Listed:
    """As many plans as fit, and as many of their findings: the first of each plan, then the second of each …"""
    lines = summary.lines[:MOST_LISTED] if summary.total.plans <= MOST_LISTED else summary.sampled(MOST_LISTED)
    while True:
        tables = _Tables(called, language)
        rows = [tables.plan(line) for line in lines]
        size = sum(_size(row) for row in rows) + tables.size()
        if size <= _BYTES_OF_LINES:
            break
        lines = summary.sampled(len(lines) * 3 // 4)
    left = _BYTES_OF_LIST - size
    waiting = [(row, line, 0) for row, line in zip(rows, lines, strict=True) if line.findings or line.problems]
    without_detail = 0
    while waiting:
        longer = []
        for row, line, number in waiting:
            told = tables.detail(line, number)
            left -= _size(told)
            if left < 0:
                missing = len(line.findings) + len(line.problems) - number
                row[10] = missing
                without_detail += missing
                continue
            row[9].append(told)
            if number + 1 < len(line.findings) + len(line.problems):
                longer.append((row, line, number + 1))
        waiting = longer
    return _Listed(_json({**tables.to_json(), "plans": rows}), len(rows), without_detail)


class _Tables:
    """What many plans of a page share is written once, and referred to by its number."""

    def __init__(self, called: Called, language: Language) -> None:
        self._called = called
        self._language: Language = language
        self._kinds: dict[str, int] = {}
        self._districts: dict[str, int] = {}
        self._rules: dict[tuple[str, str, str], int] = {}
        self._directives: dict[str, int] = {}

    def to_json(self) -> dict[str, object]:
        return {
            "kinds": list(self._kinds),
            "districts": list(self._districts),
            "rules": list(self._rules),
            "directives": list(self._directives),
        }

    def size(self) -> int:
        return _size(self.to_json())

    def plan(self, line: PlanLine) -> list[Any]:
        """[organisation, place, kind, district, date, status, errors, warnings, advice, details, details left out, directive]."""
        counted = Counter(finding.severity for finding in line.findings if finding.waived is None)
        unread = line.organization is None and line.status == "invalid"
        district = "" if unread else _short(district_name(line.district, self._language, self._called))
        return [
            _short(line.organization or ""),
            _short(line.place),
            _number(self._kinds, kind_name(line.kind, self._language, self._called)),
            _number(self._districts, district),
            line.held_on or "",
            _STATUSES.index(line.status),
            counted["error"],
            counted["warning"],
            counted["advice"],
            [],
            0,
            _number(self._directives, line.directive or ""),
        ]

    def detail(self, line: PlanLine, number: int) -> list[object]:
        """[rule, message, where in the plan]: its clause and severity are the rule's; a problem has neither."""
        if number < len(line.problems):
            return [
                _number(self._rules, ("", "", "invalid")),
                _short(line.problems[number][self._language], _LONGEST_WORDS),
            ]
        finding = line.findings[number - len(line.problems)]
        severity = finding.severity if finding.waived is None else "waived"
        rule = _number(self._rules, (finding.rule, finding.clause, severity))
        message = _short(finding.message[self._language], _LONGEST_WORDS)
        where = _where(finding, line, self._language)
        return [rule, message, where] if where else [rule, message]


Known = TypeVar("Known")


def _number(table: dict[Known, int], entry: Known) -> int:
    return table.setdefault(entry, len(table))


def _size(value: object) -> int:
    """How many bytes a value takes in a list."""
    return len(_json(value).encode()) + 1


def _where(finding: Finding, line: PlanLine, language: Language) -> str:
    """Where in the plan's file the finding stands, the file itself left out."""
    place: Place = finding.place
    if line.place == f"{place.file}:{place.line}":  # a line of many: the plan's place says it already
        return ""
    return _short(place.describe(language).removeprefix(place.file).lstrip(": "))


def _short(text: str, longest: int = _LONGEST) -> str:
    text = printable(text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _json(value: object) -> str:
    """JSON that can stand inside a script element: nothing in it ends the element or a line of it."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark, escape in _ESCAPES.items():
        if mark in written:
            written = written.replace(mark, escape)
    return written
