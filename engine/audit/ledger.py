"""The ledger of a running audit: every outcome, kept on disk in the order of the inputs, whatever order they came in.

In memory it takes eight bytes a plan.
"""

import pickle
from array import array
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ..verdict import Finding
from .batch import Batch
from .inputs import Entry
from .outcome import Outcome
from .sink import Addition

_NOT_YET: Final = -1


class Ledger(ExitStack):
    """Outcomes by the number of their plan in the audit. Closing it deletes all it kept."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(self.enter_context(TemporaryDirectory(prefix="thamdinh-audit-")))
        self._file = self.enter_context((self.folder / "outcomes").open("w+b"))
        self._offsets = array("q")
        self._end = 0
        self.additions: dict[int, Addition] = {}

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, batch: Batch, outcomes: list[Outcome]) -> None:
        """Keep the outcomes of a batch. Content that was sent along is not kept."""
        missing = batch.number + len(outcomes) - len(self._offsets)
        self._offsets.extend([_NOT_YET] * missing)
        for number, (entry, outcome) in enumerate(zip(batch.entries, outcomes, strict=True), batch.number):
            assert self._offsets[number] == _NOT_YET, f"{outcome.place} is counted twice"
            content = pickle.dumps((replace(entry, content=None), outcome), pickle.HIGHEST_PROTOCOL)
            self._offsets[number] = self._end
            self._file.write(content)
            self._end += len(content)

    def take(self, number: int) -> tuple[Entry, Outcome]:
        """Where the plan of this number is, and its outcome as it was added."""
        assert self._offsets[number] != _NOT_YET, f"plan {number} was lost"
        self._file.seek(self._offsets[number])
        entry, outcome = pickle.load(self._file)  # noqa: S301 (our own file)
        return entry, outcome

    def whole(self) -> bool:
        """Whether every plan up to the last has its outcome."""
        return _NOT_YET not in self._offsets

    def outcomes(self) -> Iterator[Outcome]:
        """Every outcome in the order of the inputs, with what rules across plans added to it."""
        for number in range(len(self)):
            _, outcome = self.take(number)
            addition = self.additions.get(number)
            yield outcome if addition is None else completed(outcome, addition)


def completed(outcome: Outcome, addition: Addition) -> Outcome:
    """The outcome with what rules across plans say of its plan."""
    verdict = outcome.verdict
    findings = tuple(sorted((*verdict.findings, *addition.findings), key=_by_place))
    return replace(outcome, verdict=replace(verdict, findings=findings, undecided=addition.undecided))


def _by_place(finding: Finding) -> tuple[object, ...]:
    return (finding.place.line or 0, finding.place.column or 0, finding.rule, finding.subject.id)
