"""The clerks' guide as a Word document, from the page of the site."""

import runpy
from pathlib import Path

from docx import Document

from tests.appraisal import ROOT

GUIDE = runpy.run_path(str(ROOT / "tools" / "guide.py"))


def test_it_holds_every_heading_table_picture_and_block_of_the_page(tmp_path: Path) -> None:
    text = GUIDE["SOURCE"].read_text(encoding="utf-8")
    GUIDE["document"](text).save(str(tmp_path / "a.docx"))
    made = Document(str(tmp_path / "a.docx"))
    said = "\n".join(paragraph.text for paragraph in made.paragraphs)
    assert len(made.inline_shapes) == text.count("![") >= 4
    assert len(made.tables) == text.count("|---|---|") == 2
    for line in text.splitlines():
        if line.startswith(("#", "$ ")):
            assert line.lstrip("# ") in said
    assert not [mark for mark in ("**", "`", "](", "<!--") if mark in said]
    assert "Ban Tổ chức" in said
