"""From files to verdicts, each in a child process: what dies there costs no other file anything."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, TypeVar

from ..base.failure import told
from ..base.isolation import Died, isolated, processors
from ..base.limits import MOST_TOLD, Limits
from ..base.problem import Place, Unreadable
from ..base.record import Record
from ..documents.discover import InputFile
from ..documents.document import Document
from ..evaluation.appraisal import Appraisal, Judge, appraise, unjudged
from ..evaluation.verdict import Verdict
from ..evaluation.wording import EVERYTHING, Showing
from ..model.privacy import lines_without_cards

_LONGEST_LINE: Final = 20_000
"""Code points of a line that verdicts show. Whoever wrote a longer one did not write it to be read in lines."""
_WORTH_A_PROCESS: Final = 8
"""Inputs: fewer are read before another process has begun."""

Result = TypeVar("Result")


class Job(Record):
    """One input, what it is checked against and what its verdict is to show.

    `around`: lines it is to hold before and after each place; where it names nobody, it holds no line of the file.
    """

    source: InputFile
    judge: Judge
    around: int = 0
    showing: Showing = EVERYTHING


def verdict_of(job: Job, most: int = MOST_TOLD) -> Verdict:
    """The verdict on one input; whatever is wrong with the input is a problem of its verdict, the first `most` worded."""
    return shown(appraisal_of(job, most), job.around)


def appraisal_of(job: Job, most: int = MOST_TOLD) -> Appraisal:
    """The appraisal of one input, whose verdict `shown` gives; whatever is wrong with the input is a problem of it."""
    return appraise(job.source.name, lambda: (job.source.read(), None), job.judge, job.showing, most)


def shown(made: Appraisal, around: int = 0) -> Verdict:
    """The verdict of an appraisal with the lines that it is to show."""
    if made.document is None or made.showing.redact_names:
        return made.verdict
    try:
        with told(made.file):
            return replace(made.verdict, lines=_lines(made.verdict, made.document, around))
    except Unreadable as unreadable:
        return Verdict(made.file, None, problems=unreadable.problems, notices=made.verdict.notices)


def appraise_all(jobs: Sequence[Job], limits: Limits | None = None, processes: int = 1) -> Iterator[Verdict]:
    """The verdicts, in order, each checked within the limits in one of so many child processes, whose death is never a verdict."""
    limits = limits or Limits()
    outcomes = isolated(partial(verdict_of, most=limits.problems), jobs, limits, processes)
    for job, outcome in zip(jobs, outcomes, strict=True):
        yield unjudged(job.source.name, outcome, limits) if isinstance(outcome, Died) else outcome


def processes_for(inputs: int, asked: int | None) -> int:
    """How many processes check so many inputs, where that many are `asked` for, or None: as many as have enough to do."""
    return asked or max(1, min(processors(), inputs // _WORTH_A_PROCESS))


class Beyond(Unreadable):
    """What was to be done with a file goes beyond a limit."""


def alone(act: Callable[[], Result], file: str, limits: Limits, *, apart: bool = False) -> Result:
    """What `act` gives, done with a file in a child process within the limits.

    Raises Beyond where it isn't, Unreadable where the child dies in another way, and what `act` raises.
    """
    [outcome] = isolated(lambda _: act(), [None], limits, apart=apart)
    if isinstance(outcome, Died):
        raise (Beyond if outcome.exceeded else Unreadable)(*unjudged(file, outcome, limits).problems)
    return outcome


def rehearsed(act: Callable[[], object], file: str, limits: Limits) -> None:
    """Do first in a child process what is to be done with a file in this one, to see that it stays within the limits.

    Raises Unreadable where it doesn't, and what `act` raises.
    """
    alone(lambda: act() is None, file, limits)


def _lines(verdict: Verdict, document: Document, around: int) -> dict[Place, str]:
    places = [problem.place for problem in verdict.problems] + [finding.place for finding in verdict.findings]
    places += [item.place for item in verdict.passed or ()]
    if around:
        numbers = {place.line for place in places if place.line is not None}
        near = {number + offset for number in numbers for offset in range(-around, around + 1)}
        places += [Place(document.file, number) for number in sorted(near) if number > 0]
    first = {place.line: place for place in places if place.line is not None}
    lines = {number: line for number, place in first.items() if (line := document.excerpt(place)) is not None}
    shown = lines_without_cards({n: line for n, line in lines.items() if len(line) <= _LONGEST_LINE}, document)
    return {place: shown[place.line] for place in places if place.line is not None and place.line in shown}
