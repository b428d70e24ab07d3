"""The tags of the features are markers: `pytest tests/features -m "TD101 and ranh_giới"`."""

import pytest

from tests.appraisal import ROOT
from thamdinh.engine.assurance.scenarios import parse_file


def pytest_configure(config: pytest.Config) -> None:
    tags = {tag for path in (ROOT / "features").glob("*.feature") for s in parse_file(path).scenarios for tag in s.tags}
    for tag in sorted(tags):
        config.addinivalue_line("markers", f"{tag}: tag of scenarios in features/")
