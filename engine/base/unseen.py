"""Characters that nobody can see: they count as absent, wherever they come from.

The table is the property Default_Ignorable_Code_Point (Unicode 16, DerivedCoreProperties.txt), which `unicodedata` lacks,
with the few others that show nothing: anchors of annotations, the place of an object that is not there, blank patterns
and noteheads. What takes room becomes a space; all else goes.
"""

import re
from typing import Final

from .text import nfc

_IGNORABLE: Final = r"\u00ad\u034f\u061c\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff0-\ufff8"
_NO_MARK: Final = r"\ufff9-\ufffc"
_ROOM: Final = r"\u115f\u1160\u2800\u3164\uffa0"
"""The fillers of Hangul, which are default ignorable too but are shown as blanks, and the Braille pattern without dots."""

UNSEEN: Final = _IGNORABLE + _NO_MARK + _ROOM
"""What stands between the brackets of a pattern for them (those of the basic plane, as JSON Schema can name them)."""

_BEYOND: Final = r"\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_BLANK: Final = re.compile(f"[{_ROOM}]")
_UNSEEN: Final = re.compile(f"[{UNSEEN}{_BEYOND}]")


def holds_unseen(text: str) -> bool:
    """Whether a text holds a character that nobody can see, common blanks aside."""
    return not text.isascii() and _UNSEEN.search(text) is not None


def seen(text: str) -> str:
    """The text without what nobody can see, at its ends without blanks. Empty where nothing can be seen."""
    if holds_unseen(text):
        text = nfc(_UNSEEN.sub("", _BLANK.sub(" ", text)))
    return text.strip()
