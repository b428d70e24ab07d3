"""The validator made from the description gives what pydantic gives for the plan written out by hand, and starts without pydantic's Python side."""

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from tests import plan_by_hand
from tests.engine.model.test_parsing import ANYTHING, BASE, replaced, spots
from tests.plan_classes import Plan
from tests.properties import examples
from tests.strategies import plans
from thamdinh.engine.base.record import Record
from thamdinh.engine.documents import read_file
from thamdinh.engine.model.description import DescriptionHead, DescriptionPart
from thamdinh.engine.model.document_types import BUILT_IN, DEFAULT
from thamdinh.engine.model.validators import validator

BY_HAND = TypeAdapter(plan_by_hand.Plan)


def outcome(validate: Any, data: object) -> object:
    try:
        return repr(validate(data))
    except ValidationError as error:
        return error.errors(include_url=False)


@examples(0.6)
@given(plans())
def test_valid_plans_are_alike(data: dict[str, Any]) -> None:
    assert repr(validator(Plan).validate_python(data)) == repr(BY_HAND.validate_python(data))


@examples(1.5)
@given(st.sampled_from(spots(BASE)), ANYTHING)
def test_other_data_gives_the_same_errors(path: tuple[str | int, ...], value: object) -> None:
    data = replaced(BASE, path, value)
    assert outcome(validator(Plan).validate_python, data) == outcome(BY_HAND.validate_python, data)


HEAD = read_file(str(BUILT_IN / DEFAULT / "document.yaml")).data
PARTS = {name: read_file(str(BUILT_IN / DEFAULT / name)).data for name in ("records.yaml", "form.yaml", "facts.yaml")}


@pytest.mark.long
@pytest.mark.parametrize(
    ("kind", "data"), [(DescriptionHead, HEAD), *((DescriptionPart, data) for data in PARTS.values())]
)
def test_descriptions_are_read_as_pydantic_would(kind: type[Record], data: dict[str, Any]) -> None:
    by_pydantic, random = TypeAdapter(kind), Random(7)
    assert repr(validator(kind).validate_python(data)) == repr(by_pydantic.validate_python(data))
    everywhere = spots(data)
    for path in random.sample(everywhere, min(len(everywhere), 150)):
        for value in ({}, [], "", "x y", 7, None, True):
            broken = replaced(data, path, value)
            assert outcome(validator(kind).validate_python, broken) == outcome(by_pydantic.validate_python, broken)


PROGRAM = """
import sys
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.documents import read_file
read_plan(read_file(sys.argv[1]))
print(*sorted(name for name in sys.modules if name in {"pydantic", "difflib", "thamdinh.engine.model.mismatch"}))
"""


@pytest.mark.process
def test_a_plan_is_read_without_pydantics_python_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.plans import PLAN

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    command = [sys.executable, "-c", PROGRAM, str(plan)]
    loaded = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(2)]
    assert loaded == [[], []]
