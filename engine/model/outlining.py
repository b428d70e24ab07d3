"""Make the outline of a document, by what its description says is drawn of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import reduce
from typing import Any

from ..base.problem import Path
from ..base.text import Text
from . import description as described
from .description import Description
from .enumerations import member
from .facts import Facts, Row, entities, flatten
from .instants import EPOCH, Readings, slots
from .outline import Crossing, Moment, Outline, Sitting
from .records import DocumentRecord, of_nature


def outline(plan: DocumentRecord, readings: Readings) -> Outline | None:
    """The outline of a plan that may be shown (privacy.presentable); None where its description draws nothing."""
    known, facts = plan.known, flatten(plan, readings)
    if (drawn := known.outline) is None:
        return None
    named = drawn.columns
    columns = {str(row.values[named.id]): str(row.values[named.name]) for row in facts[named.entity]} if named else {}
    return Outline(
        tuple(_about(plan, facts, drawn)),
        of_nature(plan, "district"),
        of_nature(plan, "superior"),
        tuple(
            sorted(_sittings(known, facts, drawn.sessions, readings), key=lambda sitting: (sitting.start, sitting.end))
        ),
        tuple(_moments(facts, drawn)),
        columns,
        tuple(_people(known, facts, drawn)),
    )


def _about(
    plan: DocumentRecord, facts: Facts, drawn: described.OutlineType
) -> Iterator[tuple[Text, str | Text | float]]:
    for about in drawn.about:
        entity, dot, name = about.of.partition(".")
        if dot:
            value: Any = facts[entity][0].values.get(name)
            enumeration = entities(plan.known)[entity].fields[name].enumeration
            value = member(enumeration, value).words if enumeration is not None and value is not None else value
        else:
            value = reduce(getattr, plan.known.steps(about.of), plan)
        if value is not None:
            yield about.label, value


def _sittings(
    known: Description, facts: Facts, sessions: described.Sittings | None, readings: Readings
) -> Iterator[Sitting]:
    if sessions is None:
        return
    enumeration = entities(known)[sessions.entity].fields[sessions.part].enumeration
    assert enumeration is not None
    for row in facts[sessions.entity]:
        start, end = _instant(row, sessions.start), _instant(row, sessions.end)
        first, last = slots(start, end, readings)
        yield Sitting(member(enumeration, str(row.values[sessions.part])), start, end, tuple(range(first, last + 1)))


def _moments(facts: Facts, drawn: described.OutlineType) -> list[Moment]:
    """The moments in order of time; those at one time in the order of the document, then of the description."""
    found = [
        ((row.values[moment.at], _order(row.path[:2]), number, _order(row.path)), moment, row)
        for number, moment in enumerate(drawn.moments)
        for row in facts[moment.entity]
        if moment.at in row.values
    ]
    return [
        Moment(moment.name, str(row.values[moment.lane]), _instant(row, moment.at), moment.words)
        for _, moment, row in sorted(found, key=lambda entry: entry[0])
    ]


def _order(path: Path) -> tuple[tuple[int, str], ...]:
    """Sorts paths, whatever stands beside each other in them."""
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in path)


def _instant(row: Row, name: str) -> datetime:
    minutes = row.values[name]
    assert isinstance(minutes, int)
    return EPOCH + timedelta(minutes=minutes)


def _people(known: Description, facts: Facts, drawn: described.OutlineType) -> Iterator[Crossing]:
    if drawn.people is None:
        return
    seats: dict[str, dict[str, Text]] = {}
    ballots: dict[str, set[str]] = {}
    if (crossing := drawn.seats) is not None:
        says = entities(known)[crossing.entity].fields[crossing.says or ""].enumeration
        for row in facts[crossing.entity]:
            said = str(row.values[crossing.says or ""])
            words = member(says, said).words if says else Text(said, said)
            seats.setdefault(str(row.values[crossing.person]), {})[str(row.values[crossing.column])] = words
    if (crossing := drawn.ballots) is not None:
        for row in facts[crossing.entity]:
            ballots.setdefault(str(row.values[crossing.person]), set()).add(str(row.values[crossing.column]))
    for row in facts[drawn.people.entity]:
        id_, name = str(row.values[drawn.people.id]), str(row.values[drawn.people.name])
        if id_ in seats or id_ in ballots:
            yield Crossing(id_, name, seats.get(id_, {}), frozenset(ballots.get(id_, ())))
