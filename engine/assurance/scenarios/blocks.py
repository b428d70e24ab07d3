"""A feature file cut into blocks before it is parsed, so that what is wrong in one scenario costs that scenario alone.

The Gherkin parser takes a line whose keyword is misspelt for prose, or gives up on the whole file. Here such lines are
found first.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ...base.problem import SYNTAX, Place, Problem
from ...base.suggest import meant, plain
from ...base.text import Text

FEATURE: Final = ("Tính năng",)
BACKGROUND: Final = ("Bối cảnh",)
RULE: Final = ("Quy tắc",)
SCENARIO: Final = ("Tình huống", "Kịch bản", "Khung tình huống", "Khung kịch bản")
EXAMPLES: Final = ("Dữ liệu",)
TITLES: Final = (*FEATURE, *BACKGROUND, *RULE, *SCENARIO, *EXAMPLES)
STEPS: Final = ("Cho", "Biết", "Khi", "Thì", "Và", "Nhưng", "*")

_ENGLISH: Final = {
    "feature": "Tính năng",
    "background": "Bối cảnh",
    "rule": "Quy tắc",
    "scenario": "Tình huống",
    "example": "Tình huống",
    "scenariooutline": "Khung tình huống",
    "scenariotemplate": "Khung tình huống",
    "examples": "Dữ liệu",
    "given": "Cho",
    "when": "Khi",
    "then": "Thì",
    "and": "Và",
    "but": "Nhưng",
}
_FENCE: Final = re.compile(r'\s*("""|```)')


@dataclass(slots=True)
class Block:
    """A run of lines (from 0, the end not included) that belong together: a scenario with its tags, or what is around."""

    start: int
    end: int
    scenario: bool
    problems: list[Problem]


def blocks(file: str, lines: list[str]) -> list[Block]:
    """The blocks of a file, in order, each with what is wrong with the keywords in it."""
    found = [Block(0, len(lines), False, [])]
    for number, line in _outside_texts(lines):
        head, colon, _ = line.strip().partition(":")
        title = meant_title(head) if colon else None
        if title is not None and title not in EXAMPLES:
            start = _first_tag(lines, found[-1].start, number)
            found[-1].end = start
            found.append(Block(start, len(lines), title in SCENARIO, []))
        if title is not None and head not in TITLES:
            found[-1].problems.append(_misspelt(file, number, line, f"{head}:", f"{title}:"))
        elif title is None and found[-1].scenario and (keyword := _meant_step(line)) is not None:
            found[-1].problems.append(_misspelt(file, number, line, line.split()[0], keyword))
    for number in _misplaced_tags(lines):
        block = next(block for block in found if block.start <= number < block.end)
        block.problems.append(_misplaced(file, number, lines[number]))
    return [block for block in found if block.start < block.end]


def _first_tag(lines: list[str], least: int, title: int) -> int:
    """Where the tags above a title begin; the title's own line where it has none."""
    start = line = title
    while line > least and lines[line - 1].lstrip()[:1] in ("", "@", "#"):
        line -= 1
        if lines[line].lstrip().startswith("@"):
            start = line
    return start


def _misplaced_tags(lines: list[str]) -> Iterator[int]:
    """The lines of tags below which no title stands."""
    waiting: list[int] = []
    for number, line in enumerate(lines):
        text = line.strip()
        if text.startswith("@"):
            waiting.append(number)
        elif text and not text.startswith("#"):
            head, colon, _ = text.partition(":")
            if not colon or meant_title(head) is None:
                yield from waiting
            waiting = []


def _outside_texts(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The lines that may begin with a keyword: no tables, tags, comments, or texts between fences."""
    fence: str | None = None
    for number, line in enumerate(lines):
        opening = _FENCE.match(line)
        if opening is not None and fence in (None, opening[1]):
            fence = None if fence else opening[1]
        elif fence is None and line.strip() and line.lstrip()[0] not in "|@#":
            yield number, line


def meant_title(head: str) -> str | None:
    """The keyword that the words before a colon are, or were most likely meant to be; None for prose."""
    if head in TITLES:
        return head
    word = plain(head)
    known = {plain(title): title for title in TITLES} | {
        name: title for name, title in _ENGLISH.items() if title in TITLES
    }
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.8)
    return known[near[0]] if near else None


def _meant_step(line: str) -> str | None:
    """The step keyword that a line's first word was meant to be; None where it is one already, or none is meant."""
    word = line.split()[0]
    if word in STEPS:
        return None
    bare = plain(word.rstrip(":,"))
    known = {plain(keyword): keyword for keyword in STEPS} | {
        name: keyword for name, keyword in _ENGLISH.items() if keyword in STEPS
    }
    return known.get(bare)


def nearest_step(line: str) -> str | None:
    """The step keyword nearest to a line's first word."""
    words = {plain(keyword): keyword for keyword in STEPS if keyword != "*"}
    near = difflib.get_close_matches(plain(line.split()[0]), words, n=1, cutoff=0.5)
    return words[near[0]] if near else None


def _misplaced(file: str, number: int, line: str) -> Problem:
    column = len(line) - len(line.lstrip()) + 1
    return Problem(
        SYNTAX,
        Text("Thẻ @ đặt sai chỗ", "These tags are misplaced"),
        Text(
            "Viết thẻ ngay trên dòng “Tình huống:”, “Khung tình huống:” hoặc “Dữ liệu:”",
            "Write tags right above “Tình huống:”, “Khung tình huống:” or “Dữ liệu:”",
        ),
        Place(file, number + 1, column, len(line.rstrip()) + 1),
    )


def _misspelt(file: str, number: int, line: str, written: str, keyword: str) -> Problem:
    column = len(line) - len(line.lstrip()) + 1
    return Problem(
        SYNTAX,
        Text(f"“{written}” không phải là từ khóa", f"“{written}” is no keyword"),
        meant(keyword) + Text("Từ khóa viết có dấu, chữ đầu viết hoa", "Keywords have their tone marks and a capital"),
        Place(file, number + 1, column, column + len(written)),
    )
