"""`thamdinh rules doc`: reference pages of every rule, from the packs alone."""

from pathlib import Path

from ..engine.assurance.reference import reference, stale_pages, write_pages
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text, counted
from ..engine.base.unwritable import unwritable
from ..engine.directive.packs import available, read_version
from .bilingual import argument, language, say
from .bilingual import command as bilingual_command
from .refusal import refuse
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
    try:
        pages = reference([read_version(name) for name in packs or available()], language())
        old = stale_pages(pages, folder)
        if not check:
            write_pages(pages, folder)
    except Unreadable as unreadable:
        return refuse(unreadable)
    except OSError as error:
        return refuse(Unreadable(unwritable(Path(error.filename or folder), error)))
    if check and old:
        for name in old:
            say(Text(f"{folder / name}", f"{folder / name}"))
        told = Text("trang đã cũ; chạy: thamdinh rules doc", "pages are out of date; run: thamdinh rules doc")
        say(Text(f"{len(old)} {told.vi}", f"{len(old)} {told.en}"))
        return 1
    if not check:
        say(Text(f"Đã viết {len(pages)} trang vào {folder}", f"Wrote {counted(len(pages), 'page')} to {folder}"))
    return 0
