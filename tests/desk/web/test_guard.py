"""Who is answered: this server's own names, its own pages, and nobody too often."""

import pytest
from fastapi.testclient import TestClient

from thamdinh.desk.web.guard import Rate
from thamdinh.desk.web.refusal import Refusal

pytestmark = pytest.mark.process


@pytest.mark.parametrize(
    ("host", "answered"),
    [
        ("127.0.0.1:8017", True),
        ("localhost:8017", True),
        ("LOCALHOST", True),
        ("[::1]:8017", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example:8017", False),
        ("127.0.0.1@evil.example", False),
        ("", False),
    ],
)
def test_only_names_of_this_machine_are_answered(client: TestClient, host: str, answered: bool) -> None:
    for path in ("/", "/static/style.css", "/api/v1/directives", "/api/v1/openapi.json"):
        got = client.get(path, headers={"host": host})
        assert got.status_code == (200 if answered else 421)
        assert got.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 400),
        ({"origin": "http://127.0.0.1:8017"}, 400),
        ({"sec-fetch-site": "same-origin"}, 400),
        ({"sec-fetch-site": "none"}, 400),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:9"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": ""}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site"}, 403),
    ],
)
def test_forms_are_taken_from_the_servers_own_pages_alone(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    for path in ("/verdict", "/sheet", "/api/v1/verdicts"):
        got = client.post(path, files=[("file", ("", b""))], headers=headers)
        assert got.status_code == status, (path, got.text)


def test_each_may_ask_so_often_and_is_told_when_to_ask_again() -> None:
    rate = Rate(burst=3, seconds=60.0)
    for _ in range(3):
        rate.take("a")
    with pytest.raises(Refusal) as refused:
        rate.take("a")
    assert refused.value.status == 429
    assert 0 < (refused.value.again or 0) <= 61
    rate.take("b")


def test_who_has_not_asked_for_long_may_ask_as_often_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    rate = Rate(burst=2, seconds=10.0)
    for asked, allowed in (
        (0, True),
        (1, True),
        (2, False),
        (11, True),
        (12, False),
        (100, True),
        (100, True),
        (100, False),
    ):
        now = asked
        if allowed:
            rate.take("a")
        else:
            with pytest.raises(Refusal):
                rate.take("a")
