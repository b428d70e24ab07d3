"""Names and terms as they are compared: what a hand may write in several ways and mean the same."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from .look_alikes import is_plain, skeleton
from .text import nfc

_DASHES: Final = r"[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]"
_HAS_DASH: Final = re.compile(_DASHES)
_DASH: Final = re.compile(rf"\s*{_DASHES}\s*")
_TONES: Final = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


def canonical(name: str) -> str:
    """A name or term as it is compared: NFC, case, blanks, look-alikes, the place of the tone mark (hoà, hòa), the kind of
    dash and blanks around it (2015-2020, 2015 – 2020) make no difference."""
    looks = (name if is_plain(name) else skeleton(nfc(name))).casefold()
    if _HAS_DASH.search(looks):
        looks = _DASH.sub("-", looks)
    return " ".join(map(_syllable, looks.split()))


@lru_cache(maxsize=4096)
def _syllable(word: str) -> str:
    """The syllable with its tone after all its letters."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if ord(mark) in _TONES)
    return nfc(decomposed.translate(_TONES)) + tones
