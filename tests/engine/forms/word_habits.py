"""What people do to a document in Word, as changes of its XML: each says the same plan in another way.

A habit takes the body of a form's document and a source of chances, and changes it in place; where there is nothing to
change it does nothing. `REFUSED` are those after which the form can't be read for sure.
"""

from collections.abc import Callable
from copy import deepcopy
from itertools import pairwise
from random import Random
from typing import Any

from lxml import etree

from tests.packages import parts_of
from thamdinh.engine.base.archives import packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "w": W,
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "v": "urn:schemas-microsoft-com:vml",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMES.items())
Habit = Callable[[Any, Random], None]


def changed(content: bytes, *habits: Habit, seed: int = 0) -> bytes:
    """The document after these habits, one after the other."""
    parts = parts_of(content)
    change(parts, *habits, seed=seed)
    return packed(parts)


def change(parts: dict[str, bytes], *habits: Habit, seed: int = 0) -> None:
    """The same in the parts of a document."""
    root = etree.fromstring(parts["word/document.xml"])
    chances = Random(seed)
    for habit in habits:
        habit(root.find(f"{{{W}}}body"), chances)
    parts["word/document.xml"] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def text_of(content: bytes) -> bytes:
    """The part of a document that holds its text."""
    return parts_of(content)["word/document.xml"]


def xml(text: str) -> Any:
    """An element, or what is given as one; w, w14 and the others of NAMES are its prefixes."""
    return etree.fromstring(f"<all {_DECLARED}>{text}</all>")[0]


def found(element: Any, path: str) -> list[Any]:
    result: list[Any] = element.xpath(path, namespaces=NAMES)
    return result


def w(name: str) -> str:
    return f"{{{W}}}{name}"


# What there is to change


def tables(body: Any) -> list[Any]:
    """The tables of the form that stand in the text itself, without the list of fields."""
    return [table for table in body.iterchildren(w("tbl")) if found(table, "./w:tr[1]//w:t[.='STT']")]


def rows(table: Any) -> list[Any]:
    """The rows of a table below its headings."""
    return [row for row in table.iterchildren(w("tr")) if not found(row, ".//w:t[.='STT']")]


def runs(body: Any) -> list[Any]:
    """The runs of text under headings: values, and numbers of rows."""
    return [
        text.getparent()
        for table in tables(body)
        for row in rows(table)
        for text in found(row, "./w:tc/w:p/w:r/w:t[normalize-space()]")
    ]


def marks(body: Any) -> list[Any]:
    return [run for run in runs(body) if found(run, "./w:t[.='x']")]


def some(chances: Random, items: list[Any]) -> list[Any]:
    """A few of the items, at least one where there is one."""
    return chances.sample(items, min(len(items), chances.randint(1, 4)))


def each_run(*made: str) -> Habit:
    """Put other things in place of some runs; RUN stands for the run, TEXT for its text."""

    def habit(body: Any, chances: Random) -> None:
        for run in some(chances, runs(body)):
            _replace(run, chances.choice(made))

    return habit


def each_mark(*made: str) -> Habit:
    """Put other things in place of some marks."""

    def habit(body: Any, chances: Random) -> None:
        for run in some(chances, marks(body)):
            _replace(run, chances.choice(made))

    return habit


def each_blank(made: str) -> Habit:
    """Put something into some cells without a mark, in columns of marks."""

    def habit(body: Any, chances: Random) -> None:
        cells = []
        for table in tables(body):
            heads = found(table, "./w:tr[1]/w:tc")
            for row in rows(table):
                for head, cell in zip(heads, row.iterchildren(w("tc")), strict=False):
                    label = "".join(found(head, ".//w:t/text()"))
                    in_use = len("".join(found(row, ".//w:t/text()"))) > 2
                    if in_use and label.startswith(("Dự phần", "Nội dung: ")) and not found(cell, ".//w:t[.!='']"):
                        cells.append(cell)
        for cell in some(chances, cells):
            cell.find(w("p")).append(xml(made))

    return habit


def _replace(run: Any, made: str) -> None:
    text = "".join(found(run, "./w:t/text()")).replace("&", "&amp;").replace("<", "&lt;")
    own = etree.tostring(run, encoding="unicode", with_tail=False)
    around = xml(f"<w:x>{made.replace('RUN', own).replace('TEXT', text)}</w:x>")
    for part in reversed(list(around)):
        run.addnext(part)
    run.getparent().remove(run)


def _wrapped(element: Any, before: str, after: str) -> None:
    """Wrap an element where it stands."""
    mark = etree.Element("here")
    element.addprevious(mark)
    around = xml(f"{before}<w:x/>{after}")
    (hole,) = found(around, ".//w:x")
    hole.addprevious(element)
    hole.getparent().remove(hole)
    mark.addprevious(around)
    mark.getparent().remove(mark)


_CONTROL = '<w:sdt><w:sdtPr><w:alias w:val="Ô"/></w:sdtPr><w:sdtContent>', "</w:sdtContent></w:sdt>"
_BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline><wps:txbx><w:txbxContent>{0}</w:txbxContent>"
    "</wps:txbx></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{0}"
    "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def _symbol(font: str, code: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def _field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _form_box(checked: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:checkBox><w:sizeAuto/>{checked}</w:checkBox>'
        "</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _box(state: str, glyph: str) -> str:
    return (
        f'<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r>'
        f"{glyph}</w:r></w:sdtContent></w:sdt>"
    )


_GARBAGE = "<w:r><w:t>khách mời</w:t></w:r>"
_DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>khách mời</w:delText></w:r></w:del>'


def _looking(properties: str) -> Habit:
    """Let some runs look so."""

    def habit(body: Any, chances: Random) -> None:
        for run in some(chances, runs(body)):
            old = run.find(w("rPr"))
            if old is not None:
                run.remove(old)
            run.insert(0, xml(f"<w:rPr>{properties}</w:rPr>"))

    return habit


# Habits with rows and tables


def _some_rows(body: Any, chances: Random) -> list[Any]:
    return some(chances, [row for table in tables(body) for row in rows(table)])


def _row_properties(row: Any) -> Any:
    properties = row.find(w("trPr"))
    if properties is None:
        properties = xml("<w:trPr/>")
        row.insert(0, properties)
    return properties


def split_table(body: Any, chances: Random) -> None:
    """Split a table above one of its rows, as Ctrl+Shift+Enter does."""
    long = [table for table in tables(body) if len(rows(table)) > 1]
    for table in some(chances, long)[:1]:
        below = rows(table)
        second = deepcopy(table)
        for row in second.findall(w("tr")):
            second.remove(row)
        for row in below[chances.randint(1, len(below) - 1) :]:
            second.append(row)
        table.addnext(second)
        table.addnext(xml("<w:p/>"))


def repeat_headings(body: Any, chances: Random) -> None:
    for table in some(chances, tables(body)):
        chances.choice(rows(table) or [table[-1]]).addnext(deepcopy(table.find(w("tr"))))


def blank_rows(body: Any, chances: Random) -> None:
    """Blank rows; one between merged cells would take the text from those below."""
    for row in some(chances, [row for table in tables(body) for row in rows(table) if not found(row, ".//w:vMerge")]):
        made = deepcopy(row)
        for part in found(made, ".//w:r | .//w:sdt | .//w:tc//w:tbl"):
            part.getparent().remove(part)
        row.addnext(made)


def deleted_row(body: Any, chances: Random) -> None:
    """A row that was deleted as a tracked change: it still stands in the file."""
    for row in _some_rows(body, chances):
        made = deepcopy(row)
        _row_properties(made).append(xml('<w:del w:id="7" w:author="a"/>'))
        row.addnext(made)


def inserted_row(body: Any, chances: Random) -> None:
    for row in _some_rows(body, chances):
        _row_properties(row).append(xml('<w:ins w:id="8" w:author="a"/>'))


def deleted_cell(body: Any, chances: Random) -> None:
    for row in _some_rows(body, chances):
        made = deepcopy(row.find(w("tc")))
        properties = made.find(w("tcPr"))
        if properties is None:
            made.insert(0, properties := xml("<w:tcPr/>"))
        properties.append(xml('<w:cellDel w:id="9" w:author="a"/>'))
        row.find(w("tc")).addnext(made)


def deleted_end(body: Any, chances: Random) -> None:
    """A text broken in two by the end of a paragraph that was deleted as a tracked change."""
    long = [run for run in runs(body) if run.getparent().tag == w("p") and len(run.find(w("t")).text) > 1]
    for run in some(chances, long):
        paragraph, text = run.getparent(), run.find(w("t"))
        second = deepcopy(paragraph)
        for part in found(second, "./w:r"):
            second.remove(part)
        tail = deepcopy(run)
        second.append(tail)
        middle = chances.randint(1, len(text.text) - 1)
        text.text, tail.find(w("t")).text = text.text[:middle], text.text[middle:]
        for half in (text, tail.find(w("t"))):
            half.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for part in list(run.itersiblings()):
            second.append(part)
        properties = paragraph.find(w("pPr"))
        if properties is None:
            paragraph.insert(0, properties := xml("<w:pPr/>"))
        mark = properties.find(w("rPr"))
        if mark is None:
            properties.append(mark := xml("<w:rPr/>"))
        mark.insert(0, xml('<w:del w:id="10" w:author="a"/>'))
        paragraph.addnext(second)


def hidden_row(body: Any, chances: Random) -> None:
    for row in _some_rows(body, chances):
        _row_properties(row).append(xml(chances.choice(["<w:hidden/>", '<w:trHeight w:val="15" w:hRule="exact"/>'])))


def in_controls(body: Any, chances: Random) -> None:
    """Content controls around runs, cells, rows and tables."""
    kinds = [runs(body), [cell for row in _some_rows(body, chances) for cell in row.iterchildren(w("tc"))]]
    kinds += [[row for table in tables(body) for row in rows(table)], tables(body)]
    for element in some(chances, chances.choice(kinds)):
        _wrapped(element, *_CONTROL)


def in_a_text_box(body: Any, chances: Random) -> None:
    """A whole table in a text box."""
    for table in some(chances, tables(body))[:1]:
        content = etree.tostring(table, encoding="unicode", with_tail=False)
        table.addprevious(xml(f"<w:p>{_BOX.format(content + '<w:p/>')}</w:p>"))
        body.remove(table)


def in_a_cell(body: Any, chances: Random) -> None:
    """A whole table in the cell of another, which only puts it in its place."""
    for table in some(chances, tables(body))[:1]:
        _wrapped(table, "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>")


def nested_value(body: Any, chances: Random) -> None:
    """A value in a small table of its own in the cell."""
    for run in some(chances, runs(body)):
        if run.getparent().tag == w("p") and len(found(run.getparent(), "./w:r")) == 1:
            _wrapped(run.getparent(), "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")


def merged_down(body: Any, chances: Random) -> None:
    """Cells of one text, one below the other, become one."""
    pairs = []
    for table in tables(body):
        for above, below in pairwise(table.iterchildren(w("tr"))):
            if above not in rows(table) or below not in rows(table):
                continue
            for first, second in zip(above.findall(w("tc")), below.findall(w("tc")), strict=False):
                text = "".join(found(first, ".//w:t/text()"))
                plain = not found(first, ".//w:vMerge | .//w:sdt") and not found(second, ".//w:vMerge | .//w:sdt")
                if text and plain and text == "".join(found(second, ".//w:t/text()")):
                    pairs.append((first, second))
    for first, second in some(chances, pairs)[:1]:
        for cell, how in ((first, ' w:val="restart"'), (second, "")):
            properties = cell.find(w("tcPr"))
            if properties is None:
                cell.insert(0, properties := xml("<w:tcPr/>"))
            properties.append(xml(f"<w:vMerge{how}/>"))
        for run in found(second, ".//w:r"):
            run.getparent().remove(run)


def notes_beside(body: Any, chances: Random) -> None:
    """A column for notes."""
    for table in some(chances, tables(body))[:1]:
        for row in table.iterchildren(w("tr")):
            heading = bool(found(row, ".//w:t[.='STT']"))
            text = "Ghi chú" if heading else chances.choice(["", "xin vắng", "đến muộn"])
            row.append(xml(f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"))


def fields_as_paragraphs(body: Any, chances: Random) -> None:
    """The list of fields as lines of text, some of them in one paragraph."""
    tables_of_fields = [table for table in body.iterchildren(w("tbl")) if found(table, ".//w:t[.='Nhiệm kỳ']")]
    for table in tables_of_fields:
        lines = [
            "".join(found(row, "./w:tc[1]//w:t/text()")) + ": " + "".join(found(row, "./w:tc[2]//w:t/text()"))
            for row in table.iterchildren(w("tr"))
        ]
        paragraph = xml("<w:p/>")
        table.addprevious(paragraph)
        for line in lines:
            run = xml('<w:r><w:t xml:space="preserve"></w:t></w:r>')
            run.find(w("t")).text = line
            paragraph.append(run)
            if chances.random() < 0.5:
                paragraph.append(xml(f"<w:r><w:{chances.choice(['br', 'tab'])}/></w:r>"))
            else:
                paragraph = xml("<w:p/>")
                table.addprevious(paragraph)
        body.remove(table)


def other_table(body: Any, chances: Random) -> None:
    """A table that is no part of the plan."""
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    words = [("Nội dung", "Người lo", "Kinh phí", "Ghi chú", "Khác"), ("Hội trường", "Văn phòng", "2.000.000", "", "")]
    made = "".join(f"<w:tr>{''.join(map(cell.format, line))}</w:tr>" for line in words)
    chances.choice(tables(body)).addprevious(xml(f"<w:tbl>{made}</w:tbl>"))


def beyond_the_page(body: Any, chances: Random) -> None:
    """A table placed where nobody sees it."""
    for table in some(chances, tables(body))[:1]:
        placed = xml(f'<w:tblpPr w:tblpX="{chances.choice([-30000, 40000])}" w:tblpY="1"/>')
        properties = table.find(w("tblPr"))
        for old in properties.findall(w("tblpPr")):
            properties.remove(old)
        properties.insert(1, placed)


def low_rows(body: Any, chances: Random) -> None:
    """Rows too low for what stands in them, below empty lines."""
    for run in some(chances, [run for run in runs(body) if run.getparent().tag == w("p")]):
        row = next(run.iterancestors(w("tr")))
        _row_properties(row).append(xml('<w:trHeight w:val="300" w:hRule="exact"/>'))
        run.addprevious(xml("<w:r><w:br/><w:br/></w:r>"))


def coloured_rows(body: Any, chances: Random) -> None:
    for row in _some_rows(body, chances):
        for cell in row.iterchildren(w("tc")):
            properties = cell.find(w("tcPr"))
            if properties is not None and properties.find(w("shd")) is None:
                properties.append(xml('<w:shd w:val="clear" w:color="auto" w:fill="FFFF00"/>'))


def dark_marks(body: Any, chances: Random) -> None:
    """Cells filled with black in place of marks."""
    for run in some(chances, marks(body)):
        cell = next(run.iterancestors(w("tc")))
        run.getparent().remove(run)
        properties = cell.find(w("tcPr"))
        if properties is None:
            cell.insert(0, properties := xml("<w:tcPr/>"))
        properties.append(xml(chances.choice(_DARK_SHADES)))


_DARK_SHADES = (
    '<w:shd w:val="clear" w:fill="000000"/>',
    '<w:shd w:val="solid" w:color="1F3864"/>',
    '<w:shd w:val="diagCross"/>',
)

SAME: dict[str, tuple[Habit, str]] = {
    "other ticks": (each_mark(*(f"<w:r><w:t>{tick}</w:t></w:r>" for tick in "X×v✓✔☑☒√✅")), ""),
    "symbols": (
        each_mark(
            _symbol("Wingdings", "F0FE"),
            _symbol("Wingdings", "F0FC"),
            _symbol("Wingdings 2", "F052"),
            _symbol("MS Gothic", "2612"),
        ),
        "",
    ),
    "letters of a symbol font": (
        each_mark('<w:r><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr><w:t>ü</w:t></w:r>'),
        "",
    ),
    "empty symbols": (each_blank(_symbol("Wingdings", "F0A8")), ""),
    "check boxes of forms": (each_mark(_form_box("<w:checked/>"), _form_box('<w:default w:val="1"/>')), ""),
    "empty check boxes of forms": (
        each_blank("<w:ins w:id='3' w:author='a'>" + _form_box('<w:default w:val="0"/>') + "</w:ins>"),
        "NT006",
    ),
    "check boxes": (
        each_mark(
            _box("1", "<w:t>☒</w:t>"),
            _box("true", '<w:sym w:font="Wingdings" w:char="F0FE"/>'),
            _box("1", "<w:t>●</w:t>"),
        ),
        "",
    ),
    "empty check boxes": (each_blank(_box("0", "<w:t>☐</w:t>")), ""),
    "content controls": (in_controls, ""),
    "text boxes": (each_run(_BOX.format("<w:p>RUN</w:p>")), ""),
    "fields": (
        each_run(
            _field("REF a", "RUN"),
            '<w:fldSimple w:instr="REF a">RUN</w:fldSimple>',
            _field("REF a", _field("REF b", "RUN")),
        ),
        "",
    ),
    "fields worked out": (each_run(_field("DOCPROPERTY a", "RUN"), _field("=1+1", "RUN")), "NT007"),
    "links and tags": (
        each_run(*(f"<w:{tag}>RUN</w:{tag}>" for tag in ("hyperlink", "smartTag", "customXml", "bdo", "dir"))),
        "",
    ),
    "changes of words": (
        each_run(
            f'{_DELETED}<w:ins w:id="2" w:author="a">RUN</w:ins>',
            f'<w:moveFrom w:id="2" w:author="a">{_GARBAGE}</w:moveFrom><w:moveTo w:id="3" w:author="a">RUN</w:moveTo>',
            f'RUN<w:ins w:id="2" w:author="a">{_DELETED}</w:ins>',
        ),
        "NT006",
    ),
    "rows deleted": (deleted_row, "NT006"),
    "rows inserted": (inserted_row, "NT006"),
    "cells deleted": (deleted_cell, "NT006"),
    "ends of paragraphs deleted": (deleted_end, "NT006"),
    "hidden text": (_looking("<w:vanish/>"), "NT006"),
    "white text": (_looking('<w:color w:val="FFFFFF"/>'), "NT006"),
    "tiny text": (_looking('<w:sz w:val="2"/>'), "NT006"),
    "struck text": (_looking("<w:strike/>"), "NT006"),
    "hidden rows": (hidden_row, "NT006"),
    "tables beyond the page": (beyond_the_page, "NT006"),
    "rows too low for their text": (low_rows, "NT006"),
    "rows in colour": (coloured_rows, ""),
    "text hidden in its own ways": (_looking("<w:specVanish/>"), "NT006"),
    "a table in two": (split_table, ""),
    "headings repeated": (repeat_headings, ""),
    "blank rows": (blank_rows, ""),
    "a table in a text box": (in_a_text_box, ""),
    "a table in a cell": (in_a_cell, ""),
    "values in small tables": (nested_value, ""),
    "cells merged downwards": (merged_down, ""),
    "a column of notes": (notes_beside, "NT008"),
    "another table": (other_table, "NT008"),
    "fields as paragraphs": (fields_as_paragraphs, ""),
    "equations": (each_mark("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>"), ""),
    "comments in the XML": (each_run("<w:r><w:t>TEXT<!-- a --></w:t></w:r>"), ""),
    "notes": (each_run('RUN<w:r><w:footnoteReference w:id="2"/></w:r>'), "NT008"),
}
"""What says the same plan, and the code of the notice that is due (none: no notice)."""

REFUSED: dict[str, Habit] = {
    "pictures": each_mark("<w:r><w:drawing><wp:inline><a:graphic/></wp:inline></w:drawing></w:r>"),
    "old pictures": each_mark('<w:r><w:pict><v:shape style="width:9pt"/></w:pict></w:r>'),
    "dark cells for marks": dark_marks,
    "ink": each_mark("<w:r><w:contentPart/></w:r>"),
    "symbols not known": each_mark(_symbol("Wingdings", "F04A"), _symbol("Chữ Ký", "F0FC")),
    "equations of parts": each_mark("<m:oMath><m:rad><m:e><m:r><m:t>x</m:t></m:r></m:e></m:rad></m:oMath>"),
    "boxes that contradict themselves": each_mark(_box("0", "<w:t>☒</w:t>"), _box("1", "<w:t>☐</w:t>")),
    "alternatives that differ": each_run(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>a</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></w:pict></mc:Choice><mc:Fallback><w:r><w:t>b</w:t></w:r></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    ),
    "fields without results": each_run('<w:fldSimple w:instr="DOCVARIABLE a"/>'),
}
"""After which something can't be read."""
