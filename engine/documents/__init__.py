"""Readers: from a file to a Document. They know nothing of plans or rules.

A reader is a module with `read(file: str, content: bytes) -> Document`: a line in READERS, or a plug-in
(docs/explanation/plug-ins.md).
"""

import importlib
import os
from pathlib import PurePath
from typing import Final

from ..base import plug_ins
from ..base.failure import told
from ..base.input_names import STDIN, shown_name
from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text
from .document import Document
from .source import load

__all__ = ["claims", "discover", "document", "encoding", "json", "refused", "results", "source", "tree"]

READERS: Final[dict[str, str]] = {
    ".yaml": ".yaml",
    ".yml": ".yaml",
    ".json": ".json",
    ".xlsx": "..forms.read_workbook",
    ".docx": "..forms.read_document",
}
"""The module of this package that reads files of each suffix."""

FORMS: Final = (".xlsx", ".docx")
"""Forms: workbooks and documents, which can be made and annotated too."""

MANY: Final = (".jsonl", ".ndjson", ".zip", ".parquet")
"""Files of many plans, which only an audit reads."""

FOREIGN: Final = (".rar", ".7z", ".gz", ".tgz", ".bz2", ".xz", ".tar")
"""Archives that are not opened."""

CONVERTIBLE: Final[dict[str, str]] = {
    **dict.fromkeys((".xls", ".xlsm", ".xlsb", ".xlt", ".xltx", ".xltm", ".ods"), ".xlsx"),
    **dict.fromkeys((".doc", ".docm", ".dot", ".dotx", ".dotm", ".odt", ".rtf"), ".docx"),
}
"""Office files that are not read as they are, and what LibreOffice can convert them to."""

_OWN: Final = frozenset(("", *READERS, *MANY, *FOREIGN, *CONVERTIBLE))


def known_suffix(name: str) -> str:
    """What the name of a file says of its kind: its suffix, if that is one that the program has heard of."""
    suffix = PurePath(name).suffix.lower()
    return suffix if suffix in _OWN or suffix in plug_ins.plug_in_names(plug_ins.READERS) else ""


def is_read(suffix: str) -> bool:
    """Whether files of a suffix are read: by a reader of our own, or by a plug-in, which never has one of ours."""
    return suffix in READERS or (suffix not in _OWN and suffix in plug_ins.plug_in_names(plug_ins.READERS))


def read_file(path: str | os.PathLike[str]) -> Document:
    """The document in a file, or on standard input for "-". Raises Unreadable."""
    return read(os.fspath(path), load(os.fspath(path)))


def read(name: str, content: bytes) -> Document:
    """The document in `content`; the suffix of `name` says what it is ("-": what it looks like). Raises Unreadable."""
    suffix = _sniff(content) if name == STDIN else PurePath(name).suffix.lower()
    if suffix in CONVERTIBLE:
        from .refused import legacy, macros

        raise (macros if suffix.endswith("m") else legacy)(shown_name(name), CONVERTIBLE[suffix])
    if suffix not in READERS:
        return _plugged(shown_name(name), content, suffix)
    reader = importlib.import_module(READERS[suffix], __name__)
    with told(shown_name(name), reading=True):
        document: Document = reader.read(shown_name(name), content)
    return document


def _plugged(file: str, content: bytes, suffix: str) -> Document:
    """The document that a plug-in reads. Raises Unreadable, where there is none for such files too."""
    found = plug_ins.plug_in(plug_ins.READERS, suffix, Place(file), "read") if is_read(suffix) else None
    if found is None:
        raise Unreadable(_unknown(file, suffix))
    from .plugged import PluggedDocument

    return PluggedDocument(file, content, found)


def _sniff(content: bytes) -> str:
    if content.startswith(b"PK"):
        return ".docx" if b"word/document.xml" in content else ".xlsx"
    return ".json" if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") else ".yaml"


def _unknown(file: str, suffix: str) -> Problem:
    known = ", ".join((*READERS, *sorted(plug_ins.plug_in_names(plug_ins.READERS) - _OWN)))
    fix = Text(f"Dùng tệp có đuôi: {known}", f"Use a file that ends in one of: {known}")
    if suffix in MANY:
        fix = Text("Tệp nhiều văn bản: dùng lệnh thamdinh audit", "A file of many documents: use thamdinh audit")
    return Problem(
        UNREADABLE,
        Text(f"Không đọc được loại tệp “{suffix or file}”", f"Files of type “{suffix or file}” can't be read"),
        fix,
        Place(file),
    )
