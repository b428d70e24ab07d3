"""`thamdinh audit [run]`: check many plans in one run, and say how they stand together."""

import sys
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any, Final

import click

from ..engine.audit.batch import Engine
from ..engine.audit.inputs import expected
from ..engine.audit.ledger import Ledger
from ..engine.audit.output import as_csv, as_json, as_lines, summary
from ..engine.audit.progress import Progress
from ..engine.audit.run import Request, audit
from ..engine.audit.totals import Totals
from ..engine.packs import DEFAULT, Pack, read
from ..engine.problem import Unreadable
from ..engine.settings import FAIL_ON, FailOn
from ..engine.text import Text
from .bilingual import command as bilingual_command
from .bilingual import language, option, write
from .lint import codes
from .refusal import refuse, unwritable

ENGINES: Final[dict[str, Engine]] = {"auto": "compiled", "compiled": "compiled", "durable": "durable"}
FORMATS: Final = ("text", "json", "jsonl", "csv")
SUFFIXES: Final = {".json": "json", ".jsonl": "jsonl", ".csv": "csv", ".txt": "text"}


@bilingual_command(
    Text(
        "Rà soát nhiều kế hoạch: THƯ MỤC, TỆP (YAML, JSON, JSONL, Parquet, zip, XLSX, DOCX), mẫu tên tệp hoặc địa chỉ "
        "fsspec.",
        "Audit many plans: FOLDERS, FILES (YAML, JSON, JSONL, Parquet, zip, XLSX, DOCX), patterns or fsspec addresses.",
    )
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default="auto",
    show_default=True,
    words=Text(
        "Bộ máy quy tắc: compiled (nhanh; auto cũng vậy) hoặc durable (durable-rules).",
        "Rule engine: compiled (fast; auto means this) or durable (durable-rules).",
    ),
)
@option(
    "--jobs",
    "-j",
    type=click.IntRange(1, 1024),
    words=Text("Số tiến trình; mặc định: số bộ xử lý.", "Worker processes; default: as many as processors."),
)
@option(
    "--format",
    "shown",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    words=Text("In ra màn hình dạng nào.", "What to print."),
)
@option(
    "--output-file",
    "-o",
    "outputs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    words=Text(
        "Ghi kết quả của mọi kế hoạch vào tệp; đuôi tệp cho biết dạng. Có thể lặp lại.",
        "Write the result of every plan to a file; its suffix tells the format. May be repeated.",
    ),
)
@option(
    "--fail-on",
    type=click.Choice(list(FAIL_ON)),
    default="error",
    show_default=True,
    words=Text("Mức thấp nhất làm lệnh kết thúc với mã 1.", "Lowest severity that ends with status 1."),
)
@option(
    "--select",
    multiple=True,
    callback=codes,
    metavar="CODE",
    words=Text("Chỉ dùng các quy tắc này.", "Use only these rules."),
)
@option(
    "--ignore", multiple=True, callback=codes, metavar="CODE", words=Text("Bỏ qua các quy tắc này.", "Leave out these.")
)
@option("--directive", default=DEFAULT, metavar="ID|FOLDER", words=Text("Bộ quy tắc.", "Rule pack."))
@option(
    "--since",
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    words=Text("Chỉ các tệp gửi hoặc sửa từ ngày này.", "Only files submitted or changed on this day or later."),
)
@option(
    "--redact",
    type=click.Choice(["names"]),
    words=Text("names: gọi mọi người bằng mã của họ.", "names: call people by their ids."),
)
@option("--quiet", "-q", is_flag=True, words=Text("Không in tiến độ và tổng hợp.", "Print no progress and no summary."))
def command(inputs: tuple[str, ...], **given: Any) -> int:
    """Audit the inputs, write what was asked for, and give the exit status (plan-format)."""
    outputs: tuple[Path, ...] = given["outputs"]
    since: datetime | None = given["since"]
    for path in outputs:
        if path.suffix.lower() not in SUFFIXES:
            known = ", ".join(SUFFIXES)
            raise click.BadParameter(
                Text(f"đuôi tệp phải là một trong: {known}", f"the file must end in one of: {known}")[language()],
                param_hint="--output-file",
            )
    request = Request(
        inputs,
        given["directive"],
        given["select"],
        given["ignore"],
        ENGINES[given["engine"]],
        given["jobs"],
        since.date() if since else None,
        given["redact"] == "names",
    )
    try:
        pack = read(request.directive)
        with Ledger() as ledger:
            totals = _audited(request, ledger, quiet=given["quiet"])
            for path in outputs:
                _save(path, ledger, pack, totals)
            if not given["quiet"] or given["shown"] != "text":
                for piece in _pieces(given["shown"], ledger, pack, totals):
                    write(piece)
    except Unreadable as unreadable:
        return refuse(unreadable)
    fail_on: FailOn = given["fail_on"]
    return totals.exit_status(fail_on)


def _audited(request: Request, ledger: Ledger, *, quiet: bool) -> Totals:
    if quiet:
        return audit(request, ledger)
    bar = sys.stderr.isatty()
    with Progress(language(), bar=bar) as progress:
        if bar:
            Thread(target=lambda: progress.expect(expected(request.inputs, request.since)), daemon=True).start()
        return audit(request, ledger, watch=progress.watch)


def _pieces(shown: str, ledger: Ledger, pack: Pack, totals: Totals) -> Any:
    if shown == "json":
        return as_json(pack.directive.id, ledger.outcomes(), totals)
    if shown == "jsonl":
        return as_lines(ledger.outcomes())
    if shown == "csv":
        return as_csv(pack.directive.id, ledger.outcomes(), language())
    return [summary(totals, pack, language()).encode()]


def _save(path: Path, ledger: Ledger, pack: Pack, totals: Totals) -> None:
    """Write a file whole or not at all. Raises Unreadable."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.writelines(_pieces(SUFFIXES[path.suffix.lower()], ledger, pack, totals))
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise Unreadable(unwritable(path, error)) from None
