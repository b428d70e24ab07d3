"""`thamdinh new`: a plan to fill in, as YAML, as a workbook or as a document."""

from pathlib import Path

from ..engine.base.inert import printable
from ..engine.base.problem import UNREADABLE, Place, Problem, Unreadable
from ..engine.base.text import Text
from ..engine.base.unwritable import unwritable
from ..engine.base.whole_file import write_whole
from ..engine.documents import FORMS
from ..engine.forms.template import template
from ..engine.model.description import Enumeration
from ..engine.model.document_types import description
from .bilingual import argument, language, option, say
from .bilingual import command as bilingual_command
from .refusal import refuse
from .values import Choice, NewFile

_TEXTS = (".yaml", ".yml")
_KNOWN = ", ".join((*_TEXTS, *FORMS))
_KINDS = description().kinds or Enumeration("kind", Text("", ""), ())


@bilingual_command(
    Text(
        "Tạo TỆP kế hoạch mẫu để điền: Excel (.xlsx), Word (.docx) hoặc YAML có chú thích (.yaml).",
        "Make FILE, a plan to fill in: Excel (.xlsx), Word (.docx) or commented YAML (.yaml).",
    )
)
@argument("file", metavar="FILE", type=NewFile())
@option(
    "--kind",
    required=True,
    type=Choice({kind.name: kind.words for kind in _KINDS.members}),
    words=Text(f"{_KINDS.label.vi}.", f"{_KINDS.label.en.capitalize()}."),
)
def command(file: Path, kind: str) -> int:
    """Write the template; an existing file is never overwritten."""
    try:
        write_whole(file, _content(file, kind))
    except Unreadable as unreadable:
        return refuse(unreadable)
    except OSError as error:
        return refuse(Unreadable(unwritable(file, error)))
    said = Text(
        f"Đã tạo {file}. Thay mọi chỗ ghi <…>, rồi chạy: thamdinh lint {file}",
        f"Made {file}. Replace every <…>, then run: thamdinh lint {file}",
    )
    say(said)
    return 0


def _content(file: Path, kind: str) -> bytes:
    suffix = file.suffix.lower()
    if suffix in _TEXTS:
        return template(description(), kind, printable(file.name), language()).encode()
    if suffix in FORMS:
        from ..engine.forms.blank import blank  # slow to load

        return blank(description(), kind, suffix)
    raise Unreadable(_unknown_suffix(file))


def _unknown_suffix(file: Path) -> Problem:
    return Problem(
        UNREADABLE,
        Text(f"Không tạo được loại tệp “{file.suffix}”", f"Files of type “{file.suffix}” can't be made"),
        Text(f"Đặt tên tệp có đuôi {_KNOWN}", f"End the name in {_KNOWN}"),
        Place(str(file)),
    )
