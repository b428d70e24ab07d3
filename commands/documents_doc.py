"""`thamdinh documents doc`: reference pages of types of document, from their descriptions alone."""

from pathlib import Path

from ..engine.assurance.reference_pages import Pages
from ..engine.assurance.type_page import MADE, type_page
from ..engine.base.text import Text
from ..engine.model.document_types import available, description
from .bilingual import argument, language
from .bilingual import command as bilingual_command
from .reference_pages import kept
from .shared_options import pages_options


@bilingual_command(
    Text(
        "Viết trang tra cứu (Markdown) của các LOẠI tài liệu (mặc định: mọi loại có sẵn).",
        "Write reference pages (Markdown) of the types TYPE (default: every type there is).",
    )
)
@argument("names", nargs=-1, metavar="[TYPE]")
@pages_options(Path("docs", "reference", "documents"))
def command(names: tuple[str, ...], folder: Path, check: bool) -> int:
    """Write the pages, or say which are out of date."""

    def pages() -> Pages:
        return {f"{one.id}.md": type_page(one, language()) for one in map(description, names or available())}

    return kept(pages, folder, MADE, "documents doc", check=check)
