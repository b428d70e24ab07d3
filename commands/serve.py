"""`thamdinh serve`: the check page on this machine, which keeps nothing; with `--data` the desk."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ..engine.base.libraries import require
from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.system import system_reason
from ..engine.base.text import Text
from ..engine.lint.settings import Settings
from .bilingual import command as bilingual_command
from .bilingual import language, option, say
from .desks import desk_options, opened_desk
from .shared_options import rule_options, settings_given, waivers_option
from .values import Whole

if TYPE_CHECKING:
    from ..desk.desk import Desk
    from ..desk.mail import Post
    from ..desk.oidc import Provider
    from ..desk.web.judges import Judges

_HOST: Final = "127.0.0.1"
OIDC_SECRET: Final = "THAMDINH_OIDC_SECRET"  # noqa: S105 (a name)
MAIL_USER: Final = "THAMDINH_MAIL_USER"
MAIL_PASSWORD: Final = "THAMDINH_MAIL_PASSWORD"  # noqa: S105 (a name)
_MOST_BEGINNING: Final = 2048
"""How many connections may wait to be taken."""
_NEEDED: Final = ("fastapi", "starlette", "uvicorn", "python_multipart")
_ALONE: Final = Text(
    "Máy khác chỉ vào được bàn thẩm định có đăng nhập và mã hóa: thêm --data và --certificate, hoặc bỏ --host.",
    "Others reach a desk with sign-in and encryption alone: add --data and --certificate, or drop --host.",
)


@bilingual_command(
    Text(
        "Mở trang kiểm tra văn bản trong trình duyệt của máy này: chọn tệp, xem cần sửa gì, ở đâu. Không cần đăng nhập, không giữ "
        "lại gì; máy khác không vào được. Với --data: bàn thẩm định (tài khoản, hồ sơ, quyết định). Dừng bằng Ctrl-C.",
        "Serve the check page to the browser of this machine: choose files, see what to mend and where. No login, nothing is kept, "
        "no other machine can reach it. With --data: the desk (accounts, cases, decisions). Ctrl-C ends it.",
    )
)
@option(
    "--port",
    type=Whole(0, 65535),
    default=8017,
    metavar="N",
    words=Text("Cổng; mặc định 8017. 0: cổng nào còn trống.", "The port; default 8017. 0: any that is free."),
)
@option(
    "--workers",
    type=Whole(1, 64),
    metavar="N",
    words=Text(
        "Số tiến trình thẩm định; mặc định: số bộ xử lý.", "How many processes judge; default: as many as processors."
    ),
)
@option(
    "--host",
    metavar="ADDRESS",
    words=Text(
        "Địa chỉ của máy này để máy khác vào được (cần --data và --certificate); mặc định: chỉ máy này.",
        "The address of this machine at which others reach it (with --data and --certificate); default: this machine alone.",
    ),
)
@option(
    "--name",
    "names",
    multiple=True,
    metavar="NAME",
    words=Text("Tên miền mà trình duyệt dùng; lặp lại được.", "A name by which browsers ask for it; may be repeated."),
)
@option(
    "--certificate",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    words=Text("Chứng thư TLS (PEM).", "The TLS certificate (PEM)."),
)
@option(
    "--certificate-key",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    metavar="FILE",
    words=Text("Khóa riêng của chứng thư; mặc định: trong cùng tệp.", "Its private key; default: in the same file."),
)
@option(
    "--oidc",
    metavar="ADDRESS",
    words=Text(
        f"Hệ thống đăng nhập của tỉnh (OpenID Connect); bí mật ở biến {OIDC_SECRET}, địa chỉ quay về là …/sign-in/back.",
        f"A provider of sign-in (OpenID Connect); its secret in {OIDC_SECRET}, it sends browsers back to …/sign-in/back.",
    ),
)
@option(
    "--oidc-client",
    metavar="NAME",
    default="thamdinh",
    words=Text("Tên của bàn thẩm định ở đó.", "What the desk is called there."),
)
@option(
    "--mail",
    metavar="HOST[:PORT]",
    words=Text(
        f"Máy chủ thư (SMTP, STARTTLS); tài khoản ở {MAIL_USER}, {MAIL_PASSWORD}.",
        f"The mail server (SMTP, STARTTLS); its account in {MAIL_USER}, {MAIL_PASSWORD}.",
    ),
)
@option(
    "--mail-from",
    metavar="ADDRESS",
    words=Text("Địa chỉ gửi thư.", "The address that mail comes from."),
)
@desk_options(required=False)
@rule_options()
@waivers_option()
def command(
    port: int,
    workers: int | None,
    host: str | None,
    names: tuple[str, ...],
    certificate: Path | None,
    certificate_key: Path | None,
    **given: Any,
) -> int:
    """Serve until it is asked to end."""
    beside = {name: given.pop(name) for name in ("oidc", "oidc_client", "mail", "mail_from")}
    where = {name: given.pop(name) for name in ("data", "database", "key")}
    if host is not None and (where["data"] is None or certificate is None):
        raise click.UsageError(_ALONE[language()])
    for library in _NEEDED:
        require(library, "serve")
    settings = settings_given(given)
    with _listening(host or _HOST, port) as listening:
        address = f"{names[0] if names else host or _HOST}:{listening.getsockname()[1]}/"
        hosts = frozenset({*names, *([host] if host else [])})
        _serve(listening, address, where, settings, workers, hosts, (certificate, certificate_key), beside)
    return 0


def _serve(
    listening: socket.socket,
    address: str,
    where: dict[str, Any],
    settings: Settings,
    workers: int | None,
    hosts: frozenset[str],
    certificate: tuple[Path | None, Path | None],
    beside: dict[str, str | None],
) -> None:
    """Serve at a socket. Raises Unreadable for settings, a pack or a desk that can't be used."""
    import uvicorn

    from ..desk.web.app import application
    from ..desk.web.guard import LOOPBACK
    from ..desk.web.jobs import warm
    from ..desk.web.judges import Judges
    from ..desk.web.serving import Serving
    from ..engine.base.isolation import processors
    from ..engine.lint.run import Asked

    Asked(settings).judge()
    judges = Judges(workers or processors(), settings.limits, partial(warm, settings))
    with _desk(where, settings, judges) as desk:
        served = Serving(
            settings, judges, language(), LOOPBACK | hosts, desk=desk, where=where, secure=certificate[0] is not None
        )
        whole = f"{'https' if served.secure else 'http'}://{address}"
        if desk is not None:
            served.provider, served.post = _beside(whole, beside)
        say(Text(f"Mở trong trình duyệt: {whole} (dừng: Ctrl-C)", f"Open in the browser: {whole} (end: Ctrl-C)"))
        config = uvicorn.Config(
            application(served),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="on",
            ssl_certfile=certificate[0],
            ssl_keyfile=certificate[1],
        )
        uvicorn.Server(config).run(sockets=[listening])


def _beside(whole: str, given: dict[str, str | None]) -> "tuple[Provider | None, Post | None]":
    """Who signs people in for the desk at this address, and who sends its mail."""
    from ..desk.mail import Post
    from ..desk.oidc import Provider

    provider = post = None
    if given["oidc"]:
        secret = os.environ.get(OIDC_SECRET, "")
        provider = Provider(given["oidc"], given["oidc_client"] or "", secret, f"{whole}sign-in/back")
    if given["mail"]:
        host, _, port = given["mail"].partition(":")
        user, password = os.environ.get(MAIL_USER), os.environ.get(MAIL_PASSWORD)
        sender = given["mail_from"] or f"thamdinh@{host}"
        security = "none" if host in ("localhost", _HOST) else "starttls"
        post = Post(host, sender, whole, int(port) if port.isdecimal() else 25, security, user, password)
    return provider, post


@contextmanager
def _desk(where: dict[str, Any], settings: Settings, judges: "Judges") -> "Iterator[Desk | None]":
    """The desk that is asked for, whose plans these processes judge. Raises Unreadable."""
    if where["data"] is None:
        yield None
        return
    with opened_desk(where["data"], where["database"], where["key"]) as desk:
        from ..desk.web.jobs import judged_by

        desk.judged_by(judged_by(judges), settings.directive)
        yield desk


def _listening(host: str, port: int) -> socket.socket:
    """The socket at which the server is asked. Raises Unreadable where the port is taken."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(_MOST_BEGINNING)  # From now on a browser waits until it is answered.
    except OSError as error:
        listening.close()
        why = system_reason(error)
        raise Unreadable(
            Problem(
                UNREADABLE,
                Text(f"Không mở được cổng {port} ({why.vi})", f"Port {port} can't be opened ({why.en})"),
                Text("Chọn cổng khác: --port 0", "Choose another: --port 0"),
                Place("--port"),
            )
        ) from None
    return listening
