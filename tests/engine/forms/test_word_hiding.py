"""What somebody may put into a document where the tables of the form don't show it: told, or read for what it says."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from lxml import etree

from tests.appraisal import base_plan, plan_of
from tests.engine.forms.word_habits import W, change, changed, each_blank, found, marks, rows, runs, tables, w, xml
from tests.forms import base_document, without_order
from tests.packages import parts_of
from tests.plans import problems
from thamdinh.engine.base.archives import packed
from thamdinh.engine.documents import read
from thamdinh.engine.model.integrity import read_plan

BASE = plan_of(base_plan())
Edit = Callable[[Any], None]
PEOPLE = 3
"""Which of the tables of the form holds the people, from 0."""

_CELL = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"


def _row(*texts: str) -> str:
    return f"<w:tr>{''.join(map(_CELL.format, texts))}</w:tr>"


STRANGER = _row("1", "p77", "Người Lạ", "", "đại biểu dự thường lệ", "", "x", "x", "")
_TABLE = f"<w:tbl>{STRANGER}</w:tbl>"


def document(edit: Edit = lambda _: None, parts: dict[str, str] | None = None) -> bytes:
    """The base plan changed by `edit`, with other parts (by their kind) beside its text."""
    every = parts_of(base_document())
    change(every, lambda body, _: edit(body))
    relations = etree.fromstring(every["word/_rels/document.xml.rels"])
    kind_of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for kind, part in (parts or {}).items():
        entry = next((known for known in relations if known.get("Type") == f"{kind_of}/{kind}"), None)
        if entry is None:
            entry = etree.SubElement(
                relations, relations[0].tag, Id=f"rId{kind}", Type=f"{kind_of}/{kind}", Target=f"{kind}.xml"
            )
        every[f"word/{entry.get('Target')}"] = part.replace(">", f' xmlns:w="{W}">', 1).encode()
    every["word/_rels/document.xml.rels"] = etree.tostring(relations)
    return packed(every)


def _body(xml_text: str) -> Edit:
    return lambda body: body.insert(8, xml(xml_text))


def _covered(body: Any) -> None:
    cell = rows(tables(body)[PEOPLE])[2].findall(w("tc"))[4]
    cell.find(w("tcPr")).append(xml("<w:vMerge/>"))
    cell.find(f".//{w('t')}").text = "khác"


def _shaded(properties: str, number: int = 7) -> Edit:
    """A cell of the last person, empty in the form, with these properties."""

    def edit(body: Any) -> None:
        cell = rows(tables(body)[PEOPLE])[-1].findall(w("tc"))[number]
        assert not found(cell, ".//w:t[normalize-space()]")
        cell.find(w("tcPr")).append(xml(properties))

    return edit


def _in_paragraph_of(properties: str) -> Edit:
    """A mark in a paragraph with these properties."""

    def edit(body: Any) -> None:
        paragraph = marks(body)[0].getparent()
        for old in paragraph.findall(w("pPr")):
            paragraph.remove(old)
        paragraph.insert(0, xml(f"<w:pPr>{properties}</w:pPr>"))

    return edit


def _indented(sides: str) -> Edit:
    return _in_paragraph_of(f"<w:ind {sides}/>")


def _blanks_on_black(body: Any) -> None:
    paragraph = rows(tables(body)[PEOPLE])[-1].findall(w("tc"))[7].find(w("p"))
    paragraph.append(xml('<w:r><w:rPr><w:highlight w:val="black"/></w:rPr><w:t xml:space="preserve">   </w:t></w:r>'))


def _span(first: int) -> Edit:
    """Merge two cells of a row sideways: the text of the second is gone."""

    def edit(body: Any) -> None:
        row = rows(tables(body)[PEOPLE])[0]
        cells = row.findall(w("tc"))
        cells[first].find(w("tcPr")).append(xml('<w:gridSpan w:val="2"/>'))
        row.remove(cells[first + 1])

    return edit


_EMBEDDED = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/>'
_TABS = "<w:tab/>".join(f"<w:t>{text}</w:t>" for text in ("p77", "Người Lạ", "đại biểu dự thường lệ", "x"))

_IN_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def _bullets(properties: str = _IN_LIST) -> Edit:
    """Marks as empty paragraphs with these properties."""

    def edit(body: Any) -> None:
        for mark in marks(body)[:3]:
            paragraph = mark.getparent()
            paragraph.remove(mark)
            if (old := paragraph.find(w("pPr"))) is not None:
                paragraph.remove(old)
            paragraph.insert(0, xml(f"<w:pPr>{properties}</w:pPr>"))

    return edit


def _numbers(column: int) -> Edit:
    """The cells of a column empty items of a list, as Word numbers rows."""

    def edit(body: Any) -> None:
        for row in rows(tables(body)[PEOPLE]):
            paragraph = row.findall(w("tc"))[column].find(w("p"))
            for part in list(paragraph):
                paragraph.remove(part)
            paragraph.append(xml(f"<w:pPr>{_IN_LIST}</w:pPr>"))

    return edit


def _lists(sign: str = '<w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0fc"/>', look: str = "", kind: str = "") -> str:
    """Numbering with the list 1, of which the first level has this sign in this look."""
    look = f'<w:rPr><w:rFonts w:hAnsi="Wingdings"/>{look}</w:rPr>'
    level = f'<w:lvl w:ilvl="0">{sign}{look}</w:lvl>'
    return (
        f'<w:numbering><w:abstractNum w:abstractNumId="1">{kind or level}</w:abstractNum><w:abstractNum w:abstractNumId="2">'
        f'{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2">'
        '<w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )


def _styles(*styles: str) -> str:
    return f"<w:styles>{''.join(styles)}</w:styles>"


_TICK = '<w:style w:type="paragraph" w:styleId="Tick"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
_BASED = '<w:style w:type="paragraph" w:styleId="Small"><w:basedOn w:val="Tick"/></w:style>'
_LIST_STYLE = (
    '<w:style w:type="numbering" w:styleId="Ticks"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
)
_LINKED = _lists(kind='<w:numStyleLink w:val="Ticks"/>')
_BY_LEVEL = (
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/>'
    '<w:pStyle w:val="Tick"/><w:lvlText w:val="✓"/></w:lvl>'
)
_COUNTED = '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'


def _floating(text: str) -> str:
    """A box with a text, placed freely on the page."""
    return (
        '<w:p><w:r><w:pict><v:shape style="position:absolute"><v:textbox><w:txbxContent><w:p><w:r>'
        f"<w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )


def _line(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _frame(text: str) -> str:
    return f'<w:p><w:pPr><w:framePr w:x="9000" w:y="5000"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


def _crossed(body: Any) -> None:
    """Lines from corner to corner in place of a mark."""
    mark = marks(body)[0]
    mark.getparent().getparent().find(w("tcPr")).append(xml('<w:tcBorders><w:tl2br w:val="single"/></w:tcBorders>'))
    mark.getparent().remove(mark)


def _turned(body: Any) -> None:
    count = found(body, ".//w:r[w:t='12']")[0]
    around = xml('<w:bdo w:val="rtl"/>')
    count.addprevious(around)
    around.append(count)


_PLACED = '<w:tblPr><w:tblpPr w:tblpX="9000" w:tblpY="5000"/></w:tblPr>'


def _above_nothing(body: Any) -> None:
    """The mark of a person for the mid-term part, as the small letters that say how a text is pronounced."""
    cell = list(rows(tables(body)[PEOPLE])[4])[-2]
    above = "<w:rt><w:r><w:t>x</w:t></w:r></w:rt>"
    cell.append(xml(f"<w:p><w:r><w:ruby>{above}<w:rubyBase><w:r><w:t/></w:r></w:rubyBase></w:ruby></w:r></w:p>"))


TOLD: dict[str, tuple[Edit, dict[str, str]]] = {
    "a table in the head of pages": (lambda _: None, {"header": f"<w:hdr>{_TABLE}</w:hdr>"}),
    "another value in the head of pages": (
        lambda _: None,
        {"header": "<w:hdr><w:p><w:r><w:t>Nhiệm kỳ: 2020-2025</w:t></w:r></w:p></w:hdr>"},
    ),
    "a table in a footnote": (
        lambda _: None,
        {"footnotes": f"<w:footnotes><w:footnote>{_TABLE}</w:footnote></w:footnotes>"},
    ),
    "another file's content in the head of pages": (lambda _: None, {"header": "<w:hdr><w:altChunk/></w:hdr>"}),
    "a table of no headings at the end": (lambda body: tables(body)[-1].addnext(xml(_TABLE)), {}),
    "a row above headings": (lambda body: tables(body)[PEOPLE].find(w("tr")).addprevious(xml(STRANGER)), {}),
    "a row as tabbed text": (_body(f"<w:p><w:r>{_TABS}</w:r></w:p>"), {}),
    "a row as a line of text": (_body(_line("p04; Phạm Thị Út; đại biểu dự thường lệ; có; x; x")), {}),
    "a row as an item of a list": (_body(_line("- Phạm Thị Út: đại biểu dự thường lệ; x; x")), {}),
    "a row with dashes": (_body(_line("Phạm Thị Út – đại biểu dự thường lệ – có – x – x")), {}),
    "a row with brackets": (_body(_line("Phạm Thị Út (đại biểu dự thường lệ) [có] x")), {}),
    "a row with dashes close to words": (_body(_line("Phạm Thị Út- đại biểu dự thường lệ -x")), {}),
    "a row with long dashes and no blanks": (_body(_line("Phạm Thị Út—đại biểu dự thường lệ—x")), {}),
    "a row with other brackets": (_body(_line("Phạm Thị Út {đại biểu dự thường lệ} «x»")), {}),
    "a row with strokes": (_body(_line("Phạm Thị Út / đại biểu dự thường lệ / x")), {}),
    "a row with arrows": (_body(_line("Phạm Thị Út → đại biểu dự thường lệ => x")), {}),
    "a row with dots": (_body(_line("Phạm Thị Út.....đại biểu dự thường lệ…x")), {}),
    "a row between bars": (_body(_line("| Phạm Thị Út | đại biểu dự đại hội | | x |")), {}),
    "numbers of a list in place of marks": (_bullets(), {"numbering": _lists(_COUNTED)}),
    "a picture before an empty item": (
        _bullets(),
        {"numbering": _lists('<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlPicBulletId w:val="0"/>')},
    ),
    "a mark in a box over the page": (_body(_floating("x")), {}),
    "a mark in a box of a cell": (lambda body: marks(body)[0].getparent().addprevious(xml(_floating("x"))), {}),
    "a mark in a frame": (_body(_frame("x")), {}),
    "a mark in a frame of the head of pages": (lambda _: None, {"header": f"<w:hdr>{_frame('x')}</w:hdr>"}),
    "a mark in a table over the page": (_body(f"<w:tbl>{_PLACED}{_row('x')}</w:tbl>"), {}),
    "lines across a cell": (_crossed, {}),
    "a mark left of its cell": (_indented('w:left="-900"'), {}),
    "a mark right of its cell": (_indented('w:end="-900"'), {}),
    "a mark some letters left of its cell": (_indented('w:leftChars="-500" w:left="0"'), {}),
    "a mark that hangs out of its cell": (_indented('w:left="100" w:hanging="1200"'), {}),
    "a mark left of its cell by its list": (
        _in_paragraph_of(_IN_LIST),
        {"numbering": _lists(f'{_COUNTED}<w:pPr><w:ind w:left="-900"/></w:pPr>')},
    ),
    "a mark left of its cell by its list and itself": (
        _in_paragraph_of(f'{_IN_LIST}<w:ind w:hanging="1200"/>'),
        {"numbering": _lists(f'{_COUNTED}<w:pPr><w:ind w:left="100"/></w:pPr>')},
    ),
    "a mark left of its cell by a style": (
        _in_paragraph_of('<w:pStyle w:val="An"/>'),
        {
            "styles": _styles(
                '<w:style w:type="paragraph" w:styleId="An"><w:pPr><w:ind w:left="-900"/></w:pPr></w:style>'
            )
        },
    ),
    "a black cell in place of a mark": (_shaded('<w:shd w:val="clear" w:fill="000000"/>'), {}),
    "a solid cell in place of a mark": (_shaded('<w:shd w:val="solid" w:color="auto" w:fill="auto"/>'), {}),
    "a hatched cell in place of a mark": (_shaded('<w:shd w:val="thinDiagCross" w:color="auto"/>'), {}),
    "blanks on black in place of a mark": (_blanks_on_black, {}),
    "a count shown backwards": (_turned, {}),
    "a mark above an empty place": (_above_nothing, {}),
    "an embedded workbook": (_body(f"<w:p><w:r><w:object>{_EMBEDDED}</w:object></w:r></w:p>"), {}),
    "text in a merged cell": (_covered, {}),
    "a name over two columns": (_span(2), {}),
    "a field in one cell": (
        lambda body: list(body.iter(w("tbl")))[1].append(xml(_row("Cấp ủy ngành cấp trên chỉ đạo: Công an", ""))),
        {},
    ),
}


@pytest.mark.parametrize(("edit", "parts"), TOLD.values(), ids=TOLD)
def test_what_may_hide_a_part_of_the_plan_is_a_problem(edit: Edit, parts: dict[str, str]) -> None:
    assert problems(lambda: read_plan(read("plan.docx", document(edit, parts))))


def _foreign(body: Any) -> None:
    """A row in an element that Word doesn't know, and whose content it may show."""
    row = rows(tables(body)[PEOPLE])[1]
    around = etree.Element("{urn:any}a")
    row.addprevious(around)
    around.append(row)


def _choice(body: Any) -> None:
    """A list of choices of the old kind around a value: it has no text of its own."""
    run = found(tables(body)[PEOPLE], ".//w:r[w:t='đại biểu dự đại hội']")[0]
    text = run.find(w("t")).text
    entries = f'<w:result w:val="1"/><w:listEntry w:val="khác"/><w:listEntry w:val="{text}"/>'
    for part in reversed(
        (
            f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{entries}</w:ddList></w:ffData></w:fldChar></w:r>',
            "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>",
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        )
    ):
        run.addnext(xml(part))
    run.getparent().remove(run)


_PROMPT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>{}</w:t></w:r></w:sdtContent></w:sdt>"
_COMMENT = "<w:comments><w:comment><w:p><w:r><w:t>Địa điểm: chưa rõ</w:t></w:r></w:p></w:comment></w:comments>"


def _bound(body: Any) -> None:
    run = runs(body)[5]
    control = xml('<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent/></w:sdt>')
    run.addprevious(control)
    control[1].append(run)


def _drawn(run: str = "", paragraph: str = "") -> Edit:
    """A mark with these properties, in a paragraph with those."""

    def edit(body: Any) -> None:
        mark = marks(body)[0]
        for element, name, properties in ((mark, "rPr", run), (mark.getparent(), "pPr", paragraph)):
            if (old := element.find(w(name))) is not None:
                element.remove(old)
            element.insert(0, xml(f"<w:{name}>{properties}</w:{name}>"))

    return edit


def _of_tables(properties: str) -> Edit:
    """The tables of the form with these properties, and none of a style or of shades in cells."""

    def edit(body: Any) -> None:
        for shade in found(body, ".//w:tcPr/w:shd"):
            shade.getparent().remove(shade)
        for table in tables(body):
            old = table.find(w("tblPr"))
            for name in ("tblStyle", "tblpPr", "tblInd"):
                for part in old.findall(w(name)):
                    old.remove(part)
            for part in reversed(list(xml(f"<w:x>{properties}</w:x>"))):
                old.insert(0, part)

    return edit


def _in_exact_rows(height: int, text: str) -> Edit:
    """A row of an exact height, in which the name is broken by this."""

    def edit(body: Any) -> None:
        row = rows(tables(body)[PEOPLE])[1]
        row.insert(0, xml(f'<w:trPr><w:trHeight w:val="{height}" w:hRule="exact"/></w:trPr>'))
        run = found(row, "./w:tc[3]//w:r")[0]
        words = run.find(w("t"))
        first, _, rest = words.text.partition(" ")
        words.text = f"{first} "
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        tail = xml(f"<w:r>{text}<w:t>{rest}</w:t></w:r>")
        run.addnext(tail)

    return edit


def _table_style(whole: str, *parts: str) -> str:
    return f'<w:style w:type="table" w:styleId="Bang">{whole}{"".join(parts)}</w:style>'


def _part(kind: str, content: str) -> str:
    return f'<w:tblStylePr w:type="{kind}">{content}</w:tblStylePr>'


_WHITE_TEXT = '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
_ON_BLUE = f'{_WHITE_TEXT}<w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>'
_STYLED = _of_tables('<w:tblStyle w:val="Bang"/>')
_BASE = '<w:style w:type="table" w:styleId="Goc"><w:rPr><w:vanish/></w:rPr></w:style>'
_NORMAL = '<w:style w:type="table" w:default="1" w:styleId="Bang"><w:rPr><w:vanish/></w:rPr></w:style>'
_OF_PARAGRAPHS = '<w:style w:type="paragraph" w:styleId="An">{}</w:style>'
_IN_STYLE = _drawn("", '<w:pStyle w:val="An"/>')


def _theme(**colours: str) -> str:
    parts = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in colours.items())
    return f'<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{parts}</a:theme>'


_OLD_BOX = (
    "<w:p><w:r><w:pict><v:shape style='{}'><v:textbox><w:txbxContent><w:hole/></w:txbxContent></v:textbox></v:shape></w:pict>"
    "</w:r></w:p>"
)
_BOX = (
    '<w:p><w:r><w:drawing><wp:anchor><wp:positionH relativeFrom="page"><wp:posOffset>{}</wp:posOffset></wp:positionH>'
    '<wp:extent cx="{}" cy="900000"/><wps:txbx><w:txbxContent><w:hole/></w:txbxContent></wps:txbx></wp:anchor></w:drawing></w:r></w:p>'
)


def _boxed(box: str) -> Edit:
    """The people in a box."""

    def edit(body: Any) -> None:
        table, around = tables(body)[PEOPLE], xml(box)
        table.addprevious(around)
        (hole,) = found(around, ".//w:hole")
        hole.addprevious(table)
        hole.addprevious(xml("<w:p/>"))
        hole.getparent().remove(hole)

    return edit


_EVERY: dict[str, tuple[Edit, dict[str, str], str]] = {
    "tables left of the page": (_of_tables('<w:tblpPr w:tblpX="-30000" w:tblpY="1"/>'), {}, "NT006"),
    "tables below the page": (_of_tables('<w:tblpPr w:tblpX="1" w:tblpY="31000"/>'), {}, "NT006"),
    "tables right of the page by their indent": (_of_tables('<w:tblInd w:w="20000" w:type="dxa"/>'), {}, "NT006"),
    "tables placed on the page": (_of_tables('<w:tblpPr w:tblpX="-500" w:tblpY="900"/>'), {}, ""),
    "a table in a box beyond the page": (_boxed(_BOX.format(-30_000_000, 900_000)), {}, "NT006"),
    "a table in a box of no width": (_boxed(_BOX.format(0, 10)), {}, "NT006"),
    "a table in a box on the page": (_boxed(_BOX.format(900_000, 900_000)), {}, ""),
    "a table in an old box beyond the page": (_boxed(_OLD_BOX.format("margin-left:-3000pt;width:200pt")), {}, "NT006"),
    "a table in an old box of no height": (_boxed(_OLD_BOX.format("position:absolute;left:0;height:0")), {}, "NT006"),
    "a table in an old box on the page": (_boxed(_OLD_BOX.format("margin-left:30pt;width:200pt")), {}, ""),
    "a field in a frame beyond the page": (
        _body('<w:p><w:pPr><w:framePr w:x="-30000" w:y="1"/></w:pPr><w:r><w:t>Nhiệm kỳ: 2015-2020</w:t></w:r></w:p>'),
        {},
        "NT006",
    ),
    "a field in a frame of no height": (
        _body(
            '<w:p><w:pPr><w:framePr w:hRule="exact" w:h="1" w:x="1" w:y="1"/></w:pPr><w:r><w:t>Nhiệm kỳ: 2015-2020</w:t>'
            "</w:r></w:p>"
        ),
        {},
        "NT006",
    ),
    "a name below a row of an exact height": (_in_exact_rows(300, "<w:br/><w:br/>"), {}, "NT006"),
    "a name in a row high enough": (_in_exact_rows(900, "<w:br/><w:br/>"), {}, ""),
    "white text by the style of tables": (_STYLED, {"styles": _styles(_table_style(_WHITE_TEXT))}, "NT006"),
    "vanished text by the style of tables": (_STYLED, {"styles": _styles(_BASE, _table_style('<w:basedOn w:val="Goc"/>'))}, "NT006"),
    "vanished text by the style of all tables": (_of_tables(""), {"styles": _styles(_NORMAL)}, "NT006"),
    "white text by bands": (_STYLED, {"styles": _styles(_table_style("", _part("band1Horz", _WHITE_TEXT)))}, "NT006"),
    "white on blue by bands": (_STYLED, {"styles": _styles(_table_style("", _part("band1Horz", _ON_BLUE)))}, ""),
    "white on blue in headings": (_STYLED, {"styles": _styles(_table_style("", _part("firstRow", _ON_BLUE)))}, ""),
    "a style of tables that none has": (_of_tables(""), {"styles": _styles(_table_style(_WHITE_TEXT))}, ""),
    "vanished by the style of a paragraph": (
        _IN_STYLE, {"styles": _styles(_OF_PARAGRAPHS.format("<w:rPr><w:vanish/></w:rPr>"))}, "NT006",
    ),
    "a style of no height": (
        _IN_STYLE,
        {"styles": _styles(_OF_PARAGRAPHS.format('<w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'))},
        "NT006",
    ),
    "a style right of the page": (
        _IN_STYLE, {"styles": _styles(_OF_PARAGRAPHS.format('<w:pPr><w:ind w:left="30000"/></w:pPr>'))}, "NT006",
    ),
    "white by default": (
        _of_tables(""),
        {"styles": _styles(f"<w:docDefaults><w:rPrDefault>{_WHITE_TEXT}</w:rPrDefault></w:docDefaults>")},
        "NT006",
    ),
    "of no height by default": (
        _of_tables(""),
        {
            "styles": _styles(
                "<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:line='1' w:lineRule='exact'/></w:pPr></w:pPrDefault>"
                "</w:docDefaults>"
            )
        },
        "NT006",
    ),
    "black of a theme that is white": (
        _drawn('<w:color w:val="000000" w:themeColor="text1"/>'), {"theme": _theme(dk1="FFFFFF")}, "NT006",
    ),
    "an accent of a theme that is white": (
        _drawn('<w:color w:val="C00000" w:themeColor="accent2"/>'), {"theme": _theme(accent2="FEFEFE")}, "NT006",
    ),
    "an accent made white": (
        _drawn('<w:color w:val="C00000" w:themeColor="accent2" w:themeTint="05"/>'), {"theme": _theme(accent2="C00000")}, "NT006",
    ),
    "an accent as it is": (
        _drawn('<w:color w:val="C00000" w:themeColor="accent2"/>'), {"theme": _theme(accent2="C00000")}, "",
    ),
    "text in the colour of the ground by settings": (
        _drawn('<w:color w:val="000000" w:themeColor="text1"/>'),
        {"theme": _theme(dk1="000000"), "settings": '<w:settings><w:clrSchemeMapping w:t1="light1"/></w:settings>'},
        "NT006",
    ),
    "a mark that hangs within its cell": (_indented('w:left="360" w:hanging="360"'), {}, ""),
    "a mark that hangs into what a list gives": (_indented('w:hanging="720"'), {}, ""),
    "a mark in the middle of its cell": (_indented('w:left="-100" w:right="100"'), {}, ""),
    "vanished in its own way": (_drawn("<w:specVanish/>"), {}, "NT006"),
    "hidden in pages of the web": (_drawn("<w:webHidden/>"), {}, "NT006"),
    "fonts of its own": (
        lambda _: None, {"fontTable": '<w:fonts><w:font w:name="A"><w:embedRegular w:fontKey="{}"/></w:font></w:fonts>'}, "NT007",
    ),
    "fonts of others": (lambda _: None, {"fontTable": '<w:fonts><w:font w:name="A"/></w:fonts>'}, ""),
    "a yellow cell for a mark": (_shaded('<w:shd w:val="clear" w:fill="FFFF00"/>'), {}, "NT008"),
    "a black cell for words": (_shaded('<w:shd w:val="clear" w:fill="000000"/>', 3), {}, ""),
}  # fmt: skip


READ: dict[str, tuple[Edit, dict[str, str], str]] = {
    **_EVERY,
    "a colour of the theme over another": (
        _drawn('<w:color w:val="000000" w:themeColor="background1"/>'),
        {},
        "NT006",
    ),
    "black on a solid shade": (
        _drawn('<w:color w:val="000000"/><w:shd w:val="solid" w:color="000000" w:fill="FFFFFF"/>'),
        {},
        "NT006",
    ),
    "black in a black paragraph": (
        _drawn('<w:color w:val="000000"/>', '<w:shd w:val="clear" w:fill="000000"/>'),
        {},
        "NT006",
    ),
    "a mark far below its line": (_drawn('<w:position w:val="-2000"/>'), {}, "NT006"),
    "a mark in a line of no height": (_drawn("", '<w:spacing w:line="1" w:lineRule="exact"/>'), {}, "NT006"),
    "a mark left of the page": (_drawn("", '<w:ind w:left="-20000"/>'), {}, "NT006"),
    "a row in an element not known": (_foreign, {}, "NT006"),
    "a box that says something beside the tables": (_body(_floating("Tối mật")), {}, "NT008"),
    "a page's number in a frame": (lambda _: None, {"header": f"<w:hdr>{_frame('- 2 -')}</w:hdr>"}, ""),
    "ticks before empty items of lists": (_bullets(), {"numbering": _lists()}, ""),
    "ticks that a style gives": (
        _bullets('<w:pStyle w:val="Tick"/>'),
        {"numbering": _lists(), "styles": _styles(_TICK)},
        "",
    ),
    "ticks that the style of a style gives": (
        _bullets('<w:pStyle w:val="Small"/>'),
        {"numbering": _lists(), "styles": _styles(_TICK, _BASED)},
        "",
    ),
    "ticks of a list with a style of its own": (
        _bullets(),
        {"numbering": _LINKED, "styles": _styles(_LIST_STYLE)},
        "",
    ),
    "ticks of the level made for a style": (
        _bullets('<w:pStyle w:val="Tick"/>'),
        {"numbering": _lists(kind=_BY_LEVEL), "styles": _styles(_TICK)},
        "",
    ),
    "ticks in place of numbers": (
        _bullets(),
        {"numbering": _lists('<w:numFmt w:val="none"/><w:lvlText w:val="\uf0fc"/>')},
        "",
    ),
    "ticks that nobody sees": (_bullets(), {"numbering": _lists(look="<w:vanish/>")}, "NT006"),
    "words before what is written": (
        _in_paragraph_of(_IN_LIST),
        {"numbering": _lists('<w:numFmt w:val="bullet"/><w:lvlText w:val="không"/>')},
        "NT007",
    ),
    "numbers of rows": (_numbers(0), {"numbering": _lists(_COUNTED)}, ""),
    "a choice of the old kind": (_choice, {}, ""),
    "one mark over two columns": (_span(6), {}, ""),
    "a prompt": (lambda body: each_blank(_PROMPT.format("Bấm để nhập"))(body, Random(1)), {}, ""),
    "a page's number and name": (
        lambda _: None,
        {"header": "<w:hdr><w:p><w:r><w:t>Đảng bộ xã, trang 1</w:t></w:r></w:p></w:hdr>"},
        "",
    ),
    "a picture in the text": (_body("<w:p><w:r><w:drawing/></w:r></w:p>"), {}, "NT008"),
    "a comment": (lambda _: None, {"comments": _COMMENT}, "NT008"),
    "a row among the fields": (
        lambda body: list(body.iter(w("tbl")))[1].append(xml(_row("Điện thoại", "0123"))),
        {},
        "NT008",
    ),
    "a control that other data fill": (_bound, {}, "NT007"),
}


@pytest.mark.long
@pytest.mark.parametrize(("edit", "parts", "code"), READ.values(), ids=READ)
def test_what_says_the_same_is_read_and_named(edit: Edit, parts: dict[str, str], code: str) -> None:
    made = read("plan.docx", document(edit, parts))
    assert without_order(read_plan(made)) == without_order(BASE)
    assert {notice.code for notice in made.notices} == ({code} if code else set())


def test_what_looks_like_a_prompt_and_is_none_is_read() -> None:
    content = changed(base_document(), each_blank(_PROMPT.format("x")))
    assert without_order(read_plan(read("plan.docx", content))) != without_order(BASE)


def test_text_boxes_in_text_boxes_are_read_once() -> None:
    text = "<w:r><w:t>a</w:t></w:r>"
    for _ in range(40):
        text = f"<w:r><w:pict><w:txbxContent><w:p>{text}</w:p></w:txbxContent></w:pict></w:r>"
    assert without_order(read_plan(read("plan.docx", document(_body(f"<w:p>{text}</w:p>"))))) == without_order(BASE)
