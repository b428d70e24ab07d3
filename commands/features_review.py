"""`thamdinh features review`: what came back in review books, clause by clause."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from ..engine.base.as_json import json_text
from ..engine.base.text import Text, counted
from ..engine.base.unwritable import writing
from ..engine.base.whole_file import write_whole
from ..engine.directive.packs import read
from ..engine.documents.source import load
from .bilingual import argument, language, option, say
from .bilingual import command as bilingual_command
from .shared_options import directive_option
from .stores import text_table
from .values import NewFile

if TYPE_CHECKING:
    from ..engine.assurance.scenarios.agreement import Standing

_HEAD: Final = {"vi": ("Mục", "Tình trạng", "Ai", "Ý kiến"), "en": ("Item", "State", "Who", "Comments")}


RECORD: Final = Text("Ghi cả kết quả thành tệp JSON để lưu.", "Also write the record, as JSON.")


@bilingual_command(
    Text(
        "Đọc ý kiến ghi trong các sổ rà soát (.docx) gửi về: ai đồng ý điều, tình huống nào, điều nào còn để trống, ý kiến nào hết hiệu "
        "lực vì nội dung đã đổi. Mã kết thúc: 0 mọi điều đều được đồng ý; 1 còn điều chưa; 2 không đọc được.",
        "Read what was written in review books (.docx): who agrees to which clause or scenario, which are open, and which answers are void "
        "since what they were on has changed. Exit status: 0 every clause is agreed to; 1 some are not; 2 unreadable.",
    )
)
@argument("books", nargs=-1, required=True, metavar="FILE.docx")
@option(
    "--record",
    "kept",
    type=NewFile(),
    metavar="FILE",
    words=RECORD,
)
@directive_option()
def command(books: tuple[str, ...], kept: Path | None, directive: str) -> int:
    """Print each clause with its state."""
    from ..engine.assurance.scenarios.agreement import STATES
    from ..engine.assurance.scenarios.book import content, review
    from ..engine.assurance.scenarios.checking import own_features

    given = tuple(answer for file in books for answer in review.answers(file, load(file)))
    pack = read(directive)
    book = content.book(pack, own_features(pack), datetime.now(), None)
    found = review.reviewed(book, given)
    gone = review.gone(found, given)
    click.echo(text_table(_HEAD[language()], [row(one, STATES[one.state][language()]) for one in found]), nl=False)
    agreed = sum(one.state == "agreed" for one in found)
    left = Text(f"; {len(gone)} ý kiến về mục không còn", f"; {counted(len(gone), 'answer')} on what is gone")
    about = f"{book.directive} {book.version} ({book.pack}): {agreed}/{len(found)}"
    say(Text(f"{about} mục được đồng ý{left.vi if gone else ''}", f"{about} items agreed to{left.en if gone else ''}"))
    if kept is not None:
        with writing(kept):
            write_whole(kept, json_text(dict(review.record(pack, found, gone))).encode())
    return 0 if agreed == len(found) else 1


def row(one: "Standing", state: str) -> tuple[str, str, str, str]:
    """What a table of answers says of one thing: which it is, its state, who answered, and their comments."""
    said = one.answers or one.void
    people = dict.fromkeys(", ".join(filter(None, (answer.who, answer.when))) for answer in said)
    comments = (answer.comment for answer in said)
    return one.about, state, "; ".join(filter(None, people)), "; ".join(filter(None, comments))
