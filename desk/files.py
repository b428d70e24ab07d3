"""The plans at a desk as files for audits: desk://FOLDER/STATE/CASE-NAME, the latest version of each case that is not withdrawn.

Where the database or the key lie elsewhere, THAMDINH_DESK_DATABASE and THAMDINH_DESK_KEY say so, as for the commands.
"""

import io
import os
from pathlib import Path
from typing import Any, Final

from fsspec import AbstractFileSystem  # type: ignore[import-untyped]
from sqlalchemy import select

from .model import Case, Version
from .store import FILES, open_desk_store
from .vocabulary import STATES

_LEFT_OUT: Final = "withdrawn"


class DeskFiles(AbstractFileSystem):  # type: ignore[misc]
    """A file system that reads a desk. Raises FileNotFoundError, and Unreadable for a desk that can't be opened."""

    protocol = "desk"
    cachable = False

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._found: dict[str, dict[str, tuple[str, Any]]] = {}

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        """What lies at a path: states in the folder of a desk, plans in a state."""
        folder, state, name = _parted(self._strip_protocol(path))
        files = self._files(folder)
        if name is not None or (state is None and not files):
            found = [f"{folder}/{state}/{name}"] if f"{folder}/{state}/{name}" in files else []
        elif state is not None:
            found = [one for one in files if one.startswith(f"{folder}/{state}/")]
        else:
            found = sorted({one.rpartition("/")[0] for one in files})
        if not found and (state is None or name is not None):
            raise FileNotFoundError(path)
        listed = [self._entry(one, files) for one in found]
        return listed if detail else [one["name"] for one in listed]

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """What is at a path: a folder or a plan."""
        path = self._strip_protocol(path)
        folder, state, name = _parted(path)
        files = self._files(folder)
        if name is not None and path not in files:
            raise FileNotFoundError(path)
        return self._entry(path, files) if state is not None else {"name": path, "size": 0, "type": "directory"}

    def _entry(self, path: str, files: dict[str, tuple[str, Any]]) -> dict[str, Any]:
        if path not in files:
            return {"name": path, "size": 0, "type": "directory"}
        return {
            "name": path,
            "size": files[path][1].size,
            "type": "file",
            "mtime": files[path][1].submitted.timestamp(),
        }

    def _open(self, path: str, mode: str = "rb", **_: Any) -> io.BytesIO:
        folder, _state, _name = _parted(self._strip_protocol(path))
        files = self._files(folder)
        if mode != "rb" or path not in files:
            raise FileNotFoundError(path)
        store = _opened(folder)
        try:
            return io.BytesIO(store.vault.get(files[path][0]))
        finally:
            store.close()

    def _files(self, folder: str) -> dict[str, tuple[str, Any]]:
        """The plans of a desk by their paths: the digest of each and its version."""
        if folder not in self._found:
            store = _opened(folder)
            try:
                with store.reading() as session:
                    latest = select(Case.state, Version).join(
                        Version, (Version.case_id == Case.id) & (Version.number == Case.version)
                    )
                    rows = session.execute(latest.where(Case.state != _LEFT_OUT).order_by(Case.id)).all()
            finally:
                store.close()
            self._found[folder] = {
                f"{folder}/{state}/{version.case_id}-{version.name}": (version.file, version) for state, version in rows
            }
        return self._found[folder]


def _opened(folder: str) -> Any:
    key = os.environ.get("THAMDINH_DESK_KEY")
    return open_desk_store(Path(folder), os.environ.get("THAMDINH_DESK_DATABASE"), Path(key) if key else None)


def _parted(path: str) -> tuple[str, str | None, str | None]:
    """The folder of a desk, and the state and the name of a plan in it, where the path goes so far."""
    parts = Path(path).parts
    for at in range(len(parts), 0, -1):
        folder = Path(*parts[:at])
        if (folder / FILES).is_dir():
            rest = parts[at:]
            if len(rest) > 2 or (rest and rest[0] not in STATES):
                raise FileNotFoundError(path)
            return str(folder), rest[0] if rest else None, rest[1] if len(rest) > 1 else None
    return path, None, None
