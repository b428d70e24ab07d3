"""The handbook of a directive: its clauses and rules in the words that outputs show, without anything that judges.

It is made once, when a pack is read, and kept with the ruleset, so that no output reads a pack again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..base.record import Record
from ..base.text import Text
from ..model.called import Called, called_together

if TYPE_CHECKING:
    from ..base.severity import Severity


class ClauseEntry(Record):
    """One clause: how binding it is, its place in the source ("đoạn 5, câu 1"), and what it says."""

    id: str
    modality: Text
    place: Text
    text: Text


class RuleEntry(Record):
    """One rule: what it requires, how a breach is mended, a fragment of a plan that breaches it and one that keeps it.

    `readings` are the readings chosen that it rests on, each with its value and its reason.
    """

    id: str
    clauses: tuple[str, ...]
    severity: "Severity"
    title: Text
    remedy: Text
    breach: str
    kept: str
    readings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Handbook:
    """All of one directive. `exceptions` gives, by clause, why it suspends others; `called`: the words for what it judges."""

    directive: str
    version: str
    title: Text
    issuer: Text
    called: Called
    clauses: dict[str, ClauseEntry] = field(default_factory=dict)
    rules: dict[str, RuleEntry] = field(default_factory=dict)
    exceptions: dict[str, Text] = field(default_factory=dict)


Handbooks = Mapping[str, Handbook]
"""The handbooks of the directives that plans were judged by, by directive."""


def called_by(directives: Iterable[str], handbooks: Handbooks) -> Called:
    """The words for the documents that these directives judged; where none did, that all of the handbooks are for."""
    found = [handbooks[name].called for name in directives if name in handbooks]
    every = {book.called for book in handbooks.values()}
    return called_together(found or (every if len(every) == 1 else ()))


def rule_entry(handbooks: Handbooks, code: str) -> RuleEntry | None:
    """What the first of the handbooks that has the rule says of it."""
    return next((found for book in handbooks.values() if (found := book.rules.get(code)) is not None), None)
