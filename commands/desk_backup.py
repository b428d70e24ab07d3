"""`thamdinh desk backup`: all that a desk keeps in one file."""

from pathlib import Path

from ..engine.base.text import Text
from ..engine.base.unwritable import writing
from .bilingual import argument, say
from .bilingual import command as bilingual_command
from .desks import desk_options, opened_desk
from .values import NewFile


@bilingual_command(
    Text(
        "Ghi mọi dữ liệu vào TỆP mới, cả khi bàn thẩm định đang chạy. Các tệp trong đó vẫn mã hóa; khóa không nằm trong đó.",
        "Write all data to a new FILE, also while the desk runs. The files in it stay encrypted; the key is not in it.",
    )
)
@argument("file", type=NewFile(), metavar="FILE")
@desk_options()
def command(file: Path, data: Path, database: str | None, key: Path | None) -> int:
    """Write it; an existing file is never overwritten."""
    with writing(file), opened_desk(data, database, key) as desk:
        from ..desk.keeping import backup

        backup(desk.store, file)
        where = desk.store.vault.key
    say(
        Text(
            f"Đã sao lưu vào {file}. Khóa {where} không nằm trong đó: cất riêng một bản",
            f"Backed up to {file}. The key {where} is not in it: keep a copy of it apart",
        )
    )
    return 0
