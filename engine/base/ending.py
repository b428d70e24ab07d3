"""How this process ends: with the status that it chose, or else with 2, whatever a library does.

Some libraries in C (OpenBLAS where memory is short) call exit(1) by themselves, which would read as a verdict with findings.
No Python runs at the exit of C, so what is to happen then is left with the C library: functions to be called, the last first.
"""

import os
import sys
from typing import Any, Final

_handlers: Final[list[Any]] = []
"""What the handlers need as long as the process lives."""


def arm(words: str) -> None:
    """From now on an exit that nobody chose says the words on standard error and has status 2.

    Children that are forked end as they would: they are judged by what they sent. Where the system's C library is
    not reached (Windows), nothing changes.
    """
    if sys.platform == "win32":
        return
    import ctypes

    library = ctypes.CDLL(None)
    line = ctypes.c_char_p(words.replace("%", "%%").encode())
    _handlers.extend((library, line))
    plan_exit(2)
    library.__cxa_atexit(library.warnx, line, None)
    os.register_at_fork(after_in_child=lambda: plan_exit(1))


def plan_exit(status: int) -> None:
    """The process, where it is armed, ends with this status, whoever ends it: what was planned last counts."""
    if _handlers:
        import ctypes

        library = _handlers[0]
        library.__cxa_atexit(library._exit, ctypes.c_void_p(status), None)
        library.__cxa_atexit(library.fflush, None, None)
