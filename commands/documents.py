"""`thamdinh documents`: the types of document that there are."""

from typing import Final

import click

from ..engine.base.text import Text
from ..engine.directive.packs import available, judged_by
from ..engine.model.document_types import types
from .bilingual import group, language, write

COMMANDS: Final[dict[str, tuple[str, Text]]] = {
    "list": ("documents_list", Text("Liệt kê các loại tài liệu", "List the types of document")),
    "check": ("documents_check", Text("Kiểm tra một loại tài liệu, nêu điều còn thiếu", "Check a type of document")),
    "new": ("documents_new", Text("Tạo một loại tài liệu mới để viết tiếp", "Begin a new type of document")),
    "doc": ("documents_doc", Text("Viết trang tra cứu của loại tài liệu", "Write reference pages of types")),
}
"""The subcommands: for each its module beside this one, and its line in the help."""


@group(
    Text("Các loại tài liệu được thẩm định.", "The types of document that are judged."),
    COMMANDS,
    invoke_without_command=True,
)
@click.pass_context
def command(context: click.Context) -> int:
    """List the types, unless a subcommand was called."""
    return 0 if context.invoked_subcommand is not None else listed()


def listed() -> int:
    """Print each type with its id, its label and the packs that judge it. Raises Unreadable."""
    packs: dict[str, list[str]] = {}
    for name in available():
        packs.setdefault(judged_by(name), []).append(name)
    for known in types():
        of = ", ".join(packs.get(known.id, ())) or Text("chưa có bộ quy tắc", "no pack yet")[language()]
        write(f"{known.id}: {known.label[language()]} ({of})\n".encode())
    return 0
