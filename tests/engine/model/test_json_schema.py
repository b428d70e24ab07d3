"""The JSON Schema accepts and refuses what the plan's own validation does, and speaks Vietnamese."""

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given

from tests.plan_classes import LABELS, HalfDay
from tests.plans import PLAN, changed
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.documents import read
from thamdinh.engine.model.document_types import available, description
from thamdinh.engine.model.enumerations import class_name, enumerations
from thamdinh.engine.model.json_schema import document_schema

SCHEMA = document_schema(description())
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def data(text: str) -> Any:
    return read("plan.yaml", text.encode()).data


def test_is_a_schema_of_its_dialect() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_accepts_a_plan() -> None:
    VALIDATOR.validate(data(PLAN))


@examples(0.6)
@given(plans())
def test_accepts_every_valid_plan(plan: dict[str, Any]) -> None:
    VALIDATOR.validate(plan)


@pytest.mark.parametrize(
    "change",
    [
        ("venue:", "vennue:"),
        ("commune", "xã"),
        ("schema: 1", "schema: 2"),
        ("schema: 1", "schema: true"),
        ("venue: Hội trường xã", "venue: ' '"),
        ("venue: Hội trường xã", "venue:"),
        ('"83.010"', "83.010"),
        ("eligible: true", "eligible: có"),
        ("targets: 12", "targets: -1"),
        ("targets: 12", 'targets: "12"'),
        ("id: p02", "id: a@b"),
        ("id: p02", "id: a\u200bb"),
        ("2017-12-28T16:00", "2017-12-28"),
        ("2017-12-28T16:00", "2017-12-28T16:00Z"),
        ("2017-12-28T16:00", "2017-12-28T16:00:30"),
        ("{by: p01, covers: [purpose, requirements]}", "{by: p01}"),
        ("[p01, p02]", "p01"),
        ("Hội trường xã", "x" * 2001),
    ],
)
def test_refuses_what_the_plan_refuses(change: tuple[str, str]) -> None:
    assert not VALIDATOR.is_valid(data(changed(change)))


@pytest.mark.parametrize("path", ["guidance: Hướng dẫn số 5", "directed_by: null", 'party_card: "83.010"'])
def test_optional_keys_may_be_null(path: str) -> None:
    key = path.partition(":")[0]
    assert VALIDATOR.is_valid(data(changed((path, f"{key}: null"))))


def test_every_part_and_key_has_a_vietnamese_title() -> None:
    parts = {"Plan": SCHEMA, **SCHEMA["$defs"]}
    known = description()
    assert parts.keys() == {class_name(part.name) for part in (*known.records, *known.vocabulary)} - {"HalfDay"}
    for part in parts.values():
        assert "description" not in part
        for name, key in part.get("properties", {}).items():
            assert key["title"] != name.replace("_", " ").title()


def test_every_value_of_an_enumeration_is_explained() -> None:
    of_the_plan = {*enumerations(description()).values()} - {HalfDay}  # of which only audits speak
    assert of_the_plan
    for enumeration in of_the_plan:
        labels, part = LABELS[enumeration], SCHEMA["$defs"][enumeration.__name__]
        assert part["enum"] == list(labels)
        assert part["enumDescriptions"] == [f"{label.vi} ({label.en})" for label in labels.values()]


def test_examples_are_valid() -> None:
    for part in (SCHEMA, *SCHEMA["$defs"].values()):
        for key in part.get("properties", {}).values():
            checker = jsonschema.Draft202012Validator({**key, "$defs": SCHEMA["$defs"]})
            for example in key.get("examples", []):
                checker.validate(example)


@pytest.mark.parametrize("name", available())
def test_a_schema_takes_the_type_that_a_document_says_and_no_other(name: str) -> None:
    schema = document_schema(description(name))
    assert schema["properties"]["document"]["const"] == name
    assert ("document" in schema["required"]) is (name != "conference_plan")
    told = [
        error.path[0] for error in jsonschema.Draft202012Validator(schema).iter_errors({"document": "x"}) if error.path
    ]
    assert told == ["document"]
