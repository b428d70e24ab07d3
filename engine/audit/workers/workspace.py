"""The folder where an audit keeps what it finds while it runs. It names people, so it must not stay behind.

An audit that ends deletes its folder. One that was killed could not; the next audit deletes that one's folder too.
"""

from contextlib import AbstractContextManager
from pathlib import Path
from tempfile import gettempdir

from ...base.unfinished import unfinished_folder


def workspace(within: Path | None = None) -> AbstractContextManager[Path]:
    """A folder that is this audit's and its user's alone, in the one where such are by default. Raises OSError."""
    return unfinished_folder(within or Path(gettempdir()))
