"""The ledger of a running audit: every outcome, kept on disk in the order of the inputs, whatever order they came in.

In memory it takes eight bytes a plan.
"""

import pickle
from array import array
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ..document import Document
from ..plan import Plan
from ..problem import UNREADABLE, Place, Problem, Unreadable
from ..readers.source import STDIN
from ..text import Text
from ..verdict import Finding
from .batch import Batch, Contents
from .inputs import Entry
from .outcome import Outcome
from .register import Register
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
        self._sent: dict[int, bytes] = {}
        self.additions: dict[int, Addition] = {}
        self.register = self.enter_context(closing(Register(self.folder)))

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, batch: Batch, outcomes: list[Outcome]) -> None:
        """Keep the outcomes of a batch. Content that can be read again is not kept."""
        missing = batch.number + len(outcomes) - len(self._offsets)
        self._offsets.extend([_NOT_YET] * missing)
        for number, (entry, outcome) in enumerate(zip(batch.entries, outcomes, strict=True), batch.number):
            assert self._offsets[number] == _NOT_YET, f"{outcome.place} is counted twice"
            kept = entry if entry.content is None else replace(entry, content=None)
            content = pickle.dumps((kept, outcome), pickle.HIGHEST_PROTOCOL)
            self._offsets[number] = self._end
            self._file.write(content)
            self._end += len(content)
            self.register.add(number, outcome)
            if entry.path == STDIN and entry.content is not None:
                self._sent[number] = entry.content

    def take(self, number: int) -> tuple[Entry, Outcome]:
        """Where the plan of this number is, and its outcome as it was added."""
        assert self._offsets[number] != _NOT_YET, f"plan {number} was lost"
        self._file.seek(self._offsets[number])
        entry, outcome = pickle.load(self._file)  # noqa: S301 (our own file)
        return entry, outcome

    def reread(self, number: int) -> tuple[Plan, Document]:
        """The plan of this number as it is read anew. Raises Unreadable where it is no longer what was checked."""
        entry, outcome = self.take(number)
        with Contents() as contents:
            content = contents.of(replace(entry, content=self._sent.get(number)))
            if sha256(content).hexdigest() != outcome.digest:
                raise Unreadable(_changed(entry))
            return contents.plan(entry, content)

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
    return (finding.place.order, finding.rule, finding.subject.id)


def _changed(entry: Entry) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Kế hoạch bị thay đổi trong lúc rà soát", "The plan was changed while the audit ran"),
        Text("Chạy lại khi không còn ai sửa các tệp này", "Run again when nobody is changing these files"),
        Place(entry.file, entry.line),
    )
