"""`thamdinh explain`: what a rule, a clause or a problem code means, and how to mend it."""

from ..engine.base.text import Text
from ..engine.directive.packs import read
from ..engine.explain.pages import explain
from .bilingual import argument, language, write
from .bilingual import command as bilingual_command
from .shared_options import directive_option


@bilingual_command(
    Text(
        "Giải thích một MÃ: điều khoản nói gì, ở đâu trong văn bản, cách hiểu được chọn, ví dụ sai và đúng, cách sửa.",
        "Explain a CODE: what the clause says and where, the reading chosen, a breach and its opposite, the remedy.",
    )
)
@argument("code", metavar="CODE")
@directive_option()
def command(code: str, directive: str) -> int:
    """Print the page of a code."""
    page = explain(read(directive), code, language())
    write(page.encode())
    return 0
