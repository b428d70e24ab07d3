"""Plans as documents: an official plan whose tables are those of layout.py, filled in or to be filled in."""

from copy import deepcopy
from datetime import date, datetime
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final, cast

from ..model.description import Description
from ..model.records import DocumentRecord
from .cells import choices
from .content import Data, Shown, example, field, plan_data, rows, value_or_none
from .layout import EXAMPLE, HOW_TO, SERIAL, VERSION_LABEL, FormColumn, Layout, Table, layout

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import _Cell

MOST_EMPTY_ROWS: Final = 12
"""Rows of an empty form; whoever fills it in adds more."""
_MOST_ON_FIRST_PAGE: Final = 3
"""The same on the page with the fields, which is to hold all its tables."""

_SHADE: Final = "DCE6F1"
_NUMERALS: Final = tuple(
    tens + ones for tens in ("", "X", "XX") for ones in ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
)
_NARROW: Final = 8.5
_CHOOSE, _DAY = "Chọn", "Chọn ngày, ghi giờ"
"""What empty controls show; the reader knows them for no answers (document_faults.is_prompt)."""
_MOST_IN_PORTRAIT: Final = 4
"""Columns of a table that stands on a page as high as wide pages are wide."""
_EMUS: Final = 360_000
"""English Metric Units in a centimetre."""
_LINE: Final = 25.2
"""The width of a table on a wide page, in centimetres: the page less its margins."""
_SHORT_LINE: Final = 16.5
"""The same on a high page."""
_SIZE: Final = 13
_WORD_2012: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
_COMPATIBILITY: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"


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
    wide = False
    for number, (name, title) in enumerate(form.sheets.items()):
        numeral, tables = _NUMERALS[number], form.tables_of(name)
        if name == form.first:
            _paragraph(made, name.upper(), bold=True, centred=True, size=14)
            _paragraph(made, title.removeprefix(f"{name} "), bold=True, centred=True)
            _paragraph(made, "-----", centred=True)
            _paragraph(made, f"{numeral}. Thông tin chung", bold=True, together=True)
            _fields(made, data, form)
            continue
        if not wide and any(len(table.columns) > _MOST_IN_PORTRAIT for table in tables):
            page = made.add_section(WD_SECTION.NEW_PAGE)
            _end_section_with_text(made)
            page.orientation = WD_ORIENT.LANDSCAPE
            page.page_width, page.page_height = page.page_height, page.page_width
            wide = True
        _paragraph(made, f"{numeral}. {title}", bold=True, together=True)
        for table in tables:
            _table(made, table, data, form, examples, _LINE if wide else _SHORT_LINE)
    _signature(made, known.form.signed if known.form else ())
    _paragraph(made, f"{VERSION_LABEL}: {known.version}", size=8, colour="808080")
    if examples:
        _declared(made)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _end_section_with_text(made: "WordDocument") -> None:
    """Let the last text end the section, not an empty paragraph, which may stand on a page of its own."""
    empty: Any = made.paragraphs[-1]._p
    last = empty.getprevious()
    if not hasattr(last, "set_sectPr"):  # behind a table there has to be a paragraph
        return
    last.set_sectPr(empty.pPr.sectPr)
    empty.getparent().remove(empty)


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
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "vi-VN")
    made.core_properties.author, made.core_properties.comments = "", ""
    made.core_properties.title, made.core_properties.language = title, "vi-VN"


def _letterhead(made: "WordDocument", data: Data, known: Description) -> None:
    steps = [known.by_nature.get(nature, ((),))[0] for nature in ("superior", "organization")]
    names = [str(value_or_none(data, path) or "") if path else "" for path in steps]
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
    table = _grid(made, 2)
    for column in form.fields:
        label, value = table.add_row().cells
        _write(label, column.label, bold=True, shade=True)
        _write(value, _text(field(data, column)))
    _notes(made, form.fields)


def _table(made: "WordDocument", table: Table, data: Data, form: Layout, examples: bool, line: float) -> None:
    """A table as wide as `line`, in centimetres."""
    from docx.oxml.ns import qn
    from docx.table import _Row

    _paragraph(made, table.name, italic=True, together=True)
    content: list[tuple[str | None, list[Shown]]] = [(None, row) for _, row in rows(data, table, form)]
    if examples:
        room = min(table.rows // 4, MOST_EMPTY_ROWS if line == _LINE else _MOST_ON_FIRST_PAGE)
        content = [(EXAMPLE, example(table)), *content, *[(None, [])] * room]
    drawn = _grid(made, len(table.columns) + 1)
    heading = _row(drawn)
    heading._tr.get_or_add_trPr().append(_element("w:tblHeader"))
    columns = (FormColumn(SERIAL, (), width=11), *table.columns)
    drawn.autofit = False
    for grid, column in zip(drawn.columns, columns, strict=True):
        grid.width = int(line * _EMUS * column.width / sum(other.width for other in columns))
    for cell, column in zip(heading.cells, columns, strict=True):
        _write(cell, column.label, bold=True, centred=True, shade=True, size=_NARROW, together=True)
    models: dict[bool, Any] = {}
    for number, (mark, row) in enumerate(content, 0 if examples else 1):
        texts = [mark or str(number), *map(_text, row or [None] * len(table.columns))]
        italic = mark is not None
        if italic not in models:
            models[italic] = _model(drawn, italic=italic)
        new = deepcopy(models[italic])
        drawn._tbl.append(new)
        for run, text in zip(new.iter(qn("w:r")), texts, strict=True):
            if text:
                run.text = text
        if examples and mark is None:
            for cell, column in zip(_Row(new, drawn).cells[1:], table.columns, strict=True):
                _control(cell, column)
    if examples and not content[-1][1]:
        _repeat(drawn._tbl.tr_lst[-1])
    _notes(made, table.columns)


def _grid(made: "WordDocument", columns: int) -> Any:
    """A table with lines and no rows yet. By its name python-docx looks for its style among all, for each table anew."""
    table: Any = made.add_table(0, columns)
    table._tbl.tblStyle_val = "TableGrid"
    return table


def _row(table: Any) -> Any:
    """A new row, which no page breaks in two."""
    row = table.add_row()
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))
    return row


def _model(table: Any, *, italic: bool) -> Any:
    """An empty row as all of them are, which is not in the table: copying it takes a fraction of making each."""
    row = _row(table)
    for cell in row.cells:
        _write(cell, "", italic=italic, size=_NARROW)
    table._tbl.remove(row._tr)
    return row._tr


def _control(cell: "_Cell", column: FormColumn) -> None:
    """Put what a cell holds into a control: a list to choose from, or a calendar; an empty one shows what is asked for."""
    allowed = choices(column) if column.holds == "choice" else []
    if not allowed and column.holds != "instant":
        return
    paragraph = cell.paragraphs[0]
    [run] = paragraph.runs
    control, properties, content = _element("w:sdt"), _element("w:sdtPr"), _element("w:sdtContent")
    properties.append(_element("w:alias", val=column.label))
    if not run.text:
        run.text = _CHOOSE if allowed else _DAY
        run.font.color.rgb = _grey()
        properties.append(_element("w:showingPlcHdr"))
    if allowed:
        kind = _element("w:dropDownList")
        for word in allowed:
            kind.append(_element("w:listItem", displayText=word, value=word))
    else:
        kind = _element("w:date")
        kind.append(_element("w:dateFormat", val="dd/MM/yyyy HH:mm"))
        kind.append(_element("w:lid", val="vi-VN"))
    properties.append(kind)
    run._r.addprevious(control)
    content.append(run._r)
    control.append(properties)
    control.append(content)


def _repeat(row: Any) -> None:
    """Let Word offer a button that adds another such row, with its lists and calendars; other programs show the row alone."""
    for kind in ("Item", ""):
        control, properties, content = _element("w:sdt"), _element("w:sdtPr"), _element("w:sdtContent")
        properties.append(properties.makeelement(f"{{{_WORD_2012}}}repeatingSection{kind}"))
        row.addprevious(control)
        content.append(row)
        control.extend((properties, content))
        row = control


def _declared(made: "WordDocument") -> None:
    """Say at the root, where it has to stand, that programs older than Word 2013 may pass over what they don't know of it."""
    from docx.oxml import parse_xml

    part: Any = made.part
    old = part._element
    spaces = {**old.nsmap, "mc": _COMPATIBILITY, "w15": _WORD_2012}
    declared = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in spaces.items())
    part._element = parse_xml(f'<w:document {declared} mc:Ignorable="{_ignorable(old)}w15"/>')
    part._element.extend(list(old))


def _ignorable(root: Any) -> str:
    """The prefixes that a root lets be passed over already, with a blank behind."""
    known = root.get(f"{{{_COMPATIBILITY}}}Ignorable")
    return f"{known} " if known else ""


def _grey() -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string("808080")


def _notes(made: "WordDocument", columns: tuple[FormColumn, ...]) -> None:
    """Below a table: what its columns take."""
    notes = [f"{column.label} – {note}" for column in columns if (note := _note(column))]
    if notes:
        _paragraph(made, f"{HOW_TO} {'. '.join(notes)}.", italic=True, size=9, colour="606060")


def _note(column: FormColumn) -> str:
    if column.holds == "choice":
        return "một trong: " + ", ".join(choices(column))
    return column.note


def _signature(made: "WordDocument", signed: tuple[tuple[str, ...], ...]) -> None:
    """Who signs, side by side; beside one alone, who receives the document."""
    made.paragraphs[-1].paragraph_format.keep_with_next = True  # no signature stands on a page by itself
    _paragraph(made, "", together=True)
    cells = made.add_table(1, max(2, len(signed))).rows[0].cells
    if len(signed) < len(cells):
        _write(cells[0], "Nơi nhận:", bold=True, italic=True, size=11)
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
    together: bool = False,
) -> None:
    """Write a text at the end of a new paragraph. `together`: on one page with what follows."""
    new, model = paragraph._p, _model_paragraph(bold, italic, centred, size, colour, together)
    for part in deepcopy(model):
        new.append(part)
    if text:
        paragraph.runs[-1].text = text


@cache
def _model_paragraph(
    bold: bool, italic: bool, centred: bool, size: float | None, colour: str | None, together: bool
) -> Any:
    """A paragraph of that look, with an empty run: copying its parts takes a fraction of making them."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor
    from docx.text.paragraph import Paragraph

    paragraph = Paragraph(cast("Any", _element("w:p")), cast("Any", None))
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if together:
        paragraph.paragraph_format.keep_with_next = True
    if size is not None:
        # The mark of the paragraph is as high as its letters: else it is the mark that decides how high a row is.
        mark = _element("w:rPr")
        mark.append(_element("w:sz", val=str(round(size * 2))))
        paragraph._p.get_or_add_pPr().append(mark)
    run = paragraph.add_run("")
    run.bold, run.italic = bold or None, italic or None
    if size is not None:
        run.font.size = Pt(size)
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)
    return paragraph._p


def _element(name: str, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made
