"""Repair a plan: one finding after another, each change proved by checking the plan anew."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from ..base.limits import MOST_TOLD
from ..base.problem import Unreadable
from ..documents.document import Document
from ..documents.tree import TextDocument
from ..evaluation.appraisal import Judge, appraise
from ..evaluation.check import Checker
from ..evaluation.verdict import Finding, Verdict
from ..forms.form_document import FormDocument
from . import form, splice
from .actions import actions
from .change import CannotChange, Change

MOST_STEPS: Final = 10_000
"""How many findings of one plan are mended at most."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The document after repair, the findings that are gone by it, in order, and the verdict that holds now."""

    document: Document
    mended: tuple[Finding, ...]
    verdict: Verdict


def repair(document: Document, judge: Judge, only: Finding | None = None, most: int = MOST_TOLD) -> Repaired:
    """Mend what can be mended mechanically, or one finding only. Raises Unreadable for a document without a verdict.

    A change stays only when the plan is still valid, its finding is gone, and nothing graver came in its place.
    """
    made = appraise(document.file, lambda: (document, None), judge, most=most)
    verdict, checker = made.verdict, made.checker
    if verdict.problems or checker is None:
        raise Unreadable(*verdict.problems)
    mended: list[Finding] = []
    hopeless: set[tuple[str, str]] = set()
    if only is not None:
        hopeless |= {_name(finding) for finding in verdict.findings} - {_name(only)}
    while (finding := _next(verdict, checker, hopeless)) is not None and len(mended) < MOST_STEPS:
        better = _mended(document, verdict, finding, checker)
        if better is None:
            hopeless.add(_name(finding))
            continue
        document, verdict = better
        mended.append(finding)
        if only is not None:
            break
    return Repaired(document, tuple(mended), verdict)


def mended_bytes(document: Document, before: bytes) -> bytes:
    """The bytes of the mended file that held `before`; a byte order mark stays."""
    if isinstance(document, TextDocument):
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        return mark + document.text.encode()
    assert isinstance(document, FormDocument)
    return document.content


def changes_for(document: Document, finding: Finding, checker: Checker) -> list[Change]:
    """The changes that the finding's rule names as its remedy; none where it names none."""
    remedy = next((item.remedy for item in checker.ruleset.judgements if item.rule == finding.rule), None)
    if remedy is None:
        return []
    known = actions(checker.ruleset.known)
    return known[remedy.action](cast("dict[str, Any]", document.data), finding, remedy.minutes)


def _next(verdict: Verdict, checker: Checker, hopeless: set[tuple[str, str]]) -> Finding | None:
    mendable = {item.rule for item in checker.ruleset.judgements if item.remedy is not None}
    candidates: Iterator[Finding] = (
        finding for finding in verdict.findings if finding.rule in mendable and _name(finding) not in hopeless
    )
    return next(candidates, None)


def _mended(document: Document, before: Verdict, finding: Finding, checker: Checker) -> tuple[Document, Verdict] | None:
    """The document without the finding, and its verdict; None where the remedy does not help."""
    changes = changes_for(document, finding, checker)
    if not changes:
        return None
    try:
        for change in changes:
            document = changed(document, change)
    except (CannotChange, Unreadable, LookupError):
        return None
    verdict = appraise(document.file, lambda: (document, None), checker).verdict
    helped = not verdict.problems and _name(finding) not in map(_name, verdict.findings)
    known = {found.rule for found in before.findings}
    return (document, verdict) if helped and {found.rule for found in verdict.findings} <= known else None


def changed(document: Document, change: Change) -> Document:
    """The document with one change made in its file. Raises CannotChange."""
    if isinstance(document, TextDocument):
        return splice.changed(document, change)
    if isinstance(document, FormDocument):
        return form.changed(document, change)
    raise CannotChange(change.path)


def _name(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.subject.id
