"""`thamdinh template`: a copy of the appraisal sheet's template, to be edited in Word."""

from pathlib import Path

from ..engine.base.problem import SCHEMA, Place, Problem, Unreadable
from ..engine.base.text import Text
from ..engine.base.unwritable import unwritable
from ..engine.base.whole_file import write_whole
from ..engine.reporters.templates import built_in
from .bilingual import argument, language, say
from .bilingual import command as bilingual_command
from .refusal import refuse
from .values import NewFile


@bilingual_command(
    Text(
        "Chép mẫu phiếu thẩm định ra TỆP.docx để sửa trong Word rồi dùng với --appraisal-template.",
        "Copy the template of the appraisal sheet to FILE.docx, to be edited in Word and used with --appraisal-template.",
    )
)
@argument("file", type=NewFile(), metavar="FILE.docx")
def command(file: Path) -> int:
    """Write the copy; an existing file is never overwritten."""
    if file.suffix.lower() != ".docx":
        message = Text(f"Mẫu phiếu là tệp Word, không phải “{file.suffix}”", f"It is a Word file, not “{file.suffix}”")
        return refuse(
            Unreadable(
                Problem(SCHEMA, message, Text("Đặt tên có đuôi .docx", "End the name in .docx"), Place(str(file)))
            )
        )
    try:
        write_whole(file, built_in(language()).read_bytes())
    except OSError as error:
        return refuse(Unreadable(unwritable(file, error)))
    said = Text(
        f"Đã chép mẫu ra {file}. Sửa xong, chạy: thamdinh lint KẾ_HOẠCH --output-file docx=phieu.docx --appraisal-template {file}",
        f"Copied to {file}. Once edited: thamdinh lint PLAN --output-file docx=sheet.docx --appraisal-template {file}",
    )
    say(said)
    return 0
