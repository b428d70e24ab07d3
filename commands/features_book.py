"""`thamdinh features book`: the review book, as a page and as a document."""

from datetime import datetime
from pathlib import Path

import click

from ..engine.base.limits import Limits
from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from ..engine.directive.packs import read
from ..engine.documents.results import may_be_replaced
from ..engine.lint.outputs import check_files
from .bilingual import command as bilingual_command
from .bilingual import language, option, say
from .shared_options import directive_option

PAGE = "index.html"
DOCUMENT = "so-ra-soat.docx"


@bilingual_command(
    Text(
        "Tạo sổ rà soát: chỉ đạo từng điều một, cách hiểu, quy tắc, tình huống với kết quả kiểm tra gần nhất, chỗ ghi ý kiến và ký. "
        "Gồm một trang web (index.html) mở không cần mạng và một văn bản Word (so-ra-soat.docx) để gửi đi.",
        "Make the review book: the directive clause by clause, readings, rules, scenarios with their last result, "
        "room for comments and signatures. A web page (index.html) that needs no network, and a Word document.",
    )
)
@option(
    "--output",
    "-o",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    words=Text("Thư mục ghi sổ; tạo mới nếu chưa có.", "The folder to write to; made if it is not there."),
)
@directive_option(limited=True)
def command(folder: Path, directive: str, limits: Limits) -> int:
    """Run the scenarios of the pack and write the book; status as of `features check`."""
    from ..engine.assurance.scenarios.appraisers import type_judged_by
    from ..engine.assurance.scenarios.book import content, document, page
    from ..engine.assurance.scenarios.checking import check_features, exit_status
    from ..engine.base.whole_file import write_whole
    from ..features.steps.plans import begun_with

    files = [folder / PAGE, folder / DOCUMENT]
    check_files(files, ())
    pack = read(directive)
    with writing(folder):  # which is known before all scenarios are played
        folder.mkdir(parents=True, exist_ok=True)
    checked = check_features((), pack, limits=limits)
    book = content.book(pack, checked, datetime.now(), begun_with(type_judged_by(pack.ruleset, pack.folder)))
    with writing(folder):
        for file, form in zip(files, (page, document), strict=True):
            write_whole(file, form.render(book, language()), may_be_replaced)
    said = Text(
        f"Đã tạo {folder / PAGE} và {folder / DOCUMENT}: {len(book.clauses)} điều khoản, {book.scenarios} tình huống, {book.passed} đúng",
        f"Made {folder / PAGE} and {folder / DOCUMENT}: {len(book.clauses)} clauses, {book.scenarios} scenarios, {book.passed} hold",
    )
    say(said)
    return exit_status(checked)
