"""The verdict on a plan as it stands in an editor, saved or not."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text
from ..directive.pack import Pack
from ..directive.packs import DEFAULT, read
from ..documents import read as read_document
from ..documents.tree import TextDocument
from ..evaluation.appraisal import Read, appraise
from ..evaluation.check import Checker
from ..evaluation.choice import Choosing
from ..evaluation.scanning import Compiled
from ..evaluation.verdict import Finding, Verdict
from ..lint.others import foreign
from ..lint.selection import judge_of
from ..lint.settings import Settings, settings_in_force
from ..repair.repair import changes_for, repair
from ..waivers.waivers import waivers_in_force
from ..waivers.waiving import Waiving

LARGEST_TEXT: Final = 1_000_000
"""Code points of a text that is judged while it is typed, in the server's own process. 5,000 participants take about 650,000."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is known of one text: its verdict; the document where it could be read; what it was checked with."""

    verdict: Verdict
    document: TextDocument | None
    checker: Checker | None
    directive: str


def diagnose(path: str, text: str, config: Path | None = None) -> Diagnosis | None:
    """The diagnosis of a text under the path it has or will have; None for a text that is no plan at all.

    Settings and waivers are those in force in the current directory. The evaluator is the compiled one: it can't take the editor's
    server down with it. Raises Unreadable where settings or rule pack can't be used.
    """
    settings = settings_in_force(config)
    judge = _judge(settings)

    def read() -> Read:
        if len(text) > LARGEST_TEXT:
            raise Unreadable(_too_large(path))
        return read_document(path, text.encode()), None

    made = appraise(path, read, judge, most=settings.limits.problems)
    document, checker = made.document, made.checker
    assert document is None or isinstance(document, TextDocument)
    if document is not None and foreign(document.data):
        return None
    waivers = waivers_in_force(settings.waivers)
    [verdict] = Waiving(waivers).applied([made.verdict]).verdicts
    notices = (*verdict.notices, *(_elsewhere(problem, path) for problem in waivers.problems))
    chosen = DEFAULT if checker is None else checker.ruleset.directive
    directive = settings.directive if settings.directive and judge.named else chosen
    return Diagnosis(replace(verdict, notices=notices), document, checker, directive)


def _elsewhere(problem: Problem, path: str) -> Problem:
    """A problem of another file, to be shown at the beginning of this one."""
    vi, en = problem.place.describe("vi"), problem.place.describe("en")
    message = Text(f"{vi}: {problem.message.vi}", f"{en}: {problem.message.en}")
    return replace(problem, message=message, place=Place(path, 1, 1))


def _too_large(path: str) -> Problem:
    vietnamese, english = f"{LARGEST_TEXT:,}".replace(",", "."), f"{LARGEST_TEXT:,}"
    return Problem(
        UNREADABLE,
        Text(
            f"Tệp dài quá {vietnamese} ký tự, nên trình soạn thảo không thẩm định sau mỗi lần gõ",
            f"The file is longer than {english} characters, so it is not checked after every keystroke",
        ),
        Text(f"Lưu tệp rồi chạy: thamdinh lint {path}", f"Save it and run: thamdinh lint {path}"),
        Place(path, 1, 1),
    )


def mended_text(diagnosis: Diagnosis, finding: Finding) -> str | None:
    """The text with this one finding mended; None where nothing mechanical helps."""
    if diagnosis.document is None or diagnosis.checker is None:
        return None
    if not changes_for(diagnosis.document, finding, diagnosis.checker):
        return None
    result = repair(diagnosis.document, diagnosis.checker, only=finding)
    assert isinstance(result.document, TextDocument)
    return result.document.text if result.mended else None


def all_mended(diagnosis: Diagnosis) -> str | None:
    """The text with all that is mechanical mended; None where nothing is."""
    if diagnosis.document is None or diagnosis.checker is None or diagnosis.verdict.problems:
        return None
    result = repair(diagnosis.document, diagnosis.checker)
    assert isinstance(result.document, TextDocument)
    return result.document.text if result.mended else None


@lru_cache(8)
def pack(directive: str) -> Pack:
    """The pack as written, for the words of its clauses. Raises Unreadable."""
    return read(directive)


@lru_cache(8)
def _judge(settings: Settings) -> Choosing:
    return judge_of(settings, Compiled)
