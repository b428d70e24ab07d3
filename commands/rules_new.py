"""`thamdinh rules new`: the files of a new rule, to be filled in."""

import os

from ..engine.assurance.rule_stub import RuleStub, new_rule
from ..engine.base.input_names import shown_name
from ..engine.base.text import Text
from .bilingual import argument, language, option, write
from .bilingual import command as bilingual_command
from .shared_options import directive_option


@bilingual_command(
    Text(
        "Tạo quy tắc mới mang MÃ trong bộ quy tắc: tệp quy tắc, kiểm thử và tình huống để viết tiếp. Không ghi đè tệp nào.",
        "Make a new rule CODE in the pack: files of the rule, its tests and its scenarios, to be filled in. Nothing is overwritten.",
    )
)
@argument("code", metavar="CODE")
@option(
    "--clause",
    metavar="CLAUSE",
    words=Text(
        "Điều khoản mà quy tắc giữ; mặc định: của quy tắc có mã liền trước.",
        "The clause that the rule keeps; default: that of the nearest rule before it.",
    ),
)
@directive_option()
def command(code: str, clause: str | None, directive: str) -> int:
    """Write the files and say what is to be done with them."""
    stub = new_rule(directive, code, clause, language())
    write(_next(stub, code, directive)[language()].encode())
    return 0


def _next(stub: RuleStub, code: str, directive: str) -> Text:
    """What was made, and what comes next."""
    rule, tests, scenarios = (shown_name(os.path.relpath(path)) for path in (stub.rule, stub.tests, stub.scenarios))
    files, base = f"  {rule}\n  {tests}\n  {scenarios}\n", Text("", "")
    if stub.plan is not None:
        plan = shown_name(os.path.relpath(stub.plan))
        files += f"  {plan}\n"
        base = Text(
            f"  0. {plan}: {stub.one.vi} gốc của mọi kiểm thử; sửa cho giữ đúng mọi quy tắc của bộ\n",
            f"  0. {plan}: the {stub.one.en} that all tests start from; make it keep every rule of the pack\n",
        )
    pack = f" --directive {directive}"
    return Text(
        f"Đã tạo:\n{files}"
        f"Việc tiếp theo, thay mọi chỗ “VIẾT …”:\n{base.vi}"
        f"  1. {rule}: quy tắc; rồi thamdinh explain {code}{pack}\n"
        f"  2. {tests}: kiểm thử; rồi thamdinh rules test {directive}\n"
        f"  3. {scenarios}: tình huống; rồi thamdinh features check {scenarios}{pack}\n"
        f"  4. thamdinh rules coverage{pack}, thamdinh rules mutate{pack}, thamdinh rules doc{pack}\n",
        f"Made:\n{files}"
        f"What comes next, replacing whatever says “VIẾT …” or “WRITE …”:\n{base.en}"
        f"  1. {rule}: the rule; then thamdinh explain {code}{pack}\n"
        f"  2. {tests}: the tests; then thamdinh rules test {directive}\n"
        f"  3. {scenarios}: the scenarios; then thamdinh features check {scenarios}{pack}\n"
        f"  4. thamdinh rules coverage{pack}, thamdinh rules mutate{pack}, thamdinh rules doc{pack}\n",
    )
