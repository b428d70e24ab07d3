"""Signing in and out, and one's own account: password and tokens for programs."""

from dataclasses import replace
from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from ...engine.base.text import Text
from ..oidc import begin_sign_in, finish
from ..permissions import SCOPES
from ..refused import Refused
from ..second_factor import address_of, new_secret, picture_of
from .refusal import Refusal
from .serving import serving
from .uploads import form
from .visitor import AGAIN, Number, Visitor, desk_of, done, keep_cookie, origin, refusal_of, typed, visitor

router: Final = APIRouter(include_in_schema=False)
_HERE: Final = "/cases"
_BEGUN: Final = "-begun"
"""How the cookie ends by which a browser is known again that comes back from a provider."""
_MOST_BEGUN: Final = 1_000
_SIGNED_IN: Final = Text("Đã đăng nhập lại. Xem lại nội dung rồi gửi.", "Signed in again. Look at it, and send it.")


@router.get("/sign-in")
async def ask(request: Request, to: str = _HERE) -> Response:
    """Where login and password are typed."""
    return sign_in_page(request, to, {})


def sign_in_page(request: Request, to: str, kept: dict[str, str], status: int = 200, **values: Any) -> Response:
    """The page to sign in, which carries along what was typed elsewhere."""
    values = {"refused": None, "login": "", "provider": serving(request).provider is not None, **values}
    return serving(request).page(request, "sign_in.html", status, to=_own(to), kept=kept, again=AGAIN, **values)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Sign in, and go on to where one wanted to go, or to the form that was being filled in."""
    served = serving(request)
    served.attempts.take(origin(request))
    with served.room.for_request(request):
        request.state.sent = sent = await form(request)
    to, kept = _own(typed(request, "to")), {}
    for name, value in sent.multi_items():
        if name.startswith(AGAIN) and isinstance(value, str):
            kept[name.removeprefix(AGAIN)] = value
    login = typed(request, "login")
    try:
        signed_in = await done(
            desk_of(request).sessions.sign_in,
            login,
            typed(request, "password"),
            typed(request, "code"),
            origin(request),
        )
    except Refused as refused:
        said = refusal_of(refused)
        return sign_in_page(request, to, kept, said.status, refused=said, login=login)
    before = request.cookies.get(served.cookie)
    if before:
        await done(desk_of(request).sessions.sign_out, before)
    if kept:
        made: Response = served.page(
            request,
            "again.html",
            to=to,
            leave=_HERE,
            fields=kept,
            detail=_SIGNED_IN,
            title=_SIGNED_IN,
            csrf=signed_in.csrf,
        )
    else:
        made = RedirectResponse("/account" if signed_in.must_enrol else to, 303)
    keep_cookie(made, served, signed_in.token)
    return made


@router.get("/sign-in/provider")
async def by_provider(request: Request) -> Response:
    """On to the provider of sign-in; the browser is known again by a cookie when it comes back."""
    served = serving(request)
    served.attempts.take(origin(request))
    if served.provider is None:
        raise _no_provider()
    begun = await done(begin_sign_in, served.provider)
    served.begun[begun.state] = begun
    while len(served.begun) > _MOST_BEGUN:
        served.begun.pop(next(iter(served.begun)))
    made = RedirectResponse(begun.address, 303)
    keep_cookie(made, served, begun.state, _BEGUN)
    return made


@router.get("/sign-in/back")
async def back(request: Request) -> Response:
    """Sign in whom the provider vouches for."""
    served = serving(request)
    begun = served.begun.pop(request.cookies.get(served.cookie + _BEGUN, ""), None)
    if served.provider is None or begun is None:
        raise _no_provider()
    identity = await done(finish, served.provider, begun, request.query_params)
    signed_in = await done(desk_of(request).sessions.sign_in_as, identity.subject, identity.address, origin(request))
    made = RedirectResponse(_HERE, 303)
    keep_cookie(made, served, None, _BEGUN)
    keep_cookie(made, served, signed_in.token)
    return made


def _no_provider() -> Refusal:
    return Refusal(404, Text("Đăng nhập lại từ trang đăng nhập.", "Sign in again from the page to sign in."))


@router.post("/sign-out")
async def sign_out(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008 (FastAPI's way)
    """Forget the browser."""
    await done(desk_of(request).sessions.sign_out, who.signed_in.token)
    made = RedirectResponse("/sign-in", 303)
    keep_cookie(made, serving(request), None)
    return made


@router.get("/account")
async def account(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """One's own account."""
    return await _account(request, who)


async def _account(request: Request, who: Visitor, **values: Any) -> Response:
    tokens = await done(desk_of(request).tokens.tokens, who.actor)
    values = {"token": "", "secret": "", "codes": (), "must_enrol": who.signed_in.must_enrol, **values}
    return serving(request).page(request, "account.html", account=who.account, tokens=tokens, scopes=SCOPES, **values)


@router.post("/account/second-factor")
async def begin_second_factor(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """A secret for an app on a phone; it is kept once a code shows that the app has it."""
    secret = new_secret()
    address = address_of(secret, who.account.login)
    return await _account(request, who, secret=secret, address=address, picture=picture_of(address))


@router.post("/account/second-factor/enable")
async def enable_second_factor(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Sign in with a second factor from now on; the codes that stand in for it are shown once."""
    given = typed(request, "before"), typed(request, "secret"), typed(request, "code")
    codes = await done(desk_of(request).sessions.enable_second_factor, who.actor, *given)
    account = await done(desk_of(request).accounts.me, who.actor)
    return await _account(request, replace(who, account=account), codes=codes, must_enrol=False)


@router.post("/account/second-factor/drop")
async def drop_second_factor(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Sign in by password alone again, or by another second factor."""
    await done(desk_of(request).sessions.drop_second_factor, who.actor, typed(request, "before"))
    return RedirectResponse("/account", 303)


@router.post("/account/password")
async def change_password(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Another password; every browser, this one too, has to sign in again."""
    await done(
        desk_of(request).sessions.change_password, who.actor, typed(request, "before"), typed(request, "password")
    )
    made = RedirectResponse("/sign-in", 303)
    keep_cookie(made, serving(request), None)
    return made


@router.post("/account/tokens")
async def add_token(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """A token for a program, which is shown once."""
    scopes = [scope for scope in SCOPES if scope in request.state.sent.getlist("scope")]
    days = typed(request, "days")
    token, _ = await done(
        desk_of(request).tokens.add_token,
        who.actor,
        typed(request, "label"),
        scopes,
        int(days) if days.isdecimal() and len(days) < 5 else 0,
    )
    return await _account(request, who, token=token)


@router.post("/account/tokens/{token_id}/revoke")
async def revoke_token(request: Request, token_id: Number, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """End a token."""
    await done(desk_of(request).tokens.revoke_token, who.actor, token_id)
    return RedirectResponse("/account", 303)


def _own(to: str) -> str:
    """Where to go on to: a page of this server and no other."""
    plain = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() and "\\" not in to
    return to if plain else _HERE
