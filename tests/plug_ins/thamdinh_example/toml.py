"""The reader of plans in TOML. A value is shown at the line where its table, or its key in the first one, begins."""

import re
import tomllib
from dataclasses import dataclass
from datetime import date, time
from typing import Any

import thamdinh

Path = tuple[str | int, ...]


@dataclass
class Toml:
    file: str
    text: str
    data: Any
    notices: tuple[thamdinh.Problem, ...] = ()

    def place(self, path: Path, *, key: bool = False) -> thamdinh.Place:
        head = re.search(rf"^\[*{path[0]}\b", self.text, re.MULTILINE) if path else None
        line = self.text.count("\n", 0, head.start()) + 1 if head else 1
        return thamdinh.Place(self.file, line, 1)

    def label(self, path: Path) -> None:
        """TOML has the plan's own keys."""

    def excerpt(self, place: thamdinh.Place) -> str | None:
        return self.text.split("\n")[(place.line or 1) - 1]


def read(file: str, content: bytes) -> Toml:
    text = content.decode()
    try:
        return Toml(file, text, plain(tomllib.loads(text)))
    except tomllib.TOMLDecodeError as error:
        said = thamdinh.Text(f"TOML sai cú pháp: {error}", f"This is no TOML: {error}")
        fix = thamdinh.Text("Sửa chỗ đó", "Mend that")
        raise thamdinh.Unreadable(thamdinh.Problem("PL001", said, fix, thamdinh.Place(file))) from None


def plain(value: Any) -> Any:
    """Days and times as a plan has them: text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, (date, time)) else value
