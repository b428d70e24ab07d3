"""Outcomes as Parquet files, one a batch: written by workers where all can reach them, and read back from there.

A part is named by its batch, so a batch that is done twice (its first worker died late) leaves one part.
"""

import io
import os
from pathlib import Path
from typing import Any, Final

import msgspec

from .batch import AuditJob, Batch, audit_batch
from .outcome import Outcome
from .storage import explained, is_address, opened

_PLAIN: Final = ("place", "digest", "organization", "kind", "district", "term", "held_on", "participants")


def write_part(batch: Batch, job: AuditJob, folder: str) -> str:
    """Check a batch and write its outcomes; gives the address of the part. Raises Unreadable."""
    name = f"{folder.rstrip('/')}/part-{job.identity}-{batch.number:012d}-{len(batch.entries)}.parquet"
    content = encoded(audit_batch(batch, job))
    if is_address(name):
        from fsspec.core import url_to_fs  # type: ignore[import-untyped]

        with explained(name):
            system, path = url_to_fs(name)
            system.makedirs(system._parent(path), exist_ok=True)
            system.pipe_file(path, content)
    else:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        unfinished.write_bytes(content)
        unfinished.replace(path)
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
