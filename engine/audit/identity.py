"""Who is who in different plans: names and party cards as keyed hashes that are equal where the same is meant."""

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ..text import nfc

BYTES: Final = 12
"""Of each hash so many are kept: enough for no two of billions to be equal by chance."""

NOBODY: Final = bytes(BYTES)
"""Stands for a person whose party card is not given."""

_BLOCK: Final = 64
_TONES: Final = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


class Keys:
    """Makes the hashes: HMAC-SHA256 of one key, cut to BYTES. What is hashed can't be had back without the key."""

    def __init__(self, key: bytes) -> None:
        # Once the key is in, each hash is two copies of these away (RFC 2104); hmac.digest would take it in every time.
        block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
        self._inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        self._outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))
        self.name = lru_cache(maxsize=65_536)(self._name)

    def of(self, text: str) -> bytes:
        """The hash of a text as it is."""
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(text.encode())
        outer.update(inner.digest())
        return outer.digest()[:BYTES]

    def card(self, card: str | None) -> bytes:
        """The hash of a party card, however its digits are grouped; NOBODY where it is not given."""
        return self.cards((card,))[0]

    def cards(self, cards: Iterable[str | None]) -> list[bytes]:
        """The hashes of many party cards: most of what an audit does for rules across plans, so written out."""
        inner_copy, outer_copy, found = self._inner.copy, self._outer.copy, []
        for card in cards:
            if card is None:
                found.append(NOBODY)
                continue
            digits = card.replace(".", "")
            if not digits.isdecimal():
                digits = "".join(mark for mark in nfc(card).casefold() if mark.isalnum()) or card
            inner = inner_copy()
            inner.update(digits.encode())
            outer = outer_copy()
            outer.update(inner.digest())
            found.append(outer.digest()[:BYTES])
        return found

    def _name(self, name: str) -> bytes:
        return self.of(canonical(name))


def canonical(name: str) -> str:
    """A name as it is compared: NFC, case, blanks and the place of the tone mark (hoà, hòa) make no difference."""
    return " ".join(_syllable(word) for word in name.casefold().split())


def _syllable(word: str) -> str:
    """The syllable with its tone after all its letters."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if ord(mark) in _TONES)
    return nfc(decomposed.translate(_TONES)) + tones
