"""Who is who in different plans: names and party cards as keyed hashes that are equal where the same is meant."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ..cards import significant
from ..text import nfc

BYTES: Final = 12
"""How long the hashes are: enough for no two of billions to be equal by chance."""

NOBODY: Final = bytes(BYTES)
"""Stands for a person whose party card is not given."""

_LONGEST_KEY: Final = hashlib.blake2b.MAX_KEY_SIZE
_DASH: Final = re.compile(r"\s*[-\u2010-\u2015\u2212\ufe58\ufe63\uff0d]\s*")
_TONES: Final = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


class Keys:
    """Makes the hashes: BLAKE2b (RFC 7693) with one key. What is hashed can't be had back without the key."""

    def __init__(self, key: bytes) -> None:
        if len(key) > _LONGEST_KEY:
            key = hashlib.blake2b(key).digest()
        self._keyed = hashlib.blake2b(key=key, digest_size=BYTES)
        self.name = lru_cache(maxsize=4096)(self._name)
        self.fingerprint = hashlib.blake2b(key=key, digest_size=8, person=b"fingerprint").hexdigest()
        """Tells keys apart, and hashes of this function from any other's; the key can't be had back from it."""

    def of(self, text: str) -> bytes:
        """The hash of a text as it is."""
        hashed = self._keyed.copy()
        hashed.update(text.encode())
        return hashed.digest()

    def card(self, card: str | None) -> bytes:
        """The hash of a party card, however its digits are grouped; NOBODY where it is not given."""
        return self.cards((card,))[0]

    def cards(self, cards: Iterable[str | None]) -> list[bytes]:
        """The hashes of many party cards: most of what an audit does for rules across plans, so written out."""
        cards, copy, found = list(cards), self._keyed.copy, []
        for digits in significant([card for card in cards if card is not None]):
            hashed = copy()  # half the price of taking in the key every time
            hashed.update(digits)
            found.append(hashed.digest())
        if len(found) == len(cards):
            return found
        given = iter(found)
        return [NOBODY if card is None else next(given) for card in cards]

    def _name(self, name: str) -> bytes:
        return self.of(canonical(name))


def canonical(name: str) -> str:
    """A name or term as it is compared: NFC, case, blanks, the place of the tone mark (hoà, hòa), the kind of dash and
    blanks around it (2015-2020, 2015 – 2020) make no difference."""
    return " ".join(_syllable(word) for word in _DASH.sub("-", name.casefold()).split())


@lru_cache(maxsize=4096)
def _syllable(word: str) -> str:
    """The syllable with its tone after all its letters."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in decomposed if ord(mark) in _TONES)
    return nfc(decomposed.translate(_TONES)) + tones
