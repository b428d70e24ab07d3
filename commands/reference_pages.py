"""What the commands share that write reference pages: the pages are written, or those that are out of date are named."""

from collections.abc import Callable
from pathlib import Path

from ..engine.assurance.reference_pages import Pages, stale_pages, write_pages
from ..engine.base.text import Text, counted
from ..engine.base.unwritable import writing
from .bilingual import say


def kept(make: Callable[[], Pages], folder: Path, made: Text, command: str, *, check: bool) -> int:
    """Write the pages that `command` makes, or check them. Exit status: 0, 1 where some are out of date. Raises Unreadable."""
    with writing(folder, named=True):
        pages = make()
        old = stale_pages(pages, folder, made)
        if not check:
            write_pages(pages, folder, made)
    if check and old:
        for name in old:
            say(Text(f"{folder / name}", f"{folder / name}"))
        told = Text(f"trang đã cũ; chạy: thamdinh {command}", f"pages are out of date; run: thamdinh {command}")
        say(Text(f"{len(old)} {told.vi}", f"{len(old)} {told.en}"))
        return 1
    if not check:
        say(Text(f"Đã viết {len(pages)} trang vào {folder}", f"Wrote {counted(len(pages), 'page')} to {folder}"))
    return 0
