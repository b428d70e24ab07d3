"""The desk's pages: who may see and do what, that nothing typed is lost, and the life of a case through forms."""

import datetime
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import httpx
import pyotp
import pytest
from docx import Document
from fastapi.testclient import TestClient
from httpx import Response
from sqlalchemy.exc import OperationalError

from tests.desk.conftest import copied
from tests.desk.desks import BREACHED, COMPLIANT, PASSWORD, PEOPLE, Peopled
from tests.desk.test_oidc import provider  # noqa: F401 (a fixture)
from tests.desk.web.conftest import ADDRESS
from thamdinh.desk.mail import Post
from thamdinh.desk.oidc import Provider
from thamdinh.desk.store import _there
from thamdinh.desk.web import accounts_pages, case_pages, check, sign_in, signing
from thamdinh.desk.web import app as app_module
from thamdinh.desk.web.app import application
from thamdinh.desk.web.guard import Rate
from thamdinh.desk.web.serving import Serving
from thamdinh.engine.lint.run import lint
from thamdinh.engine.lint.settings import Settings

Browser = Callable[[str], TestClient]

OPEN: Final = ("/sign-in", "/static/style.css", "/static/script.js")
"""What those see who are not signed in."""


class Here:
    """What judges in this process, in place of processes: here it is tested who is asked for what."""

    async def begin(self) -> None: ...

    async def answer(self, question: Callable[[], Any], about: str) -> Any:
        return question()

    def end(self) -> None: ...


@pytest.fixture
def served(at: Peopled) -> Serving:
    return serving_of(at)


@pytest.fixture(scope="module")
def everybody(made_desk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Peopled, Browser]]:
    """A desk that many look at who leave it as it was, or have a case of their own there; and their browsers."""
    at = Peopled(copied(made_desk, tmp_path_factory.mktemp("everybody")))
    with browsers(at, serving_of(at)) as browser:
        yield at, browser
    at.desk.store.close()


def serving_of(at: Peopled) -> Serving:
    """What a desk is served by; as often as tests ask."""
    return Serving(
        Settings(),
        Here(),
        desk=at.desk,
        uploads=Rate(1_000, 1.0),
        attempts=Rate(1_000, 1.0),  # type: ignore[arg-type]
    )


@pytest.fixture
def browser(at: Peopled, served: Serving) -> Iterator[Browser]:
    """A browser for each of the people, signed in."""
    with browsers(at, served) as opened:
        yield opened


@contextmanager
def browsers(at: Peopled, served: Serving) -> Iterator[Browser]:
    """Browsers at a desk, for each of its people."""
    app = application(served)
    with TestClient(app, base_url=ADDRESS) as serving:

        def opened(login: str) -> TestClient:
            client = TestClient(app, base_url=ADDRESS, follow_redirects=False, raise_server_exceptions=False)
            client.portal = serving.portal  # one loop of events for all of them, as in the server
            if login:
                account = next(one for one in at.desk.accounts.all(None)[0] if one.login == login)
                client.cookies.set(served.cookie, at.desk.sessions.signed_in(account).token)
            return client

        yield opened


_TOKENS: Final[dict[str, str]] = {}
"""The token of the forms of each sign-in, by what its browser sends: one sign-in has one."""


def csrf(client: TestClient) -> str:
    """The token of the forms of whoever has signed in, which a page says; nothing of whoever has not."""
    signed_in = "".join(client.cookies.values())
    if signed_in and not _TOKENS.get(signed_in):
        found = re.search(r'name="csrf" value="(\w+)"', client.get("/account").text)
        _TOKENS[signed_in] = found[1] if found else ""
    return _TOKENS.get(signed_in, "")


def sent(client: TestClient, path: str, file: tuple[str, bytes] | None = None, **fields: str) -> Response:
    """What comes of a form that is sent from a page of the desk."""
    given: list[Any] = [(name, (None, value)) for name, value in {"csrf": csrf(client), **fields}.items()]
    return client.post(path, files=given + ([("file", file)] if file else []))


PLACES: Final[dict[str, set[str]]] = {
    "/cases/{case}": {"phutuc", "phutuc2", "canbo", "canbo2", "lanhdao", "lanhdao2", "kiemtra"},
    "/cases/{case}?version=1": {"phutuc", "phutuc2", "canbo", "canbo2", "lanhdao", "lanhdao2", "kiemtra"},
    "/cases/{case}/versions/1/file": {"phutuc", "phutuc2", "canbo", "canbo2", "lanhdao", "lanhdao2", "kiemtra"},
    "/cases/{case}/versions/1/verdict.json": {"phutuc", "phutuc2", "canbo", "canbo2", "lanhdao", "lanhdao2", "kiemtra"},
    "/cases/{case}/versions/1/sheet": {"phutuc", "phutuc2", "canbo", "canbo2", "lanhdao", "lanhdao2", "kiemtra"},
    "/cases/{case}/dossier": {"phutuc", "phutuc2", "canbo", "canbo2", "lanhdao", "lanhdao2", "kiemtra"},
    "/accounts": {"quantri"},
    "/sign-ins": {"quantri", "kiemtra"},
    "/signing": set(PEOPLE),
    "/account": set(PEOPLE),
    "/": set(PEOPLE),
    "/forms": set(PEOPLE),
    "/rules": set(PEOPLE),
    "/cases/new": set(PEOPLE),
}
"""Every page that is looked at, with those to whom it is shown."""


@pytest.mark.long
def test_every_page_is_in_the_table(served: Serving) -> None:
    shown = {place.partition("?")[0].replace("{case}", "{case_id}") for place in PLACES}
    shown = {re.sub(r"/versions/1/.*", "/versions/{number}/{what}", place) for place in shown}
    left = {
        "/static/{name}",
        "/sign-in",
        "/api/v1/openapi.json",
        "/signing/{directive}/{kind}",
        "/cases",
        "/export{suffix}",
    }
    left |= {"/sign-in/provider", "/sign-in/back"}
    same = {"/cases/{case_id}/letter": "/cases/{case_id}/dossier", "/forms/{document_type}/{file}": "/forms"}
    same |= {"/rules/{directive}/{code}": "/rules", "/scenarios/{directive}": "/rules"}
    modules = (check, sign_in, case_pages, signing, accounts_pages)
    gets = {route.path for module in modules for route in module.router.routes if "GET" in route.methods}  # type: ignore[attr-defined]
    assert len(gets) > 15
    assert {same.get(path, path) for path in gets if "/api/" not in path} - left <= shown


@pytest.mark.long
@pytest.mark.parametrize("login", ["", *PEOPLE])
def test_every_page_is_shown_to_those_alone_who_may_see_it(everybody: tuple[Peopled, Browser], login: str) -> None:
    at, browser = everybody
    case, client = at.submitted(), browser(login)
    for place, allowed in PLACES.items():
        got = client.get(place.format(case=case))
        if login in allowed:
            assert got.status_code == 200, (login, place, got.text)
        else:
            assert got.status_code == (401 if not login else 403 if place in ("/accounts", "/sign-ins") else 404), (
                login,
                place,
            )
            assert "Phú Túc" not in got.text.replace("Người PHUTUC", "")


@pytest.mark.parametrize("login", PEOPLE)
def test_a_foreign_id_is_as_one_that_there_is_not(everybody: tuple[Peopled, Browser], login: str) -> None:
    at, browser = everybody
    at.submitted()
    client = browser(login)
    for place in [place for place in PLACES if "{case}" in place]:
        assert client.get(place.format(case=4711)).status_code == 404
    for path, fields in FORMS.items():
        got = sent(client, path.format(case=4711), **fields)
        assert got.status_code in (403, 404), (login, path, got.text)


FORMS: Final[dict[str, dict[str, str]]] = {
    "/cases/{case}/take": {},
    "/cases/{case}/comments": {"words": "Ý kiến"},
    "/cases/{case}/exceptions": {"rule": "TD302", "words": "Vì", "valid_until": "2030-01-01"},
    "/cases/{case}/decision": {"action": "accept", "words": "Được"},
}
FOR: Final = {
    "/cases/{case}/take": {"canbo", "canbo2", "lanhdao2"},
    "/cases/{case}/comments": {"phutuc", "phutuc2", "canbo", "canbo2", "lanhdao", "lanhdao2"},
}
"""The forms on a case that has just been submitted, and who may send them; the others are for nobody yet."""


@pytest.mark.long
@pytest.mark.parametrize("login", PEOPLE)
def test_every_form_does_something_for_those_alone_who_may(everybody: tuple[Peopled, Browser], login: str) -> None:
    at, browser = everybody
    case, client = at.submitted(key=login), browser(login)
    for path in ("/cases/{case}/comments", "/cases/{case}/take"):
        before = len(at.desk.cases.find_by_id(at["kiemtra"], case).events)
        got = sent(client, path.format(case=case), **FORMS[path])
        done = len(at.desk.cases.find_by_id(at["kiemtra"], case).events) > before
        assert done == (login in FOR[path]) == (got.status_code == 303), (login, path, got.text)


@pytest.mark.parametrize(
    "path",
    ["/accounts", "/accounts/organisations", "/accounts/retention", "/accounts/change/canbo", "/accounts/policy"],
)
def test_accounts_are_the_administrators_alone(everybody: tuple[Peopled, Browser], path: str) -> None:
    _, browser = everybody
    for login in PEOPLE:
        if login != "quantri":
            given = {"days": "30", "login": "xx", "role": "office", "full_name": "Ai", "organisation_name": "Xã"}
            assert sent(browser(login), path, **given).status_code == 403, login


def test_no_form_is_taken_without_the_token_of_the_sign_in(at: Peopled, browser: Browser) -> None:
    case, client = at.submitted(), browser("canbo")
    others = csrf(browser("canbo2"))
    for given in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": others}):
        got = client.post(
            f"/cases/{case}/take", files=[(name, (None, value)) for name, value in {"x": "1", **given}.items()]
        )
        assert got.status_code == 403
    assert at.desk.cases.find_by_id(at["kiemtra"], case).case.state == "submitted"
    got = client.post(
        f"/cases/{case}/take", files={"csrf": (None, csrf(client))}, headers={"origin": "http://evil.example"}
    )
    assert got.status_code == 403


def test_the_whole_life_of_a_case_by_forms(at: Peopled, browser: Browser) -> None:
    office, appraiser, approver = browser("phutuc"), browser("canbo"), browser("lanhdao")
    made = sent(office, "/cases", ("thành phần.yaml", BREACHED), key="a", words="Xin hướng dẫn", title="Kế hoạch 2017")
    assert made.status_code == 303, made.text
    place = made.headers["location"]
    again = sent(office, "/cases", ("thành phần.yaml", BREACHED), key="a", words="Xin hướng dẫn", title="Kế hoạch 2017")
    assert again.headers["location"] == place
    rule, subject = (
        "TD302",
        next(one.subject for one in at.desk.cases.find_by_id(at["canbo"], 1).found if one.rule == "TD302"),
    )
    steps: list[tuple[TestClient, str, dict[str, str]]] = [
        (appraiser, "/take", {}),
        (appraiser, "/comments", {"words": "Xem lại <b>chỗ này</b>", "rule": rule, "subject": subject}),
        (appraiser, "/decision", {"action": "request_changes", "words": "Sửa theo từng phát hiện"}),
    ]
    for client, path, fields in steps:
        assert sent(client, place + path, **fields).status_code == 303, path
    page = office.get(place).text
    assert "Xem lại &lt;b&gt;chỗ này&lt;/b&gt;" in page
    assert "Sửa theo từng phát hiện" in page
    assert sent(office, f"{place}/versions", ("b.yaml", COMPLIANT), key="b").status_code == 303
    assert "Bản 2/2" in office.get(place).text
    for client, path, fields in (
        (appraiser, "/take", {}),
        (appraiser, "/decision", {"action": "propose_acceptance", "words": ""}),
        (approver, "/decision", {"action": "accept", "words": "Đồng ý"}),
    ):
        assert sent(client, place + path, **fields).status_code == 303, path
    assert "đạt, đã chấp thuận" in office.get(place).text
    assert office.get(f"{place}/letter").content.startswith(b"PK")
    assert office.get(f"{place}/dossier").content.startswith(b"PK")
    assert at.desk.verify().faults == ()


def test_a_letter_is_written_by_the_template_of_the_settings(
    at: Peopled, browser: Browser, served: Serving, tmp_path: Path
) -> None:
    case = at.submitted()
    at.desk.cases.take(at["canbo"], case)
    at.desk.cases.request_changes(at["canbo"], case, "Sửa lại")
    own = Document()
    own.add_paragraph("MẪU CỦA TỈNH, hồ sơ {{ ho_so.so }}: {{ ho_so.ly_do }}")
    own.save(str(tmp_path / "mau.docx"))
    served.settings = replace(served.settings, letter_template=str(tmp_path / "mau.docx"))
    got = browser("phutuc").get(f"/cases/{case}/letter")
    assert f"MẪU CỦA TỈNH, hồ sơ {case}: Sửa lại" in [one.text for one in Document(BytesIO(got.content)).paragraphs]
    served.settings = replace(served.settings, letter_template=str(tmp_path / "khong-co.docx"))
    assert browser("phutuc").get(f"/cases/{case}/letter").status_code == 422


def test_an_exception_is_asked_for_and_granted_by_another(at: Peopled, browser: Browser) -> None:
    case = at.submitted()
    found = at.desk.cases.find_by_id(at["canbo"], case).uncovered
    until = (datetime.date.today() + datetime.timedelta(days=30)).strftime("%d/%m/%Y")
    for one in found:
        asked = {"rule": one.rule, "subject": one.subject, "words": "Có văn bản", "valid_until": until}
        assert sent(browser("phutuc"), f"/cases/{case}/exceptions", **asked).status_code == 303
    approver = browser("lanhdao")
    for number in range(1, len(found) + 1):
        assert sent(browser("canbo"), f"/exceptions/{number}/grant", document="12-CV/TU").status_code == 403
        assert sent(approver, f"/exceptions/{number}/grant", document="").status_code == 422
        assert sent(approver, f"/exceptions/{number}/grant", document="12-CV/TU").status_code == 303
    page = approver.get(f"/cases/{case}").text
    assert page.count("đã cho</span>") == len(found)
    assert "lỗi chưa có ngoại lệ" not in page


def test_what_was_typed_is_there_again_where_it_is_refused(at: Peopled, browser: Browser) -> None:
    client = browser("phutuc")
    got = sent(client, "/cases", ("a.yaml", BREACHED), key="k", title="Tên <hồ sơ>", words="")
    assert got.status_code == 422
    assert "Tên &lt;hồ sơ&gt;" in got.text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', got.text))
    assert fields["key"] == "k"
    again = client.post(
        "/cases",
        files=[
            ("csrf", (None, csrf(client))), ("key", (None, "k")), ("name", (None, unescape(fields["name"]))),
            ("content", (None, fields["content"])), ("title", (None, "Tên")), ("words", (None, "Vì chưa kịp")),
        ],
    )  # fmt: skip
    assert again.status_code == 303
    assert at.desk.cases.file(at["phutuc"], 1, 1) == ("a.yaml", BREACHED)


def test_what_was_typed_outlives_the_session(at: Peopled, browser: Browser, served: Serving) -> None:
    case, client = at.submitted(), browser("canbo")
    token = csrf(client)
    at.desk.sessions.sign_out(client.cookies[served.cookie])
    got = client.post(f"/cases/{case}/comments", files={"csrf": (None, token), "words": (None, "Một ý kiến dài")})
    assert got.status_code == 401
    fields = {
        name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', got.text)
    }
    signed = client.post(
        "/sign-in",
        files=[(name, (None, value)) for name, value in {**fields, "login": "canbo", "password": PASSWORD}.items()],
    )
    assert signed.status_code == 200
    assert "Một ý kiến dài</textarea>" in signed.text
    assert f'action="/cases/{case}/comments"' in signed.text
    fields = dict(re.findall(r'name="(csrf)" value="(\w+)"', signed.text))
    done = client.post(
        f"/cases/{case}/comments", files={"csrf": (None, fields["csrf"]), "words": (None, "Một ý kiến dài")}
    )
    assert done.status_code == 303


def test_a_submission_outlives_the_session_and_a_wrong_password(at: Peopled, browser: Browser, served: Serving) -> None:
    client = browser("phutuc")
    token = csrf(client)
    at.desk.sessions.sign_out(client.cookies[served.cookie])
    typed = {"csrf": token, "key": "k", "title": "Tên <hồ sơ>", "words": "Lý do\nhai dòng"}
    given: list[Any] = [(name, (None, value)) for name, value in typed.items()]
    got = client.post("/cases", files=[*given, ("file", ("a.yaml", BREACHED))])
    for password, status in (("sai mật khẩu rồi", 401), (PASSWORD, 200)):
        kept = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', got.text)
        fields = {name: unescape(value) for name, value in kept} | {"login": "phutuc", "password": password}
        got = client.post("/sign-in", files=[(name, (None, value)) for name, value in fields.items()])
        assert got.status_code == status
    fields = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', got.text)}
    fields |= {name: unescape(value) for name, value in re.findall(r'<textarea name="(\w+)"[^>]*>([^<]*)<', got.text)}
    assert "password" not in fields
    done = client.post("/cases", files=[(name, (None, value)) for name, value in fields.items()])
    assert done.status_code == 303, done.text
    view = at.desk.cases.find_by_id(at["phutuc"], 1)
    assert (view.case.title, view.latest.words) == ("Tên <hồ sơ>", "Lý do\nhai dòng")
    assert at.desk.cases.file(at["phutuc"], 1, 1) == ("a.yaml", BREACHED)


@pytest.mark.parametrize("name", ["a.pdf", "a.exe", "a.yaml", "a.xlsx", "không tên"])
def test_what_cannot_be_judged_is_refused_with_the_words_of_the_lint(
    browser: Browser, tmp_path: Path, name: str
) -> None:
    content = b"%PDF-1.7 not a plan"
    (tmp_path / name).write_bytes(content)
    [verdict] = lint([str(tmp_path / name)], Settings()).report.verdicts
    got = sent(browser("phutuc"), "/cases", (name, content), key="k", words="Một lý do")
    assert got.status_code == 422
    assert verdict.problems
    for problem in verdict.problems:
        assert problem.message.vi.replace(str(tmp_path / name), name) in unescape(got.text)
        assert problem.fix.vi in unescape(got.text)
    assert "Một lý do</textarea>" in got.text


def test_a_browser_gets_a_token_of_its_own_each_time(at: Peopled, browser: Browser, served: Serving) -> None:
    client = browser("")
    for secure, name in ((False, "thamdinh"), (True, "__Host-thamdinh")):
        served.secure = secure
        signed = client.post(
            "/sign-in", files={"login": (None, "CANBO"), "password": (None, PASSWORD), "to": (None, "/cases?mine=1")}
        )
        assert (signed.status_code, signed.headers["location"]) == (303, "/cases?mine=1")
        cookie = signed.headers["set-cookie"]
        assert cookie.startswith(f"{name}=")
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert ("Secure" in cookie.split("; ")) == secure
    served.secure = False
    first = client.cookies["thamdinh"]
    client.post("/sign-in", files={"login": (None, "canbo"), "password": (None, PASSWORD)})
    assert client.cookies["thamdinh"] != first
    before = browser("")
    before.cookies.set("thamdinh", first)
    assert before.get("/cases").status_code == 401


def test_a_second_factor_is_set_up_and_asked_for(at: Peopled, browser: Browser) -> None:
    client = browser("lanhdao")
    shown = sent(client, "/account/second-factor")
    assert 'src="data:image/svg+xml' in shown.text
    secret = re.search(r'name="secret" value="(\w{32})"', shown.text)
    assert secret is not None
    totp = pyotp.TOTP(secret[1])
    given = {"secret": secret[1], "before": PASSWORD}
    refused = sent(client, "/account/second-factor/enable", code="000000" if totp.now() != "000000" else "1", **given)
    assert refused.status_code == 422
    assert secret[1] in refused.text
    assert PASSWORD not in refused.text
    codes = re.findall(
        r"[0-9a-f]{8}-[0-9a-f]{8}", sent(client, "/account/second-factor/enable", code=totp.now(), **given).text
    )
    assert len(codes) == 10
    signing = {"login": (None, "lanhdao"), "password": (None, PASSWORD)}
    other = browser("")
    assert other.post("/sign-in", files=signing).status_code == 401
    assert other.post("/sign-in", files=signing | {"code": (None, totp.at(int(time.time()) + 30))}).status_code == 303
    assert other.post("/sign-in", files=signing | {"code": (None, codes[0])}).status_code == 303
    log = browser("kiemtra").get("/sign-ins").text
    assert log.count("đã đăng nhập bằng mật khẩu") == 2
    assert log.count("sai hoặc thiếu mã xác thực") == 1
    assert sent(client, "/account/second-factor/drop", before="sai mật khẩu rồi").status_code == 403
    assert sent(client, "/account/second-factor/drop", before=PASSWORD).status_code == 303
    assert other.post("/sign-in", files=signing).status_code == 303


def test_who_lacks_a_second_factor_that_is_demanded_sees_their_own_page_alone(at: Peopled, browser: Browser) -> None:
    assert sent(browser("quantri"), "/accounts/policy", role="approver").status_code == 303
    client = browser("lanhdao")
    signed = browser("").post("/sign-in", files={"login": (None, "lanhdao"), "password": (None, PASSWORD)})
    assert signed.headers["location"] == "/account"
    for place in ("/cases", "/", "/rules", "/signing"):
        assert client.get(place).status_code == 403, place
    assert "phải đăng nhập bằng hai lớp" in client.get("/account").text
    assert browser("canbo").get("/cases").status_code == 200
    secret = pyotp.random_base32()
    at.desk.sessions.enable_second_factor(at["lanhdao"], PASSWORD, secret, pyotp.TOTP(secret).now())
    assert client.get("/cases").status_code == 200


@pytest.mark.parametrize(
    "to", ["//evil.example", "https://evil.example", "/\\evil.example", "\\\\evil", "javascript:alert(1)", "/a\nb"]
)
def test_sign_in_leads_nowhere_else(browser: Browser, to: str) -> None:
    signed = browser("").post(
        "/sign-in", files={"login": (None, "canbo"), "password": (None, PASSWORD), "to": (None, to)}
    )
    assert signed.headers["location"] == "/cases"


def test_guessing_is_slowed_down(browser: Browser) -> None:
    client = browser("")
    answers = [
        client.post("/sign-in", files={"login": (None, "canbo"), "password": (None, "sai mật khẩu rồi")}).status_code
        for _ in range(8)
    ]
    assert answers[0] == 401
    assert answers[-1] == 429


def test_the_list_is_filtered_and_counted(at: Peopled, browser: Browser) -> None:
    for number in range(3):
        at.submitted(key=str(number))
    at.submitted(COMPLIANT, "batri", "b")
    at.desk.cases.take(at["canbo"], 1)
    client = browser("canbo")
    for asked, shown in (
        ("", 4),
        ("?state=submitted", 3),
        ("?mine=1", 1),
        ("?rule=TD302", 3),
        ("?rule=khong", 0),
        ("?older=1", 0),
        ("?older=x", 4),
    ):
        assert client.get(f"/cases{asked}").text.count('<th scope="row">') == shown, asked
    assert browser("batri").get("/cases").text.count('<th scope="row">') == 1


def test_rules_are_signed_one_by_one(at: Peopled, browser: Browser) -> None:
    client = browser("ralinh")
    page = client.get("/signing/ben-tre-2017/clause").text
    digest = re.findall(r'name="digest" value="(\w+)"', page)[0]
    assert sent(client, "/signing/ben-tre-2017/clause", item="D1", digest=digest, agrees="yes").status_code == 303
    assert sent(client, "/signing/ben-tre-2017/clause", item="D1", digest="0" * 64, agrees="yes").status_code == 409
    assert (
        sent(browser("canbo"), "/signing/ben-tre-2017/clause", item="D1", digest=digest, agrees="yes").status_code
        == 403
    )
    assert "đã đồng ý" in browser("kiemtra").get("/signing/ben-tre-2017/clause").text


def test_accounts_are_made_and_changed(at: Peopled, browser: Browser) -> None:
    client = browser("quantri")
    organisation = at.desk.accounts.all(None)[1][0].id
    made = sent(
        client,
        "/accounts",
        login="moi",
        full_name="Người Mới",
        role="office",
        organisation=str(organisation),
        password=PASSWORD,
    )
    assert made.status_code == 303, made.text
    short = sent(
        client,
        "/accounts",
        login="moi2",
        full_name="Hai",
        role="office",
        organisation=str(organisation),
        password="ngắn",
    )
    assert short.status_code == 422
    assert "Hai</textarea>" in short.text
    assert "ngắn" not in short.text
    changed = sent(client, "/accounts/change/moi", full_name="Đã Đổi", role="office", organisation=str(organisation))
    assert changed.status_code == 303
    assert not next(one for one in at.desk.accounts.all(None)[0] if one.login == "moi").active


def test_tokens_are_shown_once_and_passwords_changed_with_the_one_before(at: Peopled, browser: Browser) -> None:
    client = browser("canbo")
    made = sent(client, "/account/tokens", label="máy trạm", scope="read", days="30")
    [token] = re.findall(r"<pre tabindex=\"0\">([\w-]+)</pre>", made.text)
    assert at.desk.tokens.of_program(token).scopes == ("read",)
    assert token not in client.get("/account").text
    assert sent(client, "/account/password", before="sai", password="một câu hoàn toàn khác").status_code == 403
    assert sent(client, "/account/password", before=PASSWORD, password="một câu hoàn toàn khác").status_code == 303
    assert client.get("/cases").status_code == 401


@pytest.mark.process
def test_a_provider_signs_in_whom_it_knows(browser: Browser, served: Serving, provider: Provider) -> None:  # noqa: F811
    served.provider = Provider(provider.issuer, provider.client_id, provider.client_secret, f"{ADDRESS}/sign-in/back")
    client = browser("")
    assert "/sign-in/provider" in client.get("/sign-in").text
    gone = client.get("/sign-in/provider")
    address = gone.headers["location"]
    assert address.startswith(provider.issuer)
    answer = httpx.post(address, data={"sub": "s-1"}, follow_redirects=False).headers["location"]
    assert answer.startswith(f"{ADDRESS}/sign-in/back?")
    assert browser("").get(answer).status_code == 404  # another browser than the one that began
    back = client.get(answer)
    assert (back.status_code, back.headers["location"]) == (303, "/cases")
    assert client.get("/cases").status_code == 200
    assert client.get(answer).status_code == 404


def test_a_full_disk_and_a_database_that_is_away_lose_nothing_that_was_typed(
    at: Peopled, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, client = at.submitted(), browser("canbo")
    office = browser("phutuc")
    token, theirs = csrf(client), csrf(office)

    def full(_: bytes) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(at.desk.store.vault, "put", full)
        files = [
            ("csrf", (None, theirs)),
            ("key", (None, "k")),
            ("words", (None, "Lý do dài")),
            ("file", ("a.yaml", BREACHED)),
        ]
        got = office.post("/cases", files=files)
    assert (got.status_code, "Lý do dài</textarea>" in got.text) == (503, True)
    assert got.headers["retry-after"] == "60"

    @contextmanager
    def away() -> Iterator[None]:
        with _there():
            raise OperationalError("x", {}, Exception())
        yield

    with monkeypatch.context() as patched:
        patched.setattr(at.desk.store, "reading", away)
        files = [("csrf", (None, token)), ("words", (None, "Ý kiến dài"))]
        got = client.post(f"/cases/{case}/comments", files=files)
    assert (got.status_code, "Ý kiến dài</textarea>" in got.text) == (503, True)
    assert len(at.desk.cases.find_by_id(at["kiemtra"], case).events) == 1


def test_mail_that_is_due_is_sent_while_the_desk_is_served(
    at: Peopled, served: Serving, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent_by: list[Post] = []
    monkeypatch.setattr(at.desk, "deliver", lambda post: (sent_by.append(post), 1 / 0))
    monkeypatch.setattr(app_module, "_BETWEEN_POSTS", 0.01)
    served.post = Post("localhost", "ban@example.vn", ADDRESS)
    with TestClient(application(served), base_url=ADDRESS) as client:
        for _ in range(100):
            assert client.get("/sign-in").status_code == 200
            if len(sent_by) > 1:  # one time that fails keeps none of the next from being tried
                break
            time.sleep(0.05)
    assert sent_by[:2] == [served.post] * 2
