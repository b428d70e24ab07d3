"""What was sent, as inputs: held in memory alone, within limits, and called by the names that the files had."""

import base64
import binascii
from collections.abc import AsyncGenerator, Iterator
from contextlib import contextmanager
from typing import Final

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from ...engine.base.inert import printable
from ...engine.base.text import Text
from ...engine.documents.discover import InputFile
from .refusal import Refusal

MOST_FILES: Final = 20
LARGEST_REQUEST: Final = 64 * 1024 * 1024
"""Bytes of all that is sent at once. A file of more than 32 MB is refused by itself, in the words of the lint."""
MOST_HELD: Final = 512 * 1024 * 1024
"""Bytes of all requests together; one more has to wait."""
_MOST_DRAINED: Final = 4 * LARGEST_REQUEST
"""Bytes that are read of a request that is too large, so that its sender hears the answer."""
_MOST_FIELDS: Final = 200
_LARGEST_FIELD: Final = 5 * 1024 * 1024
"""Bytes of a field; a page carries an upload of 3 MB in one."""

_TOO_LARGE: Final = Text(
    f"Tất cả các tệp gửi một lần được nhiều nhất {LARGEST_REQUEST >> 20} MB. Gửi ít tệp hơn mỗi lần.",
    f"All files sent at once may have {LARGEST_REQUEST >> 20} MB. Send fewer at a time.",
)
_TOO_MANY: Final = Text(
    f"Mỗi lần gửi nhiều nhất {MOST_FILES} tệp. Chia ra gửi nhiều lần; hàng nghìn văn bản thì dùng lệnh thamdinh audit.",
    f"At most {MOST_FILES} files can be sent at once. Send them in several goes; for thousands use thamdinh audit.",
)
_NO_FILE: Final = Text("Chưa chọn tệp nào. Chọn ít nhất một tệp.", "No file was chosen. Choose at least one.")
_ONE_FILE: Final = Text(
    "Mỗi hồ sơ, mỗi bản nộp một tệp; chưa tệp nào được nhận. Chọn đúng một tệp.",
    "A case or version is one file; none was taken. Choose a single file.",
)
_NO_FORM: Final = Text(
    "Nội dung gửi lên không phải biểu mẫu có tệp (multipart/form-data), hoặc bị đứt giữa chừng. Gửi lại.",
    "What was sent is no form with files (multipart/form-data), or was cut off. Send it again.",
)
_FULL: Final = Text(
    "Máy chủ đang nhận quá nhiều tệp lớn. Chờ một phút rồi gửi lại.",
    "The server is taking too many large files. Wait a minute and send it again.",
)


class Room:
    """How many bytes of requests are held in memory."""

    def __init__(self, most: int = MOST_HELD) -> None:
        self._left = most

    @contextmanager
    def for_request(self, request: Request) -> Iterator[None]:
        """Keep room for a request as long as it is worked on. Raises Refusal where there is none."""
        declared = request.headers.get("content-length", "")
        size = min(int(declared), LARGEST_REQUEST) if declared.isdigit() else LARGEST_REQUEST
        if size > self._left:
            raise Refusal(503, _FULL, again=60)
        self._left -= size
        try:
            yield
        finally:
            self._left += size


class _InMemory(MultiPartParser):
    spool_max_size = 2 * LARGEST_REQUEST


async def content(request: Request) -> bytes:
    """The body of a request. Raises Refusal where it is too large."""
    return b"".join([piece async for piece in _pieces(request)])


async def form(request: Request) -> FormData:
    """The form that was sent, its files in memory. Raises Refusal where there is none, or too much of it."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refusal(415, _NO_FORM)
    parser = _InMemory(
        request.headers, _pieces(request), max_files=MOST_FILES, max_fields=_MOST_FIELDS, max_part_size=_LARGEST_FIELD
    )
    try:
        sent = await parser.parse()
    except MultiPartException as error:
        raise Refusal(400, _TOO_MANY if "Too many files" in error.message else _NO_FORM) from None
    if any("\0" in text for name, value in sent.multi_items() for text in (name, value) if isinstance(text, str)):
        raise Refusal(400, _NO_FORM)  # No database takes it.
    return sent


async def files_in(sent: FormData) -> tuple[InputFile, ...]:
    """The files of a form, in order: those chosen, or the one that a verdict page carried along. Raises Refusal."""
    chosen = [item for item in sent.getlist("file") if isinstance(item, UploadFile)]
    found = [named(item.filename, await item.read()) for item in chosen if item.filename]
    carried, name = sent.get("content"), sent.get("name")
    if not found and isinstance(carried, str) and isinstance(name, str):
        try:
            found.append(named(name, base64.b64decode(carried, validate=True)))
        except (binascii.Error, ValueError):
            raise Refusal(400, _NO_FORM) from None
    if not found:
        raise Refusal(400, _NO_FILE)
    return tuple(found)


def files_alone(sent: FormData) -> FormData:
    """A form that holds files and nothing else: a program would not learn that what it sent beside them was passed over.

    Raises Refusal.
    """
    others = {name for name, item in sent.multi_items() if name != "file" or isinstance(item, str)}
    if others:
        named = printable(", ".join(sorted(others)))[:200]
        raise Refusal(
            400,
            Text(
                f"Biểu mẫu chỉ nhận tệp ở trường “file”; không nhận: {named}. Nội dung khác ghi trong địa chỉ (query).",
                f"The form takes files in “file” alone, not: {named}. All else goes into the query.",
            ),
        )
    return sent


async def file_in(sent: FormData) -> InputFile:
    """The one file of a form: of several none is passed over in silence. Raises Refusal."""
    found = await files_in(sent)
    if len(found) > 1:
        raise Refusal(400, _ONE_FILE)
    return found[0]


def named(name: str, content: bytes) -> InputFile:
    """An input with the name of a file, without the folders that some browsers send."""
    last = name.replace("\\", "/").rpartition("/")[2].replace("\0", "")
    return InputFile(last or "?", content=content)


async def _pieces(request: Request) -> AsyncGenerator[bytes, None]:
    taken = 0
    async for piece in request.stream():
        taken += len(piece)
        if taken <= LARGEST_REQUEST:
            yield piece
        elif taken > _MOST_DRAINED:
            break
    if taken > LARGEST_REQUEST:
        raise Refusal(413, _TOO_LARGE)
