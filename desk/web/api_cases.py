"""The API of a desk (version 1): cases, their versions, and decisions, for programs that an account gave a token."""

import datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from ..listing import MOST, PAGE
from ..model import Case, Version
from ..permissions import Actor
from ..view import View
from .api import FILE, JSON_TYPE, PREFIX, refusals
from .case_pages import decided, wanted_of
from .serving import serving
from .uploads import file_in, files_alone, form
from .visitor import Asked, Number, desk_of, done, program

router: Final = APIRouter(prefix=PREFIX, responses=refusals(400, 401, 403, 404, 409, 421, 422, 429, 503))

Program = Annotated[Actor, Depends(program)]
Key = Annotated[str, Header(alias="Idempotency-Key", min_length=1, max_length=200, pattern=r"^[!-~]+$")]
"""Chosen by the program: what is sent twice with the same key is recorded once."""


class CaseTold(BaseModel):
    """A case as lists have it."""

    id: int
    title: str
    organisation: str
    district: str | None
    kind: str | None
    state: str
    status: str
    errors: int
    warnings: int
    version: int
    proposal: str | None
    changed: datetime.datetime


class VersionTold(BaseModel):
    """A file of a case and what was found of it; `file` and `pack` are digests (SHA-256)."""

    case: int
    number: int
    name: str
    file: str
    status: str
    directive: str
    pack: str
    program: str
    submitted: datetime.datetime


class CaseWhole(CaseTold):
    """A case with its versions, and what the account may do with it now."""

    versions: list[VersionTold]
    may: list[str]


class CasePage(BaseModel):
    """Some cases, the latest changed first; `after` asks for the next page."""

    cases: list[CaseTold]
    after: str | None


class Decision(BaseModel):
    """What is decided on a case."""

    case: Annotated[int, Field(ge=1, le=2**31 - 1)]
    action: Literal["take", "request_changes", "propose_acceptance", "propose_return", "accept", "return", "withdraw"]
    words: str = ""


class Decided(BaseModel):
    """How a case stands after a decision; a token that may decide need not be one that may read."""

    case: int
    state: str
    proposal: str | None
    version: int


@router.get("/cases")
async def cases(
    request: Request,
    actor: Program,
    state: Asked | None = None,
    district: Asked | None = None,
    kind: Asked | None = None,
    clause: Asked | None = None,
    rule: Asked | None = None,
    after: Asked | None = None,
    size: Annotated[int, Query(ge=1, le=MOST)] = PAGE,
) -> CasePage:
    """The cases that the account may see."""
    asked = {"state": state, "district": district, "kind": kind, "clause": clause, "rule": rule}
    page = await done(desk_of(request).listing.page, actor, wanted_of(asked.get), after, size)
    return CasePage(
        cases=[CaseTold(**_told(case, page.names[case.organisation_id])) for case in page.cases], after=page.after
    )


@router.post("/cases", status_code=201, response_model=VersionTold, responses=refusals(413, 415), openapi_extra=FILE)
async def submit(request: Request, actor: Program, key: Key, title: Asked = "", words: Asked = "") -> Response:
    """Submit a plan as a new case: one file, as multipart/form-data."""
    return await _submitted(request, actor, key, title, words, None)


@router.get("/cases/{case_id}")
async def case(request: Request, actor: Program, case_id: Number) -> CaseWhole:
    """A case."""
    return _whole(await done(desk_of(request).cases.find_by_id, actor, case_id))


@router.post(
    "/cases/{case_id}/versions",
    status_code=201,
    response_model=VersionTold,
    responses=refusals(413, 415),
    openapi_extra=FILE,
)
async def submit_again(request: Request, actor: Program, case_id: Number, key: Key, words: Asked = "") -> Response:
    """Submit a corrected version of a case."""
    return await _submitted(request, actor, key, "", words, case_id)


@router.get("/cases/{case_id}/versions/{number}", responses={200: {"content": {JSON_TYPE: {}}}})
async def verdict(request: Request, actor: Program, case_id: Number, number: Number) -> Response:
    """The JSON verdict (schema 1) of a version, as it was recorded."""
    return Response(await done(desk_of(request).cases.verdict, actor, case_id, number), media_type=JSON_TYPE)


@router.post("/decisions")
async def decide(request: Request, actor: Program, decision: Decision) -> Decided:
    """Take a case, ask for changes, propose, accept, return or withdraw."""
    made = await decided(request, actor, decision.case, decision.action, decision.words)
    return Decided(case=made.id, state=made.state, proposal=made.proposal, version=made.version)


async def _submitted(request: Request, actor: Actor, key: str, title: str, words: str, case_id: int | None) -> Response:
    served = serving(request)
    served.uploads.take(str(actor.account_id))
    with served.room.for_request(request):
        source = await file_in(files_alone(await form(request)))
        version = await done(
            desk_of(request).cases.submit, actor, source.name, source.content or b"", key, words, title, case_id
        )
    return JSONResponse(VersionTold(**_version(version)).model_dump(mode="json"), 201)


def _whole(view: View) -> CaseWhole:
    versions = [VersionTold(**_version(one)) for one in view.versions]
    return CaseWhole(**_told(view.case, view.organisation.name), versions=versions, may=[*view.may])


def _told(case: Case, organisation: str) -> dict[str, Any]:
    return {"organisation": organisation} | {
        name: getattr(case, name) for name in CaseTold.model_fields if name != "organisation"
    }


def _version(version: Version) -> dict[str, Any]:
    return {"case": version.case_id} | {
        name: getattr(version, name) for name in VersionTold.model_fields if name != "case"
    }
