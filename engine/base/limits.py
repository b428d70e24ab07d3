"""What judging one file may take: time, memory, and how many of its problems are told (docs/decisions/limits.md)."""

from collections.abc import Callable, Iterable
from heapq import nsmallest
from operator import attrgetter
from typing import Final, Literal

from .problem import UNREADABLE, Place, Problem
from .record import Record
from .text import Text

Limit = Literal["seconds", "memory"]

MOST_TOLD: Final = 1_000
"""How many problems of one file are worded; of the others only the number is told."""


MOST_BEYOND: Final = 20
"""How many plans of one file may go beyond the limits; the others in it that are not checked by then are not tried."""


class Limits(Record):
    """What one file may take: `seconds` of computing, `memory` in MiB, and how many `problems` of it are told."""

    seconds: float = 10.0
    memory: int = 1024
    problems: int = MOST_TOLD


class UnwordedProblem(Record):
    """A problem that is worded, by `words` (message and fix), only where it is told."""

    code: str
    place: Place
    words: Callable[[], tuple[Text, Text]]

    @property
    def order(self) -> tuple[object, ...]:
        """The order in which the problems of one document are told."""
        return self.place.order, self.code


def first_problems(faults: Iterable[UnwordedProblem | None], most: int) -> tuple[Problem, ...]:
    """The problems of one document in order: the first `most`, and one that says how many more there are.

    None is one more that comes after more than `most` others for certain, so that nobody need know where it stands.
    """
    count = 0

    def counted() -> Iterable[UnwordedProblem]:
        nonlocal count
        for fault in faults:
            count += 1
            if fault is not None:
                yield fault

    chosen = nsmallest(most + 1, counted(), key=attrgetter("order"))
    problems = [Problem(fault.code, *fault.words(), fault.place) for fault in chosen[:most]]
    if count > most:
        problems.append(_more(count - most, chosen[most], most))
    return tuple(problems)


def _more(left: int, next_one: UnwordedProblem, most: int) -> Problem:
    told, others = (f"{number:,}" for number in (most, left))
    vietnamese = [number.replace(",", ".") for number in (told, others)]
    return Problem(
        next_one.code,
        Text(
            f"Từ đây còn {vietnamese[1]} lỗi nữa không nêu riêng (chỉ nêu {vietnamese[0]} lỗi đầu)",
            f"From here on there are {others} more that are not told one by one (only the first {told} are)",
        ),
        Text(
            "Sửa các lỗi đã nêu rồi chạy lại; muốn nêu nhiều hơn thì đặt limit-problems trong thamdinh.toml",
            "Mend those that are told and run again; to be told more, set limit-problems in thamdinh.toml",
        ),
        next_one.place,
    )


def exceeded(file: str, limit: Limit, limits: Limits) -> Problem:
    """The problem PL006 of a file that takes more than a limit."""
    more = {"seconds": f"{2 * limits.seconds:g}", "memory": str(2 * limits.memory)}[limit]
    key = {"seconds": "limit-seconds", "memory": "limit-memory-mb"}[limit]
    taken = {
        "seconds": Text(f"mất quá {limits.seconds:g} giây", f"takes more than {limits.seconds:g} s"),
        "memory": Text(f"cần quá {limits.memory} MB bộ nhớ", f"takes more than {limits.memory} MB of memory"),
    }[limit]
    return Problem(
        UNREADABLE,
        Text(
            f"Thẩm định tệp này {taken.vi} nên đã dừng lại, chưa có kết luận",
            f"This file {taken.en}, so it was stopped and has no verdict",
        ),
        Text(
            "Kiểm tra xem có chọn nhầm tệp, hoặc tệp hỏng không. Nếu tệp đúng là lớn như vậy thì nới giới hạn: "
            f"--{key} {more}, hoặc {key} = {more} trong thamdinh.toml",
            "Check that it is the right file, and whole. If it is meant to be so large, raise the limit: "
            f"--{key} {more}, or {key} = {more} in thamdinh.toml",
        ),
        Place(file),
    )


def given_up(file: str, limits: Limits) -> Problem:
    """The problem PL006 of a plan in a file of many, of which so many others took more than the limits that it was not tried."""
    return Problem(
        UNREADABLE,
        Text(
            f"Quá nhiều văn bản khác trong cùng tệp vượt giới hạn ({limits.seconds:g} giây, {limits.memory} MB), nên văn bản này chưa "
            "được đọc, chưa có kết luận",
            f"Too many other documents of the same file took more than the limits ({limits.seconds:g} s, {limits.memory} MB), so this one "
            "was not read and has no verdict",
        ),
        Text(
            "Sửa hoặc bỏ những văn bản đó, hoặc nới giới hạn (--limit-seconds, --limit-memory-mb), rồi chạy lại",
            "Mend those or take them out, or raise the limits (--limit-seconds, --limit-memory-mb), then run again",
        ),
        Place(file),
    )
