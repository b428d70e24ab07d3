"""The folder where an audit keeps what it finds while it runs. It names people, so it must not stay behind.

An audit that ends deletes its folder. One that was killed could not; the next audit deletes that one's folder too.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
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
    delete_left_behind(Path(gettempdir()).glob(f"{_PREFIX}*"), _LOCK)
    with TemporaryDirectory(prefix=_PREFIX) as name, held(Path(name), _LOCK):
        yield Path(name)


@contextmanager
def held(folder: Path, lock: str) -> Iterator[None]:
    """Show by a file called `lock` that an audit is at work in the folder, as long as it is and lives. Raises OSError."""
    if fcntl is None:
        yield
        return
    new, known = folder / f"{lock}.new", folder / lock
    with new.open("wb") as file:
        with suppress(OSError):  # Where files can't be locked there is no lock to be seen, either.
            fcntl.flock(file, fcntl.LOCK_EX)
            new.rename(known)  # Nobody ever sees a lock that isn't held yet.
        try:
            yield
        finally:
            known.unlink(missing_ok=True)  # Nor one that isn't held any more, by an audit that lives.


def delete_left_behind(folders: Iterable[Path], lock: str) -> None:
    """Delete those folders that audits of this user have left: the ones with a lock that nobody holds."""
    if fcntl is None:
        return
    for folder in folders:
        with suppress(OSError):
            if folder.lstat().st_uid == os.geteuid():
                with (folder / lock).open("r+b") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder)
