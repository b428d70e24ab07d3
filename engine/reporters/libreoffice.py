"""LibreOffice, where it is installed: converts documents, in a profile of its own that is thrown away."""

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.text import Text

PROGRAMS: Final = ("soffice", "libreoffice")
BATCH: Final = 50
"""Documents converted by one start of LibreOffice."""
PATIENCE: Final = 120
"""Seconds that one start may take, and as many more for each ten documents."""


def convert_documents(contents: Sequence[bytes], suffix: str, wanted: str) -> Iterator[bytes]:
    """Each document, of the kind that `suffix` says, as one of the wanted kind (".pdf"), in order. Raises Unreadable."""
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise Unreadable(_absent())
    for first in range(0, len(contents), BATCH):
        yield from _batch(program, contents[first : first + BATCH], suffix, wanted)


def _batch(program: str, contents: Sequence[bytes], suffix: str, wanted: str) -> Iterator[bytes]:
    with TemporaryDirectory(prefix="thamdinh-") as name:
        folder = Path(name)
        sources = [folder / f"{number}{suffix}" for number in range(len(contents))]
        for source, content in zip(sources, contents, strict=True):
            source.write_bytes(content)
        command = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nolockcheck", "--convert-to", wanted.removeprefix("."), "--outdir"),
            name,
            *map(str, sources),
        ]
        patience = PATIENCE * (1 + len(contents) // 10)
        try:
            ended = subprocess.run(command, capture_output=True, timeout=patience, check=False)  # noqa: S603
            reason = ended.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        except subprocess.TimeoutExpired:
            raise Unreadable(_failed(f"> {patience} s")) from None
        except OSError as error:
            raise Unreadable(_failed(str(error))) from None
        for source in sources:
            made = source.with_suffix(wanted)
            if not os.path.isfile(made):
                raise Unreadable(_failed("; ".join(reason) or f"exit status {ended.returncode}"))
            yield made.read_bytes()


def _absent() -> Problem:
    return Problem(
        UNREADABLE,
        Text("Cần LibreOffice để tạo PDF, mà máy này chưa cài", "PDF needs LibreOffice, which is not installed here"),
        Text(
            "Cài LibreOffice; hoặc dùng --format docx rồi lưu thành PDF trong Word",
            "Install LibreOffice; or use --format docx and save that as PDF in Word",
        ),
        Place("soffice"),
    )


def _failed(reason: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text(f"LibreOffice không chuyển được tài liệu ({reason})", f"LibreOffice could not convert it ({reason})"),
        Text(
            "Đóng các cửa sổ LibreOffice rồi chạy lại; hoặc dùng --format docx và lưu thành PDF trong Word",
            "Close LibreOffice and run again; or use --format docx and save that as PDF in Word",
        ),
        Place("soffice"),
    )
