"""Texts as numbers: each text that a rule or a plan names has one; any other number stands for a text of its own."""

import re
from collections.abc import Iterator
from typing import Final

from ...base.unseen import seen
from ...model.types import LONGEST_IDENTIFIER, LONGEST_TEXT, UNFIT_FOR_IDENTIFIERS
from .logic import Whole

_UNFIT: Final = re.compile(f"[{UNFIT_FOR_IDENTIFIERS}]")
_UNFILLED: Final = re.compile(r"<[^<>]+>")


class TextNumbers:
    """The numbers of texts. Named texts count down from -1: the solver's own choices mostly count up from 0."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """The number of a text, for ever the same."""
        return self._numbers.setdefault(text, -1 - len(self._numbers))

    def named(self, number: int) -> str | None:
        """The text that has this number, if one has it."""
        position = -1 - number
        return list(self._numbers)[position] if 0 <= position < len(self._numbers) else None

    def names(self, text: str) -> bool:
        return text in self._numbers

    def unfit(self, *, identifier: bool) -> Iterator[Whole]:
        """The numbers of texts that no plan can have as a text, or as an identifier."""
        longest = LONGEST_IDENTIFIER if identifier else LONGEST_TEXT
        for text, number in self._numbers.items():
            fits = text and text == seen(text) and len(text) <= longest and not _UNFILLED.fullmatch(text)
            if not fits or (identifier and _UNFIT.search(text)):
                yield number
