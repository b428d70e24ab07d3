"""Which contents may have a verdict in a store: sixteen bytes of memory for each, so that no table is gone through to see."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


class KnownContents:
    """The numbers of verdicts by the digests of their contents, as hashes: of two contents one may be taken for the other."""

    def __init__(self) -> None:
        """Of no content."""
        self._parts: list[tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]] = []

    def __bool__(self) -> bool:
        return bool(self._parts)

    def add(self, digests: Collection[str], verdicts: Collection[int]) -> None:
        """Add the verdicts on further contents."""
        import numpy as np

        if not digests:
            return
        hashes, numbers = _hashes(digests), np.fromiter(verdicts, "i8", len(verdicts))
        # Each part is less than half as long as the one before, so that there are few, and each verdict is sorted few times.
        while self._parts and len(self._parts[-1][0]) < 2 * len(hashes):
            before, of_before = self._parts.pop()
            hashes, numbers = np.concatenate((before, hashes)), np.concatenate((of_before, numbers))
        order = np.argsort(hashes, kind="stable")
        self._parts.append((hashes[order], numbers[order]))

    def of(self, digests: Collection[str]) -> list[int]:
        """The verdicts that may be on these contents; any verdict on them is among these."""
        import numpy as np

        asked, found = _hashes(digests), list[int]()
        for hashes, numbers in self._parts:
            begins, ends = (np.searchsorted(hashes, asked, side) for side in ("left", "right"))
            having = ends > begins
            for begin, end in zip(begins[having].tolist(), ends[having].tolist(), strict=True):
                found += numbers[begin:end].tolist()
        return found


def _hashes(digests: Collection[str]) -> "np.ndarray[Any, Any]":
    """A hash of each that is the same in this process alone."""
    import numpy as np

    return np.fromiter(map(hash, digests), "i8", len(digests))
