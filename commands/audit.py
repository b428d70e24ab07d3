"""`thamdinh audit`: many plans in one run. Without the name of a subcommand it is the audit itself."""

from typing import Final

import click

from ..engine.audit.workers import fork_server
from ..engine.base.text import Text
from .bilingual import LazyGroup

RUN: Final = "run"
COMMANDS: Final[dict[str, tuple[str, Text]]] = {
    RUN: (
        "audit_run",
        Text("Rà soát các văn bản (khi không ghi lệnh nào)", "Audit documents (when no command is named)"),
    ),
    "history": ("audit_history", Text("Liệt kê các lần rà soát trong kho", "List the runs of a store")),
    "show": ("audit_show", Text("Xem một lần rà soát trong kho", "Show a run of a store")),
    "diff": ("audit_diff", Text("So hai lần rà soát: mới, đã khắc phục, còn nguyên", "Compare two runs")),
    "export": (
        "audit_export",
        Text("Xuất một lần rà soát: bảng dữ liệu, trang tổng hợp, bảng tổng hợp", "Export a run as a file"),
    ),
    "purge": ("audit_purge", Text("Xóa hẳn các lần rà soát cũ", "Delete old runs for good")),
}
"""The subcommands: for each its module beside this one, and its line in the help."""

_WITHOUT_WORKERS: Final = ("--help", "--scheduler", "--cluster")
"""The options of an audit that has no worker processes of its own."""


class _Audit(LazyGroup):
    """`thamdinh audit FOLDER` is `thamdinh audit run FOLDER`; a folder named like a subcommand is written ./history."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        words = args[2:] if args[:1] == ["--lang"] else args[1:] if args and args[0].startswith("--lang=") else args
        if not words or words[0] not in (*COMMANDS, "--help"):
            args = [RUN, *args]
        if RUN in args and not any(word.startswith(_WITHOUT_WORKERS) for word in args):
            fork_server.start_fork_server(words=args)
        return super().parse_args(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return self._run(ctx).collect_usage_pieces(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options of the audit itself, and then the subcommands."""
        self._run(ctx).format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def _run(self, ctx: click.Context) -> click.Command:
        run = self.get_command(ctx, RUN)
        assert run is not None
        return run


command = _Audit(
    "audit",
    commands=COMMANDS,
    words=Text(
        "Rà soát nhiều văn bản: THƯ MỤC, TỆP (YAML, JSON, JSONL, Parquet, zip, XLSX, DOCX), mẫu tên tệp hoặc địa chỉ "
        "fsspec.",
        "Audit many documents: FOLDERS, FILES (YAML, JSON, JSONL, Parquet, zip, XLSX, DOCX), patterns or fsspec addresses.",
    ),
)
