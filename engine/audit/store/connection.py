"""How DuckDB is connected to a store: it loads no extension, reads no other file, and keeps to itself what it makes."""

from pathlib import Path
from typing import Final

import duckdb

from ...base.system import private

_MEMORY: Final = "1GB"
_MOST_LOGGED: Final = "256MB"
"""So large grows DuckDB's log before it is taken into the file, for which an audit waits; by itself DuckDB does so at a sixteenth."""
_NO_EXTENSIONS: Final[dict[str, str | bool | int | float | list[str]]] = {
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
}
_IN_ORDER: Final = """CREATE TEMP MACRO in_order(words) AS row(
    list_transform(regexp_extract_all(lower(words), '\\d+|\\D+'), lambda piece:
        CASE WHEN piece[1] BETWEEN '0' AND '9' THEN lpad(piece, 20, '0') ELSE piece END), words)"""
"""Sorts plan-2 before plan-10, as folders are gone through."""


def connect(path: Path, *, write: bool) -> duckdb.DuckDBPyConnection:
    """A connection to a database file; raises duckdb.Error."""
    with private():
        connection = duckdb.connect(str(path), read_only=not write, config=database_settings(path))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET enable_progress_bar = false")
        connection.execute(_IN_ORDER)
    return connection


def database_settings(path: Path) -> dict[str, str | bool | int | float | list[str]]:
    """The settings for a database file: no extensions, so much memory, and what does not fit beside the file."""
    return {
        **_NO_EXTENSIONS,
        "memory_limit": _MEMORY,
        "checkpoint_threshold": _MOST_LOGGED,
        "temp_directory": str(temporary(path)),
    }


def temporary(path: Path) -> Path:
    """Where DuckDB puts what does not fit into memory."""
    return path.with_name(f"{path.name}.tmp")


def log_of(path: Path) -> Path:
    """DuckDB's log beside the store: what was committed and is not in the store's file yet."""
    return path.with_name(f"{path.name}.wal")
