"""`thamdinh waivers new`: a workbook in which staff write waivers."""

from pathlib import Path

from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from ..engine.base.whole_file import write_whole
from ..engine.waivers import form
from .bilingual import argument, say
from .bilingual import command as bilingual_command
from .values import NewFile


@bilingual_command(
    Text(
        "Tạo TỆP Excel (.xlsx) để ghi các miễn trừ, dùng với --waivers.",
        "Make FILE, a workbook (.xlsx) in which waivers are written, for --waivers.",
    )
)
@argument("file", metavar="FILE.xlsx", type=NewFile())
def command(file: Path) -> int:
    """Write the form; an existing file is never overwritten."""
    if file.suffix.lower() != form.SUFFIX:
        message = Text(f"Không tạo được loại tệp “{file.suffix}”", f"Files of type “{file.suffix}” can't be made")
        fix = Text(f"Đặt tên tệp có đuôi {form.SUFFIX}", f"End the name in {form.SUFFIX}")
        raise Unreadable(Problem(UNREADABLE, message, fix, Place(str(file))))
    with writing(file):
        write_whole(file, form.waivers_workbook([], examples=True))
    say(
        Text(
            f"Đã tạo {file}. Ghi mỗi miễn trừ một dòng, rồi chạy: thamdinh lint TỆP --waivers {file}",
            f"Made {file}. Write one waiver a row, then run: thamdinh lint FILE --waivers {file}",
        )
    )
    return 0
