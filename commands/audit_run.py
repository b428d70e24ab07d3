"""`thamdinh audit [run]`: check many plans in one run, and say how they stand together."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import gettempdir
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

import click

from ..engine.audit.inputs.listing import expected
from ..engine.audit.report.progress import Progress
from ..engine.audit.report.summary_text import (
    as_csv,
    as_json,
    as_lines,
    documents_called,
    headline,
    in_brief,
    totals_text,
)
from ..engine.audit.run import Beside, Request, audit
from ..engine.audit.store.privacy import audit_key
from ..engine.audit.totals import Totals
from ..engine.audit.workers.batch import Engine
from ..engine.audit.workers.cluster import Cluster
from ..engine.audit.workers.ledger import Ledger
from ..engine.base.in_force import InForce
from ..engine.base.libraries import needed_for, require
from ..engine.base.problem import Problem, Unreadable
from ..engine.base.suggest import chosen
from ..engine.base.system import check_memory
from ..engine.base.text import Text, counted, named
from ..engine.base.unwritable import unwritable
from ..engine.base.whole_file import making_folder, writing_whole
from ..engine.directive.handbook import Handbooks
from ..engine.documents.results import may_be_replaced
from ..engine.evaluation.choice import rulesets_of
from ..engine.evaluation.verdict import Report
from ..engine.lint.outputs import check_files
from ..engine.lint.selection import selecting, went_by
from ..engine.lint.settings import Settings
from ..engine.waivers.waivers import waivers_in_force
from .bilingual import Choice, argument, language, option, say, speak, write
from .bilingual import command as bilingual_command
from .refusal import refuse
from .shared_options import fail_on_option, jobs_option, redact_option, rule_options, settings_given, waivers_option
from .stores import MEMORY, VARIABLE
from .values import EVALUATORS, Day, NewFile, Whole

if TYPE_CHECKING:
    from ..engine.audit.store.store import Store

ENGINES: Final[dict[str, Engine]] = {"auto": "compiled", "compiled": "compiled", "durable": "durable"}
_CALLED: Final = {"auto": Text("tự động", "auto"), **EVALUATORS}
FORMATS: Final = ("text", "json", "jsonl", "csv")
SUMMARIES: Final = ("html", "xlsx")
SUFFIXES: Final = {
    ".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".txt": "text", **{f".{form}": form for form in SUMMARIES},
}  # fmt: skip


def _local(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:  # noqa: ARG001
    """How many workers `local:N` asks for."""
    if value is None:
        return None
    kind, _, count = value.partition(":")
    if kind != "local" or not count.isdecimal() or not 1 <= int(count) <= _MOST_WORKERS:
        raise click.BadParameter(Text("viết local:N, ví dụ local:4", "write local:N, such as local:4")[language()])
    return int(count)


_MOST_WORKERS: Final = 1024


def _outputs(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> list[tuple[str, Path]]:
    """The format and the file of each output, given as FORMAT=FILE (as to lint) or as a file whose suffix tells."""
    found = []
    for value in values:
        written, equals, name = value.partition("=")
        NewFile().convert(name if equals else written, parameter, context)
        form = chosen(written, named(SUFFIXES.values())) if equals else None
        if form is None:
            form, name = SUFFIXES.get(Path(value).suffix.lower()), value
        if form is None or not name:
            known = ", ".join(SUFFIXES)
            raise click.BadParameter(
                Text(f"đuôi tệp phải là một trong: {known}", f"the file must end in one of: {known}")[language()]
            )
        found.append((form, Path(name)))
    return found


@bilingual_command(
    Text(
        "Rà soát nhiều văn bản: THƯ MỤC, TỆP (YAML, JSON, JSONL, Parquet, zip, XLSX, DOCX), mẫu tên tệp hoặc địa chỉ "
        "fsspec.",
        "Audit many documents: FOLDERS, FILES (YAML, JSON, JSONL, Parquet, zip, XLSX, DOCX), patterns or fsspec addresses.",
    )
)
@argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@option(
    "--engine",
    type=Choice(_CALLED),
    default="auto",
    show_default=True,
    words=Text(
        "Bộ máy quy tắc: biên dịch (nhanh; tự động cũng vậy) hoặc durable-rules.",
        "Rule engine: compiled (fast; auto means this) or durable (durable-rules).",
    ),
)
@jobs_option()
@option(
    "--scheduler",
    metavar="ADDRESS",
    words=Text("Địa chỉ bộ điều phối Dask đang chạy.", "Address of a running Dask scheduler (tcp://host:8786)."),
)
@option(
    "--cluster",
    metavar="local:N",
    callback=_local,
    words=Text("local:N: dựng cụm Dask N tiến trình trên máy này.", "local:N: a Dask cluster of N processes here."),
)
@option(
    "--parts",
    metavar="FOLDER",
    words=Text(
        "Cùng Dask: nơi các máy ghi kết quả thành tệp Parquet (thư mục chung hoặc địa chỉ fsspec).",
        "With Dask: where workers write outcomes as Parquet files (a shared folder or an fsspec address).",
    ),
)
@option(
    "--cross-check",
    type=Whole(0, 1_000_000),
    default=0,
    metavar="N",
    words=Text(
        "Chọn ngẫu nhiên N văn bản và thẩm định lại bằng bộ máy kia.",
        "Check N documents, chosen at random, with the other engine as well.",
    ),
)
@option(
    "--format",
    "shown",
    type=Choice(named(FORMATS)),
    default="text",
    show_default=True,
    words=Text("In ra màn hình dạng nào.", "What to print."),
)
@option(
    "--output-file",
    "-o",
    "outputs",
    multiple=True,
    callback=_outputs,
    metavar="[FORMAT=]FILE",
    words=Text(
        "Ghi kết quả của mọi văn bản vào tệp; không ghi dạng thì đuôi tệp cho biết. Có thể lặp lại.",
        "Write the result of every document to a file; without a format its suffix tells. May be repeated.",
    ),
)
@option(
    "--letters",
    type=NewFile(),
    metavar="FOLDER",
    words=Text(
        "Ghi vào thư mục mới, cho mỗi nơi gửi: một công văn (Word) và bản có chú thích của tệp đã gửi.",
        "Write to a new folder, for each sender: one letter (Word) and an annotated copy of its file.",
    ),
)
@option(
    "--letter-template",
    metavar="FILE.docx",
    words=Text("Mẫu công văn của cơ quan, cho --letters.", "The office's own template of letters, for --letters."),
)
@fail_on_option()
@rule_options()
@waivers_option()
@option(
    "--since",
    type=Day(),
    metavar="DATE",
    words=Text("Chỉ các tệp gửi hoặc sửa từ ngày này.", "Only files submitted or changed on this day or later."),
)
@redact_option()
@option(
    "--store",
    type=click.Path(path_type=Path),
    envvar=VARIABLE,
    metavar="FILE",
    words=Text(
        "Giữ kết quả trong kho này; văn bản không đổi thì không thẩm định lại.",
        "Keep the results in this store; documents that have not changed are not checked again.",
    ),
)
@option(
    "--resume",
    is_flag=True,
    words=Text("Làm tiếp lần rà soát bị ngắt trong kho.", "Take up the run that was interrupted, in the store."),
)
@option(
    "--quiet",
    "-q",
    is_flag=True,
    default=None,
    words=Text("Chỉ in dòng tổng hợp, không in tiến độ.", "Print the summary line only, and no progress."),
)
def command(inputs: tuple[str, ...], **given: Any) -> int:
    """Audit the inputs, write what was asked for, and give the exit status (plan-format)."""
    outputs: list[tuple[str, Path]] = given["outputs"]
    settings, request = _asked(inputs, given)
    quiet = bool(settings.quiet)
    try:
        check_files([path for _, path in outputs], inputs)
        handbooks = handbooks_of(request.directive)
        only_counted = given["shown"] == "text" and not outputs and given["letters"] is None
        request = replace(request, in_force=_in_force(settings, request), counted=only_counted)
        with Ledger() as ledger, _kept(given["store"], given["resume"]) as sink:
            if sink is not None:
                request = replace(request, key=audit_key())
            totals = audited(request, ledger, sink, handbooks, quiet=quiet)
            summed = _Summed(handbooks, request, sink, totals.told, totals.in_force)
            unsaved = [problem for form, path in outputs for problem in _unsaved(form, path, ledger, totals, summed)]
            if given["letters"] is not None:
                unsaved += _unwritten(given["letters"], settings, ledger, summed)
            if quiet and given["shown"] == "text":
                write(f"{headline(totals, documents_called(totals, handbooks), language())}\n".encode())
            else:
                for piece in _pieces(given["shown"], ledger, handbooks, totals):
                    write(piece)
    except OSError as error:  # what the audit keeps while it runs
        raise Unreadable(unwritable(Path(error.filename or gettempdir()), error)) from None
    if quiet and given["shown"] == "text":
        refuse(Unreadable(*totals.unread))
    for remark in _remarks(given, request, totals, sink, quiet=quiet):
        click.echo(remark[language()], err=True)
    return refuse(Unreadable(*unsaved)) if unsaved else totals.exit_status(settings.fail_on or "error")


def _asked(inputs: tuple[str, ...], given: dict[str, Any]) -> tuple[Settings, Request]:
    """What was asked for. Raises Unreadable, and UsageError for options that don't go together."""
    since: datetime | None = given["since"]
    if given["resume"] and given["store"] is None:
        raise click.UsageError(
            Text("--resume cần kho; thêm --store TỆP", "--resume needs a store; add --store FILE")[language()]
        )
    if given["letters"] is not None and given["redact"] is not None:
        raise click.UsageError(
            Text(
                "Công văn gọi tên người, nên --letters không đi cùng --redact",
                "Letters name people: give no --redact with --letters",
            )[language()]
        )
    if given["letter_template"] is not None and given["letters"] is None:
        raise click.UsageError(
            Text("--letter-template chỉ dùng cùng --letters", "--letter-template is for --letters only")[language()]
        )
    if given["engine"] == "durable" or given["cross_check"]:
        require("durable", "--cross-check" if given["cross_check"] else "--engine durable")
    cluster = _cluster(given)
    settings = settings_given(given)
    speak(sys.argv[1:], settings.lang)
    waivers = waivers_in_force(settings.waivers, named=given["waivers"] is not None)
    request = Request(
        inputs,
        settings.directive,
        settings.select,
        settings.ignore,
        ENGINES[given["engine"]],
        given["jobs"],
        since.date() if since else None,
        given["redact"] == "names",
        given["cross_check"],
        cluster,
        waivers,
        settings.limits,
        excluded=settings.excluded,
    )
    return settings, request


def _unwritten(folder: Path, settings: Settings, ledger: Ledger, of: "_Summed") -> Sequence[Problem]:
    """Write the letters, whole or not at all; gives what kept them from being."""
    from ..engine.audit.letters import write_letters
    from ..engine.reporters.templates import built_in

    template = built_in(language(), "letter") if settings.letter_template is None else Path(settings.letter_template)
    report = Report(", ".join(of.handbooks), (), handbooks={**of.handbooks}, in_force=of.in_force)
    try:
        with making_folder(folder) as unfinished:
            count = write_letters(unfinished, ledger, template, report, language(), settings.limits)
    except Unreadable as unreadable:
        return unreadable.problems
    except OSError as error:
        return (unwritable(folder, error),)
    say(Text(f"Đã ghi {count} công văn vào {folder}", f"Wrote {counted(count, 'letter')} to {folder}"), err=True)
    return ()


def _remarks(
    given: dict[str, Any], request: Request, totals: Totals, sink: "Store | None", *, quiet: bool
) -> Iterator[Text]:
    """What is to be said besides, of inputs and options that came to nothing."""
    if request.since is not None and not totals.plans and not quiet:
        day = f"{request.since:%d/%m/%Y}"
        yield Text(
            f"Không có tệp nào nộp hoặc sửa từ ngày {day} trở đi (--since)",
            f"No file was submitted or changed on {day} or later (--since)",
        )
    if quiet and given["shown"] == "text" and (left := in_brief(totals)):
        yield left
    if given["resume"] and sink is not None and not sink.resumed:
        yield _nothing_to_resume(sink.run, sink.finished)


def _nothing_to_resume(run: int, finished: int | None) -> Text:
    if finished is None:
        return Text(
            f"Không có lần rà soát nào của các đầu vào này để làm tiếp (--resume); đây là lần {run}, làm từ đầu",
            f"There is no run of these inputs to take up (--resume); this is run {run}, from the beginning",
        )
    return Text(
        f"Lần rà soát {finished} đã xong, không còn gì để làm tiếp (--resume). Đây là lần {run}: văn bản không đổi lấy lại kết quả đã "
        f"có. Xem lần trước: thamdinh audit show {finished}",
        f"Run {finished} is finished, so nothing is left to take up (--resume). This is run {run}: documents that have not changed have the "
        f"results they had. See the one before: thamdinh audit show {finished}",
    )


def _in_force(settings: Settings, request: Request) -> InForce:
    """What the audit goes by. Raises Unreadable."""
    rulesets = rulesets_of(request.directive)
    file = request.waivers.file
    restrict = selecting(rulesets, request.select, request.ignore)
    return went_by(settings, rulesets, restrict, None if file is None else str(file))


def _cluster(given: dict[str, Any]) -> Cluster | None:
    if given["scheduler"] is not None and given["cluster"] is not None:
        raise click.UsageError(
            Text("Chọn --scheduler hoặc --cluster, bỏ cái kia", "Give --scheduler or --cluster, not both")[language()]
        )
    if given["scheduler"] is None and given["cluster"] is None:
        if given["parts"] is not None:
            raise click.UsageError(
                Text(
                    "--parts chỉ dùng cùng Dask; thêm --scheduler ĐỊA_CHỈ hoặc --cluster local:N",
                    "--parts is for Dask only; add --scheduler ADDRESS or --cluster local:N",
                )[language()]
            )
        return None
    require("distributed", "--scheduler" if given["cluster"] is None else "--cluster")
    return Cluster(given["scheduler"], given["cluster"] or 1, given["parts"])


@contextmanager
def _kept(path: Path | None, resume: bool) -> "Iterator[Store | None]":
    """The store that keeps the audit, if there is to be one. Raises Unreadable."""
    if path is None:
        yield None
        return
    check_memory(MEMORY)
    from ..engine.audit.store.store import Store

    with closing(Store(path, resume=resume)) as store:
        yield store


def handbooks_of(directive: str | None) -> Handbooks:
    """The handbooks of the packs that may judge, by directive. Raises Unreadable."""
    books = [ruleset.handbook for ruleset in rulesets_of(directive)]
    handbooks = {book.directive: book for book in books if book is not None}
    assert len(handbooks) == len(books), "a pack was read without its handbook"
    return handbooks


def audited(
    request: Request,
    ledger: Ledger,
    sink: "Store | None",
    handbooks: Handbooks,
    *,
    quiet: bool,
    beside: Beside | None = None,
) -> Totals:
    """The audit, with its progress on standard error where it is not quiet. Raises Unreadable."""
    if quiet:
        return audit(request, ledger, sink, beside=beside)
    bar = sys.stderr.isatty()
    with Progress(language(), handbooks, bar=bar) as progress:
        if bar:
            Thread(target=lambda: progress.expect(expected(request.inputs, request.since)), daemon=True).start()
        return audit(request, ledger, sink, progress.watch, beside)


@dataclass(frozen=True, slots=True)
class _Summed:
    """What a summary says it is of."""

    handbooks: Handbooks
    request: Request
    store: "Store | None"
    told: Sequence[Problem]
    in_force: InForce


def _summary_file(form: str, ledger: Ledger, of: _Summed) -> bytes:
    """The dashboard, with the runs before where there is a store, or the board's workbook."""
    from ..engine.audit.report import dashboard, workbook
    from ..engine.audit.report.summary import RunDetails, summarised
    from ..engine.audit.store.history import past_runs

    run, books = None if of.store is None else of.store.run, of.handbooks
    version, redacted = ", ".join(book.version for book in books.values()), of.request.redact_names
    about = RunDetails(datetime.now(), ", ".join(books), version, run, redacted, books, of.in_force)
    if form == "xlsx":
        return workbook.render(summarised(ledger.outcomes(), workbook.MOST_LISTED, of.told), about, language())
    runs = [] if of.store is None else past_runs(of.store.database)
    history = [item for item in runs if item.directive == about.directive]
    return dashboard.render(summarised(ledger.outcomes(), dashboard.MOST_LISTED, of.told), about, history, language())


def _pieces(shown: str, ledger: Ledger, handbooks: Handbooks, totals: Totals) -> Any:
    if shown == "json":
        return as_json(totals.in_force.directive, ledger.outcomes(), totals)
    if shown == "jsonl":
        return as_lines(ledger.outcomes(), totals)
    if shown == "csv":
        return as_csv(totals.in_force.directive, ledger.outcomes(), totals, language())
    return [totals_text(totals, handbooks, language()).encode()]


def _unsaved(form: str, path: Path, ledger: Ledger, totals: Totals, summed: _Summed) -> Sequence[Problem]:
    """Write a file whole or not at all (a device or pipe is written to, never replaced); gives what kept it from being."""
    try:
        with needed_for(str(path)), writing_whole(path, may_be_replaced) as file:
            if form in SUMMARIES:
                file.write(_summary_file(form, ledger, summed))
            else:
                file.writelines(_pieces(form, ledger, summed.handbooks, totals))
    except Unreadable as unreadable:
        return unreadable.problems
    except OSError as error:
        return (unwritable(path, error),)
    return ()
