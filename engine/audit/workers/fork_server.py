"""The process that workers are forked from. Begun early, it imports what they need while this process does the same."""

import multiprocessing
from typing import Final

from .interruption import put_off

METHOD: Final = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_IMPORTED: Final = [f"{__package__}.forked", f"{__package__}.local"]


def begin() -> None:
    """Begin it, where this system has one and it isn't there yet. It ends with this process."""
    if METHOD == "forkserver":
        from multiprocessing import forkserver

        forkserver.set_forkserver_preload(_IMPORTED)
        with put_off():
            forkserver.ensure_running()
