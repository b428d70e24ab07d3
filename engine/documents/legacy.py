"""Vietnamese text in an encoding of before Unicode (TCVN3, VNI, windows-1258): which one, and what does it say?

Text is taken as Latin-1 shows it, which is also how such text looks when it was pasted into a Unicode file.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ..base.text import nfc

FEWEST_WORDS: Final = 3
"""Fewer different words prove nothing."""
SHARE: Final = 0.8
"""The share of the words which aren't Vietnamese as they stand that must become so when they are converted."""

LONGEST_TEXT: Final = 200_000
"""Code points of the text that are looked at."""
LONGEST_SAMPLE: Final = 30
"""Code points of the text that is shown as an example."""

_WORD: Final = re.compile(r"[A-Za-z\u00a1-\uffff]*[\u00a1-\uffff][A-Za-z\u00a1-\uffff]*")
_TONES: Final = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE: Final = re.compile(
    "(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
    "(iêu|yêu|oai|oay|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ"
    "|uê|ui|uô|uơ|uy|ưa|ưi|ưu|ươ|yê|ya|[aăâeêioôơuưy])"
    "(ch|ng|nh|[cmnpt])?"
)

# TCVN 5712:1993, as the ABC (.VnTime) fonts use it.
_TCVN3: Final = str.maketrans(
    {chr(0xA1 + number): letter for number, letter in enumerate("ĂÂÊÔƠƯĐăâêôơưđ")}
    | {
        chr(0xB5 + number): letter
        for number, letter in enumerate("àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ")
    }
)

# VNI writes most letters as a base letter and a mark of its own; these are the marks, as combining characters.
_VNI_MARKS: Final = {
    **{"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"},
    **{"â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303"},
    **{"ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309"},
    **{"ü": "\u0306\u0303", "ë": "\u0306\u0323"},
}
_VNI_LETTERS: Final = {"ñ": "đ", "ô": "ơ", "ö": "ư", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI: Final = re.compile(f"([aeouyôö])([{''.join(_VNI_MARKS)}])|[{''.join(_VNI_LETTERS)}]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Legacy:
    """What was found: the encoding, one stretch of text as it stands and as it was meant, and its offset."""

    encoding: str
    written: str
    meant: str
    offset: int


def detect(text: str, *, pasted: bool) -> Legacy | None:
    """The legacy encoding that `text` is in, or None where that isn't nearly certain.

    `pasted`: the file itself is valid Unicode, so words that are Vietnamese as they stand speak against it.
    """
    text = text[:LONGEST_TEXT]
    words = {word[0]: word.start() for word in reversed(list(_WORD.finditer(text)))}
    proper = {word for word in words if _is_syllable(word)}
    strange = [word for word in words if word not in proper]
    found = {
        encoding: [word for word in strange if max(word) <= "\xff" and _is_syllable(convert(word))]
        for encoding, convert in _ENCODINGS.items()
    }
    encoding, meant = max(found.items(), key=lambda item: len(item[1]))
    if len(meant) < max(FEWEST_WORDS, SHARE * len(strange), 2 * len(proper) if pasted else 0):
        return None
    offset = min(words[word] for word in meant)
    written = text[offset : offset + LONGEST_SAMPLE].splitlines()[0]
    return Legacy(encoding, written, _ENCODINGS[encoding](written), offset)


def _is_syllable(word: str) -> bool:
    plain = nfc(_TONES.sub("", unicodedata.normalize("NFD", word.lower())))
    return _SYLLABLE.fullmatch(plain) is not None


def _from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _from_vni(text: str) -> str:
    def letter(found: re.Match[str]) -> str:
        base, mark = found[1], found[2]
        if base is None:
            return _cased(_VNI_LETTERS[found[0].lower()], found[0])
        return _cased(_VNI_LETTERS.get(base.lower(), base.lower()), base) + _VNI_MARKS[mark.lower()]

    return nfc(_VNI.sub(letter, text))


def _cased(letter: str, model: str) -> str:
    return letter.upper() if model.isupper() else letter


def _from_windows_1258(text: str) -> str:
    return nfc(text.encode("latin-1", "replace").decode("cp1258", "replace"))


_ENCODINGS: Final[dict[str, Callable[[str], str]]] = {
    "TCVN3 (ABC)": _from_tcvn3,
    "VNI": _from_vni,
    "Windows-1258": _from_windows_1258,
}
