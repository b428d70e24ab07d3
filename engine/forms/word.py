"""Plans as documents: an official plan whose tables are those of layout.py, filled in or to be filled in."""

from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from ..model.description import Description
from ..model.records import DocumentRecord
from .cells import choices
from .content import Data, Shown, example, field, plan_data, rows, value_at
from .layout import EXAMPLE, SERIAL, VERSION_LABEL, Column, Layout, Table, layout

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell

MOST_EMPTY_ROWS: Final = 12
"""Rows of an empty form; whoever fills it in adds more."""

_SHADE: Final = "DCE6F1"
_NUMERALS: Final = tuple(
    tens + ones for tens in ("", "X", "XX") for ones in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
)
_NARROW: Final = 8.5
_LINE: Final = 9_144_000
"""The width of a table in English Metric Units: 25.4 cm, a landscape page less its margins."""
_SIZE: Final = 13


def write(plan: DocumentRecord) -> bytes:
    """The plan as a document (.docx) that reads back to the same plan, lists without an order in that of the form."""
    return write_data(plan_data(plan), plan.known, examples=False)


def write_data(data: Data, known: Description, *, examples: bool) -> bytes:
    """A document with plain data (plan-format) of a type of document in it, with or without example rows and room for more."""
    from docx import Document
    from docx.enum.section import WD_ORIENT, WD_SECTION

    form, made = layout(known), Document()
    _set_up(made, form.sheets.get(form.first, ""))
    _letterhead(made, data, known)
    for number, (name, title) in enumerate(form.sheets.items()):
        numeral = _NUMERALS[number]
        if name == form.first:
            _paragraph(made, name.upper(), bold=True, centred=True, size=14)
            _paragraph(made, title.removeprefix(f"{name} "), bold=True, centred=True)
            _paragraph(made, "*", centred=True)
            _paragraph(made, f"{numeral}. Thông tin chung", bold=True)
            _fields(made, data, form)
            page = made.add_section(WD_SECTION.NEW_PAGE)
            page.orientation = WD_ORIENT.LANDSCAPE
            page.page_width, page.page_height = page.page_height, page.page_width
            continue
        _paragraph(made, f"{numeral}. {title}", bold=True)
        for table in form.tables_of(name):
            _table(made, table, data, form, examples)
    _signature(made, known.form.signed if known.form else ())
    _paragraph(made, f"{VERSION_LABEL}: {known.version}", size=8, colour="808080")
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _set_up(made: "WordDocument", title: str) -> None:
    """A4, the margins of official documents, Times New Roman."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    normal: Any = made.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(_SIZE)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Times New Roman")
    normal.paragraph_format.space_after = Pt(3)
    made.core_properties.author, made.core_properties.comments = "", ""
    made.core_properties.title, made.core_properties.language = title, "vi-VN"


def _letterhead(made: "WordDocument", data: Data, known: Description) -> None:
    steps = [known.by_nature.get(nature, ((),))[0] for nature in ("superior", "organization")]
    names = [str(value_at(data, path) or "") if path else "" for path in steps]
    superior, own = ("…………………………" if name.startswith("<") or not name else name for name in names)
    left, right = made.add_table(1, 2).rows[0].cells
    _write(left, superior.upper(), centred=True)
    number = f"Số:      -{known.form.number}/…" if known.form and known.form.number else "Số:      /…"
    for text, bold in ((own.upper(), True), ("*", False), (number, False)):
        _paragraph(left, text, bold=bold, centred=True)
    _write(right, "ĐẢNG CỘNG SẢN VIỆT NAM", bold=True, centred=True)
    _paragraph(right, "……………, ngày … tháng … năm …", italic=True, centred=True)
    _paragraph(made, "")


def _fields(made: "WordDocument", data: Data, form: Layout) -> None:
    table = made.add_table(0, 2, style="Table Grid")
    for column in form.fields:
        label, value = table.add_row().cells
        _write(label, column.label, bold=True, shade=True)
        _write(value, _text(field(data, column)))
    _notes(made, form.fields)


def _table(made: "WordDocument", table: Table, data: Data, form: Layout, examples: bool) -> None:
    _paragraph(made, table.name, italic=True)
    content: list[tuple[str | None, list[Shown]]] = [(None, row) for _, row in rows(data, table, form)]
    if examples:
        content = [(EXAMPLE, example(table)), *content, *[(None, [])] * min(table.rows // 4, MOST_EMPTY_ROWS)]
    drawn = made.add_table(0, len(table.columns) + 1, style="Table Grid")
    heading = drawn.add_row()
    heading._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    columns = (Column(SERIAL, (), width=11), *table.columns)
    drawn.autofit = False
    for grid, column in zip(drawn.columns, columns, strict=True):
        grid.width = _LINE * column.width // sum(other.width for other in columns)
    for cell, column in zip(heading.cells, columns, strict=True):
        _write(cell, column.label, bold=True, centred=True, shade=True, size=_NARROW)
    for number, (mark, row) in enumerate(content, 0 if examples else 1):
        cells = drawn.add_row().cells
        _write(cells[0], mark or str(number), italic=mark is not None, size=_NARROW)
        for cell, value in zip(cells[1:], row or [None] * len(table.columns), strict=True):
            _write(cell, _text(value), italic=mark is not None, size=_NARROW)
    _notes(made, table.columns)


def _notes(made: "WordDocument", columns: tuple[Column, ...]) -> None:
    """Below a table: what its columns take."""
    notes = [f"{column.label} – {note}" for column in columns if (note := _note(column))]
    if notes:
        _paragraph(made, f"Cách ghi. {'. '.join(notes)}.", italic=True, size=9, colour="606060")


def _note(column: Column) -> str:
    if column.holds == "choice":
        return "một trong: " + ", ".join(choices(column))
    return column.note


def _signature(made: "WordDocument", signed: tuple[tuple[str, ...], ...]) -> None:
    """Who signs, side by side; beside one alone, who receives the document."""
    _paragraph(made, "")
    cells = made.add_table(1, max(2, len(signed))).rows[0].cells
    if len(signed) < len(cells):
        _write(cells[0], "Nơi nhận", bold=True, italic=True, size=11)
    for cell, lines in zip(cells[len(cells) - len(signed) :], signed, strict=True):
        _write(cell, lines[0] if lines else "", bold=True, centred=True)
        for line in lines[1:]:
            _paragraph(cell, line, centred=True)


def _text(value: Shown) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y %H:%M}" if isinstance(value, datetime) else f"{value:%d/%m/%Y}"
    return f"{value:.15g}".replace(".", ",") if isinstance(value, float) else str(value)


def _write(cell: "_Cell", text: str, *, shade: bool = False, **form: Any) -> None:
    """Write the first paragraph of a cell."""
    if shade:
        cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_SHADE))
    _run(cell.paragraphs[0], text, **form)


def _paragraph(where: Any, text: str, **form: Any) -> None:
    _run(where.add_paragraph(), text, **form)


def _run(
    paragraph: Any,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    centred: bool = False,
    size: float | None = None,
    colour: str | None = None,
) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if size is not None and not text:
        paragraph.paragraph_format.line_spacing = Pt(size * 1.2)
    run = paragraph.add_run(text)
    run.bold, run.italic = bold or None, italic or None
    if size is not None:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made
