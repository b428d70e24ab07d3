"""`thamdinh rules doc`: reference pages of every rule, from the packs alone."""

from pathlib import Path

from ..engine.assurance.reference import MADE, reference
from ..engine.base.text import Text
from ..engine.directive.packs import available, read_version
from .bilingual import argument, language
from .bilingual import command as bilingual_command
from .reference_pages import kept
from .shared_options import pages_options

FOLDER = Path("docs", "rules")


@bilingual_command(
    Text(
        "Viết trang tra cứu (Markdown) cho từng quy tắc của các BỘ QUY TẮC (mặc định: mọi bộ có sẵn).",
        "Write reference pages (Markdown) of every rule of the packs PACK (default: every pack there is).",
    )
)
@argument("packs", nargs=-1, metavar="[PACK]")
@pages_options(FOLDER)
def command(packs: tuple[str, ...], folder: Path, check: bool) -> int:
    """Write the pages, or say which are out of date."""
    return kept(
        lambda: reference([read_version(name) for name in packs or available()], language()),
        folder, MADE, "rules doc", check=check,
    )  # fmt: skip
