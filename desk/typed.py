"""What people type, as it is kept: names of files, and words that may or must be there."""

from pathlib import PurePath
from typing import Final

from ..engine.base.text import Text, nfc
from .refused import Refused

MOST_WORDS: Final = 20_000
"""Characters of a comment or a reason."""
MOST_NAME: Final = 200


def shown(name: str) -> str:
    """The name of a file as it is kept: its last part, without what cannot be seen, of a length that can be shown."""
    path = PurePath(nfc(name).replace("\\", "/"))
    stem = "".join(letter for letter in path.stem if letter.isprintable()).strip() or "ke-hoach"
    suffix = "".join(letter for letter in path.suffix.lower() if letter.isalnum() or letter == ".")
    return f"{stem[: MOST_NAME - len(suffix)]}{suffix}"


def optional(given: str) -> str:
    """Words that may be missing."""
    return nfc(given).strip()[:MOST_WORDS]


def required(given: str, what: Text, most: int = MOST_WORDS) -> str:
    """Words that say `what`. Raises Refused where they are missing, or longer than `most`."""
    words = nfc(given).strip()
    if not words or len(words) > most:
        raise Refused(
            "invalid",
            Text(f"Thiếu hoặc quá dài: {what.vi}", f"Missing or too long: {what.en}"),
            Text(f"Nhập từ 1 đến {most} ký tự", f"Enter 1 to {most} characters"),
        )
    return words
