"""The bound of a proof: how many rows of each kind a plan may have. Every claim holds for the plans within it."""

from dataclasses import dataclass, fields, replace
from typing import Final

from ...base.as_json import AsJson
from ...base.problem import REFERENCE, Place, Problem, Unreadable
from ...base.suggest import did_you_mean
from ...base.text import Text

MOST: Final = 12
"""The largest bound: beyond it questions grow past any patience."""

_WORDS: Final[dict[str, Text]] = {
    "days": Text("ngày", "days"),
    "sessions": Text("phiên họp", "sessions"),
    "discussions": Text("cuộc thảo luận", "discussions"),
    "reports": Text("báo cáo", "reports"),
    "participants": Text("người", "participants"),
    "committees": Text("cấp ủy", "committees"),
    "publications": Text("lần công khai mỗi cấp ủy", "publications a committee"),
    "outcomes": Text("văn bản kết quả", "outcomes"),
}


@dataclass(frozen=True, slots=True)
class Bound(AsJson):
    """At most so many rows of each kind, and all times within so many days on end."""

    days: int = 4
    sessions: int = 4
    discussions: int = 4
    reports: int = 4
    participants: int = 5
    committees: int = 3
    publications: int = 3
    outcomes: int = 4

    @property
    def words(self) -> Text:
        """The bound as a person reads it."""
        counts = [(getattr(self, name), words) for name, words in _WORDS.items()]
        return Text(
            "nhiều nhất " + ", ".join(f"{count} {words.vi}" for count, words in counts),
            "at most " + ", ".join(f"{count} {words.en}" for count, words in counts),
        )


def parse_bound(written: tuple[str, ...]) -> Bound:
    """The bound from `sessions=4,participants=5` (several may be given). Raises Unreadable."""
    bound, problems = Bound(), []
    names = [field.name for field in fields(Bound)]
    for item in (item.strip() for text in written for item in text.split(",")):
        name, _, count = (part.strip() for part in item.partition("="))
        if name not in names:
            problems.append(
                _problem(Text(f"Không có giới hạn “{name}”", f"There is no bound “{name}”"), did_you_mean(name, names))
            )
        elif not (count.isascii() and count.isdigit() and 1 <= int(count) <= MOST):
            wrong = Text(f"Giới hạn {name} là “{count}”", f"The bound of {name} is “{count}”")
            fix = Text(f"Ghi số nguyên từ 1 đến {MOST}: {name}=4", f"Write a whole number from 1 to {MOST}: {name}=4")
            problems.append(_problem(wrong, fix))
        else:
            bound = replace(bound, **{name: int(count)})
    if problems:
        raise Unreadable(*problems)
    return bound


def _problem(message: Text, fix: Text) -> Problem:
    return Problem(REFERENCE, message, fix, Place("--bound"))
