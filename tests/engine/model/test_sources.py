"""What is made of the description is what the facts of a plan written out by hand say, in facts and in compiled rules."""

from enum import Enum
from typing import Any

import pytest
from hypothesis import given

from tests import facts_by_hand
from tests.plan_classes import Plan
from tests.plans import ENTITIES
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.model.document_types import description
from thamdinh.engine.model.facts import flatten
from thamdinh.engine.model.instants import Readings
from thamdinh.engine.model.parsing import validate
from thamdinh.engine.model.sources import sources

SOURCES = sources(description())


def rows(entity: str, plan: Plan) -> list[dict[str, object]]:
    """The rows of an entity by its source expressions, in the form of facts."""
    source = SOURCES.entities[entity]
    loops = "".join(f" for {item} in {items}" for item, items in source.walk) or " for _ in (0,)"
    fields = ", ".join(f"{name!r}: {expression}" for name, expression in source.fields.items())
    namespace = {**SOURCES.names, "readings": Readings(), "plan": plan}
    for name, expression in SOURCES.shared.items():
        namespace[name] = eval(expression, namespace)
    read = eval(f"[{{{fields}}}{loops}]", namespace)
    return [{name: plain(value) for name, value in row.items() if value is not None} for row in read]


def plain(value: object) -> object:
    if isinstance(value, tuple):
        return frozenset(map(plain, value))
    return value.value if isinstance(value, Enum) else value


def test_entities_are_those_written_out_by_hand() -> None:
    assert ENTITIES == facts_by_hand.ENTITIES


@examples(1)
@given(plans())
def test_facts_are_those_written_out_by_hand(data: dict[str, Any]) -> None:
    plan, readings = validate(Plan, data), Readings()
    facts = flatten(plan, readings)
    for entity, rows_of in facts_by_hand.ROWS.items():
        by_hand = [
            ({name: value for name, value in values.items() if value is not None}, path)
            for values, path in rows_of(plan, readings)
        ]
        assert [(row.values, row.path) for row in facts[entity]] == by_hand
        assert [flatten(plan, readings).row(entity, number) for number in range(len(by_hand))] == facts[entity]


def test_every_field_of_every_entity_has_a_source() -> None:
    known = {name: set(entity.fields) for name, entity in ENTITIES.items()}
    said = {across.name: {fact.name for fact in across.within.fields} for across in description().across}
    assert {name: set(source.fields) for name, source in SOURCES.entities.items()} == known | said


@pytest.mark.long
@examples(1)
@given(plans())
def test_sources_read_what_facts_say(data: dict[str, Any]) -> None:
    plan = validate(Plan, data)
    facts = flatten(plan, Readings())
    for entity in ENTITIES:
        assert rows(entity, plan) == [row.values for row in facts[entity]]
