"""`thamdinh rules impact`: on which real plans the verdict changes from one pack to another, and whom that concerns."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import click

from ..engine.audit.report.impact import html, text
from ..engine.audit.run import Beside, Request
from ..engine.audit.store.history import past_run
from ..engine.audit.store.impact import Impact, impact
from ..engine.audit.store.privacy import audit_key
from ..engine.audit.store.store import Store
from ..engine.audit.workers.ledger import Ledger
from ..engine.base.as_json import json_text
from ..engine.base.problem import Unreadable
from ..engine.base.system import check_memory
from ..engine.base.text import Language, Text
from ..engine.base.unwritable import unwritable
from ..engine.base.whole_file import writing_whole
from ..engine.directive.handbook import called_by
from ..engine.directive.packs import read_version
from ..engine.documents.results import may_be_replaced
from ..engine.lint.outputs import check_files
from ..engine.waivers.waivers import waivers_in_force
from .audit_run import audited, handbooks_of
from .bilingual import argument, language, option, write
from .bilingual import command as bilingual_command
from .rules_diff import smallest
from .shared_options import config_option, jobs_option, limit_options, settings_given, waivers_option
from .stores import MEMORY, VARIABLE, shown_option, text_table
from .values import NewFile

_SUFFIXES: Final = (".html", ".xlsx", ".json", ".txt")


@bilingual_command(
    Text(
        "Sửa bộ quy tắc từ CŨ thành MỚI thì ai bị ảnh hưởng: thẩm định các văn bản theo cả hai bộ, nêu văn bản đổi kết "
        "luận theo huyện, loại hình, điều khoản, quy tắc, kèm ví dụ nhỏ nhất. Mã kết thúc: 0 không kết luận nào đổi, 1 có.",
        "Whom a change of the rules from OLD to NEW hits: judge the documents by both packs, and tell whose verdict turns by "
        "district, kind, clause and rule, with the smallest examples. Exit status: 0 no verdict turns, 1 some do.",
    )
)
@argument("old", metavar="PACK")
@argument("new", metavar="PACK")
@argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@jobs_option()
@shown_option(Text("In ra dạng nào; json có đủ mọi văn bản.", "What to print; json has every document."))
@option(
    "--output-file",
    "-o",
    "output",
    type=NewFile(),
    metavar="FILE",
    words=Text(
        "Ghi thêm ra tệp .html (có hình), .xlsx, .json hoặc .txt.",
        "Write to a file too: .html (drawn), .xlsx, .json or .txt.",
    ),
)
@option(
    "--store",
    type=click.Path(path_type=Path),
    envvar=VARIABLE,
    metavar="FILE",
    words=Text(
        "Dùng và giữ kết quả trong kho này: văn bản đã thẩm định theo bộ cũ không phải làm lại.",
        "Use and keep results in this store: documents that were judged by the old pack are not judged again.",
    ),
)
@option("--no-plan", is_flag=True, words=Text("Không chứng minh gì thêm.", "Prove nothing besides."))
@option("--quiet", "-q", is_flag=True, default=None, words=Text("Không in tiến độ.", "Print no progress."))
@config_option()
@limit_options()
@waivers_option()
def command(old: str, new: str, inputs: tuple[str, ...], **given: Any) -> int:
    """Print the impact, write what was asked for, and give the exit status."""
    output: Path | None = given["output"]
    try:
        _check_output(output, inputs)
        packs = read_version(old), read_version(new)
        settings = settings_given({**given, "directive": None})
        waivers = waivers_in_force(settings.waivers, named=given["waivers"] is not None)
        request = Request(inputs, jobs=given["jobs"], key=audit_key(), waivers=waivers, limits=settings.limits)
        with _store(given["store"]) as store:
            found = _impact(request, (old, new), store, quiet=bool(settings.quiet))
        proved = "" if given["no_plan"] else smallest(*packs, language()).lstrip("\n")
        shown = "json" if given["shown"] == "json" else "txt"
        write(_rendered(shown, found, proved, language()))
        if output is not None:
            with writing_whole(output, may_be_replaced) as file:
                file.write(_rendered(output.suffix.lower().lstrip("."), found, proved, language()))
    except OSError as error:
        raise Unreadable(unwritable(Path(error.filename or output or "-"), error)) from None
    if found.altered or any("invalid" in flow for flow in found.flows):
        return 2
    return 1 if any(before != after for before, after in found.flows) else 0


def _check_output(output: Path | None, inputs: tuple[str, ...]) -> None:
    """Raises Unreadable where an input would be overwritten, UsageError for a file of another kind."""
    if output is None:
        return
    if output.suffix.lower() not in _SUFFIXES:
        known = ", ".join(_SUFFIXES)
        raise click.UsageError(
            Text(f"đuôi tệp phải là một trong: {known}", f"the file must end in one of: {known}")[language()]
        )
    check_files([output], inputs)


def impact_of(old: str, new: str, inputs: tuple[str, ...]) -> Impact:
    """The impact on some inputs, nothing of it kept. Raises Unreadable."""
    with _store(None) as store:
        return _impact(Request(inputs, key=audit_key()), (old, new), store, quiet=True)


def _impact(request: Request, packs: tuple[str, str], store: Store, *, quiet: bool) -> Impact:
    old, new = (replace(request, directive=pack) for pack in packs)
    handbooks = [handbooks_of(pack) for pack in packs]
    with Ledger() as ledger, Ledger() as other:
        second = store.another()
        beside = Beside(new, other, second)
        audited(old, ledger, store, handbooks[0], quiet=quiet, beside=beside)
        if not beside.done:
            audited(new, other, second, handbooks[1], quiet=quiet)
    runs = [past_run(store.database, str(one.run)) for one in (store, second)]
    return replace(impact(store.database, *runs), called=called_by(handbooks[1], handbooks[1]))


@contextmanager
def _store(path: Path | None) -> Iterator[Store]:
    """The store that keeps both audits; one that is gone afterwards where none was named. Raises Unreadable."""
    check_memory(MEMORY)
    with TemporaryDirectory() as folder, closing(Store(path or Path(folder) / "impact.duckdb")) as store:
        yield store


def _rendered(form: str, found: Impact, proved: str, spoken: Language) -> bytes:
    if form == "json":
        return json_text(found.to_json()).encode()
    if form == "html":
        return html(found, proved, spoken)
    if form == "xlsx":
        from ..engine.audit.report import impact_workbook

        return impact_workbook.render(found, proved, spoken)
    return (text(found, spoken, text_table) + (f"\n{proved}" if proved else "")).encode()
