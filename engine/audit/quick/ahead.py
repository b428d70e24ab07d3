"""The lines of a file that will be asked for one after another, read at once."""

from collections.abc import Mapping
from typing import BinaryIO, Final

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
        self._read: dict[tuple[str, int], tuple[DocumentRecord | None, bytes]] = {}
        self._wait = self._passed = 0

    def expect(self, spans: Mapping[str, list[Span]]) -> None:
        """Take note of which lines of which files will be asked for next, in this order."""
        self._expected, self._read = {**spans}, {}

    def at(self, path: str, file: BinaryIO, offset: int, length: int) -> tuple[DocumentRecord | None, bytes]:
        """The document in a line, where it was read with others and nothing is amiss with it; and the line."""
        if path in self._expected:
            self._together(path, file, self._expected.pop(path))
        if (path, offset) in self._read:
            return self._read.pop((path, offset))
        file.seek(offset)
        return None, file.read(length)

    def _together(self, path: str, file: BinaryIO, spans: list[Span]) -> None:
        (first, _), (last, length) = spans[0], spans[-1]
        if self._known is None or not _FEWEST <= last + length - first <= _MOST:
            return
        if self._passed < self._wait:
            self._passed += 1
            return
        from .lines import decode_lines  # what reads columns takes a tenth of a second to load

        file.seek(first)
        read = file.read(last + length - first)
        lines = [read[offset - first : offset - first + length] for offset, length in spans]
        plans = decode_lines(lines, self._known)
        self._wait, self._passed = 0 if plans else min(2 * self._wait + 1, _MOST_PASSED), 0
        found = zip(plans or [None] * len(lines), lines, strict=True)
        self._read = {(path, offset): both for (offset, _), both in zip(spans, found, strict=True)}
