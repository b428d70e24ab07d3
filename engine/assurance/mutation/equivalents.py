"""The mutants that no scenario can kill because they change nothing that is ever judged: a file under review, with reasons."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import Field, StrictStr

from ...base.problem import DUPLICATE, REFERENCE, Place, Problem, Unreadable
from ...base.suggest import closest
from ...base.text import Text
from ...directive.conditions import Strict
from ...documents import read_file
from ...model.parsing import validated
from .survival import Trial

FILE: Final = "review/equivalent-mutants.yaml"
"""Where a pack keeps the list, within its folder."""


class EquivalenceReason(Strict):
    """Mutants that are equivalent for one reason; each is named by its change, in the words of `rules mutate`."""

    reason: Text
    mutants: tuple[StrictStr, ...] = Field(min_length=1)


class EquivalentMutants(Strict):
    """The whole list."""

    equivalent: tuple[EquivalenceReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Equivalents:
    """The reason for each mutant of the list, by its change, and where it stands."""

    reasons: dict[str, Text]
    places: dict[str, Place]


def read_equivalents(path: Path) -> Equivalents:
    """The list in a file; empty where there is no file. Raises Unreadable."""
    if not os.path.exists(path):
        return Equivalents({}, {})
    document = read_file(path)
    reasons: dict[str, Text] = {}
    places: dict[str, Place] = {}
    for number, group in enumerate(validated(EquivalentMutants, document).equivalent):
        for position, change in enumerate(group.mutants):
            place = document.place(("equivalent", number, "mutants", position))
            if change in reasons:
                message = Text("Thay đổi này đã được ghi ở trên", "This change stands above already")
                raise Unreadable(Problem(DUPLICATE, message, Text("Bỏ một trong hai", "Remove one of the two"), place))
            reasons[change], places[change] = group.reason, place
    return Equivalents(reasons, places)


def stale_equivalents(equivalents: Equivalents, tried: list[Trial]) -> list[Problem]:
    """What is wrong with the list: it names a change that is not made any more, or one that a scenario does kill."""
    problems = []
    known = {trial.mutant.change: trial for trial in tried}
    for change, place in equivalents.places.items():
        if change not in known:
            near = closest(change, known)
            problems.append(
                Problem(
                    REFERENCE,
                    Text("Không có thay đổi nào như vậy", "No such change is made"),
                    Text(f"Gần nhất: {near}" if near else "Bỏ dòng này", f"Nearest: {near}" if near else "Remove it"),
                    place,
                )
            )
        elif (killer := known[change].killer) is not None:
            problems.append(
                Problem(
                    REFERENCE,
                    Text(
                        f"Thay đổi này không tương đương: tình huống “{killer.name}” phát hiện ra nó",
                        f"This change is not equivalent: the scenario “{killer.name}” notices it",
                    ),
                    Text("Bỏ dòng này", "Remove this line"),
                    place,
                )
            )
    return problems
