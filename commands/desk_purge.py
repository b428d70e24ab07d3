"""`thamdinh desk purge`: cases that were kept long enough are deleted for good."""

import sys
from pathlib import Path
from typing import Final

import click

from ..engine.base.problem import SCHEMA, Place, Problem, Unreadable
from ..engine.base.text import Text, counted
from .bilingual import command as bilingual_command
from .bilingual import language, option, say
from .desks import desk_options, opened_desk
from .values import Whole

_UNSAID: Final = Problem(
    SCHEMA,
    Text("Chưa có thời hạn lưu hồ sơ", "Nobody has said for how long cases are kept"),
    Text("Nêu số ngày: --days 3650", "Say for how many days: --days 3650"),
    Place("--days"),
)


@bilingual_command(
    Text(
        "Xóa hẳn hồ sơ đã kết thúc quá thời hạn lưu: tệp, kết luận, ý kiến. Dấu vết của các sự kiện còn lại để kiểm tra được chuỗi.",
        "Delete for good cases that were closed longer ago than cases are kept: files, verdicts, words. The hashes of events stay.",
    )
)
@option(
    "--days",
    type=Whole(1, 100_000),
    metavar="N",
    words=Text("Số ngày lưu; được ghi lại cho các lần sau.", "For how many days; it is kept for the next time."),
)
@option("--yes", is_flag=True, words=Text("Không hỏi lại.", "Don't ask."))
@desk_options()
def command(days: int | None, yes: bool, data: Path, database: str | None, key: Path | None) -> int:
    """Ask, delete, and say how many are gone."""
    with opened_desk(data, database, key) as desk:
        from ..desk.keeping import purge_cases

        kept = days or desk.accounts.retention()
        if kept is None:
            raise Unreadable(_UNSAID)
        if not yes and not _agreed(kept):
            return 1 if sys.stdin.isatty() else 2
        if days is not None and days != desk.accounts.retention():
            desk.accounts.set_retention(None, days)
        gone = purge_cases(desk.store, kept)
    say(Text(f"Đã xóa hẳn {gone} hồ sơ", f"Deleted {counted(gone, 'case')} for good"))
    return 0


def _agreed(days: int) -> bool:
    """Whether the user, at a terminal, says that they may go."""
    if not sys.stdin.isatty():
        say(
            Text(
                f"Sẽ xóa hẳn hồ sơ đã kết thúc quá {days} ngày. Thêm --yes để xóa mà không hỏi",
                f"Cases closed over {days} days ago would be deleted for good. Add --yes to delete without being asked",
            ),
            err=True,
        )
        return False
    question = Text(
        f"Xóa hẳn hồ sơ đã kết thúc quá {days} ngày? Không lấy lại được",
        f"Delete cases closed over {days} days ago? There is no way back",
    )
    return click.confirm(question[language()], default=False, err=True)
