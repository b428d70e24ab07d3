"""`thamdinh lsp`: the language server for editors."""

from pathlib import Path

from .. import __version__
from ..engine.base.text import Text
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
    from ..engine.editor.server import server

    server(__version__, language(), config).start_io()
    return 0
