"""Results that this program has written: they are no plans, and only they are written over.

A result is known by what it holds, never by its name. Where its format has room it carries a digest of itself; whoever
has the program can compute that, too, so nothing in which a plan can be found is ever taken for a result.
"""

import importlib
import json
import os
import re
from itertools import chain
from pathlib import Path
from typing import Any, Final

from ..base.isolation import isolated
from ..base.problem import Unreadable
from ..base.results import PAGE_MARK, SHEET_MARK, is_sealed_package
from ..base.seal import is_sealed
from .source import LARGEST_FILE, load

_HEADS: Final = re.compile(
    "|".join(
        (
            r'\{\n  "\$schema": "https://json\.schemastore\.org/sarif',
            r'\{"file": "',  # the JSON verdict of an audit, a plan a line
            r'\{"settings": \{"file": ',  # the same of no plan
            r'\[\n \{\n  "run": \d+,\n  "(?:place|settings)": |\[\]\n\Z',  # a table exported of an audit
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
    r"^\d[\d.,]* [^:\n]{1,80}: (?:\d[\d.,]* [^:\n]{0,80}(?:đạt|compliant|appraised|không thẩm định được)\b|không kết luận nào|no verdict)"
    r"|^\d+ (?:tệp|files?), \d+ (?:tình huống|scenarios): \d",
    re.MULTILINE,
)
"""The line that sums up a text: the last of a lint's or a check of scenarios, the first of an audit's."""
_PLANS: Final = (".yaml", ".yml")
_LINES: Final = (".jsonl", ".ndjson")
_PACKAGES: Final = (".docx", ".xlsx")
_STANDARD_OUTPUT: Final = 1
"""Its number: what a result is being written to just now (`> result.json`) holds nothing yet."""
_LAST: Final = 1024 * 1024
_HEAD: Final = 1024


def is_result(path: Path) -> bool:
    """Whether a file is what a lint, an audit or a check of scenarios wrote, and holds no plan. False where it can't be read."""
    suffix = path.suffix.lower()
    try:
        if _is_standard_output(path):
            return True
        if (
            suffix in _PLANS or not os.path.isfile(path) or _by_plug_in(suffix)
        ):  # opening a pipe would wait for its writer
            return False
        if suffix == ".parquet":
            return _is_table(path)
        if suffix == ".pdf":
            return _is_sheet(path)
        ours = is_sealed_package(path) if suffix in _PACKAGES else is_sealed(path) or _is_text(path)
        return ours and (suffix not in _HOLDING or not holds_plan(path))
    except (OSError, ValueError, ImportError):
        return False


def _by_plug_in(suffix: str) -> bool:
    from . import READERS, is_read

    return suffix not in READERS and is_read(suffix)


def may_be_replaced(path: Path) -> bool:
    """Whether an output may be written over what stands at a path: a result, or nothing at all. Raises OSError."""
    return os.path.isfile(path) and (not path.stat().st_size or is_sealed(path) or is_result(path))


def _is_standard_output(path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(_STANDARD_OUTPUT), path.stat())
    except OSError:  # closed, or the file is gone
        return False


def holds_plan(path: Path) -> bool:
    """Whether a plan, or some part of one, can be found in a file; also where it can't be told within the limits."""
    [found] = isolated(lambda path: _HOLDING[path.suffix.lower()](path), [path])
    return found is not False


def _in_json(path: Path) -> bool:
    if path.stat().st_size > LARGEST_FILE:  # too large for a plan, and so read as none
        return False
    try:
        return _is_plan(json.loads(path.read_bytes()))
    except (ValueError, RecursionError):
        return True


def _in_lines(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return any(_is_plan(json.loads(line)) for line in file if not line.isspace())
    except (ValueError, RecursionError):
        return True


def form_holds_plan(name: str, content: bytes) -> bool:
    """Whether a plan, or some part of one, can be found in an office file; also where it can't be told within the limits."""
    [found] = isolated(lambda content: _in_content(name, content), [content])
    return found is not False


def _in_form(path: Path) -> bool:
    try:
        return _in_content(str(path), load(str(path)))
    except Unreadable:
        return False


def _in_content(name: str, content: bytes) -> bool:
    from . import read

    try:
        data: Any = read(name, content).data
    except Unreadable:
        return False
    inside = (value.values() for value in data.values() if isinstance(value, dict))
    return any(isinstance(rows, list) for rows in chain(data.values(), *inside))


_HOLDING: Final = {
    ".json": _in_json,
    **dict.fromkeys(_LINES, _in_lines),
    **dict.fromkeys(_PACKAGES, _in_form),
}
"""How a plan is found in files of the kinds that may be either."""


def _is_plan(data: object) -> bool:
    return isinstance(data, dict) and (not _sections().isdisjoint(data) or isinstance(data.get("organization"), dict))


def _sections() -> frozenset[str]:
    """The sections by which a plan is known among other JSON. They are described above this package, which knows that by name."""
    types = importlib.import_module("..model.document_types", __package__)
    sections: frozenset[str] = types.sections()
    return sections


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
    """Whether a Parquet file is a table exported of an audit, or a part of one, and has no section of plans."""
    import pyarrow.parquet
    from pyarrow.types import is_integer

    schema = pyarrow.parquet.read_schema(path)
    table, sections = [*schema.names], _sections()
    # A table has a column that counts the rows of a section.
    held = any(field.name in sections and not is_integer(field.type) for field in schema)
    return ("outcome" in table or table[:2] == ["run", "place"]) and not held
