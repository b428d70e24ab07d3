"""`thamdinh desk check-dossier`: an exported case, checked on any machine, without the desk."""

from pathlib import Path

import click

from ..engine.base.libraries import require
from ..engine.base.system import system_reason
from ..engine.base.text import Text, counted
from ..engine.documents.source import unreadable as unreadable_file
from .bilingual import argument, say
from .bilingual import command as bilingual_command


@bilingual_command(
    Text(
        "Kiểm tra hồ sơ (zip) do bàn thẩm định xuất ra: chữ ký, chuỗi sự kiện, và thẩm định lại từng bản bằng bộ quy tắc kèm theo. "
        "Mã kết thúc: 0 tất cả khớp, 1 có chỗ không khớp, 2 không đọc được.",
        "Check a dossier (zip) of a desk: its signature, the chain of its events, and each version, judged again by the pack in it. "
        "Status: 0 all fits, 1 something does not, 2 it can't be read.",
    )
)
@argument("file", type=click.Path(path_type=Path), metavar="FILE.zip")
def command(file: Path) -> int:
    """Check it, and say what it is and what does not fit."""
    for library in ("sqlalchemy", "cryptography"):
        require(library, "desk")
    from ..desk.dossier import LARGEST, check_dossier
    from ..desk.judging import judge
    from ..desk.vocabulary import STATES

    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST)
    except OSError as error:
        why = system_reason(error)
        raise unreadable_file(
            str(file),
            Text(f"Không đọc được tệp ({why.vi})", f"The file can't be read ({why.en})"),
            Text("Kiểm tra lại tên và quyền đọc", "Check its name and that you may read it"),
        ) from None
    found = check_dossier(str(file), content, judge)
    for fault in found.faults:
        say(fault, err=True)
    state = next((words for name, words in STATES.items() if name == found.state), Text(found.state, found.state))
    say(Text(f"Hồ sơ {found.case} “{found.title}”: {state.vi}", f"Case {found.case} “{found.title}”: {state.en}"))
    looked = Text(
        f"{found.versions} bản, {found.events} sự kiện",
        f"{counted(found.versions, 'version')}, {counted(found.events, 'event')}",
    )
    faults = len(found.faults)
    if faults:
        say(Text(f"{looked.vi}: {faults} chỗ KHÔNG khớp", f"{looked.en}: {faults} that do NOT fit"))
    else:
        say(Text(f"{looked.vi}: tất cả khớp", f"{looked.en}: all fits"))
    say(
        Text(
            f"Khóa đã ký: {found.fingerprint}. So với dấu vân tay khóa mà bàn thẩm định cho biết",
            f"Signed by the key {found.fingerprint}. Compare it with the fingerprint that the desk tells",
        )
    )
    return 1 if faults else 0
