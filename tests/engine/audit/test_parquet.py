"""Plans written as Parquet come back as they were; what other programs wrote there is never taken for proper unread."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.plans import PLAN
from tests.strategies import plans
from thamdinh.engine.audit import parquet
from thamdinh.engine.audit.decode import decode
from thamdinh.engine.integrity import read_plan
from thamdinh.engine.plan import MOST_TARGETS, Plan
from thamdinh.engine.problem import Unreadable
from thamdinh.engine.readers import read
from thamdinh.engine.schema import validate
from thamdinh.engine.synthetic import generate

BASE = read_plan(read("plan.yaml", PLAN.encode()))


def rows_of(written: list[Plan]) -> pa.StructArray:
    return parquet._array(Plan, written)


def slowly(content: bytes) -> Plan | None:
    try:
        return read_plan(read("plan.json", content))
    except Unreadable:
        return None


@given(st.lists(plans(), max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_plans_come_back_as_they_were(data: list[dict[str, Any]]) -> None:
    written = [validate(Plan, one) for one in data]
    rows = rows_of(written)
    for number, (plan, made) in enumerate(zip(written, parquet.plans(rows), strict=True)):
        assert made is None or made.whole() == plan
        assert slowly(parquet.content(rows, number, None)) == plan
        again = parquet.plans(rows[number : number + 1])[0]
        assert parquet.content(rows[number : number + 1], 0, again) == parquet.content(rows, number, made)


def test_files_are_read_a_row_group_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 7)
    written = [decode(json.dumps(one.plan).encode()).whole() for one in generate(20, 5, 0.5, participants=12)]  # type: ignore[union-attr]
    path = tmp_path / "plans.parquet"
    assert parquet.write(str(path), iter(written)) == 20
    with pq.ParquetFile(path) as file:
        assert file.num_row_groups == 3
        made = [plan for group in range(3) for plan in parquet.plans(parquet.row_group(file, group))]
    assert [plan and plan.whole() for plan in made] == written


def changed(**changes: Any) -> pa.StructArray:
    """The rows of three plans, the columns of the second changed."""
    columns = rows_of([BASE, BASE, BASE]).to_pylist()
    for path, value in changes.items():
        *ways, last = path.split("__")
        at = columns[1]
        for way in ways:
            at = at[int(way) if way.isdecimal() else way]
        at[last] = value
    return pa.array(columns, pa.struct(list(parquet.schema())))


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": 2},
        {"organization__name": " Đảng bộ"},
        {"organization__name": "e\u0302\u0301"},
        {"organization__name": ""},
        {"organization__name": "x" * 2001},
        {"organization__name": "<tên>"},
        {"organization__district": "a\u200bb"},
        {"organization__kind": "province"},
        {"participants__0__id": "a@b"},
        {"participants__0__id": "x" * 101},
        {"participants__0__id": "p02"},
        {"participants__0__replaces": "nobody"},
        {"outcomes__0__targets": -1},
        {"outcomes__0__targets": MOST_TARGETS + 1},
        {"conference__sessions__0__start": 10**12 + 1},
        {"conference__sessions__0__start": -(10**13)},
        {"confidence_votes__0__committee": "nowhere"},
    ],
    ids=str,
)
def test_what_a_plan_cannot_hold_goes_to_the_readers_and_its_neighbours_do_not(changes: dict[str, Any]) -> None:
    rows = changed(**changes)
    first, second, third = parquet.plans(rows)
    assert first is not None
    assert first.whole() == third.whole() == BASE  # type: ignore[union-attr]
    assert second is None
    only_doubtful = not {" Đảng bộ", "e\u0302\u0301", "a\u200bb"}.isdisjoint(map(str, changes.values()))
    assert (slowly(parquet.content(rows, 1, None)) is not None) is only_doubtful


def test_other_columns_are_left_to_the_readers() -> None:
    rows = rows_of([BASE])
    names = [field.name for field in rows.type][1:]
    fewer = pa.StructArray.from_arrays([rows.field(name) for name in names], names)
    assert parquet.plans(fewer) == [None]
    assert slowly(parquet.content(fewer, 0, None)) is None
    as_text = rows.field("schema").cast(pa.int64())
    others = pa.StructArray.from_arrays([as_text, *(rows.field(name) for name in names)], ["schema", *names])
    assert parquet.plans(others) == [None]
    assert slowly(parquet.content(others, 0, None)) == BASE
