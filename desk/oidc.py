"""Sign-in by a provider of identities (OpenID Connect, code flow with PKCE), where a province has one.

`begin` says where to send a browser, and what to remember of it; `finish` takes what the provider sends back, and says who it
is. Every answer of the provider is checked: issuer, audience, nonce, time and signature.
"""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from joserfc import jwk, jwt
from joserfc.errors import JoseError

from ..engine.base.record import Record
from ..engine.base.text import Text
from .refused import Refused

_SECONDS: Final = 10
_LARGEST: Final = 2**20
_ALGORITHMS: Final = ["RS256", "PS256", "ES256"]
_LEEWAY: Final = 60
_HERE: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Provider(Record):
    """A provider: its `issuer` (https; http only on this machine), and what this desk is called there. `callback` is the address
    at the desk to which it sends browsers back."""

    issuer: str
    client_id: str
    client_secret: str
    callback: str


class Begun(Record):
    """A sign-in under way: where the browser goes (`address`); the rest is kept for it at the desk until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


class Identity(Record):
    """Whom the provider vouches for: a `subject` that never changes, and an address, if it says that it has verified that."""

    subject: str
    address: str | None


def begin_sign_in(provider: Provider) -> Begun:
    """Begin a sign-in. Raises Refused where the provider can't be reached, or is none."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    address: str = prepare_grant_uri(
        _known(provider)["authorization_endpoint"],
        client_id=provider.client_id,
        response_type="code",
        redirect_uri=provider.callback,
        scope="openid email",
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
    )
    return Begun(address, state, nonce, verifier)


def finish(provider: Provider, begun: Begun, answer: Mapping[str, str]) -> Identity:
    """Who has signed in, from the query with which the browser came back. Raises Refused for whatever is not as it must be."""
    if not secrets.compare_digest(answer.get("state", "").encode(), begun.state.encode()):
        raise _failed("state")
    if "code" not in answer:
        raise _failed(answer.get("error", "code")[:80])
    known = _known(provider)
    asked = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": provider.callback,
        "client_id": provider.client_id,
        "client_secret": provider.client_secret,
        "code_verifier": begun.verifier,
    }
    tokens = _asked(known["token_endpoint"], provider, urlencode(asked).encode())
    try:
        keys = jwk.KeySet.import_key_set(_asked(known["jwks_uri"], provider))  # type: ignore[arg-type]
        token = jwt.decode(str(tokens["id_token"]), keys, algorithms=_ALGORITHMS)
        claims = CodeIDToken(
            token.claims,
            token.header,
            {
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
                "exp": {"essential": True},
                "sub": {"essential": True},
            },
            {"nonce": begun.nonce, "client_id": provider.client_id},
        )
        claims.validate(leeway=_LEEWAY)
    except (JoseError, AuthlibBaseError, KeyError, ValueError, TypeError) as error:
        raise _failed(type(error).__name__) from None
    verified = claims.get("email_verified") is True
    address = claims.get("email")
    return Identity(str(claims["sub"]), address if verified and isinstance(address, str) else None)


def _known(provider: Provider) -> dict[str, str]:
    """What the provider says of itself. Raises Refused where that is not of this issuer."""
    found = _asked(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration", provider)
    if found.get("issuer") != provider.issuer:
        raise _failed("issuer")
    names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
    if not all(isinstance(found.get(name), str) and _encrypted(found[name], provider) for name in names):
        raise _failed("configuration")
    return {name: found[name] for name in names}


def _encrypted(address: str, provider: Provider) -> bool:
    """Whether an address is one of https; of a provider on this machine, and no other, also one of http there."""
    here, there = urlsplit(provider.issuer), urlsplit(address)
    local = here.scheme == there.scheme == "http" and {here.hostname, there.hostname} <= _HERE
    return there.scheme == "https" or local


def _asked(address: str, provider: Provider, form: bytes | None = None) -> dict[str, Any]:
    """The JSON object at an address. Raises Refused."""
    if not _encrypted(address, provider):
        raise _failed("https")
    request = urllib.request.Request(address, form, {"Accept": "application/json"})  # noqa: S310 (checked above)
    try:
        with _OPENER.open(request, timeout=_SECONDS) as answer:
            found = json.loads(answer.read(_LARGEST))
    except (OSError, HTTPException, ValueError, RecursionError) as error:
        raise _failed(type(error).__name__) from None
    if not isinstance(found, dict):
        raise _failed("JSON")
    return found


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A provider answers where it says that it does; secrets are sent nowhere else."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


_OPENER: Final = urllib.request.build_opener(_NoRedirects())


def _failed(what: str) -> Refused:
    return Refused(
        "unauthenticated",
        Text(
            f"Đăng nhập qua nhà cung cấp định danh không thành công ({what})",
            f"Sign-in by the provider failed ({what})",
        ),
        Text(
            "Thử lại từ trang đăng nhập; nếu vẫn gặp, đăng nhập bằng mật khẩu hoặc báo người quản trị",
            "Try again from the page of sign-in; if it persists, use a password, or tell the administrator",
        ),
    )
