"""The guides for clerks and for the Board as Word documents, from the pages of the site."""

import runpy
from pathlib import Path

import pytest
from docx import Document

from tests.appraisal import ROOT

GUIDE = runpy.run_path(str(ROOT / "tools" / "guide.py"))


@pytest.mark.parametrize("source", GUIDE["SOURCES"], ids=lambda source: source.parent.name)
def test_it_holds_every_heading_table_picture_and_block_of_the_page(tmp_path: Path, source: Path) -> None:
    text = source.read_text(encoding="utf-8")
    GUIDE["document"](source).save(str(tmp_path / "a.docx"))
    made = Document(str(tmp_path / "a.docx"))
    said = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert made.core_properties.title == text.splitlines()[0].removeprefix("# ")
    assert len(made.inline_shapes) == text.count("![")
    assert len(made.tables) == text.count("|---|---|") == 2
    for line in text.splitlines():
        if line.startswith(("#", "$ ")):
            assert line.lstrip("# ") in said
    assert not [mark for mark in ("**", "`", "](", "<!--") if mark in said]
    assert "Ban Tổ chức" in said


def test_the_clerks_see_what_they_are_told_of() -> None:
    [source] = [source for source in GUIDE["SOURCES"] if source.parent.name == "huong-dan-can-bo-xa"]
    assert source.read_text(encoding="utf-8").count("![") >= 4
