"""Ctrl-C goes to every process at a terminal, and is for the audit alone; so is what else asks it to end."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker

from ...base.system import STOPS


@contextmanager
def put_off() -> Iterator[None]:
    """Ctrl-C waits until the end of this, and never reaches the processes (and threads) that are begun meanwhile.

    What starts is so never left half begun, and no process prints a traceback. In other threads than the main one, which take
    no signals, there is nothing to put off.
    """
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():  # Windows
        yield
        return
    asked: list[int] = []
    signals = [number for number in (signal.SIGINT, *STOPS) if signal.getsignal(number) != signal.SIG_IGN]

    resource_tracker.ensure_running()  # What starts needs it; starting it there would unblock the signals.
    # Threads that are there already take the signals all the same.
    handlers = {number: signal.signal(number, lambda number, _: asked.append(number)) for number in signals}
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if asked:
            signal.raise_signal(asked[0])
