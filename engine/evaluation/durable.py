"""Formulas as durable-rules patterns: the evaluator of a plan at a desk.

A row breaches a rule when `where` holds and `require` does not. That formula is put in disjunctive normal form, and each
disjunct becomes one durable-rules rule: a pattern for the judged row, then for the rows that must exist, then for those
that must not.
"""

from collections.abc import Iterable

from ..directive.formula import And, Atom, Formula, Not, atom_holds, questions
from ..directive.normal_form import Pattern, computed_name, disjuncts, given_name, type_of, value_name
from ..directive.operators import Expression
from ..directive.ruleset import Judgement, Ruleset
from ..model.facts import Entity, Facts, Value, entities
from .durable_session import Rulebase
from .hits import Hit

Scalar = str | int | float | bool


class DurableEvaluator:
    """Judgements of a ruleset compiled to durable-rules."""

    def __init__(self, ruleset: Ruleset, active: Iterable[int], *, passes: bool = False) -> None:
        """Compile the judgements at the `active` positions; with `passes`, also find the rows each applies to."""
        self._entities = entities(ruleset.known)
        self._encoders: dict[str, _Encoder] = {}
        types: dict[str, list[str]] = {}
        rules: dict[str, list[Pattern]] = {}
        for position in active:
            judgement = ruleset.judgements[position]
            self._note_reads(judgement)
            goals: dict[str, Formula] = {"breach": And((judgement.where, Not(judgement.require)))}
            if passes:
                goals["apply"] = judgement.where
            for goal, formula in goals.items():
                for number, disjunct in enumerate(disjuncts(formula, self._entities[judgement.entity], True)):
                    rules[f"{goal} {position} {number}"] = disjunct.patterns(judgement.entity)
                    for entity, copies in disjunct.copies(judgement.entity).items():
                        known = types.setdefault(entity, [])
                        known += (type_of(entity, copy) for copy in range(len(known), copies))
        self._types = {entity: types.get(entity, [entity]) for entity in self._encoders}
        self._rulebase = Rulebase(rules, [type_ for known in self._types.values() for type_ in known])

    def run(self, facts: Facts) -> tuple[set[Hit], set[Hit]]:
        """The breaches of one plan, and (with `passes`) all rows the judgements applied to.

        Raises session.RuleEngineError when the engine can't be shown to have seen every fact.
        """
        encoded: list[dict[str, Scalar]] = []
        numbers: list[int] = []
        for entity, encoder in self._encoders.items():
            for type_ in self._types[entity]:
                for number, row in enumerate(facts[entity]):
                    encoded.append(encoder.encode(row.values, type_, len(encoded)))
                    numbers.append(number)
        hits: dict[str, set[Hit]] = {"breach": set(), "apply": set()}
        for name, row_number in self._rulebase.run(encoded):
            goal, position, _ = name.split(" ")
            hits[goal].add((int(position), numbers[row_number]))
        return hits["breach"], hits["apply"]

    def _note_reads(self, judgement: Judgement) -> None:
        ours = self._encoder(judgement.entity)
        for leaf in judgement.leaves:
            if isinstance(leaf, Atom):
                _note_atom(ours, leaf)
                continue
            theirs = self._encoder(leaf.entity)
            for atom in leaf.atoms:
                _note_atom(theirs, atom)
            for their_field, our_field in leaf.joins:
                theirs.read(their_field)
                ours.read(our_field)

    def _encoder(self, entity: str) -> "_Encoder":
        return self._encoders.setdefault(entity, _Encoder(self._entities[entity]))


def _note_atom(encoder: "_Encoder", atom: Atom) -> None:
    if any(isinstance(question, Expression) for question in questions(atom)):
        encoder.compute(atom)
    for field in {atom.field, atom.other or atom.field, *atom.guards}:
        encoder.read(field)


class _Encoder:
    """Turns the rows of one entity into facts for the engine: only what some rule reads, and never null.

    An optional field is told by a `given_x` of its own, and what durable-rules has no pattern for by one boolean an atom.
    """

    def __init__(self, entity: Entity) -> None:
        self._entity = entity
        self._plain: dict[str, str] = {}
        self._optional: dict[str, str] = {}
        self._computed: dict[str, Atom] = {}

    def compute(self, atom: Atom) -> None:
        """Note that a rule asks whether the atom holds."""
        self._computed[computed_name(atom)] = atom

    def read(self, field: str) -> None:
        """Note that a rule reads the field."""
        if self._entity.fields[field].optional:
            self._optional[field] = given_name(field)
        if self._entity.fields[field].type != "set":
            self._plain[field] = value_name(field)

    def encode(self, values: dict[str, Value], type_: str, number: int) -> dict[str, Scalar]:
        """The fact of one row."""
        fact: dict[str, Scalar] = {"type": type_, "row": number}
        for field, name in self._plain.items():
            value = values.get(field)
            if type(value) is float and value.is_integer():
                value = int(value)  # joins go through text, where 1 is not 1.0
            if value is not None:
                fact[name] = value  # type: ignore[assignment]  # no set is plain
        for field, name in self._optional.items():
            fact[name] = field in values
        for name, atom in self._computed.items():
            fact[name] = atom_holds(atom, values)
        return fact
