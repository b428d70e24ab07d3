"""Rows on disk, of which those with the same key are found together, in memory that does not grow with their number.

A file that is too large to be sorted at once is split by the keys, as often as it takes: keys are hashes, so the parts
are of one size. Rows of a key that a great many have stay on disk, and are gone through from there.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from ...base.record import Record

if TYPE_CHECKING:
    import numpy as np

MOST_BYTES: Final = 2**20
"""How large a part is sorted at once."""

_OBJECTS: Final = 1024
"""So many rows are made objects at a time, which take eight times as much."""

_MOST_BITS: Final = 7
"""A file is split into at most two to the power of so many, which are open at once."""

_SPARSE: Final = 4
"""Ends of keys are told apart so many times as finely as there are rows, so that few that differ have one."""

_BITS_OF_KEY: Final = 64
"""Of a key so many are for splitting; more would not tell one from another."""

KEY: Final = (("high", ">u8"), ("low", ">u8"))
"""The columns that a key of identity.BYTES bytes makes."""

Wanted = Callable[["np.ndarray[Any, Any]", "np.ndarray[Any, Any]"], "np.ndarray[Any, Any]"]
"""Which groups are wanted, of rows in the order of their keys and the positions at which groups begin."""


Row = tuple[Any, ...]
"""A row without its key."""


class KeyedTable:
    """Rows of one shape: a key and some columns (numpy's names of their types)."""

    def __init__(self, path: Path, *columns: tuple[str, str]) -> None:
        self._columns, self._path = [*KEY, *columns], path
        self._file: BinaryIO = path.open("wb")

    def add(self, rows: bytes) -> None:
        """Take in rows, one after the other."""
        self._file.write(rows)

    def groups(self, wanted: Wanted) -> Iterator[Iterable[Row]]:
        """The rows of each key that is wanted and comes more than once; NOBODY is no key.

        They may be gone through as often as need be until the next are asked for. Of those that are too many to be sorted at once
        nobody is asked whether they are wanted.
        """
        self._file.flush()
        for rows in self._parts(self._path, 0):
            if isinstance(rows, _OfOneKey):
                yield rows
            else:
                yield from _groups(rows, wanted)

    def close(self) -> None:
        self._file.close()

    def _parts(self, path: Path, used: int, split: int = -1) -> Iterator["np.ndarray[Any, Any] | _OfOneKey"]:
        """The rows of a file, all of one key together.

        `used`: how many bits of the keys are the same in all of it; `split`: how large the file was that it was split from.
        """
        import numpy as np

        dtype = np.dtype(self._columns)
        size = path.stat().st_size
        if size <= MOST_BYTES:
            yield _with_keys(np.fromfile(path, dtype))
            return
        if (size == split or used == _BITS_OF_KEY) and (lows := _lows_of_one_key(path, dtype)):
            yield from (_OfOneKey(path, dtype, low) for low in sorted(lows))
            return
        # As few as make each small enough: opening a file takes longer than sorting one.
        bits = min((2 * size // MOST_BYTES).bit_length(), _MOST_BITS, _BITS_OF_KEY - used)
        used += bits
        parts = [path.with_name(f"{path.name}-{part}") for part in range(1 << bits)]
        with ExitStack() as opened:
            files = [opened.enter_context(part.open("wb")) for part in parts]
            for rows in map(_with_keys, _pieces(path, dtype)):
                prefix = rows["high"] >> np.uint64(_BITS_OF_KEY - used)
                part_of = (prefix & np.uint64((1 << bits) - 1)).astype("u1")
                order = np.argsort(part_of, kind="stable")
                bounds = np.searchsorted(part_of[order], np.arange((1 << bits) + 1))
                rows = rows.take(order)  # several times as fast as rows[order] where rows have fields
                for part, begin, end in zip(files, bounds, bounds[1:], strict=False):
                    part.write(rows[begin:end].tobytes())
        if split >= 0:
            path.unlink()
        for name in parts:
            yield from self._parts(name, used, size)
            name.unlink(missing_ok=True)


class _OfOneKey(Record):
    """The rows of a file that have this end of their key, of which all have the beginning."""

    path: Path
    dtype: "np.dtype[Any]"
    low: int

    def __iter__(self) -> Iterator[Row]:
        for piece in _pieces(self.path, self.dtype):
            for begin in range(0, len(piece), _OBJECTS):
                rows = piece[begin : begin + _OBJECTS].tolist()
                yield from (tuple(row) for _, low, *row in rows if low == self.low)


def _pieces(path: Path, dtype: "np.dtype[Any]") -> Iterator["np.ndarray[Any, Any]"]:
    """The rows of a file, so many at a time as are sorted at once."""
    import numpy as np

    with path.open("rb") as file:
        while content := file.read(MOST_BYTES // dtype.itemsize * dtype.itemsize):
            yield np.frombuffer(content, dtype)


def _lows_of_one_key(path: Path, dtype: "np.dtype[Any]") -> set[int]:
    """How the keys of a file end, where all begin alike; none where they do not."""
    highs, lows = set[int](), set[int]()
    for rows in _pieces(path, dtype):
        highs |= {int(rows["high"].min()), int(rows["high"].max())}
        if len(highs) > 1:
            return set()
        lows |= {*rows["low"].tolist()}
    return lows


def _with_keys(rows: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """The rows whose key is not identity.NOBODY."""
    given = (rows["high"] != 0) | (rows["low"] != 0)
    return rows if given.all() else rows.compress(given)


def _groups(rows: "np.ndarray[Any, Any]", wanted: Wanted) -> Iterator[list[Row]]:
    import numpy as np

    high = rows["high"].astype("u8")  # in the machine's own order, to be sorted
    ends = (high & np.uint64((_SPARSE << len(rows).bit_length()) - 1)).astype("i8")
    may_recur = np.bincount(ends)[ends] > 1  # counted sooner than sorted
    high, rows = high[may_recur], rows.compress(may_recur)
    order = np.argsort(high)
    high = high[order]
    again = high[1:] == high[:-1]
    repeated = np.append(again, False) | np.insert(again, 0, False)
    if not repeated.any():
        return
    high, rows = high[repeated], rows.take(order[repeated])
    begins = np.flatnonzero(np.insert(high[1:] != high[:-1], 0, True))
    ends = np.append(begins[1:], len(rows))
    chosen = wanted(rows, begins)
    for begin, end in zip(begins[chosen].tolist(), ends[chosen].tolist(), strict=True):
        by_low: dict[int, list[Row]] = {}  # nearly always of one key
        for _, low, *row in rows[begin:end].tolist():
            by_low.setdefault(low, []).append(tuple(row))
        yield from by_low.values()


def shared(rows: "np.ndarray[Any, Any]", begins: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    """Wants groups of more than one plan (`number`)."""
    import numpy as np

    numbers = rows["number"]
    chosen: np.ndarray[Any, Any] = np.minimum.reduceat(numbers, begins) != np.maximum.reduceat(numbers, begins)
    return chosen
