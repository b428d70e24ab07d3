"""The check page: choose files, see what to mend and where, take what can be made of it. The server keeps nothing."""

from collections.abc import Callable
from functools import partial
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from ...engine.base.problem import Unreadable
from ...engine.base.severity import IN_WORDS
from ...engine.base.text import Text
from ...engine.directive.describing import rule_title
from ...engine.directive.pack import Pack
from ...engine.documents import FORMS, READERS
from ...engine.explain.pages import explain
from ...engine.forms.template import template
from ...engine.model.description import Description
from . import jobs
from .refusal import Refusal
from .serving import ASSETS, asset, serving
from .uploads import LARGEST_REQUEST, MOST_FILES, files_in, form

router: Final = APIRouter(include_in_schema=False)
static: Final = APIRouter(include_in_schema=False)
"""What also those see who are not signed in."""

TYPES: Final = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".json": "application/json",
    ".zip": "application/zip",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
}
"""By suffix, the type of every file that is sent."""
_A_YEAR: Final = "public, max-age=31536000, immutable"
_FORMS: Final = (*FORMS, ".yaml")
_ANY: Final = "form"
"""How a form is called of a type of document that has no kinds."""
_NO_FORM: Final = Text(
    "Không có biểu mẫu này. Chọn trong trang Biểu mẫu.", "There is no such form. See the page Forms."
)
_NO_PACK: Final = Text(
    "Không có bộ quy tắc này. Chọn trong trang Quy tắc.", "There is no such rule pack. See the page Rules."
)
_NO_CODE: Final = Text("Chọn trong trang Quy tắc.", "See the page Rules.")
_ONE_FILE: Final = Text(
    "Mỗi lần chỉ lấy được bản chú thích, phiếu hoặc bản đã sửa của một tệp. Chọn một tệp.",
    "A copy with notes, a sheet or a mended file is made of one file at a time. Choose one.",
)


@router.get("/")
async def check(request: Request) -> HTMLResponse:
    """Where files are chosen."""
    return serving(request).page(
        request, "check.html", suffixes=[*READERS], most=MOST_FILES, largest=LARGEST_REQUEST >> 20
    )


@router.post("/verdict")
async def verdict(request: Request) -> HTMLResponse:
    """The verdict on the files chosen."""
    return HTMLResponse(await judged(request, jobs.verdict_page))


@router.post("/verdict.json")
async def verdict_json(request: Request) -> Response:
    """The same as a file for programs."""
    return attachment("ket-luan.json", await judged(request, jobs.verdict_json))


@router.post("/notes")
async def notes(request: Request) -> Response:
    """A copy of the file with notes in it."""
    return await _made(request, jobs.copy_with_notes, "{name}-chu-thich{suffix}")


@router.post("/sheet")
async def sheet(request: Request) -> Response:
    """The appraisal sheet."""
    return await _made(request, jobs.sheet, "phieu-{name}.docx")


@router.post("/mended")
async def mended(request: Request) -> Response:
    """The file with what can be mended mechanically mended."""
    return await _made(request, jobs.mended, "{name}-da-sua{suffix}")


async def judged(request: Request, job: Callable[[jobs.Uploads], bytes], *, one: bool = False) -> bytes:
    """What a judging process makes of the files of a form. Raises Refusal and Unreadable."""
    return (await _asked(request, job, one=one))[1]


async def _asked(request: Request, job: Callable[[jobs.Uploads], bytes], *, one: bool) -> tuple[str, bytes]:
    server = serving(request)
    server.uploads.take(request.client.host if request.client else "")
    with server.room.for_request(request):
        sources = await files_in(await form(request))
        if one and len(sources) != 1:
            raise Refusal(400, _ONE_FILE)
        uploads = jobs.Uploads(sources, server.settings, server.spoken(request), server.shell(request))
        return sources[0].name, await server.judges.answer(partial(job, uploads), sources[0].name)


async def _made(request: Request, job: Callable[[jobs.Uploads], bytes], called: str) -> Response:
    name, made = await _asked(request, job, one=True)
    stem, dot, suffix = name.rpartition(".")
    return attachment(called.format(name=stem or name, suffix=(dot + suffix).lower()), made)


def attachment(name: str, content: bytes) -> Response:
    """A file to be kept, never shown: its type is one of ours, whatever it was called."""
    kind = TYPES.get(name[name.rfind(".") :], "application/octet-stream")
    return Response(
        content,
        media_type=kind,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"},
    )


@router.get("/forms")
async def forms(request: Request) -> HTMLResponse:
    """The blank forms of what may be judged here, for every kind of organisation."""
    return serving(request).page(
        request, "forms.html", types=[_forms_of(known) for known in serving(request).types], suffixes=_FORMS
    )


def _forms_of(known: Description) -> tuple[str, Text, list[tuple[str, Text]]]:
    """A type of document: its id, what it is called, and each of its forms, by name and in words."""
    words = {} if known.kinds is None else {kind.name: kind.words for kind in known.kinds.members}
    return (
        known.id,
        known.label,
        [(kind or _ANY, words.get(kind, known.label) if kind else known.label) for kind in jobs.kinds(known)],
    )


@router.get("/forms/{document_type}/{file}")
async def form_to_fill_in(request: Request, document_type: str, file: str) -> Response:
    """A blank form."""
    name, dot, ending = file.partition(".")
    suffix, kind = dot + ending, None if name == _ANY else name
    server = serving(request)
    known = next((known for known in server.types if known.id == document_type), None)
    if known is None or kind not in jobs.kinds(known) or suffix not in _FORMS:
        raise Refusal(404, _NO_FORM)
    if suffix not in FORMS:
        return attachment(file, template(known, kind, file, server.spoken(request)).encode())
    return attachment(file, await server.judges.answer(partial(jobs.blank_form, known.id, kind, suffix), file))


@router.get("/rules")
async def rules(request: Request) -> HTMLResponse:
    """The packs that may judge, with their rules."""
    packs = [
        (pack.directive, [(rule, rule_title(pack, rule)) for rule in pack.rules])
        for pack in serving(request).packs.values()
    ]
    return serving(request).page(request, "rules.html", packs=packs, severities=IN_WORDS)


@router.get("/rules/{directive}/{code}")
async def rule(request: Request, directive: str, code: str) -> HTMLResponse:
    """A rule or a clause explained."""
    server = serving(request)
    pack = _pack(request, directive)
    try:
        text = explain(pack, code, server.spoken(request))
    except Unreadable as unreadable:
        raise Refusal(404, _NO_CODE, problems=unreadable.problems) from None
    return server.page(request, "rule.html", directive=pack.directive, code=code, text=text)


@router.get("/scenarios/{directive}")
async def scenarios(request: Request, directive: str) -> HTMLResponse:
    """The review book of a pack: clauses, readings, rules and scenarios, which are run when it is first asked for."""
    server, pack = serving(request), _pack(request, directive)
    key = pack.directive.id, server.spoken(request)
    if key not in server.books:
        name = server.settings.directive if len(server.packs) == 1 and server.settings.directive else directive
        question = partial(jobs.review_book, name, server.settings, key[1])
        server.books[key] = await server.judges.answer(question, directive)
    return server.page(request, "book.html", **server.books[key])


@static.get("/static/{name}")
async def file(name: str) -> Response:
    """The style sheet or the script."""
    if name not in ASSETS:
        raise Refusal(404, Text("Không có tệp này.", "There is no such file."))
    return Response(asset(name), media_type=ASSETS[name], headers={"Cache-Control": _A_YEAR})


def _pack(request: Request, directive: str) -> Pack:
    found = serving(request).packs.get(directive)
    if found is None:
        raise Refusal(404, _NO_PACK)
    return found
