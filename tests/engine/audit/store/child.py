"""A process that writes a store and dies of it: a fork, since a new one would take longer to load than to write."""

import os
import traceback
from collections.abc import Callable

Say = Callable[..., None]


class Child:
    """A fork of this process that acts, with what it says in lines, and what it fails of."""

    def __init__(self, act: Callable[[Say], None]) -> None:
        reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            status = 1
            try:
                os.dup2(writer, 2)
                act(lambda *words: [os.write(writer, f"{' '.join(map(str, words))}\n".encode())])
                status = 0
            except BaseException:
                os.write(writer, traceback.format_exc().encode())
            finally:
                os._exit(status)
        os.close(writer)
        self.said = open(reader, encoding="utf-8")  # noqa: SIM115 (closed at the end)

    def end(self, number: int = 0) -> tuple[int, str]:
        """Its status once it has ended, by the signal if one is given, and what it said since it was last heard."""
        if number:
            os.kill(self.pid, number)
        with self.said:
            rest = self.said.read()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]), rest
