"""`thamdinh desk verify`: whether everything is as it was decided."""

from pathlib import Path
from typing import Final

from ..engine.base.text import Text, counted
from .bilingual import command as bilingual_command
from .bilingual import option, say
from .desks import desk_options, opened_desk

_MOST: Final = 50


@bilingual_command(
    Text(
        "Kiểm tra chuỗi sự kiện, mọi bảng, mọi tệp, và thẩm định lại từng bản đã nộp bằng đúng bộ quy tắc khi đó. Mã kết thúc: 0 mọi thứ "
        "khớp, 1 có chỗ không khớp, 2 không mở được.",
        "Check the chain of events, every table and every file, and judge each version again by the pack of that time. Status: 0 all "
        "fits, 1 something does not, 2 it can't be opened.",
    )
)
@option(
    "--without-verdicts",
    is_flag=True,
    words=Text("Không thẩm định lại (nhanh hơn nhiều).", "Don't judge again (much faster)."),
)
@desk_options()
def command(without_verdicts: bool, data: Path, database: str | None, key: Path | None) -> int:
    """Verify, and name what does not fit, the first event first."""
    with opened_desk(data, database, key) as desk:
        found, fingerprint = desk.verify(verdicts=not without_verdicts), desk.fingerprint
    for fault in found.faults[:_MOST]:
        where = Text("", "") if fault.event is None else Text(f"Sự kiện {fault.event}: ", f"Event {fault.event}: ")
        say(Text(where.vi + fault.message.vi, where.en + fault.message.en), err=True)
    if (more := len(found.faults) - _MOST) > 0:
        say(Text(f"… và {more} chỗ nữa", f"… and {more} more"), err=True)
    looked = Text(
        f"{found.events} sự kiện, {found.rows} dòng, {found.files} tệp, {found.verdicts} kết luận",
        f"{counted(found.events, 'event')}, {counted(found.rows, 'row')}, {counted(found.files, 'file')}, "
        f"{counted(found.verdicts, 'verdict')}",
    )
    if found.unsealed:
        say(
            Text(
                f"{found.unsealed} dòng do bản trước ghi chưa mã hóa; mã hóa bằng: thamdinh desk seal TỆP_SAO_LƯU",
                f"{counted(found.unsealed, 'row')} of an earlier version in the clear; to encrypt: thamdinh desk seal BACKUP",
            ),
            err=True,
        )
    faults = len(found.faults)
    if faults:
        say(Text(f"{looked.vi}: {faults} chỗ không khớp", f"{looked.en}: {faults} that do not fit"))
        return 1
    say(Text(f"{looked.vi}: tất cả khớp. Khóa {fingerprint}", f"{looked.en}: all fits. Key {fingerprint}"))
    return 0
