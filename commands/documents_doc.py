"""`thamdinh documents doc`: reference pages of types of document, from their descriptions alone."""

from pathlib import Path

from ..engine.assurance.type_page import type_page
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text, counted
from ..engine.base.unwritable import unwritable
from ..engine.base.whole_file import anything, write_whole
from ..engine.model.document_types import available, description
from .bilingual import argument, language, say
from .bilingual import command as bilingual_command
from .refusal import refuse
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
    try:
        known = [description(name) for name in names or available()]
        pages = {folder / f"{one.id}.md": type_page(one, language()) for one in known}
        old = [path for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
        for path in () if check else old:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, pages[path].encode(), anything)
    except Unreadable as unreadable:
        return refuse(unreadable)
    except OSError as error:
        return refuse(Unreadable(unwritable(Path(error.filename or folder), error)))
    for path in old if check else ():
        say(Text(f"{path}: đã cũ; chạy: thamdinh documents doc", f"{path}: out of date; run: thamdinh documents doc"))
    if not check:
        say(Text(f"Đã viết {len(old)} trang vào {folder}", f"Wrote {counted(len(old), 'page')} to {folder}"))
    return int(check and bool(old))
