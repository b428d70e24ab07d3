"""What a run did not read as plans: told of where it is found, counted by kind and named in one notice a kind (NT004)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import Final

from .inert import printable
from .problem import PASSED_OVER, Place, Problem
from .text import Text, counted

MOST_NAMED: Final = 1000
"""How many names of one kind programs are given; the others are counted."""
_FIRST: Final = 3
"""How many of them stand in the message."""
_MOST_SUFFIXES: Final = 5


class Kind(Enum):
    """Why something is no input: what one and several are called, and what to do where it is a plan after all."""

    UNREAD = (
        Text("tệp thuộc loại chương trình không đọc", "file of a kind that is not read"),
        "files of a kind that is not read",
        Text(
            "Tệp nào cần thẩm định thì lưu thành .docx hoặc .xlsx rồi chạy lại",
            "Save those that are to be checked as .docx or .xlsx and run again",
        ),
    )
    MANY = (
        Text("tệp có thể chứa nhiều văn bản", "file that may hold many documents"),
        "files that may hold many documents",
        Text("Để thẩm định, dùng lệnh thamdinh audit", "To check them, use thamdinh audit"),
    )
    RESULT = (
        Text("tệp kết quả của chương trình", "result of this program"),
        "results of this program",
        Text(
            "Không cần làm gì: trong đó không có gì để thẩm định", "Nothing is to be done: they hold nothing to check"
        ),
    )
    HIDDEN = (
        Text("tệp, thư mục ẩn", "hidden file or folder"),
        "hidden files or folders",
        Text(
            "Tệp nào cần thẩm định thì đổi tên, bỏ dấu chấm ở đầu",
            "Rename those that are to be checked, without the dot at the beginning",
        ),
    )
    TEMPORARY = (
        Text("tệp tạm của Word, Excel", "temporary file of Word or Excel"),
        "temporary files of Word or Excel",
        Text(
            "Đóng tệp đang mở rồi chạy lại; tệp nào cần thẩm định thì đổi tên, bỏ “~$” ở đầu",
            "Close what is open and run again; rename those that are to be checked, without “~$” at the beginning",
        ),
    )
    LINK = (
        Text("liên kết đến thư mục", "link to a folder"),
        "links to folders",
        Text("Nêu tên thư mục đó để thẩm định cả văn bản ở đó", "Name that folder to check the documents there, too"),
    )
    KNOWN_BREACHES = (
        Text("danh sách lỗi do thamdinh generate ghi", "list of breaches that thamdinh generate wrote"),
        "lists of breaches that thamdinh generate wrote",
        Text("Tệp nào cần thẩm định thì đổi tên", "Rename those that are to be checked"),
    )
    OLDER = (
        Text("tệp sửa trước ngày ở --since", "file changed before the day of --since"),
        "files changed before the day of --since",
        Text("Bỏ --since để thẩm định cả những tệp này", "Leave out --since to check them, too"),
    )

    EXCLUDED = (
        Text("tệp mà cấu hình bỏ qua (exclude)", "file that the settings exclude"),
        "files that the settings exclude",
        Text(
            "Để thẩm định, nêu tên tệp hoặc bỏ mẫu trong exclude",
            "Name them to check them, or drop the pattern of exclude",
        ),
    )
    OTHER = (
        Text("tệp không phải văn bản cần thẩm định", "file that is no document to check"),
        "files that are no documents to check",
        Text("Để thẩm định cả những tệp này, bỏ --only-plans", "Leave out --only-plans to have them told one by one"),
    )

    @property
    def fix(self) -> Text:
        """What to do where one of them is a plan after all."""
        return self.value[2]

    def counted(self, count: int, of: str) -> Text:
        """So many of them, with what is put after the noun."""
        one, several, _ = self.value
        return Text(f"{count} {one.vi}{of}", f"{count} {one.en if count == 1 else several}{of}")


Tell = Callable[[str, Kind], None]
"""Told the name of each thing that is passed over, as messages show it, and why."""


def untold(_name: str, _kind: Kind) -> None:
    """Nobody is told: what is found is only counted, or was told of before."""


@dataclass(frozen=True, slots=True)
class PassedOverFiles(Problem):
    """The notice on one kind: how many there were, and the names of the first MOST_NAMED."""

    count: int = 0
    files: tuple[str, ...] = ()


class PassedOver:
    """Called with each thing that is passed over; gives the notices."""

    def __init__(self) -> None:
        self._counts: dict[Kind, int] = {}
        self._names: dict[Kind, list[str]] = {}
        self._suffixes: dict[str, None] = {}

    def __call__(self, name: str, kind: Kind) -> None:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        names = self._names.setdefault(kind, [])
        if len(names) < MOST_NAMED:
            names.append(printable(name))
        if kind is Kind.UNREAD and len(self._suffixes) <= _MOST_SUFFIXES:
            self._suffixes[printable(PurePath(name.rpartition("!")[2]).suffix.lower())] = None

    def notices(self) -> tuple[PassedOverFiles, ...]:
        """One notice for each kind that there is."""
        return tuple(self._notice(kind) for kind in Kind if kind in self._counts)

    def _notice(self, kind: Kind) -> PassedOverFiles:
        count, names = self._counts[kind], self._names[kind]
        first, more = ", ".join(names[:_FIRST]), count - len(names[:_FIRST])
        what = kind.counted(count, self._of() if kind is Kind.UNREAD else "")
        message = Text(
            f"Bỏ qua {what.vi}: {first}" + (f" và {more} tệp nữa" if more else ""),
            f"Passed over {what.en}: {first}" + (f" and {more} more" if more else ""),
        )
        return PassedOverFiles(PASSED_OVER, message, kind.fix, Place(names[0]), count, tuple(names))

    def _of(self) -> str:
        """The suffixes of what is not read."""
        known = sorted(filter(None, self._suffixes))
        shown = known[:_MOST_SUFFIXES]
        return f" ({', '.join(shown)}{', …' if len(known) > len(shown) else ''})" if shown else ""


def how_many(notices: Iterable[Problem]) -> int:
    """How much was passed over, by these notices."""
    return sum(notice.count for notice in notices if isinstance(notice, PassedOverFiles))


def in_short(notices: Iterable[Problem]) -> Text | None:
    """How much was passed over, for a line that sums up; None for nothing."""
    count = how_many(notices)
    return Text(f"bỏ qua {count} tệp", f"{counted(count, 'file')} passed over") if count else None
