"""From a batch of plans to what an audit learns from each: the one function that workers run, wherever they run."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Literal

from ..appraise import engine_failure
from ..check import Checker, durable
from ..compiled import Compiled
from ..document import Document
from ..integrity import read_plan
from ..plan import Plan
from ..problem import Path, Place, Problem, Unreadable
from ..readers import read
from ..readers.source import load
from ..ruleset import Ruleset
from ..session import RuleEngineError
from ..verdict import Verdict
from .outcome import Outcome

Engine = Literal["compiled", "durable"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Where one plan is: a file, or a line (from 1) of one, which begins at `offset` and takes `length` bytes."""

    path: str
    line: int | None = None
    offset: int = 0
    length: int | None = None
    problem: Problem | None = None

    @property
    def place(self) -> str:
        """The place of the plan as outcomes name it."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Some plans to check together; `number` counts the plans of the audit that come before them."""

    number: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class AuditJob:
    """What the plans of an audit are checked against, and how. `identity` is unique to the audit and tells jobs apart."""

    identity: str
    ruleset: Ruleset = field(compare=False)
    engine: Engine = field(default="compiled", compare=False)
    key: bytes = field(default=b"", compare=False, repr=False)
    redact_names: bool = field(default=False, compare=False)


def audit_batch(batch: Batch, job: AuditJob) -> list[Outcome]:
    """The outcome of each plan of the batch, in order. Whatever is wrong with a plan is a problem of its verdict."""
    checker = _checker(job)
    return [_outcome(entry, content, checker) for entry, content in _contents(batch)]


@lru_cache(maxsize=1)
def _checker(job: AuditJob) -> Checker:
    return Checker(job.ruleset, Compiled if job.engine == "compiled" else durable)


def _contents(batch: Batch) -> Iterator[tuple[Entry, bytes | Unreadable]]:
    for entry in batch.entries:
        try:
            if entry.problem is not None:
                raise Unreadable(entry.problem)
            if entry.length is None:
                yield entry, load(entry.path)
            else:
                with FilePath(entry.path).open("rb") as file:
                    file.seek(entry.offset)
                    yield entry, file.read(entry.length)
        except Unreadable as unreadable:
            yield entry, unreadable


def _outcome(entry: Entry, content: bytes | Unreadable, checker: Checker) -> Outcome:
    if isinstance(content, Unreadable):
        return _without_plan(entry.place, "", Verdict(entry.place, None, problems=content.problems))
    digest = hashlib.sha256(content).hexdigest()
    try:
        document = _document(entry, content)
        plan = read_plan(document)
        verdict = replace(checker.check(plan, document), file=entry.place)
    except Unreadable as unreadable:
        return _without_plan(entry.place, digest, Verdict(entry.place, None, problems=unreadable.problems))
    except RuleEngineError as error:
        return _without_plan(entry.place, digest, engine_failure(entry.place, str(error)))
    organization = plan.organization
    return Outcome(
        entry.place,
        digest,
        organization.name,
        organization.kind.value,
        organization.district,
        organization.term,
        _held_on(plan),
        len(plan.participants),
        verdict,
        None,
    )


def _held_on(plan: Plan) -> str | None:
    sessions = plan.conference.sessions
    return min(session.start for session in sessions).date().isoformat() if sessions else None


def _without_plan(place: str, digest: str, verdict: Verdict) -> Outcome:
    return Outcome(place, digest, None, None, None, None, None, 0, verdict, None)


def _document(entry: Entry, content: bytes) -> Document:
    if entry.line is None:
        return read(entry.path, content)
    try:
        return _Line(read(f"{entry.path}.json", content), entry.path, entry.line)
    except Unreadable as unreadable:
        raise Unreadable(
            *(
                replace(problem, place=_in_file(problem.place, entry.path, entry.line))
                for problem in unreadable.problems
            )
        ) from None


@dataclass(frozen=True, slots=True)
class _Line:
    """A document that is one line (or row) of a file."""

    document: Document
    file: str
    line: int

    @property
    def data(self) -> object:
        return self.document.data

    def place(self, path: Path, *, key: bool = False) -> Place:
        return _in_file(self.document.place(path, key=key), self.file, self.line)

    def label(self, path: Path) -> str | None:
        return self.document.label(path)

    def excerpt(self, place: Place) -> str | None:
        return self.document.excerpt(replace(place, line=1))


def _in_file(place: Place, file: str, line: int) -> Place:
    return replace(place, file=file, line=line)
