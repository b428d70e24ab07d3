"""Files that are written whole or not at all: what stood there stays until the new content is complete."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, content: bytes) -> None:
    """Put the content at the path, as `writing_whole` does. Raises OSError."""
    with writing_whole(path) as file:
        file.write(content)


@contextlib.contextmanager
def writing_whole(path: Path) -> Iterator[BinaryIO]:
    """A file to write to; what was written is put at the path at the end, in place of what is there.

    Its permissions stay, a link keeps leading to its target, and what is no regular file (a device, a pipe) is written to,
    never replaced. Raises OSError; then the path holds what it held before.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("wb") as special:
            yield special
        return
    descriptor, unfinished = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, unfinished)
        else:
            mask = os.umask(0)
            os.umask(mask)
            Path(unfinished).chmod(0o666 & ~mask)
        Path(unfinished).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(unfinished).unlink()
        raise
