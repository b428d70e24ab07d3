"""Reference pages in a folder: which are out of date, and writing them. Pages of others stay, those of what is gone are taken away."""

import errno
import os
from pathlib import Path

from ..base.text import Text
from ..base.whole_file import write_whole

Pages = dict[str, str]
"""The text of each page, by its path from the folder of pages."""


def stale_pages(pages: Pages, folder: Path, made: Text) -> list[str]:
    """The pages in a folder that are missing, differ from what they should be, or belong to nothing any more.

    `made` is the line by which pages that were written here are known.
    """
    there = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.md")}
    wrong = {name for name, text in pages.items() if name not in there or _content(there[name]) != text}
    return sorted(wrong | {name for name, path in there.items() if name not in pages and _is_made(path, made)})


def write_pages(pages: Pages, folder: Path, made: Text) -> None:
    """Write every page, and take away those of what is gone. Raises OSError, also for a page somebody else wrote."""
    old = stale_pages(pages, folder, made)
    for name in old:
        path = folder / name
        if os.path.exists(path) and not _is_made(path, made):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    for name in old:
        path = folder / name
        if name in pages:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, pages[name].encode(), lambda page: _is_made(page, made))
        else:
            path.unlink()


def _is_made(path: Path, made: Text) -> bool:
    """Whether a page was written here: nothing else is replaced or taken away."""
    content = _content(path) or ""
    return any(f"\n{line}\n" in content for line in (made.vi, made.en))


def _content(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
