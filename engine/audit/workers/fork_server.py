"""The process that workers are forked from. Begun early, it imports what they need while this process does the same."""

import atexit
import multiprocessing
import os
from collections.abc import Iterable
from contextlib import ExitStack, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Any, Final

from ...base.unfinished import unfinished_folder
from .interruption import put_off

METHOD: Final = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_IMPORTED: Final = [f"{__package__}.forked", f"{__package__}.local"]
_COLUMNS: Final = f"{__package__.rpartition('.')[0]}.quick.lines"
"""What many lines and rows are read with. Each worker would take a fifth of a second and 20 MiB of its own for it."""

_IN_COLUMNS: Final = (".jsonl", ".ndjson", ".parquet")
_MANY: Final = 2**18
"""Bytes of a file from which on it is read so."""
_FOLDER: Final = "tempdir"
"""The name under which multiprocessing has the folder of its sockets, which it would leave where it is killed."""

_LONGEST: Final = 60
"""Bytes that the name of the temporary folder may have, so that those of sockets in it stay below the system's 107."""
_SHORT: Final = Path("/tmp")  # noqa: S108 (in a folder of the user's own there)


def start_fork_server(*imported: str, words: Iterable[str] = ()) -> None:
    """Begin it, where this system has one and it isn't there yet. It ends with this process. Raises OSError.

    `imported` are the modules that its workers need, where they are not those of audits; `words` those of the command, where
    inputs may be among them.
    """
    if METHOD == "forkserver":
        from multiprocessing import forkserver

        configuration: dict[str, Any] = multiprocessing.current_process()._config  # type: ignore[attr-defined]
        if configuration.get(_FOLDER) is None:
            folder = ExitStack()
            place = Path(gettempdir())
            fits = len(os.fsencode(place.absolute())) <= _LONGEST
            configuration[_FOLDER] = str(folder.enter_context(unfinished_folder(place if fits else _SHORT)))
            atexit.register(folder.close)
        forkserver.set_forkserver_preload(
            [*imported] or [*_IMPORTED, *([_COLUMNS] if any(map(_is_large, words)) else [])]
        )
        with put_off():
            forkserver.ensure_running()


def _is_large(word: str) -> bool:
    """Whether it names a file that is read in columns."""
    with suppress(OSError, ValueError):
        return word.lower().endswith(_IN_COLUMNS) and os.path.getsize(word) >= _MANY
    return False
