"""The pages on which readers agree with the rules, or question them, one thing at a time."""

from typing import Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from ..sign_off import KINDS
from ..verification import instant_in_words
from .serving import serving
from .visitor import Visitor, desk_of, done, typed, visitor

router: Final = APIRouter(include_in_schema=False)


@router.get("/signing")
async def first(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """The first pack that judges here."""
    return await signing(request, desk_of(request).rules.directives()[0], "clause", who)


@router.get("/signing/{directive}/{kind}")
async def signing(
    request: Request,
    directive: str,
    kind: str,
    who: Visitor = Depends(visitor),  # noqa: B008
) -> Response:
    """The things of one kind in a pack, with what was said of each as it is written now."""
    signed, names = await done(desk_of(request).rules.signed, who.actor, directive)
    counts = {
        name: (sum(one.agreed for one in signed if one.item.kind == name), sum(one.item.kind == name for one in signed))
        for name in KINDS
    }
    return serving(request).page(
        request, "signing.html", directive=directive, kind=kind, kinds=KINDS, counts=counts, names=names,
        directives=desk_of(request).rules.directives(), signed=[one for one in signed if one.item.kind == kind],
        signs="reader" in who.roles, when=instant_in_words,
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
