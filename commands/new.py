"""`thamdinh new`: a plan to fill in, as YAML, as a workbook or as a document."""

from pathlib import Path

from ..engine.base.inert import printable
from ..engine.base.problem import REFERENCE, UNREADABLE, Place, Problem, Unreadable
from ..engine.base.suggest import one_of
from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from ..engine.base.whole_file import write_whole
from ..engine.directive.packs import ruleset
from ..engine.documents import FORMS
from ..engine.forms.template import template
from ..engine.model.description import Description
from ..engine.model.document_types import DEFAULT, description
from .bilingual import argument, language, option, say
from .bilingual import command as bilingual_command
from .values import KindWord, NewFile, kind_named

_TEXTS = (".yaml", ".yml")
_KNOWN = ", ".join((*_TEXTS, *FORMS))


@bilingual_command(
    Text(
        "Tạo TỆP văn bản mẫu để điền: Excel (.xlsx), Word (.docx) hoặc YAML có chú thích (.yaml).",
        "Make FILE, a document to fill in: Excel (.xlsx), Word (.docx) or commented YAML (.yaml).",
    )
)
@argument("file", metavar="FILE", type=NewFile())
@option(
    "--kind",
    type=KindWord(),
    words=Text(
        "Loại hình, bằng từ của bộ quy tắc (bắt buộc nếu tài liệu có loại hình).",
        "Kind of organisation, in the words of the pack (required where documents have kinds).",
    ),
)
@option(
    "--document",
    metavar="TYPE",
    words=Text(
        "Loại tài liệu (thamdinh documents list) hoặc thư mục mô tả; mặc định: loại của văn bản không ghi document.",
        "Type of document (thamdinh documents list) or folder of one; default: that of documents which say no type.",
    ),
)
@option(
    "--directive",
    metavar="DIRECTIVE",
    words=Text(
        "Bộ quy tắc mà tài liệu theo, khi bộ đó có loại tài liệu hoặc từ ngữ riêng.",
        "The pack that the document follows, where it has a type or words of its own.",
    ),
)
def command(file: Path, kind: str | None, document: str | None, directive: str | None) -> int:
    """Write the template; an existing file is never overwritten."""
    with writing(file):
        pack = None if directive is None else ruleset(directive)
        known = description(document or DEFAULT) if pack is None else pack.known
        term = pack.applies.term if pack is not None and pack.applies is not None else None
        write_whole(file, _content(file, known, _kind(kind, known), term))
    said = Text(
        f"Đã tạo {file}. Thay mọi chỗ ghi <…>, rồi chạy: thamdinh lint {file}",
        f"Made {file}. Replace every <…>, then run: thamdinh lint {file}",
    )
    say(said)
    return 0


def _kind(written: str | None, known: Description) -> str | None:
    """The kind that was asked for; None where documents have none. Raises Unreadable."""
    if known.kinds is None:
        return None
    if written is not None:
        return kind_named(written, known)
    words = one_of(kind.words[language()] for kind in known.kinds.members)
    raise Unreadable(Problem(REFERENCE, Text("Thiếu --kind", "--kind is missing"), words, Place("--kind")))


def _content(file: Path, known: Description, kind: str | None, term: str | None) -> bytes:
    suffix = file.suffix.lower()
    if suffix in (*_TEXTS, *FORMS) and known.blank is None:
        raise Unreadable(_no_blank(known))
    if suffix in _TEXTS:
        return template(known, kind, printable(file.name), language(), term).encode()
    if suffix in FORMS:
        from ..engine.forms.blank import blank  # slow to load

        return blank(known, kind, suffix, term)
    raise Unreadable(_unknown_suffix(file))


def _no_blank(known: Description) -> Problem:
    return Problem(
        UNREADABLE,
        Text(f"Loại tài liệu “{known.id}” chưa có mẫu trống", f"The type of document “{known.id}” has no blank one"),
        Text("Thêm phần blank vào mô tả của loại đó", "Add blank to its description"),
        Place("--document"),
    )


def _unknown_suffix(file: Path) -> Problem:
    return Problem(
        UNREADABLE,
        Text(f"Không tạo được loại tệp “{file.suffix}”", f"Files of type “{file.suffix}” can't be made"),
        Text(f"Đặt tên tệp có đuôi {_KNOWN}", f"End the name in {_KNOWN}"),
        Place(str(file)),
    )
