"""Who scenarios ask for verdicts: plan data in, verdict out, the way that `thamdinh lint` goes."""

import json
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...base.record import Record
from ...directive.packs import available, issued, ruleset
from ...directive.ruleset import Ruleset
from ...documents import read
from ...documents.document import Document
from ...evaluation.appraisal import appraise, plan_of
from ...evaluation.check import EvaluatorFactory, first_evaluator
from ...evaluation.choice import Choosing
from ...evaluation.verdict import Verdict
from ...model.description import Description, VocabularyChange
from ...model.document_types import DEFAULT, adapted
from ...model.records import DocumentRecord

if TYPE_CHECKING:
    from .auditing import AuditedBefore

Appraiser = Callable[[dict[str, Any]], Verdict]
"""The verdict on a plan given as data, which stays as it is; what is wrong with the plan is a problem of its verdict."""

FILE: Final = "kich-ban.json"
"""What the plan of a scenario is called where a verdict names its file."""


class JudgedType(Record):
    """Which type of document scenarios speak of (None: plans), and the folder of the pack that judges it, where that is known.

    `vocabulary`: what the pack changes of the words of the type.
    """

    document: str | None = None
    folder: Path | None = None
    vocabulary: tuple[VocabularyChange, ...] = ()

    @property
    def known(self) -> Description:
        """What is known of the type, in the words of the pack."""
        return adapted(self.document or DEFAULT, self.vocabulary)


def type_judged_by(ruleset: Ruleset, folder: Path | None = None) -> JudgedType:
    """What scenarios of a pack speak of; `folder` is that of a pack that does not come with the program."""
    return JudgedType(ruleset.document, folder or available().get(ruleset.directive), ruleset.vocabulary)


@dataclass(frozen=True, slots=True)
class PackAppraiser:
    """What judges plans: a plan goes through the reader and the checks that a plan in a file goes through."""

    judge: Choosing
    folder: Path | None = None
    """That of a pack that does not come with the program."""
    identity: str = field(default_factory=lambda: secrets.token_hex(8))
    """By which the worker of its audits is known."""
    audited: "AuditedBefore | None" = None
    """What the plans of audits came to by rulesets that differ from this one only in rules across plans."""
    held: Sequence[Ruleset] | None = None
    """The rulesets for what documents are held against in audits, where they are known (`held_against`)."""

    @property
    def judged(self) -> JudgedType:
        """What is judged."""
        return type_judged_by(self.judge.rulesets[0], self.folder)

    def __call__(self, data: dict[str, Any]) -> Verdict:
        """The verdict on one plan."""
        return self.verdict(written(data))

    def verdict(self, text: str) -> Verdict:
        """The verdict on one plan, as it is `written`."""
        return appraise(FILE, lambda: _read(text, self.judge), self.judge).verdict

    def plan(self, text: str) -> DocumentRecord:
        """The plan as it is judged. Raises Unreadable."""
        return _read(text, self.judge)[1]

    def audit(self, plans: Mapping[str, dict[str, Any]]) -> dict[str, Verdict]:
        """The verdicts of an audit of several plans, by their names: rules across plans are asked too."""
        from .auditing import audit_verdicts

        judge = self.judge
        if others := held_against(judge.rulesets) if self.held is None else self.held:
            judge = Choosing([*judge.rulesets, *others], judge.factory, named=judge.named)
        return audit_verdicts(plans, judge, self.identity, self.audited)


def written(data: dict[str, Any]) -> str:
    """A plan as JSON."""
    return json.dumps(data, ensure_ascii=False)


def held_against(rulesets: Iterable[Ruleset]) -> list[Ruleset]:
    """The issued rulesets for the documents that those of these are held against in audits."""
    held = {entity.pairs.document for one in rulesets for entity in one.known.across if entity.pairs is not None}
    return [known for known in map(ruleset, issued() if held else ()) if known.document in held]


def appraiser_of(
    ruleset: Ruleset,
    factory: EvaluatorFactory = first_evaluator,
    *,
    passes: bool = False,
    folder: Path | None = None,
) -> PackAppraiser:
    """The appraiser by a ruleset; `folder` is that of a pack that does not come with the program. An issued one judges the plans that it is for, as where plans choose; any other is always
    named, and so judges all."""
    return PackAppraiser(Choosing([ruleset], factory, passes, named=ruleset.directive not in issued()), folder)


@lru_cache(maxsize=2048)
def _parsed(text: str) -> tuple[Document, dict[Description, DocumentRecord]]:
    """The document in a text, and what it is as types are known.

    Scenarios are run many times over (once for each change of a rule), their documents never change.
    """
    return read(FILE, text.encode()), {}


def _read(text: str, judge: Choosing) -> tuple[Document, DocumentRecord]:
    document, made = _parsed(text)
    known = judge.known(document)
    if known not in made:
        made[known] = plan_of(document, known=known)
    return document, made[known]
