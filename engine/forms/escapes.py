"""How workbooks write characters that XML can't hold: `_x000D_` is a carriage return, `_x005F_` the dash below the line itself."""

import re
import unicodedata
from typing import Final

_ESCAPED: Final = r"_x([0-9A-Fa-f]{4})_"


def unescaped(text: str) -> str:
    """A text of a workbook with every `_xHHHH_` as the character it stands for; control characters show nothing."""
    if "_x" not in text or not re.search(_ESCAPED, text):
        return text
    halves = re.sub(_ESCAPED, _character, text)
    # Two escapes may be the halves of one character; a half by itself is none.
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escaped(text: str) -> str:
    """The text as a workbook holds it, so that `unescaped` gives it back."""
    return re.sub(_ESCAPED, lambda found: f"_x005F_{found[0][1:]}", text) if "_x" in text else text


def _character(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    if character in "\t\n\r":
        return "\n" if character == "\r" else character
    return "" if unicodedata.category(character) == "Cc" else character
