"""Values found many rows at a time are those found place by place, however the plan was read."""

import json
from functools import cache

import pytest

from tests.plan_classes import Plan
from thamdinh.engine.assurance.samples import generate
from thamdinh.engine.audit.quick.decode import decode_line
from thamdinh.engine.documents import read
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.model.records import places, values


@cache
def lines() -> list[bytes]:
    return [
        json.dumps(made.plan).encode() for made in generate(20, seed=6, breach_rate=0.5, people=12, across_rate=0.5)
    ]


PLAIN = [
    steps for steps, _, field in Plan.known.fields if "record" not in (field.type, field.of) and field.type != "rows"
]


@pytest.mark.parametrize("steps", PLAIN, ids=".".join)
def test_values_are_those_at_the_places(steps: tuple[str, ...]) -> None:
    for line in lines():
        plan = read_plan(read("plan.json", line))
        expected = [value for _, value in places(plan, steps)]
        assert [*values(plan, steps)] == expected
        quick = decode_line(line)
        assert quick is None or [str(item) for item in values(quick, steps)] == [str(item) for item in expected]


def test_lines_are_decoded_quickly_and_hold_lists_of_texts_in_rows_of_rows() -> None:
    assert all(decode_line(line) is not None for line in lines())
    assert any(values(read_plan(read("a.json", line)), ("committees", "members", "also_on")) for line in lines())
