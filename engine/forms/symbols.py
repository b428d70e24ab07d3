"""Fonts whose letters are pictures: what a tick, a cross or a box typed in one of them is in Unicode."""

from typing import Final

_WINGDINGS: Final = {
    0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0x78: "☒", 0xA8: "☐",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2: Final = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐",
}  # fmt: skip
_WEBDINGS: Final = {0x61: "✓", 0x63: "☐", 0x72: "✗"}
_SYMBOL: Final = {0xB4: "×", 0xD6: "√"}
_DINGBATS: Final = {0x33: "✓", 0x34: "✔", 0x35: "✗", 0x36: "✗", 0x37: "✗", 0x38: "✗", 0x6F: "☐", 0x71: "☐", 0x72: "☐"}

_FONTS: Final[dict[str, dict[int, str]]] = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
    "marlett": {0x61: "✓", 0x62: "✓", 0x72: "✗"},
    "symbol": _SYMBOL,
    "zapfdingbats": _DINGBATS,
    "zapf dingbats": _DINGBATS,
    "itc zapf dingbats": _DINGBATS,
    "mt extra": {},
    "monotype sorts": _DINGBATS,
}
"""By the name of the font in small letters: the code of a character, as fonts of symbols count, and what it shows.

Office keeps such a character by its code, or by 0xF000 and its code.
"""


def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of a font are pictures."""
    return font is not None and " ".join(font.casefold().split()) in _FONTS


def in_unicode(font: str, text: str) -> str | None:
    """What a text in a font of symbols shows; None where one of its characters is not known (blanks are blanks)."""
    known = _FONTS[" ".join(font.casefold().split())]
    shown = []
    for mark in text:
        code = ord(mark)
        seen = mark if mark.isspace() else known.get(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code)
        if seen is None:
            return None
        shown.append(seen)
    return "".join(shown)
