"""Plug-ins: what other installed distributions add by entry points (docs/explanation/plug-ins.md).

They are looked for only where the program has nothing of the name itself, and nothing of one runs before it is used.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from .failure import DEBUG
from .inert import printable
from .problem import UNREADABLE, Place, Problem, Unreadable
from .record import Record
from .suggest import shown
from .text import Text

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

READERS: Final = "thamdinh.readers"
"""Entry points that read files: the name is the suffix, in small letters (“.toml”), the object has `read(file, content)`."""
REPORTERS: Final = "thamdinh.reporters"
"""Entry points that write reports: the name is that of the format, the object has `FORMAT` and `render(report, options)`."""


class PlugIn(Record):
    """A plug-in that was found: its name, the distribution it belongs to, with the version, and what it is."""

    name: str
    distribution: str
    implementation: Any

    @contextmanager
    def held(self, place: Place) -> Iterator[None]:
        """Whatever fails within is a fault of the plug-in: raised as Unreadable, at the place; Unreadable goes on as it is."""
        try:
            yield
        except Unreadable:
            raise
        except (Exception, SystemExit) as error:
            if os.environ.get(DEBUG):
                raise
            raise broken(self.name, self.distribution, f"{type(error).__name__}: {error}", place) from error


@cache
def plug_in_names(group: str) -> frozenset[str]:
    """The names of the plug-ins of a group."""
    return frozenset(_entries(group))


def distributions(group: str) -> tuple[str, ...]:
    """The distributions, with their versions, that plug-ins of a group come from."""
    return tuple(sorted({_distribution(entry) for entries in _entries(group).values() for entry in entries}))


def plug_in(group: str, name: str, place: Place, *needed: str) -> PlugIn | None:
    """The plug-in of that name, which has the attributes needed; None where there is none.

    Raises Unreadable, at the place, for one that can't be used, and where two have the name.
    """
    entries = _entries(group).get(name, ())
    if not entries:
        return None
    entry, distribution = entries[0], _distribution(entries[0])
    if len(entries) > 1:
        raise broken(name, distribution, f"{name}: {', '.join(map(_distribution, entries))}", place)
    found = PlugIn(name, distribution, None)
    with found.held(place):
        found = PlugIn(name, distribution, entry.load())
        for attribute in needed:
            getattr(found.implementation, attribute)
    return found


def broken(name: str, distribution: str, why: str, place: Place) -> Unreadable:
    """The problem of a plug-in that does not do what it is to do, to be raised."""
    package, why = distribution.partition(" ")[0], printable(shown(why))
    return Unreadable(
        Problem(
            UNREADABLE,
            Text(
                f"Phần mở rộng “{name}” của gói {distribution} không dùng được ({why})",
                f"The plug-in “{name}” of the package {distribution} does not work ({why})",
            ),
            Text(
                f"Báo cho người cài gói này; cập nhật gói, hoặc gỡ ra: pip uninstall {package}",
                f"Tell who installed it; update the package, or remove it: pip uninstall {package}",
            ),
            place,
        )
    )


@cache
def _entries(group: str) -> dict[str, list["EntryPoint"]]:
    from importlib.metadata import entry_points  # takes some 30 ms

    found: dict[str, list[EntryPoint]] = {}
    for entry in sorted(entry_points(group=group), key=_distribution):
        found.setdefault(entry.name, []).append(entry)
    return found


def _distribution(entry: "EntryPoint") -> str:
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist else entry.value
