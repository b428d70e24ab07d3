"""The ledger of a running audit: every outcome, kept on disk in the order of the inputs, whatever order they came in.

In memory it takes eight bytes a plan.
"""

from array import array
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Final

from ...base.input_names import STDIN
from ...base.problem import UNREADABLE, Place, Problem, Unreadable
from ...base.text import Text
from ...documents.document import Document
from ...evaluation.appraisal import plan_of
from ...evaluation.verdict import Verdict
from ...model.description import Description
from ...model.records import DocumentRecord
from ..audited_plan import AuditedPlan
from ..inputs.listing import Entry
from ..shared.register import PlanDetails, Register
from ..sink import Addition
from .batch import Batch, Contents, digest_of
from .encoded_plans import EncodedPlans, decode_outcome, decode_plans, encode
from .workspace import workspace

_NOT_YET: Final = -1

_MOST_KNOWN: Final = 1024
"""How many plans are remembered of those that meet others."""


class Ledger(ExitStack):
    """Outcomes by the number of their plan in the audit. Closing it deletes all it kept.

    It keeps what it has in a folder within `within`. Plans that are read again are put into `known` and taken from it, where
    it is given.
    """

    def __init__(
        self,
        within: Path | None = None,
        known: dict[tuple[bytes, Entry, Description], tuple[DocumentRecord, Document]] | None = None,
    ) -> None:
        super().__init__()
        self.folder = self.enter_context(workspace(within))
        self._known = known
        self._file = self.enter_context((self.folder / "outcomes").open("w+b"))
        self._offsets = array("q")
        self._end = 0
        self._sent: dict[int, bytes] = {}
        self._contents = self.enter_context(Contents())
        self.register = self.enter_context(closing(Register(self.folder)))
        self.about = lru_cache(maxsize=_MOST_KNOWN)(self._about)

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, batch: Batch, outcomes: EncodedPlans) -> None:
        """Keep the outcomes of a batch."""
        end = batch.number + len(outcomes)
        self._offsets.extend([_NOT_YET] * (end - len(self._offsets)))
        for number, offset in enumerate(self._offsets[batch.number : end], batch.number):
            assert offset == _NOT_YET, f"plan {number} is counted twice"
        self._write(batch.number, outcomes.contents)
        self.register.add(outcomes.rows)
        for number, entry in enumerate(batch.entries, batch.number):
            if entry.path == STDIN and entry.content is not None:
                self._sent[number] = entry.content

    def put(self, number: int, addition: Addition) -> None:
        """Add to the outcome of this number what rules across plans say of its plan."""
        entry, outcome = self.take(number)
        self._file.seek(self._end)
        self._write(number, (encode(entry, completed(outcome, addition)),))

    def _write(self, first: int, contents: Sequence[bytes]) -> None:
        for number, content in enumerate(contents, first):
            self._offsets[number] = self._end
            self._end += len(content)
        self._file.write(b"".join(contents))

    def take(self, number: int) -> tuple[Entry, AuditedPlan]:
        """Where the plan of this number is, and its outcome as it is known by now."""
        self._go_to(number)
        return decode_plans(self._file)

    def _outcome(self, number: int) -> AuditedPlan:
        """The outcome alone."""
        self._go_to(number)
        return decode_outcome(self._file)

    def _go_to(self, number: int) -> None:
        assert self._offsets[number] != _NOT_YET, f"plan {number} was lost"
        self._file.seek(self._offsets[number])

    def _about(self, number: int) -> PlanDetails:
        outcome = self._outcome(number)
        assert outcome.across is not None
        return PlanDetails(
            outcome.place,
            outcome.digest,
            outcome.verdict.directive or "",
            outcome.verdict.organization or "",
            outcome.across.organization,
            outcome.across.half_days,
            outcome.across.ballots,
            outcome.across.elsewhere,
            frozenset(rule for rule, _ in outcome.across.suspended),
        )

    def content(self, number: int) -> bytes:
        """What the plan of this number was read from. Raises Unreadable where it is no longer what was checked."""
        entry, outcome = self.take(number)
        content = self._contents.of(replace(entry, content=self._sent.get(number)))
        if digest_of(entry, content) != outcome.digest:
            raise Unreadable(_changed(entry))
        return content

    def reread(self, number: int, known: Description) -> tuple[DocumentRecord, Document]:
        """The plan of this number, of a type that is known as this, as it is read anew. Raises Unreadable where it is no longer what was checked."""
        content, entry = self.content(number), self.take(number)[0]
        key = content, entry, known
        if self._known is not None and key in self._known:
            return self._known[key]
        document, plan = self._contents.document(entry, content, known)
        read = plan if plan is not None else plan_of(document, known=known), document
        if self._known is not None:
            self._known[key] = read
        return read

    def complete(self) -> bool:
        """Whether every plan up to the last has its outcome."""
        return _NOT_YET not in self._offsets

    def outcomes(self) -> Iterator[AuditedPlan]:
        """Every outcome in the order of the inputs."""
        return map(self._outcome, range(len(self)))


def completed(outcome: AuditedPlan, addition: Addition) -> AuditedPlan:
    """The outcome with what rules across plans say of its plan."""
    verdict = outcome.verdict
    if addition.problems:
        return replace(outcome, across=None, verdict=Verdict(verdict.file, None, problems=addition.problems))
    findings = tuple(sorted((*verdict.findings, *addition.findings), key=attrgetter("order")))
    return replace(outcome, verdict=replace(verdict, findings=findings, undecided=addition.undecided))


def _changed(entry: Entry) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Văn bản bị thay đổi trong lúc rà soát", "The document was changed while the audit ran"),
        Text("Chạy lại khi không còn ai sửa các tệp này", "Run again when nobody is changing these files"),
        Place(entry.file, entry.line),
    )
