"""Files made to stop or flood a run keep to the limits, are told, and cost an honest plan nothing."""

import pytest

from benchmarks.hostile import measured
from benchmarks.hostile_files import FILES


@pytest.mark.soak
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_keeps_to_the_limits(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    taken = measured(name, tmp_path_factory.mktemp("hostile"))
    assert taken.held, taken
