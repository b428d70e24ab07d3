"""Outcomes as Parquet files, one a batch: written by workers where all can reach them, and read back from there.

A part is named by its batch, so a batch that is done twice (its first worker died late) leaves one part. Parts name
people: an audit has a folder of its own for them, and deletes it, whatever parts its workers, dead or alive, left there.
"""

import io
import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, Final

import msgspec

from ...base.system import private
from ..inputs.storage import explained, is_address, located, opened
from ..outcome import Outcome
from .batch import AuditJob, Batch, audit_batch
from .workspace import delete_left_behind, held

_PLAIN: Final = ("place", "digest", "organization", "kind", "district", "term", "held_on", "participants")
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
        delete_left_behind(Path(path).parent.iterdir(), _LOCK)
    try:
        with held(Path(path), _LOCK) if in_files else nullcontext():
            yield folder
    finally:
        with explained(folder):
            system.rm_file(wanted)
            system.invalidate_cache()
            if system.exists(path):  # A storage of objects has no empty folders.
                system.rm(path, recursive=True)


def write_part(batch: Batch, job: AuditJob, folder: str) -> str:
    """Check a batch and write its outcomes; gives the address of the part. Raises Unreadable."""
    name = f"{folder}/part-{batch.number:012d}-{len(batch.entries)}.parquet"
    content = encoded(audit_batch(batch, job))
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
    return name


def read_part(name: str) -> list[Outcome]:
    """The outcomes in a part, in the order of their plans. Raises Unreadable."""
    with opened(name) as file:
        return decoded(file.read())


def encoded(outcomes: list[Outcome]) -> bytes:
    """Some outcomes as a Parquet file: what is known of each plan in columns of its own, and the whole outcome."""
    import pyarrow
    import pyarrow.parquet

    columns: dict[str, Any] = {name: [getattr(outcome, name) for outcome in outcomes] for name in _PLAIN}
    columns["status"] = [outcome.verdict.status for outcome in outcomes]
    columns["outcome"] = [msgspec.msgpack.encode(outcome) for outcome in outcomes]
    made = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(columns), made, compression="zstd")
    return made.getvalue()


def decoded(content: bytes) -> list[Outcome]:
    """The outcomes in the content of a part."""
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(io.BytesIO(content), columns=["outcome"])
    return [msgspec.msgpack.decode(value.as_py(), type=Outcome) for value in table["outcome"]]
