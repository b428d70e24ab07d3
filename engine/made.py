"""Results that this program has written: they are no plans, and may be written anew."""

from pathlib import Path
from typing import Final

SHEET_MARK: Final = "thamdinh-appraisal-sheet"
"""The category of an appraisal sheet, among the properties of the document."""
_HEADS: Final = (b'{\n  "schema": 1,\n  "directive": ', b'{\n  "$schema": "https://json.schemastore.org/sarif')
"""How the JSON verdict and SARIF logs begin."""
_PROPERTIES: Final = "docProps/core.xml"
_MOST: Final = 64 * 1024


def is_result(path: Path) -> bool:
    """Whether a file is a JSON verdict, a SARIF log or an appraisal sheet. False for one that can't be read."""
    try:
        if path.suffix.lower() == ".json":
            with path.open("rb") as file:
                return file.read(max(map(len, _HEADS))).startswith(_HEADS)
        return path.suffix.lower() == ".docx" and _is_sheet(path)
    except (OSError, ValueError):
        return False


def _is_sheet(path: Path) -> bool:
    from zipfile import BadZipFile, ZipFile
    from zlib import error as zlib_error

    try:
        with ZipFile(path) as archive, archive.open(_PROPERTIES) as properties:
            return f"<cp:category>{SHEET_MARK}<".encode() in properties.read(_MOST)
    except (BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, zlib_error):
        return False
