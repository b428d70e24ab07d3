"""`thamdinh audit purge`: delete old runs from a store, for good."""

import sys
from datetime import datetime
from pathlib import Path

import click

from ..engine.base.text import Text, counted
from .bilingual import command as bilingual_command
from .bilingual import language, option, write
from .stores import opened_store, store_option
from .values import Day


@bilingual_command(
    Text(
        "Xóa hẳn các lần rà soát bắt đầu trước một ngày, và mọi thứ chỉ chúng dùng đến, kể cả bản sao của kho.",
        "Delete for good the runs that began before a day, all that only they refer to, and copies of the store.",
    )
)
@store_option()
@option(
    "--before",
    required=True,
    type=Day(),
    metavar="DATE",
    words=Text("Ngày: 2018-01-31 hoặc 31/01/2018.", "Day: 2018-01-31 or 31/01/2018."),
)
@option("--yes", is_flag=True, words=Text("Không hỏi lại.", "Don't ask."))
def command(store: Path, before: datetime, yes: bool) -> int:
    """Ask, delete, and say what is gone."""
    from ..engine.audit.store.database import backups
    from ..engine.audit.store.history import past_runs
    from ..engine.audit.store.purge import purge

    copies = backups(store)
    with opened_store(store) as database:
        runs = [run.run for run in past_runs(database) if run.started < before]
    if not runs and not copies:
        write(f"{_nothing(before)[language()]}\n".encode())
        return 0
    if not yes and not _agreed(runs, copies):
        return 1 if sys.stdin.isatty() else 2
    purged = purge(store, before.date())
    lines = [
        Text(
            f"Đã xóa hẳn {purged.runs} lần rà soát và {purged.verdicts} kết luận; còn lại {purged.kept} lần",
            f"Deleted {counted(purged.runs, 'run')} and {counted(purged.verdicts, 'verdict')} for good; {counted(purged.kept, 'run')} left",
        )
    ]
    lines += [Text(f"Đã xóa bản sao {path.name}", f"Deleted the copy {path.name}") for path in purged.backups]
    write("".join(f"{line[language()]}\n" for line in lines).encode())
    return 0


def _nothing(before: datetime) -> Text:
    day = f"{before:%d/%m/%Y}"
    return Text(
        f"Không có lần rà soát nào bắt đầu trước ngày {day}, nên không xóa gì",
        f"No run began before {day}, so nothing is deleted",
    )


def _agreed(runs: list[int], copies: list[Path]) -> bool:
    """Whether the user, at a terminal, says that these runs, and copies of the store, may go."""
    numbers, names = ", ".join(map(str, runs)), ", ".join(copy.name for copy in copies)
    parts = [Text(f"{len(runs)} lần rà soát ({numbers})", f"{counted(len(runs), 'run')} ({numbers})")] if runs else []
    parts += [Text(f"bản sao {names}", f"the copy {names}")] if copies else []
    what = Text(" và ".join(part.vi for part in parts), " and ".join(part.en for part in parts))
    if not sys.stdin.isatty():
        words = Text(
            f"Sẽ xóa hẳn {what.vi}. Thêm --yes để xóa mà không hỏi",
            f"{what.en} would be deleted for good. Add --yes to delete without being asked",
        )
        click.echo(words[language()], err=True)
        return False
    question = Text(f"Xóa hẳn {what.vi}? Không lấy lại được", f"Delete {what.en}? There is no way back")
    return click.confirm(question[language()], default=False, err=True)
