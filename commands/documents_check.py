"""`thamdinh documents check`: whether a description of a type of document is right, and what it lacks."""

from itertools import islice
from pathlib import Path
from typing import Final

import click

from ..engine.assurance.type_page import lacking
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text
from ..engine.directive.packs import HEAD, available, judged_by
from ..engine.forms.layout import layout
from ..engine.model.document_types import locate_type, read_description
from ..engine.model.facts import entities
from ..engine.model.json_schema import document_schema
from .bilingual import argument, language, write
from .bilingual import command as bilingual_command

_MOST_BESIDE: Final = 200
"""Folders beside a type that are looked into for a pack."""


@bilingual_command(
    Text(
        "Kiểm tra mô tả loại tài liệu trong THƯ MỤC (hoặc mã của loại có sẵn), như kiểm tra một văn bản, và nêu điều còn "
        "thiếu: tên gọi, ví dụ, mẫu, bộ quy tắc. Mã kết thúc: 0 đủ; 1 còn thiếu; 2 sai.",
        "Check the description of a type of document in FOLDER (or a type there is), as a document is checked, and say what it "
        "lacks: labels, examples, forms, a pack. Exit status: 0 nothing; 1 something is lacking; 2 it is wrong.",
    )
)
@argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Say what is wrong, or else what is lacking."""
    at = locate_type(str(folder))
    known = read_description(at)
    packs = [name for name in (*available(), *_beside(at)) if _judges(name, known.id)]
    document_schema(known), entities(known), layout(known)  # what it is for can be made of it
    lacks = [*lacking(known, packs)]
    sure = Text(
        f"{known.id}: mô tả đúng ({len(known.fields)} mục, {len(known.facts)} thực thể)",
        f"{known.id}: the description is right ({len(known.fields)} fields, {len(known.facts)} entities)",
    )
    lines = [sure[language()], *(f"  {Text('thiếu', 'lacks')[language()]}: {one[language()]}" for one in lacks)]
    write("".join(f"{line}\n" for line in lines).encode())
    return int(bool(lacks))


def _beside(folder: Path) -> list[str]:
    """The folders beside that of the type which may be packs."""
    return [str(path.parent) for path in islice(sorted(folder.parent.glob(f"*/{HEAD}")), _MOST_BESIDE)]


def _judges(pack: str, document: str) -> bool:
    try:
        return judged_by(pack) == document
    except Unreadable:  # what is wrong with a pack is no matter of the type
        return False
