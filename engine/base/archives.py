"""Zip files that the program makes and reads again whole: the same files give the same bytes, and what is read is bounded."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every member."""


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, in their order."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def members(archive: bytes | Path, most: int, files: int | None = None) -> dict[str, bytes]:
    """What is in a zip, by name, where it unpacks to `most` bytes and, where it is given, so many files at most.

    Raises zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError and zlib.error for what is none, and ValueError for
    one that is too large or holds a name twice.
    """
    with zipfile.ZipFile(io.BytesIO(archive) if isinstance(archive, bytes) else archive) as opened:
        held = opened.infolist()
        if (files is not None and len(held) > files) or sum(one.file_size for one in held) > most:
            raise ValueError("too large")
        if len({one.filename for one in held}) < len(held):
            raise ValueError("a member twice")
        return {one.filename: opened.read(one) for one in held}


@contextmanager
def laid_out(files: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder that holds the files under their names, as long as it is needed. Raises ValueError with a name that would leave it
    or can't be one there."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            parts = name.split("/")
            if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
                raise ValueError(name)
            path = Path(folder, *parts)
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
            except (OSError, ValueError):
                raise ValueError(name) from None
        yield Path(folder)
