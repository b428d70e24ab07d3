"""`thamdinh audit purge`: delete old runs from a store, for good."""

import sys
from datetime import datetime
from pathlib import Path

import click

from ..engine.problem import Unreadable
from ..engine.text import Text, counted
from .bilingual import command as bilingual_command
from .bilingual import language, option, write
from .refusal import refuse
from .stores import opened, store_option
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
    from ..engine.audit.history import past_runs
    from ..engine.audit.purge import purge

    try:
        if not yes:
            with opened(store) as database:
                runs = [run.run for run in past_runs(database) if run.started < before]
            if not _agreed(runs):
                return 1 if sys.stdin.isatty() else 2
        purged = purge(store, before.date())
    except Unreadable as unreadable:
        return refuse(unreadable)
    lines = [
        Text(
            f"Đã xóa hẳn {purged.runs} lần rà soát và {purged.verdicts} kết luận; còn lại {purged.kept} lần",
            f"Deleted {counted(purged.runs, 'run')} and {counted(purged.verdicts, 'verdict')} for good; {counted(purged.kept, 'run')} left",
        )
    ]
    lines += [Text(f"Đã xóa bản sao {path.name}", f"Deleted the copy {path.name}") for path in purged.backups]
    write("".join(f"{line[language()]}\n" for line in lines).encode())
    return 0


def _agreed(runs: list[int]) -> bool:
    """Whether the user, at a terminal, says that these runs may go."""
    numbers = ", ".join(map(str, runs)) or "0"
    question = Text(
        f"Xóa hẳn các lần rà soát {numbers}? Không lấy lại được", f"Delete runs {numbers}? There is no way back"
    )
    if not sys.stdin.isatty():
        click.echo(
            Text(
                f"{len(runs)} lần rà soát sẽ bị xóa hẳn ({numbers}). Thêm --yes để xóa mà không hỏi",
                f"{counted(len(runs), 'run')} would be deleted for good ({numbers}). Add --yes to delete without being asked",
            )[language()],
            err=True,
        )
        return False
    return click.confirm(question[language()], default=False, err=True)
