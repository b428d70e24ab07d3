"""The standard streams of this process, which whoever started it may have closed, or led to a full disk.

Writing to them never fails where it is done: what they did not take is known at the end, where it decides on the status.
"""

import errno
import io
import os
import select
import sys
from typing import Any, Final

_MODES: Final = ("r", "w", "w")
_MOST_KEPT: Final = 1 << 20
"""Bytes that are kept of what a stream did not take."""
_STANDARD_ERROR: Final = 2
_UNHEARD: Final = (errno.EPIPE, errno.EBADF)


class _Stream(io.RawIOBase):
    """What is below standard output or error. It takes everything, and keeps what the system would not take.

    `refused` is why it would not, None as long as it did; `taken` whether it took anything, `left` what it did not take.
    """

    def __init__(self, stream: Any) -> None:
        self._whole = stream  # which would close what is below it as it goes
        # With PYTHONUNBUFFERED there is nothing between.
        self._raw: io.RawIOBase = getattr(stream.buffer, "raw", stream.buffer)
        self.refused: OSError | None = None
        self.taken = False
        self.left = bytearray()

    def write(self, content: Any) -> int:
        view = memoryview(content).cast("B")
        written = 0
        while written < len(view) and self.refused is None:
            try:
                count = self._raw.write(view[written:])
            except OSError as error:
                self.refused = error
            else:
                if count is None:  # It does not wait by itself, and has no room now.
                    select.select([], [self._raw], [])
                written += count or 0
                self.taken = True
        self.left += view[written:][: _MOST_KEPT - len(self.left)]
        return len(view)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._raw.fileno()

    def isatty(self) -> bool:
        return self._raw.isatty()


def guard() -> None:
    """Open to nothing what is closed, so that no file that is opened takes its number, and let writing never fail."""
    while (opened := os.open(os.devnull, os.O_RDONLY)) <= _STANDARD_ERROR:
        os.set_inheritable(opened, True)
    os.close(opened)
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, _MODES[number], encoding="utf-8", closefd=False))  # noqa: SIM115
    sys.stdout = _guarded(sys.stdout)
    sys.stderr = _guarded(sys.stderr)


def _guarded(stream: Any) -> io.TextIOWrapper:
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_Stream(stream)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=stream.line_buffering,
    )


def output_refused(stream: object) -> OSError | None:
    """Why a standard stream takes no more, where it is guarded and does not."""
    below = _below(stream)
    return None if below is None else below.refused


def _below(stream: object) -> _Stream | None:
    below = getattr(getattr(stream, "buffer", None), "raw", None)
    return below if isinstance(below, _Stream) else None


def heard(status: int) -> int:
    """The status that the run ends with, given what became of the words on standard error.

    Where a full disk took them it is 2; where nobody wants to hear them (closed, or a closed pipe), that is no failure. Why a
    run ends with status 2 is said on standard output where nobody can hear it on standard error, and nothing else stands there.
    """
    sys.stderr.flush()
    error = output_refused(sys.stderr)
    if error is None:
        return status
    status = status if error.errno in _UNHEARD else 2
    out, words = _below(sys.stdout), _below(sys.stderr)
    if status == 2 and out is not None and words is not None and not out.taken:
        out.write(words.left)
    return status
