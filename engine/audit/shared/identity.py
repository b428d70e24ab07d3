"""Who is who in different plans: names and party cards as keyed hashes that are equal where the same is meant."""

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from ...base.canonical import canonical
from ...base.cards import significant

BYTES: Final = 12
"""How long the hashes are: enough for no two of billions to be equal by chance."""

NOBODY: Final = bytes(BYTES)
"""Stands for a person whose party card is not given."""

_LONGEST_KEY: Final = hashlib.blake2b.MAX_KEY_SIZE


class Keys:
    """Makes the hashes: BLAKE2b (RFC 7693) with one key. What is hashed can't be had back without the key."""

    def __init__(self, key: bytes) -> None:
        if len(key) > _LONGEST_KEY:
            key = hashlib.blake2b(key).digest()
        self._keyed = hashlib.blake2b(key=key, digest_size=BYTES)
        self.name = lru_cache(maxsize=4096)(self._name)
        self.fingerprint = hashlib.blake2b(key=key, digest_size=8, person=b"keyed by pack").hexdigest()
        """Tells keys apart, and hashes of this function from any other's; the key can't be had back from it."""

    def within(self, directive: str) -> "Keys":
        """The keys of plans that one directive judges: rules across plans run among these, so no others ever meet them."""
        return Keys(self.of(directive))

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
