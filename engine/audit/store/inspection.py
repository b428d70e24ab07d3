"""Whether a file is a sound store, found out before anything of it is used or written.

A damaged file can end DuckDB, and its tables, views and macros may be anybody's: a child process opens it for reading,
compares all that is defined in it with what a store has, and reads every value, so that the checksums are compared.
"""

from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import duckdb

from ...base.isolation import Died, isolated
from ...base.limits import Limits
from .connection import connect
from .schema import CURRENT, take_step

State = Literal["store", "empty", "newer", "foreign", "altered", "damaged", "busy"]

_LONGEST: Final = 300
_LIMITS: Final = Limits(seconds=3600, memory=4096)

# Whatever is defined in the file may bear the name of any function: these are taken from where nobody can put one.
_DEFINED: Final = """
    SELECT 'table', schema_name, table_name, sql FROM system.main.duckdb_tables() WHERE NOT internal AND NOT temporary
    UNION ALL
    SELECT 'view', schema_name, view_name, sql FROM system.main.duckdb_views() WHERE NOT internal AND NOT temporary
    UNION ALL
    SELECT 'macro', schema_name, function_name, NULL FROM system.main.duckdb_functions()
        WHERE NOT internal AND database_name <> 'temp'
    UNION ALL
    SELECT 'index', schema_name, index_name, sql FROM system.main.duckdb_indexes()
    UNION ALL
    SELECT 'sequence', schema_name, sequence_name, sql FROM system.main.duckdb_sequences()
    UNION ALL
    SELECT 'type', schema_name, type_name, NULL FROM system.main.duckdb_types() WHERE NOT internal
    UNION ALL
    SELECT 'schema', schema_name, NULL, NULL FROM system.main.duckdb_schemas() WHERE NOT internal"""


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a file is; of a store its schema and the program that made it, of what can't be used why."""

    state: State
    schema: int = 0
    made_by: str = ""
    why: str = ""


def inspected(path: Path) -> Inspected:
    """What the file is, if it is any DuckDB database."""
    _expected(CURRENT)  # The child has it then, and so has the next one.
    (found,) = isolated(_inspect, [path], _LIMITS)
    return Inspected("damaged", why=found.reason) if isinstance(found, Died) else found


def _inspect(path: Path) -> Inspected:
    try:
        with closing(connect(path, write=False)) as connection:
            return _looked_at(connection)
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error as error:
        words = " ".join(str(error).split())
        return Inspected("busy" if "lock on file" in words else "damaged", why=words[:_LONGEST])


def _looked_at(connection: duckdb.DuckDBPyConnection) -> Inspected:
    defined = _defined(connection)
    if not defined:
        return Inspected("empty")
    if not _expected(CURRENT).keys() >= {("table", "main", "store")} <= defined.keys():
        return Inspected("foreign")
    if defined["table", "main", "store"] != _expected(CURRENT)["table", "main", "store"]:
        return Inspected("foreign")
    rows = connection.execute("SELECT schema, made_by FROM main.store").fetchall()
    if len(rows) != 1 or rows[0][0] < 1:
        return Inspected("altered", why="store")
    ((schema, made_by),) = rows
    if schema > CURRENT:
        return Inspected("newer", schema, made_by)
    if different := defined.items() ^ _expected(schema).items():
        (kind, _, name), _ = min(different, key=str)
        return Inspected("altered", why=f"{kind} {name}")
    for kind, _, name in defined:
        if kind == "table":
            connection.execute(f"SELECT bit_xor(hash({name})) FROM {name}").fetchall()  # noqa: S608
    return Inspected("store", schema, made_by)


def _defined(connection: duckdb.DuckDBPyConnection) -> dict[tuple[Any, ...], str | None]:
    """All that is defined in a database, by kind, schema and name."""
    return {tuple(key): sql for *key, sql in connection.execute(_DEFINED).fetchall()}


@cache
def _expected(schema: int) -> dict[tuple[Any, ...], str | None]:
    """All that is defined in a store of this schema."""
    with closing(duckdb.connect()) as connection:
        for number in range(schema):
            take_step(connection, number)
        return _defined(connection)
