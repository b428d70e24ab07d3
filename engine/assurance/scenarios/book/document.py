"""The review book as a Word document for circulation: A4, the typeface and margins of official documents."""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from ....base.inert import printable
from ....base.results import BOOK_MARK, UNSEALED, sealed_package
from ....base.text import Language, Text
from .content import APART, NO_RULE, SIGNING, STATUSES, Book, BookClause, Story, last_run, mark_of, unbroken

TYPEFACE: Final = "Times New Roman"
_WIDTH: Final = 21 - 3 - 1.5
"""Centimetres between the margins of an A4 page."""
_INNER: Final = 13.4
"""Centimetres of a table within the cell of a scenario."""
_FEWEST, _MOST = 9, 24
"""Characters that a column of such a table is at least and at most made for."""
_SMALL, _TINY = 10, 6
_LETTER, _MARGINS = 0.0195, 0.4
"""Centimetres that a letter takes for each point of its size, and that a cell has beside its text."""


def render(book: Book, language: Language) -> bytes:
    """The document, as the bytes of a .docx file."""
    return _Writer(language).written(book)


class _Writer:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._document: Any = Document()
        self._set_up()
        # python-docx would look through all styles for each paragraph and table.
        part: Any = self._document.part
        part.get_style_id = cache(part.get_style_id)

    def _say(self, vi: str, en: str) -> str:
        return Text(vi, en)[self._language]

    def _set_up(self) -> None:
        [section] = self._document.sections
        section.page_height, section.page_width = Cm(29.7), Cm(21)
        section.top_margin = section.bottom_margin = Cm(2)
        section.left_margin, section.right_margin = Cm(3), Cm(1.5)
        for name, size in (("Normal", 11), ("Title", 16), ("Heading 1", 13), ("Heading 2", 11), ("Quote", 11)):
            style = self._document.styles[name]
            style.font.name, style.font.size = TYPEFACE, Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for attribute in list(fonts.attrib):
                if attribute.endswith("Theme"):
                    del fonts.attrib[attribute]
            for script in ("ascii", "hAnsi", "eastAsia", "cs"):
                fonts.set(qn(f"w:{script}"), TYPEFACE)
            if name != "Normal":
                style.font.color.rgb = None
            spoken = OxmlElement("w:lang")
            spoken.set(qn("w:val"), "vi-VN")
            style.element.get_or_add_rPr().append(spoken)
        self._document.styles["Normal"].paragraph_format.space_after = Pt(2)
        self._page_number(section.footer.paragraphs[0])

    def _page_number(self, paragraph: Any) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
            run = paragraph.add_run()
            element = OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                element.set(qn("w:fldCharType"), kind)
            else:
                element.text = text
            run._r.append(element)

    def written(self, book: Book) -> bytes:
        title = self._say("Sổ rà soát bộ quy tắc", "Review book of the rules")
        properties = self._document.core_properties
        properties.title, properties.author, properties.language = title, "thamdinh", "vi-VN"
        properties.category, properties.identifier = BOOK_MARK, UNSEALED
        properties.created = properties.modified = book.made
        self._document.add_paragraph(title, style="Title")
        self._text(book.title[self._language], bold=True)
        self._pairs(
            (self._say("Cơ quan ban hành chỉ đạo", "Issued by"), book.issuer[self._language]),
            (self._say("Nguồn", "Source"), book.source[self._language]),
            (
                self._say("Bộ quy tắc", "Rule pack"),
                f"{book.directive}, {self._say('bản', 'version')} {book.version} ({book.pack})",
            ),
            (
                self._say("Kiểm tra tình huống gần nhất", "Scenarios last run"),
                f"{last_run(book, self._language)}: {book.passed}/{book.scenarios} {self._say('đúng', 'hold')}",
            ),
        )
        self._contents(book)
        for clause in book.clauses:
            self._clause(clause)
        self._appendix(book)
        made = BytesIO()
        self._document.save(made)
        return sealed_package(made.getvalue())

    def _contents(self, book: Book) -> None:
        self._document.add_heading(self._say("Các điều khoản", "The clauses"), 1)
        head = ("Điều", "Nội dung", "Quy tắc") if self._language == "vi" else ("Clause", "Content", "Rules")
        rows = [
            (clause.id, clause.text[self._language], ", ".join(rule.id for rule in clause.rules) or "—")
            for clause in book.clauses
        ]
        self._table(head, rows, (1.5, 11.5, 3.5))

    def _clause(self, clause: BookClause) -> None:
        head = self._document.add_heading(
            f"{self._say('Điều', 'Clause')} {clause.id} ({clause.modality[self._language]})", 1
        )
        head.paragraph_format.space_before = Pt(10)
        self._document.add_paragraph(clause.text[self._language], style="Quote")
        self._text(f"{self._say('Vị trí trong văn bản nguồn', 'Place in the source')}: {clause.place[self._language]}")
        if clause.suspends is not None:
            codes, reason = clause.suspends
            words = self._say("Điều khoản này làm cho các điều sau không áp dụng", "This clause suspends")
            self._text(f"{words}: {', '.join(codes)}. {reason[self._language]}")
        if clause.readings:
            self._document.add_heading(self._say("Cách hiểu được chọn", "Readings chosen"), 2)
            head_row = (
                self._say("Điều cần định rõ", "What is settled"),
                self._say("Giá trị", "Value"),
                self._say("Lý do", "Reason"),
            )
            rows = [
                (r.title[self._language], r.value[self._language], r.reason[self._language]) for r in clause.readings
            ]
            self._table(head_row, rows, (5, 4, 7.5))
        self._document.add_heading(self._say("Quy tắc", "Rules"), 2)
        if clause.rules:
            head_row = (
                self._say("Mã", "Code"),
                self._say("Mức độ", "Severity"),
                self._say("Quy tắc nói gì", "What it says"),
            )
            rows = [(rule.id, rule.severity[self._language], rule.says[self._language]) for rule in clause.rules]
            self._table(head_row, rows, (2, 2.5, 12))
        else:
            self._text(NO_RULE[clause.permits][self._language])
        self._document.add_heading(self._say("Tình huống", "Scenarios"), 2)
        self._stories(clause)
        self._document.add_heading(f"{self._say('Ý kiến về điều', 'Comments on clause')} {clause.id}", 2)
        marked = self._document.add_paragraph()
        marked.paragraph_format.keep_with_next = True
        self._mark(marked, clause.id, clause.digest)
        signing = (*(words[self._language] for words in SIGNING),)
        table = self._table(signing, [("", "", "", "")], (3.5, 6, 3.5, 3.5))
        table.rows[1].height = Cm(0.7)

    def _mark(self, paragraph: Any, about: str, content: str, size: int = 8) -> None:
        mark = paragraph.add_run(mark_of(about, content, self._language))
        mark.font.size, mark.italic = Pt(size), True

    def _stories(self, clause: BookClause) -> None:
        head = (self._say("Tình huống", "Scenario"), APART[self._language])
        if clause.stories:
            table = self._table(head, [], (13.9, 2.6))
            for story in clause.stories:
                cells = table.add_row().cells
                self._story(story, cells[0])
                counted = f" {story.kept}/{len(story.rows)}" if story.rows else ""
                self._cell(cells[1], STATUSES[story.status][self._language] + counted, size=_SMALL)
                for paragraph in (marked := cells[1].add_paragraph(), cells[1].add_paragraph()):
                    paragraph.paragraph_format.space_after = Pt(0)
                self._mark(marked, story.label, story.item.content, _TINY)
        if clause.elsewhere:
            named = "; ".join(f"{name} ({self._say('điều', 'clause')} {home})" for name, home in clause.elsewhere)
            self._text(
                f"{self._say('Xem thêm tình huống ở điều khác', 'Scenarios under other clauses')}: {named}", size=_SMALL
            )

    def _story(self, story: Story, cell: Any) -> None:
        self._cell(cell, story.name, bold=True, size=_SMALL)
        about = ", ".join((*story.rules, *(role[self._language] for role in story.roles)))
        run = cell.paragraphs[0].add_run(printable(f" ({about})") if about else "")
        run.italic, run.font.size = True, Pt(_SMALL)
        paragraph = None
        for line in story.lines:
            if paragraph is None:
                paragraph = cell.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
            for words, bold in (
                (f"{line.keyword} ", True),
                (printable(unbroken(line.text)) + (" " if line.text.endswith((":", ".")) else ". "), False),
            ):
                run = paragraph.add_run(words)
                run.bold, run.font.size = bold, Pt(_SMALL)
            if line.table:
                paragraph = self._inner(cell, line.table[0], [[*map(unbroken, row)] for row in line.table[1:]])
        if story.rows:
            columns = (*story.columns, self._say("kiểm tra", "checked"))
            rows = [(*map(unbroken, row.cells), STATUSES[row.status][self._language]) for row in story.rows]
            self._inner(cell, columns, rows)

    def _inner(self, cell: Any, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Any:
        """A table within a cell; gives the paragraph that stands after it, as one must."""
        rows = list(rows)
        table = cell.add_table(1 + len(rows), len(head))
        table.style, table.autofit = "Table Grid", False
        widths = self._widths([head, *rows], _INNER, 8)
        self._fill(table, [head, *rows], widths, 8)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        after = cell.paragraphs[-1]
        after.paragraph_format.space_after = Pt(0)
        after.paragraph_format.line_spacing = Pt(_SMALL + 2)
        return after

    def _widths(self, rows: Sequence[Sequence[str]], whole: float, size: int) -> list[float]:
        """Centimetres of each column: room for its longest word, dates included; what is left by the longest of its texts."""
        columns = [*zip(*rows, strict=True)]
        least = [
            max(len(word) for text in column for word in text.split(" ")) * size * _LETTER + _MARGINS
            for column in columns
        ]
        left = whole - sum(least)
        if left < 0:
            return [whole * one / sum(least) for one in least]
        lengths = [min(_MOST, max(_FEWEST, *map(len, column))) for column in columns]
        return [one + left * length / sum(lengths) for one, length in zip(least, lengths, strict=True)]

    def _appendix(self, book: Book) -> None:
        head = self._say(
            f"Phụ lục: {book.one.vi} mà tình huống bắt đầu từ đó",
            f"Appendix: the {book.one.en} that scenarios begin with",
        )
        self._document.add_heading(head, 1)
        for of in book.plan:
            self._text(of.name, bold=True)
            self._table(of.head, of.rows, self._widths([of.head, *of.rows], _WIDTH, 8), 8)

    def _text(self, words: str, *, bold: bool = False, size: int | None = None) -> None:
        run = self._document.add_paragraph().add_run(printable(words))
        run.bold = bold
        if size is not None:
            run.font.size = Pt(size)

    def _pairs(self, *pairs: tuple[str, str]) -> None:
        for name, value in pairs:
            paragraph = self._document.add_paragraph()
            paragraph.add_run(f"{name}: ").bold = True
            paragraph.add_run(printable(value))

    def _table(
        self, head: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], size: int = _SMALL
    ) -> Any:
        """A table whose head row is repeated on each page; widths in centimetres."""
        assert abs(sum(widths) - _WIDTH) < 0.01
        rows = list(rows)
        table = self._document.add_table(1 + len(rows), len(head))
        table.style, table.alignment, table.autofit = "Table Grid", WD_TABLE_ALIGNMENT.CENTER, False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        self._fill(table, [head, *rows], widths, size)
        repeated = OxmlElement("w:tblHeader")
        repeated.set(qn("w:val"), "true")
        table.rows[0]._tr.get_or_add_trPr().append(repeated)
        return table

    def _fill(self, table: Any, rows: Iterable[Sequence[str]], widths: Sequence[float], size: int) -> None:
        """Write the texts into a table, the head in bold."""
        for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            for cell, text, width in zip(row.cells, texts, widths, strict=True):
                cell.width = Cm(width)
                self._cell(cell, text, bold=number == 0, size=size)

    def _cell(self, cell: Any, text: str, *, bold: bool = False, size: int = 11) -> None:
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        run = cell.paragraphs[0].add_run(printable(text))
        run.bold, run.font.size = bold, Pt(size)
