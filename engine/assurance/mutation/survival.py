"""Which mutants the scenarios notice: a mutant is killed by the first scenario that passes on the pack and not on it."""

import copy
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from ...directive.ruleset import Ruleset
from ...evaluation.scanning import Compiled
from ...evaluation.verdict import Verdict
from ..scenarios import Scenario, appraiser_of, play
from ..scenarios.appraisers import PackAppraiser
from ..scenarios.checking import AUDIT_TAG
from .mutants import Mutant


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one mutant: the scenario that kills it, or None where it survives them all."""

    mutant: Mutant
    killer: Scenario | None


def appraising(ruleset: Ruleset, folder: Path | None = None) -> PackAppraiser:
    """The appraiser by a ruleset, on the compiled evaluator: hundreds of rulesets are judged, each only a little."""
    return appraiser_of(ruleset, Compiled, folder=folder)


def failing(ruleset: Ruleset, scenarios: Iterable[Scenario], folder: Path | None = None) -> list[Scenario]:
    """The scenarios that do not pass on a ruleset. On the pack as it is there should be none."""
    appraiser = appraising(ruleset, folder)
    return [scenario for scenario in scenarios if not play(scenario, appraiser).passed]


def trials(
    mutants: Sequence[Mutant], scenarios: Sequence[Scenario], jobs: int = 0, folder: Path | None = None
) -> Iterator[Trial]:
    """Try each mutant on the scenarios, in order, in so many processes (0: one for each core).

    `folder` is that of the pack, where it does not come with the program. All scenarios must pass on the pack itself (`failing`), or a kill proves nothing.
    """
    played = [_Played(scenario, folder) for scenario in scenarios]
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or "fork" not in _start_methods():
        yield from (Trial(mutant, _killer(mutant, played)) for mutant in mutants)
        return
    global _shared
    _shared = (mutants, played)  # What a forked process has from the start need not be sent to it.
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        for mutant, killer in zip(mutants, pool.map(_try, range(len(mutants)), chunksize=4), strict=True):
            yield Trial(mutant, None if killer is None else scenarios[killer])


@dataclass(slots=True)
class _Played:
    """A scenario, and once it has passed the verdicts by which it did, each with its plan: by the same ones it passes again."""

    scenario: Scenario
    folder: Path | None
    known: list[tuple[dict[str, Any], Verdict]] = field(default_factory=list)

    def passes(self, appraiser: PackAppraiser) -> bool:
        """Whether the scenario passes; its steps are played only where a verdict is not known yet."""
        if self.known and all(appraiser(plan) == verdict for plan, verdict in self.known):
            return True
        said: list[tuple[dict[str, Any], Verdict]] = []

        def remembered(plan: dict[str, Any]) -> Verdict:
            said.append((copy.deepcopy(plan), appraiser(plan)))
            return said[-1][1]

        # Audits name the folder that their plans are in, another each time.
        audits = self.scenario.tagged(AUDIT_TAG)
        if passed := play(self.scenario, appraiser if audits else remembered, judged=appraiser.judged).passed:
            self.known = said
        return passed


_shared: tuple[Sequence[Mutant], list[_Played]] = ((), [])


def _try(number: int) -> int | None:
    mutants, played = _shared
    killer = _killer(mutants[number], played)
    return None if killer is None else next(n for n, one in enumerate(played) if one.scenario is killer)


def _killer(mutant: Mutant, played: Sequence[_Played]) -> Scenario | None:
    """The first scenario that notices; those about the rule that was changed are asked first.

    Audits take longest and notice only what rules across plans say, so only those changes are asked of them.
    """
    appraiser = appraising(mutant.ruleset, played[0].folder if played else None)
    about = mutant.changed.partition(".")[0].partition("[")[0]
    asked = [one for one in played if one.scenario.tagged(AUDIT_TAG) == mutant.across]
    nearest = sorted(asked, key=lambda one: about not in one.scenario.tags)
    return next((one.scenario for one in nearest if not one.passes(appraiser)), None)


def _start_methods() -> list[str]:
    from multiprocessing import get_all_start_methods

    return get_all_start_methods()
