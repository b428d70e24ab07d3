"""What is found in a plan before it can be appraised: by the rules that depend on nothing of it that is in doubt.

A finding is preliminary where it stays whatever is written where the plan is wrong: none of the fields that its rule reads, of
the rows it looks through, or of what its words say stands in doubt, and neither does what decides whether the rule applies.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from ..directive.formula import Atom, Exists, Formula, leaves
from ..directive.phrasing import pieces
from ..directive.ruleset import Judgement, Ruleset
from ..model.description import Description, EntityType, Fact
from ..model.facts import entities
from ..model.stand_in import Steps, in_doubt

_CHOOSING = ("organization", "kind", "term", "district", "superior", "day")
"""The natures of what decides which pack is for a plan, and what outputs call it."""


def undoubted(ruleset: Ruleset, doubts: frozenset[Steps]) -> frozenset[int]:
    """The positions of the judgements that nothing in doubt bears on; none where the choice of the pack is in doubt."""
    known = ruleset.known
    chosen = (steps for nature in _CHOOSING for steps in known.by_nature.get(nature, ()))
    if any(in_doubt(steps, doubts) for steps in chosen):
        return frozenset()
    unsure = {
        rule
        for exemption in ruleset.exemptions
        if _doubted(_of_formula(known, known.whole, exemption.when), doubts)
        for rule in exemption.rules
    }
    return frozenset(
        number
        for number, judgement in enumerate(ruleset.judgements)
        if judgement.rule not in unsure and not _doubted(_of_judgement(known, judgement), doubts)
    )


def _doubted(read: Iterable[Steps], doubts: frozenset[Steps]) -> bool:
    return any(in_doubt(steps, doubts) for steps in read)


def _of_judgement(known: Description, judgement: Judgement) -> Iterator[Steps]:
    """The paths of all that a judgement and its words read."""
    entity = known.entities[judgement.entity]
    yield from _of_rows(known, entity)
    for formula in (judgement.where, judgement.require, *(said.when for said in judgement.wordings)):
        yield from _of_formula(known, judgement.entity, formula)
    if judgement.elsewhere is not None:
        yield from _of_formula(known, judgement.entity, judgement.elsewhere)
    said = [(judgement.message, judgement.fix), *((one.message, one.fix) for one in judgement.wordings)]
    texts = [judgement.subject, *(text for pair in said for part in pair for text in (part.vi, part.en))]
    names = {name for text in texts for _, name in pieces(text) if name} | set(entity.key)
    for name in names:
        yield from _of_field(known, entity.name, name)
        rows = entities(known)[entity.name].fields[name].names
        if rows is not None:  # it is told by its name
            yield from ((*known.steps(rows), one.name) for one in _naming(known, rows))


def _naming(known: Description, rows: str) -> Iterator[Fact]:
    record = known.record_at(rows)
    if record is not None:
        yield from (
            Fact(name, field.label)
            for name in (record.identifier, record.title)
            if name and (field := record.field(name))
        )


def _of_formula(known: Description, entity: str, formula: Formula) -> Iterator[Steps]:
    for leaf in leaves(formula):
        if isinstance(leaf, Exists):
            yield from _of_rows(known, known.entities[leaf.entity])
            for theirs, ours in leaf.joins:
                yield from _of_field(known, leaf.entity, theirs)
                yield from _of_field(known, entity, ours)
            for atom in leaf.atoms:
                yield from _of_atom(known, leaf.entity, atom)
        else:
            yield from _of_atom(known, entity, leaf)


def _of_atom(known: Description, entity: str, atom: Atom) -> Iterator[Steps]:
    yield from _of_field(known, entity, atom.field)
    if atom.other is not None:
        yield from _of_field(known, entity, atom.other)


def _of_rows(known: Description, entity: EntityType) -> Iterator[Steps]:
    """What decides which rows there are."""
    steps = known.steps(entity.rows)
    yield steps
    if entity.distinct is not None:
        yield (*steps, entity.distinct)


@cache
def _of_field(known: Description, entity: str, name: str) -> tuple[Steps, ...]:
    """The paths of all that a field of the facts is worked out from."""
    kind = known.entities[entity]
    fact = kind.field(name)
    if fact is None:
        return ()
    read: list[Steps] = []
    for path in (fact.of, fact.to, fact.written, *fact.plus):
        if path is None:
            continue
        head, dot, field = path.partition(".")
        if dot and head in known.entities:
            read += _of_field(known, head, field)
        else:
            read.append(known.steps(path, kind.rows))
    rows = known.steps(fact.of or "", kind.rows)
    looked = "/" + "/".join(rows[:-1])
    read += [(*_rows_of(known, rows), key) for key in fact.where or {}]
    for theirs, ours in (fact.match or {}).items():
        read += [known.steps(theirs, looked), known.steps(theirs, "/" + "/".join(rows)), known.steps(ours, kind.rows)]
    return tuple(read)


def _rows_of(known: Description, steps: Steps) -> Steps:
    """The rows in which what stands at these steps stands; itself where it is rows."""
    for length in range(len(steps), 0, -1):
        field = known.at("/" + "/".join(steps[:length]))
        if field is not None and field.type == "rows":
            return steps[:length]
    return ()
