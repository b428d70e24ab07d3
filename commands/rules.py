"""`thamdinh rules`: the rules of a directive."""

from typing import Final

import click

from ..engine.base.text import Text
from ..engine.directive.packs import read
from ..engine.explain.pages import rule_table
from .bilingual import group, language, write
from .shared_options import directive_option

COMMANDS: Final[dict[str, tuple[str, Text]]] = {
    "diff": ("rules_diff", Text("Hai bộ quy tắc khác nhau ở đâu", "Where two packs differ")),
    "impact": ("rules_impact", Text("Sửa bộ quy tắc thì ai bị ảnh hưởng", "Whom a change of a pack hits")),
    "keygen": ("rules_keygen", Text("Tạo khóa để niêm phong bộ quy tắc", "Make a key to seal packs with")),
    "trust": ("rules_trust", Text("Tin khóa của nơi ban hành", "Trust an issuer's key")),
    "seal": ("rules_seal", Text("Niêm phong bộ quy tắc kèm chứng cứ", "Seal a pack with its evidence")),
    "check-seal": ("rules_check_seal", Text("Kiểm tra tệp niêm phong", "Check a sealed change")),
    "doc": ("rules_doc", Text("Viết trang tra cứu từng quy tắc", "Write reference pages of every rule")),
    "new": ("rules_new", Text("Tạo quy tắc mới: tệp quy tắc, kiểm thử, tình huống", "Make the files of a new rule")),
    "test": ("rules_test", Text("Chạy các kiểm thử đặt cạnh bộ quy tắc", "Run the tests beside a pack")),
    "verify": ("rules_verify", Text("Kiểm chứng bộ quy tắc bằng bộ giải", "Prove the pack with a solver")),
    "coverage": (
        "rules_coverage",
        Text("Đối chiếu điều khoản, quy tắc, tình huống, ví dụ", "Trace clauses to scenarios"),
    ),
    "mutate": ("rules_mutate", Text("Đổi quy tắc từng chỗ, xem tình huống có phát hiện", "Mutate the rules")),
}
"""The subcommands: for each its module beside this one, and its line in the help."""


@group(
    Text("Liệt kê các quy tắc của một bộ quy tắc.", "List the rules of a pack."), COMMANDS, invoke_without_command=True
)
@directive_option()
@click.pass_context
def command(context: click.Context, directive: str) -> int:
    """Print the table of rules, unless a subcommand was called."""
    if context.invoked_subcommand is not None:
        return 0
    pack = read(directive)
    write(rule_table(pack, language()).encode())
    return 0
