"""`thamdinh audit export`: a run of a store as a file: tables, the dashboard, or the board's workbook."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..engine.base.text import Text
from .bilingual import Choice, argument, language, option
from .bilingual import command as bilingual_command
from .stores import opened_store, store_option
from .values import NewFile

if TYPE_CHECKING:
    from ..engine.audit.store.database import Database
    from ..engine.audit.store.export import What
    from ..engine.audit.store.history import PastRun

TABLES: Final = ("csv", "parquet", "json")
SUMMARIES: Final = ("html", "xlsx")
_WHATS: Final = {
    "findings": Text("phát hiện", "findings"),
    "plans": Text("văn bản", "documents"),
    "problems": Text("lý do không thẩm định được", "problems"),
    "undecided": Text("chưa đủ căn cứ", "undecided"),
    "notices": Text("lưu ý", "notices"),
}


@bilingual_command(
    Text(
        "Xuất một lần rà soát ra ĐẦU RA: .csv, .parquet, .json (bảng dữ liệu), .html (trang tổng hợp), "
        ".xlsx (bảng tổng hợp).",
        "Export a RUN to OUTPUT: .csv, .parquet, .json (a table), .html (the dashboard), .xlsx (the summary workbook).",
    )
)
@argument("run", metavar="RUN")
@argument("output", metavar="OUTPUT", type=NewFile())
@store_option()
@option(
    "--what",
    type=Choice(_WHATS),
    default="findings",
    show_default=True,
    words=Text(
        "Bảng nào: phát hiện, văn bản, lý do không thẩm định được, trường hợp chưa đủ căn cứ kết luận, lưu ý.",
        "Which table: findings, documents, problems, seats not decidable, or notices.",
    ),
)
def command(run: str, output: Path, store: Path, what: "What") -> int:
    """Write the file, whole or not at all."""
    from ..engine.audit.store.history import past_run
    from ..engine.base.unwritable import writing
    from ..engine.base.whole_file import write_whole
    from ..engine.documents.results import may_be_replaced
    from ..engine.lint.outputs import check_files

    form = output.suffix.lower().removeprefix(".")
    if form not in (*TABLES, *SUMMARIES):
        known = ", ".join(f".{name}" for name in (*TABLES, *SUMMARIES))
        raise click.BadParameter(
            Text(f"đuôi tệp phải là một trong: {known}", f"the file must end in one of: {known}")[language()],
            param_hint=Text("ĐẦU RA", "OUTPUT")[language()],
        )
    check_files([output], [str(store)])
    with opened_store(store) as database:
        past = past_run(database, run)
        content = _content(database, past, what, form)
    with writing(output):
        write_whole(output, content, may_be_replaced)
    return 0


def _content(database: "Database", past: "PastRun", what: "What", form: str) -> bytes:
    from ..engine.audit.report.summary import about_run

    if form in TABLES:
        from ..engine.audit.store.export import export

        return export(database, past, what, form, language(), about_run(past).handbooks)
    from ..engine.audit.report.summary import summarised
    from ..engine.audit.store.history import past_runs
    from ..engine.audit.store.store import notices_of_run, outcomes_of

    outcomes = outcomes_of(database, past.run, across=False)
    told = notices_of_run(database, past.run)
    about = about_run(past)
    if form == "html":
        from ..engine.audit.report import dashboard

        history = [item for item in past_runs(database) if item.directive == past.directive]
        return dashboard.render(summarised(outcomes, dashboard.MOST_LISTED, told), about, history, language())
    from ..engine.audit.report import workbook

    return workbook.render(summarised(outcomes, workbook.MOST_LISTED, told), about, language())
