"""The desk's API: tokens with scopes, submissions that count once, decisions, and all that its description says."""

import os
from collections.abc import Iterator
from typing import Any, Final

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from tests.desk.desks import BREACHED, COMPLIANT, Peopled
from tests.desk.web.conftest import ADDRESS
from tests.desk.web.test_desk import Here
from thamdinh.desk.permissions import SCOPES, Scope
from thamdinh.desk.web.app import application
from thamdinh.desk.web.guard import Rate
from thamdinh.desk.web.serving import Serving
from thamdinh.engine.lint.settings import Settings

EXAMPLES: Final = int(os.environ.get("THAMDINH_API_EXAMPLES", "3"))
"""Of requests for each operation of the API, right ones and wrong ones."""


@pytest.fixture
def client(at: Peopled) -> Iterator[TestClient]:
    served = Serving(Settings(), Here(), desk=at.desk, uploads=Rate(10_000, 1.0))  # type: ignore[arg-type]
    with TestClient(application(served), base_url=ADDRESS, raise_server_exceptions=False) as opened:
        yield opened


def token(at: Peopled, login: str, *scopes: Scope) -> dict[str, str]:
    """The header by which a program shows the token of an account."""
    made, _ = at.desk.tokens.add_token(at[login], "máy", scopes or [*SCOPES])
    return {"authorization": f"Bearer {made}"}


def submit(
    client: TestClient, headers: dict[str, str], content: bytes, key: str, place: str = "/cases", **query: str
) -> Any:
    return client.post(
        f"/api/v1{place}",
        files={"file": ("a.yaml", content)},
        headers={**headers, "idempotency-key": key},
        params=query,
    )


def test_without_a_token_of_the_desk_nothing_is_told(at: Peopled, client: TestClient) -> None:
    at.submitted()
    for path in ("cases", "cases/1", "cases/1/versions/1", "directives", "rules/TD501"):
        for headers in (
            {},
            {"authorization": "Bearer x"},
            {"authorization": "Basic eDp4"},
            {"authorization": "Bearer "},
        ):
            got = client.get(f"/api/v1/{path}", headers=headers)
            assert (got.status_code, got.headers["content-type"]) == (401, "application/problem+json"), path
    assert client.post("/api/v1/verdicts", files={"file": ("a.yaml", COMPLIANT)}).status_code == 401


@pytest.mark.long
def test_a_case_lives_by_the_api(at: Peopled, client: TestClient) -> None:
    office, appraiser, approver = token(at, "phutuc"), token(at, "canbo"), token(at, "lanhdao")
    made = submit(client, office, BREACHED, "1", words="Xin hướng dẫn", title="Kế hoạch")
    assert made.status_code == 201, made.text
    again = submit(client, office, BREACHED, "1", words="Xin hướng dẫn", title="Kế hoạch")
    assert again.json() == made.json()
    assert submit(client, office, COMPLIANT, "1").status_code == 409
    case = made.json()["case"]

    def decided(headers: dict[str, str], action: str, words: str = "") -> Any:
        return client.post("/api/v1/decisions", json={"case": case, "action": action, "words": words}, headers=headers)

    assert decided(appraiser, "take").json()["state"] == "under_appraisal"
    assert decided(appraiser, "request_changes").status_code == 422
    assert decided(appraiser, "request_changes", "Sửa lại").json()["state"] == "changes_requested"
    assert submit(client, office, COMPLIANT, "2", f"/cases/{case}/versions").json()["number"] == 2
    decided(appraiser, "take")
    assert decided(appraiser, "accept").status_code == 403
    assert decided(appraiser, "propose_acceptance").json()["proposal"] == "accept"
    assert decided(approver, "accept").json()["state"] == "accepted"
    assert decided(approver, "accept").status_code == 409
    [listed] = client.get("/api/v1/cases?state=accepted", headers=token(at, "kiemtra", "read")).json()["cases"]
    assert (listed["id"], listed["version"]) == (case, 2)
    verdict = client.get(f"/api/v1/cases/{case}/versions/2", headers=office).content
    assert verdict == at.desk.cases.verdict(at["phutuc"], case, 2)


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_is_good_for_its_scopes_alone(at: Peopled, client: TestClient, scope: Scope) -> None:
    case = at.submitted()
    headers = token(at, "lanhdao2", scope)
    read = client.get("/api/v1/cases", headers=headers).status_code
    take = client.post("/api/v1/decisions", json={"case": case, "action": "take"}, headers=headers).status_code
    assert read == (200 if scope == "read" else 403)
    assert (take != 403) == (scope == "appraise")


def test_nothing_that_a_program_sends_is_passed_over(at: Peopled, client: TestClient) -> None:
    headers = {**token(at, "phutuc"), "idempotency-key": "1"}
    for place in ("cases", "verdicts"):
        for more in ({"words": (None, "Lý do")}, {"content": (None, "YQ==")}):
            got = client.post(f"/api/v1/{place}", files={"file": ("a.yaml", COMPLIANT), **more}, headers=headers)
            assert (got.status_code, next(iter(more)) in got.json()["detail"]) == (400, True), place
    two = [("file", ("a.yaml", COMPLIANT)), ("file", ("b.yaml", COMPLIANT))]
    assert client.post("/api/v1/cases", files=two, headers=headers).status_code == 400
    assert client.get("/api/v1/cases", headers=headers).json()["cases"] == []


def test_other_organisations_cases_are_as_if_there_were_none(at: Peopled, client: TestClient) -> None:
    case, headers = at.submitted(), token(at, "batri")
    assert client.get("/api/v1/cases", headers=headers).json()["cases"] == []
    for path in (f"cases/{case}", f"cases/{case}/versions/1"):
        theirs = client.get(f"/api/v1/{path}", headers=headers)
        none = client.get(f"/api/v1/{path.replace(str(case), '4711')}", headers=headers)
        assert (theirs.status_code, theirs.json()) == (none.status_code, none.json()) == (404, none.json())
    assert submit(client, headers, COMPLIANT, "1", f"/cases/{case}/versions").status_code == 404


@pytest.mark.long
@pytest.mark.parametrize("login", ["lanhdao2", "phutuc"])
def test_the_api_does_what_its_description_says(at: Peopled, client: TestClient, login: str) -> None:
    import schemathesis  # it takes long to load, and each worker would

    # No description says whether a file holds a plan, and whether a decision needs words as things stand.
    of_meaning = [schemathesis.checks.positive_data_acceptance]
    at.submitted()
    headers = {"host": ADDRESS[7:], **token(at, login)}
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", client.app, headers=headers)
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == 9
    for operation in operations:
        for mode in schemathesis.GenerationMode:
            if mode is schemathesis.GenerationMode.NEGATIVE and not [*operation.iter_parameters()]:
                continue  # There is nothing that could be wrong.

            @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
            @given(operation.as_strategy(generation_mode=mode))
            def ask(case: schemathesis.Case) -> None:
                case.call_and_validate(headers=headers, excluded_checks=of_meaning if case.operation.body else [])

            ask()
