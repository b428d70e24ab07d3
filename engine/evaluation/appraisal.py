"""The one door to a verdict: read, check, and survive whatever is wrong with the document, the program or the engine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Protocol

from ..base.failure import told
from ..base.isolation import Died
from ..base.limits import MOST_TOLD, Limits, exceeded
from ..base.problem import ENGINE, Place, Problem, Unreadable
from ..base.text import Text
from ..documents.document import Document
from ..model.description import Description
from ..model.integrity import read_plan, words_beside_cards
from ..model.privacy import notices_shown, problems_without_names
from ..model.records import DocumentRecord
from .check import Checker
from .hits import Hits
from .rule_engine import RuleEngineError
from .verdict import Verdict
from .wording import EVERYTHING, Showing, word


class Judge(Protocol):
    """What judges documents: one checker, or several among which each document chooses."""

    def known(self, document: Document) -> Description:
        """What is known of the type of the document. Raises Unreadable where nobody has that type."""

    def checker(self, plan: DocumentRecord, document: Document) -> Checker:
        """The checker that is for the plan. Raises Unreadable where none or several are."""


Read = tuple[Document, DocumentRecord | None]
"""A document, and its plan where that is read already."""


@dataclass
class Appraisal:
    """What came of one document, judged; its verdict is worded when it is asked for.

    `problems` say why there is no verdict; each of the others is then None where it was not come to.
    """

    file: str
    showing: Showing
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    document: Document | None = None
    plan: DocumentRecord | None = None
    checker: Checker | None = None
    hits: Hits | None = None

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict in words; what fails in wording it is a problem of the verdict, as what fails before is."""
        problems = self.problems
        if self.hits is not None and self.document is not None:
            try:
                with told(self.file):
                    verdict = word(self.hits, self.document, self.showing, self.file)
                    return replace(verdict, notices=(*verdict.notices, *self.notices)) if self.notices else verdict
            except Unreadable as unreadable:
                problems = unreadable.problems
        return Verdict(self.file, None, problems=problems, notices=self.notices)


def appraise(
    file: str, read: Callable[[], Read], judge: Judge, showing: Showing = EVERYTHING, most: int = MOST_TOLD
) -> Appraisal:
    """The appraisal of what `read` reads. Whatever is wrong is a problem on `file`, of which the first `most` are worded."""
    document = plan = checker = hits = None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    try:
        with told(file):
            document, plan = read()
            notices = notices_shown(document, names=showing.redact_names)
            if plan is None:
                plan = plan_of(document, showing, most, judge.known(document))
                notices = (*words_beside_cards(plan, document), *notices)
            checker = judge.checker(plan, document)
            try:
                hits = checker.judge(plan)
            except RuleEngineError as error:
                problems = engine_failure(file, str(error)).problems
    except Unreadable as unreadable:
        problems = unreadable.problems
    return Appraisal(file, showing, problems, notices, document, plan, checker, hits)


def plan_of(
    document: Document, showing: Showing = EVERYTHING, most: int = MOST_TOLD, known: Description | None = None
) -> DocumentRecord:
    """What is in a document, by what is `known` of its type, or by the type that it names.

    Raises Unreadable with the first `most` problems, worded as they may be shown.
    """
    read = partial(read_plan, most=most, known=known)
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
