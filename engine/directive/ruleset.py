"""A ruleset: a directive made ready for evaluators. Parameters are resolved, names checked, `for` spread out.

It is plain data (no pydantic), so it can be kept between runs and sent to other processes.
"""

from dataclasses import field
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from ..base.canonical import canonical
from ..base.plain_data import Named, by_name
from ..base.problem import Path
from ..base.record import Record
from ..base.severity import Severity
from ..base.suggest import letters
from ..base.text import Text
from ..model.called import Called
from ..model.description import Description, Member, VocabularyChange
from ..model.document_types import DEFAULT, adapted
from ..model.instants import Readings
from .formula import And, Atom, Exists, Formula, Not, Or, leaves
from .handbook import ClauseEntry, Handbook, RuleEntry


class Remedy(Record):
    """What `thamdinh fix` may do by itself: an action of repair/actions.py, and the minutes it reckons with."""

    action: str
    minutes: int = 0


class Amendment(Record):
    """What a layer changed in a rule of the pack it extends: the value of a parameter, or the severity.

    `directive` and `clause` say who changed it; `delegated`, that the upper pack left it to them.
    """

    directive: str
    issuer: Text
    clause: str
    what: str
    title: Text
    before: Text
    after: Text
    delegated: bool


class Said(Record):
    """What a finding says of rows of which `when` is true, and how it is mended: templates."""

    when: Formula
    message: Text
    fix: Text


class Judgement(Record):
    """One rule for one value of its `for`: what is judged, when, what is required, and what to say.

    It is shown at `place` in the judged row, or in the first row that `elsewhere` finds.
    """

    rule: str
    clause: str
    clauses: tuple[str, ...]
    severity: Severity
    title: Text
    entity: str
    bindings: dict[str, str | int | float | bool]
    where: Formula
    require: Formula
    subject_entity: str
    subject: str
    place: Path
    message: Text
    fix: Text
    remedy: Remedy | None = None
    amendments: tuple[Amendment, ...] = ()
    undecided: tuple[tuple[Formula, Text], ...] = ()
    elsewhere: Exists | None = None
    wordings: tuple[Said, ...] = ()

    @cached_property
    def leaves(self) -> tuple[Atom | Exists, ...]:
        """The atoms and quantifiers it is made of, in the order they were written."""
        return (*leaves(self.where), *leaves(self.require))


class Suspension(Record):
    """An exception ready to be asked: when it applies to a plan, it suspends these rules, those across plans apart.

    `clauses` are those it suspends; a rule that rests on others as well stays in force.
    """

    id: str
    when: Formula
    rules: tuple[str, ...]
    across: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


class Applicability(Record):
    """Which plans a directive is for, and the directives it extends, the nearest first.

    `places` are the districts that it knows, by all that people write for each, as `place_key` has it.
    """

    term: str
    valid_from: date
    valid_to: date
    district: str | None
    kinds: tuple[str, ...] | None
    extends: tuple[str, ...]
    illustration: bool
    places: dict[str, str]

    def place(self, written: str) -> str:
        """The name of the district that is meant; what is not known stays as it is."""
        return self.places.get(place_key(written), written)


@lru_cache(4096)
def place_key(name: str) -> str:
    """What two ways to write the name of a place have in common: no case, no marks, no blanks."""
    return letters(canonical(name))


class Ruleset(Record):
    """All judgements of one directive, those across plans apart, and its handbook, for outputs."""

    directive: str
    version: str
    title: Text
    judgements: tuple[Judgement, ...]
    exemptions: tuple[Suspension, ...]
    readings: Readings = field(default_factory=Readings)
    applies: Applicability | None = None
    handbook: Handbook | None = None
    across: tuple[Judgement, ...] = ()
    document: str = DEFAULT
    """The type of document that it judges: its id, or its folder where it does not come with the program."""
    vocabulary: tuple[VocabularyChange, ...] = ()

    @property
    def known(self) -> Description:
        """What it knows of the documents that it judges. Raises Unreadable where their type is gone."""
        return adapted(self.document, self.vocabulary)

    @property
    def rules(self) -> tuple[str, ...]:
        """The codes of the rules on single plans, in the order of the pack."""
        return tuple(dict.fromkeys(judgement.rule for judgement in self.judgements))

    @property
    def rules_across(self) -> tuple[str, ...]:
        """The codes of the rules across plans, which only audits apply, in the order of the pack."""
        return tuple(dict.fromkeys(judgement.rule for judgement in self.across))


PARTS: Final[Named] = by_name(
    *(Ruleset, Judgement, Said, Suspension, Applicability, Amendment, Remedy, Readings, Text),
    *(VocabularyChange, Member),
    *(Handbook, Called, ClauseEntry, RuleEntry, Atom, Exists, Not, And, Or),
)
"""Every class that a ruleset is made of, so that it can be kept as plain data."""
