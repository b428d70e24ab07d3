"""A process that works for this one as long as it is needed: a pipe to it, and what it takes watched from outside."""

import signal
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

from .isolation import Died, Watch
from .limits import Limits


class Worker:
    """A process that runs `work(pipe, *arguments)`; the other end of the pipe is `pipe`, which ends where the process does.

    `limits` are what it may take from one `watch.begin()` to the next. Raises EOFError and ConnectionError where what
    workers are forked from has died.
    """

    def __init__(self, context: Any, work: Callable[..., None], arguments: tuple[object, ...], limits: Limits) -> None:
        self.pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(target=work, args=(theirs, *arguments), daemon=True)
        self._process.start()
        theirs.close()
        assert self._process.pid is not None
        self.watch = Watch(self._process.pid, limits)

    def death(self) -> str:
        """How the process ended."""
        self._process.join(5)
        status = self._process.exitcode
        if status is not None and status < 0:
            return f"signal {-status} ({signal.strsignal(-status)})"
        return f"exit status {status}"

    def exceeded(self) -> Died | None:
        """The limit that the process has gone beyond, if any."""
        return self.watch.exceeded()

    def end(self) -> None:
        """Leave nothing of it behind."""
        self.pipe.close()
        self._process.kill()
        self._process.join()
