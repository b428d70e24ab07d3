"""What the operating system says of a file, in both languages, and whose the files are that are made."""

import errno
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from .text import Text

NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
STOPS: Final = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
"""The signals that ask a program to end, besides Ctrl-C."""

_REASONS: Final = {
    errno.ENOENT: Text("không có tệp hoặc thư mục này", "no such file or folder"),
    errno.EACCES: Text("không có quyền", "permission denied"),
    errno.EPERM: Text("không được phép", "not permitted"),
    errno.EEXIST: Text("đã có rồi", "it exists already"),
    errno.EISDIR: Text("đây là thư mục", "it is a folder"),
    errno.ENOTDIR: Text("đây không phải là thư mục", "it is no folder"),
    errno.ENOSPC: Text("hết chỗ trống", "no space left"),
    errno.EDQUOT: Text("hết hạn mức đĩa", "the disk quota is used up"),
    errno.EFBIG: Text("tệp quá lớn", "the file is too large"),
    errno.EIO: Text("lỗi đọc, ghi của ổ đĩa", "the disk fails to read or write"),
    errno.ENAMETOOLONG: Text("tên quá dài", "the name is too long"),
    errno.ELOOP: Text("liên kết trỏ vòng lại chính nó", "the link leads back to itself"),
    errno.EROFS: Text("nơi này chỉ đọc được", "it can only be read"),
}
_LONGEST: Final = 300


def configuration_folder() -> Path:
    """The folder of this user's own keys; it need not exist. Raises RuntimeError where there is no home to look in."""
    home = os.environ.get("XDG_CONFIG_HOME") or Path("~", ".config").expanduser()
    return Path(home, "thamdinh")


def system_reason(error: Exception) -> Text:
    """Why the system refused; what is not known here is told in the error's own words."""
    words = " ".join((getattr(error, "strerror", None) or str(error)).split())[:_LONGEST]
    return _REASONS.get(_number(error), Text(words, words))


def has_no_room(error: Exception) -> bool:
    """Whether the disk is full, or as much of it as may be used."""
    return _number(error) in NO_ROOM


def _number(error: Exception) -> int:
    """The number of the system's refusal, 0 where there is none. Some libraries (DuckDB) pass on its words alone."""
    told = (number for number in _REASONS if os.strerror(number) in str(error))
    return getattr(error, "errno", None) or next(told, 0)


@contextmanager
def private() -> Iterator[None]:
    """Files and folders made meanwhile, by whatever library, are their owner's alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def check_memory(megabytes: int) -> None:
    """Raise MemoryError where this process may not take so much more (ulimit -v): some libraries end one that can't."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    if limit == resource.RLIM_INFINITY:
        return
    with suppress(OSError), open("/proc/self/statm", encoding="ascii") as file:
        if limit - int(file.read().split()[0]) * resource.getpagesize() < megabytes << 20:
            raise MemoryError
