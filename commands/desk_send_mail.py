"""`thamdinh desk send-mail`: the mail that is due, sent once; a timer of the system calls it."""

import os
from pathlib import Path
from typing import Final

from ..engine.base.inert import printable
from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.text import Text, counted, named
from .bilingual import Choice, option, say
from .bilingual import command as bilingual_command
from .desks import desk_options, opened_desk
from .refusal import refuse
from .values import Whole

VARIABLE: Final = "THAMDINH_SMTP_PASSWORD"
_SECURITY: Final = {**named(("starttls", "tls")), "none": Text("không", "none")}


@bilingual_command(
    Text(
        "Gửi các thư còn chờ: đã nhận hồ sơ, yêu cầu sửa đổi, đã quyết định, ngoại lệ sắp hết hạn. Chạy định kỳ (cron, systemd). Mã kết "
        "thúc: 0 đã gửi hết, 1 còn thư chưa gửi được.",
        "Send the mail that is due: received, changes requested, decided, an exception about to expire. Run it by a timer (cron, "
        "systemd). Status: 0 all is sent, 1 some could not be.",
    )
)
@option("--smtp", required=True, metavar="HOST", words=Text("Máy chủ thư.", "The mail server."))
@option(
    "--port",
    type=Whole(1, 65535),
    metavar="N",
    words=Text("Cổng; mặc định 587, 465 (tls) hoặc 25 (không).", "Its port; default 587, 465 (tls) or 25 (none)."),
)
@option(
    "--security",
    type=Choice(_SECURITY),
    default="starttls",
    show_default=True,
    words=Text("Cách mã hóa đường truyền.", "How the connection is encrypted."),
)
@option("--from", "sender", required=True, metavar="ADDRESS", words=Text("Địa chỉ gửi.", "The sender's address."))
@option(
    "--url",
    required=True,
    metavar="ADDRESS",
    words=Text(
        "Địa chỉ trang của bàn thẩm định, để ghi trong thư.", "The address of the desk's pages, to stand in the mail."
    ),
)
@option(
    "--user",
    metavar="NAME",
    words=Text(f"Tên đăng nhập máy chủ thư; mật khẩu ở {VARIABLE}.", f"The login there; the password is {VARIABLE}."),
)
@desk_options()
def command(
    smtp: str,
    port: int | None,
    security: str,
    sender: str,
    url: str,
    user: str | None,
    data: Path,
    database: str | None,
    key: Path | None,
) -> int:
    """Send it, and say how many letters went out and what kept others back."""
    with opened_desk(data, database, key) as desk:
        from ..desk.mail import Post

        chosen = port or {"starttls": 587, "tls": 465, "none": 25}[security]
        post = Post(smtp, sender, url, chosen, security, user, os.environ.get(VARIABLE))
        sent, failed = desk.deliver(post)
    say(Text(f"Đã gửi {sent} thư", f"Sent {counted(sent, 'letter')}"))
    if failed is None:
        return 0
    why = printable(str(failed))
    problem = Problem(
        UNREADABLE,
        Text(f"Còn thư chưa gửi được ({why})", f"Some mail could not be sent ({why})"),
        Text(
            "Kiểm tra máy chủ thư và địa chỉ người nhận; thư được gửi lại ở lần chạy sau",
            "Look at the mail server and at the addresses; it is sent again the next time",
        ),
        Place(f"{smtp}:{chosen}"),
    )
    refuse(Unreadable(problem))
    return 1
