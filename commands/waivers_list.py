"""`thamdinh waivers list`: what is waived, for whom, why, by whom and until when."""

import datetime
import sys
from typing import Any

from ..engine.base.inert import printable
from ..engine.base.text import Language, Text, counted
from ..engine.directive.packs import AUTO, DEFAULT, read
from ..engine.explain.pages import who_may_waive
from ..engine.waivers.waivers import NOTICE_DAYS, Waiver, described, file_of_waivers, read_waivers
from .bilingual import argument, language, speak, write
from .bilingual import command as bilingual_command
from .shared_options import settings_given, settings_options


@bilingual_command(
    Text(
        "Liệt kê các miễn trừ trong TỆP; mặc định: tệp mà cấu hình nêu, hoặc waivers.yaml trong thư mục hiện tại.",
        "List the waivers in FILE; default: the file that the settings name, or waivers.yaml in the current directory.",
    )
)
@argument("file", required=False, metavar="[FILE]")
@settings_options()
def command(file: str | None, **given: Any) -> int:
    """Print the waivers, one a paragraph, and the pack's advice on who may waive."""
    settings = settings_given({**given, "waivers": file})
    speak(sys.argv[1:], settings.lang)
    waivers = read_waivers(file_of_waivers(settings.waivers))
    directive = settings.directive or DEFAULT
    advice = who_may_waive(read(DEFAULT if directive == AUTO else directive), language())
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
