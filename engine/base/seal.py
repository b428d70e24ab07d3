"""A digest at the end of a text: by it the program knows what it has written itself and nobody has changed since.

Anybody can compute it, so it tells a result from an edited one and from chance, never a friend from a foe: whoever trusts
a seal also looks at what is sealed.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

_KEY: Final = b'"seal": "'
_COMMENT: Final = b"# thamdinh: "
_LAST: Final = 128
_SEALED: Final = re.compile(rb'(?:"seal": "|# thamdinh: )([0-9a-f]{64})["\s}]*\Z')
_PIECE: Final = 1024 * 1024


def sealed_object(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The pieces of a JSON object, all but what closes it, then its seal as the last key and what closes it."""
    digest = hashlib.sha256()
    for piece in chain(pieces, (b",\n  " + _KEY,)):
        digest.update(piece)
        yield piece
    yield digest.hexdigest().encode() + b'"\n}\n'


def sealed_text(text: str) -> bytes:
    """A text of lines with its seal as a comment on the last."""
    content = text.encode() + _COMMENT
    return content + hashlib.sha256(content).hexdigest().encode() + b"\n"


def is_sealed(path: Path) -> bool:
    """Whether a file ends in the seal of all that stands before it. Raises OSError."""
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        start = max(0, size - _LAST)
        file.seek(start)
        found = _SEALED.search(file.read())
        if found is None:
            return False
        left = start + found.start(1)
        digest = hashlib.sha256()
        file.seek(0)
        while left and (piece := file.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
        return not left and digest.hexdigest().encode() == found[1]
