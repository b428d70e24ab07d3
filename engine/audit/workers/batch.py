"""From a batch of plans to what an audit learns from each: the one function that workers run, wherever they run."""

import gc
import hashlib
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, BinaryIO, Final, Literal

from ...base.cards import may_hold_card
from ...base.failure import told
from ...base.instant import day_of
from ...base.isolation import Died
from ...base.limits import Limits, given_up
from ...base.problem import Path, Place, Problem, Unreadable
from ...directive.ruleset import Ruleset
from ...documents import read
from ...documents.document import Document
from ...evaluation.appraisal import Read, appraise, unjudged
from ...evaluation.check import EvaluatorFactory, durable
from ...evaluation.choice import Choosing, are_several
from ...evaluation.scanning import Compiled
from ...evaluation.verdict import Verdict
from ...evaluation.wording import Showing
from ...model.called import area_nature
from ...model.description import Description
from ...model.document_types import DEFAULT, types
from ...model.gathering import Gather, gathering
from ...model.privacy import with_organization_shown
from ...model.records import DocumentRecord, count_rows, of_nature
from ..audited_plan import AuditedPlan, without_plan
from ..inputs import archive, storage
from ..inputs.listing import Entry
from ..quick.ahead import LinesAhead
from ..quick.decode import decode_line
from ..shared.extract import Extraction, alone
from ..shared.identity import Keys
from ..shared.pairs import meetings

if TYPE_CHECKING:
    from ..quick.parquet import ParquetRows

Engine = Literal["compiled", "durable"]
_FACTORIES: Final[dict[Engine, EvaluatorFactory]] = {"compiled": Compiled, "durable": durable}


@dataclass(frozen=True, slots=True)
class Batch:
    """Some plans to check together; `number` counts the plans of the audit that come before them."""

    number: int
    entries: tuple[Entry, ...]
    apart: bool = False
    """Whether lines are read one by one, since a worker died that may have been reading them together."""

    def part(self, begin: int, end: int, *, apart: bool = False) -> "Batch":
        """Some of the plans, by their positions here."""
        return replace(self, number=self.number + begin, entries=self.entries[begin:end], apart=self.apart or apart)

    def reads_together(self, at: int) -> bool:
        """Whether others may be read together with the plan at this position."""
        entry = self.entries[at]
        return not self.apart and is_line(entry) and entry.path not in {other.path for other in self.entries[:at]}


@dataclass(frozen=True, slots=True)
class AuditJob:
    """What the plans of an audit are checked against, and how. `identity` is unique to the audit and tells jobs apart.

    Each plan is judged by the one of the `rulesets` that is for it; the only one judges all where it was `named`.
    """

    identity: str
    rulesets: tuple[Ruleset, ...] = field(compare=False)
    named: bool = field(default=True, compare=False, kw_only=True)
    engine: Engine = field(default="compiled", compare=False)
    key: bytes = field(default=b"", compare=False, repr=False)
    redact_names: bool = field(default=False, compare=False)
    limits: Limits = field(default=Limits(), compare=False)
    counted: bool = field(default=False, compare=False)
    """Whether findings are only counted, so that none need be worded."""
    stored: bool = field(default=False, compare=False)
    """Whether outcomes go into a store, so that its rows are made as well."""
    beside: "AuditJob | None" = field(default=None, compare=False)
    """One more job for the same plans, each of which is read once for both."""


def audit_batch(batch: Batch, job: AuditJob) -> list[AuditedPlan]:
    """The outcome of each plan of the batch, in order. Whatever is wrong with a plan is a problem of its verdict."""
    return list(batch_outcomes(batch, job))


def batch_outcomes(batch: Batch, job: AuditJob) -> Iterator[AuditedPlan]:
    """The outcomes of a batch one by one, so that it is known which plan is being worked on."""
    return (outcome for outcome, *_ in audited_beside(batch, job))


def audited_beside(batch: Batch, job: AuditJob) -> Iterator[tuple[AuditedPlan, ...]]:
    """The outcomes of each plan: by the job and, where there is one, by the job beside it."""
    workers = _workers(job)
    for worker in workers:
        worker.expect(() if batch.apart else batch.entries)
    for entry in batch.entries:
        yield tuple(worker.outcome(entry) for worker in workers)


@lru_cache(maxsize=2)
def _workers(job: AuditJob) -> "tuple[_Worker, ...]":
    workers = [_Worker(job)]
    if job.beside is not None:
        workers.append(_Worker(job.beside, workers[0]))
    # What there is by now stays: looking at it again and again for garbage would cost a third of the time of a plan.
    # Hardly any of what was imported is garbage: all of it is not looked at even once.
    gc.collect(1)
    gc.freeze()
    return (*workers,)


def is_line(entry: Entry) -> bool:
    """Whether it is a line of a file that lies open, so that it may be read together with others."""
    return entry.form == "line" and entry.length is not None and entry.content is None and entry.member is None


class Contents(ExitStack):
    """Reads the content of entries; a file that holds many of them is opened once.

    `known_as`: how types of document, by id, are known to whoever reads, None where the document itself has to tell; others
    are known as they are.
    """

    def __init__(self, known_as: Mapping[str, Description | None] | None = None) -> None:
        super().__init__()
        self._types: dict[str, Description | None] = {
            **{known.id: known for known in types()},
            **(known_as or {}),
        }
        self._name = ""
        self._file: BinaryIO | zipfile.ZipFile
        self._rows: ParquetRows | None = None
        self._quick: DocumentRecord | None = None
        self._lines = LinesAhead(self._types[DEFAULT])

    def expect(self, entries: Iterable[Entry]) -> None:
        """Take note of what will be asked for next, in this order."""
        lines: dict[str, list[tuple[int, int]]] = {}
        for entry in entries:
            if is_line(entry):
                lines.setdefault(entry.path, []).append((entry.offset, entry.length or 0))
        self._lines.expect(lines)

    def of(self, entry: Entry) -> bytes:
        """What the plan's digest is made of. Raises Unreadable."""
        self._quick = None
        if entry.problem is not None:
            raise Unreadable(entry.problem)
        if entry.content is not None:
            return entry.content
        if entry.member is not None:
            zipped = self._opened(entry.path, zipped=True)
            assert isinstance(zipped, zipfile.ZipFile)
            if entry.length is None:
                return archive.member_content(entry.path, entry.member, zipped, entry.number)
            with archive.open_member(entry.path, entry.member, zipped, entry.number) as lines:
                lines.seek(entry.offset)
                return lines.read(entry.length)
        if entry.length is None:
            return storage.content_of(entry.path)
        file = self._opened(entry.path, zipped=False)
        assert not isinstance(file, zipfile.ZipFile)
        if entry.group is not None:
            return self._row(entry, file)
        self._quick, content = self._lines.at(entry.path, file, entry.offset, entry.length)
        return content

    def document(self, entry: Entry, content: bytes, known: Description | None = None) -> Read:
        """The document in the content of the entry that was read last, and its plan where that is quickly read.

        `known`: how its type is known, where that is certain already.
        """
        plan = self.quick(entry, content)
        if plan is not None and known is not None and known != plan.known:
            plan = None
            if entry.group is not None:  # a row that was quickly read is no JSON: it is read as this type from here on
                self._types[known.id], self._rows = known, None
                content = self.of(entry)
                plan = self._quick
        if plan is not None:
            assert entry.line is not None
            return LineDocument(entry.file, entry.line), plan
        return document_of(entry, content), None

    def quick(self, entry: Entry, content: bytes) -> DocumentRecord | None:
        """The plan in the content of the entry that was read last, where it is a line or row without any fault."""
        if entry.line is None:
            return None
        return self._quick if self._quick is not None else decode_line(content, self._types)

    def _row(self, entry: Entry, file: BinaryIO) -> bytes:
        if self._rows is None:
            from ..quick.parquet import ParquetRows

            self._rows = ParquetRows(entry.path, file, self._types)
        assert entry.group is not None
        self._quick, content = self._rows.at(entry.group, entry.offset)
        return content

    def _opened(self, path: str, *, zipped: bool) -> BinaryIO | zipfile.ZipFile:
        if self._name != path:
            self.close()
            self._name, self._rows = "", None
            file = self.enter_context(storage.opened(path))
            try:
                self._file = self.enter_context(zipfile.ZipFile(file)) if zipped else file
            except (zipfile.BadZipFile, ValueError, OSError):
                raise archive.damaged(path) from None
            self._name = path
        return self._file


class _Worker:
    """What checks plans against one job, in one process. The file that it read last stays open for the next batch."""

    def __init__(self, job: AuditJob, beside: "_Worker | None" = None) -> None:
        """`beside`: who has just read each plan, and whose reading will do if it goes by the same words."""
        self._choosing = Choosing(job.rulesets, _FACTORIES[job.engine], named=job.named, across=True)
        self._common = Keys(job.key)
        self._extractions = {
            ruleset.directive: Extraction(
                self._common.within(ruleset.directive), ruleset.readings, {one.entity for one in ruleset.across}
            )
            for ruleset in job.rulesets
        }
        self._job = job
        self._showing = Showing(job.redact_names, titled=are_several(job.rulesets), counted=job.counted)
        self._contents = Contents(self._choosing.known_as)
        self._last: tuple[Entry, str, Read] | None = None
        same = beside is not None and {**beside._choosing.known_as} == {**self._choosing.known_as}
        self._beside = beside if same else None

    def expect(self, entries: Iterable[Entry]) -> None:
        """Take note of what will be asked for next, in this order, unless it is read elsewhere."""
        if self._beside is None:
            self._contents.expect(entries)

    def outcome(self, entry: Entry) -> AuditedPlan:
        """What is learned from a plan; a fault of this program on it must not cost all the others."""
        place = entry.place
        try:
            with told(place):
                return self._outcome(entry, place)
        except Unreadable as unreadable:
            return without_plan("", Verdict(place, None, problems=unreadable.problems))

    def _outcome(self, entry: Entry, place: str) -> AuditedPlan:
        digest = ""

        def read() -> Read:
            nonlocal digest
            last = self._beside and self._beside._last
            if last and last[0] is entry:
                digest = last[1]
                return last[2]
            self._last = None
            try:
                with told(place, reading=True):
                    content = self._contents.of(entry)
            except Unreadable as unreadable:
                raise Unreadable(*entry.placed(unreadable.problems)) from None
            digest = digest_of(entry, content)
            found = self._contents.document(entry, content)
            self._last = entry, digest, found
            return found

        made = appraise(place, read, self._choosing, self._showing, self._job.limits.problems)
        verdict = made.verdict
        if verdict.problems:
            return without_plan(digest, verdict)
        plan, checker = made.plan, made.checker
        assert plan is not None
        assert checker is not None
        ruleset, across = checker.ruleset, None
        by = area_nature(plan.known) if ruleset.handbook is None else ruleset.handbook.called.nature or ""
        area = _of_nature(plan, by)
        if area is not None and may_hold_card(area):
            area = _of_nature(with_organization_shown(plan), by)
        if area is not None and ruleset.applies is not None:
            area = ruleset.applies.place(area)
        if ruleset.across:
            suspended, clauses = checker.suspended(plan)
            named = tuple((item.rule, item.by) for item in suspended)
            across = self._extractions[ruleset.directive].across(plan, named, clauses)
            if meets := meetings(plan, self._job.rulesets, self._common):
                across = replace(across or alone(named, clauses), meets=meets)
            not_applicable = tuple(sorted((*verdict.not_applicable, *suspended), key=attrgetter("rule")))
            if not_applicable != verdict.not_applicable:
                verdict = replace(verdict, not_applicable=not_applicable)
        return AuditedPlan(
            place,
            digest,
            verdict.organization,
            _of_nature(plan, "kind"),
            area,
            _of_nature(plan, "term"),
            _held_on(plan),
            count_rows(plan, plan.known.people or ()),
            verdict,
            across,
        )


def _of_nature(plan: DocumentRecord, nature: str) -> str | None:
    found = of_nature(plan, nature)
    return None if found is None else str(found)


def _held_on(plan: DocumentRecord) -> str | None:
    days = _days(plan.known)(plan)
    return min(map(day_of, days)).isoformat() if days else None


@cache
def _days(known: Description) -> Gather:
    return gathering(known, known.by_nature.get("day", ()))


def digest_of(entry: Entry, content: bytes) -> str:
    """What tells one plan from another: the SHA-256 of its content, and of what this is read as."""
    digest = hashlib.sha256(entry.form.encode())
    digest.update(content)
    return digest.hexdigest()


def document_of(entry: Entry, content: bytes) -> Document:
    """The document in the content of an entry. Raises Unreadable."""
    if entry.line is None:
        return read("-" if entry.path == "-" else entry.file, content)
    try:
        return _Line(read(f"{entry.file}.json", content), entry.file, entry.line)
    except Unreadable as unreadable:
        problems = (
            replace(problem, place=replace(problem.place, file=entry.file, line=entry.line))
            for problem in unreadable.problems
        )
        raise Unreadable(*problems) from None


@dataclass(frozen=True, slots=True)
class LineDocument:
    """A line or row of which nobody needs to know more than its number."""

    file: str
    line: int
    data: None = None
    notices: tuple[Problem, ...] = ()

    def place(self, path: Path, *, key: bool = False) -> Place:  # noqa: ARG002
        return Place(self.file, self.line)

    def label(self, path: Path) -> None:  # noqa: ARG002
        return None

    def excerpt(self, place: Place) -> None:  # noqa: ARG002
        return None


@dataclass(frozen=True, slots=True)
class _Line:
    """A document that is one line (or row) of a file."""

    document: Document
    file: str
    line: int

    @property
    def data(self) -> object:
        return self.document.data

    @property
    def notices(self) -> tuple[Problem, ...]:
        return tuple(
            replace(notice, place=replace(notice.place, file=self.file, line=self.line))
            for notice in self.document.notices
        )

    def place(self, path: Path, *, key: bool = False) -> Place:
        return replace(self.document.place(path, key=key), file=self.file, line=self.line)

    def label(self, path: Path) -> str | None:
        return self.document.label(path)

    def excerpt(self, place: Place) -> str | None:
        return self.document.excerpt(replace(place, line=1))


def batches(entries: Iterator[Entry]) -> Iterator[Batch]:
    """Entries put together so that a batch is worth sending, and yet small."""
    number, waiting, weight = 0, list[Entry](), 0
    for entry in entries:
        most, bytes_at_most = _MOST_OF_A_GROUP if entry.group is not None and entry.offset else _MOST
        if len(waiting) >= most or weight >= bytes_at_most:
            yield Batch(number, tuple(waiting))
            number += len(waiting)
            waiting, weight = [], 0
        waiting.append(entry)
        weight += _FILE_WEIGHT if entry.length is None else entry.length
    if waiting:
        yield Batch(number, tuple(waiting))


_MOST: Final = 512, 8 * 2**20
"""How many plans make a batch at most, and how many bytes of lines."""
_MOST_OF_A_GROUP: Final = 1024, 4 * 2**20
"""The same of rows of one group: each batch that has any of them reads the group as a whole."""
_FILE_WEIGHT: Final = 512 * 2**10
"""Bytes of lines that take about as long to read as a file of its own."""


def not_tried(entry: Entry, limits: Limits) -> AuditedPlan:
    """The outcome of a plan in a file of which too many others went beyond the limits: it was not looked at."""
    return without_plan("", Verdict(entry.place, None, problems=(given_up(entry.place, limits),)))


def engine_died(entry: Entry, died: Died, limits: Limits) -> AuditedPlan:
    """The outcome of a plan on which a worker died, or went beyond the limits."""
    return without_plan("", unjudged(entry.place, died, limits))
