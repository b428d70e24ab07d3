"""What the judging processes do: from uploads to a verdict as a page, as JSON, as a sheet, as a copy with notes or mended.

The reporters that exist say everything; here they are only called. The module is imported before processes are forked.
"""

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from ...engine.assurance.scenarios.book import content as books
from ...engine.assurance.scenarios.book.page import page_values
from ...engine.assurance.scenarios.checking import check_features
from ...engine.base.isolation import isolated_already
from ...engine.base.limits import Limits
from ...engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ...engine.base.record import Record
from ...engine.base.text import Language, Text
from ...engine.directive.packs import read as read_pack
from ...engine.documents import FORMS, read_file
from ...engine.documents.discover import InputFile
from ...engine.evaluation.choice import Choosing
from ...engine.evaluation.scanning import Compiled
from ...engine.evaluation.verdict import Report
from ...engine.forms.blank import blank
from ...engine.lint.annotated import annotated
from ...engine.lint.appraise import Job, alone, verdict_of
from ...engine.lint.run import Asked, lint_given
from ...engine.lint.selection import judge_of
from ...engine.lint.settings import Settings
from ...engine.model.description import Description
from ...engine.model.document_types import description
from ...engine.repair.repair import mended_bytes, repair
from ...engine.reporters import Options, html, json, render
from ...engine.reporters.pages import page
from ...engine.waivers.waivers import waivers_in_force
from ...engine.waivers.waiving import Waiving
from ...features.steps.plans import BASE
from ..judging import judge, ready
from .judges import Judges

SHELL: Final = "shell.html"
MOST_CARRIED: Final = 3 * 1024 * 1024
"""Bytes of an upload that a verdict page carries along, so that what is made of it can be asked for; the server keeps none."""


class Uploads(Record):
    """What was sent to be judged, by which settings, and what pages need to be shown in the server's shell."""

    sources: tuple[InputFile, ...]
    settings: Settings
    language: Language
    shell: dict[str, Any]


def warm(settings: Settings) -> bytes:
    """Judge a little of everything in this process, so that those forked from it find all that they need."""
    contents = {suffix: blank_form(description().id, next(kinds(description())), suffix) for suffix in FORMS}
    contents |= {".yaml": BASE.read_bytes(), ".json": b"{}"}
    for suffix, content in contents.items():
        verdict_of(Job(InputFile(f"warm{suffix}", content=content), judge_of(settings)))
    with isolated_already():
        judge("warm.yaml", contents[".yaml"], settings.directive)
    return b""


def verdict_json(uploads: Uploads) -> bytes:
    """The JSON verdict, byte for byte as `thamdinh lint --format json` writes it."""
    return json.render(_report(uploads), Options(uploads.language))


def verdict_page(uploads: Uploads) -> bytes:
    """The verdict as a page, that carries the uploads for what may be made of them."""
    report = _report(uploads, outlined=True)
    carried = [
        base64.b64encode(source.content or b"").decode() if len(source.content or b"") <= MOST_CARRIED else ""
        for source in uploads.sources
    ]
    shown = {**html.page_content(report, uploads.language), **uploads.shell, "carried": carried, "forms": FORMS}
    return page("verdict.html", uploads.language, __package__ or "", shell=SHELL, **shown).encode()


def sheet(uploads: Uploads) -> bytes:
    """The appraisal sheet of one plan, as a document."""
    return sheet_of(_report(uploads, passes=True, outlined=True), uploads.settings, uploads.language)


def judged_by(judges: Judges) -> Callable[..., Any]:
    """The desk's judge, in these processes; for threads other than the one that serves."""

    def judge_there(
        name: str,
        content: bytes,
        directive: str | None = None,
        limits: Limits | None = None,
        library: Path | None = None,
    ) -> Any:
        return judges.answer_here(partial(judge, name, content, directive, limits, library), name)

    return judge_there


def sheet_of(report: Report, settings: Settings, language: Language) -> bytes:
    """The appraisal sheet of a report on one plan."""
    template = settings.appraisal_template
    return render("docx", report, Options(language, template=Path(template) if template else None))


def notes_of(name: str, content: bytes, report: Report, settings: Settings, language: Language) -> bytes:
    """A copy of the workbook or document that a report on one plan is about, with a note at everything that is wrong."""
    if not name.lower().endswith(FORMS):
        raise Unreadable(_no_form(name))
    return annotated(name, content, report.verdicts[0], language, settings.limits)[0]


def copy_with_notes(uploads: Uploads) -> bytes:
    """A copy of the one workbook or document with a note at everything that is wrong."""
    [source] = uploads.sources
    return notes_of(source.name, source.content or b"", _report(uploads), uploads.settings, uploads.language)


def mended(uploads: Uploads) -> bytes:
    """The one file with what can be mended mechanically mended. No fact about people is invented."""
    [source] = uploads.sources
    settings = uploads.settings

    def act() -> bytes | None:
        repaired = repair(source.read(), judge_of(settings, Compiled), most=settings.limits.problems)
        return mended_bytes(repaired.document, source.content or b"") if repaired.mended else None

    if (made := alone(act, source.name, settings.limits)) is None:
        raise Unreadable(_nothing_to_mend(source.name))
    return made


def kinds(known: Description) -> Iterator[str | None]:
    """The kinds of a type of document that each have a form of their own; None where it has no kinds."""
    yield from (kind.name for kind in known.kinds.members) if known.kinds else (None,)


def blank_form(document_type: str, kind: str | None, suffix: str) -> bytes:
    """A form to fill in, of a type of document that comes with the program."""
    return blank(description(document_type), kind, suffix)


def review_book(directive: str, settings: Settings, language: Language) -> dict[str, Any]:
    """What a page shows of every clause of a pack with its readings, rules and scenarios, which are run for it."""
    pack = read_pack(directive)
    made = datetime.now()
    book = books.book(pack, check_features((), pack, limits=settings.limits), made, read_file(BASE).data)
    return page_values(book, language)


@dataclass(frozen=True)
class _AskedAgain(Asked):
    """What is asked of one run after another, by the same settings."""

    def judge(self) -> Choosing:
        """What judges, made once for all of them."""
        return ready((self.settings, self.show_passed), self.settings.directive, lambda _: Asked.judge(self))


def _report(uploads: Uploads, *, passes: bool = False, outlined: bool = False) -> Report:
    settings = uploads.settings
    waiving = Waiving(waivers_in_force(settings.waivers))
    return lint_given(uploads.sources, _AskedAgain(settings, passes, outlined, waiving=waiving)).report


def _no_form(name: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Chỉ ghi chú thích được vào tệp .xlsx hoặc .docx", "Only .xlsx and .docx files can be annotated"),
        Text(
            "Xem kết luận trên trang, hoặc lấy phiếu thẩm định", "See the verdict's page, or take the appraisal sheet"
        ),
        Place(name),
    )


def _nothing_to_mend(name: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Không có lỗi nào chương trình tự động sửa được", "Nothing can be mended mechanically"),
        Text("Sửa theo cách sửa ghi ở từng phát hiện", "Mend it as each finding says"),
        Place(name),
    )
