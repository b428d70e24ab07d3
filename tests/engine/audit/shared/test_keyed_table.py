"""Rows with equal keys are found together, however small the parts that are sorted at once."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests.properties import examples
from thamdinh.engine.audit.shared import keyed_table as table_module
from thamdinh.engine.audit.shared.identity import BYTES, NOBODY
from thamdinh.engine.audit.shared.keyed_table import KeyedTable, shared

KEYS = st.one_of(
    st.binary(min_size=BYTES, max_size=BYTES),
    # few, alike in all but their first or last byte, and nobody's
    st.builds(lambda byte: bytes([byte]) + bytes(BYTES - 1), st.integers(0, 3)),
    st.builds(lambda byte: bytes(BYTES - 1) + bytes([byte]), st.integers(0, 3)),
)


def filled(path: Path, rows: list[tuple[bytes, int]]) -> KeyedTable:
    table = KeyedTable(path, ("number", "<u4"))
    for key, number in rows:
        table.add(key + number.to_bytes(4, "little"))
    return table


@examples(0.6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(KEYS, st.integers(0, 3)), max_size=60), most=st.sampled_from([1, 64, 200, 2**20]))
def test_those_of_several_plans_are_found_and_no_others(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[bytes, int]], most: int
) -> None:
    path = tmp_path_factory.mktemp("table") / "rows"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(table_module, "MOST_BYTES", max(most, BYTES + 4))
        found = Counter(
            tuple(sorted(number for (number,) in group))
            for group in filled(path, rows).groups(shared)
            if len(set(group)) > 1
        )
    by_key: dict[bytes, list[int]] = {}
    for key, number in rows:
        by_key.setdefault(key, []).append(number)
    expected = (tuple(sorted(numbers)) for key, numbers in by_key.items() if key != NOBODY and len(set(numbers)) > 1)
    assert found == Counter(expected)
    assert [item.name for item in path.parent.iterdir()] == ["rows"]


def test_no_more_than_a_part_is_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MOST_BYTES", 4096)
    most = 0

    def watched(rows: "table_module.np.ndarray", begins: "table_module.np.ndarray") -> "table_module.np.ndarray":  # type: ignore[name-defined]
        nonlocal most
        most = max(most, rows.nbytes)
        return shared(rows, begins)

    keys = [(number * 0x9E3779B97F4A7C15 % 2**64).to_bytes(8, "big") + bytes(BYTES - 8) for number in range(1, 5001)]
    rows = [(key, plan) for plan in range(2) for key in keys]
    assert sum(1 for _ in filled(tmp_path / "rows", rows).groups(watched)) == 5000
    assert most <= 4096
