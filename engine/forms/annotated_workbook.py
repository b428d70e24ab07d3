"""Marks in a workbook: a comment and a fill on each faulty cell, and a sheet at the end with a link to each."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from ..text import Language
from .annotating import RELATION_KINDS, Copy, new_root
from .marks import AUTHOR, FILLS, HEADINGS, LEVELS, NOTHING, TITLE, Mark, gravest

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_BEFORE_DRAWING: Final = frozenset(
    [
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
    ]
)
"""The elements of a sheet that come before the one for comments."""
_WIDTHS: Final = (16, 18, 60, 60, 28)
_NO_DRAWING: Final = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>\
</v:shapetype></xml>"""


def mark(copy: Copy, found: Sequence[Mark], language: Language) -> None:
    """Put the marks into the copy."""
    _Workbook(copy, language).mark(found)


class _Workbook:
    def __init__(self, copy: Copy, language: Language) -> None:
        self._copy = copy
        self._language = language
        self._main = copy.package.main()
        self._book = copy.xml(self._main)
        self._space = self._book.tag.partition("}")[0] + "}"
        self._fills: dict[str, int] = {}
        self._styles: dict[tuple[str, str], str] = {}

    def mark(self, found: Sequence[Mark]) -> None:
        by_sheet: dict[str, dict[str, list[Mark]]] = {}
        for item in found:
            if item.place.sheet is not None and item.place.cell is not None:
                by_sheet.setdefault(item.place.sheet, {}).setdefault(str(item.place.cell), []).append(item)
        for name, part in self._sheets():
            if name in by_sheet:
                self._mark_sheet(part, by_sheet[name])
        self._list(found)

    def _named(self, name: str) -> str:
        return f"{self._space}{name}"

    def _make(self, above: "_Element", name: str, text: str | None = None, **attributes: str) -> "_Element":
        from lxml import etree

        made = etree.SubElement(above, self._named(name))
        made.text = text
        for attribute, value in attributes.items():
            made.set(attribute, value)
        return made

    def _relation_id(self) -> str:
        """The name of the attribute that refers to a relation (other than in files of the strict kind)."""
        strict = "purl.oclc.org" in self._space
        return (
            "{http://purl.oclc.org/ooxml/officeDocument/relationships}id" if strict else f"{{{RELATION_KINDS[:-1]}}}id"
        )

    def _sheets(self) -> Iterator[tuple[str, str]]:
        parts = {relation.id: relation.target for relation in self._copy.package.relations(self._main)}
        for sheet in self._book.iter(self._named("sheet")):
            if part := parts.get(sheet.get(self._relation_id(), "")):
                yield sheet.get("name", ""), part

    # Cells

    def _mark_sheet(self, part: str, cells: dict[str, list[Mark]]) -> None:
        sheet = self._copy.xml(part)
        data = sheet.find(self._named("sheetData"))
        if data is None:
            return
        rows = {int(row.get("r", "0")): row for row in data if row.get("r", "").isdecimal()}
        for reference, found in cells.items():
            cell = self._cell(data, rows, reference)
            cell.set("s", self._style(cell.get("s", "0"), gravest(found)))
        self._comment(sheet, part, cells)

    def _cell(self, data: "_Element", rows: "dict[int, _Element]", reference: str) -> "_Element":
        """The cell, made where it was empty. Rows and cells stand in the order of their numbers."""
        column, number = _split(reference)
        row = rows.get(number)
        if row is None:
            row = rows[number] = self._make(data, "row", r=str(number))
            later = min((other for other in rows if other > number), default=None)
            if later is not None:
                rows[later].addprevious(row)
        cells = {_split(cell.get("r", ""))[0]: cell for cell in row.iterchildren(self._named("c"))}
        if column in cells:
            return cells[column]
        cell = self._make(row, "c", r=reference)
        later = min((other for other in cells if other > column), default=None)
        if later is not None:
            cells[later].addprevious(cell)
        return cell

    def _style(self, old: str, level: str) -> str:
        """The number of a style that is the old one with the colour of a level."""
        if (old, level) in self._styles:
            return self._styles[old, level]
        part = self._part("styles")
        if part is None:
            return old
        styles = self._copy.xml(part)
        fills, formats = styles.find(self._named("fills")), styles.find(self._named("cellXfs"))
        if fills is None or formats is None or not old.isdecimal() or int(old) >= len(formats):
            return old
        if level not in self._fills:
            pattern = self._make(self._make(fills, "fill"), "patternFill", patternType="solid")
            self._make(pattern, "fgColor", rgb=f"FF{FILLS[level]}")
            self._make(pattern, "bgColor", indexed="64")
            self._fills[level] = len(fills) - 1
            fills.set("count", str(len(fills)))
        made = deepcopy(formats[int(old)])
        made.set("fillId", str(self._fills[level]))
        made.set("applyFill", "1")
        formats.append(made)
        formats.set("count", str(len(formats)))
        self._styles[old, level] = str(len(formats) - 1)
        return self._styles[old, level]

    def _part(self, kind: str) -> str | None:
        relations = self._copy.package.relations(self._main)
        return next((relation.target for relation in relations if relation.kind == kind), None)

    # Comments

    def _comment(self, sheet: "_Element", part: str, cells: dict[str, list[Mark]]) -> None:
        relations = {relation.kind: relation for relation in self._copy.package.relations(part)}
        known = relations.get("comments")
        if known is not None and known.target is not None:
            root = self._copy.xml(known.target)
        else:
            name = self._copy.unused("xl/comments{}.xml")
            root = new_root(self._named("comments"))
            self._make(root, "authors")
            self._make(root, "commentList")
            self._copy.add(name, root, f"{_TYPE}comments+xml")
            self._copy.relate(part, "comments", name)
        authors, listed = root.find(self._named("authors")), root.find(self._named("commentList"))
        if authors is None or listed is None:
            raise self._copy.package.damaged()
        author = str(len(authors))
        self._make(authors, "author", AUTHOR)
        by_reference = {comment.get("ref", ""): comment for comment in listed}
        fresh = []
        for reference, found in cells.items():
            words = "\n\n".join(item.comment(self._language) for item in found)
            comment = by_reference.get(reference)
            if comment is None:
                comment = self._make(listed, "comment", ref=reference, authorId=author)
                fresh.append(reference)
            text = comment.find(self._named("text"))
            if text is None:
                text = self._make(comment, "text")
            elif len(text):
                words = f"\n\n{words}"
            run = self._make(self._make(text, "r"), "t", words)
            run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        self._draw(sheet, part, fresh)

    def _draw(self, sheet: "_Element", part: str, references: list[str]) -> None:
        """Excel shows a comment only where a drawing has a shape for it."""
        relations = {relation.id: relation for relation in self._copy.package.relations(part)}
        drawing = sheet.find(self._named("legacyDrawing"))
        known = relations.get(drawing.get(self._relation_id(), "")) if drawing is not None else None
        name = known.target if known is not None else None
        if name is None:
            from lxml import etree

            name = self._copy.unused("xl/drawings/vmlDrawing{}.vml")
            self._copy.put(name, _NO_DRAWING)
            self._copy.declare_suffix("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
            identity = self._copy.relate(part, "vmlDrawing", name)
            made = etree.Element(self._named("legacyDrawing"))
            made.set(self._relation_id(), identity)
            before = [child for child in sheet if _local(child) in _BEFORE_DRAWING]
            sheet.insert(sheet.index(before[-1]) + 1 if before else 0, made)
        drawn = self._copy.text(name)
        end = drawn.rfind(b"</")
        shapes = "".join(_shape(reference, 7000 + number) for number, reference in enumerate(references))
        self._copy.put(name, drawn[:end] + shapes.encode() + drawn[end:])

    # The list of findings

    def _list(self, found: Sequence[Mark]) -> None:
        names = {name for name, _ in self._sheets()}
        title = TITLE[self._language]
        name = next(
            name for n in range(1, len(names) + 2) if (name := title if n == 1 else f"{title} ({n})") not in names
        )
        part = self._copy.unused("xl/worksheets/thamdinh{}.xml")
        sheet = new_root(self._named("worksheet"))
        self._make(self._make(sheet, "sheetPr"), "pageSetUpPr", fitToPage="1")
        columns = self._make(sheet, "cols")
        for number, width in enumerate(_WIDTHS, 1):
            self._make(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
        rows = [[title], [heading[self._language] for heading in HEADINGS]]
        rows += [
            [LEVELS[item.level][self._language], item.code, item.message, item.fix, _shown_place(item)]
            for item in found
        ] or [[NOTHING[self._language]]]
        wrapped = self._wrapping_style()
        data = self._make(sheet, "sheetData")
        for number, values in enumerate(rows, 1):
            row = self._make(data, "row", r=str(number))
            for letter, value in zip("ABCDE", values, strict=False):
                cell = self._make(row, "c", r=f"{letter}{number}", t="inlineStr", s=wrapped if number > 1 else "0")
                self._make(self._make(cell, "is"), "t", value)
        links = [(number, item) for number, item in enumerate(found, 3) if item.place.sheet and item.place.cell]
        if links:
            group = self._make(sheet, "hyperlinks")
            for number, item in links:
                quoted = str(item.place.sheet).replace("'", "''")
                self._make(group, "hyperlink", ref=f"E{number}", location=f"'{quoted}'!{item.place.cell}")
        self._make(sheet, "pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
        self._copy.add(part, sheet, f"{_TYPE}worksheet+xml")
        sheets = self._book.find(self._named("sheets"))
        if sheets is None:
            raise self._copy.package.damaged()
        number = max((int(entry.get("sheetId", "0")) for entry in sheets), default=0) + 1
        entry = self._make(sheets, "sheet", sheetId=str(number))
        entry.set("name", name)
        entry.set(self._relation_id(), self._copy.relate(self._main, "worksheet", part))

    def _wrapping_style(self) -> str:
        """The number of a new style: that of plain cells, with long texts broken into lines."""
        part = self._part("styles")
        formats = None if part is None else self._copy.xml(part).find(self._named("cellXfs"))
        if formats is None or not len(formats):
            return "0"
        made = deepcopy(formats[0])
        for old in made.findall(self._named("alignment")):
            made.remove(old)
        made.set("applyAlignment", "1")
        self._make(made, "alignment", wrapText="1", vertical="top")
        made.insert(0, made[-1])
        formats.append(made)
        formats.set("count", str(len(formats)))
        return str(len(formats) - 1)


def _shown_place(item: Mark) -> str:
    return f"{item.place.sheet}!{item.place.cell}" if item.place.sheet else ""


def _split(reference: str) -> tuple[int, int]:
    """Column and row of a reference such as B12, from 1."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", reference)
    if found is None:
        return 0, 0
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column, int(found[2])


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _shape(reference: str, number: int) -> str:
    column, row = _split(reference)
    return (
        f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;width:320px;height:120px;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
        f'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        f'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
