"""What the rules find of one plan, as values: which rows breach which judgements, and which keep them."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..directive import phrasing
from ..directive.ruleset import Judgement, Ruleset
from ..model.facts import Facts, Row
from .verdict import NotApplicable, Subject

Hit = tuple[int, int]
"""The position of a judgement in its ruleset, and of a row among the rows of the judgement's entity."""


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """The breaches of one plan in order, and the rows that keep what was asked of them (None where that was not asked for).

    `not_applicable` are the rules that exceptions suspend, `checked` those that were asked. Nothing is in words, or fit to
    be shown: `facts` are the plan's as it was submitted.
    """

    ruleset: Ruleset
    facts: Facts
    breached: tuple[Hit, ...]
    kept: tuple[Hit, ...] | None
    not_applicable: tuple[NotApplicable, ...]
    checked: tuple[str, ...]

    def rows(self, hits: tuple[Hit, ...]) -> Iterator[tuple[Judgement, Row]]:
        """The judgement and the row of each hit."""
        for position, number in hits:
            judgement = self.ruleset.judgements[position]
            yield judgement, self.facts.row(judgement.entity, number)

    @property
    def said(self) -> tuple[object, ...]:
        """What tells the hits of two evaluators on one plan apart; other processes can be sent it."""
        return self.breached, self.kept, self.not_applicable

    @property
    def found(self) -> dict[tuple[str, Subject], Judgement]:
        """What is breached, by rule and subject: a verdict has one finding for each."""
        found: dict[tuple[str, Subject], Judgement] = {}
        for judgement, row in self.rows(self.breached):
            found.setdefault((judgement.rule, subject(judgement, row)), judgement)
        return found


def subject(judgement: Judgement, row: Row) -> Subject:
    """What a judgement of this row is about."""
    named = phrasing.pieces(judgement.subject)
    values = row.values
    identity = "".join([f"{text}{'' if field is None else values.get(field, '')}" for text, field in named])
    return Subject(judgement.subject_entity, identity)
