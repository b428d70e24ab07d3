"""The process that workers are forked from. Begun early, it imports what they need while this process does the same."""

import multiprocessing
import signal
from typing import Final

METHOD: Final = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_IMPORTED: Final = f"{__package__}.local"


def begin() -> None:
    """Begin it, where this system has one and it isn't there yet. It ends with this process."""
    if METHOD == "forkserver":
        from multiprocessing import forkserver, resource_tracker

        forkserver.set_forkserver_preload([_IMPORTED])
        resource_tracker.ensure_running()  # The fork server needs it; starting it there would unblock the signal.
        # Ctrl-C goes to all processes, and is for the audit alone: the server, as it starts, would print a traceback.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
