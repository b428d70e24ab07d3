"""Who visits the desk: browsers by cookie, programs by token; what they typed is never lost with their session."""

import asyncio
import base64
import hmac
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

from fastapi import Path, Query, Request
from fastapi.responses import Response
from starlette.datastructures import FormData, UploadFile

from ...engine.base.record import Record
from ...engine.base.text import Text
from ..refused import Refused
from .jobs import MOST_CARRIED
from .refusal import Refusal
from .serving import Serving, serving
from .uploads import form

if TYPE_CHECKING:  # A server without a desk needs no database.
    from ..desk import Desk
    from ..model import Account
    from ..permissions import Actor
    from ..sessions import SignIn

Outcome = TypeVar("Outcome")

_LAST: Final = 2**31 - 1
"""No database has a row beyond it."""
Number = Annotated[int, Path(ge=1, le=_LAST)]
"""A number in an address, of a row."""
_TEXT: Final = r"^[^\x00]*$"
"""What every database takes for a text."""
Asked = Annotated[str, Query(pattern=_TEXT)]
Code = Annotated[str, Path(pattern=_TEXT)]
AskedNumber = Annotated[int | None, Query(ge=1, le=_LAST)]
CSRF: Final = "csrf"
_SECRETS: Final = frozenset({"password", "before", "code"})
"""What is typed again rather than carried along."""
AGAIN: Final = "again"
"""How hidden fields begin that carry what was typed past a sign-in."""
STATUSES: Final = {
    "unauthenticated": 401,
    "forbidden": 403,
    "missing": 404,
    "conflict": 409,
    "invalid": 422,
    "too_many": 429,
    "away": 503,
}
"""The status of HTTP for each kind of what the desk refuses."""
_OTHER_FORM: Final = Text(
    "Biểu mẫu này không thuộc lần đăng nhập hiện tại. Nội dung đã nhập còn đây: xem lại rồi gửi.",
    "This form is not of the present sign-in. What was typed is here: look at it and send it.",
)


class Visitor(Record):
    """A browser that is signed in, and its account."""

    signed_in: "SignIn"
    account: "Account"

    @property
    def actor(self) -> "Actor":
        return self.signed_in.actor

    @property
    def roles(self) -> list[str]:
        return self.account.roles


def desk_of(request: Request) -> "Desk":
    """The desk that is served."""
    desk = serving(request).desk
    assert desk is not None
    return desk


def origin(request: Request) -> str:
    """From where a request comes: an address of the network."""
    return request.client.host if request.client else ""


async def visitor(request: Request) -> Visitor:
    """Who visits. What a form holds is read first, so that it can be shown again. Raises Refused and Refusal."""
    if request.method == "POST":
        with serving(request).room.for_request(request):
            request.state.sent = await form(request)
    request.state.visitor = found = await asyncio.to_thread(_visitor, request)
    if request.method == "POST" and not hmac.compare_digest(
        typed(request, CSRF).encode(), found.signed_in.csrf.encode()
    ):
        raise Refusal(403, _OTHER_FORM)
    return found


async def visitor_if_there_is_a_desk(request: Request) -> None:
    """Raises Refused where pages are for those who are signed in, and nobody is."""
    if serving(request).desk is not None:
        request.state.visitor = await asyncio.to_thread(_visitor, request)


def _unknown() -> Refused:
    from ..accounts import unknown

    return unknown()


def _visitor(request: Request) -> Visitor:
    desk = desk_of(request)
    token = request.cookies.get(serving(request).cookie)
    if not token:
        raise _unknown()
    signed_in = desk.sessions.of_browser(token)
    serving(request).pages.take(str(signed_in.actor.account_id))
    if (
        signed_in.must_enrol
        and not request.url.path.startswith(("/account/", "/sign-out"))
        and request.url.path != "/account"
    ):
        from ..accounts import enrol_first

        raise enrol_first()
    return Visitor(signed_in, desk.accounts.me(signed_in.actor))


async def program(request: Request) -> Any:
    """Who has given a program its token; None where there is no desk, which needs none. Raises Refused."""
    if serving(request).desk is None:
        return None
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise _unknown()
    actor = await asyncio.to_thread(desk_of(request).tokens.of_program, token.strip())
    serving(request).pages.take(str(actor.account_id))
    return actor


def typed(request: Request, name: str) -> str:
    """What was typed into a field; empty where there is none."""
    value = request.state.sent.get(name, "")
    return value if isinstance(value, str) else ""


async def kept_of(sent: FormData) -> dict[str, str]:
    """All that was typed and chosen, as the fields of another form; a file that is not too large as text, secrets left empty."""
    fields = {
        name: "" if name in _SECRETS else value
        for name, value in sent.multi_items()
        if isinstance(value, str) and name != CSRF and not name.startswith(AGAIN)
    }
    file = sent.get("file")
    if isinstance(file, UploadFile) and file.filename and (file.size or 0) <= MOST_CARRIED:
        await file.seek(0)
        fields |= {"name": file.filename, "content": base64.b64encode(await file.read()).decode()}
    return fields


async def done(act: Callable[..., Outcome], *arguments: Any, **named: Any) -> Outcome:
    """What an operation of the desk gives; it waits for disks and databases, so a thread does it."""
    return await asyncio.to_thread(act, *arguments, **named)


def refusal_of(refused: Refused) -> Refusal:
    """What the desk refused, as the web says it."""
    detail = Text(f"{refused.message.vi}. {refused.fix.vi}.", f"{refused.message.en}. {refused.fix.en}.")
    return Refusal(STATUSES[refused.kind], detail, again=refused.seconds or None)


def keep_cookie(response: Response, served: Serving, token: str | None, ending: str = "") -> None:
    """Give a browser its token, or take it away; `ending`: of another cookie's name."""
    if token is None:
        response.delete_cookie(served.cookie + ending, path="/", secure=served.secure, httponly=True, samesite="lax")
    else:
        response.set_cookie(
            served.cookie + ending, token, path="/", secure=served.secure, httponly=True, samesite="lax"
        )
