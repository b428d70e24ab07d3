"""Write the guides for clerks and for the Board as Word documents and, with LibreOffice, as PDF: `python tools/guide.py [FOLDER]`.

Their sources are the pages of the site, docs/huong-dan-…/index.md: headings, paragraphs, lists, tables, blocks and pictures.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from docx import Document
from docx.shared import Cm, Pt

ROOT: Final = Path(__file__).parents[1]
SOURCES: Final = sorted((ROOT / "docs").glob("huong-dan-*/index.md"))
_PIECE: Final = re.compile(r"\*\*(?P<bold>.+?)\*\*|`(?P<code>[^`]+)`|\[(?P<link>[^\]]+)\]\([^)]+\)")


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """The blocks of the page: what each is (heading, list, table, code, picture, paragraph), and its lines."""
    text = re.sub(r"<!--.*?-->\n", "", text, flags=re.DOTALL)
    for found in re.finditer(
        r"^```\w*\n(?P<code>.*?)^```$|(?P<other>(?:^(?!```)[^\n]+\n)+)", text, re.MULTILINE | re.DOTALL
    ):
        if found["code"] is not None:
            yield "code", found["code"].splitlines()
            continue
        lines = found["other"].splitlines()
        kind = {"#": "heading", "|": "table", "-": "list", "!": "picture"}.get(lines[0][0], "paragraph")
        yield kind, lines


def write_into(paragraph: Any, text: str) -> None:
    """Text with its bold words, code and links; of a link the words are left."""
    at = 0
    for found in _PIECE.finditer(text):
        paragraph.add_run(text[at : found.start()])
        run = paragraph.add_run(found["bold"] or found["code"] or found["link"])
        run.bold = bool(found["bold"])
        if found["code"]:
            run.font.name, run.font.size = "DejaVu Sans Mono", Pt(10)
        at = found.end()
    paragraph.add_run(text[at:])


def document(source: Path) -> Any:
    """The page as a Word document."""
    text = source.read_text(encoding="utf-8")
    made = Document()
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(2), Cm(2), Cm(2)
    made.styles["Normal"].font.name, made.styles["Normal"].font.size = "Times New Roman", Pt(13)
    about = made.core_properties
    about.title, about.author, about.language = text.partition("\n")[0].lstrip("# "), "thamdinh", "vi-VN"
    for kind, lines in blocks(text):
        if kind == "heading":
            marks, _, words = lines[0].partition(" ")
            made.add_heading(words, len(marks) - 1)
        elif kind == "list":
            for item in re.split(r"\n- ", "\n" + "\n".join(lines))[1:]:
                write_into(made.add_paragraph(style="List Bullet"), item.replace("\n ", ""))
        elif kind == "table":
            _table(
                made,
                [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if not line.startswith("|--")],
            )
        elif kind == "code":
            run = made.add_paragraph().add_run("\n".join(lines))
            run.font.name, run.font.size = "DejaVu Sans Mono", Pt(9)
        elif kind == "picture":
            words, file = re.fullmatch(r"!\[(.*)\]\((.*)\)", lines[0]).groups()  # type: ignore[union-attr]
            made.add_picture(str(source.parent / file), width=Cm(13))
            made.add_paragraph(words, style="Caption")
        else:
            write_into(made.add_paragraph(), " ".join(lines))
    return made


def _table(made: Any, rows: list[list[str]]) -> None:
    table = made.add_table(len(rows), len(rows[0]), style="Table Grid")
    for number, row in enumerate(rows):
        for cell, text in zip(table.rows[number].cells, row, strict=True):
            write_into(cell.paragraphs[0], text if number else f"**{text}**" if "`" not in text else text)
    made.add_paragraph().paragraph_format.space_after = Pt(0)


def main(folder: Path) -> int:
    """Write the guides; the exit status."""
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"{source.parent.name}.docx" for source in SOURCES]
    for source, file in zip(SOURCES, files, strict=True):
        document(source).save(str(file))
    if (office := shutil.which("soffice") or shutil.which("libreoffice")) is None:
        print("Không có LibreOffice: chỉ ghi bản Word (no LibreOffice: the Word documents only)", file=sys.stderr)
        return 0
    with TemporaryDirectory() as profile:
        subprocess.run(
            [office, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else ROOT / "site" / "huong-dan"))
