"""Which operands of a pack's conditions its tests have seen at work: each comparison both true and false.

Of a list (`in`) each member must be met, of a range each bound must be broken. What inside `some` and `none` is asked of
other rows counts like what is asked of the judged row.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ...base.text import Text
from ...directive.formula import Atom, Exists, Formula, atom_holds, holds, leaves
from ...directive.operators import OPERATORS
from ...directive.phrasing import in_words
from ...directive.ruleset import Judgement, Ruleset
from ...directive.sentences import atom_words, exists_words
from ...model.facts import Entity, Facts, Row, entities

Operand = tuple[str, str, Text, Text]
"""Rule or exception, `where`, `require` or `when`, the comparison in words, and what must be seen of it."""

_TRUE = Text("đúng", "true")
_FALSE = Text("sai", "false")
_BELOW = Text("dưới cận dưới", "below the lower bound")
_ABOVE = Text("trên cận trên", "above the upper bound")


@dataclass
class Coverage:
    """What must be seen of a pack's conditions, and what was."""

    ruleset: Ruleset
    rules: frozenset[str]
    expected: dict[Operand, None] = field(default_factory=dict)
    seen: set[Operand] = field(default_factory=set)
    words: dict[tuple[int, str], Text] = field(default_factory=dict)
    """What each leaf says of each entity, by the leaf's identity: it is asked of every row of every plan."""

    def __post_init__(self) -> None:
        known = entities(self.ruleset.known)
        for judgement in self._judgements():
            for part, formula in (("where", judgement.where), ("require", judgement.require)):
                self.expected |= dict.fromkeys(_demands(judgement.rule, part, formula, known[judgement.entity]))
        for exemption in self.ruleset.exemptions:
            if self.rules & set(exemption.rules):
                self.expected |= dict.fromkeys(
                    _demands(exemption.id, "when", exemption.when, known[self.ruleset.known.whole])
                )

    @property
    def uncovered(self) -> tuple[Operand, ...]:
        """What no test has shown, in the order of the pack."""
        return tuple(operand for operand in self.expected if operand not in self.seen)

    def look_at(self, facts: Facts) -> None:
        """Take note of what one plan shows."""
        [plan] = facts[self.ruleset.known.whole]
        suspended: set[str] = set()
        for exemption in self.ruleset.exemptions:
            self._note(exemption.id, "when", exemption.when, plan, facts)
            if holds(exemption.when, plan, facts):
                suspended |= set(exemption.rules)
        for judgement in self._judgements():
            if judgement.rule in suspended:
                continue
            for row in facts[judgement.entity]:
                self._note(judgement.rule, "where", judgement.where, row, facts)
                if holds(judgement.where, row, facts):
                    self._note(judgement.rule, "require", judgement.require, row, facts)

    def _judgements(self) -> Iterator[Judgement]:
        return (judgement for judgement in self.ruleset.judgements if judgement.rule in self.rules)

    def _entity(self, row: Row) -> Entity:
        return entities(self.ruleset.known)[row.entity]

    def _words(self, leaf: Atom | Exists, row: Row) -> Text:
        if (key := (id(leaf), row.entity)) not in self.words:
            entity = self._entity(row)
            self.words[key] = exists_words(leaf, entity) if isinstance(leaf, Exists) else atom_words(leaf, entity)
        return self.words[key]

    def _note(self, rule: str, part: str, formula: Formula, row: Row, facts: Facts) -> None:
        for leaf in leaves(formula):
            if isinstance(leaf, Exists):
                words = self._words(leaf, row)
                self.seen.add((rule, part, words, _TRUE if holds(leaf, row, facts) else _FALSE))
                for other in facts[leaf.entity]:
                    self._note_atoms(rule, part, leaf.atoms, other)
            else:
                self._note_atoms(rule, part, (leaf,), row)

    def _note_atoms(self, rule: str, part: str, atoms: Iterable[Atom], row: Row) -> None:
        for atom in atoms:
            words = self._words(atom, row)
            true = atom_holds(atom, row.values)
            self.seen.add((rule, part, words, _TRUE if true else _FALSE))
            value = row.values.get(atom.field)
            takes = OPERATORS[atom.operator].takes
            if takes == "values" and true:
                self.seen.add((rule, part, words, _member(atom, self._entity(row), value)))
            if takes == "range" and not true and isinstance(value, int | float):
                assert isinstance(atom.operand, tuple)
                low = atom.operand[0]
                assert isinstance(low, int | float)
                self.seen.add((rule, part, words, _BELOW if value < low else _ABOVE))


def _demands(rule: str, part: str, formula: Formula, entity: Entity) -> Iterator[Operand]:
    """Everything that must be seen of a formula."""
    for leaf in leaves(formula):
        if isinstance(leaf, Exists):
            words = exists_words(leaf, entity)
            yield from ((rule, part, words, _TRUE), (rule, part, words, _FALSE))
            for atom in leaf.atoms:
                yield from _atom_demands(rule, part, atom, entities(entity.known)[leaf.entity])
        else:
            yield from _atom_demands(rule, part, leaf, entity)


def _atom_demands(rule: str, part: str, atom: Atom, entity: Entity) -> Iterator[Operand]:
    words = atom_words(atom, entity)
    yield (rule, part, words, _TRUE)
    if not _names_all(atom, entity):
        yield (rule, part, words, _FALSE)
    takes = OPERATORS[atom.operator].takes
    if takes == "values" and isinstance(atom.operand, tuple):
        yield from ((rule, part, words, _member(atom, entity, member)) for member in atom.operand)
    if takes == "range":
        yield from ((rule, part, words, _BELOW), (rule, part, words, _ABOVE))


def _names_all(atom: Atom, entity: Entity) -> bool:
    """Whether the comparison is with a list of every member there is, which can't be false."""
    known = entity.fields[atom.field]
    if known.type != "enumeration" or known.enumeration is None or known.optional:
        return False
    return all(atom_holds(atom, {atom.field: member.value}) for member in known.enumeration)


def _member(atom: Atom, entity: Entity, value: object) -> Text:
    known = entity.fields[atom.field]
    assert isinstance(value, str | int | float | bool)
    return Text(f"đúng với {in_words(value, known, 'vi')}", f"true for {in_words(value, known, 'en')}")
