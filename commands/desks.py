"""What the commands on a desk share: where it is, how it is opened, and how it says no."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..engine.base.libraries import require
from ..engine.base.problem import SCHEMA, Place, Problem, Unreadable
from ..engine.base.text import Text
from .bilingual import AnyFunction, language, option

if TYPE_CHECKING:
    from ..desk.desk import Desk

FOLDER: Final = "THAMDINH_DESK"
DATABASE: Final = "THAMDINH_DESK_DATABASE"
KEY: Final = "THAMDINH_DESK_KEY"
_NEEDED: Final = ("sqlalchemy", "alembic", "cryptography", "argon2", "pyotp", "segno")


def desk_options(*, required: bool = True) -> Callable[[AnyFunction], AnyFunction]:
    """--data, --database and --key: where a desk is, given as `data`, `database` and `key`."""
    data = option(
        "--data",
        required=required,
        type=click.Path(path_type=Path, file_okay=False),
        envvar=FOLDER,
        metavar="FOLDER",
        words=Text(f"Thư mục dữ liệu; hoặc đặt {FOLDER}.", f"The folder of its data; or set {FOLDER}."),
    )
    database = option(
        "--database",
        envvar=DATABASE,
        metavar="ADDRESS",
        words=Text(
            f"Cơ sở dữ liệu PostgreSQL (postgresql://…); mặc định: SQLite trong thư mục. Hoặc đặt {DATABASE}.",
            f"A PostgreSQL database (postgresql://…); default: SQLite in the folder. Or set {DATABASE}.",
        ),
    )
    key = option(
        "--key",
        type=click.Path(path_type=Path, dir_okay=False),
        envvar=KEY,
        metavar="FILE",
        words=Text(
            f"Tệp khóa; mặc định: tên thư mục dữ liệu thêm .key, nằm cạnh thư mục. Hoặc đặt {KEY}.",
            f"The key; default: beside the folder, called like it with .key. Or set {KEY}.",
        ),
    )
    return lambda function: data(database(key(function)))


@contextmanager
def opened_desk(data: Path, database: str | None, key: Path | None, *, make: bool = False) -> "Iterator[Desk]":
    """The desk; one that it refuses is raised as Unreadable."""
    for library in (*_NEEDED, *(["psycopg"] if database else [])):
        require(library, "desk")
    from ..desk.desk import Desk
    from ..desk.refused import Refused

    try:
        with Desk(data, database, key, make=make) as desk:
            yield desk
    except Refused as refused:
        raise Unreadable(Problem(SCHEMA, refused.message, refused.fix, Place(str(data)))) from None


def asked_password() -> str:
    """A new password: asked twice at a terminal and not shown there, else the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    words = Text("Mật khẩu mới (từ 12 ký tự)", "New password (12 characters or more)")
    again = Text("Nhập lại", "Again")
    given: str = click.prompt(words[language()], hide_input=True, confirmation_prompt=again[language()], err=True)
    return given
