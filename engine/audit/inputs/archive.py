"""Zip archives as inputs: which members are plans, and what an archive may not do."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, pairwise
from typing import IO, BinaryIO, Final

from ...base.inert import printable
from ...base.limits import MOST_TOLD
from ...base.passed_over import Kind
from ...base.problem import UNREADABLE, Place, Problem, Unreadable
from ...base.text import Text, nfc
from ...documents.source import LARGEST_FILE, unreadable
from ...forms.package import BROKEN

MOST_MEMBERS: Final = 200_000
MOST_BYTES: Final = 16 * 2**30
"""How much all members together may hold once unpacked."""
MOST_TIMES: Final = 200
"""How many times larger a member may get by unpacking, once it is larger than a plan is likely to be."""
_LIKELY: Final = 1024 * 1024
_ENCRYPTED: Final = 0x1
_JUNK: Final = ("__MACOSX/",)
_MEMBER: Final = b"PK\x03\x04"
_END_OF_LIST: Final = b"PK\x05\x06"
_HEADER: Final = 30
"""Bytes before the name of a member, which a member has at least."""
_LENGTHS: Final = 26
"""Where among these it says how long its name is, and what else stands before its content."""
_LOOKED_AT: Final = 2**16


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file in an archive: its number in the list of members, its name as it is shown, and when it was changed."""

    number: int
    name: str
    changed: datetime | None
    problem: Problem | None = None
    kind: Kind | None = None
    """Why it is no input, where that is not to be seen by its name alone."""


def plan_members(path: str, archive: zipfile.ZipFile) -> Iterator[ArchiveMember]:
    """The members of an archive that may be plans, each that may not be read with its problem. Raises Unreadable.

    What an archive declares of its members is checked here; `content` holds it to that. What stands in it and in no list
    may be a plan that was taken off the list, or an archive of its own: that is raised after all members are given.
    """
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS or sum(info.file_size for info in infos) > MOST_BYTES:
        raise unreadable(
            path,
            Text(
                f"Tệp nén có hơn {MOST_MEMBERS} tệp hoặc giải nén ra hơn {MOST_BYTES >> 30} GB",
                f"The archive has more than {MOST_MEMBERS} files or unpacks to more than {MOST_BYTES >> 30} GB",
            ),
            Text("Chia thành nhiều tệp nén nhỏ hơn", "Split it into smaller archives"),
        )
    seen: set[str] = set()
    for number, info in enumerate(infos):
        if info.is_dir() and not info.file_size:
            continue
        name = printable(nfc(info.filename))
        if (kind := _left_out(info.filename)) is not None:
            yield ArchiveMember(number, name, None, kind=kind)
            continue
        if name in seen:
            name = f"#{number + 1}/{name}"
            yield ArchiveMember(number, name, None, _twice(path, name))
            continue
        seen.add(name)
        yield ArchiveMember(number, name, _changed(info), _refused(path, name, info))
    if problems := [*_unlisted(path, archive)]:
        raise Unreadable(*problems)


def _unlisted(path: str, archive: zipfile.ZipFile) -> Iterator[Problem]:
    """What stands in an archive and not in its list: before the members, between them, or behind the list."""
    infos = sorted(archive.infolist(), key=lambda info: info.header_offset)
    if min((info.header_offset for info in infos), default=archive.start_dir):
        yield _unread(
            path,
            Text(
                "Trước các tệp mà tệp nén này liệt kê còn có nội dung khác, chưa đọc (hai tệp nén ghép làm một?)",
                "Before the files that this archive lists stands something that was not read (two archives joined?)",
            ),
        )
    assert archive.fp is not None
    following = dict(pairwise(sorted({*(info.header_offset for info in infos), archive.start_dir})))
    pieces = (_behind(archive.fp, info, following.get(info.header_offset, 0)) for info in infos)
    for piece in islice(filter(None, (*pieces, _behind_list(archive.fp))), MOST_TOLD):
        name = _name_in(piece)
        yield _unread(
            f"{path}!{name}" if name else path,
            Text(
                "Trong tệp nén có nội dung không nằm trong danh sách tệp, nên chưa đọc (tệp đã bị bỏ khỏi danh sách?)",
                "The archive holds something that is not in its list of files, and was not read (taken off the list?)",
            ),
        )


def _unread(place: str, message: Text) -> Problem:
    fix = Text("Giải nén từng tệp nén rồi nén lại thành .zip", "Unpack each archive, and pack the files again")
    return Problem(UNREADABLE, message, fix, Place(place))


def _behind(file: IO[bytes], info: zipfile.ZipInfo, following: int) -> bytes:
    """What stands between a member and the next one, the list included: more than what belongs to the member, or nothing."""
    least = info.header_offset + _HEADER + len(info.orig_filename) + info.compress_size
    if following - least < _HEADER:  # as in nearly all: too short for another member
        return b""
    file.seek(info.header_offset + _LENGTHS)
    lengths = file.read(4)
    end = info.header_offset + _HEADER + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    end += info.compress_size
    if following - end < _HEADER:
        return b""
    file.seek(end)
    return file.read(min(following - end, _LOOKED_AT))


def _behind_list(file: IO[bytes]) -> bytes:
    """A member that stands behind the list, if there is one."""
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - _LOOKED_AT))
    last = file.read()
    at = last.find(_MEMBER, last.rfind(_END_OF_LIST))
    return last[at:] if at >= 0 else b""


def _name_in(piece: bytes) -> str:
    """The name of the first member in what stands between others; "" where there is none."""
    at = piece.find(_MEMBER)
    length = int.from_bytes(piece[at + _LENGTHS : at + _LENGTHS + 2], "little")
    name = piece[at + _HEADER : at + _HEADER + length] if at >= 0 else b""
    return printable(nfc(name.decode("utf-8", "replace")))


def _left_out(name: str) -> Kind | None:
    """Why a member is no input whatever it is called: it is hidden, or in a hidden folder."""
    hidden = any(part.startswith(".") and part.strip(".") for part in name.split("/"))
    return Kind.HIDDEN if hidden or name.startswith(_JUNK) else None


def member_content(path: str, name: str, archive: zipfile.ZipFile, number: int) -> bytes:
    """The content of a member. Raises Unreadable where it is damaged, or is not what it was declared to be."""
    with open_member(path, name, archive, number) as file:
        read = file.read(LARGEST_FILE + 1)
    if len(read) > LARGEST_FILE:
        raise Unreadable(_bomb(path, name))
    return read


@contextmanager
def open_member(path: str, name: str, archive: zipfile.ZipFile, number: int) -> Iterator[BinaryIO]:
    """A member, open for reading. Raises Unreadable, also from within, where it is damaged."""
    try:
        with archive.open(archive.infolist()[number]) as file:
            yield file  # type: ignore[misc]
    except BROKEN:
        raise damaged(f"{path}!{name}") from None


def damaged(name: str) -> Unreadable:
    """The problem of an archive, or of one member of it, that can't be unpacked."""
    return unreadable(
        name,
        Text("Tệp nén hỏng hoặc không đúng dạng zip", "The archive is damaged or is no zip archive"),
        Text("Nén lại thành .zip rồi gửi lại", "Pack it again as .zip"),
    )


def _changed(info: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*info.date_time)
    except ValueError:
        return None


def _refused(path: str, name: str, info: zipfile.ZipInfo) -> Problem | None:
    if info.is_dir():
        return Problem(
            UNREADABLE,
            Text(
                "Tên này là của một thư mục, mà lại có nội dung", "This is the name of a folder, and yet it has content"
            ),
            Text(
                "Nén lại; nếu là văn bản cần thẩm định thì bỏ “/” ở cuối tên",
                "Pack it again; if it is a document to check, without “/” at the end",
            ),
            Place(f"{path}!{name}"),
        )
    if info.flag_bits & _ENCRYPTED:
        return Problem(
            UNREADABLE,
            Text("Tệp trong tệp nén có mật khẩu", "The file in the archive has a password"),
            Text("Nén lại, không đặt mật khẩu", "Pack it again without a password"),
            Place(f"{path}!{name}"),
        )
    if info.file_size > _LIKELY and info.file_size > MOST_TIMES * max(1, info.compress_size):
        return _bomb(path, name)
    return None


def _bomb(path: str, name: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text(
            "Tệp trong tệp nén giải nén ra lớn bất thường (bom nén?)",
            "The file unpacks to an abnormal size (a zip bomb?)",
        ),
        Text("Kiểm tra nguồn gốc tệp nén; không mở tệp này", "Check where the archive comes from; don't open it"),
        Place(f"{path}!{name}"),
    )


def _twice(path: str, name: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Tệp nén có hai tệp cùng tên", "The archive has two files of one name"),
        Text("Đổi tên một trong hai rồi nén lại", "Rename one of the two and pack it again"),
        Place(f"{path}!{name}"),
    )
