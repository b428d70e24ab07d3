"""`thamdinh rules verify`: proves of a pack that it can be obeyed, that its rules bite and that none conflict."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..engine.base.as_json import json_text
from ..engine.base.libraries import require
from ..engine.base.text import Text, named
from ..engine.base.unwritable import writing
from ..engine.directive.packs import read_version
from .bilingual import Choice, language, option, write
from .bilingual import command as bilingual_command
from .shared_options import directive_option
from .values import KindWord, Number, kind_named

if TYPE_CHECKING:
    from ..engine.assurance.verify.rendering import Plans
    from ..engine.assurance.verify.report import VerifyReport
    from ..engine.assurance.verify.verify import Progress


@bilingual_command(
    Text(
        "Kiểm chứng một bộ quy tắc trước khi ban hành, trên mọi văn bản trong giới hạn: thực hiện được, quy tắc nào "
        "cũng vi phạm riêng được, không quy tắc nào thừa hay chống nhau, ngoại lệ có tác dụng; nêu văn bản làm chứng. "
        "Mã kết thúc: 0 đã chứng minh hết; 1 có điều bị bác bỏ; 2 không dùng được, hoặc chưa quyết định được hết.",
        "Prove a pack before it is put in force, over every document within the bound: it can be obeyed, each rule can be "
        "breached on its own, none is implied or conflicts, exceptions take effect; with the documents that show it. "
        "Exit status: 0 all proved; 1 something refuted; 2 unusable input, or not all decided.",
    )
)
@directive_option()
@option(
    "--kind",
    "kinds",
    multiple=True,
    type=KindWord(),
    words=Text(
        "Chỉ xét loại hình này (dùng được nhiều lần); mặc định: các loại hình thuộc phạm vi của bộ quy tắc.",
        "Only this kind of organisation (repeatable); default: those that the pack is for.",
    ),
)
@option(
    "--bound",
    "bounds",
    multiple=True,
    metavar="NAME=N,…",
    words=Text(
        "Giới hạn của phép chứng minh, như days=2; các tên tùy loại tài liệu, ghi sai thì được nêu ra.",
        "Bound of the proof, such as days=2; the names are those of the type, and are told where one is wrong.",
    ),
)
@option(
    "--timeout",
    type=Number(0.001, 3600),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    words=Text(
        "Số giây cho mỗi câu hỏi; quá thì là “chưa quyết định”.",
        "Seconds for one question; beyond it is “not decided”.",
    ),
)
@option(
    "--witnesses",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    words=Text("Ghi mọi văn bản làm chứng vào thư mục này.", "Write every witness document to this folder."),
)
@option(
    "--plans",
    type=Choice(
        {"none": Text("không", "none"), "smallest": Text("nhỏ nhất", "smallest"), "all": Text("tất cả", "all")}
    ),
    default="smallest",
    show_default=True,
    words=Text(
        "In văn bản làm chứng nào: không in; văn bản nhỏ nhất đạt mọi quy tắc và vi phạm riêng từng quy tắc; tất cả.",
        "Which witness documents to print: none; the smallest that comply and that breach one rule each; all.",
    ),
)
@option(
    "--format",
    "format_",
    type=Choice(named(("text", "json"))),
    default="text",
    show_default=True,
    words=Text("Dạng kết quả.", "Output format."),
)
@option(
    "--no-cache",
    is_flag=True,
    words=Text("Không dùng kết quả đã có của lần chạy trước.", "Do not use what an earlier run decided."),
)
def command(
    directive: str,
    kinds: tuple[str, ...],
    bounds: tuple[str, ...],
    timeout: float,
    witnesses: Path | None,
    plans: "Plans",
    format_: str,
    no_cache: bool,
) -> int:
    """Verify the pack and print the report."""
    require("z3", "rules verify")
    from ..engine.assurance.verify.bounds import parse_bound
    from ..engine.assurance.verify.rendering import report_text
    from ..engine.assurance.verify.verify import kinds_of, verify

    pack = read_version(directive)
    bound = parse_bound(bounds, pack.ruleset.document)
    chosen = [kind_named(kind, pack.ruleset.known) for kind in dict.fromkeys(kinds)] or kinds_of(pack)
    with _progress() as progress:
        report = verify(pack, chosen, bound, timeout, cached=not no_cache, progress=progress)
    if witnesses is not None:
        _write_witnesses(report, witnesses)
    if format_ == "json":
        write(json_text(report.to_json()).encode())
    else:
        write(report_text(report, language(), plans).encode())
    return report.exit_status


@contextmanager
def _progress() -> "Iterator[Progress | None]":
    """A bar on a terminal, for who waits; nothing where standard error is not one."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    words = Text("Kiểm chứng các loại hình", "Verifying kinds of organisation")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words[language()], total=None)
        yield lambda done, all_: bar.update(task, completed=done, total=all_)


def _write_witnesses(report: "VerifyReport", folder: Path) -> None:
    """Every witness as a plan of its own, with a comment that says what it shows. Raises Unreadable."""
    from ..engine.base.seal import sealed_text
    from ..engine.base.whole_file import write_whole
    from ..engine.documents.results import may_be_replaced

    with writing(folder, named=True):
        folder.mkdir(parents=True, exist_ok=True)
        for claim in report.claims:
            if claim.witness is not None:
                about = f"{claim.about}: " if claim.about else ""
                comment = f"# {about}{claim.said[language()]}\n"
                text = sealed_text(comment + claim.witness.text)
                write_whole(folder / f"{claim.witness.name}.yaml", text, may_be_replaced)
