"""Texts that recur: what was answered for one of them need not be asked again."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

Item = TypeVar("Item", bound=str | bytes)

_MOST: Final = 2**20
"""So many letters, or bytes, are kept at most."""


class AskedOnce(Generic[Item]):
    """A question to texts that is answered with yes for several together just where it is for each of them.

    Those for which it was are kept, and known again.
    """

    def __init__(self, ask: Callable[[list[Item]], bool], most: int = _MOST) -> None:
        self._ask, self._most = ask, most
        self._known: set[Item] = set()
        self._room = most

    def __call__(self, texts: list[Item]) -> bool:
        """Whether the answer is yes for all of the texts. Raises what the question raises."""
        if self._known.issuperset(texts):
            return True
        fresh = {*texts} - self._known
        if not self._ask([*fresh]):
            return False
        self._room -= sum(map(len, fresh))
        if self._room < 0:
            self._known, self._room = set(), self._most
        self._known |= fresh
        return True
