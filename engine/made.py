"""Results that this program has written: they are no plans, and only they are written over."""

import os
import re
from pathlib import Path
from typing import Final

from .seal import is_sealed

SHEET_MARK: Final = "thamdinh-appraisal-sheet"
"""The category and keywords of an appraisal sheet, among the properties of the document; PDF keeps the keywords."""
SUMMARY_MARK: Final = "thamdinh-audit-summary"
"""The category of the workbook that sums up an audit."""
BOOK_MARK: Final = "thamdinh-review-book"
"""The category of the review book as a document."""
PAGE_MARK: Final = '<meta name="generator" content="thamdinh">'
"""What each page says of itself, in its first lines."""

_HEADS: Final = re.compile(
    "|".join(
        (
            r'\{\n  "schema": 1,\n  "directive": ',  # the JSON verdict
            r'\{\n  "\$schema": "https://json\.schemastore\.org/sarif',
            r'\{"schema": 1, "directive": "[^"]*", "plans": \[',  # the JSON verdict of an audit
            r'\{"file": "',  # the same, a plan a line
            r'\[\n \{\n  "run": \d+,\n  "place": |\[\]\n\Z',  # a table exported of an audit
            '\ufeff?"(?:Tệp|File)","(?:Tổ chức đảng|Organisation)","(?:Kết luận|Verdict)",',
            '\ufeff?"(?:Lần rà soát|Run)","',
            r"(?:<!doctype html>\n(?:.*\n){0,4})" + re.escape(PAGE_MARK),
            r"<\?xml [^>]*>\n<testsuites name=\"thamdinh[ \"]",
            r"# (?:Kết quả thẩm định|Appraisal)\n\n",  # Markdown
            r'\[\n \{\n  "uri": ',  # a check of scenarios as Cucumber's JSON, and as its messages
            r'\{"meta":\{"protocolVersion":"[^"]*","implementation":\{"name":"thamdinh"',
            r"::(?:error|warning|notice) .*title=thamdinh ",  # annotations of GitHub
        )
    )
)
_SUMMARY: Final = re.compile(
    r"^\d[\d.,]* (?:kế hoạch|plans?): \d|^\d+ (?:tệp|files?), \d+ (?:tình huống|scenarios): \d", re.MULTILINE
)
"""The line that sums up a text: the last of a lint's or a check of scenarios, the first of an audit's."""
_PLANS: Final = frozenset({".yaml", ".yml"})
_PROPERTIES: Final = "docProps/core.xml"
_MOST: Final = 64 * 1024
_LAST: Final = 1024 * 1024
_HEAD: Final = 1024


def is_result(path: Path) -> bool:
    """Whether a file is what a lint, an audit or a check of scenarios wrote, whatever the format. False where it can't be read."""
    suffix = path.suffix.lower()
    try:
        if suffix in _PLANS or not path.is_file():  # opening a pipe would wait for its writer
            return False
        if suffix == ".parquet":
            return _is_table(path)
        if suffix in (".docx", ".xlsx"):
            return _is_marked(path)
        return _is_text(path) if suffix != ".pdf" else _is_sheet(path)
    except (OSError, ValueError, ImportError):
        return False


def may_be_replaced(path: Path) -> bool:
    """Whether an output may be written over what stands at a path: a result, or nothing at all. Raises OSError."""
    return path.is_file() and (not path.stat().st_size or is_sealed(path) or is_result(path))


def _is_text(path: Path) -> bool:
    """Whether a text begins as one of the formats does, or is summed up as a report is."""
    with path.open("rb") as file:
        head = file.read(_HEAD).decode("utf-8", "replace")
        if _HEADS.match(head):
            return True
        file.seek(max(os.fstat(file.fileno()).st_size - _HEAD, 0))
        last = file.read().decode("utf-8", "replace").rstrip("\n").rpartition("\n")[2]
    return _SUMMARY.match(head) is not None or _SUMMARY.match(last) is not None


def _is_sheet(path: Path) -> bool:
    """Whether a PDF is an appraisal sheet: its properties are among the last of what it holds."""
    with path.open("rb") as file:
        file.seek(max(os.fstat(file.fileno()).st_size - _LAST, 0))
        return SHEET_MARK.encode("utf-16-be").hex().upper().encode() in file.read()


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
            return any(f"category>{mark}<".encode() in content for mark in (SHEET_MARK, SUMMARY_MARK, BOOK_MARK))
    except (BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, zlib_error):
        return False
