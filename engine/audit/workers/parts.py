"""Outcomes as Parquet files, one a batch: written by workers where all can reach them, and read back from there.

A part is named by its batch, so a batch that is done twice (its first worker died late) leaves one part. Parts name
people: an audit has a folder of its own for them, and deletes it, whatever parts its workers, dead or alive, left there.
"""

import io
import os
import platform
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Final

try:
    import fcntl
except ImportError:  # Windows: nothing tells there which audits are alive, so no other's folder is deleted.
    fcntl = None  # type: ignore[assignment]

from ...base.system import private
from ..inputs.storage import explained, is_address, located, opened
from ..totals import Totals
from .batch import AuditJob, Batch
from .confined import check_confined
from .encoded_plans import EncodedPlans, put_together

_OUTCOME: Final = "outcome"
_STORED: Final = "stored"
_WANTED: Final = "wanted"
"""The file that says as long as it is there that parts are wanted."""
_LOCK: Final = f"thamdinh-{platform.node()}.lock"
"""One for each machine: in a shared folder, a machine may not see the locks of another."""


@contextmanager
def parts_folder(place: str, job: AuditJob) -> Iterator[str]:
    """The address of a folder at `place` for the parts of this audit, gone afterwards. Raises Unreadable.

    What a killed audit left at the place goes, too, where locks tell that it is dead: in a file system, on its machine.
    """
    from fsspec.implementations.local import LocalFileSystem  # type: ignore[import-untyped]

    folder = f"{place.rstrip('/')}/{job.identity}"
    with explained(folder):
        system, path = located(folder)
        with private():
            system.makedirs(path, exist_ok=True)
        wanted = f"{path}/{_WANTED}"
        system.pipe_file(wanted, b"")
        system.rm_file(wanted)  # Where nothing may be deleted, that is told before the work and not after it.
        system.pipe_file(wanted, b"")
    in_files = isinstance(system, LocalFileSystem)
    if in_files:
        _delete_left_behind(Path(path).parent.iterdir())
    try:
        with _held(Path(path)) if in_files else nullcontext():
            yield folder
    finally:
        with explained(folder):
            system.rm_file(wanted)
            system.invalidate_cache()
            if system.exists(path):  # A storage of objects has no empty folders.
                system.rm(path, recursive=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Show by a lock that an audit is at work in the folder, as long as it is and lives; no part outlasts it. Raises OSError."""
    if fcntl is None:
        yield
        return
    new, known = folder / f"{_LOCK}.new", folder / _LOCK
    with new.open("wb") as file:
        with suppress(OSError):  # Where files can't be locked there is no lock to be seen, either.
            fcntl.flock(file, fcntl.LOCK_EX)
            new.rename(known)  # Nobody ever sees a lock that isn't held yet.
        try:
            yield
        finally:
            for part in folder.iterdir():
                if part.name not in (_LOCK, _WANTED):
                    part.unlink(missing_ok=True)
            known.unlink(missing_ok=True)  # Nor one that isn't held any more, by an audit that lives.


def _delete_left_behind(folders: Iterable[Path]) -> None:
    """Delete those folders that audits of this user and machine have left: the ones with a lock that nobody holds."""
    if fcntl is None:
        return
    for folder in folders:
        with suppress(OSError):
            if folder.lstat().st_uid == os.geteuid():
                with (folder / _LOCK).open("r+b") as file:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder)


def write_part(batch: Batch, job: AuditJob, folder: str) -> tuple[str, Totals]:
    """Check a batch and write its outcomes; gives the address of the part, and what they come to. Raises Unreadable."""
    name = f"{folder}/part-{batch.number:012d}-{len(batch.entries)}.parquet"
    found = check_confined(batch, job)
    content = encoded(found)
    with explained(name):
        if is_address(name):
            system, path = located(name)
            system.pipe_file(path, content)
            # Storages of objects take a part for a folder that is gone, when the audit has ended before this worker.
            if not system.exists(located(f"{folder}/{_WANTED}")[1]):
                system.rm_file(path)
        else:
            part = Path(name)
            unfinished = part.with_name(f".{part.name}.{os.getpid()}")
            unfinished.write_bytes(content)
            unfinished.replace(part)
    return name, found.totals


def read_part(batch: Batch, name: str, totals: Totals) -> EncodedPlans:
    """What was found in a batch, from its part and what it comes to. No outcome is decoded. Raises Unreadable."""
    import pyarrow.parquet

    with opened(name) as file:
        table = pyarrow.parquet.read_table(io.BytesIO(file.read()))
    rows = {name: table[name][0].as_py() for name in table.column_names if name != _OUTCOME}
    outcomes = table[_OUTCOME].to_pylist()
    stored = rows.pop(_STORED, None)
    return EncodedPlans(tuple(map(put_together, batch.entries, outcomes)), totals, rows, stored)


def encoded(found: EncodedPlans) -> bytes:
    """The outcomes of a batch as a Parquet file, and beside the first of them all rows of the register and of a store."""
    import pyarrow
    import pyarrow.parquet

    none = [None] * (len(found) - 1)
    beside = found.rows if found.stored is None else {**found.rows, _STORED: found.stored}
    table = pyarrow.table(
        {_OUTCOME: [*found.outcomes()]}
        | {name: pyarrow.array([some, *none], "binary") for name, some in beside.items()}
    )
    made = io.BytesIO()
    pyarrow.parquet.write_table(table, made, compression="zstd")
    return made.getvalue()
