"""The API (version 1): the JSON verdict on what is sent, the directives in force, and their rules. Nothing is kept."""

from functools import partial
from typing import Any, Final, Literal

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field

from ...engine.base.text import Language, Text
from ...engine.directive.describing import clause_of, rule_of, rule_title
from ...engine.directive.pack import Pack
from ...engine.directive.packs import in_force
from ...engine.documents.discover import InputFile
from ...engine.explain.pages import explain
from . import jobs
from .refusal import Refusal
from .serving import serving
from .uploads import MOST_FILES, content, files_alone, files_in, form, named
from .visitor import Asked, Code, program

PREFIX: Final = "/api/v1"
PROBLEM_TYPE: Final = "application/problem+json"
JSON_TYPE: Final = "application/json"
_NO_TYPE: Final = Text(
    "Gửi tệp bằng multipart/form-data (trường “file”), hoặc một văn bản bằng application/json.",
    "Send files as multipart/form-data (field “file”), or one document as application/json.",
)
_NO_RULE: Final = Text("Không có quy tắc hay điều khoản nào có mã này.", "No rule or clause has this code.")


class Words(BaseModel):
    """A text in Vietnamese and in English."""

    vi: str
    en: str


class ProblemTold(BaseModel):
    """What is wrong with a file, where, and how to mend it."""

    code: str
    message: Words
    fix: Words
    location: dict[str, str | int]


class ProblemDetails(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: Literal["about:blank"] = "about:blank"
    title: str
    status: int
    detail: str
    problems: list[ProblemTold] = Field(default_factory=list)


class PlanVerdict(BaseModel):
    """The verdict on one file."""

    file: str
    organization: str | None
    status: Literal["compliant", "non_compliant", "invalid"]
    findings: list[dict[str, Any]]
    not_applicable: list[dict[str, Any]]
    problems: list[dict[str, Any]]


class JsonVerdict(BaseModel):
    """The JSON verdict, schema 1, as `thamdinh lint --format json` writes it."""

    schema_: Literal[1] = Field(alias="schema")
    directive: str
    plans: list[PlanVerdict]
    settings: dict[str, Any]


class DirectiveInForce(BaseModel):
    """A rule pack that judges plans."""

    id: str
    version: str
    digest: str
    title: Words
    term: str
    valid_from: str
    valid_to: str
    rules: list[str]


class RuleExplained(BaseModel):
    """A rule or a clause, as `thamdinh explain` explains it."""

    code: str
    directive: str
    title: Words
    severity: str | None
    explanation: Words


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What the description of the API says of refusals with these statuses."""
    told = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return {status: {"description": Refusal(status, _NO_TYPE).title.en, "content": told} for status in statuses}


router: Final = APIRouter(prefix=PREFIX, responses=refusals(400, 401, 403, 421), dependencies=[Depends(program)])


def _form_of(most: int) -> dict[str, Any]:
    """A form with so many files, as the description of the API has it."""
    files = {"type": "array", "minItems": 1, "maxItems": most, "items": {"type": "string", "format": "binary"}}
    whole = {"type": "object", "required": ["file"], "properties": {"file": files}, "additionalProperties": False}
    return {"multipart/form-data": {"schema": whole}}


FILE: Final = {"requestBody": {"required": True, "content": _form_of(1)}}
"""What the description of the API says of a request with one file."""


@router.post(
    "/verdicts",
    response_model=JsonVerdict,
    responses=refusals(413, 415, 422, 429, 503),
    openapi_extra={"requestBody": {"required": True, "content": _form_of(MOST_FILES) | {JSON_TYPE: {"schema": {}}}}},
)
async def judge(request: Request, file: Asked = "plan.json") -> Response:
    """Judge files, or one plan that is the body itself (then `file` is what it is called). Nothing is kept."""
    server = serving(request)
    server.uploads.take(request.client.host if request.client else "")
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    with server.room.for_request(request):
        if kind == JSON_TYPE:
            sources: tuple[InputFile, ...] = (named(file, await content(request)),)
        elif kind == "multipart/form-data":
            sources = await files_in(files_alone(await form(request)))
        else:
            raise Refusal(415, _NO_TYPE)
        uploads = jobs.Uploads(sources, server.settings, server.spoken(request), {})
        made = await server.judges.answer(partial(jobs.verdict_json, uploads), sources[0].name)
    return Response(made, media_type=JSON_TYPE)


@router.get("/directives")
async def directives(request: Request) -> list[DirectiveInForce]:
    """The rule packs that judge plans."""
    return [_directive(pack) for pack in serving(request).packs.values()]


@router.get("/rules/{code}", responses=refusals(404))
async def rule(request: Request, code: Code, directive: Asked | None = None) -> RuleExplained:
    """A rule or a clause explained, of the directive named or of the first that has it."""
    packs = serving(request).packs
    for pack in [packs[directive]] if directive in packs else packs.values() if directive is None else ():
        found = rule_of(pack, code)
        clause = clause_of(pack, code)
        if found is not None:
            return _explained(pack, found.id, rule_title(pack, found), found.severity)
        if clause is not None:
            return _explained(pack, clause.id, clause.text, None)
    raise Refusal(404, _NO_RULE)


def problem(refused: Refusal, language: Language) -> Response:
    """What is refused, as problem details."""
    told = ProblemDetails(
        title=refused.title[language],
        status=refused.status,
        detail=refused.detail[language],
        problems=[
            ProblemTold(code=one.code, message=_words(one.message), fix=_words(one.fix), location=one.place.to_json())
            for one in refused.problems
        ],
    )
    return JSONResponse(told.model_dump(), refused.status, media_type=PROBLEM_TYPE)


def _directive(pack: Pack) -> DirectiveInForce:
    head = pack.directive
    return DirectiveInForce(
        id=head.id,
        version=head.version,
        digest=in_force(str(pack.folder), pack.ruleset).digest,
        title=_words(head.title),
        term=head.term,
        valid_from=head.valid_from.isoformat(),
        valid_to=head.valid_to.isoformat(),
        rules=[rule.id for rule in pack.rules],
    )


def _explained(pack: Pack, code: str, title: Text, severity: str | None) -> RuleExplained:
    explanation = Text(explain(pack, code, "vi"), explain(pack, code, "en"))
    return RuleExplained(
        code=code, directive=pack.directive.id, title=_words(title), severity=severity, explanation=_words(explanation)
    )


def _words(text: Text) -> Words:
    return Words(vi=text.vi, en=text.en)
