"""The application as its users reach it, in this process; its judging processes are real."""

from collections.abc import Iterator
from functools import partial

import pytest
from fastapi.testclient import TestClient

from thamdinh.desk.web.app import application
from thamdinh.desk.web.guard import Rate
from thamdinh.desk.web.jobs import warm
from thamdinh.desk.web.judges import Judges
from thamdinh.desk.web.serving import Serving
from thamdinh.engine.lint.settings import Settings

ADDRESS = "http://127.0.0.1:8017"


def judges(count: int = 1) -> Judges:
    """So many processes that judge, as the server has them."""
    settings = Settings()
    return Judges(count, settings.limits, partial(warm, settings))


@pytest.fixture(scope="session")
def served() -> Serving:
    """What the application serves by; as often as tests ask."""
    return Serving(Settings(), judges(), uploads=Rate(10_000, 1.0))


@pytest.fixture(scope="session")
def client(served: Serving) -> Iterator[TestClient]:
    """A client of the application."""
    with TestClient(application(served), base_url=ADDRESS, raise_server_exceptions=False) as opened:
        yield opened
