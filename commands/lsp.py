"""`thamdinh lsp`: the language server for editors."""

import logging
import os
import sys
from pathlib import Path

from ..engine.base.failure import DEBUG
from ..engine.base.text import Text
from ..version import __version__
from .bilingual import command as bilingual_command
from .bilingual import language, option
from .shared_options import config_option


@bilingual_command(
    Text(
        "Chạy máy chủ ngôn ngữ (LSP) trên đầu vào, đầu ra chuẩn: trình soạn thảo tự khởi động lệnh này.",
        "Run the language server (LSP) on standard input and output; editors start it themselves.",
    )
)
@option(
    "--stdio",
    is_flag=True,
    expose_value=False,
    words=Text("Mặc định rồi; nhiều trình soạn thảo ghi thêm.", "What it does anyhow; many editors say so."),
)
@config_option()
def command(config: Path | None) -> int:
    """Serve until the editor says goodbye."""
    from ..engine.editor.messages import Messages
    from ..engine.editor.server import server

    if not os.environ.get(DEBUG):
        # What is wrong with a message is told to the editor; without a handler, its traceback would go to standard error.
        for name in ("pygls", "asyncio"):
            logging.getLogger(name).addHandler(logging.NullHandler())
            logging.getLogger(name).propagate = False
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as output:  # pygls closes it when it is told to exit
        server(__version__, language(), config).start_io(Messages(sys.stdin.buffer), output)  # type: ignore[arg-type]
    return 0
