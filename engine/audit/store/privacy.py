"""Party cards in audits: kept only as keyed hashes, by which the same person is found again in other plans.

The key lies outside the store, in a file that only its owner can read. Who has a store without the key can neither read
a card number nor try out all of them.
"""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from ...base.problem import UNREADABLE, Place, Problem, Unreadable
from ...base.system import configuration_folder, system_reason
from ...base.text import Text
from ...base.whole_file import write_whole

VARIABLE: Final = "THAMDINH_AUDIT_KEY_FILE"
_KEY_BYTES: Final = 32
_OF_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO
_LONGEST_FILE: Final = 4096


def key_file() -> Path:
    """Where the key lies: as THAMDINH_AUDIT_KEY_FILE says, else in the user's configuration folder."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    return configuration_folder() / "audit.key"


def audit_key() -> bytes:
    """The key for party cards, made at random when there is none yet. Raises Unreadable when it can't be trusted."""
    path = Path(VARIABLE)
    try:
        path = key_file()
        if not os.path.exists(path):
            _make(path)
        return _read(path)
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no home to look in
        raise _refused(
            path,
            Text(
                f"Không đọc hoặc không tạo được tệp khóa ({system_reason(error).vi})",
                f"The key file can't be read or made ({system_reason(error).en})",
            ),
            Text(
                f"Kiểm tra quyền của tệp và thư mục, hoặc đặt {VARIABLE} là một tệp khác",
                f"Check the permissions of file and folder, or set {VARIABLE} to another file",
            ),
        ) from None


def _make(path: Path) -> None:
    """Write a new key; when another process does so at the same moment, one key remains."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(FileExistsError):
        write_whole(path, f"{secrets.token_hex(_KEY_BYTES)}\n".encode(), private=True)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        status = os.fstat(file.fileno())
        if hasattr(os, "geteuid") and (status.st_uid != os.geteuid() or status.st_mode & _OF_OTHERS):
            raise _refused(
                path,
                Text("Tệp khóa không phải của riêng người dùng này", "The key file is not this user's alone"),
                Text(
                    f"Chỉ để chủ tệp đọc được: chmod 600 {path}",
                    f"Let only its owner read it: chmod 600 {path}",
                ),
            )
        content = file.read(_LONGEST_FILE)
    try:
        key = bytes.fromhex(content.decode("ascii"))
    except ValueError:
        key = b""
    if len(key) < _KEY_BYTES:
        raise _refused(
            path,
            Text("Nội dung tệp khóa không phải là khóa", "The key file holds no key"),
            Text(
                f"Lấy lại bản sao của khóa ({_KEY_BYTES * 2} chữ số thập lục phân); nếu không còn, xóa tệp này để tạo "
                "khóa mới (mã băm thẻ trong kho cũ sẽ không khớp nữa)",
                f"Restore the key ({_KEY_BYTES * 2} hexadecimal digits); or delete the file to have a new one made "
                "(hashes of cards made before will no longer match)",
            ),
        )
    return key


def _refused(path: Path, message: Text, fix: Text) -> Unreadable:
    return Unreadable(Problem(UNREADABLE, message, fix, Place(str(path))))
