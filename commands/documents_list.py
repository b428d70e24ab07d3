"""`thamdinh documents list`: the types of document, each with the packs that judge it."""

from ..engine.base.text import Text
from .bilingual import command as bilingual_command
from .documents import listed


@bilingual_command(
    Text(
        "Liệt kê các loại tài liệu, mỗi loại với các bộ quy tắc dành cho nó.",
        "List the types of document, each with the packs that judge it.",
    )
)
def command() -> int:
    """List them."""
    return listed()
