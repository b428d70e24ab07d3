"""The API: what its description says is what it does, whatever is sent to it."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from tests.command_line import BREACHED, COMPLIANT
from tests.desk.web.conftest import ADDRESS
from tests.desk.web.test_check import EXAMPLES, linted, sent
from thamdinh.engine.directive.packs import issued
from thamdinh.engine.documents import read

pytestmark = pytest.mark.process


def test_one_plan_as_the_body_is_judged_as_the_command_line_does(client: TestClient, tmp_path: Path) -> None:
    content = json.dumps(read(BREACHED.name, BREACHED.read_bytes()).data, ensure_ascii=False, default=str).encode()
    got = client.post("/api/v1/verdicts?file=a.json", content=content, headers={"content-type": "application/json"})
    assert got.text == linted(tmp_path, ("a.json", content))
    assert got.headers["content-type"] == "application/json"


def test_files_are_judged_as_on_the_page(client: TestClient) -> None:
    files = [(path.name, path.read_bytes()) for path in EXAMPLES[:12]]
    assert sent(client, "/api/v1/verdicts", *files).content == sent(client, "/verdict.json", *files).content


def test_what_is_refused_is_told_as_problem_details(client: TestClient) -> None:
    for got, status in (
        (client.post("/api/v1/verdicts", content=b"x", headers={"content-type": "text/plain"}), 415),
        (client.post("/api/v1/verdicts", files=[("file", ("", b""))]), 400),
        (client.get("/api/v1/rules/TD999"), 404),
        (client.get("/api/v1/nowhere"), 404),
        (client.put("/api/v1/directives"), 405),
    ):
        assert got.status_code == status
        assert got.headers["content-type"] == "application/problem+json"
        told = got.json()
        assert (told["type"], told["status"]) == ("about:blank", status)
        assert told["title"]
        assert told["detail"]


def test_directives_and_rules_are_those_in_force(client: TestClient) -> None:
    told = client.get("/api/v1/directives").json()
    assert [directive["id"] for directive in told] == [*issued()]
    verdict = sent(client, "/api/v1/verdicts", (COMPLIANT.name, COMPLIANT.read_bytes())).json()
    [pack] = verdict["settings"]["packs"]
    assert {(one["id"], one["version"], one["digest"]) for one in told} >= {
        (pack["directive"], pack["version"], pack["digest"])
    }
    for code in told[0]["rules"]:
        assert client.get(f"/api/v1/rules/{code.lower()}").json()["code"] == code
    assert client.get("/api/v1/rules/D15?directive=ben-tre-2017").json()["severity"] is None
    assert client.get("/api/v1/rules/D15?directive=khong-co").status_code == 404


@pytest.mark.long
def test_the_api_does_what_its_description_says(client: TestClient) -> None:
    import schemathesis  # it takes long to load, and each worker would

    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app, headers={"host": ADDRESS[7:]})
    headers = {"host": ADDRESS[7:]}
    operations = [result.ok() for result in schema.get_all_operations()]
    assert {operation.label for operation in operations} >= {"POST /api/v1/verdicts", "GET /api/v1/directives"}
    for operation in operations:
        for mode in schemathesis.GenerationMode:
            if mode is schemathesis.GenerationMode.NEGATIVE and not [*operation.iter_parameters()]:
                continue  # There is nothing that could be wrong.

            @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), database=None)
            @given(operation.as_strategy(generation_mode=mode))
            def ask(case: schemathesis.Case) -> None:
                case.call_and_validate(headers=headers)

            ask()
