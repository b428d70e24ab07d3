"""What the operating system says of a file, in both languages, and whose the files are that are made."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from .text import Text

FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Where an output takes no more."""

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


def reason(error: OSError) -> Text:
    """Why the system refused; what is not known here is told in the system's own words."""
    words = error.strerror or str(error)
    return _REASONS.get(error.errno or 0, Text(words, words))


@contextmanager
def private() -> Iterator[None]:
    """Files and folders made meanwhile, by whatever library, are their owner's alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
