"""What somebody may put into a document where the tables of the form don't show it: told, or read for what it says."""

from collections.abc import Callable
from io import BytesIO
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from lxml import etree

from tests.appraisal import base_plan, plan_of
from tests.engine.forms.word_habits import W, changed, each_blank, found, marks, rows, runs, tables, w, xml
from tests.forms import without_order
from tests.plans import problems
from thamdinh.engine.documents import read
from thamdinh.engine.forms import word
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
    content = changed(word.write(BASE), lambda body, _: edit(body))
    with ZipFile(BytesIO(content)) as package:
        every = {name: package.read(name) for name in package.namelist()}
    relations = "word/_rels/document.xml.rels"
    kind_of = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    for kind, part in (parts or {}).items():
        every[f"word/{kind}.xml"] = part.replace(">", f' xmlns:w="{W}">', 1).encode()
        entry = f'<Relationship Id="rId{kind}" Type="{kind_of}/{kind}" Target="{kind}.xml"/></Relationships>'
        if f'{kind}.xml"'.encode() not in every[relations]:
            every[relations] = every[relations].replace(b"</Relationships>", entry.encode())
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for name, part in every.items():
            package.writestr(name, part)
    return made.getvalue()


def _body(xml_text: str) -> Edit:
    return lambda body: body.insert(8, xml(xml_text))


def _covered(body: Any) -> None:
    cell = rows(tables(body)[PEOPLE])[2].findall(w("tc"))[4]
    cell.find(w("tcPr")).append(xml("<w:vMerge/>"))
    cell.find(f".//{w('t')}").text = "khác"


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
    "a count shown backwards": (_turned, {}),
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


READ: dict[str, tuple[Edit, dict[str, str], str]] = {
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
        lambda body: marks(body)[0].addprevious(xml(f"<w:pPr>{_IN_LIST}</w:pPr>")),
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


@pytest.mark.parametrize(("edit", "parts", "code"), READ.values(), ids=READ)
def test_what_says_the_same_is_read_and_named(edit: Edit, parts: dict[str, str], code: str) -> None:
    made = read("plan.docx", document(edit, parts))
    assert without_order(read_plan(made)) == without_order(BASE)
    assert {notice.code for notice in made.notices} == ({code} if code else set())


def test_what_looks_like_a_prompt_and_is_none_is_read() -> None:
    content = changed(word.write(BASE), each_blank(_PROMPT.format("x")))
    assert without_order(read_plan(read("plan.docx", content))) != without_order(BASE)


def test_text_boxes_in_text_boxes_are_read_once() -> None:
    text = "<w:r><w:t>a</w:t></w:r>"
    for _ in range(40):
        text = f"<w:r><w:pict><w:txbxContent><w:p>{text}</w:p></w:txbxContent></w:pict></w:r>"
    assert without_order(read_plan(read("plan.docx", document(_body(f"<w:p>{text}</w:p>"))))) == without_order(BASE)
