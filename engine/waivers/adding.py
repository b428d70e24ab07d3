"""One waiver more in a file of waivers, all that stands there kept as it is."""

import datetime
import errno
import io
import os
import re
from copy import copy
from pathlib import Path
from typing import Any, Final

from ..base.problem import SCHEMA, UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text
from ..base.unwritable import unwritable
from ..documents import read
from ..documents.source import load
from ..model.parsing import validated
from . import form
from .file import WaiversFile
from .waivers import read_waivers

_SUFFIXES: Final = (".yaml", ".yml", form.SUFFIX)

_EMPTY: Final = re.compile(r"^waivers:[ \t]*\[\s*\]", re.MULTILINE)

Written = dict[str, Any]
"""A waiver by the keys of waivers.yaml; what is not said is left out."""

_ANY: Final[Written] = {
    "rule": "X1", "organization": "…A", "reason": "…A", "approved_by": "…A", "document": "…A", "valid_until": "2100-01-01"
}  # fmt: skip
"""What a file takes that takes a waiver."""


def expect_addable(path: Path) -> None:
    """Raises Unreadable with what is wrong with the file before a waiver is added, or where none can be begun there."""
    if os.path.lexists(path):
        added(path, _ANY)
    elif path.suffix.lower() not in _SUFFIXES:
        raise Unreadable(
            Problem(
                UNREADABLE,
                Text(
                    f"Không ghi miễn trừ vào loại tệp “{path.suffix}”",
                    f"Waivers are not written in “{path.suffix}” files",
                ),
                Text(f"Dùng tệp có đuôi: {', '.join(_SUFFIXES)}", f"Use a file that ends in: {', '.join(_SUFFIXES)}"),
                Place(str(path)),
            )
        )
    elif not path.parent.is_dir():
        raise Unreadable(unwritable(path, FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))))


def added(path: Path, waiver: Written) -> bytes:
    """The content of the file with one waiver more; a file that is not there is begun.

    Raises Unreadable with what is wrong with the waiver or the file.
    """
    there = os.path.lexists(path)
    before = read_waivers(path) if there else ()
    if path.suffix.lower() == form.SUFFIX:
        validated(WaiversFile, read("waivers.yaml", _yaml([waiver])))
        return _in_workbook(path, waiver) if there else form.waivers_workbook([waiver])
    text = load(str(path)).decode() if there else ""
    begun = _EMPTY.sub("waivers:", text).rstrip()
    content = f"{begun}\n{_item(waiver)}".encode() if text else _yaml([waiver])
    try:
        whole = validated(WaiversFile, read(str(path), content)).waivers
    except Unreadable:
        # It is the waiver itself that is wrong, or else the file has it in another form than a list of lines.
        validated(WaiversFile, read(str(path), _yaml([waiver])))
        whole = ()
    if len(whole) != len(before) + 1:
        raise Unreadable(_not_in_lines(path))
    return content


def _yaml(waivers: list[Written]) -> bytes:
    return ("schema: 1\nwaivers:\n" + "".join(map(_item, waivers))).encode()


def _item(waiver: Written) -> str:
    import yaml

    text: str = yaml.safe_dump([waiver], allow_unicode=True, sort_keys=False, width=1_000)
    return "".join(f"  {line}\n" for line in text.splitlines())


def _in_workbook(path: Path, waiver: Written) -> bytes:
    """The workbook with the waiver in the first row below all others."""
    import openpyxl

    from ..forms.saving import saved

    document = form.read(path)
    [heading, *_] = next(iter(document.spots.headings.values()))
    grid, columns = heading.grid, heading.columns
    last = max(row for row in grid.rows if any(number in columns for number, _ in grid.filled(row)))
    book = openpyxl.load_workbook(io.BytesIO(document.content))
    sheet = book[grid.name]
    for number, column in columns.items():
        value = waiver.get(column.path[-1])
        if value is not None:
            cell: Any = sheet.cell(last + 1, number)
            if not cell.has_style:
                column_look: Any = sheet.column_dimensions[cell.column_letter]
                cell._style = copy(column_look._style)
            cell.value = datetime.date.fromisoformat(value) if column.holds == "date" else str(value)
    return saved(book)


def _not_in_lines(path: Path) -> Problem:
    return Problem(
        SCHEMA,
        Text("Không tự thêm được miễn trừ vào tệp này", "No waiver can be added to this file"),
        Text(
            "Ghi “waivers:” ở cuối tệp, mỗi miễn trừ một mục bắt đầu bằng “- ”; hoặc thêm vào một tệp khác",
            "Write “waivers:” at the end of the file, each waiver as an item that begins with “- ”; or use another file",
        ),
        Place(str(path)),
    )
