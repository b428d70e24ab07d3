"""`thamdinh desk restore`: a desk from its backup."""

from pathlib import Path

import click

from ..engine.base.problem import Unreadable
from ..engine.base.text import Text
from ..engine.base.unwritable import unwritable
from .bilingual import argument, say
from .bilingual import command as bilingual_command
from .desks import desk_options, opened_desk


@bilingual_command(
    Text(
        "Lập lại bàn thẩm định từ bản sao lưu TỆP, vào thư mục mới (và cơ sở dữ liệu trống); chép khóa về chỗ của nó trước.",
        "Set up a desk from its backup FILE, in a new folder (and an empty database); put its key in its place first.",
    )
)
@argument("file", type=click.Path(path_type=Path), metavar="FILE")
@desk_options()
def command(file: Path, data: Path, database: str | None, key: Path | None) -> int:
    """Restore, and check what was restored."""
    try:
        from ..desk.keeping import restore
        from ..desk.verification import Verified

        restore(file, data, database, key)
        with opened_desk(data, database, key) as desk:
            found: Verified = desk.verify(verdicts=False)
    except OSError as error:
        raise Unreadable(unwritable(data if isinstance(error, FileExistsError) else file, error)) from None
    if found.faults:
        say(
            Text(
                f"Đã khôi phục vào {data}, nhưng có {len(found.faults)} chỗ không khớp; xem: thamdinh desk verify --data {data}",
                f"Restored to {data}, but {len(found.faults)} things do not fit; see: thamdinh desk verify --data {data}",
            ),
            err=True,
        )
        return 1
    say(Text(f"Đã khôi phục vào {data}: {found.events} sự kiện, tất cả khớp", f"Restored to {data}: all fits"))
    return 0
