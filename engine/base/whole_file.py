"""The one way to write a file or a folder: whole or not at all, and only over what may be replaced.

What is written has a name of its own beside the path until it is complete, and is locked as long as its writer lives;
what a killed writer left is deleted by the next one that writes there.
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

try:
    import fcntl
except ImportError:  # Windows: nothing tells there which writers are alive, so nothing is deleted.
    fcntl = None  # type: ignore[assignment]

Replaceable = Callable[[Path], bool]
"""Whether what stands at a path may be replaced."""

_PREFIX: Final = ".thamdinh-"
_SUFFIX: Final = ".tmp"
_OPEN_FILES: Final = re.compile(r"/dev|/proc/\d+/(?:task/\d+/)?fd")
"""Where the system keeps links that stand for files the process has open (/dev/stdout, /dev/fd/63)."""


def nothing(_: Path) -> bool:
    """Replace nothing: the file is to be a new one."""
    return False


def anything(_: Path) -> bool:
    """Replace whatever regular file is there."""
    return True


def write_whole(path: Path, content: bytes, replaceable: Replaceable = nothing, *, private: bool = False) -> None:
    """Put the content at the path, as `writing_whole` does. Raises OSError."""
    with writing_whole(path, replaceable, private=private) as file:
        file.write(content)


@contextmanager
def writing_whole(path: Path, replaceable: Replaceable = nothing, *, private: bool = False) -> Iterator[BinaryIO]:
    """A file to write to; what was written is put at the path at the end, as `making_file` does.

    What is no regular file (a device, a pipe) is written to, never replaced.
    """
    if path.is_symlink() and _OPEN_FILES.fullmatch(str(path.parent.resolve())):
        with path.open("ab") as opened:
            yield opened
    elif not path.is_symlink() and path.exists() and not path.is_file():
        with path.open("wb") as special:
            yield special
    else:
        with (
            making_file(path, replaceable, private=private) as unfinished,
            open(unfinished, "wb", opener=_no_link) as file,
        ):
            yield file
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def making_file(path: Path, replaceable: Replaceable = nothing, *, private: bool = False) -> Iterator[Path]:
    """Where to write a file, which is put at the path at the end; nothing is where it is deleted until then.

    A file that is replaced hands on its permissions and a new one gets the usual, but a `private` one is its owner's
    alone. Raises OSError, FileExistsError for what is not `replaceable` now or at the end, ELOOP for a symbolic link; then the path holds what
    it held before.
    """
    _refuse(path, replaceable)
    with _unfinished(path.parent, _new_file) as unfinished:
        yield unfinished
        if not unfinished.exists():
            return
        there = os.path.lexists(path)
        if there:
            _refuse(path, replaceable)
        if not private:
            unfinished.chmod(stat.S_IMODE(path.stat().st_mode) if there else 0o666 & ~_mask())
        if there:
            unfinished.replace(path)
            return
        try:
            os.link(unfinished, path)  # Unlike a renamed file, it never replaces what has come meanwhile.
        except FileExistsError:
            raise _exists(path) from None
        except OSError:  # Not every file system has links.
            unfinished.replace(path)


@contextmanager
def making_folder(path: Path) -> Iterator[Path]:
    """A folder to fill; it is put at the path at the end. Raises OSError, FileExistsError for anything that is there."""
    _refuse(path, nothing)
    with _unfinished(path.parent, _new_folder) as unfinished:
        yield unfinished
        _refuse(path, nothing)
        unfinished.chmod(0o777 & ~_mask())
        unfinished.rename(path)


def _refuse(path: Path, replaceable: Replaceable) -> None:
    """Raises OSError where the path is a link, or anything that is not to be replaced."""
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if path.exists() and not replaceable(path):
        raise _exists(path)


def _exists(path: Path) -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


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
    """Something new in a folder, locked until it is gone from there by this name. Raises OSError."""
    _delete_left_behind(folder)
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
        lock = _no_link(made, os.O_RDONLY)
    except FileNotFoundError:
        return None
    with suppress(OSError):
        fcntl.flock(lock, fcntl.LOCK_EX)
    if os.fstat(lock).st_nlink:
        return lock
    os.close(lock)
    return None


def _no_link(path: Path | str, flags: int) -> int:
    """The file at a path, opened without following a link there, nor waiting for whoever is at the other end of a pipe."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0), 0o600)


def _delete_left_behind(folder: Path) -> None:
    """Delete what killed writers of this user left in a folder: what bears our name, and that nobody holds."""
    if fcntl is None:
        return
    with suppress(OSError), os.scandir(folder) as found:
        left = [item.path for item in found if item.name.startswith(_PREFIX) and item.name.endswith(_SUFFIX)]
        for name in left:
            with suppress(OSError):
                lock = _no_link(name, os.O_RDONLY)
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
