"""How an input is named in what is reported."""

import os
from functools import lru_cache
from typing import Final

STDIN: Final = "-"


@lru_cache(maxsize=64)
def shown_name(name: str) -> str:
    """The name of an input as it is reported: what isn't UTF-8 in it can't break the output, and an empty one shows."""
    return "<stdin>" if name == STDIN else os.fsencode(name).decode("utf-8", "replace") or '""'
