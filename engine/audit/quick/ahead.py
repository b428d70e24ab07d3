"""The lines of a file that will be asked for one after another, read at once."""

from collections.abc import Mapping
from io import BufferedReader
from typing import BinaryIO, Final, cast

from ...model.description import Description
from ...model.records import DocumentRecord

Span = tuple[int, int]
"""Where a line begins in its file, and how many bytes it has."""

_FEWEST: Final = 2**18
_MOST: Final = 2**24
"""So many bytes of lines are worth columns, and are held at a time."""
_MOST_PASSED: Final = 15


class LinesAhead:
    """Reads lines: all that will be asked for of a file together. Where some are in doubt time after time, that is tried less often."""

    def __init__(self, known: Description | None) -> None:
        """`known`: the type of document that lines are taken to be of, if any is."""
        self._known = known
        self._expected: dict[str, list[Span]] = {}
        self._read: dict[tuple[str, int], tuple[DocumentRecord | None, int]] = {}
        self._text = bytearray()
        """What was read last. The next is read in its place: to be given new memory costs more than to read."""
        self._wait = self._passed = 0

    def expect(self, spans: Mapping[str, list[Span]]) -> None:
        """Take note of which lines of which files will be asked for next, in this order."""
        self._expected, self._read = {**spans}, {}

    def at(self, path: str, file: BinaryIO, offset: int, length: int) -> tuple[DocumentRecord | None, bytes]:
        """The document in a line, where it was read with others and nothing is amiss with it; and the line."""
        if path in self._expected:
            self._together(path, file, self._expected.pop(path))
        plan, start = self._read.pop((path, offset), (None, 0))
        if plan is not None:
            return plan, bytes(memoryview(self._text)[start : start + length])
        file.seek(offset)
        return None, file.read(length)

    def _together(self, path: str, file: BinaryIO, spans: list[Span]) -> None:
        (first, _), (last, length) = spans[0], spans[-1]
        size = last + length - first
        if self._known is None or not _FEWEST <= size <= _MOST:
            return
        if self._passed < self._wait:
            self._passed += 1
            return
        from .lines import decode_lines  # what reads columns takes a tenth of a second to load

        self._read = {}
        if len(self._text) < size:
            self._text = bytearray(size)
        file.seek(first)
        if cast(BufferedReader, file).readinto(memoryview(self._text)[:size]) < size:
            return
        lines = [(offset - first, length) for offset, length in spans]
        plans = decode_lines(self._text, lines, self._known)
        self._wait, self._passed = 0 if plans else min(2 * self._wait + 1, _MOST_PASSED), 0
        read = zip(plans or (), lines, strict=False)
        self._read = {(path, first + start): (plan, start) for plan, (start, _) in read}
