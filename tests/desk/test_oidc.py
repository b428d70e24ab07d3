"""Sign-in by a provider that runs as a process of its own, and what is refused of it."""

import json
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwk, jwt

from tests.desk.desks import Peopled
from thamdinh.desk import oidc
from thamdinh.desk.oidc import Begun, Identity, Provider, begin_sign_in, finish
from thamdinh.desk.refused import Refused

CALLBACK: Final = "https://ban.example.vn/oidc"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider in a process, with two people: the address of one is verified."""
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = [
        {"sub": "s-1", "email": "canbo@example.vn", "email_verified": True},
        {"sub": "s-2", "email": "phutuc@example.vn"},
    ]
    line = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    line += [word for one in people for word in ("--user-claims", json.dumps(one))]
    running = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{issuer}/.well-known/openid-configuration").close()
                break
            except OSError:
                time.sleep(0.1)
        yield Provider(issuer, "ban", "bí mật", CALLBACK)
    finally:
        running.kill()
        running.wait()


def answered(begun: Begun, subject: str) -> dict[str, str]:
    """What the browser of the person comes back with."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any, **__: Any) -> None:
            return None

    form = urlencode({"sub": subject}).encode()
    try:
        urllib.request.build_opener(Stay()).open(begun.address, form)
    except urllib.error.HTTPError as redirect:
        where = redirect.headers["Location"]
        assert where.startswith(CALLBACK)
        return {name: values[0] for name, values in parse_qs(urlsplit(where).query).items()}
    raise AssertionError("the provider sent nobody back")


@pytest.mark.process
def test_who_has_signed_in_at_the_provider_is_known_at_the_desk(at: Peopled, provider: Provider) -> None:
    begun = begin_sign_in(provider)
    identity = finish(provider, begun, answered(begun, "s-1"))
    assert identity == Identity("s-1", "canbo@example.vn")
    assert at.desk.sessions.sign_in_as(identity.subject, identity.address).actor == at["canbo"]
    begun = begin_sign_in(provider)
    assert finish(provider, begun, answered(begun, "s-2")) == Identity("s-2", None)


@pytest.mark.process
def test_an_answer_of_another_sign_in_is_refused(provider: Provider) -> None:
    first, second = begin_sign_in(provider), begin_sign_in(provider)
    answer = answered(first, "s-1")
    for begun in (second, Begun(first.address, second.state, first.nonce, first.verifier)):
        with pytest.raises(Refused, match="state"):
            finish(provider, begun, answer)
    begun = begin_sign_in(provider)
    with pytest.raises(Refused):
        finish(provider, Begun(begun.address, begun.state, first.nonce, begun.verifier), answered(begun, "s-1"))


@pytest.mark.process
def test_a_code_is_good_once_and_errors_are_told(provider: Provider) -> None:
    begun = begin_sign_in(provider)
    answer = answered(begun, "s-1")
    finish(provider, begun, answer)
    with pytest.raises(Refused):
        finish(provider, begun, answer)
    with pytest.raises(Refused, match="access_denied"):
        finish(provider, begun, {"state": begun.state, "error": "access_denied"})


class Forger:
    """A provider that says what it likes."""

    def __init__(self) -> None:
        self.key, self.other = jwk.RSAKey.generate_key(2048), jwk.RSAKey.generate_key(2048)
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256"}
        self.signer: Any = self.key
        self.said: dict[str, Any] = {}
        self.asked: dict[str, str] = {}
        forger = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()
                self.wfile.write(json.dumps(forger.answer(self.path)).encode())

            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                forger.asked = {name: values[0] for name, values in parse_qs(form).items()}
                self.do_GET()

            def log_message(self, *_: Any) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, path: str) -> dict[str, Any]:
        if path.startswith("/.well-known"):
            parts = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            return {"issuer": self.issuer, **{name: f"{self.issuer}/{name}" for name in parts}} | self.said
        if path == "/jwks_uri":
            return {"keys": [self.key.as_dict(private=False)]}
        return {
            "access_token": "x",
            "id_token": jwt.encode(self.header, self.claims, self.signer, algorithms=["RS256", "HS256"]),
        }


@pytest.fixture(scope="module")
def forger() -> Iterator[Forger]:
    made = Forger()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


GOOD: Final = "as it must be"


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({}, GOOD),
        ({"iss": "https://other.example"}, "issuer"),
        ({"aud": "somebody else"}, "audience"),
        ({"aud": ["ban", "other"], "azp": "other"}, "for another party"),
        ({"nonce": "another"}, "nonce"),
        ({"nonce": None}, "without nonce"),
        ({"exp": 1_000_000_000}, "over"),
        ({"exp": None}, "without end"),
        ({"sub": None}, "nobody"),
        ({"iat": 10_000_000_000}, "of the future"),
    ],
)
def test_only_a_token_for_this_sign_in_is_taken(forger: Forger, change: dict[str, Any], what: str) -> None:
    provider = Provider(forger.issuer, "ban", "", CALLBACK)
    begun, now = begin_sign_in(provider), int(time.time())
    claims = {
        "iss": forger.issuer,
        "aud": "ban",
        "sub": "s",
        "nonce": begun.nonce,
        "iat": now,
        "exp": now + 60,
    } | change
    forger.claims = {name: value for name, value in claims.items() if value is not None}
    answer = {"state": begun.state, "code": "c"}
    if what == GOOD:
        assert finish(provider, begun, answer) == Identity("s", None)
        challenge = parse_qs(urlsplit(begun.address).query)["code_challenge"][0]
        assert create_s256_code_challenge(forger.asked["code_verifier"]) == challenge
        return
    with pytest.raises(Refused):
        finish(provider, begun, answer)


@pytest.mark.parametrize("signed", ["by another key", "by the secret that everybody knows"])
def test_a_token_that_the_provider_has_not_signed_is_refused(forger: Forger, signed: str) -> None:
    provider = Provider(forger.issuer, "ban", "", CALLBACK)
    begun, now = begin_sign_in(provider), int(time.time())
    forger.claims = {"iss": forger.issuer, "aud": "ban", "sub": "s", "nonce": begun.nonce, "iat": now, "exp": now + 60}
    forger.signer = forger.other
    if signed != "by another key":
        forger.signer, forger.header = jwk.OctKey.import_key("ban" * 20), {"alg": "HS256"}
    try:
        with pytest.raises(Refused):
            finish(provider, begun, {"state": begun.state, "code": "c"})
    finally:
        forger.signer, forger.header = forger.key, {"alg": "RS256"}


@pytest.mark.long
def test_a_provider_of_another_issuer_or_without_encryption_is_refused(forger: Forger) -> None:
    with pytest.raises(Refused, match="https"):
        begin_sign_in(Provider("http://provider.example.vn", "ban", "", CALLBACK))
    with pytest.raises(Refused, match="issuer"):
        begin_sign_in(Provider(f"{forger.issuer}/", "ban", "", CALLBACK))
    with pytest.raises(Refused):
        begin_sign_in(Provider("http://127.0.0.1:1", "ban", "", CALLBACK))


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize("issuer", ["https://dangnhap.example.vn", "http://localhost:81"])
@pytest.mark.parametrize(
    "address",
    ["http://elsewhere.example/x", "http://127.0.0.1:5432/", "file:///etc/passwd", "javascript:alert(1)", "//x"],
)
def test_a_provider_leads_to_no_address_but_its_kind(
    monkeypatch: pytest.MonkeyPatch, issuer: str, name: str, address: str
) -> None:
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    said = {"issuer": issuer, **{one: f"{issuer}/{one}" for one in names}, name: address}
    monkeypatch.setattr(oidc, "_asked", lambda *_: said)
    if (issuer, address) == ("http://localhost:81", "http://127.0.0.1:5432/"):  # both on this machine, as in tests
        begin_sign_in(Provider(issuer, "ban", "", CALLBACK))
        return
    with pytest.raises(Refused, match="configuration"):
        begin_sign_in(Provider(issuer, "ban", "", CALLBACK))
