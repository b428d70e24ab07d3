"""The administrator's pages: accounts, organisations, how long cases are kept. No plan is seen here."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from ...engine.base.text import Text
from ...engine.model.document_types import description
from ..sessions import ATTEMPTS
from ..verification import instant_in_words
from ..vocabulary import ROLES
from .serving import serving
from .visitor import AskedNumber, Visitor, desk_of, done, typed, visitor

router: Final = APIRouter(include_in_schema=False)
_RESULTS: Final = {
    "password": Text("đã đăng nhập bằng mật khẩu", "signed in by password"),
    "provider": Text("đăng nhập qua hệ thống của tỉnh", "came from the provider"),
    "wrong": Text("sai tên đăng nhập hoặc mật khẩu", "wrong login or password"),
    "wrong_code": Text("đúng mật khẩu, sai hoặc thiếu mã xác thực", "right password, wrong or no code"),
    "waiting": Text("bị chặn tạm vì sai nhiều lần", "had to wait after failures"),
}
"""What came of a sign-in that was tried."""
_HERE: Final = "/accounts"


@router.get("/accounts")
async def accounts(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """All accounts and organisations."""
    desk = desk_of(request)
    people, organisations = await done(desk.accounts.all, who.actor)
    kinds = description().kinds
    return serving(request).page(
        request, "accounts.html", people=people, all_roles=ROLES, organisations={one.id: one for one in organisations},
        kinds=kinds.members if kinds else (), days=await done(desk.accounts.retention),
        demanded=await done(desk.accounts.second_factor_demanded),
    )  # fmt: skip


@router.post("/accounts")
async def add(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Make an account."""
    await done(
        desk_of(request).accounts.add,
        who.actor, typed(request, "login"), typed(request, "full_name"), _roles(request),
        typed(request, "password") or None, _number(typed(request, "organisation")), typed(request, "address") or None,
    )  # fmt: skip
    return RedirectResponse(_HERE, 303)


@router.post("/accounts/change/{login}")
async def change(request: Request, login: str, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Change an account, close it or open it."""
    changes: dict[str, Any] = {
        "name": typed(request, "full_name"),
        "roles": _roles(request),
        "organisation_id": _number(typed(request, "organisation")),
        "address": typed(request, "address") or None,
        "active": typed(request, "active") == "yes",
    }
    if typed(request, "lost") == "yes":
        changes["totp"] = None
    await done(desk_of(request).accounts.change, who.actor, login, **changes)
    if typed(request, "password"):
        await done(desk_of(request).accounts.set_password, who.actor, login, typed(request, "password"))
    return RedirectResponse(_HERE, 303)


@router.post("/accounts/organisations")
async def add_organisation(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Make an organisation."""
    given = typed(request, "organisation_name"), typed(request, "district"), typed(request, "kind")
    await done(desk_of(request).accounts.add_organisation, who.actor, *given)
    return RedirectResponse(_HERE, 303)


@router.post("/accounts/retention")
async def retention(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """For how many days cases are kept after they were closed."""
    await done(desk_of(request).accounts.set_retention, who.actor, _number(typed(request, "days")) or 0)
    return RedirectResponse(_HERE, 303)


@router.post("/accounts/policy")
async def policy(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Which roles sign in with a second factor only."""
    await done(desk_of(request).accounts.demand_second_factor, who.actor, _roles(request))
    return RedirectResponse(_HERE, 303)


@router.get("/sign-ins")
async def attempts(request: Request, before: AskedNumber = None, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Who signed in or tried to, when and from where; for administrators and auditors."""
    found = await done(desk_of(request).sessions.attempts, who.actor, before)
    return serving(request).page(
        request, "sign_ins.html", attempts=found, results=_RESULTS, when=instant_in_words, more=len(found) == ATTEMPTS
    )


def _roles(request: Request) -> list[Any]:
    return [role for role in ROLES if role in request.state.sent.getlist("role")]


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() and len(written) < 8 else None
