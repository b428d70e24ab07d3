"""Where inputs are kept: the file system, or any address that fsspec knows (file://, s3://, gs://, memory://, …)."""

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Final

from ...base.problem import Unreadable
from ...base.text import Text
from ...documents.source import LARGEST_FILE, load, unreadable

_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_LIBRARIES: Final = {"smbclient": "smbprotocol", "libarchive": "libarchive-c"}
"""The library to install for a module that has another name."""
_BUFFER: Final = 2**20
"""In bytes. Lines are read one after another, and most are longer than Python's own buffer."""
_OF_THIS_PROCESS: Final = ("memory://",)


def is_address(name: str) -> bool:
    """Whether the name is an address for fsspec and not a path."""
    return _ADDRESS.match(name) is not None


def as_path(name: str) -> str:
    """The path that a file:// address means; any other name as it is."""
    return str(located(name)[1]) if name.startswith("file://") else name


def only_here(name: str) -> bool:
    """Whether no other process can read what is there, so that its content must be sent along."""
    return name.startswith(_OF_THIS_PROCESS)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file at an address: the address, and when it was last changed (local time), where the storage tells."""

    address: str
    changed: datetime | None


def files_at(address: str) -> list[Kept]:
    """The files at an address: itself, all below it where it is a folder, or all that fit its `*`. Raises Unreadable."""
    with explained(address):
        system, path = located(address)
        found = system.glob(path, detail=True) if re.search(r"[*?\[]", path) else {path: system.info(path)}
        files: dict[str, dict[str, Any]] = {}
        for name, details in found.items():
            files |= system.find(name, detail=True) if details["type"] == "directory" else {name: details}
        return [Kept(system.unstrip_protocol(name), _changed(details)) for name, details in sorted(files.items())]


@contextmanager
def opened(name: str) -> Iterator[BinaryIO]:
    """The file, open for reading, at any place in it. Raises Unreadable."""
    with explained(name):
        if not is_address(name):
            if not os.path.isfile(name) or not os.access(name, os.R_OK):
                load(name)  # says what is there instead, or who may not read it
            with Path(name).open("rb", buffering=_BUFFER) as file:
                yield file
            return
        system, path = located(name)
        # The files of some storages read no line of limited length; a reader before them does.
        with system.open(path, "rb") as remote, io.BufferedReader(remote, _BUFFER) as file:
            yield file


def content_of(name: str) -> bytes:
    """The content of a file of at most LARGEST_FILE bytes. Raises Unreadable."""
    if not is_address(name):
        return load(name)
    with opened(name) as file:
        return at_most(name, file)


def at_most(name: str, file: BinaryIO, size: int = -1) -> bytes:
    """The next `size` bytes, or all there are, up to LARGEST_FILE. Raises Unreadable where there are more."""
    content = file.read(LARGEST_FILE + 1 if size < 0 else min(size, LARGEST_FILE + 1))
    if len(content) > LARGEST_FILE:
        raise too_large(name)
    return content


def too_large(name: str) -> Unreadable:
    limit = LARGEST_FILE // 2**20
    return unreadable(
        name,
        Text(f"Tệp lớn quá {limit} MB", f"The file is larger than {limit} MB"),
        Text("Kiểm tra xem có chọn nhầm tệp không", "Check that it is the right file"),
    )


def located(address: str) -> tuple[Any, str]:
    """The file system of an address or path, and what the file is called there. Raises whatever its library does."""
    from fsspec.core import url_to_fs  # type: ignore[import-untyped]

    system, path = url_to_fs(address)
    return system, path


def _changed(details: dict[str, Any]) -> datetime | None:
    """What storages call the time of change differs; None where it is not told."""
    known = next(
        (details[name] for name in ("mtime", "LastModified", "last_modified", "updated") if name in details), None
    )
    if isinstance(known, int | float):
        return datetime.fromtimestamp(known)
    if isinstance(known, str):
        known = datetime.fromisoformat(known)
    return known.astimezone().replace(tzinfo=None) if isinstance(known, datetime) else None


@contextmanager
def explained(name: str) -> Iterator[None]:
    """What a storage refuses, as a problem. Libraries of storages raise what they like."""
    try:
        yield
    except (Unreadable, GeneratorExit):
        raise
    except FileNotFoundError:
        raise unreadable(
            name,
            Text("Không tìm thấy tệp", "There is no such file"),
            Text("Kiểm tra lại tên hoặc địa chỉ", "Check the name or the address"),
        ) from None
    except ImportError as error:
        # fsspec raises a sentence in English; the import that failed before names the module.
        module = error.name or getattr(error.__cause__, "name", None) or f"fsspec[{name.partition('://')[0]}]"
        library = _LIBRARIES.get(module, module)
        raise unreadable(
            name,
            Text(f"Thiếu thư viện {library} để dùng kho này", f"The library {library} for this storage is missing"),
            Text(f"Cài đặt: pip install {library}", f"Install it: pip install {library}"),
        ) from None
    except Exception as error:
        kind = type(error).__name__
        raise unreadable(
            name,
            Text(f"Không đọc hoặc ghi được ({kind})", f"It can't be read or written ({kind})"),
            Text(
                "Kiểm tra địa chỉ, quyền và kết nối; kho lưu trữ từ xa cần thư viện của nó (ví dụ s3fs)",
                "Check the address, the permissions and the connection; a remote storage needs its library (such as s3fs)",
            ),
        ) from None
