"""`thamdinh waivers list`: what is waived, for whom, why, by whom and until when."""

import datetime
from pathlib import Path

import click

from ..engine.explanation import who_may_waive
from ..engine.packs import read
from ..engine.problem import Unreadable
from ..engine.reporters.inert import printable
from ..engine.text import Language, Text, counted
from ..engine.waivers import NOTICE_DAYS, Waiver, described, located, read_waivers
from .bilingual import argument, language, write
from .bilingual import command as bilingual_command
from .refusal import refuse
from .shared_options import directive_option


@bilingual_command(
    Text(
        "Liệt kê các miễn trừ trong TỆP, hoặc trong waivers.yaml gần nhất, tìm ngược lên từ THƯ MỤC (mặc định: thư mục này).",
        "List the waivers in FILE, or in the nearest waivers.yaml, upwards from FOLDER (default: this folder).",
    )
)
@argument("given", default=Path(), metavar="[FILE|FOLDER]", type=click.Path(path_type=Path))
@directive_option()
def command(given: Path, directive: str) -> int:
    """Print the waivers, one a paragraph, and the pack's advice on who may waive."""
    try:
        waivers = read_waivers(located(given) if given.is_dir() else given)
        advice = who_may_waive(read(directive), language())
    except Unreadable as unreadable:
        return refuse(unreadable)
    today = datetime.date.today()
    write("\n".join([*(_paragraph(waiver, today, language()) for waiver in waivers), advice]).encode())
    return 0


def _paragraph(waiver: Waiver, today: datetime.date, language: Language) -> str:
    left = (waiver.valid_until - today).days
    if left < 0:
        state = Text("đã hết hạn", "expired")
    elif left <= NOTICE_DAYS:
        state = Text(f"còn {left} ngày", f"{counted(left, 'day')} left")
    else:
        state = Text("còn hiệu lực", "holds")
    until = Text("đến hết ngày", "until")[language]
    lines = (
        f"{described(waiver)[language]}: {state[language]} ({until} {waiver.valid_until:%d/%m/%Y})",
        f"  {Text('Lý do', 'Reason')[language]}: {waiver.reason}",
        f"  {Text('Cho phép', 'Approved by')[language]}: {waiver.approved_by}, {waiver.document}",
        f"  {waiver.place.describe(language)}",
    )
    return "".join(f"{printable(line)}\n" for line in lines)
