"""Results that this program has written: they are no plans, and may be written anew."""

import re
from pathlib import Path
from typing import Final

SHEET_MARK: Final = "thamdinh-appraisal-sheet"
"""The category of an appraisal sheet, among the properties of the document."""
SUMMARY_MARK: Final = "thamdinh-audit-summary"
"""The category of the workbook that sums up an audit."""
_HEADS: Final = (b'{\n  "schema": 1,\n  "directive": ', b'{\n  "$schema": "https://json.schemastore.org/sarif')
"""How the JSON verdict and SARIF logs begin."""
_AUDITS: Final = {
    ".json": re.compile(rb'\{"schema": 1, "directive": "[^"]*", "plans": \[|\[\n \{\n  "run": \d+,\n  "place": '),
    ".jsonl": re.compile(rb'\{"file": "'),
}
"""How the outputs of an audit and the tables exported of one begin, by suffix."""
_PROPERTIES: Final = "docProps/core.xml"
_MOST: Final = 64 * 1024
_HEAD: Final = 256


def is_result(path: Path) -> bool:
    """Whether a file is a verdict, a SARIF log, an appraisal sheet, or what an audit wrote. False where it can't be read."""
    suffix = path.suffix.lower()
    try:
        if not path.is_file():  # opening a pipe would wait for its writer
            return False
        if suffix in _AUDITS:
            with path.open("rb") as file:
                head = file.read(_HEAD)
            return head.startswith(_HEADS) or _AUDITS[suffix].match(head) is not None
        if suffix == ".parquet":
            return _is_table(path)
        return suffix in (".docx", ".xlsx") and _is_marked(path)
    except (OSError, ValueError):
        return False


def _is_table(path: Path) -> bool:
    """Whether a Parquet file is a table exported of an audit."""
    import pyarrow.parquet

    names = pyarrow.parquet.read_schema(path).names
    return "outcome" in names or names[:2] == ["run", "place"]


def _is_marked(path: Path) -> bool:
    from zipfile import BadZipFile, ZipFile
    from zlib import error as zlib_error

    try:
        with ZipFile(path) as archive, archive.open(_PROPERTIES) as properties:
            content = properties.read(_MOST)
            return any(f"category>{mark}<".encode() in content for mark in (SHEET_MARK, SUMMARY_MARK))
    except (BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, zlib_error):
        return False
