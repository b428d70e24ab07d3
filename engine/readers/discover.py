"""From what the user named (files, folders, "-") to the inputs to read."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..document import Document
from ..made import is_result
from ..problem import UNREADABLE, Place, Problem, Unreadable
from ..text import Text
from . import CONVERTIBLE, FOREIGN, MANY, READERS, UNREAD, read_file
from .source import STDIN, shown_name

NOT_PLANS: Final = frozenset({"waivers.yaml", "waivers.yml"})
"""Files of a project of plans that are no plans themselves."""

BESIDE: Final = ".breaches.jsonl"
"""How the name ends of what `thamdinh generate` writes beside plans."""

_PASSED_OVER: Final = (*UNREAD, *MANY, *FOREIGN)

NEVER: Final = (".", "~$")
"""How names begin that are left out: hidden files, and what Word and Excel keep beside a file that is open."""


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a file, standard input ("-"), or a folder that gave none, with the problem to report."""

    path: str
    problem: Problem | None = None

    @property
    def name(self) -> str:
        """The name of the input in messages."""
        return shown_name(self.path)

    def read(self) -> Document:
        """The document. Raises Unreadable."""
        if self.problem is not None:
            raise Unreadable(self.problem)
        return read_file(self.path)


def discover(names: Iterable[str], passed_over: Callable[[str], None] = lambda _: None) -> list[Source]:
    """The inputs in the order named; those of a folder in natural order. What is named twice is read once.

    `passed_over` is told of the files in folders that may hold plans, and that only an audit reads or nothing does.
    """
    sources: dict[Path, Source] = {}
    for name in names:
        # Unlike Path.is_dir, this is False where the folder around it may not be seen; reading then says so.
        is_folder = name != STDIN and os.path.isdir(name)
        for source in _folder(name, passed_over) if is_folder else [Source(name)]:
            sources.setdefault(Path(source.path).absolute(), source)
    return list(sources.values())


def _folder(folder: str, passed_over: Callable[[str], None]) -> list[Source]:
    """The plans in a folder and the folders below it, and office files to convert first.

    Hidden ones and results of this program are left out; links to folders are not followed.
    """
    faults: list[Source] = []
    plans = list[str]()
    for path in sorted(_found(folder, faults), key=_natural):
        (passed_over if path.lower().endswith(_PASSED_OVER) else plans.append)(path)
    if not plans and not faults:
        faults.append(Source(folder, _no_plans(folder)))
    return [*map(Source, plans), *faults]


def _found(folder: str, faults: list[Source]) -> Iterator[str]:
    def report(error: OSError) -> None:
        faults.append(Source(error.filename, _closed(error.filename)))

    for here, folders, files in os.walk(folder, onerror=report):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            suffix = Path(name).suffix.lower()
            known = suffix in READERS or suffix in CONVERTIBLE or suffix in _PASSED_OVER
            if known and not name.startswith(NEVER) and name not in NOT_PLANS and not name.endswith(BESIDE):
                path = Path(here, name)
                if not is_result(path):
                    yield str(path)


def _natural(path: str) -> list[tuple[int, str]]:
    """Sorts plan-2 before plan-10, and a folder's files together."""
    pieces = re.split(r"(\d+)", path.casefold().replace(os.sep, "\0"))
    return [(int(piece), "") if number % 2 else (0, piece) for number, piece in enumerate(pieces)]


def _no_plans(folder: str) -> Problem:
    known = ", ".join(f"*{suffix}" for suffix in READERS)
    return Problem(
        UNREADABLE,
        Text("Thư mục không có kế hoạch nào", "The folder holds no plan"),
        Text(
            f"Chép kế hoạch ({known}) vào thư mục, hoặc chọn thư mục khác",
            f"Put plans ({known}) there, or name another folder",
        ),
        Place(shown_name(folder)),
    )


def _closed(folder: str) -> Problem:
    return Problem(
        UNREADABLE,
        Text("Không mở được thư mục", "The folder can't be opened"),
        Text("Kiểm tra quyền đọc thư mục này", "Check that you may read this folder"),
        Place(shown_name(folder)),
    )
