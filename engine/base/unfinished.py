"""What is not finished yet: files and folders that go with the process that works in them, however it ends.

They are locked as long as it lives; what a killed one left is deleted by the next that begins something in the same folder.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # Windows: nothing tells there which processes are alive, so nothing is deleted.
    fcntl = None  # type: ignore[assignment]

_PREFIX: Final = ".thamdinh-"
_SUFFIX: Final = ".tmp"


def unfinished_file(folder: Path) -> AbstractContextManager[Path]:
    """A new empty file in a folder, the user's alone, deleted at the end. Raises OSError."""
    return _unfinished(folder, _new_file)


def unfinished_folder(folder: Path) -> AbstractContextManager[Path]:
    """A new folder in a folder, the user's alone, deleted at the end with all that is in it. Raises OSError."""
    return _unfinished(folder, _new_folder)


def _new_file(folder: Path) -> str:
    from tempfile import mkstemp

    descriptor, name = mkstemp(_SUFFIX, _PREFIX, folder)
    os.close(descriptor)
    return name


def _new_folder(folder: Path) -> str:
    from tempfile import mkdtemp

    return mkdtemp(_SUFFIX, _PREFIX, folder)


@contextmanager
def _unfinished(folder: Path, make: Callable[[Path], str]) -> Iterator[Path]:
    """Something new in a folder, locked until it is gone from there by this name."""
    delete_left_behind(folder)
    made = Path(make(folder))
    while (lock := _locked(made)) is None:  # Another writer took it for left behind.
        made = Path(make(folder))
    try:
        yield made
    finally:
        _delete(made)
        if lock >= 0:
            os.close(lock)


def _locked(made: Path) -> int | None:
    """The lock on a file or folder, None where it is gone; -1 where nothing can be locked, and so nothing is deleted."""
    if fcntl is None:
        return -1
    try:
        lock = opened_here(made, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX)
    if os.fstat(lock).st_nlink:
        return lock
    os.close(lock)
    return None


def opened_here(path: Path | str, flags: int) -> int:
    """The file at a path, opened without following a link there, nor waiting for whoever is at the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o600)


def delete_left_behind(folder: Path) -> None:
    """Delete what killed processes of this user left in a folder: what bears our name, and nobody holds."""
    if fcntl is None:
        return
    with suppress(OSError), os.scandir(folder) as found:
        left = [item.path for item in found if item.name.startswith(_PREFIX) and item.name.endswith(_SUFFIX)]
        for name in left:
            with suppress(OSError):
                lock = opened_here(name, os.O_RDONLY)
                try:
                    if os.fstat(lock).st_uid == os.geteuid():
                        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        _delete(Path(name))
                finally:
                    os.close(lock)


def _delete(path: Path) -> None:
    with suppress(OSError):
        if stat.S_ISDIR(path.lstat().st_mode):
            from shutil import rmtree

            rmtree(path, ignore_errors=True)
        else:
            path.unlink()
