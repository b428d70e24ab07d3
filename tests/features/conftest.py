"""The tags of the features are markers: `pytest tests/features -m "TD101 and ranh_giới"`."""

import pytest

from tests.appraisal import scenarios


def pytest_configure(config: pytest.Config) -> None:
    for tag in sorted({tag for scenario in scenarios() for tag in scenario.tags}):
        config.addinivalue_line("markers", f"{tag}: tag of scenarios in features/")
