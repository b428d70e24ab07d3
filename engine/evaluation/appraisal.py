"""The one door to a verdict: read, check, and survive whatever is wrong with the document, the program or the engine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from ..base.failure import told
from ..base.isolation import Died
from ..base.limits import MOST_TOLD, Limits, exceeded
from ..base.problem import ENGINE, Place, Problem, Unreadable
from ..base.text import Text
from ..documents.document import Document
from ..model.integrity import read_plan
from ..model.plan import Plan
from ..model.privacy import notices_shown, problems_without_names
from .check import EVERYTHING, Checker, Showing
from .rule_engine import RuleEngineError
from .verdict import Verdict


class Judge(Protocol):
    """What judges plans: one checker, or several among which each plan chooses."""

    def checker(self, plan: Plan, document: Document) -> Checker:
        """The checker that is for the plan. Raises Unreadable where none or several are."""


Read = tuple[Document, Plan | None]
"""A document, and its plan where that is read already."""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """A verdict, and what it was come to by: each of the others is None where it was not come to."""

    verdict: Verdict
    document: Document | None = None
    plan: Plan | None = None
    checker: Checker | None = None


def appraise(
    file: str, read: Callable[[], Read], judge: Judge, showing: Showing = EVERYTHING, most: int = MOST_TOLD
) -> Appraisal:
    """The appraisal of what `read` reads; whatever is wrong is a problem of the verdict on `file`, the first `most` worded."""
    document = plan = checker = None
    notices: tuple[Problem, ...] = ()
    try:
        with told(file):
            document, plan = read()
            notices = notices_shown(document, names=showing.redact_names)
            plan = plan or plan_of(document, showing, most)
            checker = judge.checker(plan, document)
            try:
                verdict = checker.check(plan, document, showing)
            except RuleEngineError as error:
                verdict = engine_failure(file, str(error))
    except Unreadable as unreadable:
        verdict = Verdict(file, None, problems=unreadable.problems)
    return Appraisal(replace(verdict, notices=(*verdict.notices, *notices)), document, plan, checker)


def plan_of(document: Document, showing: Showing = EVERYTHING, most: int = MOST_TOLD) -> Plan:
    """The plan in a document. Raises Unreadable with the first `most` problems, worded as they may be shown."""
    read = partial(read_plan, most=most)
    try:
        return read(document)
    except Unreadable as unreadable:
        if not showing.redact_names:
            raise
        raise Unreadable(*problems_without_names(unreadable.problems, document, read)) from None


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
