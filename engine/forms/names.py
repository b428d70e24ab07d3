"""Who is meant: codes and names, as one part of a form gives them and others refer to them."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Final

from ..base.suggest import shown
from ..documents.document import Unclear
from .unclear import FAULTS

_TONES: Final = frozenset("\u0300\u0301\u0303\u0309\u0323")
_MOST_SHOWN: Final = 10
"""How many codes of one name a message lists."""


@lru_cache(10_000)
def name_key(name: str) -> str:
    """What two spellings of one name have in common: no case, and the tone of a syllable wherever its mark stands."""
    words = []
    for word in unicodedata.normalize("NFD", name.casefold()).split():
        letters = "".join(mark for mark in word if mark not in _TONES)
        words.append(letters + "".join(mark for mark in word if mark in _TONES))
    return " ".join(words)


class CodedNames:
    """The codes of one list (people, committees) and the names that go with them."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._codes: dict[str, list[str]] = defaultdict(list)
        self._spellings: dict[str, list[str]] = defaultdict(list)
        self._spelt = 0

    def add(self, code: str, name: str | None) -> None:
        self._names.setdefault(code, name or "")

    def _spell(self) -> None:
        """Add how codes and names are spelt, of those that were added since: most are referred to by their codes."""
        added = islice(self._names.items(), self._spelt, None) if self._spelt < len(self._names) else ()
        for code, name in added:
            self._spellings[name_key(code)].append(code)
            if name:
                self._codes[name_key(name)].append(code)
        self._spelt = len(self._names)

    def codes(self) -> Iterable[str]:
        """Every code."""
        return self._names

    def find(self, written: str) -> list[str]:
        """The codes that a code or name may mean: none, one, or (two people of one name) several."""
        if written in self._names:
            return [written]
        self._spell()
        wanted = name_key(written)
        return self._spellings.get(wanted) or self._codes.get(wanted) or []

    def resolve(self, written: str, name: str | None = None) -> str | Unclear:
        """The code meant by what is written, and by the name beside it if there is one.

        What is not known stays as it is written: that it stands nowhere is said when references are checked.
        """
        found = self.find(written)
        if len(found) > 1:
            return self._ambiguous(written, found)
        if not found:
            return written
        # Whose name could not be read is not contradicted.
        if name is not None and self._names[found[0]] and name_key(self._names[found[0]]) != name_key(name):
            return self._contradiction(found[0], name)
        return found[0]

    def _ambiguous(self, written: str, found: list[str]) -> Unclear:
        codes = ", ".join(found[:_MOST_SHOWN]) + (", …" if len(found) > _MOST_SHOWN else "")
        return FAULTS["ambiguous"](written, str(len(found)), codes)

    def _contradiction(self, code: str, name: str) -> Unclear:
        return FAULTS["contradiction"](name, shown(code), shown(self._names[code]))
