"""verify(pack, …) -> VerifyReport: every claim about a pack, the kinds of organisation shared among processes."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import partial
from multiprocessing import get_context
from os import cpu_count

from ...base.cache import kept_result
from ...base.problem import ENGINE, Place, Problem, Unreadable
from ...base.text import Text
from ...directive.describing import parameter_value, parameter_words, parameters_of
from ...directive.pack import Pack
from ...directive.packs import digest
from ...directive.ruleset import Ruleset
from ...directive.written import Directive, Rule
from ...evaluation.check import evaluators
from .bounds import Bound
from .claims import claims_of, dead
from .report import PARTS, Cause, KindReport, ReadParameter, VerifyReport
from .tree import Setting

Progress = Callable[[int, int], None]
"""Told how many of how many parts are done."""


@dataclass(frozen=True, slots=True)
class _Job:
    kind: str | None
    ruleset: Ruleset
    setting: Setting
    patience: float
    causes: dict[str, Cause]

    def done(self) -> KindReport:
        """The claims about the kind; for None, what takes effect for no kind."""
        if self.kind is None:
            return dead(self.ruleset, self.setting, self.patience)
        return claims_of(self.kind, self.ruleset, self.setting, self.patience, self.causes)


def verify(
    pack: Pack,
    kinds: Sequence[str],
    bound: Bound,
    patience: float,
    *,
    cached: bool = True,
    progress: Progress | None = None,
    workers: int | None = None,
) -> VerifyReport:
    """Every claim about a pack for these kinds. `patience` is seconds for one question. Raises Unreadable.

    `workers` is how many processes share the kinds (1: this one alone; None: one for each core).

    What was decided is kept between runs, by the content of the pack, the bound and the program.
    """
    ruleset = pack.ruleset
    setting = Setting(bound, _base(pack.directive), None, pack.directive.term)
    causes = {rule.id: _cause(pack, rule) for rule in pack.rules}
    wanted: list[str | None] = [None, *map(str, kinds)]  # None: what takes effect for no kind at all
    jobs = [_Job(kind, ruleset, replace(setting, kind=kind), patience, causes) for kind in wanted]
    run = partial(_run, workers or cpu_count() or 1, progress or _untold)
    dead, *reports = _kept(pack, jobs, run) if cached else run(jobs)
    head = pack.directive
    across = tuple(rule.id for rule in pack.rules if rule.id not in ruleset.rules)  # they judge many plans together
    return VerifyReport(head.id, head.version, head.title, bound, patience, tuple(reports), dead.claims, across)


def _untold(_done: int, _all: int) -> None:
    """Nobody is told."""


def kinds_of(pack: Pack) -> list[str]:
    """The kinds of organisation that a pack is for."""
    chosen = pack.directive.jurisdiction.kind
    known = pack.ruleset.known.kinds
    kinds = [member.name for member in known.members] if known else []
    return kinds if chosen is None else [kind for kind in kinds if kind in chosen]


def _cause(pack: Pack, rule: Rule) -> Cause:
    read = (
        ReadParameter(
            parameter.id,
            parameter_value(parameter),
            parameter.clause,
            _owner(pack, parameter.clause),
            parameter.title,
            parameter_words(parameter),
        )
        for parameter in parameters_of(pack, rule)
        if parameter.unit != "time_of_day"  # how half days are told apart is never what rules are at odds over
    )
    return Cause(rule.id, _owner(pack, rule.clause[0]), rule.clause, tuple(read), rule.title)


def _owner(pack: Pack, clause: str) -> str:
    """The directive that a clause is of: of the packs that have it, the one highest up."""
    upper = pack.upper
    if upper is not None and any(item.id == clause for item in upper.directive.clauses):
        return _owner(upper, clause)
    return pack.directive.id


def _base(directive: Directive) -> datetime:
    """The first day of the plans that are looked at: at the end of the directive's first year, where conferences are."""
    day = date(directive.valid_from.year, 12, 28)
    if not directive.valid_from <= day <= directive.valid_to:
        day = directive.valid_from
    return datetime.combine(day, time())


def _kept(pack: Pack, jobs: list[_Job], run: Callable[[list[_Job]], list[KindReport]]) -> list[KindReport]:
    """The reports, those that were decided in an earlier run from the cache."""
    made: dict[str | None, KindReport] = {}

    def make(job: _Job) -> KindReport:
        if not made:  # The first that is missing has all that are missing made, side by side.
            made.update((report.kind, report) for report in run(jobs))
        return made[job.kind]

    reports = []
    for job in jobs:
        name = hashlib.sha256(f"{pack.folder.resolve()} {job.kind} {job.setting.bound}".encode()).hexdigest()[:32]
        key = (digest(pack.folder), *(name for name, _ in evaluators()))
        reports.append(kept_result(f"{name}.verified", key, PARTS, lambda job=job: make(job), _decided))  # type: ignore[misc]
    return reports


def _decided(report: KindReport) -> bool:
    return all(claim.standing not in ("undecided", "disagreed") for claim in report.claims)


def _run(workers: int, progress: Progress, jobs: list[_Job]) -> list[KindReport]:
    """The reports of the jobs, in their order."""
    progress(0, len(jobs))
    found: dict[str | None, KindReport] = {}
    if workers == 1:
        for job in jobs:
            found[job.kind] = job.done()
            progress(len(found), len(jobs))
    else:
        # Not forked: a fork would take the threads of a progress bar along.
        with ProcessPoolExecutor(min(workers, len(jobs)), get_context("spawn")) as pool:
            futures = [pool.submit(job.done) for job in jobs]
            try:
                for future in as_completed(futures):
                    report = future.result()
                    found[report.kind] = report
                    progress(len(found), len(jobs))
            except BrokenProcessPool:
                raise Unreadable(_died()) from None
    return [found[job.kind] for job in jobs]


def _died() -> Problem:
    return Problem(
        ENGINE,
        Text(
            "Một tiến trình kiểm chứng đã dừng đột ngột; chưa có kết luận",
            "A verifying process died; nothing is decided",
        ),
        Text("Chạy lại; nếu vẫn vậy, giảm --bound", "Run again; if it goes on, lower --bound"),
        Place("rules verify"),
    )
