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
from ..model.privacy import notices_shown, problems_without_names, without_cards
from ..model.records import DocumentRecord
from ..model.stand_in import StandIn
from .check import Checker
from .hits import Hits
from .preliminary import undoubted
from .rule_engine import RuleEngineError
from .verdict import Finding, Verdict
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

    `of_type` is the id of its type, where it was read here. `problems` say why there is no verdict; each of the others is then None where it was not come to, and `early` the verdict
    without them: what is found in the document all the same.
    """

    file: str
    showing: Showing
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    document: Document | None = None
    plan: DocumentRecord | None = None
    checker: Checker | None = None
    hits: Hits | None = None
    early: Verdict | None = None
    of_type: str | None = None

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
        early = self.early or Verdict(self.file, None)
        return replace(early, problems=problems, notices=self.notices, document=self.of_type)


def appraise(
    file: str, read: Callable[[], Read], judge: Judge, showing: Showing = EVERYTHING, most: int = MOST_TOLD
) -> Appraisal:
    """The appraisal of what `read` reads. Whatever is wrong is a problem on `file`, of which the first `most` are worded."""
    document = plan = checker = hits = None
    early = of_type = None
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    try:
        with told(file):
            document, plan = read()
            notices = notices_shown(document, names=showing.redact_names)
            if plan is None:
                known = judge.known(document)
                of_type = known.id
                plan = plan_of(document, showing, most, known)
                notices = (*words_beside_cards(plan, document), *notices)
            checker = judge.checker(plan, document)
            try:
                hits = checker.judge(plan)
            except RuleEngineError as error:
                problems = engine_failure(file, str(error)).problems
    except Unreadable as unreadable:
        problems = unreadable.problems
        if showing.preliminary and isinstance(unreadable.stand_in, StandIn) and document is not None:
            early = _early(file, unreadable.stand_in, document, judge, showing)
    return Appraisal(file, showing, problems, notices, document, plan, checker, hits, early, of_type)


def _early(file: str, given: StandIn, document: Document, judge: Judge, showing: Showing) -> Verdict | None:
    """What is found already in a document of which some is wrong; nothing where it can't be judged at all."""
    try:
        with told(file):
            hits = judge.checker(given.document, document).judge(given.document)
            sure = undoubted(hits.ruleset, given.doubts)
            left = {one.rule for number, one in enumerate(hits.ruleset.judgements) if number not in sure}
            kept = replace(hits, breached=tuple(hit for hit in hits.breached if hit[0] in sure), kept=None)
            found = word(kept, document, replace(showing, outlined=False), file).findings
            early = tuple(_without_cards(finding, document) for finding in found)
            by = hits.ruleset.directive if early else None
            return Verdict(file, None, directive=by, preliminary=early, open_rules=len(left))
    except (Unreadable, RuleEngineError):
        return None


def _without_cards(finding: Finding, document: Document) -> Finding:
    """The finding without any card of the file, those included that what stands in for it does not have."""
    message, fix = (Text(told.vi, told.en) for told in (finding.message, finding.fix))
    [said] = without_cards([Problem(finding.rule, message, fix, finding.place)], document)
    return replace(finding, message=said.message, fix=said.fix)


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
        refused = Unreadable(*problems_without_names(unreadable.problems, document, read))
        refused.stand_in = unreadable.stand_in
        raise refused from None


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
            f"Bộ máy quy tắc gặp sự cố khi thẩm định văn bản này, nên chưa có kết luận ({reason})",
            f"The rule engine failed on this document, so there is no verdict ({reason})",
        ),
        Text(
            "Chạy lại; nếu vẫn gặp, gửi tệp này cho bộ phận hỗ trợ. Chưa coi văn bản là đạt hay không đạt",
            "Run again; if it persists, send this file to the maintainers. Count the document neither as compliant nor as not",
        ),
        Place(file),
    )
    return Verdict(file, None, problems=(problem,))
