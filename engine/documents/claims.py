"""What lies among the plans and would change how they are judged: told of (NT001–NT003), never applied.

Plans come from people who want to be found compliant. Settings, waivers, baselines and templates count only from who runs
the program (settings.py, waivers.py); one that is in force is none of these, wherever it lies.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Final

from ..base.problem import FILE_NOT_APPLIED, SETTINGS_NOT_APPLIED, WAIVER_NOT_APPLIED, Place, Problem, Unreadable
from ..base.text import Text, counted

SETTINGS: Final = "thamdinh.toml"
WAIVERS: Final = ("waivers.yaml", "waivers.yml")
NAMES: Final = frozenset({SETTINGS, *WAIVERS})
"""How files are called that are known by their names."""
MOST_TOLD: Final = 1000
"""How many claims are told of one by one; the others are counted."""
_MOST_LOOKED_INTO: Final = 100
_LARGEST: Final = 64 * 1024
"""Bytes of a file of waivers that is looked into: it is only to be said what it asks for."""
_MOST_RULES: Final = 5
_CODE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,63}", re.ASCII)
_BASELINE: Final = re.compile(rb'\{\n "schema": [12],\n "written": "')
"""How a baseline begins; no plan has such keys."""
_HEAD: Final = 64
_TAG: Final = re.compile(rb"\{[{%]")
_DOCUMENT: Final = "word/document.xml"
_MOST_OF_A_TEMPLATE: Final = 8 * 1024 * 1024

Read = Callable[[], bytes]
Claimed = Callable[[str, Read], None]
"""Told the name of each claim, as messages show it, and how its content is read."""


def unclaimed(_name: str, _read: Read) -> None:
    """Nobody is told."""


def is_claim(path: Path, holds_plan: Callable[[Path], bool]) -> bool:
    """Whether a file among the plans is a claim, by its name or by what it holds; never one that holds a plan."""
    try:
        if path.name in NAMES:
            return True
        # Opening a pipe would wait for its writer.
        if path.suffix.lower() not in _KNOWN_BY or not os.path.isfile(path):
            return False
        with path.open("rb") as file:
            return holds_claim(path.name, file) and (path.suffix.lower() == ".json" or not holds_plan(path))
    except OSError:
        return False


def holds_claim(name: str, file: BinaryIO) -> bool:
    """Whether a file with this name is a claim by what it holds; one that is a document may hold a plan all the same."""
    is_one = _KNOWN_BY.get(PurePath(name).suffix.lower())
    return is_one is not None and is_one(file)


def _is_baseline(file: BinaryIO) -> bool:
    return _BASELINE.match(file.read(_HEAD)) is not None


def _is_template(file: BinaryIO) -> bool:
    """Whether a document has the tags of an appraisal sheet's template."""
    from zipfile import BadZipFile, ZipFile  # slow to load, and most runs see no package
    from zlib import error as zlib_error

    try:
        with ZipFile(file) as package, package.open(_DOCUMENT) as document:
            return _TAG.search(document.read(_MOST_OF_A_TEMPLATE)) is not None
    except (BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib_error):
        return False


_KNOWN_BY: Final[dict[str, Callable[[BinaryIO], bool]]] = {".json": _is_baseline, ".docx": _is_template}
"""How files that bear no name of a claim are known for one, by how their names end."""


class Claims:
    """Called with each claim that is found (Claimed); gives the notices."""

    def __init__(self, in_force: Iterable[str | Path | None], *, redact_names: bool = False) -> None:
        """`in_force` are the files that the run goes by: no claims, where they lie among the plans.

        With `redact_names`, no folder is named, and no file but those whose names are known.
        """
        self._redact_names = redact_names
        self._known = {Path(file).resolve() for file in in_force if file is not None}
        self._told: list[Problem] = []
        self._more = 0

    def __call__(self, name: str, read: Read) -> None:
        path = Path(name).resolve()
        if path in self._known:
            return
        self._known.add(path)
        if len(self._told) < MOST_TOLD:
            self._told.append(self._notice(name, read))
        else:
            self._more += 1

    def above(self, folders: Iterable[Path]) -> None:
        """Take in the nearest settings and waivers at or above the folders, up to those that are in force."""
        from .source import load

        for folder in dict.fromkeys(folder.absolute() for folder in folders):
            for names in ((SETTINGS,), WAIVERS):
                near = (at / name for at in (folder, *folder.parents) for name in names if os.path.isfile(at / name))
                if (found := next(near, None)) is not None:
                    self(os.path.relpath(found), partial(load, str(found)))

    def notices(self) -> tuple[Problem, ...]:
        """One notice for each claim, and one for those that are too many to be told."""
        if not self._more:
            return tuple(self._told)
        message = Text(
            f"… và {self._more} tệp nữa nằm cùng văn bản không được áp dụng",
            f"… and {counted(self._more, 'file')} more among the documents not applied",
        )
        return (*self._told, Problem(FILE_NOT_APPLIED, message, _FIX, self._told[-1].place))

    def _notice(self, name: str, read: Read) -> Problem:
        file = PurePath(name.rpartition("!")[2])
        shown = name if not self._redact_names else file.name if file.name in NAMES else f"…{file.suffix}"
        place = Place(shown)
        if file.name == SETTINGS:
            return Problem(SETTINGS_NOT_APPLIED, _said(_SETTINGS), _fix("--config"), place)
        if file.name in WAIVERS:
            looked_into = len(self._told) < _MOST_LOOKED_INTO
            asks = _asks(name, read) if looked_into else None
            return Problem(WAIVER_NOT_APPLIED, _said(_WAIVERS, asks), _fix("--waivers"), place)
        if file.suffix.lower() == ".json":
            return Problem(FILE_NOT_APPLIED, _said(_BASELINES), _fix("--baseline"), place)
        return Problem(FILE_NOT_APPLIED, _said(_TEMPLATES), _fix("--appraisal-template"), place)


_SETTINGS: Final = Text("Tệp cấu hình", "Settings")
_WAIVERS: Final = Text("Tệp miễn trừ", "Waivers")
_BASELINES: Final = Text("Mốc (baseline)", "A baseline")
_TEMPLATES: Final = Text("Mẫu phiếu thẩm định", "A template of the appraisal sheet")
_FIX: Final = Text("Chỉ rõ tệp nào cần dùng bằng tùy chọn của lệnh", "Name those that are to count by options")


def _said(what: Text, asks: Text | None = None) -> Text:
    vi, en = ("", "") if asks is None else (f", dù nêu {asks.vi}", f", though they claim {asks.en}")
    return Text(
        f"{what.vi} nằm cùng hoặc ở phía trên các văn bản không được áp dụng{vi}",
        f"{what.en} among or above the documents not applied{en}",
    )


def _fix(option: str) -> Text:
    return Text(
        f"Không cần làm gì; nếu cơ quan thẩm định công nhận tệp này thì chỉ rõ: {option} TỆP",
        f"Nothing is to be done; if your office acknowledges this file, name it: {option} FILE",
    )


def _asks(name: str, read: Read) -> Text | None:
    """How many exceptions of which rules a file of waivers claims; None where that can't be read from it."""
    from . import read as read_document

    try:
        content = read()
        data: Any = read_document(name, content).data if len(content) <= _LARGEST else None
    except (Unreadable, OSError):
        return None
    items = data.get("waivers") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return None
    rules = Counter(_rule(item) for item in items)
    named = ", ".join(f"{rule} ({count})" for rule, count in rules.most_common(_MOST_RULES))
    more = ", …" if len(rules) > _MOST_RULES else ""
    return Text(
        f"{len(items)} miễn trừ: {named}{more}" if items else "0 miễn trừ",
        f"{counted(len(items), 'exception')}: {named}{more}" if items else "no exception",
    )


def _rule(item: object) -> str:
    """The rule that a waiver names; what is no code may be anything, and is not repeated."""
    code = item.get("rule") if isinstance(item, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else "?"
