"""The marks of what this program makes, and the seal of its sheets and workbooks (documents/results.py looks for them)."""

import hashlib
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from zipfile import ZipFile

SHEET_MARK: Final = "thamdinh-appraisal-sheet"
"""The category and keywords of an appraisal sheet, among the properties of the document; PDF keeps the keywords."""
SUMMARY_MARK: Final = "thamdinh-audit-summary"
"""The category of the workbook that sums up an audit."""
BOOK_MARK: Final = "thamdinh-review-book"
"""The category of the review book as a document."""
PAGE_MARK: Final = '<meta name="generator" content="thamdinh">'
"""What each page says of itself, in its first lines."""
UNSEALED: Final = f"sha256:{'0' * 64}"
"""The identifier, among the properties of a package, in whose place its seal is put."""

_PROPERTIES: Final = "docProps/core.xml"
_SEAL: Final = re.compile(r"sha256:[0-9a-f]{64}")
_MOST: Final = 64 * 1024
_LARGEST: Final = 64 * 1024 * 1024
"""Bytes that a package may unpack to; a sheet takes 1 MB, the workbook of 100,000 plans 40."""
_PIECE: Final = 1024 * 1024


def sealed_package(content: bytes) -> bytes:
    """A workbook or document whose identifier is UNSEALED, with its seal there: the digest of all its other members."""
    from zipfile import ZIP_DEFLATED, ZipFile  # slow to load, and most runs see no package

    made = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as package, ZipFile(made, "w") as sealed:
        seal = _digest(package)
        for info in package.infolist():
            member = package.read(info)
            if info.filename == _PROPERTIES:
                member = member.replace(UNSEALED.encode(), seal.encode())
            sealed.writestr(info, member, ZIP_DEFLATED)
    return made.getvalue()


def is_sealed_package(path: Path) -> bool:
    """Whether a file bears a mark of ours, and the seal of what it holds. Raises OSError."""
    from zipfile import BadZipFile, ZipFile
    from zlib import error as zlib_error

    try:
        with ZipFile(path) as package:
            with package.open(_PROPERTIES) as file:
                properties = file.read(_MOST).decode("utf-8", "replace")
            if not any(f"category>{mark}<" in properties for mark in (SHEET_MARK, SUMMARY_MARK, BOOK_MARK)):
                return False
            seal = _SEAL.search(properties)
            return seal is not None and seal[0] == _digest(package)
    except (BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib_error):
        return False


def _digest(package: "ZipFile") -> str:
    """The seal of a package. Raises ValueError for one that unpacks to more than any of ours, and what ZipFile raises."""
    digest, room = hashlib.sha256(), _LARGEST
    for info in sorted(package.infolist(), key=lambda info: info.filename):
        if info.filename == _PROPERTIES:
            continue
        digest.update(f"{info.filename}\0{info.file_size}\0".encode("utf-8", "surrogateescape"))
        with package.open(info) as member:
            while piece := member.read(_PIECE):
                room -= len(piece)
                if room < 0:
                    raise ValueError("too large")
                digest.update(piece)
    return f"sha256:{digest.hexdigest()}"
