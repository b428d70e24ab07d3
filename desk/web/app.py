"""The application: its pages and its API, and how both say what is refused or fails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import Match

from ...engine.base.problem import Unreadable
from ...engine.base.text import Text
from ...version import __version__
from ..refused import Refused
from . import api, check
from .guard import Guard
from .refusal import Refusal
from .serving import Serving, serving
from .visitor import CSRF, kept_of, refusal_of, typed, visitor_if_there_is_a_desk

_BETWEEN_POSTS: Final = 30
"""Seconds between two times that mail is sent."""
_NOT_SO: Final = Text("Xem lại địa chỉ và nội dung đã gửi.", "Check the address and what was sent.")
_FAILED: Final = Text(
    "Máy chủ gặp sự cố ngoài dự kiến, chưa có kết luận nào. Thử lại; nếu vẫn gặp, báo cho bộ phận hỗ trợ.",
    "The server failed unexpectedly, and there is no verdict. Try again; if it persists, tell the maintainers.",
)


def application(served_by: Serving) -> FastAPI:
    """The application that serves so. Its processes begin and end with it."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            await served_by.judges.begin()
            posting = asyncio.create_task(_post(served_by))
            yield
            posting.cancel()
        finally:
            served_by.judges.end()

    app = FastAPI(
        title="thamdinh",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{api.PREFIX}/openapi.json",
        lifespan=lifespan,
    )
    app.state.serving = served_by
    app.include_router(check.static)
    app.include_router(check.router, dependencies=[Depends(visitor_if_there_is_a_desk)])
    app.include_router(api.router)
    if served_by.desk is not None:
        from . import accounts_pages, api_cases, case_pages, sign_in, signing  # which need a database

        for module in (sign_in, case_pages, signing, accounts_pages, api_cases):
            app.include_router(module.router)
    for kind in (Refusal, Refused, Unreadable, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, _say)
    app.add_middleware(Guard, hosts=served_by.hosts, say=_say)
    return app


async def _post(served_by: Serving) -> None:
    """Send the mail that is due, again and again; what can't be sent stays due."""
    while served_by.desk is not None and served_by.post is not None:
        with suppress(Exception):  # A database or a server that is away is there again some time.
            await asyncio.to_thread(served_by.desk.deliver, served_by.post)
        await asyncio.sleep(_BETWEEN_POSTS)


async def _say(request: Request, error: Exception) -> Response:
    """What is refused or failed, as a page or as the API says it."""
    refused = _refusal(error)
    in_form = getattr(request.state, "sent", None)
    path = request.url.path
    if refused.status == 405 and request.method == "GET" and not path.startswith(f"{api.PREFIX}/"):
        return RedirectResponse(
            _page_at(request, path.rpartition("/")[0]), 303
        )  # loaded anew after a form was sent there
    if path.startswith(f"{api.PREFIX}/"):
        said = api.problem(refused, serving(request).spoken(request))
    elif refused.status == 401:
        from .sign_in import sign_in_page

        kept = {} if in_form is None else await kept_of(in_form)
        to = path + (f"?{request.url.query}" if request.url.query else "")
        said = sign_in_page(request, to, kept, 401, refused=refused if kept else None)
    elif in_form is not None:
        # Where the database is away nobody knows who this is: then the form keeps the token that it came with.
        token = {} if getattr(request.state, "visitor", None) else {"csrf": typed(request, CSRF)}
        said = serving(request).page(
            request, "again.html", refused.status,
            to=path, leave=_page_at(request, path), fields=await kept_of(in_form), detail=refused.detail, title=refused.title,
            problems=refused.problems, **token,
        )  # fmt: skip
    else:
        said = serving(request).page(request, "refused.html", refused.status, refused=refused)
    if refused.again is not None:
        said.headers["Retry-After"] = str(refused.again)
    for name, value in (getattr(error, "headers", None) or {}).items():
        said.headers[name] = value
    return said


def _page_at(request: Request, path: str) -> str:
    """The page at an address, or the nearest above one that takes forms alone."""

    def is_page(path: str) -> bool:
        asked = {**request.scope, "method": "GET", "path": path}
        return any(route.matches(asked)[0] is Match.FULL for route in request.app.routes)

    while path and not is_page(path):
        path = path.rpartition("/")[0]
    return path or "/"


def _refusal(error: Exception) -> Refusal:
    match error:
        case Refusal():
            return error
        case Refused():
            return refusal_of(error)
        case Unreadable():
            return Refusal.of(error)
        case RequestValidationError() if any("path" in one["loc"] for one in error.errors()):
            return Refusal(404, _NOT_SO)
        case RequestValidationError():
            where = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
            return Refusal(400, Text(f"{_NOT_SO.vi} ({where})", f"{_NOT_SO.en} ({where})"))
        case HTTPException():
            return Refusal(error.status_code, _NOT_SO)
    return Refusal(500, _FAILED)
