"""What takes long to make and can always be made anew is kept between runs, in the user's own cache folder."""

import os
import pickle
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

Kept = TypeVar("Kept")

_WRITABLE_BY_OTHERS: Final = stat.S_IWGRP | stat.S_IWOTH


def kept(
    name: str, key: tuple[object, ...], make: Callable[[], Kept], worth: Callable[[Kept], bool] = lambda _: True
) -> Kept:
    """What `make` made under this name and key in an earlier run, or makes now. The key says what it depends on.

    What is not `worth` keeping is made anew each time.
    """
    path = _folder() / name
    known = _load(path)
    if isinstance(known, tuple) and len(known) == 2 and known[0] == key:
        found: Kept = known[1]
        return found
    made = make()
    if worth(made):
        _keep(path, (key, made))
    return made


def _folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME") or Path("~", ".cache").expanduser()
    return Path(home, "thamdinh")


def _load(path: Path) -> object:
    """The content of a file that nobody but its owner, the user, could have written: unpickling runs what it says."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_uid != os.geteuid() or status.st_mode & _WRITABLE_BY_OTHERS:
                return None
            return pickle.load(file)  # noqa: S301
    except Exception:  # A cache that can't be read is no cache.
        return None


def _keep(path: Path, known: object) -> None:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.touch(0o600)
        unfinished.write_bytes(pickle.dumps(known))
        unfinished.replace(path)
    except (OSError, pickle.PicklingError, AttributeError, TypeError):
        return
