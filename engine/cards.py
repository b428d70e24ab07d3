"""Party cards as they are written: a card is the same however its digits are grouped, and wherever it stands in a text."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from .text import nfc

LEAST_DIGITS: Final = 5
_LIKE_A_CARD: Final = re.compile(rf"\d(?:[^\d\n]{{0,3}}\d){{{LEAST_DIGITS - 1}}}")


def like_a_card(text: str) -> bool:
    """Whether any line of a text may hold a card: so many digits, near each other.

    Fewer may be anything: a ward, a document, a day. So cards that have fewer are never looked for in what a plan says.
    """
    return _LIKE_A_CARD.search(text) is not None


def significant(cards: list[str]) -> list[bytes]:
    """What counts of each card: its letters and digits, or the whole where it has none."""
    joined = "\n".join(cards).replace(".", "")
    if joined.isascii() and joined.replace("\n", "").isdecimal():  # as nearly all are, so looked at together
        apart = joined.encode().split(b"\n")
        if len(apart) == len(cards) and b"" not in apart:
            return apart
    return [(marks(nfc(card)) or card).encode() for card in cards]


def marks(text: str) -> str:
    """The letters and digits of a text, in one case."""
    return "".join(mark for mark in text.casefold() if mark.isalnum())


class Search:
    """Finds some party cards in texts, where they stand by themselves. It is false where there are none.

    One that is not like a card is found only as it is written.
    """

    def __init__(self, cards: Iterable[str]) -> None:
        written = {_as_written(card): marks(nfc(card)) for card in cards}
        self._written = frozenset(written)
        self._marks = {card: like_a_card(card) for card in written.values() if card}
        self._lengths = sorted({len(card) for card in self._marks}, reverse=True)

    def __bool__(self) -> bool:
        return bool(self._marks)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the cards begin and end, in order; none overlaps another."""
        if not self:
            return
        at = [place for place, mark in enumerate(text) for part in mark.casefold() if part.isalnum()]
        plain, reached = marks(text), 0
        for number, start in enumerate(at):
            if start < reached or (start and _in_word(text[start - 1])):
                continue
            for length in self._lengths:
                last = number + length - 1
                if last >= len(at) or plain[number : last + 1] not in self._marks:
                    continue
                if _in_word(text[at[last] + 1 : at[last] + 2]):
                    continue
                if self._marks[plain[number : last + 1]] or _as_written(text[start : at[last] + 1]) in self._written:
                    reached = at[last] + 1
                    yield start, reached
                    break

    def replaced(self, text: str, by: Callable[[str], str]) -> str:
        """The text with something else in place of each card."""
        made, reached = "", 0
        for start, end in self.spans(text):
            made += text[reached:start] + by(text[start:end])
            reached = end
        return made + text[reached:]

    def dotted(self, text: str) -> str:
        """The text with a dot in place of each character of a card."""
        return self.replaced(text, lambda card: "•" * len(card))


def _as_written(text: str) -> str:
    return " ".join(_EDGES.sub("", text).split()).casefold()


_EDGES: Final = re.compile(r"^\W+|\W+$")


def _in_word(mark: str) -> bool:
    return mark.isalnum() or mark == "_"
