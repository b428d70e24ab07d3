"""From what the user named (files, folders, "-") to the inputs to read."""

import os
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import Final

from ..base.input_names import STDIN, shown_name
from ..base.passed_over import Kind, Tell, untold
from ..base.problem import UNREADABLE, Place, Problem, Unreadable
from ..base.record import Record
from ..base.text import Text
from . import CONVERTIBLE, FOREIGN, MANY, READERS, is_read, known_suffix, read
from .claims import Claimed, is_claim, unclaimed
from .document import Document
from .results import holds_plan, is_result
from .source import load, not_too_large

_READ: Final = (*READERS, *CONVERTIBLE)

BESIDE: Final = ".breaches.jsonl"
"""How the name ends of what `thamdinh generate` writes beside plans."""

_HIDDEN: Final = "."
_TEMPORARY: Final = "~$"
"""How the names begin of what Word and Excel keep beside a file that is open."""
NEVER: Final = (_HIDDEN, _TEMPORARY)
"""How names begin that are left out."""


class InputFile(Record):
    """One input: a file, standard input ("-"), or a folder that gave none, with the problem to report.

    `shown` is what outputs call it, where they may not name it; `content` what it holds, where that came without a file.
    """

    path: str
    problem: Problem | None = None
    shown: str | None = None
    content: bytes | None = None

    @property
    def name(self) -> str:
        """The name of the input in messages."""
        return self.shown or shown_name(self.path)

    def renamed(self, shown: str) -> "InputFile":
        """The input with another name in outputs; the kind of file it is stays in the name."""
        return self if self.path == STDIN else replace(self, shown=shown + known_suffix(self.path))

    def read(self) -> Document:
        """The document. Raises Unreadable."""
        try:
            if self.problem is not None:
                raise Unreadable(self.problem)
            content = load(self.path) if self.content is None else not_too_large(self.path, self.content)
        except Unreadable as unreadable:
            raise Unreadable(*(_moved(problem, self.name) for problem in unreadable.problems)) from None
        return read(self.shown or self.path, content)


def _moved(problem: Problem, file: str) -> Problem:
    return replace(problem, place=replace(problem.place, file=file))


def exclude_nothing(_path: str) -> bool:
    """No file is excluded."""
    return False


def discover(
    names: Iterable[str],
    tell: Tell = untold,
    claimed: Claimed = unclaimed,
    excluded: Callable[[str], bool] = exclude_nothing,
) -> list[InputFile]:
    """The inputs in the order named; those of a folder in natural order. What is named twice is read once.

    `tell` is told of all else in folders that is no input, `claimed` of what would change how plans are judged; `excluded`
    says which files in folders are not to be read. What is named itself is read.
    """
    sources: dict[Path, InputFile] = {}
    for name in names:
        # Unlike Path.is_dir, this is False where the folder around it may not be seen; reading then says so.
        is_folder = name != STDIN and os.path.isdir(name)
        for source in _folder(name, tell, claimed, excluded) if is_folder else [InputFile(name)]:
            sources.setdefault(Path(source.path).absolute(), source)
    return list(sources.values())


def folders_of(names: Iterable[str]) -> list[Path]:
    """The folders in which the inputs named lie, or which they are."""
    paths = [Path(name) for name in names if name != STDIN]
    return [path if os.path.isdir(path) else path.parent for path in paths]


def left_out(name: str, read: Container[str]) -> Kind | None:
    """Why a file that was not named itself is no input, by its name, where files with these suffixes are read."""
    path = PurePath(name)
    if path.name.startswith(_TEMPORARY):
        return Kind.TEMPORARY
    if path.name.startswith(_HIDDEN):
        return Kind.HIDDEN
    if path.name.endswith(BESIDE):
        return Kind.KNOWN_BREACHES
    suffix = path.suffix.lower()
    if suffix in read:
        return None
    if suffix in (*MANY, *FOREIGN):
        return Kind.MANY
    return None if is_read(suffix) else Kind.UNREAD


def below(
    folder: str, faults: Callable[[str], None], claims: Callable[[str], None]
) -> Iterator[tuple[str, Kind | None]]:
    """Every file in a folder and those below it, with why it is left out for its place or content; and hidden folders.

    Links to folders are given and not followed. `faults` is told of the folders that can't be opened, `claims` of the
    files that would change how plans are judged (claims.py); these are not given.
    """
    for here, folders, files in os.walk(folder, onerror=lambda error: faults(str(error.filename))):
        entered = []
        for name in sorted(folders, key=natural):
            path = os.path.join(here, name)
            if name.startswith(_HIDDEN):
                yield path + os.sep, Kind.HIDDEN
            elif os.path.islink(path):
                yield path + os.sep, Kind.LINK
            else:
                entered.append(name)
        folders[:] = entered
        for name in sorted(files, key=natural):
            path = os.path.join(here, name)
            if is_claim(Path(path), holds_plan):
                claims(path)
            else:
                yield path, Kind.RESULT if not name.startswith(NEVER) and is_result(Path(path)) else None


def _folder(folder: str, tell: Tell, claimed: Claimed, excluded: Callable[[str], bool]) -> list[InputFile]:
    """The plans in a folder and the folders below it, and office files to convert first."""
    faults, plans, claims = list[str](), list[str](), list[str]()
    for path, kind in sorted(below(folder, faults.append, claims.append), key=lambda found: natural(found[0])):
        name = str(Path(path))
        if kind := kind or left_out(name, _READ) or (Kind.EXCLUDED if excluded(name) else None):
            tell(shown_name(name) + os.sep * path.endswith(os.sep), kind)
        else:
            plans.append(name)
    for name in map(str, map(Path, claims)):
        claimed(shown_name(name), partial(load, name))
    if not plans and not faults:
        return [InputFile(folder, _no_plans(folder))]
    return [*map(InputFile, plans), *(InputFile(path, closed(path)) for path in faults)]


def natural(path: str) -> list[tuple[int, str]]:
    """Sorts plan-2 before plan-10, and a folder's files together."""
    pieces = re.split(r"(\d+)", path.casefold().replace(os.sep, "\0"))
    return [(int(piece), "") if number % 2 else (0, piece) for number, piece in enumerate(pieces)]


def _no_plans(folder: str) -> Problem:
    known = ", ".join(f"*{suffix}" for suffix in READERS)
    return Problem(
        UNREADABLE,
        Text("Thư mục không có văn bản nào để thẩm định", "The folder holds no document to check"),
        Text(
            f"Chép văn bản ({known}) vào thư mục, hoặc chọn thư mục khác",
            f"Put documents ({known}) there, or name another folder",
        ),
        Place(shown_name(folder)),
    )


def closed(folder: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Không mở được thư mục", "The folder can't be opened"),
        Text("Kiểm tra quyền đọc thư mục này", "Check that you may read this folder"),
        Place(shown_name(folder)),
    )
