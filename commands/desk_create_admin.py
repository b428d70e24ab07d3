"""`thamdinh desk create-admin`: a desk, if there is none yet, and an administrator."""

from pathlib import Path

from ..engine.base.text import Text
from .bilingual import argument, option, say
from .bilingual import command as bilingual_command
from .desks import asked_password, desk_options, opened_desk


@bilingual_command(
    Text(
        "Lập bàn thẩm định trong thư mục dữ liệu nếu chưa có, và một tài khoản quản trị. Mật khẩu được hỏi, hoặc đọc từ dòng đầu "
        "của đầu vào chuẩn.",
        "Set up a desk in the folder if there is none, and an administrator. The password is asked for, or read from the first "
        "line of standard input.",
    )
)
@argument("login", metavar="NAME")
@option("--name", metavar="TEXT", words=Text("Họ tên; mặc định: tên đăng nhập.", "Full name; default: the login."))
@desk_options()
def command(login: str, name: str | None, data: Path, database: str | None, key: Path | None) -> int:
    """Make both, and say where the key is."""
    with opened_desk(data, database, key, make=True) as desk:
        desk.accounts.add(None, login, name or login, ["administrator"], asked_password())
        where, fingerprint = desk.store.vault.key, desk.fingerprint
    say(Text(f"Đã lập tài khoản quản trị {login}", f"Made the administrator {login}"))
    say(
        Text(
            f"Khóa: {where}. Cất một bản ở nơi khác: mất khóa là mất mọi tệp đã lưu, và bản sao lưu không chứa khóa",
            f"The key: {where}. Keep a copy elsewhere: without it all files are lost, and no backup holds it",
        )
    )
    say(Text(f"Dấu vân tay của khóa: {fingerprint}", f"Fingerprint of the key: {fingerprint}"))
    return 0
