"""What takes long to make and can always be made anew is kept between runs, in the user's own cache folder.

It is kept as plain data (plain_data.py), so that reading it runs nothing, and only where nobody but the user could have
written it: otherwise a planted file would say what a pack demands.
"""

import hashlib
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

from ...version import __file__ as _version
from ...version import __version__
from .plain_data import Named, as_plain, from_plain

Kept = TypeVar("Kept")

_BY_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH
_LARGEST: Final = 64 * 1024 * 1024
_ROOT: Final = 0
_PACKAGE: Final = "__init__.py"
_SOURCES: Final = (".py", ".json")
"""How the names end of code, and of the words beside it."""


def kept_result(
    name: str,
    key: tuple[str, ...],
    named: Named,
    make: Callable[[], Kept],
    worth: Callable[[Kept], bool] = lambda _: True,
) -> Kept:
    """What `make` made under this name and key in an earlier run of the same program, or makes now.

    The key says what it depends on beside the program; it is made of plain data and what is `named`. What is not
    `worth` keeping, or can't be kept, is made anew each time.
    """
    folder = _folder()
    if folder is None:
        return make()
    with suppress(Exception):  # A cache that can't be read, whatever it holds, is no cache.
        seal, content = _content(folder / name).split(b"\n", 1)
        if seal == _seal(key, content):
            found: Kept = from_plain(json.loads(content), named)
            return found
    made = make()
    if worth(made):
        with suppress(OSError, TypeError, ValueError):
            content = json.dumps(as_plain(made, named), ensure_ascii=False, separators=(",", ":")).encode()
            _keep(folder / name, _seal(key, content) + b"\n" + content)
    return made


def _seal(key: tuple[str, ...], content: bytes) -> bytes:
    """What the first line of a file says: of which program and key it is, and that it is whole. Raises OSError."""
    return hashlib.sha256("\0".join((program(), *key, "")).encode() + content).hexdigest().encode()


@cache
def program() -> str:
    """A fingerprint of the program: its version, Python's, and each of its source files as the file system knows it."""
    return source_fingerprint(str(Path(_version).parent))


def source_fingerprint(package: str) -> str:
    """The same of a package in this folder. Raises OSError."""
    found = repr((__version__, sys.version, *_sources(package, "")))
    return hashlib.sha256(found.encode()).hexdigest()


def _sources(folder: str, inside: str) -> Iterator[tuple[str, int, int, int]]:
    """The name, size and times of each source file of a package and those below it. Raises OSError."""
    with os.scandir(folder) as found:
        entries = {entry.name: entry for entry in found}
    if _PACKAGE not in entries:
        return
    for name in sorted(entries):
        entry = entries[name]
        if name.endswith(_SOURCES):
            status = entry.stat()
            yield inside + name, status.st_size, status.st_mtime_ns, status.st_ctime_ns
        elif not name.startswith((".", "__")) and entry.is_dir(follow_symlinks=False):
            yield from _sources(entry.path, f"{inside}{name}/")


def _folder() -> Path | None:
    """The folder of what is kept; None where there is none that is the user's alone."""
    if os.name != "posix":  # Nothing tells there whose a file is.
        return None
    try:
        given = Path(os.environ.get("XDG_CACHE_HOME", ""))
        home = given if given.is_absolute() else Path("~", ".cache").expanduser()
        if not home.is_absolute():
            return None
        folder = home / "thamdinh"
        for made in (home, folder):
            made.mkdir(mode=0o700, parents=True, exist_ok=True)
        around = {*folder.parents, *folder.resolve().parents}
        return folder if all(map(_is_ours, (folder.lstat(), *(path.stat() for path in around)))) else None
    except (OSError, RuntimeError):  # Without a home and an entry among the users there is nothing to expand.
        return None


def _is_ours(status: os.stat_result) -> bool:
    """Whether nobody but the user, and the system, may put anything else in place of a folder or of what it holds."""
    if not hasattr(os, "geteuid"):  # Windows doesn't tell whose a folder is, so nothing is kept.
        return False
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.geteuid(), _ROOT):
        return False
    return not status.st_mode & _BY_OTHERS or bool(status.st_mode & stat.S_ISVTX)


def _content(path: Path) -> bytes:
    """The content of a regular file that nobody but its owner, the user, could have written. Raises OSError."""
    # Not to follow a link, nor to wait for whoever writes to a pipe.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & _BY_OTHERS:
            raise PermissionError(f"others may write {path}")
        return file.read(_LARGEST)


def _keep(path: Path, content: bytes) -> None:
    from .whole_file import anything, making_file  # slow to load, and most runs keep nothing

    with making_file(path, anything, private=True) as unfinished:
        unfinished.write_bytes(content)
