"""`thamdinh features review`: what came back in review books, clause by clause."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..engine.base.as_json import written
from ..engine.base.limits import Limits
from ..engine.base.problem import Unreadable
from ..engine.base.text import Text, counted
from ..engine.base.unwritable import unwritable
from ..engine.base.whole_file import write_whole
from ..engine.directive.packs import read
from ..engine.documents import read_file
from ..engine.documents.source import load
from .bilingual import argument, language, option, say
from .bilingual import command as bilingual_command
from .refusal import refuse
from .shared_options import directive_option
from .stores import table
from .values import NewFile

if TYPE_CHECKING:
    from ..engine.assurance.scenarios.book.review import Reviewed

_HEAD: Final = {"vi": ("Điều", "Tình trạng", "Ai", "Ý kiến"), "en": ("Clause", "State", "Who", "Comments")}


@bilingual_command(
    Text(
        "Đọc ý kiến ghi trong các sổ rà soát (.docx) gửi về: ai đồng ý điều nào, điều nào còn để trống, ý kiến nào hết hiệu lực vì điều "
        "khoản đã đổi. Mã kết thúc: 0 mọi điều đều được đồng ý; 1 còn điều chưa; 2 không đọc được.",
        "Read what was written in review books (.docx): who agrees to which clause, which are open, and which answers are void since the "
        "clause has changed. Exit status: 0 every clause is agreed to; 1 some are not; 2 unreadable.",
    )
)
@argument("books", nargs=-1, required=True, metavar="FILE.docx")
@option(
    "--record",
    "kept",
    type=NewFile(),
    metavar="FILE",
    words=Text("Ghi cả kết quả thành tệp JSON để lưu.", "Also write the record, as JSON."),
)
@directive_option(limited=True)
def command(books: tuple[str, ...], kept: Path | None, directive: str, limits: Limits) -> int:
    """Print each clause with its state."""
    from ..engine.assurance.scenarios.book import content, review
    from ..engine.assurance.scenarios.checking import check_features
    from ..features.steps.plans import BASE

    try:
        given = tuple(answer for file in books for answer in review.answers(file, load(file)))
        pack = read(directive)
    except Unreadable as unreadable:
        return refuse(unreadable)
    book = content.book(pack, check_features((), pack, limits=limits), datetime.now(), read_file(BASE).data)
    found = review.reviewed(book, given)
    known = {one.clause for one in found}
    gone = tuple(answer for answer in given if answer.clause not in known)
    click.echo(table(_HEAD[language()], [_row(one, review.STATES[one.state][language()]) for one in found]), nl=False)
    agreed = sum(one.state == "agreed" for one in found)
    left = Text(f"; {len(gone)} ý kiến về điều không còn", f"; {counted(len(gone), 'answer')} on clauses that are gone")
    about = f"{book.directive} {book.version} ({book.pack}): {agreed}/{len(found)}"
    say(
        Text(
            f"{about} điều được đồng ý{left.vi if gone else ''}", f"{about} clauses agreed to{left.en if gone else ''}"
        )
    )
    if kept is not None:
        try:
            write_whole(kept, written(dict(review.record(book, found, gone))).encode())
        except OSError as error:
            return refuse(Unreadable(unwritable(kept, error)))
    return 0 if agreed == len(found) else 1


def _row(one: "Reviewed", state: str) -> tuple[str, str, str, str]:
    said = one.answers or one.void
    people = dict.fromkeys(", ".join(filter(None, (answer.who, answer.when))) for answer in said)
    comments = (answer.comment for answer in said)
    return one.clause, state, "; ".join(filter(None, people)), "; ".join(filter(None, comments))
