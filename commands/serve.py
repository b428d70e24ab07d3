"""`thamdinh serve`: the check page on this machine, which keeps nothing."""

import socket
from functools import partial
from typing import Any, Final

from ..engine.base.libraries import require
from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.system import reason
from ..engine.base.text import Text
from .bilingual import command as bilingual_command
from .bilingual import language, option, say
from .refusal import refuse
from .shared_options import rule_options, settings_given, waivers_option
from .values import Whole

_HOST: Final = "127.0.0.1"
_MOST_BEGINNING: Final = 2048
"""How many connections may wait to be taken."""
_NEEDED: Final = ("fastapi", "starlette", "uvicorn", "python_multipart")


@bilingual_command(
    Text(
        "Mở trang kiểm tra kế hoạch trong trình duyệt của máy này: chọn tệp, xem cần sửa gì, ở đâu. Không cần đăng nhập, không giữ "
        "lại gì; máy khác không vào được. Dừng bằng Ctrl-C.",
        "Serve the check page to the browser of this machine: choose files, see what to mend and where. No login, nothing is kept, "
        "no other machine can reach it. Ctrl-C ends it.",
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
@rule_options()
@waivers_option()
def command(port: int, workers: int | None, **given: Any) -> int:
    """Serve until it is asked to end."""
    try:
        for library in _NEEDED:
            require(library, "serve")
        settings = settings_given(given)
        listening = _listening(port)
    except Unreadable as unreadable:
        return refuse(unreadable)
    import uvicorn

    from ..desk.web.app import application
    from ..desk.web.jobs import warm
    from ..desk.web.judges import Judges
    from ..desk.web.serving import Serving
    from ..engine.audit.workers.local import processors
    from ..engine.lint.run import Asked

    with listening:
        try:
            Asked(settings).judge()
        except Unreadable as unreadable:
            return refuse(unreadable)
        served = Serving(
            settings, Judges(workers or processors(), settings.limits, partial(warm, settings)), language()
        )
        address = f"http://{_HOST}:{listening.getsockname()[1]}/"
        say(Text(f"Mở trong trình duyệt: {address} (dừng: Ctrl-C)", f"Open in the browser: {address} (end: Ctrl-C)"))
        config = uvicorn.Config(
            application(served),
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            lifespan="on",
        )
        uvicorn.Server(config).run(sockets=[listening])
    return 0


def _listening(port: int) -> socket.socket:
    """The socket at which the server is asked. Raises Unreadable where the port is taken."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
        listening.listen(_MOST_BEGINNING)  # From now on a browser waits until it is answered.
    except OSError as error:
        listening.close()
        why = reason(error)
        raise Unreadable(
            Problem(
                UNREADABLE,
                Text(f"Không mở được cổng {port} ({why.vi})", f"Port {port} can't be opened ({why.en})"),
                Text("Chọn cổng khác: --port 0", "Choose another: --port 0"),
                Place("--port"),
            )
        ) from None
    return listening
