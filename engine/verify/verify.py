"""verify(pack, …) -> VerifyReport: every claim about a pack, the kinds of organisation shared among processes."""

import hashlib
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date, datetime, time
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path as FilePath
from typing import Final

from ..cache import kept
from ..directive import Directive
from ..explanation import parameter_value, parameters_of
from ..packs import Pack, digest
from ..problem import ENGINE, Place, Problem, Unreadable
from ..ruleset import Ruleset
from ..text import Text
from ..vocabulary import Kind
from .bounds import Bound
from .claims import claims_of
from .report import Cause, Claim, KindReport, Question, VerifyReport
from .tree import Setting

_TAKE_EFFECT: Final[tuple[Question, ...]] = ("alone", "exception")

Progress = Callable[[int, int], None]
"""Told how many of how many kinds are done."""


@dataclass(frozen=True, slots=True)
class _Job:
    kind: Kind
    ruleset: Ruleset
    setting: Setting
    patience: float
    causes: dict[str, Cause]

    def done(self) -> KindReport:
        return claims_of(self.kind, self.ruleset, self.setting, self.patience, self.causes)


def verify(
    pack: Pack,
    kinds: Sequence[Kind],
    bound: Bound,
    patience: float,
    *,
    cached: bool = True,
    progress: Progress | None = None,
) -> VerifyReport:
    """Every claim about a pack for these kinds. `patience` is seconds for one question. Raises Unreadable.

    What was decided is kept between runs, by the content of the pack, the bound and the program.
    """
    ruleset = pack.ruleset
    causes = {rule.id: Cause(rule.id, rule.clause, _parameters(pack, rule.id), rule.title) for rule in pack.rules}
    jobs = [
        _Job(kind, ruleset, Setting(bound, _base(pack.directive), kind, pack.directive.term), patience, causes)
        for kind in kinds
    ]
    told = progress or _untold
    reports = _kept(pack, jobs, told) if cached else _run(jobs, told)
    dead = _dead(reports) if set(kinds) == set(Kind) else ()
    return VerifyReport(
        pack.directive.id, pack.directive.version, pack.directive.title, bound, patience, tuple(reports), dead, ()
    )


def _untold(_done: int, _all: int) -> None:
    """Nobody is told."""


def _parameters(pack: Pack, rule: str) -> tuple[tuple[str, str], ...]:
    (written,) = (item for item in pack.rules if item.id == rule)
    return tuple((parameter.id, parameter_value(parameter)) for parameter in parameters_of(pack, written))


def _base(directive: Directive) -> datetime:
    """The first day of the plans that are looked at: at the end of the directive's first year, where conferences are."""
    day = date(directive.valid_from.year, 12, 28)
    if not directive.valid_from <= day <= directive.valid_to:
        day = directive.valid_from
    return datetime.combine(day, time())


def _kept(pack: Pack, jobs: list[_Job], progress: Progress) -> list[KindReport]:
    """The reports, those that were decided in an earlier run from the cache."""
    engine = FilePath(__file__).parent.parent
    program = [path.stat().st_mtime_ns for path in sorted((*engine.glob("*.py"), *engine.glob("verify/*.py")))]
    made: dict[Kind, KindReport] = {}

    def make(job: _Job) -> KindReport:
        if not made:  # The first that is missing has all that are missing made, side by side.
            made.update((report.kind, report) for report in _run(jobs, progress))
        return made[job.kind]

    reports = []
    for job in jobs:
        name = hashlib.sha256(f"{pack.folder.resolve()} {job.kind} {job.setting.bound}".encode()).hexdigest()[:32]
        key = (sys.version, digest(pack.folder), *program)
        reports.append(kept(f"{name}.verified", key, lambda job=job: make(job), worth=_decided))  # type: ignore[misc]
    return reports


def _decided(report: KindReport) -> bool:
    return all(claim.standing not in ("undecided", "disagreed") for claim in report.claims)


def _run(jobs: list[_Job], progress: Progress) -> list[KindReport]:
    """The reports of the jobs, in their order."""
    workers = min(len(jobs), cpu_count() or 1)
    progress(0, len(jobs))
    found: dict[Kind, KindReport] = {}
    if workers == 1:
        for job in jobs:
            found[job.kind] = job.done()
            progress(len(found), len(jobs))
    else:
        # Not forked: a fork would take the threads of a progress bar along.
        with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
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


def _dead(reports: Sequence[KindReport]) -> tuple[Claim, ...]:
    """The rules and exceptions that concern none of all kinds."""
    said = Text("không có tác dụng với loại hình nào", "takes effect for no kind of organisation")
    claims = []
    for question in _TAKE_EFFECT:
        about = dict.fromkeys(claim.about for report in reports for claim in report.of(question))
        for name in about:
            standings = {claim.standing for report in reports for claim in report.of(question) if claim.about == name}
            if standings <= {"aside"}:
                claims.append(Claim(question, name, "refuted", said))
    return tuple(claims)
