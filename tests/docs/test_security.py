"""The table of security names tests that there are: whoever takes one away has to say what shows the point now."""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.appraisal import ROOT

PAGE: Final = (ROOT / "docs" / "explanation" / "desk-security.md").read_text(encoding="utf-8")
ROWS: Final = re.findall(r"^\| (V\d+ [^|]+) \| [^|]+ \| ([^|]+) \|$", PAGE, re.MULTILINE)
FOLDERS: Final = (ROOT / "tests" / "desk", ROOT / "tests" / "desk" / "web")


def file_of(name: str) -> Path:
    """The file of that name: a path from the root, or a file of the desk's tests."""
    return next((path for path in (ROOT / name, *(folder / name for folder in FOLDERS)) if path.is_file()), Path())


@pytest.mark.parametrize(("point", "shown_by"), ROWS, ids=[point[:40] for point, _ in ROWS])
def test_each_point_is_shown_by_tests_that_there_are(point: str, shown_by: str) -> None:
    named = re.findall(r"`([^`]*)`", shown_by)
    assert named, point
    file = ""
    for one in named:
        before, _, function = one.partition("::")
        file = before or file
        assert file_of(file).is_file(), one
        assert not function or f"def {function}(" in file_of(file).read_text(encoding="utf-8"), one


def test_each_chapter_that_applies_is_in_the_table_or_said_not_to_be_met() -> None:
    told = {int(number) for number in re.findall(r"\bV(\d+)", PAGE)}
    assert told == set(range(1, 18))
