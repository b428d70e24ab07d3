"""The pages on which readers agree with the rules, or question them, one thing at a time."""

from typing import Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from ...engine.assurance.scenarios.agreement import KINDS
from .serving import serving
from .visitor import Visitor, desk_of, done, typed, visitor

router: Final = APIRouter(include_in_schema=False)


@router.get("/signing")
async def first(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """The first pack that judges here."""
    [first, *_] = await done(desk_of(request).rules.directives)
    return await signing(request, first, "clause", who)


@router.get("/signing/{directive}/{kind}")
async def signing(
    request: Request,
    directive: str,
    kind: str,
    who: Visitor = Depends(visitor),  # noqa: B008
) -> Response:
    """The things of one kind in a pack, with what was said of each as it is written now."""
    signed, pack = (
        await done(desk_of(request).rules.signed, who.actor, directive),
        serving(request).packs.get(directive),
    )
    counts = {
        name: (
            sum(one.agreed for item, one in signed if item.kind == name),
            sum(item.kind == name for item, _ in signed),
        )
        for name in KINDS
    }
    return serving(request).page(
        request, "signing.html", directive=directive, kind=kind, kinds=KINDS, counts=counts,
        directives=await done(desk_of(request).rules.directives), signed=[(item, one) for item, one in signed if item.kind == kind],
        signs="reader" in who.roles, title=pack and pack.directive.title,
    )  # fmt: skip


@router.post("/signing/{directive}/{kind}")
async def sign(request: Request, directive: str, kind: str, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Agree with a thing, or question it."""
    await done(
        desk_of(request).rules.sign,
        who.actor, directive, kind, typed(request, "item"), typed(request, "digest"), typed(request, "agrees") == "yes",
        typed(request, "words"),
    )  # fmt: skip
    return RedirectResponse(f"/signing/{directive}/{kind}#i{typed(request, 'digest')[:12]}", 303)
