"""Text from files made inert: whatever a name holds, no output runs it, follows it or is broken by it."""

import re
import unicodedata
from typing import Final

from .text import nfc

REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"
_UNSHOWN: Final = ("Cc", "Cf", "Cs", "Zl", "Zp")
_NO_CHARACTER: Final = 0xFFFE
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~&:$=])")
_MENTION: Final = re.compile(r"(?<![^\W_])@(?=\w)")
_FORMULA: Final = re.compile(r"(^|[;\t])(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n])")


def printable(text: str) -> str:
    """The text in NFC, without control and formatting characters: fit for a screen, a page and XML."""
    return nfc(unforged(text))


def unforged(text: str) -> str:
    """The text without control and formatting characters, which could forge what a screen shows; else as it is."""
    if text.isprintable():  # Of what is printable, all is shown.
        return text
    return "".join(mark if _shown(mark) else REPLACEMENT for mark in text)


def _shown(mark: str) -> bool:
    return unicodedata.category(mark) not in _UNSHOWN and ord(mark) & _NO_CHARACTER != _NO_CHARACTER


def markdown(text: str) -> str:
    """The text as Markdown that shows it: no mark-up, link, mention or HTML in it counts."""
    escaped = _MARKDOWN.sub(r"\\\1", printable(text))
    return _MENTION.sub("@\N{WORD JOINER}", escaped)


def cell(text: str) -> str:
    """The text as a spreadsheet cell that is never a formula: an apostrophe goes before what could start one.

    A semicolon separates cells where Excel speaks Vietnamese, so what follows one is treated alike.
    """
    return printable(_FORMULA.sub(r"\1'", text))
