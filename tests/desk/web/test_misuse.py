"""What whoever attacks a desk tries, and whoever is clumsy does: nothing fails, leaks, counts twice or is lost."""

import datetime
import io
import re
import zipfile
from typing import Any, Final

import pytest
from docx import Document
from httpx import Response

from tests.desk.desks import BREACHED, COMPLIANT, PASSWORD, Peopled
from tests.desk.web.test_desk import Browser, browser, csrf, everybody, sent, served  # noqa: F401 (fixtures)
from thamdinh.desk.web import accounts_pages, case_pages, check, sign_in, signing
from thamdinh.desk.web.serving import Serving

ODD: Final = (
    "0",
    "-1",
    "2147483648",
    "99999999999999999999999",
    "1.5",
    "x",
    "%00",
    "é",
    "%ff",
    "..%2f..",
    "'--",
    "{{7*7}}",
)
ASKED: Final = (
    "/cases?older=9999999", "/cases?state=%00", "/cases?state=%ff", "/cases?organisation_id=9999999", "/cases?rule='--",
    "/cases?after=0001-01-01T00:00:00%2B14:00%201", "/cases?after=2026-01-01%2099999999999999999999999", "/cases?after=x",
    "/cases?mine=1&proposed=1&kind=%F0%9F%92%A9", "/sign-ins?before=99999999999999999999999", "/?lang=%00", "/?lang=xx",
    "/cases/1?version=99999999999999999999999", "/cases/1?version=x", "/sign-in?to=%00", "/sign-in?to=//evil.example",
)  # fmt: skip
"""Addresses with what nobody means in their questions."""


@pytest.mark.long
@pytest.mark.parametrize("login", ["", "kiemtra", "quantri"])
def test_no_address_makes_the_server_fail(everybody: tuple[Peopled, Browser], login: str) -> None:  # noqa: F811
    everybody[0].submitted()
    client = everybody[1](login)
    modules = (check, sign_in, case_pages, signing, accounts_pages)
    routes = {route.path for module in modules for route in module.router.routes if "{" in route.path}  # type: ignore[attr-defined]
    assert len(routes) > 15
    places = [re.sub(r"\{\w+\}", odd, route) for route in sorted(routes) for odd in ODD]
    for place in [*places, *ASKED]:
        assert client.get(place).status_code < 500, place
        if place not in ASKED:
            assert sent(client, place, words="Ý kiến", valid_until="2030-01-01").status_code < 500, place


@pytest.mark.parametrize("token", ["é", "\ud7ff", "%00", "x" * 10_000, ""])
def test_a_token_of_forms_that_is_none_is_refused(at: Peopled, browser: Browser, token: str) -> None:  # noqa: F811
    case = at.submitted()
    got = browser("canbo").post(f"/cases/{case}/take", files={"csrf": (None, token)})
    assert got.status_code == 403


def test_what_no_database_takes_is_refused(at: Peopled, browser: Browser) -> None:  # noqa: F811
    case, client = at.submitted(), browser("canbo")
    assert sent(client, f"/cases/{case}/comments", words="Một\0hai").status_code == 400
    assert sent(client, f"/cases/{case}/comments", words="Một", rule="TD\0").status_code == 400


def test_a_review_book_shows_each_who_asks_their_own_page(browser: Browser) -> None:  # noqa: F811
    first, second = browser("canbo"), browser("ralinh")
    theirs = csrf(first)
    assert "Người CANBO" in first.get("/scenarios/ben-tre-2017").text
    page = second.get("/scenarios/ben-tre-2017").text
    assert "Người RALINH" in page
    assert "CANBO" not in page
    assert theirs not in page


def test_a_form_that_is_too_large_finds_no_room_before_anybody_is_signed_in(
    browser: Browser, served: Serving  # noqa: F811
) -> None:  # fmt: skip
    client = browser("")
    served.room = type(served.room)(10)
    assert client.post("/sign-in", files={"login": (None, "canbo"), "password": (None, PASSWORD)}).status_code == 503


def test_an_exception_that_may_not_be_seen_is_as_none(at: Peopled, browser: Browser) -> None:  # noqa: F811
    case = at.submitted()
    found = at.desk.cases.find_by_id(at["canbo"], case).uncovered[0]
    until = at.desk.store.today()
    made = at.desk.cases.ask_exception(at["phutuc"], case, found.rule, found.subject, "Vì", until).id
    for login in ("batri", "ralinh", "quantri"):
        client = browser(login)
        theirs, none = (sent(client, f"/exceptions/{number}/grant", document="1") for number in (made, 4711))
        assert theirs.status_code == none.status_code == 404
        assert "Không có ngoại lệ này" in theirs.text


def test_who_clicks_twice_says_it_once(at: Peopled, browser: Browser) -> None:  # noqa: F811
    case, office = at.submitted(), browser("phutuc")
    found = at.desk.cases.find_by_id(at["canbo"], case).uncovered[0]
    until = (at.desk.store.today() + datetime.timedelta(days=9)).isoformat()
    asked = {"rule": found.rule, "subject": found.subject, "words": "Huyện đã đồng ý", "valid_until": until}
    for _ in range(2):
        assert sent(office, f"/cases/{case}/comments", words="Xin sửa sau").status_code == 303
        assert sent(office, f"/cases/{case}/exceptions", **asked).status_code == 303
    assert sent(office, f"/cases/{case}/comments", words="Xin sửa sau nữa").status_code == 303
    assert sent(office, f"/cases/{case}/exceptions", **asked | {"words": "Tỉnh đã đồng ý"}).status_code == 303
    view = at.desk.cases.find_by_id(at["canbo"], case)
    assert [one.words for one in view.comments] == ["Xin sửa sau", "Xin sửa sau nữa"]
    assert [one.reason for one in view.exceptions] == ["Huyện đã đồng ý", "Tỉnh đã đồng ý"]


def test_one_file_is_submitted_and_none_passed_over(at: Peopled, browser: Browser) -> None:  # noqa: F811
    office = browser("phutuc")
    token = csrf(office)
    files: list[Any] = [("csrf", (None, token)), ("key", (None, "k")), ("words", (None, "Vì"))]
    got = office.post("/cases", files=[*files, ("file", ("a.yaml", BREACHED)), ("file", ("b.yaml", COMPLIANT))])
    assert (got.status_code, "Vì</textarea>" in got.text) == (400, True)
    assert at.desk.listing.page(at["kiemtra"]).cases == []


@pytest.mark.parametrize(
    ("place", "page"),
    [
        ("/cases/{case}/comments", "/cases/{case}"), ("/cases/{case}/decision", "/cases/{case}"),
        ("/account/password", "/account"), ("/accounts/change/canbo", "/accounts"), ("/sign-out", "/"), ("/verdict", "/"),
        ("/exceptions/1/grant", "/"),
    ],
)  # fmt: skip
def test_the_address_of_a_form_leads_to_its_page(at: Peopled, browser: Browser, place: str, page: str) -> None:  # noqa: F811
    case, client = at.submitted(), browser("canbo")
    got = client.get(place.format(case=case))
    assert (got.status_code, got.headers["location"]) == (303, page.format(case=case))


def test_what_is_left_without_sending_leads_to_a_page(at: Peopled, browser: Browser) -> None:  # noqa: F811
    case, client = at.submitted(), browser("canbo")
    again = sent(client, f"/cases/{case}/comments", words="")
    assert again.status_code == 422
    left = re.search(r'<a href="([^"]+)">Bỏ</a>', again.text)
    assert left is not None
    assert client.get(left[1]).status_code == 200


def test_no_secret_is_carried_past_the_end_of_a_session(at: Peopled, browser: Browser, served: Serving) -> None:  # noqa: F811
    client = browser("canbo")
    client.cookies.set(served.cookie, "hết rồi".encode().hex())
    page = client.post(
        "/account/password", files={"before": (None, PASSWORD), "password": (None, "một câu mới và dài")}
    )
    assert page.status_code == 401
    assert PASSWORD not in page.text
    assert "một câu mới và dài" not in page.text


def test_a_file_too_large_to_be_carried_is_asked_for_again(
    browser: Browser, served: Serving, monkeypatch: pytest.MonkeyPatch  # noqa: F811
) -> None:  # fmt: skip
    monkeypatch.setattr("thamdinh.desk.web.visitor.MOST_CARRIED", 10)
    again = sent(browser("phutuc"), "/cases", ("a.yaml", BREACHED), key="k", title="Tên")
    assert again.status_code == 422
    assert 'name="file" type="file" required' in again.text


def test_names_are_shown_as_they_are_and_run_nowhere(at: Peopled, browser: Browser) -> None:  # noqa: F811
    name = "Xã {{ 7*7 }} ${x} <b>&\u202etxt.exe\u2066"
    organisation = at.desk.accounts.add_organisation(None, name)
    assert "\u202e" not in organisation.name
    at.desk.accounts.add(None, "xau", "Ông {% raw %}", ["office"], PASSWORD, organisation.id)
    office = browser("xau")
    title = "{{ self }} \u202e<script>"
    made = sent(office, "/cases", ("{{x}}\r\nSet-Cookie: a.yaml", COMPLIANT), key="k", title=title, words="{{ 7*7 }}")
    place = made.headers["location"]
    page = office.get(place).text
    assert "\u202e" not in page
    assert "<script>" not in re.sub(r"<script src=[^>]*></script>", "", page)
    assert "{{ self }}" in page
    number = int(place.rpartition("/")[2])
    at.desk.cases.take(at["canbo"], number)
    at.desk.cases.give_back(at["lanhdao"], number, "Lý do {{ 7*7 }}")
    letter = "\n".join(one.text for one in _paragraphs(office.get(f"{place}/letter")))
    assert "Xã {{ 7*7 }} ${x} <b>&" in letter
    assert "Lý do {{ 7*7 }}" in letter
    for what in ("versions/1/file", "dossier"):
        got = office.get(f"{place}/{what}")
        assert "set-cookie" not in got.headers
        assert got.headers["content-disposition"].startswith("attachment;")
    names = zipfile.ZipFile(io.BytesIO(office.get(f"{place}/dossier").content)).namelist()
    assert not [one for one in names if one.startswith("/") or ".." in one.split("/") or not one.isprintable()]


def _paragraphs(letter: Response) -> list[Any]:
    document = Document(io.BytesIO(letter.content))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    return [*document.paragraphs, *(one for cell in cells for one in cell.paragraphs)]
