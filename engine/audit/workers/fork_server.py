"""The process that workers are forked from. Begun early, it imports what they need while this process does the same."""

import atexit
import multiprocessing
from contextlib import ExitStack
from typing import Any, Final

from .interruption import put_off
from .workspace import workspace

METHOD: Final = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_IMPORTED: Final = [f"{__package__}.forked", f"{__package__}.local"]
_FOLDER: Final = "tempdir"
"""The name under which multiprocessing has the folder of its sockets, which it would leave where it is killed."""


def begin() -> None:
    """Begin it, where this system has one and it isn't there yet. It ends with this process. Raises OSError."""
    if METHOD == "forkserver":
        from multiprocessing import forkserver

        configuration: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
        if configuration.get(_FOLDER) is None:
            folder = ExitStack()
            configuration[_FOLDER] = str(folder.enter_context(workspace()))
            atexit.register(folder.close)
        forkserver.set_forkserver_preload(_IMPORTED)
        with put_off():
            forkserver.ensure_running()
