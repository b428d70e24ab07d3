"""Documents of two types that list the same people: the plan that takes ballots on people, and the minutes of their count.

What the documents have in common is the organisation and the term: of that the register has a hash for each (keys of the
whole audit: packs of different types judge them). Only where a document that is judged beside others is found are these read
again and compared: by party cards where both give them, else by names, one by one.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from ...base.canonical import canonical
from ...base.cards import significant
from ...base.problem import Path
from ...base.record import Record
from ...directive.ruleset import Ruleset
from ...model.description import AcrossEntity, Description, PeopleListing
from ...model.facts_across import COMMON
from ...model.privacy import presentable
from ...model.records import DocumentRecord, of_nature, places
from .identity import Keys


class Person(Record):
    """Somebody who is listed: the name as it may be shown, and what tells people apart by it and by the party card."""

    shown: str
    name: str
    card: bytes | None


def paired(known: Description) -> AcrossEntity | None:
    """The entity of documents of a type by which they are judged beside others."""
    return next((entity for entity in known.across if entity.pairs is not None), None)


def meetings(plan: DocumentRecord, rulesets: Iterable[Ruleset], keys: Keys) -> tuple[tuple[bytes, bool], ...]:
    """The keys by which a document meets others, and whether it is judged beside them."""
    found = []
    for entity, type_ in _pairings(tuple(ruleset.known for ruleset in rulesets)):
        judged = plan.known.id == type_
        if judged or plan.known.id == entity.pairs.document:  # type: ignore[union-attr]
            said = " / ".join(canonical(str(of_nature(plan, nature) or "")) for nature in COMMON)
            found.append((keys.of(f"{type_}.{entity.name}: {said}"), judged))
    return tuple(found)


@cache
def _pairings(types: tuple[Description, ...]) -> tuple[tuple[AcrossEntity, str], ...]:
    """The entities that pair documents, each with the type of those that are judged."""
    return tuple((entity, known.id) for known in dict.fromkeys(types) if (entity := paired(known)) is not None)


def listed_people(plan: DocumentRecord, listing: PeopleListing, *, redact: bool) -> dict[str, list[Person]]:
    """The people that a document lists, by what they are listed for."""
    known, shown = plan.known, presentable(plan, names=redact)
    rows, of = known.steps(listing.rows), known.steps(listing.of, listing.rows)
    found: dict[str, list[Person]] = {}
    for path, _ in places(plan, of[:-1] if _holds(known, rows, of) else of):
        found.setdefault(_called(plan, known, of, _value(plan, path, of)), [])
    for path, row in places(plan, rows):
        people = found.setdefault(_called(plan, known, of, _value(plan, path, of)), [])
        people.append(_person(plan, shown, known, rows, path, row))
    return found


def _holds(known: Description, rows: tuple[str, ...], of: tuple[str, ...]) -> bool:
    """Whether what people are listed for stands in rows that hold the people."""
    field = known.at("/" + "/".join(of[:-1])) if len(of) > 1 else None
    return field is not None and field.type == "rows" and rows[: len(of) - 1] == of[:-1]


def _value(plan: DocumentRecord, path: Path, steps: tuple[str, ...]) -> Any:
    """What stands at steps, in the rows that a path leads through."""
    numbers: dict[tuple[str, ...], int] = {}
    above: tuple[str, ...] = ()
    for step in path:
        above = (*above, step) if isinstance(step, str) else above
        if isinstance(step, int):
            numbers[above] = step
    node: Any = plan
    for length, step in enumerate(steps, 1):
        node = getattr(node, step)
        node = node[numbers[steps[:length]]] if steps[:length] in numbers else node
    return node


def _called(plan: DocumentRecord, known: Description, steps: tuple[str, ...], value: Any) -> str:
    """What people are listed for, by its name: a text, or that of the row that it names."""
    field = known.at("/" + "/".join(steps))
    assert field is not None
    if field.to is None:
        return canonical(value)
    row, record = _named(plan, known, field.to, value), known.record_at(field.to)
    assert record is not None
    return canonical(getattr(row, next(one.name for one in record.fields if one.type == "text")))


def _named(plan: DocumentRecord, known: Description, to: str, value: str) -> Any:
    """The row of a list that a reference names."""
    identifier = known.identifier(to)
    return next(row for _, row in places(plan, known.steps(to)) if getattr(row, identifier) == value)


def _person(
    plan: DocumentRecord, shown: DocumentRecord, known: Description, rows: tuple[str, ...], path: Path, row: Any
) -> Person:
    at = known.at("/" + "/".join(rows))
    assert at is not None
    record = known.record_at(at.to or "/" + "/".join(rows))
    assert record is not None
    fields = {field.nature: field.name for field in record.fields if field.nature}
    if at.to is None:
        seen = _value(shown, path, rows)
    else:
        everybody = [one for _, one in places(plan, known.steps(at.to))]
        row = _named(plan, known, at.to, row)
        seen = [one for _, one in places(shown, known.steps(at.to))][everybody.index(row)]
    name, card = fields["person_name"], getattr(row, fields["secret"]) if "secret" in fields else None
    digits = None if card is None else significant([card])[0]
    return Person(str(getattr(seen, name)), canonical(getattr(row, name)), digits)


def unmatched(ours: list[Person], theirs: list[Person]) -> tuple[list[Person], list[Person]]:
    """Who is listed here and not there, and who there and not here."""
    left, right = [*ours], [*theirs]
    for same in (_same_card, _same_name):
        for person in [*left]:
            other = next((one for one in right if same(person, one)), None)
            if other is not None:
                left.remove(person)
                right.remove(other)
    return left, right


def _same_card(one: Person, other: Person) -> bool:
    return one.card is not None and one.card == other.card


def _same_name(one: Person, other: Person) -> bool:
    return one.name == other.name and (one.card is None or other.card is None)
