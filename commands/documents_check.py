"""`thamdinh documents check`: whether a description of a type of document is right, and what it lacks."""

from pathlib import Path

import click

from ..engine.assurance.type_page import lacking
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text
from ..engine.directive.packs import available, judged_by
from ..engine.forms.layout import layout
from ..engine.model.document_types import locate_type, read_description
from ..engine.model.facts import entities
from ..engine.model.json_schema import document_schema
from .bilingual import argument, language, write
from .bilingual import command as bilingual_command
from .refusal import refuse


@bilingual_command(
    Text(
        "Kiểm tra mô tả loại tài liệu trong THƯ MỤC (hoặc mã của loại có sẵn), như kiểm tra một kế hoạch, và nêu điều còn "
        "thiếu: tên gọi, ví dụ, mẫu, bộ quy tắc. Mã kết thúc: 0 đủ; 1 còn thiếu; 2 sai.",
        "Check the description of a type of document in FOLDER (or a type there is), as a plan is checked, and say what it "
        "lacks: labels, examples, forms, a pack. Exit status: 0 nothing; 1 something is lacking; 2 it is wrong.",
    )
)
@argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Say what is wrong, or else what is lacking."""
    try:
        known = read_description(locate_type(str(folder)))
        packs = [name for name in available() if judged_by(name) == known.id]
    except Unreadable as unreadable:
        return refuse(unreadable)
    document_schema(known), entities(known), layout(known)  # what it is for can be made of it
    lacks = [*lacking(known, packs)]
    sure = Text(
        f"{known.id}: mô tả đúng ({len(known.fields)} mục, {len(known.facts)} thực thể)",
        f"{known.id}: the description is right ({len(known.fields)} fields, {len(known.facts)} entities)",
    )
    lines = [sure[language()], *(f"  {Text('thiếu', 'lacks')[language()]}: {one[language()]}" for one in lacks)]
    write("".join(f"{line}\n" for line in lines).encode())
    return int(bool(lacks))
