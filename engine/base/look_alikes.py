"""Texts that look the same: no eye tells the Cyrillic а from the Latin a, so no verdict may rest on telling them apart.

The table is of Unicode's list of confusables (UTS 39, confusables.txt): what is taken for a Latin letter, a digit or a
mark of Vietnamese, and is not turned into it by NFKC already. Added are к, and the d's with a stroke.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from .text import Text
from .unseen import seen

_LIKE: Final = {
    "-": "\u02d7\u2010\u2011\u2012\u2013\u2043\u2212",
    "2": "ƧϨᒿꙄꛯꝚ",
    "3": "ƷȜЗӠⳌꝪꞫ",
    "4": "Ꮞ",
    "5": "Ƽ",
    "6": "бᏮⳒ",
    "8": "Ȣȣଃ",
    "9": "ⳊꝮ",
    "A": "ΑАᎪᗅꓮ",
    "B": "ΒВᏴᗷꓐꞴ",
    "C": "СᏟⲤꓚ",
    "D": "Ꭰᗞᗪꓓ",
    "E": "ΕЕᎬ⋿ⴹꓰ",
    "F": "ϜᖴꓝꞘ",
    "G": "ԌᏀᏳꓖ",
    "H": "ΗНᎻᕼⲎꓧ",
    "I": "ƖΙІӀⲒ",
    "J": "ͿЈᎫᒍꓙꞲ",
    "K": "ΚКᏦᛕⲔꓗ",
    "L": "ᏞᒪⳐꓡ",
    "M": "ΜϺМᎷᗰᛖⲘꓟ",
    "N": "ΝⲚꓠ",
    "O": "ΟОՕଠዐⲞⵔ〇ꓳ",
    "P": "ΡРᏢᑭⲢꓑ",
    "Q": "ⵕ",
    "R": "ƦᎡᏒᖇꓣ",
    "S": "ЅՏᏕᏚꓢ",
    "T": "ΤТᎢ⊤⟙Ⲧꓔ",
    "U": "Սሀᑌ∪⋃ꓴ",
    "V": "ѴᏙᐯⴸꓦꛟ",
    "W": "ԜᎳᏔꓪ",
    "X": "ΧХ᙭ᚷ╳ⲬⵝꓫꞳ",
    "Y": "ΥУҮᎩᎽⲨꓬ",
    "Z": "ΖᏃꓜ",
    "a": "ɑαа⍺",
    "b": "ƄЬᏏᑲᖯ",
    "c": "сᴄⲥꮯ",
    "d": "ԁᏧᑯꓒ",
    "e": "еҽ\u212eꬲ",
    "f": "քẝꞙꬵ",
    "g": "ƍɡցᶃ",
    "h": "һհᏂ",
    "i": "ıɩɪιіӏᎥ⍳ꙇꭵ",
    "j": "ϳј",
    "k": "к",
    "l": "ǀᛁ∣⏽ⵏꓲ",
    "n": "ոռ",
    "o": "οσоօంಂംഠංဝჿᴏᴑⲟꬽ",
    "p": "ρр⍴ⲣ",
    "q": "ԛգզ",
    "r": "гᴦⲅꭇꭈꮁ",
    "s": "ƽѕꜱꮪ",
    "u": "ʋυսᴜꞟꭎꭒ",
    "v": "νѵᴠ∨⋁ꮩ",
    "w": "ɯѡԝաᴡꮃ",
    "x": "×хᕁᕽ᙮⤫⤬⨯",
    "y": "ɣʏγуүყᶌỿꭚ",
    "z": "ᴢꮓ",
    "Đ": "ÐƉ",
    "đ": "ðɖ",
    "\u0300": "\u0953",
    "\u0301": "\u059c\u059d\u0618\u064e\u0747\u0954",
    "\u0302": "\u0311\u065b\u07ee\u1cd0\ua6f0",
    "\u0303": "\u0342\u0653",
    "\u0306": "\u030c\u036e\u0658\u065a\ua67c",
    "\u0309": "\u302c",
    "\u0323": "\u05b4\u05c5\u065c\u08ed\u093c\u09bc\u0a3c\u0abc\u0b3c\u1cdd",
}
LETTERS: Final = {ord(mark): like for like, marks in _LIKE.items() for mark in marks}
_VIETNAMESE: Final = re.compile(r"[\x00-\x7f“”àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝăĂđĐĩĨũŨơƠưƯ\u1ea0-\u1ef9]*")
"""Letters that a Vietnamese keyboard gives, each in one code point: equal where they look equal."""
_ON_THE_VOWEL: Final = "\u0302\u0306\u031b"
"""The marks that make another vowel, which stand before those of the tone."""
_MARKS: Final = re.compile(r"[\u0300-\u036f]{2,}")


def is_plain(text: str) -> bool:
    """Whether a text is of ASCII and Vietnamese letters alone; of two such texts that look alike one is the other."""
    return text.isascii() or _VIETNAMESE.fullmatch(text) is not None


def is_plainly_vietnamese(encoded: bytes) -> bool:
    """Whether UTF-8 holds ASCII and Latin letters alone: nothing unseen, no digits but 0 to 9, no marks by themselves.

    So all of it is printable, and in NFC.
    """
    return are_plain_kinds(encoded.translate(KINDS))


def are_plain_kinds(kinds: bytes) -> bool:
    """The same of UTF-8 in which each byte has become its kind."""
    return b"!" not in kinds and not any(pair in kinds for pair in _NOT_PLAIN)


def _kind(byte: int) -> bytes:
    """`!` for what no plain text holds.

    Letters of three bytes are U+1E80 to U+1EFF, which `12` begins, and of those from U+0180 on, which include look-alikes of
    digits, ơ and ư are plain: `64`.
    """
    if byte in b"\xe1\xc6":
        return b"1" if byte == 0xE1 else b"6"
    if 0x80 <= byte < 0xC0:
        return b"2" if byte in b"\xba\xbb" else b"4" if byte in b"\xa0\xa1\xaf\xb0" else b"3"
    return b"." if 0x20 <= byte < 0x7F or 0xC3 <= byte <= 0xC5 else b"!"


KINDS: Final = b"".join(map(_kind, range(256)))
"""The kinds of bytes: ASCII that is printable, and those of letters up to U+017F and of the letters above, are plain."""
_NOT_PLAIN: Final = (b"13", b"14", b"62", b"63")


@lru_cache(4096)
def skeleton(text: str) -> str:
    """What a text looks like: two texts with the same skeleton can't be told apart by eye.

    NFKC, nothing unseen, no blanks at the ends, digits of all scripts as 0 to 9, look-alikes as Latin letters, marks in
    one order.
    """
    if is_plain(text):
        return text.strip()
    text = "".join(map(_digit, seen(unicodedata.normalize("NFKC", text))))
    text = unicodedata.normalize("NFD", text).translate(LETTERS)
    text = _MARKS.sub(lambda found: "".join(sorted(found[0], key=_order)), text)
    return unicodedata.normalize("NFC", text)


def difference(written: str, other: str) -> Text:
    """What tells a text from another that looks like it: the first character that the other lacks, by its name."""
    odd = [mark for text, against in ((written, other), (other, written)) for mark in text if mark not in against]
    mark = next((mark for mark in odd if not is_plain(mark)), odd[0] if odd else "")
    if not mark:
        return Text("các dấu đứng theo thứ tự khác nhau", "marks stand in another order")
    code, shown = f"U+{ord(mark):04X}", mark if mark.isprintable() and seen(mark) else "…"
    name = unicodedata.name(mark, "?")
    if mark not in written:
        return Text(f"ở kia có “{shown}” ({code}, {name})", f"the other holds “{shown}” ({code}, {name})")
    return Text(f"ở đây có “{shown}” ({code}, {name})", f"this holds “{shown}” ({code}, {name})")


def _digit(mark: str) -> str:
    value = unicodedata.digit(mark, None)
    return mark if value is None else str(value)


def _order(mark: str) -> tuple[bool, str]:
    return mark not in _ON_THE_VOWEL, mark
