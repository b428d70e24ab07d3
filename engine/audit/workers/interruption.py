"""Ctrl-C goes to every process at a terminal, and is for the audit alone."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker


@contextmanager
def put_off() -> Iterator[None]:
    """Ctrl-C waits until the end of this, and never reaches the processes (and threads) that are begun meanwhile.

    What starts is so never left half begun, and no process prints a traceback. For the main thread.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    pressed = False

    def press(*_: object) -> None:
        nonlocal pressed
        pressed = True

    resource_tracker.ensure_running()  # What starts needs it; starting it there would unblock the signal.
    handler = signal.signal(signal.SIGINT, press)  # Threads that are there already take the signal all the same.
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, handler)
        if pressed:
            signal.raise_signal(signal.SIGINT)
