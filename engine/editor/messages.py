"""The messages that an editor sends, one after another, whatever stands between them.

pygls believes every length it is told and takes in the rest of the stream where one is wrong. Here a message that can't be
one is skipped, up to the next header that can.
"""

import re
from typing import BinaryIO, Final

LARGEST_MESSAGE: Final = 64 * 2**20
"""Bytes. What an editor sends holds the whole text at most, which is no longer judged long before."""
_AT_ONCE: Final = 64 * 2**10
_LENGTH: Final = re.compile(rb"content-length:[ \t]*(\d{1,18})[ \t]*\r?\n$", re.IGNORECASE)
_LONGEST_HEADER: Final = 64


class Messages:
    """A stream for pygls, which reads it by lines up to an empty one, and then so many bytes as it was told."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._headers: list[bytes] = []

    def readline(self) -> bytes:
        """The next line of a header; nothing at the end of the stream."""
        if not self._headers:
            length = self._next()
            if length is None:
                return b""
            self._headers = [b"Content-Length: %d\r\n" % length, b"\r\n"]
        return self._headers.pop(0)

    def read(self, size: int) -> bytes:
        """The body of the message whose header was read."""
        return self._stream.read(size)

    def _next(self) -> int | None:
        """The length of the next message, its header read to the end; None at the end of the stream."""
        length, kept = 0, b""
        while line := self._stream.readline(_AT_ONCE):
            found = _LENGTH.search(kept + line)
            kept = b"" if line.endswith(b"\n") else (kept + line)[-_LONGEST_HEADER:]
            if found is not None:
                length = int(found[1])
            elif not line.strip():
                if 0 < length <= LARGEST_MESSAGE:
                    return length
                length = 0
        return None
