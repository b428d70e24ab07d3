"""`thamdinh audit history`: the runs of a store."""

from pathlib import Path
from typing import TYPE_CHECKING

from ..engine.base.as_json import json_text
from ..engine.base.instant import instant_words
from ..engine.base.text import Text, per_cent
from .bilingual import command as bilingual_command
from .bilingual import language, write
from .stores import opened_store, runs_went_by, shown_option, store_option, text_table

if TYPE_CHECKING:
    from ..engine.audit.store.history import PastRun


@bilingual_command(Text("Liệt kê các lần rà soát trong kho.", "List the runs of a store."))
@store_option()
@shown_option()
def command(store: Path, shown: str) -> int:
    """Print the runs, the first one first."""
    from ..engine.audit.store.history import past_runs

    with opened_store(store) as database:
        runs = past_runs(database)
    if shown == "json":
        write(json_text([run.to_json() for run in runs]).encode())
    else:
        write(_text(runs).encode())
    return 0


def _text(runs: "list[PastRun]") -> str:
    vietnamese = language() == "vi"
    if not runs:
        return Text("Kho chưa có lần rà soát nào\n", "The store has no run yet\n")[language()]
    head = (
        ("Lần", "Bắt đầu", "Bộ quy tắc", "Văn bản", "Đạt", "Chưa đạt", "Không thẩm định được", "Tỉ lệ đạt", "Lỗi", "")
        if vietnamese
        else ("Run", "Began", "Pack", "Plans", "Compliant", "Non-compliant", "Not appraised", "Share", "Errors", "")
    )
    unfinished = Text("dở dang", "interrupted")[language()]
    rows = [
        (
            run.run, instant_words(run.started, language()), f"{run.directive} {run.version}", run.plans,
            run.statuses["compliant"], run.statuses["non_compliant"], run.statuses["invalid"], per_cent(run.share, language()),
            run.findings["error"], "" if run.finished else unfinished,
        )
        for run in runs
    ]  # fmt: skip
    return "\n".join([text_table(head, rows), *runs_went_by(*runs)])
