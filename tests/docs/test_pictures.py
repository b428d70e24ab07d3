"""The pictures in the documents are of the program as it is: taken anew, they are as large, and each is shown somewhere."""

import runpy
import struct
from pathlib import Path

import pytest

from tests.appraisal import ROOT
from tests.programs import needed

PICTURES = ROOT / "docs" / "pictures"


def size(picture: Path) -> tuple[int, int]:
    """The width and height of a PNG, in pixels."""
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


@pytest.mark.long
@pytest.mark.office
def test_they_can_be_taken_anew(tmp_path: Path) -> None:
    for programs in (("chromium",), ("chromedriver",), ("soffice", "libreoffice"), ("pdftoppm",)):
        needed(*programs)
    runpy.run_path(str(ROOT / "tools" / "pictures.py"))["pictures"](tmp_path)
    assert {path.name: size(path) for path in tmp_path.iterdir()} == {
        path.name: size(path) for path in PICTURES.iterdir()
    }
    assert all(path.stat().st_size > 10_000 for path in tmp_path.iterdir()), "none is blank"


def test_each_is_shown_and_small() -> None:
    pages = [page.read_text(encoding="utf-8") for page in (*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md"))]
    for picture in PICTURES.iterdir():
        assert any(f"pictures/{picture.name})" in page for page in pages), picture.name
        assert picture.stat().st_size < 200_000
