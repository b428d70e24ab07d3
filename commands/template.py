"""`thamdinh template`: a copy of the template of the appraisal sheet, or of letters, to be edited in Word."""

from pathlib import Path

from ..engine.base.problem import SCHEMA, Place, Problem, Unreadable
from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from ..engine.base.whole_file import write_whole
from ..engine.reporters.templates import built_in
from .bilingual import argument, language, option, say
from .bilingual import command as bilingual_command
from .values import NewFile


@bilingual_command(
    Text(
        "Chép mẫu phiếu thẩm định (hoặc mẫu công văn) ra TỆP.docx để sửa trong Word rồi dùng với --appraisal-template "
        "(--letter-template).",
        "Copy the template of the appraisal sheet (or of letters) to FILE.docx, to be edited in Word and used with "
        "--appraisal-template (--letter-template).",
    )
)
@argument("file", type=NewFile(), metavar="FILE.docx")
@option("--letter", is_flag=True, words=Text("Mẫu công văn của audit --letters.", "The template of audit --letters."))
def command(file: Path, letter: bool) -> int:
    """Write the copy; an existing file is never overwritten."""
    if file.suffix.lower() != ".docx":
        message = Text(f"Mẫu là tệp Word, không phải “{file.suffix}”", f"It is a Word file, not “{file.suffix}”")
        raise Unreadable(
            Problem(SCHEMA, message, Text("Đặt tên có đuôi .docx", "End the name in .docx"), Place(str(file)))
        )
    with writing(file):
        write_whole(file, built_in(language(), "letter" if letter else "appraisal").read_bytes())
    if letter:
        vi, en = (
            f"thamdinh audit {given} --letters {folder} --letter-template {file}"
            for given, folder in (("THƯ_MỤC", "CÔNG_VĂN"), ("FOLDER", "LETTERS"))
        )
        say(Text(f"Đã chép mẫu ra {file}. Sửa xong, chạy: {vi}", f"Copied to {file}. Once edited: {en}"))
        return 0
    said = Text(
        f"Đã chép mẫu ra {file}. Sửa xong, chạy: thamdinh lint TỆP --output-file docx=phieu.docx --appraisal-template {file}",
        f"Copied to {file}. Once edited: thamdinh lint FILE --output-file docx=sheet.docx --appraisal-template {file}",
    )
    say(said)
    return 0
