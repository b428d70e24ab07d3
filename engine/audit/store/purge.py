"""Deleting old runs for good: the file is written anew without them, and the copies beside it go too."""

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb

from ...base.system import private
from ...base.unfinished import unfinished_folder
from .connection import database_settings, log_of
from .database import backups, busy, open_store, store_failure
from .schema import CURRENT, take_step

_OF_RUN: Final = "run IN (SELECT run FROM old.runs WHERE started >= $before)"
_OF_VERDICT: Final = "verdict IN (SELECT verdict FROM kept.plans)"
_STAYS: Final = {
    **dict.fromkeys(("runs", "plans", "findings_across", "undecided", "notices_of_runs"), _OF_RUN),
    **dict.fromkeys(("verdicts", "findings", "problems", "notices"), _OF_VERDICT),
    "templates": " OR ".join(
        f"template IN (SELECT {told} FROM kept.{table})"  # noqa: S608
        for table in ("findings", "findings_across")
        for told in ("message", "fix")
    ),
}
"""What stays of each table, in the order in which they are copied: what stays of one hangs on those before it."""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many runs and how many verdicts were deleted, how many runs stay, and which copies of the store are gone."""

    runs: int
    verdicts: int
    kept: int
    backups: tuple[Path, ...]


def purge(path: Path, before: date) -> Purged:
    """Delete every run that began before a day, and all that only such runs refer to. Raises Unreadable.

    The new file takes the old one's place in one step: whoever is interrupted has the one or the other, whole. Copies
    that migrations made of the store hold old runs too, so they are deleted.
    """
    database = open_store(path, write=True)
    try:
        database.run("CHECKPOINT")
    finally:
        database.close()
    try:
        with private(), unfinished_folder(path.parent) as folder:
            purged = _replaced(path, folder / path.name, before)
        for backup in purged.backups:
            backup.unlink()
        _sync(path.parent)
    except (OSError, duckdb.Error) as error:
        raise store_failure(path, error) from None
    return purged


def _replaced(path: Path, unfinished: Path, before: date) -> Purged:
    connection = duckdb.connect(config=database_settings(unfinished))
    try:
        connection.execute(f"ATTACH {_quoted(path)} AS old (READ_ONLY)")
        if os.path.exists(log_of(path)):  # another audit began between our closing and our opening
            raise busy(path)
        connection.execute(f"ATTACH {_quoted(unfinished)} AS kept")
        connection.execute("USE kept")
        for number in range(CURRENT):
            take_step(connection, number)
        counts = {}
        for table, stays in _STAYS.items():
            values = {"before": before} if stays == _OF_RUN else None
            chosen = f"SELECT * FROM old.{table} WHERE {stays}"  # noqa: S608
            connection.execute(f"INSERT INTO kept.{table} BY NAME {chosen}", values)
            ((old, kept),) = connection.execute(
                f"SELECT (SELECT count(*) FROM old.{table}), (SELECT count(*) FROM kept.{table})"  # noqa: S608
            ).fetchall()
            counts[table] = old, kept
        connection.execute("UPDATE kept.numbers SET last_run = (SELECT last_run FROM old.numbers)")
        connection.execute("USE memory")
        connection.execute("CHECKPOINT kept")  # On a full disk, detaching would say nothing.
        connection.execute("DETACH kept")
        # The old file is still open, and so locked: nobody can write to it before the new one has its name.
        unfinished.replace(path)
    finally:
        with suppress(duckdb.Error):
            connection.close()
    (runs, runs_kept), (verdicts, verdicts_kept) = counts["runs"], counts["verdicts"]
    return Purged(runs - runs_kept, verdicts - verdicts_kept, runs_kept, tuple(backups(path)))


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _sync(folder: Path) -> None:
    """See to it that the new name is on the disk."""
    if hasattr(os, "O_DIRECTORY"):
        number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
