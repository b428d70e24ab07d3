"""A justification as a tree drawn in text."""

from collections.abc import Callable, Iterator
from typing import Final

from ..base.inert import printable
from ..base.text import Language
from .why import Justification, Reason

_MARKS: Final = {True: "✓", False: "✗", None: "•"}
_COLOURS: Final = {True: "32", False: "31", None: "34"}


def drawn(justifications: tuple[Justification, ...], language: Language, *, colour: bool = False) -> str:
    """Each tree as text: branches, a mark for what holds and what does not, places and lines of the plan."""

    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    return "\n".join("".join(_lines(item.tree, "", "", language, paint)) for item in justifications)


def _lines(
    reason: Reason, first: str, rest: str, language: Language, paint: Callable[[str, str], str]
) -> Iterator[str]:
    mark = paint(_MARKS[reason.holds], _COLOURS[reason.holds])
    yield f"{first}{mark} {printable(reason.text[language])}\n"
    below = rest + ("│  " if reason.parts else "   ")
    if reason.place is not None and reason.line is not None:
        place = paint(reason.place.describe(language), "2")
        yield f"{below}{place} | {printable(reason.line.strip())}\n"
    elif reason.place is not None:
        yield f"{below}{paint(reason.place.describe(language), '2')}\n"
    for number, part in enumerate(reason.parts, 1):
        last = number == len(reason.parts)
        yield from _lines(part, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "), language, paint)
