"""`thamdinh documents new`: a type of document to begin with."""

from pathlib import Path

from ..engine.assurance.type_stub import new_type
from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from ..engine.model.document_types import HEAD
from .bilingual import argument, say
from .bilingual import command as bilingual_command
from .values import NewFile


@bilingual_command(
    Text(
        "Tạo một loại tài liệu mới trong THƯ MỤC (tên thư mục là mã của loại), đúng nhưng rất nhỏ, để viết tiếp.",
        "Begin a new type of document in FOLDER (its name is the type's id): right, though small, to be written on.",
    )
)
@argument("folder", metavar="FOLDER", type=NewFile())
def command(folder: Path) -> int:
    """Write the description; nothing is overwritten."""
    with writing(folder / HEAD):
        made = new_type(folder)
    said = Text(
        f"Đã tạo {made}. Viết tiếp, rồi chạy: thamdinh documents check {folder}; bộ quy tắc bên cạnh ghi document: ../{folder.name}",
        f"Made {made}. Write on, then run: thamdinh documents check {folder}; a pack beside it says document: ../{folder.name}",
    )
    say(said)
    return 0
