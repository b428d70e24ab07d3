"""`thamdinh watch`: lint again whenever a plan, the settings or the waivers are saved."""

import os
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from ..engine.base.input_names import STDIN
from ..engine.base.instant import instant_words
from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.streams import output_refused
from ..engine.base.text import Text
from ..engine.documents import is_read
from ..engine.lint.settings import NAME, nearest
from .bilingual import argument, language, say
from .bilingual import command as bilingual_command
from .lint import command as lint

_LOOKS = 1000
"""Milliseconds between two looks at whether the folders are still there."""
_CLEAR = "\x1b[2J\x1b[3J\x1b[H"


@bilingual_command(
    Text(
        "Thẩm định lại mỗi khi lưu tệp. Đối số và tùy chọn như của lệnh lint. Nhấn Ctrl+C để dừng.",
        "Check again whenever a file is saved. Arguments and options are those of lint. Ctrl+C ends it.",
    ),
    context_settings={"ignore_unknown_options": True},
)
@argument("arguments", nargs=-1, required=True, metavar="FILE|FOLDER", type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> int:
    """Lint once, then again after every save, until interrupted."""
    from watchfiles import Change, watch

    context = lint.make_context("watch", list(arguments))
    inputs: tuple[str, ...] = context.params["inputs"]
    absent = [name for name in inputs if name == STDIN or not os.path.exists(name)]
    if absent:
        raise Unreadable(*map(_absent, absent))
    folders = {Path(name) if os.path.isdir(name) else Path(name).absolute().parent for name in inputs}
    recursive = any(os.path.isdir(name) for name in inputs)
    own = [path for path in (context.params["config"] or nearest(), context.params["waivers"]) if path is not None]
    seen, standing = _Seen(inputs, own), _Standing({Path(), *folders})
    missing = False
    _lint(context)
    changes = watch(
        *folders,
        *_parents(own, recursive=recursive),
        watch_filter=lambda _, path: seen(Path(path)),
        recursive=recursive,
        raise_interrupt=False,
        rust_timeout=_LOOKS,
        yield_on_timeout=True,
    )
    for changed in changes:
        if output_refused(sys.stdout) is not None:  # nobody sees any more what is found
            return 0
        if gone := standing.gone():
            raise Unreadable(*map(_gone, gone))
        before, missing = missing, not all(os.path.exists(name) for name in inputs)
        if changed or missing > before:
            _lint(
                context,
                sorted({path for change, path in changed if change is Change.deleted and not os.path.exists(path)}),
            )
    return 0


def _parents(own: Iterable[Path], *, recursive: bool) -> set[Path]:
    """Where settings and waivers are looked out for: their folders, or where folders are watched with all that is below
    them, the files alone."""
    if recursive:
        return {path for path in own if os.path.isfile(path)}
    return {Path(), *(path.absolute().parent for path in own if os.path.isdir(path.absolute().parent))}


class _Standing:
    """Folders as they were when the watch began. Nothing is told any more of one that was removed or replaced."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._known = {folder: (folder.absolute(), _identity(folder)) for folder in folders}

    def gone(self) -> list[str]:
        """The names of those that are no longer where they were."""
        return sorted(str(path) for path, known in self._known.values() if _identity(path) != known)


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class _Seen:
    """Which files a change of matters: the inputs, what lies in the folders named, settings and waivers."""

    def __init__(self, inputs: Iterable[str], own: Iterable[Path]) -> None:
        paths = [*(Path(name).resolve() for name in inputs), *(path.resolve() for path in own)]
        self._files = {path for path in paths if not os.path.isdir(path)}
        self._folders = [path for path in paths if os.path.isdir(path)]

    def __call__(self, path: Path) -> bool:
        found = path.resolve()
        if found.name in (NAME, "waivers.yaml", "waivers.yml") or found in self._files:
            return True
        within = any(found.is_relative_to(folder) for folder in self._folders)
        return within and is_read(found.suffix.lower()) and not found.name.startswith((".", "~$"))


def _lint(context: click.Context, deleted: Iterable[str] = ()) -> None:
    """One run of the lint, under a line that says when, and what was deleted; a terminal is cleared first."""
    if sys.stdout.isatty():
        click.echo(_CLEAR, nl=False)
    now = datetime.now()
    click.echo(f"— {instant_words(now, language())} —")
    for path in deleted:
        say(Text(f"Đã xóa: {os.path.relpath(path)}", f"Deleted: {os.path.relpath(path)}"))
    with context.scope(cleanup=False):
        lint.invoke(context)
    sys.stdout.flush()


def _gone(name: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            "Thư mục đang theo dõi không còn nữa, hoặc đã bị thay, nên dừng theo dõi; kết quả ở trên có thể đã cũ",
            "The folder that is watched is gone, or was replaced, so the watch ends; what is shown above may be outdated",
        ),
        Text("Chạy lại thamdinh watch ở thư mục đang có", "Run thamdinh watch again in a folder that is there"),
        Place(name),
    )


def _absent(name: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Không theo dõi được đầu vào này", "This input can't be watched"),
        Text("Nêu một tệp hoặc thư mục đang có", "Name a file or folder that exists"),
        Place("<stdin>" if name == STDIN else name),
    )
