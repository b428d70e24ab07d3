"""`thamdinh desk users`: the accounts of a desk, listed, made and changed."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ..desk.vocabulary import ROLES
from ..engine.base.text import Text
from .bilingual import Choice, argument, language, option, say, write
from .bilingual import command as bilingual_command
from .desks import asked_password, desk_options, opened_desk
from .stores import text_table

if TYPE_CHECKING:
    from ..desk.desk import Desk

_NOTHING: Final = Text("Nêu tên đăng nhập của tài khoản cần lập hoặc đổi.", "Name the login of the account.")


@bilingual_command(
    Text(
        "Không nêu TÊN: liệt kê tài khoản. Nêu TÊN: đổi tài khoản đó, hoặc lập mới với --add (mật khẩu được hỏi, hoặc đọc từ đầu vào "
        "chuẩn).",
        "Without NAME: list the accounts. With NAME: change it, or make it with --add (the password is asked for, or read from "
        "standard input).",
    )
)
@argument("login", required=False, metavar="[NAME]")
@option("--add", is_flag=True, words=Text("Lập tài khoản mới.", "Make the account."))
@option("--name", metavar="TEXT", words=Text("Họ tên.", "Full name."))
@option(
    "--role",
    "roles",
    multiple=True,
    type=Choice(ROLES),
    words=Text(
        "Vai trò; nêu nhiều lần được.",
        "A role; may be repeated.",
    ),
)
@option(
    "--organisation",
    metavar="TEXT",
    words=Text("Tên đơn vị; chưa có thì lập.", "The organisation; made where there is none."),
)
@option("--district", metavar="TEXT", words=Text("Huyện của đơn vị mới.", "The district of a new organisation."))
@option("--kind", metavar="TEXT", words=Text("Loại hình của đơn vị mới.", "The kind of a new organisation."))
@option("--address", metavar="TEXT", words=Text("Địa chỉ thư điện tử.", "E-mail address."))
@option("--set-password", is_flag=True, words=Text("Đặt lại mật khẩu.", "Set another password."))
@option(
    "--lost-phone",
    is_flag=True,
    words=Text("Bỏ xác thực hai lớp của tài khoản.", "Take away the second factor of the account."),
)
@option("--close/--open", "closed", default=None, words=Text("Khóa, hoặc mở lại.", "Close it, or open it again."))
@desk_options()
def command(login: str | None, data: Path, database: str | None, key: Path | None, **given: Any) -> int:
    """List, make or change, and say what was done."""
    if login is None and any(given.values()):
        raise click.UsageError(_NOTHING[language()])
    with opened_desk(data, database, key) as desk:
        if login is None:
            write(_listed(desk).encode())
            return 0
        said = _made(desk, login, given) if given["add"] else _changed(desk, login, given)
    say(said)
    return 0


def _made(desk: "Desk", login: str, given: dict[str, Any]) -> Text:
    account = desk.accounts.add(
        None,
        login,
        given["name"] or login,
        given["roles"],
        asked_password(),
        _organisation(desk, given),
        given["address"],
    )
    return Text(f"Đã lập tài khoản {account.login}", f"Made the account {account.login}")


def _changed(desk: "Desk", login: str, given: dict[str, Any]) -> Text:
    changes = {name: given[name] for name in ("name", "address") if given[name] is not None}
    if given["roles"]:
        changes["roles"] = given["roles"]
    if given["organisation"] is not None:
        changes["organisation_id"] = _organisation(desk, given)
    if given["lost_phone"]:
        changes["totp"] = None
    if given["closed"] is not None:
        changes["active"] = not given["closed"]
    if changes or not given["set_password"]:
        desk.accounts.change(None, login, **changes)
    if given["set_password"]:
        desk.accounts.set_password(None, login, asked_password())
    return Text(f"Đã đổi tài khoản {login}", f"Changed the account {login}")


def _organisation(desk: "Desk", given: dict[str, Any]) -> int | None:
    if (name := given["organisation"]) is None:
        return None
    known = {one.name: one.id for one in desk.accounts.all(None)[1]}
    return known.get(name) or desk.accounts.add_organisation(None, name, given["district"], given["kind"]).id


def _listed(desk: "Desk") -> str:

    accounts, organisations = desk.accounts.all(None)
    names = {one.id: one.name for one in organisations}
    head = Text("Đăng nhập|Họ tên|Vai trò|Đơn vị|Thư điện tử|Trạng thái", "Login|Name|Roles|Organisation|E-mail|State")
    state = {True: Text("đang dùng", "open"), False: Text("đã khóa", "closed")}
    rows = [
        (
            one.login,
            one.name,
            ", ".join(words[language()] for role, words in ROLES.items() if role in one.roles),
            names.get(one.organisation_id or 0, ""),
            one.address or "",
            state[one.active][language()],
        )
        for one in accounts
    ]
    return text_table(head[language()].split("|"), rows)
