"""What the YAML parser's complaints mean to a person who wrote the file by hand, and where to mend it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from ..base.problem import Unreadable
from ..base.text import Text
from .tree import Lines


@dataclass(frozen=True, slots=True)
class _Mistake:
    """What the user did when the parser's context and problem match `pattern`, and what the spot says of itself by the name
    `where` holds."""

    pattern: str
    message: Text
    fix: Text
    where: str = ""
    at_opening: bool = False


@dataclass(frozen=True, slots=True)
class _Spot:
    """The offsets of the complaint and of what it began in, and the text on the line before it."""

    text: str
    offset: int
    opening: int

    @property
    def at_tab(self) -> bool:
        return self.text[self.offset : self.offset + 1] == "\t"

    @property
    def at_end(self) -> bool:
        return not self.text[self.offset :].strip()

    @property
    def _line_before(self) -> str:
        return self.text[self.text.rfind("\n", 0, self.offset) + 1 : self.offset]

    @property
    def after_colon(self) -> bool:
        return ": " in self._line_before

    @property
    def after_value(self) -> bool:
        return bool(self._line_before.strip(" -"))

    @property
    def opened_above(self) -> bool:
        return "\n" in self.text[self.opening : self.offset].rstrip() or self.at_end


_MISTAKES: Final = tuple(
    _Mistake(**said | {part: Text(**said[part]) for part in ("message", "fix")})
    for said in json.loads(Path(__file__).with_suffix(".json").read_bytes())
)
"""The first that fits is told."""


def yaml_problem(error: yaml.YAMLError, lines: Lines) -> Unreadable:
    """The parser's error as a problem with a place and a remedy."""
    complaint = " ".join(str(part) for part in (getattr(error, "context", ""), getattr(error, "problem", "")) if part)
    problem_mark = getattr(error, "problem_mark", None)
    context_mark = getattr(error, "context_mark", None) or problem_mark
    end = len(lines.text)
    offset = min(getattr(error, "position", end) if problem_mark is None else problem_mark.index, end)
    spot = _Spot(lines.text, offset, offset if context_mark is None else min(context_mark.index, end))
    for mistake in _MISTAKES:
        if re.search(mistake.pattern, complaint) and (not mistake.where or getattr(spot, mistake.where)):
            return lines.refuse(mistake.message, mistake.fix, spot.opening if mistake.at_opening else spot.offset)
    return lines.refuse(
        Text("Không đúng cú pháp YAML", f"Not valid YAML: {complaint or error}"),
        Text("So lại chỗ này với mẫu", "Compare this with the form"),
        spot.offset,
    )
