"""The validator made from the description gives what pydantic gives for the plan written out by hand, and starts without pydantic's Python side."""

import subprocess
import sys
from pathlib import Path
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


PROGRAM = """
import sys
from thamdinh.engine.model.integrity import read_plan
from thamdinh.engine.documents import read_file
read_plan(read_file(sys.argv[1]))
print(*sorted(name for name in sys.modules if name in {"pydantic", "difflib", "thamdinh.engine.model.mismatch"}))
"""


@pytest.mark.process
def test_a_second_run_reads_a_plan_without_pydantics_python_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.plans import PLAN

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    plan = tmp_path / "plan.yaml"
    plan.write_text(PLAN, encoding="utf-8")
    command = [sys.executable, "-c", PROGRAM, str(plan)]
    loaded = [subprocess.run(command, check=True, capture_output=True, text=True).stdout.split() for _ in range(2)]
    assert loaded == [["pydantic"], []]
