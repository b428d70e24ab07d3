"""Stores in tests: made once and copied, and looked at once for each content; half of what a small one costs is this."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from unittest import mock

from thamdinh.engine.audit.store import database
from thamdinh.engine.audit.store.connection import log_of
from thamdinh.engine.audit.store.inspection import Inspected
from thamdinh.engine.base.isolation import isolated_already

_made, _inspected = database._make, database.inspected
_SEEN: Final[dict[bytes, Inspected]] = {}
"""What was found in each content of a store and its log."""


@contextmanager
def stores_here() -> Iterator[None]:
    """Within it stores are made and inspected so, and by this process, which a file that ends DuckDB then ends."""
    with ExitStack() as around:
        around.enter_context(isolated_already())
        around.enter_context(mock.patch.object(database, "_make", _copied))
        around.enter_context(mock.patch.object(database, "inspected", _inspected_once))
        yield


@cache
def empty_store() -> bytes:
    """A store without a run."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "audits.duckdb"
        _made(path)
        return path.read_bytes()


def _copied(path: Path) -> None:
    if path.parent.is_dir():
        path.write_bytes(empty_store())
    else:
        _made(path)


def _inspected_once(path: Path) -> Inspected:
    content = b"".join(
        blake2b(file.read_bytes(), digest_size=16).digest() if file.exists() else bytes(16)
        for file in (path, log_of(path))
    )
    if content not in _SEEN:
        _SEEN[content] = _inspected(path)
    return _SEEN[content]
