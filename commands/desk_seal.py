"""`thamdinh desk seal`: words that an earlier version kept in the clear are encrypted."""

from pathlib import Path

from ..engine.base.text import Text, counted
from ..engine.base.unwritable import writing
from .bilingual import argument, say
from .bilingual import command as bilingual_command
from .desks import desk_options, opened_desk
from .values import NewFile


@bilingual_command(
    Text(
        "Mã hóa những nội dung, họ tên mà bản trước của chương trình ghi chưa mã hóa, cả khi bàn thẩm định đang chạy; trước đó sao lưu vào "
        "TỆP mới, trong đó chúng còn đọc được: khi mọi thứ đã khớp (desk verify) thì xóa tệp ấy.",
        "Encrypt the words and names that an earlier version kept in the clear, also while the desk runs. All is backed up to a new FILE "
        "first, in which they can still be read: when everything fits (desk verify), delete it.",
    )
)
@argument("file", type=NewFile(), metavar="FILE")
@desk_options()
def command(file: Path, data: Path, database: str | None, key: Path | None) -> int:
    """Back up, then seal; nothing is sealed where the backup can't be written."""
    with writing(file), opened_desk(data, database, key) as desk:
        from ..desk.keeping import backup
        from ..desk.sealing import seal

        backup(desk.store, file)
        count = seal(desk.store)
    say(
        Text(
            f"Đã mã hóa {count} dòng; bản sao lưu trước đó: {file}",
            f"Encrypted {counted(count, 'row')}; the backup made before: {file}",
        )
    )
    return 0
