"""A self-contained HTML page on one or many plans: findings with the plan beside them, agendas drawn, seats and ballots."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from ..base.inert import printable
from ..base.problem import Place, Problem
from ..base.severity import SEVERITIES as LEVELS
from ..base.text import Language, Text
from ..directive.handbook import ClauseEntry
from ..evaluation.verdict import Finding, Report, Verdict
from ..model.outline import AROUND, Crossing, Outline
from . import Options
from .agenda import Agenda, agenda
from .pages import page
from .text import summary
from .words import (
    PRELIMINARY,
    SEVERITIES,
    STATUSES,
    SuspendedBy,
    about_plan,
    called,
    handbook_rule,
    suspended,
    titles,
    waiver,
)

_LONGEST_LINE: Final = 240
_LONGEST_CHOICE: Final = 80
_TONES: Final = {"compliant": "good", "non_compliant": "error", "invalid": "error", "problem": "error"}
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the excerpt, cut where the finding's words begin and end."""

    number: int
    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class _Item:
    """A finding or a problem as the page shows it."""

    code: str
    clause: str
    severity: str
    word: str
    title: str
    message: str
    fix: str
    place: str
    waiver: str
    lines: list[_Line]
    evidence: list[tuple[str, str]]
    subject: str
    clauses: list[ClauseEntry]

    @property
    def tone(self) -> str:
        """The class that colours its badge."""
        return _TONES.get(self.severity, self.severity)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the matrix: `state` is taken, missing, extra or none."""

    state: str
    role: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """One plan as the page shows it."""

    anchor: str
    name: str
    file: str
    status: str
    word: str
    district: str
    facts: list[tuple[Text, str]]
    counts: dict[str, int]
    items: list[_Item]
    agenda: Agenda | None
    columns: list[str]
    members: list[tuple[str, list[_Cell]]]
    held: list[tuple[str, str, int | None]]
    suspended: list[SuspendedBy]

    @property
    def tone(self) -> str:
        """The class that colours its badge."""
        return _TONES[self.status]


def render(report: Report, options: Options) -> bytes:
    """The report as a page. What stands in a plan is text in it, whatever it looks like."""
    return f"{page('report.html', options.language, **page_content(report, options.language))}\n".encode()


def page_content(report: Report, language: Language) -> dict[str, Any]:
    """What the page of a report shows, by the names in its template."""
    plans = [_plan(report, verdict, number, language) for number, verdict in enumerate(report.verdicts, 1)]
    items = [item for plan in plans for item in plan.items]
    clauses = {entry.id: entry for handbook in report.handbooks.values() for entry in handbook.clauses.values()}
    found = {item.clause for item in items if item.clause}
    return {
        "titles": [printable(title) for title in titles(report, language)],
        "summary": summary(report, language),
        "in_force": [(label[language], printable(value[language])) for label, value in report.in_force.lines()],
        "plans": plans,
        "clause_choices": [(name, _clause_choice(name, clauses, language)) for name in _sorted(found)],
        "severity_choices": [
            (level, _level_word(level)[language])
            for level in (*LEVELS, "problem")
            if any(item.severity == level for item in items)
        ],
        "called": called(report),
        "district_choices": [(name, name) for name in sorted({plan.district for plan in plans if plan.district})],
        "status_choices": [
            (status, STATUSES[status][language]) for status in STATUSES if any(plan.status == status for plan in plans)
        ],
        "notices": [_problem(notice, {}, language) for notice in report.notices],
    }


def _sorted(clauses: set[str]) -> list[str]:
    return sorted(clauses, key=lambda name: (name.rstrip("0123456789"), int("0" + "".join(filter(str.isdigit, name)))))


def _clause_choice(name: str, clauses: dict[str, ClauseEntry], language: Language) -> str:
    if name not in clauses:
        return name
    text = printable(clauses[name].text[language])
    return f"{name}: {text if len(text) <= _LONGEST_CHOICE else text[:_LONGEST_CHOICE] + _ELLIPSIS}"


def _level_word(level: str) -> Text:
    return SEVERITIES.get(level, STATUSES["invalid"])


def _plan(report: Report, verdict: Verdict, number: int, language: Language) -> _Plan:
    outline = verdict.outline
    items = [_problem(problem, verdict.lines, language) for problem in verdict.problems]
    items += [
        replace(_finding(report, verdict, finding, language), waiver=PRELIMINARY[language])
        for finding in verdict.preliminary
    ]
    items += [_finding(report, verdict, finding, language) for finding in verdict.findings]
    return _Plan(
        f"plan-{number}",
        printable(verdict.organization or verdict.file),
        printable(verdict.file),
        verdict.status,
        STATUSES[verdict.status][language],
        printable((outline and _area(report, verdict, outline)) or ""),
        [*_directive(report, verdict, language), *(_facts(outline, language) if outline else ())],
        Counter(finding.severity for finding in verdict.findings if finding.waived is None),
        items,
        agenda(outline, language) if outline and outline.sittings else None,
        [printable(name) for name in outline.columns.values()] if outline else [],
        [(printable(person.name), _cells(person, outline, language)) for person in outline.people] if outline else [],
        list(_held(report, verdict, language)),
        list(suspended(report, verdict)),
    )


def _area(report: Report, verdict: Verdict, outline: Outline) -> str | None:
    """What the document is grouped by: its district, or the committee above."""
    handbook = report.handbooks.get(verdict.directive or report.directive)
    by_superior = handbook is not None and handbook.called.nature == "superior"
    return outline.superior if by_superior else outline.district


def _directive(report: Report, verdict: Verdict, language: Language) -> Iterator[tuple[Text, str]]:
    """What the plan was checked against, where plans differ in that."""
    handbook = report.handbooks.get(verdict.directive or "")
    if handbook is not None and len(report.handbooks) > 1:
        yield Text("Chỉ đạo", "Directive"), printable(handbook.title[language])


def _facts(outline: Outline, language: Language) -> Iterator[tuple[Text, str]]:
    return ((label, printable(value)) for label, value in about_plan(outline, language) if value)


def _finding(report: Report, verdict: Verdict, finding: Finding, language: Language) -> _Item:
    entry = handbook_rule(report, verdict, finding.rule)
    handbook = report.handbooks.get(verdict.directive or report.directive)
    return _Item(
        finding.rule,
        finding.clause,
        finding.severity,
        SEVERITIES[finding.severity][language],
        printable(entry.title[language]) if entry else "",
        printable(finding.message[language]),
        printable(finding.fix[language]),
        printable(finding.place.describe(language)),
        printable(waiver(finding, language)),
        list(_excerpt(finding.place, verdict.lines)),
        [(label[language], printable(value[language])) for label, value in finding.grounds],
        finding.subject.id,
        [handbook.clauses[name] for name in entry.clauses] if entry and handbook else [],
    )


def _problem(problem: Problem, lines: dict[Place, str], language: Language) -> _Item:
    return _Item(
        problem.code,
        "",
        "problem",
        _level_word("problem")[language],
        "",
        printable(problem.message[language]),
        printable(problem.fix[language]),
        printable(problem.place.describe(language)),
        "",
        list(_excerpt(problem.place, lines)),
        [],
        "",
        [],
    )


def _excerpt(place: Place, lines: dict[Place, str]) -> Iterator[_Line]:
    """The lines around a place, the words it is about marked in their line."""
    if place.line is None or place not in lines:
        return
    for number in range(place.line - AROUND, place.line + AROUND + 1):
        line = lines[place] if number == place.line else lines.get(Place(place.file, number))
        if line is None:
            continue
        line = printable(line.replace("\t", " "))
        if number != place.line:
            yield _Line(number, _shortened(line), "", "")
            continue
        start = (place.column or 1) - 1
        end = place.end_column - 1 if place.end_column else len(line)
        begin = max(0, start - _LONGEST_LINE // 2)
        before = (_ELLIPSIS if begin else "") + line[begin:start]
        yield _Line(number, before, _shortened(line[start:end]), _shortened(line[end:]))


def _shortened(line: str) -> str:
    return line if len(line) <= _LONGEST_LINE else line[:_LONGEST_LINE] + _ELLIPSIS


def _cells(person: Crossing, outline: Outline, language: Language) -> list[_Cell]:
    cells = []
    for column in outline.columns:
        said, voted = person.seats.get(column), column in person.ballots
        state = {(True, True): "taken", (True, False): "missing", (False, True): "extra", (False, False): "none"}[
            said is not None, voted
        ]
        cells.append(_Cell(state, said[language] if said else ""))
    return cells


def _held(report: Report, verdict: Verdict, language: Language) -> Iterator[tuple[str, str, int | None]]:
    """The rules without a finding: code, title, and on how many subjects each held where that was asked for."""
    breached = {finding.rule for finding in verdict.findings}
    subjects = None if verdict.passed is None else Counter(item.rule for item in verdict.passed)
    for code in verdict.checked:
        if code not in breached:
            entry = handbook_rule(report, verdict, code)
            yield code, printable(entry.title[language]) if entry else "", None if subjects is None else subjects[code]
