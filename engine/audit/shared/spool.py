"""Things said of plans as they are found, kept on disk until they are wanted plan by plan."""

import pickle
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class Spool:
    """Things by the number of their plan. In memory each takes sixteen bytes."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w+b")
        self._numbers, self._offsets = array("Q"), array("Q")

    def add(self, number: int, thing: Any) -> None:
        self._numbers.append(number)
        self._offsets.append(self._file.tell())
        pickle.dump(thing, self._file, pickle.HIGHEST_PROTOCOL)

    def by_number(self) -> Iterator[tuple[int, list[Any]]]:
        """The things said of each plan of which anything is said, in the order of the numbers."""
        if not self._numbers:
            return
        import numpy as np

        order = np.argsort(np.frombuffer(self._numbers, "u8"), kind="stable")
        number, things = -1, list[Any]()
        for position in order:
            if self._numbers[position] != number:
                if things:
                    yield number, things
                number, things = self._numbers[position], []
            self._file.seek(self._offsets[position])
            things.append(pickle.load(self._file))  # noqa: S301 (our own file)
        if things:
            yield number, things

    def close(self) -> None:
        self._file.close()
