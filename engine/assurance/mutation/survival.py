"""Which mutants the scenarios notice: a mutant is killed by the first scenario that passes on the pack and not on it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ...directive.ruleset import Judgement, Ruleset
from ...evaluation.check import Evaluator, EvaluatorFactory
from ...evaluation.hits import Hit
from ...evaluation.scanning import Compiled
from ...evaluation.verdict import Verdict
from ...model.facts import Facts, flatten
from ...model.records import DocumentRecord
from ..scenarios import Scenario, appraiser_of, play
from ..scenarios.appraisers import PackAppraiser, held_against, written
from ..scenarios.auditing import AuditedBefore
from ..scenarios.checking import AUDIT_TAG
from .mutants import Mutant


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one mutant: the scenario that kills it, or None where it survives them all."""

    mutant: Mutant
    killer: Scenario | None


def appraising(ruleset: Ruleset, folder: Path | None = None, factory: EvaluatorFactory = Compiled) -> PackAppraiser:
    """The appraiser by a ruleset, on the compiled evaluator: hundreds of rulesets are judged, each only a little."""
    return appraiser_of(ruleset, factory, folder=folder)


def failing(ruleset: Ruleset, scenarios: Iterable[Scenario], folder: Path | None = None) -> list[Scenario]:
    """The scenarios that do not pass on a ruleset. On the pack as it is there should be none."""
    appraiser = appraising(ruleset, folder)
    return [scenario for scenario in scenarios if not play(scenario, appraiser).passed]


def trials(
    mutants: Sequence[Mutant], scenarios: Sequence[Scenario], jobs: int = 0, folder: Path | None = None
) -> Iterator[Trial]:
    """Try each mutant on the scenarios, in order, in so many processes (0: one for each core).

    All mutants are of one pack, whose folder `folder` is where it does not come with the program. All scenarios must pass on
    the pack itself (`failing`), or a kill proves nothing.
    """
    played = [_Played(scenario) for scenario in scenarios]
    jobs = jobs or os.cpu_count() or 1
    with TemporaryDirectory(prefix="thamdinh-") as audits:
        held = held_against(mutant.ruleset for mutant in mutants[:1])
        trying = _Trying(played, folder, AuditedBefore(Path(audits)), held)
        if jobs == 1 or "fork" not in _start_methods():
            yield from (Trial(mutant, trying.killer(mutant)) for mutant in mutants)
            return
        global _shared
        _shared = (mutants, trying)  # What a forked process has from the start need not be sent to it.
        with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
            for mutant, killer in zip(mutants, pool.map(_try, range(len(mutants)), chunksize=4), strict=True):
                yield Trial(mutant, None if killer is None else scenarios[killer])


class _Changed:
    """The judgement that a mutant changed, by itself, and the evaluator that it makes with the others.

    `others`: the others compiled, by where the one stands that is not among them and by which are in force.
    """

    def __init__(self, ruleset: Ruleset, position: int, original: Judgement, others: dict[object, Compiled]) -> None:
        self._ruleset, self._position, self._original, self._others = ruleset, position, original, others

    @cached_property
    def _alone(self) -> Compiled:
        return self._compiled(self._ruleset.judgements[self._position])

    @cached_property
    def _before(self) -> Compiled:
        return self._compiled(self._original)

    def _compiled(self, judgement: Judgement) -> Compiled:
        return Compiled(replace(self._ruleset, judgements=(judgement,)), (0,))

    def touches(self, plan: DocumentRecord) -> bool:
        """Whether the verdict on a plan may be another: it is that of the pack where the judgement finds nothing, changed or not."""
        facts = flatten(plan, self._ruleset.readings)
        return any(judgement.run(facts)[0] for judgement in (self._alone, self._before))

    def evaluator(self, ruleset: Ruleset, active: tuple[int, ...], passes: bool) -> Evaluator:
        """All judgements in force; the others are compiled once for all mutants of this one."""
        if passes or self._position not in active:
            return Compiled(ruleset, active, passes)
        key = self._position, active
        if key not in self._others:
            self._others[key] = Compiled(ruleset, tuple(other for other in active if other != self._position))
        return _Both(self._others[key], self._alone, self._position)


@dataclass(frozen=True, slots=True)
class _Both:
    """Judgements, and one more that stands at this position."""

    others: Evaluator
    alone: Evaluator
    position: int

    def run(self, facts: Facts) -> tuple[set[Hit], set[Hit]]:
        rows = {(self.position, number) for _, number in self.alone.run(facts)[0]}
        return self.others.run(facts)[0] | rows, set()


@dataclass(slots=True)
class _Played:
    """A scenario, and once it has passed the plans that were judged and their verdicts: by the same ones it passes again."""

    scenario: Scenario
    known: list[tuple[str, DocumentRecord | None, Verdict]] = field(default_factory=list)

    def passes(self, appraiser: PackAppraiser, changed: _Changed | None) -> bool:
        """Whether the scenario, which passes on the pack, does so here; it is played only where a verdict may be another."""
        if self.known:
            untouched = changed is not None and not any(
                plan is not None and changed.touches(plan) for _, plan, _ in self.known
            )
            if untouched or all(appraiser.verdict(text) == verdict for text, _, verdict in self.known):
                return True
        said: list[tuple[str, DocumentRecord | None, Verdict]] = []

        def remembered(data: dict[str, Any]) -> Verdict:
            verdict = appraiser.verdict(text := written(data))
            said.append((text, None if verdict.problems else appraiser.plan(text), verdict))
            return verdict

        # Audits name the folder that their plans are in, another each time.
        audits = self.scenario.tagged(AUDIT_TAG)
        if passed := play(self.scenario, appraiser if audits else remembered, judged=appraiser.judged).passed:
            self.known = said
        return passed


@dataclass(slots=True)
class _Trying:
    """What mutants of one pack are tried on, and what is known from those before."""

    played: Sequence[_Played]
    folder: Path | None
    audits: AuditedBefore
    held: Sequence[Ruleset]
    others: dict[object, Compiled] = field(default_factory=dict)

    def killer(self, mutant: Mutant) -> Scenario | None:
        """The first scenario that notices; those about the rule that was changed are asked first.

        Audits take longest and notice only what rules across plans say, so only those changes are asked of them.
        """
        changed = None
        if mutant.position is not None and mutant.original is not None and not mutant.across:
            changed = _Changed(mutant.ruleset, mutant.position, mutant.original, self.others)
        appraiser = appraising(mutant.ruleset, self.folder, Compiled if changed is None else changed.evaluator)
        if mutant.across:
            audited = None if mutant.position is None else self.audits
            appraiser = replace(appraiser, audited=audited, held=self.held)
        about = mutant.changed.partition(".")[0].partition("[")[0]
        asked = [one for one in self.played if one.scenario.tagged(AUDIT_TAG) == mutant.across]
        nearest = sorted(asked, key=lambda one: about not in one.scenario.tags)
        return next((one.scenario for one in nearest if not one.passes(appraiser, changed)), None)


_shared: tuple[Sequence[Mutant], _Trying] | None = None


def _try(number: int) -> int | None:
    assert _shared is not None
    mutants, trying = _shared
    killer = trying.killer(mutants[number])
    return None if killer is None else next(n for n, one in enumerate(trying.played) if one.scenario is killer)


def _start_methods() -> list[str]:
    from multiprocessing import get_all_start_methods

    return get_all_start_methods()
