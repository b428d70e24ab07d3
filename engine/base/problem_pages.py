"""What the codes of problems mean, whatever input they are found in (docs/decisions/problem-codes.md)."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .text import Text


@dataclass(frozen=True, slots=True)
class Code:
    """A problem's page: what it is, a message of it as the program words it, and how it is mended.

    In the message, what the type of a document calls its people stands as `{people}`, one of them as `{person}`, what identifies
    one as `{identifier}`, and the secret about one as `{secret}` (explain/pages.py).
    """

    meaning: Text
    example: Text
    remedy: Text


CODES: Final[dict[str, Code]] = {
    code: Code(**{part: Text(**words) for part, words in page.items()})
    for code, page in json.loads(Path(__file__).with_suffix(".json").read_bytes()).items()
}
"""Every problem code and its page in `thamdinh explain`."""
