"""The one way to write a file or a folder: whole or not at all, and only over what may be replaced.

What is written has a name of its own beside the path until it is complete (`unfinished`).
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from .unfinished import opened_here, unfinished_file, unfinished_folder

Replaceable = Callable[[Path], bool]
"""Whether what stands at a path may be replaced."""

_OPEN_FILES: Final = re.compile(r"/dev|/proc/\d+/(?:task/\d+/)?fd")
"""Where the system keeps links that stand for files the process has open (/dev/stdout, /dev/fd/63)."""


def replace_nothing(_: Path) -> bool:
    """Replace nothing: the file is to be a new one."""
    return False


def anything(_: Path) -> bool:
    """Replace whatever regular file is there."""
    return True


def write_whole(
    path: Path, content: bytes, replaceable: Replaceable = replace_nothing, *, private: bool = False
) -> None:
    """Put the content at the path, as `writing_whole` does. Raises OSError."""
    with writing_whole(path, replaceable, private=private) as file:
        file.write(content)


@contextmanager
def writing_whole(
    path: Path, replaceable: Replaceable = replace_nothing, *, private: bool = False
) -> Iterator[BinaryIO]:
    """A file to write to; what was written is put at the path at the end, as `making_file` does.

    What is no regular file (a device, a pipe) is written to, never replaced.
    """
    if os.path.islink(path) and _OPEN_FILES.fullmatch(str(path.parent.resolve())):
        with path.open("ab") as opened:
            yield opened
    elif not os.path.islink(path) and os.path.exists(path) and not os.path.isfile(path):
        with path.open("wb") as special:
            yield special
    else:
        with (
            making_file(path, replaceable, private=private) as unfinished,
            open(unfinished, "wb", opener=opened_here) as file,
        ):
            yield file
            file.flush()
            os.fsync(file.fileno())


@contextmanager
def making_file(path: Path, replaceable: Replaceable = replace_nothing, *, private: bool = False) -> Iterator[Path]:
    """Where to write a file, which is put at the path at the end; nothing is where it is deleted until then.

    A file that is replaced hands on its permissions and a new one gets the usual, but a `private` one is its owner's
    alone. Raises OSError, FileExistsError for what is not `replaceable` now or at the end, ELOOP for a symbolic link; then the path holds what
    it held before.
    """
    _refuse(path, replaceable)
    with unfinished_file(path.parent) as unfinished:
        yield unfinished
        if not os.path.exists(unfinished):
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
    _refuse(path, replace_nothing)
    with unfinished_folder(path.parent) as unfinished:
        yield unfinished
        _refuse(path, replace_nothing)
        unfinished.chmod(0o777 & ~_mask())
        unfinished.rename(path)


def _refuse(path: Path, replaceable: Replaceable) -> None:
    """Raises OSError where the path is a link, or anything that is not to be replaced."""
    if os.path.islink(path):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    if os.path.exists(path) and not replaceable(path):
        raise _exists(path)


def _exists(path: Path) -> FileExistsError:
    return FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
