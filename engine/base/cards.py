"""Party cards as they are written: a card is the same however its digits are grouped, in whatever digits, and wherever it
stands in a text."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from .look_alikes import LETTERS, is_plain
from .unseen import holds_unseen

HIDDEN: Final = "•••"
"""What stands in place of a party card."""

LEAST_DIGITS: Final = 5
CARD_DIGITS: Final = 8
"""How many digits a party card has at least. So long a number that is no day is taken for one, whatever it is called."""
ROW_DIGITS: Final = 6
"""As many, where a plan speaks of a person: there no other number is expected."""

_SHAPE: Final = bytes(ord("0") if chr(byte).isdecimal() and byte < 128 else byte for byte in range(256))
_PLAIN_SHAPE: Final = re.compile(rb"0(?:[. /-]?0){0,%d}" % (2 * CARD_DIGITS - 2))
_NUMBER_OF_CARD: Final = re.compile(r"\d(?:(?:[^]\w[(){}<>,;:=+&|]|_)*\d)*")
"""A number in a text that stands for a card: it ends at words, at brackets and at what divides a list."""
_ONE_LETTER: Final = re.compile(r"(?<![^\W\d_])[^\W\d_](?=\d)|(?<=\d)[^\W\d_](?![^\W\d_])")
"""A letter by itself beside a digit: it may stand for one."""
_LONGEST: Final = 40
"""Letters and digits of a card that are looked for."""
_LIKE_A_CARD: Final = re.compile(rf"\d(?:\D{{0,3}}\d){{{LEAST_DIGITS - 1}}}")
_MAY_HOLD_A_CARD: Final = re.compile(rf"\d(?:[^\d\0]*\d){{{LEAST_DIGITS - 1}}}")
_NUMBER: Final = {
    least: re.compile(rf"(?<!\d)\d(?:[\W_]{{0,3}}\d){{{least - 1},}}") for least in (ROW_DIGITS, CARD_DIGITS)
}
_YEAR, _MONTH, _DAY = r"(?:19|20|21)\d\d", r"(?:1[0-2]|0?[1-9])", r"(?:[12]\d|3[01]|0?[1-9])"
DATE: Final = (
    rf"(?:{_YEAR}(?:-{_MONTH}-{_DAY}|/{_MONTH}/{_DAY}|\W{{1,3}}{_YEAR})|{_DAY}(?:/{_MONTH}/|-{_MONTH}-|\.{_MONTH}\.){_YEAR})"
    r"(?:[\W_]{1,3}\d{1,2}:\d\d(?::\d\d)?)?"
)
"""The pattern of a day, with its time or without, or of a term of years."""
_TIME: Final = r"(?:[01]?\d|2[0-3]):[0-5]\d(?!\d)"
_SHORT_DAY: Final = rf"(?:{_DAY}(?:/{_MONTH}/|-{_MONTH}-|\.{_MONTH}\.)(?:{_YEAR}|\d\d)|{_MONTH}(?:/{_DAY}/|-{_DAY}-|\.{_DAY}\.){_YEAR})(?!\d)"
_CLOCK: Final = r"(?:[01]?\d|2[0-3])[-. :]?[0-5]\d(?!\d)"
_IN_HASTE: Final = rf"{_CLOCK}(?:-{_CLOCK})?[\s,]{{1,3}}{_SHORT_DAY}|{_SHORT_DAY}[\s,]{{1,3}}{_CLOCK}"
"""A time without a colon is one beside a day only (“0730 28/12/2017”, “28.12.17 13.30”), a month before a day beside a time."""
_DATES: Final = re.compile(rf"{_IN_HASTE}|{DATE}|{_TIME}")


def like_a_card(card: str) -> bool:
    """Whether a card has so many digits near each other that it is known by them.

    Fewer may be anything: a ward, a document, a day. So cards that have fewer are never looked for in what a plan says.
    """
    return _LIKE_A_CARD.search(plain_marks(card)) is not None


def may_hold_card(text: str) -> bool:
    """Whether a text has enough digits for a card; several texts may be asked at once, NUL between them."""
    return _MAY_HOLD_A_CARD.search(text if is_plain(text) else evened(text)) is not None


def significant(cards: list[str]) -> list[bytes]:
    """What counts of each card, as UTF-8."""
    joined = "\n".join(cards)
    apart = joined.encode().translate(None, b". -/").split(b"\n")
    if len(apart) == len(cards) and b"" not in apart and joined.isascii() and b"".join(apart).isdigit():
        return apart  # as nearly all are, so looked at together
    return [card_marks(card).encode() for card in cards]


def are_plain(cards: list[str]) -> bool:
    """Whether each of the texts is the number of one card and nothing else."""
    # Cards of one plan have few shapes, mostly one, so that one question serves all.
    shapes = {*"\n".join(cards).encode().translate(_SHAPE).split(b"\n")} if cards else ()
    return all(map(_is_plain_shape, shapes)) or all(card.plain and card.clear for card in map(read_card, cards))


def are_clear(cards: list[str]) -> bool:
    """Whether each of the texts is the number of one card and nothing else, and no two are of one card."""
    shapes = "\n".join(cards).encode().translate(_SHAPE)
    shape = shapes.partition(b"\n")[0]
    if shapes == b"\n".join([shape] * len(cards)) and _is_plain_shape(shape):  # as nearly everywhere: written alike
        return len({*cards}) == len(cards)
    return are_plain(cards) and len({*significant(cards)}) == len(cards)


@lru_cache(256)
def _is_plain_shape(shape: bytes) -> bool:
    return _PLAIN_SHAPE.fullmatch(shape) is not None


class Card(NamedTuple):
    """A text that stands for a card: what tells it from others, whether anything stands beside that, and whether it is clear."""

    counts: str
    plain: bool = True
    clear: bool = True


@lru_cache(10_000)
def read_card(card: str) -> Card:
    """What counts of a text that stands for a card: its number, whatever words stand around it; without one, the whole."""
    text = evened(card if card.isascii() else unicodedata.normalize("NFKC", card))
    whole = "".join(filter(str.isalnum, text))
    digits, pieces = "".join(filter(str.isdigit, whole)), _NUMBER_OF_CARD.findall(text)
    if whole == digits and len(pieces) <= 1:
        return Card(whole or card, clear=len(whole) < 2 * CARD_DIGITS)
    counted = ["".join(filter(str.isdigit, piece)) for piece in pieces if not _is_dates(piece)]
    counted = counted or ["".join(filter(str.isdigit, piece)) for piece in pieces]
    long = {number for number in counted if len(number) >= CARD_DIGITS}
    if len(long) == 1:
        return Card(long.pop(), plain=False)
    if whole == digits:
        return Card(whole, plain=False, clear=not long)
    if len(counted) == 1 and len(digits) >= LEAST_DIGITS and not _ONE_LETTER.search(text):
        return Card(counted[0], plain=False)
    return Card(whole or card, plain=False, clear=not long and len(digits) < LEAST_DIGITS)


def card_marks(card: str) -> str:
    """What tells a card from others: the digits of its number; without one its letters and digits, or the whole."""
    return read_card(card).counts


def plain_marks(text: str) -> str:
    """The letters and digits of a text, in one case, digits of all scripts as 0 to 9, look-alikes as Latin letters."""
    text = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(filter(str.isalnum, evened(text)))


def evened(text: str) -> str:
    """The text in lower case, digits of all scripts as 0 to 9, look-alikes as Latin letters, what is unseen as blanks.

    It is as long as the text: each character is in the place of its own.
    """
    return text.lower() if is_plain(text) else text.translate(_EVENED)


class _Evened(dict[int, str]):
    """What stands in place of each character, found when it is first met."""

    def __missing__(self, code: int) -> str:
        mark = chr(code)
        digit = unicodedata.digit(mark, None)
        if digit is not None:
            made = str(digit)
        else:
            made = LETTERS.get(code) or unicodedata.normalize("NFKC", mark)
            made = " " if holds_unseen(mark) else made.lower()
        self[code] = made = made if len(made) == 1 else mark
        return made


_EVENED: Final = _Evened()


def number_spans(text: str, least: int) -> Iterator[tuple[int, int]]:
    """Where numbers of so many digits (ROW_DIGITS or CARD_DIGITS) begin and end, however grouped; days are none."""
    plain = evened(text)
    for found in _NUMBER[least].finditer(plain):
        if not _is_dates(found[0]):
            yield found.span()


def _is_dates(number: str) -> bool:
    """Whether a number is days and times, one after another."""
    at = 0
    while at < len(number):
        found = _DATES.match(number, at)
        if found is None or number[found.end() : found.end() + 1].isdigit():
            return False
        at = found.end()
        while at < len(number) and not number[at].isdigit():
            at += 1
    return True


def without_numbers(text: str, least: int = CARD_DIGITS, by: Callable[[str], str] = lambda _: HIDDEN) -> str:
    """The text with something else in place of each number that may be a card."""
    return _put(text, number_spans(text, least), by)


def dots(text: str) -> str:
    """As many dots as the text has characters."""
    return "•" * len(text)


def _put(text: str, spans: Iterable[tuple[int, int]], by: Callable[[str], str]) -> str:
    made, reached = [], 0
    for start, end in spans:
        made += [text[reached:start], by(text[start:end])]
        reached = end
    return "".join([*made, text[reached:]]) if made else text


class Search:
    """Finds some party cards in texts, where neither their digits nor their words go on. It is false where there are none.

    One that is not like a card is found only as it is written.
    """

    def __init__(self, cards: Iterable[str]) -> None:
        counted = [(card, mark[:_LONGEST]) for card in dict.fromkeys(cards) for mark in _looked_for(card)]
        self._marks = {mark: _LIKE_A_CARD.search(mark) is not None for _, mark in counted if mark}
        self._written = {_as_written(card) for card, mark in counted if not self._marks.get(mark)}
        self._lengths = sorted({len(card) for card in self._marks}, reverse=True)
        self._shortest = self._lengths[-1] if self._lengths else 0
        self._heads = {card[: self._shortest] for card in self._marks}
        self._all_alike = all(self._marks.values())

    def __bool__(self) -> bool:
        return bool(self._marks)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where the cards begin and end, in order; none overlaps another."""
        plain = evened(text)
        if not self or (self._all_alike and not _MAY_HOLD_A_CARD.search(plain)):
            return
        at = [place for place, mark in enumerate(plain) if mark.isalnum()]
        joined, reached = "".join(filter(str.isalnum, plain)), 0
        for number, start in enumerate(at):
            before = plain[start - 1 : start]
            if start < reached or _goes_on(before, plain[start]):
                continue
            if joined[number : number + self._shortest] not in self._heads:
                continue
            for length in self._lengths:
                card, last = joined[number : number + length], number + length - 1
                if last >= len(at) or card not in self._marks:
                    continue
                after = plain[at[last] + 1 : at[last] + 2]
                if _goes_on(after, card[-1]):
                    continue
                by_itself = not (_in_word(before) or _in_word(after))
                if self._marks[card] or (by_itself and _as_written(text[start : at[last] + 1]) in self._written):
                    reached = at[last] + 1
                    yield start, reached
                    break

    def replaced(self, text: str, by: Callable[[str], str]) -> str:
        """The text with something else in place of each card."""
        return _put(text, self.spans(text), by)

    def dotted(self, text: str) -> str:
        """The text with a dot in place of each character of a card."""
        return self.replaced(text, dots)


def _looked_for(card: str) -> set[str]:
    """All of a card, and its number where that is too long to be anything else."""
    whole, number = plain_marks(card), card_marks(card)
    return {whole, number} if number.isdigit() and len(number) >= ROW_DIGITS else {whole}


def _as_written(text: str) -> str:
    return " ".join(_EDGES.sub("", text).split()).casefold()


_EDGES: Final = re.compile(r"^\W+|\W+$")


def _goes_on(beside: str, mark: str) -> bool:
    """Whether the mark beside the first or last of a card makes another number, or another word, of it."""
    return beside.isdigit() if mark.isdigit() else _in_word(beside)


def _in_word(mark: str) -> bool:
    return mark.isalnum() or mark == "_"
