"""From files to verdicts: read, check, and survive a rule engine that dies."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from ..base.failure import told
from ..base.isolation import Died, isolated
from ..base.limits import MOST_TOLD, Limits, exceeded
from ..base.problem import ENGINE, Place, Problem, Unreadable
from ..base.text import Text
from ..documents.discover import Source
from ..documents.document import Document
from ..evaluation.check import Checker
from ..evaluation.durable_session import RuleEngineError
from ..evaluation.verdict import Verdict
from ..model.integrity import read_plan
from ..model.plan import Plan
from ..model.privacy import lines_without_cards, notices_shown, problems_without_names

if TYPE_CHECKING:
    from ..evaluation.choice import Choosing


_LONGEST_LINE: Final = 20_000
"""Code points of a line that verdicts show. Whoever wrote a longer one did not write it to be read in lines."""


Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Job:
    """One input and what it is checked against. `around`: lines the verdict is to hold before and after each place.

    With `redact_names`, the verdict names nobody, so it holds no line of the file; the checker must be of the same mind.
    """

    source: Source
    checker: "Checker | Choosing"
    around: int = 0
    redact_names: bool = False


def appraise(job: Job, most: int = MOST_TOLD) -> Verdict:
    """The verdict on one input; whatever is wrong with the input is a problem of its verdict, the first `most` worded."""
    try:
        with told(job.source.name):
            return _appraised(job, most)
    except Unreadable as unreadable:
        return Verdict(job.source.name, None, problems=unreadable.problems)


def _appraised(job: Job, most: int) -> Verdict:
    file = job.source.name
    document: Document | None = None
    try:
        document = job.source.read()
        verdict = job.checker.check(_plan(document, job, most), document)
    except Unreadable as unreadable:
        verdict = Verdict(file, None, problems=unreadable.problems)
    except RuleEngineError as error:
        verdict = engine_failure(file, str(error))
    if document is not None and document.notices:
        verdict = replace(verdict, notices=(*verdict.notices, *notices_shown(document, names=job.redact_names)))
    if document is None or job.redact_names:
        return verdict
    return replace(verdict, lines=_lines(verdict, document, job.around))


def _plan(document: Document, job: Job, most: int) -> Plan:
    """The plan of a document. Raises Unreadable."""
    read = partial(read_plan, most=most)
    try:
        return read(document)
    except Unreadable as unreadable:
        if not job.redact_names:
            raise
        raise Unreadable(*problems_without_names(unreadable.problems, document, read)) from None


def appraise_all(jobs: Iterable[Job], limits: Limits | None = None) -> Iterator[Verdict]:
    """The verdicts, in order, each checked within the limits in a child process, whose death is never a verdict."""
    jobs, limits = list(jobs), limits or Limits()
    for job, outcome in zip(jobs, isolated(partial(appraise, most=limits.problems), jobs, limits), strict=True):
        yield unjudged(job.source.name, outcome, limits) if isinstance(outcome, Died) else outcome


def alone(act: Callable[[], Result], file: str, limits: Limits) -> Result:
    """What `act` gives, done with a file in a child process within the limits. Raises Unreadable, and what `act` raises."""
    [outcome] = isolated(lambda _: act(), [None], limits)
    if isinstance(outcome, Died):
        raise Unreadable(*unjudged(file, outcome, limits).problems)
    return outcome


def rehearsed(act: Callable[[], object], file: str, limits: Limits) -> None:
    """Do first in a child process what is to be done with a file in this one, to see that it stays within the limits.

    Raises Unreadable where it doesn't, and what `act` raises.
    """
    alone(lambda: act() is None, file, limits)


def unjudged(file: str, died: Died, limits: Limits) -> Verdict:
    """The verdict of a plan whose process died: invalid, with problem PL006 where it went beyond a limit, or EN001."""
    if died.exceeded is None:
        return engine_failure(file, died.reason)
    return Verdict(file, None, problems=(exceeded(file, died.exceeded, limits),))


def engine_failure(file: str, reason: str) -> Verdict:
    """The verdict of a plan that the rule engine failed on: invalid, with problem EN001."""
    problem = Problem(
        ENGINE,
        Text(
            f"Bộ máy quy tắc gặp sự cố khi thẩm định kế hoạch này, nên chưa có kết luận ({reason})",
            f"The rule engine failed on this plan, so there is no verdict ({reason})",
        ),
        Text(
            "Chạy lại; nếu vẫn gặp, gửi tệp này cho bộ phận hỗ trợ. Chưa coi kế hoạch là đạt hay không đạt",
            "Run again; if it persists, send this file to the maintainers. Count the plan neither as compliant nor as not",
        ),
        Place(file),
    )
    return Verdict(file, None, problems=(problem,))


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
