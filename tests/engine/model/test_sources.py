"""What compiled rules read of a plan is what its facts say."""

from enum import Enum
from typing import Any

from hypothesis import given

from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.model.facts import ENTITIES, Readings, flatten
from thamdinh.engine.model.parsing import validate
from thamdinh.engine.model.plan import Plan
from thamdinh.engine.model.sources import SHARED, SOURCES, names


def rows(entity: str, plan: Plan) -> list[dict[str, object]]:
    """The rows of an entity by its source expressions, in the form of facts."""
    source = SOURCES[entity]
    loops = "".join(f" for {item} in {items}" for item, items in source.walk) or " for _ in (0,)"
    fields = ", ".join(f"{name!r}: {expression}" for name, expression in source.fields.items())
    namespace = {**names(Readings()), "plan": plan}
    for name, expression in SHARED.items():
        namespace[name] = eval(expression, namespace)
    read = eval(f"[{{{fields}}}{loops}]", namespace)
    return [{name: plain(value) for name, value in row.items() if value is not None} for row in read]


def plain(value: object) -> object:
    if isinstance(value, tuple):
        return frozenset(map(plain, value))
    return value.value if isinstance(value, Enum) else value


def test_every_field_of_every_entity_has_a_source() -> None:
    known = {name: set(entity.fields) for name, entity in ENTITIES.items()}
    assert {name: set(source.fields) for name, source in SOURCES.items()} == known


@examples(1)
@given(plans())
def test_sources_read_what_facts_say(data: dict[str, Any]) -> None:
    plan = validate(Plan, data)
    facts = flatten(plan, Readings())
    for entity in ENTITIES:
        assert rows(entity, plan) == [row.values for row in facts[entity]]
