"""The pages on cases: lists, one case with its verdict, and all that is done with it."""

import asyncio
import datetime
import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, get_type_hints

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from ...engine.base.text import Text
from ...engine.reporters import html
from ..cases import LARGEST
from ..listing import Filter
from ..model import Version
from ..permissions import ACTIONS, refusal
from ..refused import Refused
from ..verification import instant_in_words
from ..view import View
from ..vocabulary import STATES
from . import jobs
from .check import attachment
from .serving import serving
from .uploads import file_in
from .visitor import AskedNumber, Number, Visitor, desk_of, done, typed, visitor

router: Final = APIRouter(include_in_schema=False)

_EVENTS: Final = {name: action.name for name, action in ACTIONS.items()}
_NO_DAY: Final = Refused(
    "invalid",
    Text("Ngày hết hạn không đọc được", "The last day can't be read"),
    Text("Viết như 31/12/2026", "Write it as 2026-12-31"),
)


@router.get("/cases")
async def cases(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """The cases that one may see, filtered, with how many there are in each state."""
    if "administrator" in who.roles:
        return RedirectResponse("/accounts", 303)
    if who.roles == ["reader"]:
        return RedirectResponse("/signing", 303)
    listing, wanted = desk_of(request).listing, wanted_of(request.query_params.get)
    page = await done(listing.page, who.actor, wanted, request.query_params.get("after"))
    counts = await done(listing.counts, who.actor, replace(wanted, state=None))
    choices = await done(listing.choices, who.actor)
    return serving(request).page(
        request, "cases.html", page=page, counts=counts, choices=choices, wanted=wanted, states=STATES,
        asked={name: value for name, value in request.query_params.items() if name not in ("after", "state")},
        when=instant_in_words,
    )  # fmt: skip


def wanted_of(given: Callable[[str], str | None]) -> Filter:
    """What cases are wanted, of what an address says; what is no filter filters nothing."""
    kinds = get_type_hints(Filter)
    found: dict[str, Any] = {}
    for field in fields(Filter):
        value = (given(field.name) or "").strip()
        if kinds[field.name] == int | None:
            found[field.name] = int(value) if value.isdecimal() and len(value) < 8 else None
        elif kinds[field.name] is bool:
            found[field.name] = value not in ("", "0")
        else:
            found[field.name] = value or None
    return Filter(**found)


@router.get("/cases/new")
async def new(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008, ARG001
    """Where a plan is submitted."""
    return serving(request).page(request, "submit.html", key=secrets.token_urlsafe(16), largest=LARGEST >> 20)


@router.post("/cases")
async def submit(request: Request, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Submit a plan as a new case."""
    version = await _submitted(request, who, None)
    return RedirectResponse(f"/cases/{version.case_id}", 303)


@router.post("/cases/{case_id}/versions")
async def submit_again(request: Request, case_id: Number, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Submit a corrected version."""
    await _submitted(request, who, case_id)
    return RedirectResponse(f"/cases/{case_id}", 303)


async def _submitted(request: Request, who: Visitor, case_id: int | None) -> Version:
    served = serving(request)
    served.uploads.take(str(who.account.id))
    source = await file_in(request.state.sent)
    return await done(
        desk_of(request).cases.submit,
        who.actor, source.name, source.content or b"", typed(request, "key"), typed(request, "words"),
        typed(request, "title"), case_id,
    )  # fmt: skip


@router.get("/cases/{case_id}")
async def case(
    request: Request,
    case_id: Number,
    version: AskedNumber = None,
    who: Visitor = Depends(visitor),  # noqa: B008
) -> Response:
    """A case: its state, what one may do, and the verdict on a version with the comments beside its findings."""
    desk, served = desk_of(request), serving(request)
    view = await done(desk.cases.find_by_id, who.actor, case_id)
    number = version or view.latest.number
    report = await done(desk.cases.report, who.actor, case_id, number)
    return served.page(
        request,
        "case.html",
        **html.page_content(report, served.spoken(request)),
        **_shown(view, number),
        until=_half_a_year(),
        largest=LARGEST >> 20,
    )


def _shown(view: View, number: int) -> dict[str, Any]:
    """What the page of a case shows beside the verdict."""
    comments = [one for one in view.comments if one.version == number]
    about: dict[tuple[str | None, str | None], list[Any]] = {}
    for one in comments:
        about.setdefault((one.rule, one.subject), []).append(one)
    return {
        "case": view.case,
        "organisation": view.organisation,
        "versions": view.versions,
        "number": number,
        "latest": view.latest.number,
        "about": about,
        "asked_for": view.exceptions,
        "events": [(one, _EVENTS.get(one.action, Text(one.action, one.action))) for one in view.events],
        "names": view.names,
        "may": view.may,
        "uncovered": len(view.uncovered),
        "state": STATES[view.case.state],  # type: ignore[index]
        "key": secrets.token_urlsafe(16),
        "when": instant_in_words,
    }


def _half_a_year() -> str:
    return (datetime.date.today() + datetime.timedelta(days=180)).isoformat()


@router.post("/cases/{case_id}/take")
async def take(request: Request, case_id: Number, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Take a case for appraisal."""
    await done(desk_of(request).cases.take, who.actor, case_id)
    return RedirectResponse(f"/cases/{case_id}", 303)


@router.post("/cases/{case_id}/comments")
async def comment(request: Request, case_id: Number, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Write on the whole, or on a finding."""
    about = typed(request, "rule") or None, typed(request, "subject") or None
    await done(desk_of(request).cases.comment, who.actor, case_id, typed(request, "words"), *about)
    return RedirectResponse(f"/cases/{case_id}", 303)


@router.post("/cases/{case_id}/exceptions")
async def ask_exception(request: Request, case_id: Number, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Ask for an exception, or propose one."""
    await done(
        desk_of(request).cases.ask_exception,
        who.actor, case_id, typed(request, "rule"), typed(request, "subject") or None, typed(request, "words"),
        _day(typed(request, "valid_until")),
    )  # fmt: skip
    return RedirectResponse(f"/cases/{case_id}", 303)


def _day(written: str) -> datetime.date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(written.strip(), form).date()
        except ValueError:
            continue
    raise _NO_DAY


@router.post("/exceptions/{exception_id}/{decision}")
async def decide_exception(
    request: Request,
    exception_id: Number,
    decision: str,
    who: Visitor = Depends(visitor),  # noqa: B008
) -> Response:
    """Grant an exception or refuse it."""
    decided = await done(
        desk_of(request).cases.decide_exception,
        who.actor, exception_id, decision == "grant", typed(request, "document"), typed(request, "words"),
    )  # fmt: skip
    return RedirectResponse(f"/cases/{decided.case_id}", 303)


@router.post("/cases/{case_id}/decision")
async def decide(request: Request, case_id: Number, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """Ask for changes, propose, accept, return or withdraw, as the button pressed says."""
    await decided(request, who, case_id, typed(request, "action"), typed(request, "words"))
    return RedirectResponse(f"/cases/{case_id}", 303)


async def decided(request: Request, who: Any, case_id: int, action: str, words: str) -> Any:
    """Do what is done with words alone. Raises Refused."""
    cases = desk_of(request).cases
    acts: dict[str, Callable[..., Any]] = {
        "take": lambda actor, case_id, _: cases.take(actor, case_id),
        "request_changes": cases.request_changes,
        "propose_acceptance": lambda actor, case_id, words: cases.propose(actor, case_id, True, words),
        "propose_return": lambda actor, case_id, words: cases.propose(actor, case_id, False, words),
        "accept": cases.accept,
        "return": cases.give_back,
        "withdraw": cases.withdraw,
    }
    if action not in acts:
        raise Refused(
            "invalid",
            Text("Không có việc này", "There is no such decision"),
            Text(f"Dùng một trong: {', '.join(acts)}", f"Use one of: {', '.join(acts)}"),
        )
    return await done(acts[action], who.actor if isinstance(who, Visitor) else who, case_id, words)


@router.get("/cases/{case_id}/versions/{number}/{what}")
async def file(
    request: Request,
    case_id: Number,
    number: Number,
    what: str,
    who: Visitor = Depends(visitor),  # noqa: B008
) -> Response:
    """What there is of a version to be kept: the file, the verdict as recorded, a copy with notes, the appraisal sheet."""
    desk, served = desk_of(request), serving(request)
    if what == "verdict.json":
        return attachment(
            f"ket-luan-{case_id}-{number}.json", await done(desk.cases.verdict, who.actor, case_id, number)
        )
    name, content = await done(desk.cases.file, who.actor, case_id, number)
    stem, dot, suffix = name.rpartition(".")
    if what == "file":
        return attachment(name, content)
    report = await done(desk.cases.report, who.actor, case_id, number)
    language = served.spoken(request)
    if what == "sheet":
        question = partial(jobs.sheet_of, report, served.settings, language)
        return attachment(f"phieu-{stem}.docx", await served.judges.answer(question, name))
    if what == "notes":
        question = partial(jobs.notes_of, name, content, report, served.settings, language)
        return attachment(f"{stem}-chu-thich{dot}{suffix}", await served.judges.answer(question, name))
    raise _no_page()


@router.get("/cases/{case_id}/letter")
async def letter(request: Request, case_id: Number, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """The letter to the office, by the office's own template where the settings name one."""
    served = serving(request)
    template = Path(served.settings.letter_template) if served.settings.letter_template else None
    made = await done(desk_of(request).letter, who.actor, case_id, served.spoken(request), template)
    return attachment(f"cong-van-{case_id}.docx", made)


@router.get("/cases/{case_id}/dossier")
async def dossier(request: Request, case_id: Number, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """The case as a file that is checked elsewhere."""
    return attachment(f"ho-so-{case_id}.zip", await done(desk_of(request).dossier, who.actor, case_id))


@router.get("/export{suffix}")
async def export(request: Request, suffix: str, who: Visitor = Depends(visitor)) -> Response:  # noqa: B008
    """All cases as the workbook or the dashboard of an audit, which a process of its own makes."""
    if suffix not in (".xlsx", ".html"):
        raise _no_page()
    if (refused := refusal("export", who.account, None)) is not None:
        raise refused
    async with serving(request).exports:
        return await _exported(request, suffix)


async def _exported(request: Request, suffix: str) -> Response:
    with TemporaryDirectory() as folder:
        out = Path(folder, f"tong-hop{suffix}")
        where = [word for name, value in serving(request).where.items() if value for word in (f"--{name}", str(value))]
        made = await asyncio.create_subprocess_exec(
            sys.executable, "-c", "from thamdinh.cli import main; main()", "desk", "export", str(out), *where,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        await made.wait()
        if not out.exists():
            raise _not_exported()
        return attachment(out.name, out.read_bytes())


def _not_exported() -> Refused:
    return Refused(
        "away",
        Text("Chưa xuất được tổng hợp", "The export could not be made"),
        Text("Thử lại; nếu vẫn gặp, báo người quản trị", "Try again; if it persists, tell the administrator"),
        seconds=60,
    )


def _no_page() -> Refused:
    return Refused(
        "missing",
        Text("Không có trang này", "There is no such page"),
        Text("Chọn trong trang của hồ sơ", "Choose on the page of the case"),
    )
