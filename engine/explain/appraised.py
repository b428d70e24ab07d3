"""One plan appraised by itself, with everything an explanation of it needs at hand."""

from collections.abc import Container
from dataclasses import dataclass, replace

from ..base.problem import Unreadable
from ..directive.pack import Pack
from ..directive.packs import read
from ..documents.discover import InputFile
from ..documents.document import Document
from ..evaluation.appraisal import plan_of
from ..evaluation.choice import directive_for
from ..evaluation.verdict import Verdict
from ..lint.appraise import Job, appraise_all
from ..lint.selection import checked_of, judge_of
from ..lint.settings import Settings
from ..model.records import DocumentRecord
from ..waivers.waivers import waivers_in_force
from ..waivers.waiving import Waiving


@dataclass(frozen=True, slots=True)
class Appraised:
    """A plan, the pack it was checked against, and the engine's verdict with what held.

    `switched_off`: the rules that an appraisal by these settings would not check; here they are checked all the same.
    """

    pack: Pack
    plan: DocumentRecord
    document: Document
    verdict: Verdict
    switched_off: Container[str] = ()


def appraised(file: str, settings: Settings) -> Appraised:
    """Appraise one file by its pack and the waivers in force (not standard input, which can be read but once). Raises Unreadable with all its problems."""
    source = InputFile(file)
    judge = judge_of(Settings(directive=settings.directive), passes=True)
    [verdict] = appraise_all([Job(source, judge)], settings.limits)
    if verdict.problems:
        raise Unreadable(*verdict.problems)
    document = source.read()
    plan = plan_of(document, known=judge.known(document))
    pack = read(directive_for(plan, document, settings.directive))
    waivers = waivers_in_force(settings.waivers)
    [verdict] = Waiving(waivers).applied([verdict]).verdicts
    verdict = replace(verdict, notices=(*verdict.notices, *waivers.problems))
    off = checked_of(judge.rulesets, judge_of(settings).restrict).switched_off
    return Appraised(pack, plan, document, verdict, off)
