"""The appraisal sheet of one plan as a Word document, from a template that an office can edit in Word.

Templates are foreign files: they are opened within the limits of forms/package.py, may refer to nothing outside
themselves, and their instructions run in a sandbox, in a process of their own, for a limited time.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import CodeType
from typing import Any, Final, TypeVar

from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ..base.isolation import Died, isolated
from ..base.limits import Limits
from ..base.problem import SCHEMA, UNREADABLE, Place, Problem, Unreadable
from ..base.results import SHEET_MARK, UNSEALED, sealed_package
from ..base.suggest import closest
from ..base.system import system_reason
from ..base.text import Text
from ..evaluation.verdict import Report
from ..forms.package import LARGEST_TOTAL, open_package
from . import Options
from .sheet import sheet_values
from .templates import built_in
from .words import called

Job = TypeVar("Job")

SUFFIX: Final = ".docx"
LIMITS: Final = Limits(seconds=20, memory=512)
"""What filling in one sheet may take."""
_PARTS: Final = 16
"""How many parts of templates are kept as they are prepared: the document, its headers and footers, its properties."""
_RULES: Final[dict[str, Any]] = {"autoescape": True, "undefined": StrictUndefined}
_UNDEFINED: Final = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


def render(report: Report, options: Options) -> bytes:
    """The sheet of the report's one plan. Raises Unreadable for another number of plans, and for a template at fault."""
    if len(report.verdicts) != 1:
        raise Unreadable(_not_one(report))
    return next(render_each(report, options))


def render_each(report: Report, options: Options) -> Iterator[bytes]:
    """The sheet of each plan, in order. Raises Unreadable for a template at fault."""
    path = options.template or built_in(options.language)
    return fill_each(path, report.verdicts, lambda verdict: sheet_values(report, verdict, options.language))


def fill_each(path: Path, jobs: Sequence[Job], content: Callable[[Job], dict[str, Any]]) -> Iterator[bytes]:
    """The template with the content for each job filled in, in order. Raises Unreadable for a template at fault."""
    template = read_template(path)

    def fill(job: Job) -> bytes | Text:
        names = content(job)
        try:
            return filled(template, names)
        except Exception as error:  # whatever jinja2, python-docx and lxml make of a foreign template
            return _reason(error, names)

    for outcome in isolated(fill, jobs, LIMITS):
        if isinstance(outcome, bytes):
            yield outcome
        else:
            raise Unreadable(_faulty(path, _death(outcome) if isinstance(outcome, Died) else outcome))


def read_template(path: Path) -> bytes:
    """The content of a template that is safe to open. Raises Unreadable."""
    try:
        with path.open("rb") as opened:
            content = opened.read(LARGEST_TOTAL + 1)
    except OSError as error:
        raise Unreadable(_unread(path, error)) from None
    package = open_package(str(path), content, SUFFIX)
    for name in package.members:
        folder, _, file = name.rpartition("/")
        if file.endswith(".rels"):
            part = f"{folder.removesuffix('_rels').rstrip('/')}/{file.removesuffix('.rels')}".lstrip("/")
            # A hyperlink leads out only when somebody follows it; anything else is fetched when the file is opened.
            if any(relation.target is None and relation.kind != "hyperlink" for relation in package.relations(part)):
                raise Unreadable(_reaches_out(path))
    return content


class _Template(DocxTemplate):  # type: ignore[misc]
    """A document to be filled in; its instructions, which Word spreads over runs, are put together once for all documents."""

    def patch_xml(self, src_xml: str) -> str:
        return _put_together(src_xml)


class _Sandbox(ImmutableSandboxedEnvironment):
    """Where the instructions of one document run; they are compiled once for all documents."""

    def compile(self, source: Any, *_: Any, **__: Any) -> Any:
        return _compiled(source)


@lru_cache(_PARTS)
def _put_together(source: str) -> str:
    whole: str = DocxTemplate(BytesIO()).patch_xml(source)
    return whole


@lru_cache(_PARTS)
def _compiled(source: str) -> CodeType:
    return ImmutableSandboxedEnvironment(**_RULES).compile(source)


def filled(template: bytes, content: dict[str, Any]) -> bytes:
    """The template with the content filled in. Raises what jinja2 and python-docx raise."""
    document = _Template(BytesIO(template))
    document.render(content, _Sandbox(**_RULES))
    properties = document.docx.core_properties
    properties.category = properties.keywords = SHEET_MARK
    properties.identifier = UNSEALED
    written = BytesIO()
    document.save(written)
    return sealed_package(written.getvalue())


def _reason(error: Exception, content: dict[str, Any]) -> Text:
    """What is wrong with a template, from what jinja2, python-docx or lxml say of it."""
    said = error.message if isinstance(error, TemplateSyntaxError) else str(error)
    said = said or type(error).__name__
    if isinstance(error, UndefinedError) and (found := _UNDEFINED.search(said)):
        name = found[1] or found[2]
        near = closest(name, sorted(_names(content)))  # of names that differ by case alone the last, the small one
        hint = Text(f"; có phải ý là “{near}”?", f"; did you mean “{near}”?") if near else Text("", "")
        return Text(f"không có tên “{name}”{hint.vi}", f"there is no name “{name}”{hint.en}")
    if isinstance(error, SecurityError):
        return Text(f"lệnh này không được phép ({said})", f"this is not allowed ({said})")
    if isinstance(error, TemplateSyntaxError):
        return Text(f"sai cú pháp ({said})", f"its syntax is wrong ({said})")
    return Text(said, said)


def _death(died: Died) -> Text:
    if died.exceeded == "seconds":
        return Text(f"điền mẫu mất quá {LIMITS.seconds:g} giây", f"filling it in takes more than {LIMITS.seconds:g} s")
    if died.exceeded == "memory":
        return Text(
            f"điền mẫu cần quá {LIMITS.memory} MB bộ nhớ",
            f"filling it in takes more than {LIMITS.memory} MB of memory",
        )
    return Text(died.reason, died.reason)


def _names(content: Any) -> set[str]:
    """Every name that a template may use."""
    if isinstance(content, dict):
        return set(content).union(*map(_names, content.values()))
    return set().union(*map(_names, content)) if isinstance(content, list) else set()


def _not_one(report: Report) -> Problem:
    plans, one = len(report.verdicts), called(report).one
    return Problem(
        SCHEMA,
        Text(
            f"Mỗi phiếu thẩm định dành cho một {one.vi}, mà có {plans} {one.vi}",
            f"An appraisal sheet is for one {one.en}, and there are {plans}",
        ),
        Text(
            f"Chọn một {one.vi}, hoặc ghi cả loạt vào một thư mục: --output-file docx=THƯ_MỤC/ (hoặc pdf=THƯ_MỤC/)",
            f"Name one {one.en}, or have all of them written to a folder: --output-file docx=FOLDER/ (or pdf=FOLDER/)",
        ),
        Place("docx, pdf"),
    )


def _faulty(path: Path, reason: Text) -> Problem:
    return Problem(
        SCHEMA,
        Text(f"Mẫu không dùng được: {reason.vi}", f"The template is at fault: {reason.en}"),
        Text(
            "Sửa chỗ {{ … }} hoặc {% … %} đó trong mẫu; mẫu gốc: thamdinh template mau.docx, các tên dùng được: docs/how-to/appraisal-sheet.md",
            "Mend that {{ … }} or {% … %} in the template; the original: thamdinh template sheet.docx; its names: docs/how-to/appraisal-sheet.md",
        ),
        Place(str(path)),
    )


def _unread(path: Path, error: OSError) -> Problem:
    why = system_reason(error)
    return Problem(
        UNREADABLE,
        Text(f"Không đọc được mẫu phiếu thẩm định ({why.vi})", f"The sheet's template can't be read ({why.en})"),
        Text("Kiểm tra lại tên và quyền đọc", "Check its name and that you may read it"),
        Place(str(path)),
    )


def _reaches_out(path: Path) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            "Mẫu phiếu thẩm định có liên kết lấy nội dung từ bên ngoài (ảnh, mẫu, đối tượng)",
            "The template takes content from elsewhere (a picture, a template, an object)",
        ),
        Text("Chèn nội dung đó vào mẫu, hoặc bỏ liên kết", "Insert that content into the template, or drop the link"),
        Place(str(path)),
    )
