"""Outcomes as rows of the store's tables, made where plans are checked, and what such rows tell.

What only the audit's own process knows (the run, the numbers of verdicts) is put beside them by whole columns.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from itertools import chain, compress, repeat
from typing import Any, Final

import msgspec

from ...base.problem import ENGINE, UNREADABLE, Place, Problem
from ...base.text import Phrase, Text
from ...evaluation.verdict import Finding, NotApplicable, Subject, Undecided
from ..audited_plan import AuditedPlan
from .templates import Templates

_PLACE: Final = tuple(item.name for item in fields(Place))
FINDING: Final = (
    "position", "rule", "clause", "severity", "entity", "subject", "message", "message_vi", "message_en", "fix", "fix_vi",
    "fix_en", "location", "evidence", "waived",
)  # fmt: skip
UNDECIDED: Final = (
    "position", "rule", "clause", "entity", "subject", "reason_vi", "reason_en", "location", "evidence",
)  # fmt: skip
PROBLEM: Final = ("position", "code", "message_vi", "message_en", "fix_vi", "fix_en", "location")
_OF_VERDICTS: Final = (
    "digest, place, organization, kind, district, term, held_on, participants, status, not_applicable, directive, "
    "directive_title, checked, across"
)
"""As SQL names them in every store, whatever documents call what they list."""
VERDICT: Final = tuple(_OF_VERDICTS.split(", "))
_TEMPLATE: Final = ("template", "vi", "en")
_BESIDE: Final = ("shared", "findings", "problems", "notices")
"""Of each verdict: whether it may stand for later plans of the same content, and how many rows it has in the other tables."""
OF_VERDICTS: Final = {"findings": FINDING, "problems": PROBLEM, "notices": PROBLEM}
"""The tables that have rows of a verdict, any number of them."""
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_ENCODER: Final = msgspec.msgpack.Encoder()
_PASSING: Final = frozenset({ENGINE, UNREADABLE})
"""Problems that may be gone at the next try: such a verdict never stands for a check."""

Columns = dict[str, list[Any]]
"""Rows by column; all are of one length."""


def columns(names: Iterable[str], rows: Iterable[Sequence[Any]]) -> Columns:
    """Rows by column, of rows one after the other."""
    made = {name: [*column] for name, column in zip(names, zip(*rows, strict=True), strict=False)}
    return made or {name: [] for name in names}


def encoded_rows(outcomes: Sequence[AuditedPlan]) -> bytes:
    """The rows of outcomes, for `Rows.take` of whoever writes them."""
    templates = Templates()
    verdicts: list[tuple[Any, ...]] = []
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in OF_VERDICTS}
    for outcome in outcomes:
        verdict = outcome.verdict
        verdicts.append(
            (
                outcome.digest, outcome.place, outcome.organization, outcome.kind, outcome.district, outcome.term,
                outcome.held_on, outcome.people, verdict.status, _suspended(verdict.not_applicable), verdict.directive,
                _title(verdict.directive_title), _listed(verdict.checked),
                None if outcome.across is None else _ENCODER.encode(outcome.across),
                _is_shared(outcome), len(verdict.findings), len(verdict.problems), len(verdict.notices),
            )
        )  # fmt: skip
        rows["findings"] += finding_rows(verdict.findings, templates)
        rows["problems"] += problem_rows(verdict.problems)
        rows["notices"] += problem_rows(verdict.notices)
    made = {table: columns(names, rows[table]) for table, names in OF_VERDICTS.items()}
    return _ENCODER.encode(
        {"verdicts": columns((*VERDICT, *_BESIDE), verdicts), **made, "templates": templates.columns()}
    )


class Rows:
    """Rows of outcomes that wait to be written."""

    def __init__(self) -> None:
        """Of no outcome."""
        self.verdicts = columns((*VERDICT, *_BESIDE), ())
        self._of_verdicts = {table: columns(names, ()) for table, names in OF_VERDICTS.items()}
        self._templates: dict[int, tuple[list[str], list[str]]] = {}

    def __len__(self) -> int:
        return len(self.verdicts["digest"])

    def take(self, encoded: bytes) -> None:
        """Add the rows of further outcomes."""
        tables: dict[str, Columns] = msgspec.msgpack.decode(encoded)
        template, *words = tables.pop("templates").values()
        self._templates.update(zip(template, zip(*words, strict=True), strict=True))
        for table, more in tables.items():
            for name, column in (self.verdicts if table == "verdicts" else self._of_verdicts[table]).items():
                column += more[name]

    def templates(self) -> Columns:
        """Each template that findings tell by."""
        return columns(_TEMPLATE, ((number, *words) for number, words in self._templates.items()))

    def numbered(self, numbers: Sequence[int], new: Sequence[bool]) -> dict[str, Columns]:
        """The rows of those verdicts that are new, by table, under the numbers of the outcomes' verdicts."""
        verdicts = {"verdict": numbers} | {name: self.verdicts[name] for name in VERDICT}
        return {"verdicts": _chosen(verdicts, new)} | {
            table: _chosen({"verdict": _repeated(numbers, counts), **rows}, _repeated(new, counts))
            for table, rows in self._of_verdicts.items()
            for counts in (self.verdicts[table],)
        }


def _chosen(rows: Mapping[str, Sequence[Any]], wanted: Sequence[bool]) -> Columns:
    return {name: [*compress(column, wanted)] for name, column in rows.items()}


def _repeated(values: Sequence[Any], counts: Sequence[int]) -> list[Any]:
    """Each value so many times."""
    return [*chain.from_iterable(map(repeat, values, counts))]


def _is_shared(outcome: AuditedPlan) -> bool:
    """Whether the verdict may stand for later plans of the same content."""
    verdict = outcome.verdict
    return (
        bool(outcome.digest)
        and all(finding.waived is None for finding in verdict.findings)
        and all(problem.code not in _PASSING for problem in verdict.problems)
    )


def _suspended(rules: tuple[NotApplicable, ...]) -> str | None:
    """The suspended rules as a column has them: the same few lists over and over."""
    return _pairs(tuple((item.rule, item.by) for item in rules)) if rules else None


_pairs = lru_cache(maxsize=1024)(_json)


@lru_cache(maxsize=1024)
def suspended_of(column: str | None) -> tuple[NotApplicable, ...]:
    """The suspended rules, from their column."""
    return () if column is None else tuple(NotApplicable(rule, by) for rule, by in json.loads(column))


@lru_cache(maxsize=1024)
def _listed(rules: tuple[str, ...]) -> str | None:
    return _json(rules) if rules else None


@lru_cache(maxsize=1024)
def rules_of(column: str | None) -> tuple[str, ...]:
    """The rules that a plan was checked by, from their column."""
    return () if column is None else tuple(json.loads(column))


def _title(title: Text | None) -> str | None:
    return None if title is None else _json([title.vi, title.en])


def finding_rows(findings: Iterable[Finding], templates: Templates) -> Iterator[tuple[Any, ...]]:
    """The findings on one plan as rows of FINDING; templates that tell them are added to those."""
    return (
        (
            position, finding.rule, finding.clause, finding.severity, finding.subject.entity, finding.subject.id,
            *templates.row(finding.message), *templates.row(finding.fix), _location(finding.place),
            _json(finding.evidence), None if finding.waived is None else _json(finding.waived),
        )
        for position, finding in enumerate(findings)
    )  # fmt: skip


def finding_of(row: Sequence[Any], templates: Templates, *, waived: bool) -> Finding:
    """The finding of a row without its position; with `waived` one that was waived is so still."""
    rule, clause, severity, entity, subject, message, vi, en, fix, fix_vi, fix_en, location, evidence, waiver = row
    return Finding(
        rule, clause, severity, Subject(entity, subject), templates.told(message, vi, en),
        templates.told(fix, fix_vi, fix_en), _place(location), json.loads(evidence), json.loads(waiver) if waived and waiver is not None else None,
    )  # fmt: skip


def undecided_rows(items: Iterable[Undecided]) -> Iterator[tuple[Any, ...]]:
    """What can't be decided on one plan, as rows of UNDECIDED."""
    return (
        (
            position, item.rule, item.clause, item.subject.entity, item.subject.id, *_words(item.reason),
            _location(item.place), _json(item.evidence),
        )
        for position, item in enumerate(items)
    )  # fmt: skip


def undecided_of(row: Sequence[Any]) -> Undecided:
    """What a row without its position says is undecided."""
    rule, clause, entity, subject, vi, en, location, evidence = row
    return Undecided(rule, clause, Subject(entity, subject), Text(vi, en), _place(location), json.loads(evidence))


def problem_rows(problems: Iterable[Problem]) -> Iterator[tuple[Any, ...]]:
    """Problems (or notices) of one plan or run, as rows of PROBLEM."""
    return (
        (position, problem.code, *_words(problem.message), *_words(problem.fix), _location(problem.place))
        for position, problem in enumerate(problems)
    )


def problem_of(row: Sequence[Any]) -> Problem:
    """The problem of a row without its position."""
    code, vi, en, fix_vi, fix_en, location = row
    return Problem(code, Text(vi, en), Text(fix_vi, fix_en), _place(location))


def _words(text: Phrase) -> tuple[str, str]:
    return text.vi, text.en


def _location(place: Place) -> str:
    return _json({name: value for name in _PLACE if (value := getattr(place, name)) is not None})


def _place(location: str) -> Place:
    return Place(**json.loads(location))
