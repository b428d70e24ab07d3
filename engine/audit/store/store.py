"""The store: what audits found, kept in one DuckDB file from run to run.

A plan's content is checked once under one basis (directive, pack, program, choice of rules, key, redaction); later runs
refer to that verdict. What is added reaches the file within a second or so, in whole transactions: a process that is
killed loses at most what the next run checks anew.
"""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime
from itertools import compress, count
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

import msgspec

from ...base.in_force import InForce
from ...base.problem import Problem
from ...base.text import Text
from ...evaluation.verdict import Finding, Undecided, Verdict
from ..audited_plan import Across, AuditedPlan, moved, without_plan
from ..sink import Addition, AuditRun
from .database import Database, open_store
from .known_contents import KnownContents
from .rows import (
    FINDING,
    PROBLEM,
    UNDECIDED,
    VERDICT,
    Columns,
    Rows,
    columns,
    encoded_rows,
    finding_of,
    finding_rows,
    problem_of,
    problem_rows,
    rules_of,
    suspended_of,
    undecided_of,
    undecided_rows,
)
from .templates import Templates, templates_of

MOST_WAITING: Final = 4096
LONGEST_WAIT: Final = 1.0
"""How many outcomes may wait in memory, and for how many seconds, before they are written."""


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
        ((last,),) = self.database.run("SELECT coalesce(max(verdict), 0) FROM verdicts")
        self._numbers = count(last + 1)
        self._known: dict[str, KnownContents] = {}
        self._others: list[Store] = []
        self._waiting = Rows()
        self._written = time.monotonic()

    def another(self) -> "Store":
        """The same store for one more audit at the same time; it is closed with this one."""
        one = copy(self)
        one._waiting = Rows()
        self._others.append(one)
        return one

    def begin(self, run: AuditRun) -> None:
        """Begin a run, or take up the last one that fits where that was asked for."""
        self._basis = basis(run)
        ((last,),) = self.database.run("SELECT last_run FROM numbers")
        interrupted = self.database.run(
            "SELECT max(run) FROM runs WHERE finished IS NULL AND basis = ? AND inputs = ?",
            [self._basis, list(run.inputs)],
        )[0][0]
        self.resumed = self._resume and interrupted is not None
        self.run = interrupted if self.resumed else last + 1
        known = self._known.setdefault(self._basis, KnownContents())
        if not known:
            for digests, verdicts in self.database.columns(
                "SELECT digest, verdict FROM verdicts WHERE basis = ? AND digest <> ''", [self._basis]
            ):
                known.add(digests, verdicts)
        self.knows = bool(known)
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

    def add(self, rows: bytes) -> None:
        self._waiting.take(rows)
        if len(self._waiting) >= MOST_WAITING or time.monotonic() - self._written >= LONGEST_WAIT:
            self._write()

    def finish(
        self, additions: Iterable[Addition], notices: Sequence[Problem] = (), in_force: InForce | None = None
    ) -> None:
        """End the run: all plans are in. A plan that breaches a rule across plans does not comply."""
        self._write()
        findings, undecided = list[tuple[Any, ...]](), list[tuple[Any, ...]]()
        templates = Templates()
        breached: set[str] = set()
        unread: list[AuditedPlan] = []
        for addition in additions:
            if addition.problems:
                verdict = Verdict(addition.place, None, problems=addition.problems)
                unread.append(without_plan("", verdict))
            findings += ((addition.place, *row) for row in finding_rows(addition.findings, templates))
            if any(finding.severity == "error" and finding.waived is None for finding in addition.findings):
                breached.add(addition.place)
            undecided += ((addition.place, *row) for row in undecided_rows(addition.undecided))
        told = columns(PROBLEM, problem_rows(notices))  # some are known only once all additions are
        run = {"run": self.run}
        with self.database.lookup("breached", {"place": sorted(breached)}), self.database.transaction():
            self._withdraw(unread)
            self.database.insert("templates", templates.columns(), unless_known="template")
            self.database.insert("findings_across", columns(("plan_place", *FINDING), findings), every=run)
            self.database.insert("undecided", columns(("plan_place", *UNDECIDED), undecided), every=run)
            self.database.insert("notices_of_runs", told, every=run)
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
        rows = Rows()
        rows.take(encoded_rows(unread))
        with self.database.lookup("unread", self._put(rows)):
            self.database.run(
                "UPDATE plans SET status = 'invalid', verdict = unread.verdict FROM unread "
                "WHERE run = ? AND plans.place = unread.place",
                [self.run],
            )

    def close(self) -> None:
        """Write what waits and let go of the file. An audit that was not finished can be taken up again."""
        try:
            for one in (self, *self._others):
                one._write()
        finally:
            self.database.close()

    def _write(self) -> None:
        """Write what waits, in one transaction; none of it waits any longer, whether or not that succeeds."""
        waiting, self._waiting = self._waiting, Rows()
        if len(waiting):
            with self.database.transaction():
                self.database.insert("plans", self._put(waiting), every={"run": self.run})
        self._written = time.monotonic()

    def _put(self, rows: Rows) -> Columns:
        """Write verdicts, of which a content that has one already gets no second; gives the rows of their plans."""
        said = rows.verdicts
        known = self._verdicts([*compress(said["digest"], said["shared"])])
        numbers, new, added = list[int](), list[bool](), dict[str, int]()
        for digest, shared in zip(said["digest"], said["shared"], strict=True):
            number = known.get(digest) if shared else None
            new.append(number is None)
            if number is None:
                number = next(self._numbers)
                if shared:
                    known[digest] = added[digest] = number
            numbers.append(number)
        self._known[self._basis].add(added, added.values())
        self.database.insert("templates", rows.templates(), unless_known="template")
        tables = rows.numbered(numbers, new)
        self.database.insert("verdicts", tables.pop("verdicts"), every={"basis": self._basis})
        for table, some in tables.items():
            self.database.insert(table, some)
        return {"place": said["place"], "verdict": numbers, "status": said["status"]}

    def _verdicts(self, digests: Sequence[str], *, waived: bool = False) -> dict[str, int]:
        """The verdict on each content under this basis; those with waived findings only if that is asked for."""
        candidates = self._known[self._basis].of({*digests})
        if not candidates:
            return {}
        without = (
            ""
            if waived
            else "AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.verdict = v.verdict AND f.waived IS NOT NULL)"
        )
        with self.database.lookup("candidates", {"verdict": candidates}):
            return dict(
                self.database.run(
                    f"""SELECT digest, min(verdict) FROM verdicts v JOIN candidates USING (verdict)
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
        found = rows("verdicts", ("verdict", *VERDICT))
        findings: dict[int, list[Finding]] = {}
        breaches = rows("findings", ("verdict", *FINDING))
        templates = _templates(database, breaches)
        for number, _, *row in breaches:
            findings.setdefault(number, []).append(finding_of(row, templates, waived=waived))
        problems, notices = (_problems(rows(table, ("verdict", *PROBLEM))) for table in ("problems", "notices"))
    return {
        number: AuditedPlan(
            place, digest, organization, kind, district, term, held_on, people,
            Verdict(
                place, organization, tuple(findings.get(number, ())), suspended_of(suspended),
                tuple(problems.get(number, ())), directive=directive, directive_title=title and Text(*json.loads(title)),
                checked=rules_of(checked), notices=tuple(notices.get(number, ())),
            ),
            msgspec.msgpack.decode(keys, type=Across) if across and keys is not None else None,
        )
        for number, digest, place, organization, kind, district, term, held_on, people, _, suspended, directive, title,
        checked, keys in found
    }  # fmt: skip


def _problems(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Problem]]:
    """The problems (or notices) of each verdict, in their order."""
    found: dict[int, list[Problem]] = {}
    for number, _, *row in rows:
        found.setdefault(number, []).append(problem_of(row))
    return found


def notices_of_run(database: Database, run: int) -> tuple[Problem, ...]:
    """What is to be known of a run as a whole."""
    names = ", ".join(PROBLEM[1:])
    rows = database.run(f"SELECT {names} FROM notices_of_runs WHERE run = ? ORDER BY position", [run])  # noqa: S608
    return tuple(map(problem_of, rows))


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

        breaches = rows("findings_across", FINDING)
        open_ones = rows("undecided", UNDECIDED)
    templates = _templates(database, breaches)
    for place, _, *row in breaches:
        found.setdefault(place, ([], []))[0].append(finding_of(row, templates, waived=True))
    for place, _, *row in open_ones:
        found.setdefault(place, ([], []))[1].append(undecided_of(row))
    return found


def _templates(database: Database, findings: Sequence[tuple[Any, ...]]) -> Templates:
    """The templates of findings, of which each row begins with that whose it is."""
    places = (1 + FINDING.index("message"), 1 + FINDING.index("fix"))
    return templates_of(database, (row[place] for row in findings for place in places))
