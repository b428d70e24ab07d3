"""The mutation score of a pack: what was killed, what is equivalent and why, what survives and what would kill it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ...base.problem import Problem
from ...base.text import Text
from ...directive.pack import Pack
from ...directive.ruleset import Ruleset
from ..scenarios import Scenario
from .equivalents import Equivalents, stale_equivalents
from .mutants import Mutant, mutants
from .suggestion import suggestions
from .survival import Trial, trials

UNREAD: Final = Text(
    "không quy tắc nào đọc giá trị này: các quy tắc đã chuẩn bị vẫn y nguyên",
    "no rule reads this value: the rules made ready stay the very same",
)


@dataclass(frozen=True, slots=True)
class Survivor:
    """A mutant that no scenario notices, and the text of one that would; None where none was found nearby."""

    mutant: Mutant
    scenario: str | None


@dataclass(frozen=True, slots=True)
class Assessment:
    """What came of all mutants of a pack. `problems` says what is wrong with the list of equivalent ones."""

    killed: tuple[Trial, ...]
    equivalent: tuple[tuple[Mutant, Text], ...]
    survivors: tuple[Survivor, ...]
    problems: tuple[Problem, ...]

    @property
    def score(self) -> float:
        """The share of non-equivalent mutants that scenarios kill, from 0 to 1."""
        judged = len(self.killed) + len(self.survivors)
        return len(self.killed) / judged if judged else 1.0

    def to_json(self) -> dict[str, object]:
        return {
            "schema": 1,
            "mutants": len(self.killed) + len(self.equivalent) + len(self.survivors),
            "killed": [
                {"change": trial.mutant.change, "by": trial.killer.name, "location": trial.killer.place.to_json()}
                for trial in self.killed
                if trial.killer is not None
            ],
            "equivalent": [{"change": mutant.change, "reason": reason.to_json()} for mutant, reason in self.equivalent],
            "survivors": [{"change": item.mutant.change, "scenario": item.scenario} for item in self.survivors],
            "score": self.score,
            "problems": [problem.to_json() for problem in self.problems],
        }


def assess(
    pack: Pack,
    scenarios: Sequence[Scenario],
    equivalents: Equivalents,
    jobs: int = 0,
    progress: Callable[[int, int], object] = lambda *_: None,
) -> Assessment:
    """Try every mutant of the pack on the scenarios, all of which must pass on the pack itself.

    `progress` is told after each mutant how many of how many are done.
    """
    made = list(mutants(pack))
    tried: list[Trial] = []
    for trial in trials(made, scenarios, jobs, pack.folder):
        tried.append(trial)
        progress(len(tried), len(made))
    alive = [trial.mutant for trial in tried if trial.killer is None]
    reasons = {
        mutant.change: UNREAD for mutant in alive if _judges(mutant.ruleset) == _judges(pack.ruleset)
    } | equivalents.reasons
    survivors = [mutant for mutant in alive if mutant.change not in reasons]
    single = [mutant for mutant in survivors if not mutant.across]
    killing = suggestions(single, pack.ruleset, scenarios, pack.folder) if single else {}
    return Assessment(
        tuple(trial for trial in tried if trial.killer is not None),
        tuple((mutant, reasons[mutant.change]) for mutant in alive if mutant.change in reasons),
        tuple(Survivor(mutant, killing.get(mutant.change)) for mutant in survivors),
        tuple(stale_equivalents(equivalents, tried)),
    )


def _judges(ruleset: Ruleset) -> tuple[object, ...]:
    """All of a ruleset that verdicts rest on."""
    return ruleset.judgements, ruleset.across, ruleset.exemptions, ruleset.readings
