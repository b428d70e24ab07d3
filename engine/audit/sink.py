"""Where the outcomes of an audit go while it runs: a store, or nothing but the totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from ..base.in_force import InForce
from ..base.problem import Problem
from ..evaluation.verdict import Finding, Undecided
from .audited_plan import AuditedPlan


@dataclass(frozen=True, slots=True)
class AuditRun:
    """One audit, as it is begun.

    Outcomes of two runs may stand for each other where `directive`, `pack`, `program`, `select`, `ignore`, `key` and
    `redacted` are equal. `pack` is the fingerprint of the pack's content, `key` one of the key of party cards;
    `started` is local time in ISO form.
    """

    directive: str
    version: str
    pack: str
    program: str
    engine: str
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    key: str
    redacted: bool
    inputs: tuple[str, ...]
    started: str
    in_force: InForce = field(default_factory=InForce)


@dataclass(frozen=True, slots=True)
class Addition:
    """What rules across plans add to the verdict on the plan at `place`, once all plans are known.

    Where there are `problems`, the plan can't be read any more, and they take the place of its verdict.
    """

    place: str
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    problems: tuple[Problem, ...] = ()


class Sink(Protocol):
    """Takes outcomes as they come, in batches and in any order; each plan of a run comes exactly once.

    What was added is kept even when the audit is killed before `finish`. Places are unique within a run.
    """

    run: int
    """The number of the run, from 1."""
    resumed: bool
    """Whether it takes up one that was interrupted."""
    knows: bool
    """Whether it has outcomes of earlier runs to recall, once the audit has begun."""

    def begin(self, run: AuditRun) -> None:
        """The audit begins. Raises problem.Unreadable where the sink can't take it (another audit is writing)."""

    def recall(self, digests: Sequence[str]) -> Mapping[str, AuditedPlan]:
        """Outcomes of earlier runs that may stand for this one's, by digest; at least those that exist unchanged."""

    def add(self, rows: bytes) -> None:
        """Take some outcomes as rows (store.rows.encoded_rows), those that stood for a check included."""

    def finish(
        self, additions: Iterable[Addition], notices: Sequence[Problem] = (), in_force: InForce | None = None
    ) -> None:
        """All plans are in; these findings across plans belong to the verdicts of their plans as well.

        `notices` are what is to be known of the run as a whole; they are taken once the additions are. `in_force`: what the run
        went by in the end, where that is not what it began with.
        """
