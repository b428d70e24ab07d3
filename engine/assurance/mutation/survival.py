"""Which mutants the scenarios notice: a mutant is killed by the first scenario that passes on the pack and not on it."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from ...directive.ruleset import Ruleset
from ...evaluation.scanning import Compiled
from ..scenarios import Appraiser, Scenario, appraiser_of, run
from ..scenarios.checking import AUDIT_TAG
from .mutants import Mutant


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one mutant: the scenario that kills it, or None where it survives them all."""

    mutant: Mutant
    killer: Scenario | None


def appraising(ruleset: Ruleset) -> Appraiser:
    """The appraiser by a ruleset, on the compiled evaluator: hundreds of rulesets are judged, each only a little."""
    return appraiser_of(ruleset, Compiled)


def failing(ruleset: Ruleset, scenarios: Iterable[Scenario]) -> list[Scenario]:
    """The scenarios that do not pass on a ruleset. On the pack as it is there should be none."""
    appraiser = appraising(ruleset)
    return [scenario for scenario in scenarios if not run(scenario, appraiser).passed]


def trials(mutants: Sequence[Mutant], scenarios: Sequence[Scenario], jobs: int = 0) -> Iterator[Trial]:
    """Try each mutant on the scenarios, in order, in so many processes (0: one for each core).

    All scenarios must pass on the pack itself (`failing`), or a kill proves nothing.
    """
    ordered = list(scenarios)
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or "fork" not in _start_methods():
        yield from (Trial(mutant, _killer(mutant, ordered)) for mutant in mutants)
        return
    global _shared
    _shared = (mutants, ordered)  # What a forked process has from the start need not be sent to it.
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        for mutant, killer in zip(mutants, pool.map(_try, range(len(mutants)), chunksize=4), strict=True):
            yield Trial(mutant, None if killer is None else ordered[killer])


_shared: tuple[Sequence[Mutant], list[Scenario]] = ((), [])


def _try(number: int) -> int | None:
    mutants, scenarios = _shared
    killer = _killer(mutants[number], scenarios)
    return None if killer is None else next(n for n, scenario in enumerate(scenarios) if scenario is killer)


def _killer(mutant: Mutant, scenarios: Sequence[Scenario]) -> Scenario | None:
    """The first scenario that notices; those about the rule that was changed are asked first.

    Audits take longest and notice only what rules across plans say, so only those changes are asked of them.
    """
    appraiser = appraising(mutant.ruleset)
    about = mutant.changed.partition(".")[0].partition("[")[0]
    asked = [scenario for scenario in scenarios if scenario.tagged(AUDIT_TAG) == mutant.across]
    nearest = sorted(asked, key=lambda scenario: about not in scenario.tags)
    return next((scenario for scenario in nearest if not run(scenario, appraiser).passed), None)


def _start_methods() -> list[str]:
    from multiprocessing import get_all_start_methods

    return get_all_start_methods()
