"""Who is who in different plans: names and party cards as keys that are equal where the same is meant."""

import hashlib
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any, Final

from ...base.canonical import canonical
from ...base.cards import significant
from ...model.rows import lines

BYTES: Final = 16
"""How long the keys are: enough for no two of billions to be equal by chance."""

NOBODY: Final = bytes(BYTES)
"""Stands for a person whose party card is not given."""

_LONGEST_KEY: Final = hashlib.blake2b.MAX_KEY_SIZE
_BLOCK: Final = b"%%-%db" % BYTES

_canonical = lru_cache(maxsize=4096)(canonical)

_BETWEEN: Final = b". -/"
_DIGITS: Final = b"0123456789"
_END: Final = ord("\n")
_MANY: Final = 1000
"""So many cards are worth what it takes to begin with arrays."""


class Keys:
    """Makes the keys: BLAKE2b (RFC 7693) of names, AES-256 (FIPS 197) of party cards, which are one block each.

    What they are of can't be had back without the secret that they are made with.
    """

    def __init__(self, secret: bytes) -> None:
        if len(secret) > _LONGEST_KEY:
            secret = hashlib.blake2b(secret).digest()
        self._secret = secret
        self._keyed = hashlib.blake2b(key=secret, digest_size=BYTES)
        self.fingerprint = hashlib.blake2b(key=secret, digest_size=8, person=b"AES by pack").hexdigest()
        """Tells secrets apart, and keys of these functions from any others; the secret can't be had back from it."""

    def within(self, directive: str) -> "Keys":
        """The keys of plans that one directive judges: rules across plans run among these, so no others ever meet them."""
        return Keys(self.of(directive))

    def of(self, text: str) -> bytes:
        """The key of a text as it is."""
        return self._hashed(text.encode())

    def name(self, *names: str) -> bytes:
        """The key of a name, or of several that together tell one from others, as hands write them."""
        return self.of("\n".join(map(_canonical, names)))

    def card(self, card: str | None) -> bytes:
        """The key of a party card, however its digits are grouped; NOBODY where it is not given."""
        return self.cards((card,))

    def cards(self, cards: Sequence[str | None]) -> bytes:
        """The keys of many party cards, one after the other: blocks that are ciphered all at once."""
        if blocks := _blocks(cards):
            plain: bytes = self._cipher.update(blocks)
            return plain
        counted = significant([card for card in cards if card is not None])
        blocks = (_BLOCK * len(counted)) % tuple(counted)
        if len(blocks) == BYTES * len(counted):
            found: bytes = self._cipher.update(blocks)
        else:  # some have no place in a block
            found = b"".join(map(self._marked, counted))
        if len(counted) == len(cards):
            return found
        starts = iter(range(0, len(found), BYTES))
        return b"".join(NOBODY if card is None else found[(at := next(starts)) : at + BYTES] for card in cards)

    @cached_property
    def _cipher(self) -> Any:
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import AES
        from cryptography.hazmat.primitives.ciphers.modes import ECB

        secret = hashlib.blake2b(key=self._secret, digest_size=32, person=b"party cards").digest()
        return Cipher(AES(secret), ECB()).encryptor()  # noqa: S305 (each block is a card, and equal cards are to be seen)

    def _marked(self, marks: bytes) -> bytes:
        """The key of what counts of one card; blanks at the end tell nothing."""
        marks = marks.rstrip(b" ")
        key: bytes = self._hashed(marks) if len(marks) > BYTES else self._cipher.update(_BLOCK % marks)
        return key

    def _hashed(self, content: bytes) -> bytes:
        hashed = self._keyed.copy()  # half the price of taking in the secret every time
        hashed.update(content)
        return hashed.digest()


def _blocks(cards: Sequence[str | None]) -> bytes:
    """The block of each card, made of all at once where all are given and none is more than a few digits; else nothing."""
    digits, ends = f"{lines(cards)}\n".encode().translate(None, _BETWEEN), b"\n" * len(cards)
    width = digits.find(b"\n")
    if digits.translate(None, _DIGITS) != ends or not 0 < width <= BYTES:
        return b""
    if digits[width :: width + 1] == ends:  # of as many digits each, as in nearly every plan
        return digits.replace(b"\n", b" " * (BYTES - width))
    if len(cards) < _MANY:
        return b""
    import numpy as np

    marks = np.frombuffer(digits, np.uint8)
    lengths = np.diff(np.flatnonzero(marks == _END), prepend=-1) - 1
    if lengths.min() == 0 or lengths.max() > BYTES:
        return b""
    blocks = np.full((len(cards), BYTES), ord(" "), np.uint8)
    blocks[np.arange(BYTES) < lengths[:, None]] = marks[marks != _END]
    return blocks.tobytes()
