"""Formulas as durable-rules patterns: the evaluator of a plan at a desk.

A row breaches a rule when `where` holds and `require` does not. That formula is put in disjunctive normal form, and each
disjunct becomes one durable-rules rule: a pattern for the judged row, then for the rows that must exist, then for those
that must not.
"""

from collections.abc import Iterable, Mapping

from ..directive.formula import And, Atom, Formula, Not
from ..directive.normal_form import Pattern, disjuncts, given_name, member_name, type_of, value_name
from ..directive.ruleset import Judgement, Ruleset
from ..model.facts import ENTITIES, Facts, Value
from .durable_session import Rulebase
from .hits import Hit

Scalar = str | int | float | bool


class Rete:
    """Judgements of a ruleset compiled to durable-rules."""

    def __init__(self, ruleset: Ruleset, active: Iterable[int], *, passes: bool = False) -> None:
        """Compile the judgements at the `active` positions; with `passes`, also find the rows each applies to."""
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
                for number, disjunct in enumerate(disjuncts(formula, judgement.entity, True)):
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
        return self._encoders.setdefault(entity, _Encoder(entity))


def _note_atom(encoder: "_Encoder", atom: Atom) -> None:
    encoder.read(atom.field, str(atom.operand) if atom.operator == "has" else None)
    for field in (*atom.guards, *((atom.other,) if atom.other is not None else ())):
        encoder.read(field)


class _Encoder:
    """Turns the rows of one entity into facts for the engine: only what some rule reads, and never null.

    An optional field is told by a `given_x` of its own, and a set by one boolean for each member that is asked for.
    """

    def __init__(self, entity: str) -> None:
        self._entity = entity
        self._plain: dict[str, str] = {}
        self._optional: dict[str, str] = {}
        self._members: dict[tuple[str, str], str] = {}

    def read(self, field: str, member: str | None = None) -> None:
        """Note that a rule reads the field, or asks whether it has the member."""
        if member is not None:
            self._members[field, member] = member_name(field, member)
            return
        if ENTITIES[self._entity].fields[field].optional:
            self._optional[field] = given_name(field)
        if ENTITIES[self._entity].fields[field].type != "set":
            self._plain[field] = value_name(field)

    def encode(self, values: Mapping[str, Value], type_: str, number: int) -> dict[str, Scalar]:
        """The fact of one row."""
        fact: dict[str, Scalar] = {"type": type_, "row": number}
        for field, name in self._plain.items():
            value = values.get(field)
            if type(value) is float and value.is_integer():
                value = int(value)  # joins go through text, where 1 is not 1.0
            if value is not None:
                fact[name] = value  # type: ignore[assignment]  # sets are in _members
        for field, name in self._optional.items():
            fact[name] = field in values
        for (field, member), name in self._members.items():
            fact[name] = member in values.get(field, ())  # type: ignore[operator]
        return fact
