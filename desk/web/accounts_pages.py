"""The administrator's pages: accounts, organisations, how long cases are kept. No plan is seen here."""

from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from ...engine.model.document_types import description
from ..vocabulary import ROLES
from .serving import serving
from .visitor import Visitor, desk_of, done, typed, visitor

router: Final = APIRouter(include_in_schema=False, prefix="/accounts")
_HERE: Final = "/accounts"


@router.get("")
async def accounts(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """All accounts and organisations."""
    desk = desk_of(request)
    people, organisations = await done(desk.accounts.all, who.actor)
    kinds = description().kinds
    return serving(request).page(
        request, "accounts.html", people=people, all_roles=ROLES, organisations={one.id: one for one in organisations},
        kinds=kinds.members if kinds else (), days=await done(desk.accounts.retention),
    )  # fmt: skip


@router.post("")
async def add(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Make an account."""
    await done(
        desk_of(request).accounts.add,
        who.actor, typed(request, "login"), typed(request, "full_name"), _roles(request),
        typed(request, "password") or None, _number(typed(request, "organisation")), typed(request, "address") or None,
    )  # fmt: skip
    return RedirectResponse(_HERE, 303)


@router.post("/change/{login}")
async def change(request: Request, login: str, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Change an account, close it or open it."""
    changes: dict[str, Any] = {
        "name": typed(request, "full_name"),
        "roles": _roles(request),
        "organisation_id": _number(typed(request, "organisation")),
        "address": typed(request, "address") or None,
        "active": typed(request, "active") == "yes",
    }
    await done(desk_of(request).accounts.change, who.actor, login, **changes)
    if typed(request, "password"):
        await done(desk_of(request).accounts.set_password, who.actor, login, typed(request, "password"))
    return RedirectResponse(_HERE, 303)


@router.post("/organisations")
async def add_organisation(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Make an organisation."""
    given = typed(request, "organisation_name"), typed(request, "district"), typed(request, "kind")
    await done(desk_of(request).accounts.add_organisation, who.actor, *given)
    return RedirectResponse(_HERE, 303)


@router.post("/retention")
async def retention(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """For how many days cases are kept after they were closed."""
    await done(desk_of(request).accounts.set_retention, who.actor, _number(typed(request, "days")) or 0)
    return RedirectResponse(_HERE, 303)


def _roles(request: Request) -> list[Any]:
    return [role for role in ROLES if role in request.state.sent.getlist("role")]


def _number(written: str) -> int | None:
    return int(written) if written.isdecimal() and len(written) < 8 else None
