"""The folder where an audit keeps what it finds while it runs. It names people, so it must not stay behind.

An audit that ends deletes its folder. One that was killed could not; the next audit deletes that one's folder too.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Final

try:
    import fcntl
except ImportError:  # Windows: nothing tells there which audits are alive, so no other's folder is deleted.
    fcntl = None  # type: ignore[assignment]

_PREFIX: Final = "thamdinh-audit-"
_LOCK: Final = "lock"
"""The file that an audit has locked as long as it lives: the system lets go of it, however the process ends."""


@contextmanager
def workspace() -> Iterator[Path]:
    """A folder that is this audit's and its user's alone. Raises OSError."""
    if fcntl is not None:
        _delete_left_behind()
    with TemporaryDirectory(prefix=_PREFIX) as name:
        folder = Path(name)
        with (folder / "new").open("wb") as lock:
            if fcntl is not None:
                with suppress(OSError):  # Where files can't be locked there is no lock to be seen, either.
                    fcntl.flock(lock, fcntl.LOCK_EX)
                    # Nobody ever sees a lock that isn't held yet.
                    (folder / "new").rename(folder / _LOCK)
            yield folder


def _delete_left_behind() -> None:
    """Delete the folders that audits of this user have left: those whose lock nobody holds."""
    for folder in Path(gettempdir()).glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_uid == os.geteuid():
                with (folder / _LOCK).open("r+b") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder)
