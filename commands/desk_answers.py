"""`thamdinh desk answers`: what readers say of a pack at a desk, and what review books say, taken in."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..engine.base.as_json import json_text
from ..engine.base.problem import SCHEMA, Place, Problem, Unreadable
from ..engine.base.text import Text, counted
from ..engine.base.unwritable import writing
from ..engine.base.whole_file import write_whole
from ..engine.directive.packs import read
from ..engine.documents.source import load
from .bilingual import argument, language, option, say
from .bilingual import command as bilingual_command
from .desks import desk_options, opened_desk
from .features_review import RECORD, row
from .shared_options import directive_option
from .stores import text_table
from .values import NewFile

if TYPE_CHECKING:
    from ..desk.desk import Desk
    from ..desk.permissions import Actor
    from ..engine.directive.pack import Pack

_HEAD = {"vi": ("Loại", "Mục", "Tình trạng", "Ai", "Ý kiến"), "en": ("Kind", "Item", "State", "Who", "Comments")}


@bilingual_command(
    Text(
        "Liệt kê ý kiến về bộ quy tắc tại bàn thẩm định; nêu các sổ rà soát (.docx) thì nhận ý kiến ghi trong đó, do người rà soát --as "
        "chịu trách nhiệm nhận. Mã kết thúc: 0 mọi mục đều được đồng ý; 1 còn mục chưa; 2 không đọc được.",
        "List what is said of a pack at the desk; given review books (.docx), take in what they say, on the word of the reader --as. "
        "Exit status: 0 everything is agreed to; 1 some is not; 2 unreadable.",
    )
)
@argument("books", nargs=-1, metavar="[FILE.docx]...")
@option(
    "--as",
    "login",
    required=True,
    metavar="NAME",
    words=Text("Tên đăng nhập của người rà soát.", "The reader's login."),
)
@option("--record", "kept", type=NewFile(), metavar="FILE", words=RECORD)
@directive_option()
@desk_options()
def command(
    books: tuple[str, ...],
    login: str,
    kept: Path | None,
    directive: str,
    data: Path,
    database: str | None,
    key: Path | None,
) -> int:
    """Take in what the books say, then print everything that can be agreed to with its state."""
    from ..engine.assurance.scenarios.agreement import KINDS, STATES
    from ..engine.assurance.scenarios.book import review

    pack = read(directive)
    with opened_desk(data, database, key) as desk:
        desk.judged_by(desk.judge, directive)
        actor = _reader(desk, login)
        if books:
            _take_in(desk, actor, books, pack)
        found = desk.rules.signed(actor, pack.directive.id)
    rows = [(KINDS[item.kind][language()], *row(one, STATES[one.state][language()])) for item, one in found]
    click.echo(text_table(_HEAD[language()], rows), nl=False)
    agreed = sum(one.agreed for _, one in found)
    say(Text(f"{agreed}/{len(found)} mục được đồng ý", f"{agreed}/{counted(len(found), 'item')} agreed to"))
    if kept is not None:
        with writing(kept):
            write_whole(kept, json_text(dict(review.record(pack, [one for _, one in found], ()))).encode())
    return 0 if agreed == len(found) else 1


def _take_in(desk: "Desk", actor: "Actor", books: tuple[str, ...], pack: "Pack") -> None:
    from ..engine.assurance.scenarios.book import content, review
    from ..engine.assurance.scenarios.checking import own_features

    given = tuple(answer for file in books for answer in review.answers(Path(file).name, load(file)))
    book = content.book(pack, own_features(pack), datetime.now(), None)
    count = desk.rules.take_in(actor, pack.directive.id, review.agreed_to(book, given))
    standings = review.reviewed(book, given)
    void = sum(len(one.void) for one in standings) + len(review.gone(standings, given))
    left = Text(
        f"; {void} ý kiến không nhận, vì nội dung đã đổi", f"; {counted(void, 'answer')} left out, on what has changed"
    )
    say(
        Text(
            f"Đã nhận ý kiến về {count} mục từ {len(books)} sổ{left.vi if void else ''}",
            f"Took in what {counted(len(books), 'book')} say of {counted(count, 'item')}{left.en if void else ''}",
        )
    )


def _reader(desk: "Desk", login: str) -> "Actor":
    """The account on whose word answers are taken in. Raises Unreadable for one that there is not."""
    from ..desk.permissions import Actor

    account = desk.accounts.found(login)
    if account is not None and account.active:
        return Actor(account.id)
    message = Text(f"Không có tài khoản “{login}” đang dùng", f"There is no open account “{login}”")
    raise Unreadable(
        Problem(
            SCHEMA, message, Text("Xem các tài khoản: thamdinh desk users", "See thamdinh desk users"), Place("--as")
        )
    )
