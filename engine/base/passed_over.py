"""What a run did not read as plans: told of where it is found, counted by kind and named in one notice a kind (NT004)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cache
from pathlib import Path, PurePath
from typing import Any, Final

from .inert import printable
from .problem import PASSED_OVER, Place, Problem
from .text import Text, counted

MOST_NAMED: Final = 1000
"""How many names of one kind programs are given; the others are counted."""
_FIRST: Final = 3
"""How many of them stand in the message."""
_MOST_SUFFIXES: Final = 5


class Kind(Enum):
    """Why something is no input; what one and several are called, and what to do where it is to be checked after all, is data."""

    UNREAD = "unread"
    MANY = "many"
    RESULT = "result"
    HIDDEN = "hidden"
    TEMPORARY = "temporary"
    LINK = "link"
    KNOWN_BREACHES = "known_breaches"
    OLDER = "older"
    EXCLUDED = "excluded"
    OTHER = "other"

    @property
    def fix(self) -> Text:
        """What to do where one of them is to be checked after all."""
        return Text(**_words()[self.value]["fix"])

    def counted(self, count: int, of: str) -> Text:
        """So many of them, with what is put after the noun."""
        said = _words()[self.value]
        return Text(
            f"{count} {said['one']['vi']}{of}", f"{count} {said['one']['en'] if count == 1 else said['several']}{of}"
        )


@cache
def _words() -> Any:
    import json  # most runs pass nothing over

    return json.loads(Path(__file__).with_suffix(".json").read_bytes())


Tell = Callable[[str, Kind], None]
"""Told the name of each thing that is passed over, as messages show it, and why."""


def untold(_name: str, _kind: Kind) -> None:
    """Nobody is told: what is found is only counted, or was told of before."""


@dataclass(frozen=True, slots=True)
class PassedOverFiles(Problem):
    """The notice on one kind: how many there were, and the names of the first MOST_NAMED."""

    count: int = 0
    files: tuple[str, ...] = ()


class PassedOver:
    """Called with each thing that is passed over; gives the notices."""

    def __init__(self) -> None:
        self._counts: dict[Kind, int] = {}
        self._names: dict[Kind, list[str]] = {}
        self._suffixes: dict[str, None] = {}

    def __call__(self, name: str, kind: Kind) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        names = self._names.setdefault(kind, [])
        if len(names) < MOST_NAMED:
            names.append(printable(name))
        if kind is Kind.UNREAD and len(self._suffixes) <= _MOST_SUFFIXES:
            self._suffixes[printable(PurePath(name.rpartition("!")[2]).suffix.lower())] = None

    def notices(self) -> tuple[PassedOverFiles, ...]:
        """One notice for each kind that there is."""
        return tuple(self._notice(kind) for kind in Kind if kind in self._counts)

    def _notice(self, kind: Kind) -> PassedOverFiles:
        count, names = self._counts[kind], self._names[kind]
        first, more = ", ".join(names[:_FIRST]), count - len(names[:_FIRST])
        what = kind.counted(count, self._of() if kind is Kind.UNREAD else "")
        message = Text(
            f"Bỏ qua {what.vi}: {first}" + (f" và {more} tệp nữa" if more else ""),
            f"Passed over {what.en}: {first}" + (f" and {more} more" if more else ""),
        )
        return PassedOverFiles(PASSED_OVER, message, kind.fix, Place(names[0]), count, tuple(names))

    def _of(self) -> str:
        """The suffixes of what is not read."""
        known = sorted(filter(None, self._suffixes))
        shown = known[:_MOST_SUFFIXES]
        return f" ({', '.join(shown)}{', …' if len(known) > len(shown) else ''})" if shown else ""


def how_many(notices: Iterable[Problem]) -> int:
    """How much was passed over, by these notices."""
    return sum(notice.count for notice in notices if isinstance(notice, PassedOverFiles))


def in_short(notices: Iterable[Problem]) -> Text | None:
    """How much was passed over, for a line that sums up; None for nothing."""
    count = how_many(notices)
    return Text(f"bỏ qua {count} tệp", f"{counted(count, 'file')} passed over") if count else None
