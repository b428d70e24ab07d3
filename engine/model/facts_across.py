"""Facts across documents: the rows that exist only where many are looked at together (audit/across.py makes them).

Counting is done where rows are made, so that rules keep to comparing. A row about which no rule across documents could say
anything (a plan of which there is but one, a person at one conference) is not made.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from ..base.problem import Path
from .description import AcrossFact, Description
from .enumerations import enumerations
from .facts import Entity, FactField, FieldType

COMMON: Final = ("organization", "superior", "term")
"""The natures of what paired documents have in common. The committee above tells apart organisations of one name."""


@cache
def across_entities(known: Description) -> dict[str, Entity]:
    """Every entity that a rule with `scope: audit` can judge."""
    return {
        entity.name: Entity(
            known,
            entity.name,
            entity.label,
            {fact.name: _field(known, fact) for fact in entity.fields},
            entity.key,
            entity.subject,
        )
        for entity in known.across
    }


def _field(known: Description, fact: AcrossFact) -> FactField:
    enumeration = enumerations(known).get(fact.of or "")
    made: FieldType = "enumeration" if fact.type == "member" else fact.type
    return FactField(made, fact.label, enumeration, fact.optional)


def path_in(known: Description, entity: str, positions: Iterable[int]) -> Path:
    """The path in its document of what a row speaks of, which stands at these positions in the lists that lead there."""
    steps = known.steps(next((across.rows for across in known.across if across.name == entity), "/"))
    numbers = iter(positions)
    path: list[str | int] = []
    for number, step in enumerate(steps, 1):
        field = known.at("/" + "/".join(steps[:number]))
        path += [step, next(numbers)] if field is not None and field.type in ("rows", "list") else [step]
    return tuple(path)
