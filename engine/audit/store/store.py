"""The store: what audits found, kept in one DuckDB file from run to run.

A plan's content is checked once under one basis (directive, pack, program, choice of rules, key, redaction); later runs
refer to that verdict. What is added reaches the file within a second or so, in whole transactions: a process that is
killed loses at most what the next run checks anew.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import msgspec

from ...base.in_force import InForce
from ...base.problem import ENGINE, UNREADABLE, Place, Problem
from ...base.text import Phrase, Text
from ...evaluation.verdict import Finding, NotApplicable, Subject, Undecided, Verdict
from ..audited_plan import Across, AuditedPlan, moved, without_plan
from ..sink import Addition, AuditRun
from .database import Database, open_store
from .templates import Templates, templates_of

MOST_WAITING: Final = 4096
LONGEST_WAIT: Final = 1.0
"""How many outcomes may wait in memory, and for how many seconds, before they are written."""

_PLACE: Final = tuple(item.name for item in fields(Place))
_FINDING: Final = (
    "position", "rule", "clause", "severity", "entity", "subject", "message", "message_vi", "message_en", "fix", "fix_vi",
    "fix_en", "location", "evidence", "waived",
)  # fmt: skip
_UNDECIDED: Final = (
    "position", "rule", "clause", "entity", "subject", "reason_vi", "reason_en", "location", "evidence",
)  # fmt: skip
_PROBLEM: Final = ("position", "code", "message_vi", "message_en", "fix_vi", "fix_en", "location")
_OF_VERDICTS: Final = (
    "verdict, basis, digest, place, organization, kind, district, term, held_on, participants, status, not_applicable, "
    "directive, directive_title, checked, across"
)
_VERDICT: Final = _OF_VERDICTS.split(", ")
_PLAN: Final = ("run", "place", "verdict", "status")
_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_NOTHING: Final = msgspec.msgpack.encode(None)
_PASSING: Final = frozenset({ENGINE, UNREADABLE})
"""Problems that may be gone at the next try: such a verdict never stands for a check."""


class Store:
    """A store that is open for one audit: a Sink. Every method raises Unreadable where the file can't be used."""

    def __init__(self, path: Path, *, resume: bool = False) -> None:
        """Open the store, making it where there is none, and migrating an older one.

        With `resume` a run that was interrupted is taken up again by the next one with the same inputs and basis.
        """
        self.database = open_store(path, make=True, write=True)
        self.database.resumable = True
        self._resume = resume
        self.run = 0
        self.resumed = self.knows = False
        self.finished: int | None = None
        self._basis = ""
        self._next = 0
        self._waiting: list[AuditedPlan] = []
        self._written = time.monotonic()

    def begin(self, run: AuditRun) -> None:
        """Begin a run, or take up the last one that fits where that was asked for."""
        self._basis = basis(run)
        ((last, unused),) = self.database.run(
            "SELECT (SELECT last_run FROM numbers), (SELECT coalesce(max(verdict), 0) FROM verdicts)"
        )
        self._next = unused + 1
        interrupted = self.database.run(
            "SELECT max(run) FROM runs WHERE finished IS NULL AND basis = ? AND inputs = ?",
            [self._basis, list(run.inputs)],
        )[0][0]
        self.resumed = self._resume and interrupted is not None
        self.run = interrupted if self.resumed else last + 1
        self.knows = bool(self.database.run("SELECT 1 FROM verdicts WHERE basis = ? LIMIT 1", [self._basis]))
        self.finished = self.database.run(
            "SELECT max(run) FROM runs WHERE finished IS NOT NULL AND inputs = ?", [list(run.inputs)]
        )[0][0]
        with self.database.transaction():
            for table in ("runs", "plans", "findings_across", "undecided", "notices_of_runs"):
                self.database.run(f"DELETE FROM {table} WHERE run = ?", [self.run])  # noqa: S608
            self.database.run("UPDATE numbers SET last_run = greatest(last_run, ?)", [self.run])
            self.database.run(
                "INSERT INTO runs (run, directive, version, pack, program, engine, inputs, started, finished, basis, "
                "redacted, selected, ignored, settings) VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, ?, ?)",
                [
                    self.run, run.directive, run.version, run.pack, run.program, run.engine, list(run.inputs),
                    datetime.fromisoformat(run.started).replace(tzinfo=None), self._basis, run.redacted,
                    list(run.select), list(run.ignore), _settings(run.in_force),
                ],
            )  # fmt: skip

    def recall(self, digests: Sequence[str]) -> Mapping[str, AuditedPlan]:
        """The outcomes of the same contents under the same basis, whichever run they are of; none is waived."""
        ids = self._verdicts(digests, waived=True)
        return {outcome.digest: outcome for outcome in _outcomes(self.database, sorted(ids.values()))}

    def add(self, outcomes: Sequence[AuditedPlan]) -> None:
        self._waiting += outcomes
        if len(self._waiting) >= MOST_WAITING or time.monotonic() - self._written >= LONGEST_WAIT:
            self._write()

    def finish(
        self, additions: Iterable[Addition], notices: Sequence[Problem] = (), in_force: InForce | None = None
    ) -> None:
        """End the run: all plans are in. A plan that breaches a rule across plans does not comply."""
        self._write()
        findings: dict[str, list[Any]] = {name: [] for name in ("run", "plan_place", *_FINDING)}
        undecided: dict[str, list[Any]] = {name: [] for name in ("run", "plan_place", *_UNDECIDED)}
        told: dict[str, list[Any]] = {name: [] for name in ("run", *_PROBLEM)}
        templates = Templates()
        breached: set[str] = set()
        unread: list[AuditedPlan] = []
        for addition in additions:
            if addition.problems:
                verdict = Verdict(addition.place, None, problems=addition.problems)
                unread.append(without_plan("", verdict))
            for position, finding in enumerate(addition.findings):
                _append(findings, (self.run, addition.place, position, *_finding_row(finding, templates)))
                if finding.severity == "error" and finding.waived is None:
                    breached.add(addition.place)
            for position, item in enumerate(addition.undecided):
                _append(undecided, (self.run, addition.place, position, *_undecided_row(item)))
        for position, notice in enumerate(notices):  # some are known only once all additions are
            _append(told, (self.run, position, *_problem_row(notice)))
        with self.database.lookup("breached", {"place": sorted(breached)}), self.database.transaction():
            self._withdraw(unread)
            self.database.insert("templates", templates.columns(), unless_known="template")
            self.database.insert("findings_across", findings)
            self.database.insert("undecided", undecided)
            self.database.insert("notices_of_runs", told)
            self.database.run(
                "UPDATE plans SET status = 'non_compliant' WHERE run = ? AND status = 'compliant' "
                "AND place IN (SELECT place FROM breached)",
                [self.run],
            )
            self.database.run(
                "UPDATE runs SET finished = ?, settings = coalesce(?, settings) WHERE run = ?",
                [datetime.now(), None if in_force is None else _settings(in_force), self.run],
            )

    def _withdraw(self, unread: list[AuditedPlan]) -> None:
        """Put problems in the place of the verdicts on plans that can't be read any more."""
        if not unread:
            return
        rows = self._rows(unread)
        self.database.insert("verdicts", rows["verdicts"])
        self.database.insert("problems", rows["problems"])
        with self.database.lookup("unread", {name: rows["plans"][name] for name in ("place", "verdict")}):
            self.database.run(
                "UPDATE plans SET status = 'invalid', verdict = unread.verdict FROM unread "
                "WHERE run = ? AND plans.place = unread.place",
                [self.run],
            )

    def close(self) -> None:
        """Write what waits and let go of the file. An audit that was not finished can be taken up again."""
        try:
            self._write()
        finally:
            self.database.close()

    def _write(self) -> None:
        """Write what waits, in one transaction; none of it waits any longer, whether or not that succeeds."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            rows = self._rows(waiting)
            with self.database.transaction():
                self.database.insert("templates", rows.pop("templates"), unless_known="template")
                for table, columns in rows.items():
                    self.database.insert(table, columns)
        self._written = time.monotonic()

    def _rows(self, outcomes: Sequence[AuditedPlan]) -> dict[str, dict[str, list[Any]]]:
        """The rows of some outcomes, by table and column; a content that has a verdict already gets no second one."""
        known = self._verdicts([outcome.digest for outcome in outcomes])
        templates = Templates()
        rows: dict[str, dict[str, list[Any]]] = {
            "verdicts": {name: [] for name in _VERDICT},
            "findings": {name: [] for name in ("verdict", *_FINDING)},
            "problems": {name: [] for name in ("verdict", *_PROBLEM)},
            "notices": {name: [] for name in ("verdict", *_PROBLEM)},
            "plans": {name: [] for name in _PLAN},
        }
        for outcome in outcomes:
            verdict, status = outcome.verdict, outcome.verdict.status
            shared = _is_shared(outcome)
            number = known.get(outcome.digest) if shared else None
            if number is None:
                number = self._next
                self._next += 1
                if shared:
                    known[outcome.digest] = number
                across = msgspec.msgpack.encode(outcome.across)
                _append(
                    rows["verdicts"],
                    (
                        number, self._basis, outcome.digest, outcome.place, outcome.organization, outcome.kind,
                        outcome.district, outcome.term, outcome.held_on, outcome.people, status,
                        _suspended(verdict.not_applicable), verdict.directive, _title(verdict.directive_title),
                        _listed(verdict.checked), None if across == _NOTHING else across,
                    ),
                )  # fmt: skip
                for position, finding in enumerate(verdict.findings):
                    _append(rows["findings"], (number, position, *_finding_row(finding, templates)))
                for table, problems in (("problems", verdict.problems), ("notices", verdict.notices)):
                    for position, problem in enumerate(problems):
                        _append(rows[table], (number, position, *_problem_row(problem)))
            _append(rows["plans"], (self.run, outcome.place, number, status))
        return rows | {"templates": templates.columns()}

    def _verdicts(self, digests: Sequence[str], *, waived: bool = False) -> dict[str, int]:
        """The verdict on each content under this basis; those with waived findings only if that is asked for."""
        wanted = sorted({digest for digest in digests if digest})
        if not wanted:
            return {}
        without = (
            ""
            if waived
            else "AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.verdict = v.verdict AND f.waived IS NOT NULL)"
        )
        with self.database.lookup("wanted", {"digest": wanted}):
            return dict(
                self.database.run(
                    f"""SELECT digest, min(verdict) FROM verdicts v JOIN wanted USING (digest)
                    WHERE basis = ? {without} AND NOT EXISTS (
                        SELECT 1 FROM problems p WHERE p.verdict = v.verdict AND p.code IN ('EN001', 'PL006'))
                    GROUP BY digest""",  # noqa: S608
                    [self._basis],
                )
            )


def _settings(in_force: InForce) -> str:
    return json.dumps(in_force.to_json(), ensure_ascii=False)


def basis(run: AuditRun) -> str:
    """What a verdict rests on besides the plan: runs of one basis give the same plan the same verdict."""
    said = [run.directive, run.pack, run.program, sorted(run.select), sorted(run.ignore), run.key, run.redacted]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


def outcomes_of(
    database: Database, run: int, places: Sequence[str] | None = None, *, across: bool = True
) -> Iterator[AuditedPlan]:
    """The outcomes of a run, in the order of their places, what was found across plans included.

    Without `across` they lack what rules across plans would need to judge them anew, and are read faster.
    """
    chosen = "" if places is None else "AND place IN (SELECT place FROM chosen)"
    with database.lookup("chosen", {"place": list(places or ())}):
        plans = database.run(f"SELECT place, verdict FROM plans WHERE run = ? {chosen} ORDER BY in_order(place)", [run])  # noqa: S608
    for start in range(0, len(plans), MOST_WAITING):
        part = plans[start : start + MOST_WAITING]
        by_verdict = _by_verdict(database, sorted({number for _, number in part}), waived=True, across=across)
        added = _added(database, run, [place for place, _ in part])
        for place, number in part:
            outcome = moved(by_verdict[number], place)
            findings, undecided = added.get(place, ((), ()))
            found = tuple(sorted((*outcome.verdict.findings, *findings), key=attrgetter("order")))
            verdict = replace(outcome.verdict, findings=found, undecided=tuple(undecided))
            yield replace(outcome, verdict=verdict)


def _is_shared(outcome: AuditedPlan) -> bool:
    """Whether the verdict may stand for later plans of the same content."""
    verdict = outcome.verdict
    return (
        bool(outcome.digest)
        and all(finding.waived is None for finding in verdict.findings)
        and all(problem.code not in _PASSING for problem in verdict.problems)
    )


def _outcomes(database: Database, numbers: Sequence[int]) -> Iterable[AuditedPlan]:
    return _by_verdict(database, numbers, waived=False, across=True).values()


def _by_verdict(database: Database, numbers: Sequence[int], *, waived: bool, across: bool) -> dict[int, AuditedPlan]:
    """The outcomes that some verdicts were made of; with `waived` the findings that were waived then are so still."""
    with database.lookup("numbers", {"verdict": list(numbers)}):

        def rows(table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
            names = ", ".join(columns)
            order = "verdict" if table == "verdicts" else "verdict, position"
            return database.run(f"SELECT {names} FROM {table} JOIN numbers USING (verdict) ORDER BY {order}")  # noqa: S608

        if not numbers:
            return {}
        found = rows("verdicts", _VERDICT)
        findings: dict[int, list[Finding]] = {}
        breaches = rows("findings", ("verdict", *_FINDING))
        templates = _templates(database, breaches)
        for number, _, *row in breaches:
            findings.setdefault(number, []).append(_finding(row, templates, waived=waived))
        problems, notices = (_problems(rows(table, ("verdict", *_PROBLEM))) for table in ("problems", "notices"))
    return {
        number: AuditedPlan(
            place, digest, organization, kind, district, term, held_on, people,
            Verdict(
                place, organization, tuple(findings.get(number, ())), _not_applicable(suspended),
                tuple(problems.get(number, ())), directive=directive, directive_title=title and Text(*json.loads(title)),
                checked=_rules(checked), notices=tuple(notices.get(number, ())),
            ),
            msgspec.msgpack.decode(keys, type=Across) if across and keys is not None else None,
        )
        for number, _, digest, place, organization, kind, district, term, held_on, people, _, suspended, directive, title,
        checked, keys in found
    }  # fmt: skip


def _problems(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Problem]]:
    """The problems (or notices) of each verdict, in their order."""
    found: dict[int, list[Problem]] = {}
    for number, _, *row in rows:
        found.setdefault(number, []).append(_problem(row))
    return found


def notices_of_run(database: Database, run: int) -> tuple[Problem, ...]:
    """What is to be known of a run as a whole."""
    names = ", ".join(_PROBLEM[1:])
    rows = database.run(f"SELECT {names} FROM notices_of_runs WHERE run = ? ORDER BY position", [run])  # noqa: S608
    return tuple(map(_problem, rows))


def _added(database: Database, run: int, places: Sequence[str]) -> dict[str, tuple[list[Finding], list[Undecided]]]:
    found: dict[str, tuple[list[Finding], list[Undecided]]] = {}
    with database.lookup("part", {"plan_place": list(places)}):

        def rows(table: str, columns: Sequence[str]) -> list[tuple[Any, ...]]:
            names = ", ".join(columns)
            return database.run(
                f"SELECT plan_place, {names} FROM {table} JOIN part USING (plan_place) WHERE run = ? "  # noqa: S608
                "ORDER BY plan_place, position",
                [run],
            )

        breaches = rows("findings_across", _FINDING)
        open_ones = rows("undecided", _UNDECIDED)
    templates = _templates(database, breaches)
    for place, _, *row in breaches:
        found.setdefault(place, ([], []))[0].append(_finding(row, templates, waived=True))
    for place, _, *row in open_ones:
        found.setdefault(place, ([], []))[1].append(_undecided(row))
    return found


def _templates(database: Database, findings: Sequence[tuple[Any, ...]]) -> Templates:
    """The templates of findings, of which each row begins with that whose it is."""
    places = (1 + _FINDING.index("message"), 1 + _FINDING.index("fix"))
    return templates_of(database, (row[place] for row in findings for place in places))


def _append(columns: dict[str, list[Any]], row: Sequence[Any]) -> None:
    for column, value in zip(columns.values(), row, strict=True):
        column.append(value)


def _suspended(rules: tuple[NotApplicable, ...]) -> str | None:
    """The suspended rules as a column has them: the same few lists over and over."""
    return _pairs(tuple((item.rule, item.by) for item in rules)) if rules else None


_pairs = lru_cache(maxsize=1024)(_json)


@lru_cache(maxsize=1024)
def _not_applicable(column: str | None) -> tuple[NotApplicable, ...]:
    return () if column is None else tuple(NotApplicable(rule, by) for rule, by in json.loads(column))


@lru_cache(maxsize=1024)
def _listed(rules: tuple[str, ...]) -> str | None:
    return _json(rules) if rules else None


@lru_cache(maxsize=1024)
def _rules(column: str | None) -> tuple[str, ...]:
    return () if column is None else tuple(json.loads(column))


def _title(title: Text | None) -> str | None:
    return None if title is None else _json([title.vi, title.en])


def _finding_row(finding: Finding, templates: Templates) -> tuple[Any, ...]:
    waived = None if finding.waived is None else _json(finding.waived)
    return (
        finding.rule, finding.clause, finding.severity, finding.subject.entity, finding.subject.id,
        *templates.row(finding.message), *templates.row(finding.fix), _location(finding.place), _json(finding.evidence),
        waived,
    )  # fmt: skip


def _finding(row: Sequence[Any], templates: Templates, *, waived: bool) -> Finding:
    rule, clause, severity, entity, subject, message, vi, en, fix, fix_vi, fix_en, location, evidence, waiver = row
    return Finding(
        rule, clause, severity, Subject(entity, subject), templates.told(message, vi, en),
        templates.told(fix, fix_vi, fix_en), _place(location), json.loads(evidence), json.loads(waiver) if waived and waiver is not None else None,
    )  # fmt: skip


def _undecided_row(item: Undecided) -> tuple[Any, ...]:
    return (
        item.rule, item.clause, item.subject.entity, item.subject.id, *_words(item.reason), _location(item.place),
        _json(item.evidence),
    )  # fmt: skip


def _undecided(row: Sequence[Any]) -> Undecided:
    rule, clause, entity, subject, vi, en, location, evidence = row
    return Undecided(rule, clause, Subject(entity, subject), Text(vi, en), _place(location), json.loads(evidence))


def _problem_row(problem: Problem) -> tuple[Any, ...]:
    return (problem.code, *_words(problem.message), *_words(problem.fix), _location(problem.place))


def _problem(row: Sequence[Any]) -> Problem:
    code, vi, en, fix_vi, fix_en, location = row
    return Problem(code, Text(vi, en), Text(fix_vi, fix_en), _place(location))


def _words(text: Phrase) -> tuple[str, str]:
    return text.vi, text.en


def _location(place: Place) -> str:
    return _json({name: value for name in _PLACE if (value := getattr(place, name)) is not None})


def _place(location: str) -> Place:
    return Place(**json.loads(location))
