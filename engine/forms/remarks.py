"""What is to be known of how a form was read: one notice for each kind of thing, with the places where it is."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..base.problem import Place, Problem
from ..base.text import Language, Text

CHECK: Final = Text("Kiểm tra lại; ghi rõ ra nếu không phải vậy", "Check it, and write it out if it is not so")
"""What is to be done about what was guessed."""

MOST_PLACES: Final = 10
"""Places that a notice names; of more it says how many."""


DOCUMENT: Final = "{document}"
"""Stands in what is said of a form where it says what a document of its type is called."""


def said_of(words: Text, one: Text) -> Text:
    """What is said of a form, of documents that are called so."""
    return Text(words.vi.replace(DOCUMENT, one.vi), words.en.replace(DOCUMENT, one.en))


@dataclass(frozen=True, slots=True)
class Remark:
    """A kind of thing to be known. `message` is followed by the places."""

    code: str
    message: Text
    fix: Text


REMARKS: Final = {
    name: Remark(said["code"], Text(**said["message"]), Text(**said["fix"]))
    for name, said in json.loads(Path(__file__).with_suffix(".json").read_bytes()).items()
}
"""What is remarked of forms, by name."""


class Remarks:
    """Gathers remarks and their places while a file is read."""

    def __init__(self) -> None:
        self._places: dict[Remark, dict[Place, None]] = {}

    def add(self, remark: Remark, place: Place) -> None:
        self._places.setdefault(remark, {})[place] = None

    def notices(self) -> list[Problem]:
        """A notice for each kind, at the first of its places."""
        return [
            _notice(remark, sorted(places, key=lambda place: place.order)) for remark, places in self._places.items()
        ]


def _notice(remark: Remark, places: list[Place]) -> Problem:
    message = Text(f"{remark.message.vi}: {_list(places, 'vi')}", f"{remark.message.en}: {_list(places, 'en')}")
    return Problem(remark.code, message, remark.fix, places[0])


def _list(places: list[Place], language: Language) -> str:
    named = "; ".join(place.describe(language).removeprefix(f"{place.file}: ") for place in places[:MOST_PLACES])
    if (more := len(places) - MOST_PLACES) <= 0:
        return named
    return f"{named} và {more} chỗ khác" if language == "vi" else f"{named} and {more} more"
