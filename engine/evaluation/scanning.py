"""Rules compiled to plain Python: the evaluator of audits.

All judgements of a ruleset become one function that walks each list of the plan once. A quantifier becomes a lookup in
an index (a set of the values it joins on) that is made once a plan. It gives the verdict that durable-rules gives, rule
by rule and row by row (tests/engine/evaluation/test_scanning.py).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, cast

from ..directive.formula import And, Atom, Exists, Formula, Not, Or, given, leaves, questions, settled
from ..directive.operators import Expression, Given, OneOf, Ordered, Question
from ..directive.ruleset import Judgement, Ruleset
from ..model.facts import Facts, entities
from ..model.records import DocumentRecord
from ..model.rows import suspects
from ..model.sources import asked, sources
from .hits import Hit

_Judge = Callable[[DocumentRecord], tuple[set[Hit], set[Hit]]]
_Conditions = Callable[[DocumentRecord], tuple[bool, ...]]

_FEW: Final = 3
"""So many members of an enumeration are sooner compared one by one than looked up in a set."""

_MOST_DECIDED: Final = 8
"""Of so many atoms a formula may be turned into a tree of decisions, which may double with each."""


class Compiled:
    """Judgements of a ruleset compiled to one function."""

    def __init__(self, ruleset: Ruleset, active: tuple[int, ...], passes: bool = False) -> None:
        """Compile the judgements at the `active` positions; with `passes`, also find the rows each applies to."""
        self._judge = _Program(ruleset, active, passes).judge()

    def run(self, facts: Facts) -> tuple[set[Hit], set[Hit]]:
        """The breaches of one plan, and (with `passes`) all rows the judgements applied to."""
        return self._judge(facts.plan)


def exemptions(ruleset: Ruleset) -> _Conditions:
    """Whether each exemption of the ruleset applies to a plan, as one function."""
    return _Program(ruleset, (), passes=False).conditions([exemption.when for exemption in ruleset.exemptions])


class _Program:
    """The source of the function, and the values it names. No value of a rule is ever written into the source."""

    def __init__(self, ruleset: Ruleset, active: Iterable[int], passes: bool) -> None:
        self._directive, self._whole = ruleset.directive, ruleset.known.whole
        self._entities, self._sources = entities(ruleset.known), sources(ruleset.known)
        self._namespace: dict[str, Any] = {**self._sources.names, "readings": ruleset.readings, "suspects": suspects}
        self._constants: dict[object, str] = {}
        self._indexes: dict[tuple[object, ...], tuple[str, str]] = {}
        self._passes = passes
        by_entity: dict[str, list[tuple[int, Judgement]]] = {}
        for position in active:
            judgement = ruleset.judgements[position]
            by_entity.setdefault(judgement.entity, []).append((position, judgement))
        self._judged = by_entity

    def judge(self) -> _Judge:
        """The function that finds all breaches, and the rows that the judgements applied to if that is asked for."""
        body = [line for entity, judged in self._judged.items() for line in self._loop(entity, judged)]
        return cast(
            _Judge, self._made(["breaches, applied = set(), set()", *self._prepared(body), "return breaches, applied"])
        )

    def conditions(self, formulas: list[Formula]) -> _Conditions:
        """The function that tells which formulas hold for the plan itself."""
        values = [f"{self._formula(formula, self._whole, {})}, " for formula in formulas]
        result = f"return ({''.join(values)})"
        return cast(_Conditions, self._made(self._prepared([result])))

    def _prepared(self, body: list[str]) -> list[str]:
        """The body, after what it looks things up in."""
        lines = [*(f"{name} = {made}" for name, made in self._indexes.values()), *body]
        return [*(f"{name} = {made}" for name, made in asked(self._sources.shared, lines)), *lines]

    def _made(self, body: list[str]) -> Any:
        source = "def compiled(plan):\n" + "".join(f"    {line}\n" for line in body)
        exec(compile(source, f"<rules of {self._directive}>", "exec"), self._namespace)  # noqa: S102
        return self._namespace["compiled"]

    def _loop(self, entity: str, judged: list[tuple[int, Judgement]]) -> Iterator[str]:
        """The loop over the rows of an entity that judges each of them by every judgement."""
        walk = self._sources.entities[entity].walk
        atoms = Counter(leaf for _, judgement in judged for leaf in judgement.leaves if isinstance(leaf, Atom))
        known: dict[Atom, str] = {}
        if len(walk) == 1:
            yield f"for number, {walk[0][0]} in {self._suspects(entity, judged, atoms)}:"
        else:
            yield "number = -1"
            for depth, (item, items) in enumerate(walk):
                yield f"{'    ' * depth}for {item} in {items}:"
            yield f"{'    ' * len(walk)}number += 1"
        indent = "    " * len(walk)
        for atom, uses in atoms.items():
            if uses > 1:
                name = f"test{len(known)}"
                yield f"{indent}{name} = {self._atom(atom, entity)}"
                known[atom] = name
        for position, judgement in judged:
            where = self._formula(judgement.where, entity, known)
            breached = self._formula(Not(judgement.require), entity, known)
            if self._passes:
                yield f"{indent}if {where}:"
                yield f"{indent}    applied.add(({position}, number))"
                yield f"{indent}    if {breached}:"
                yield f"{indent}        breaches.add(({position}, number))"
            else:
                yield f"{indent}if {breached if where == 'True' else f'{where} and {breached}'}:"
                yield f"{indent}    breaches.add(({position}, number))"

    def _suspects(self, entity: str, judged: list[tuple[int, Judgement]], atoms: Iterable[Atom]) -> str:
        """The rows of a list to judge, and their numbers: only those at fault, where the list can tell them by their fields."""
        ((item, items),), known = self._sources.entities[entity].walk, self._sources.entities[entity].fields
        formulas = [And((judgement.where, Not(judgement.require))) for _, judgement in judged]
        fields = sorted({name for atom in atoms for name in (atom.field, atom.other, *atom.guards) if name})
        alone = all(isinstance(leaf, Atom) for _, judgement in judged for leaf in judgement.leaves)
        if self._passes or not (fields and alone and all(known[name] == f"{item}.{name}" for name in fields)):
            return f"enumerate({items})"
        test = self._decided(Or(tuple(formulas)), entity)
        among = f"[(number, {item}) for number, {item} in enumerate(rows) if {test}]"
        for name, function in (("suspect", f"lambda {item}: {test}"), ("among", f"lambda rows: {among}")):
            self._namespace[f"{name}_{entity}"] = eval(function, self._namespace)  # noqa: S307
        return f"suspects({items}, suspect_{entity}, {tuple(fields)}, among_{entity})"

    def _decided(self, formula: Formula, entity: str) -> str:
        """The formula, of atoms alone, as an expression that asks of a row only what earlier answers leave open."""
        asked = [leaf for leaf in leaves(formula) if isinstance(leaf, Atom)]
        if not asked or len({*asked}) > _MOST_DECIDED:
            return self._formula(formula, entity, {})
        atom = max(asked, key=lambda known: sum(settled(other, known, True) is not None for other in asked))
        yes, no = (self._decided(given(formula, atom, truth), entity) for truth in (True, False))
        test = self._atom(atom, entity)
        match yes, no:
            case "True", "False":
                return test
            case "False", "True":
                return f"(not {test})"
        return yes if yes == no else f"({yes} if {test} else {no})"

    def _formula(self, formula: Formula, entity: str, known: dict[Atom, str]) -> str:
        match formula:
            case Atom():
                return known.get(formula) or self._atom(formula, entity)
            case Exists():
                return self._exists(formula, entity)
            case Not(Not(part)):
                return self._formula(part, entity, known)
            case Not(part):
                return f"(not {self._formula(part, entity, known)})"
            case And(()):
                return "True"
            case Or(()):
                return "False"
            case And(parts) | Or(parts):
                word = " and " if isinstance(formula, And) else " or "
                return f"({word.join(self._formula(part, entity, known) for part in parts)})"

    def _atom(self, atom: Atom, entity: str) -> str:
        fields = self._sources.entities[entity].fields
        value, asked = fields[atom.field], questions(atom)
        given = [f"{fields[guard]} is not None" for guard in atom.guards if guard != atom.field]
        if atom.field in atom.guards:
            asked = (Given(True), *asked)
        first = value
        if len(asked) > 1 and not value.replace(".", "").isidentifier():
            first, value = f"(value := {value})", "value"  # what has to be worked out is worked out once
        tests = [self._question(question, atom, entity, value if at else first) for at, question in enumerate(asked)]
        own = int(atom.field in atom.guards)  # nothing is compared before it is known to be there
        return f"({' and '.join([*tests[:own], *given, *tests[own:]])})"

    def _question(self, question: Question, atom: Atom, entity: str, value: str) -> str:
        """One question about a value."""
        field = self._entities[entity].fields[atom.field]

        def operand(own: Any) -> str:
            if atom.other is not None:
                return self._sources.entities[entity].fields[atom.other]
            return self._constant(own if field.enumeration is None else field.enumeration(own))

        match question:
            case Given(truth) if not field.optional:
                return str(truth)
            case Given(truth):
                return f"{value} is {'not ' if truth else ''}None"
            case OneOf((truth,)) if field.type == "boolean":
                return value if truth else f"not {value}"
            case OneOf(members) if field.enumeration and len(members) <= _FEW:
                return f"({' or '.join(f'{value} is {operand(member)}' for member in members)})"
            case OneOf(members):
                return f"{value} in {self._constant(frozenset(map(field.enumeration, members) if field.enumeration else members))}"
            case Ordered(sign, bound):
                return f"{value} {sign} {operand(bound)}"
            case Expression(python, own):
                return python.format(value=value, operand=operand(own))

    def _exists(self, exists: Exists, entity: str) -> str:
        """Whether what the judged row joins on is in the index of the rows that fit."""
        source, ours = self._sources.entities[exists.entity], self._sources.entities[entity].fields
        theirs = [source.fields[field] for field, _ in exists.joins]
        known = exists.entity, exists.atoms, tuple(field for field, _ in exists.joins)
        if known not in self._indexes:
            tests = [self._atom(atom, exists.entity) for atom in exists.atoms]
            optional = [field for field, _ in exists.joins if self._entities[exists.entity].fields[field].optional]
            tests += [f"{source.fields[field]} is not None" for field in optional]
            loops = "".join(f" for {item} in {items}" for item, items in source.walk)
            condition = f" if {' and '.join(tests)}" if tests else ""
            made = f"{{{_tuple(theirs)}{loops or ' for _ in (0,)'}{condition}}}"
            self._indexes[known] = f"index{len(self._indexes)}", made
        index, _ = self._indexes[known]
        return f"({_tuple([ours[field] for _, field in exists.joins])} in {index})"

    def _constant(self, value: object) -> str:
        key = (type(value), value)
        if key not in self._constants:
            name = self._constants[key] = f"constant{len(self._constants)}"
            self._namespace[name] = value
        return self._constants[key]


def _tuple(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({', '.join(expressions)})"
