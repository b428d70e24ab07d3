"""Marks in a workbook: a comment and a fill on each faulty cell, and a sheet at the end with a link to each."""

from collections.abc import Sequence
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from ...base.text import Language
from ...forms.copying import Copy, new_root
from ...forms.escapes import escaped
from ...forms.layout import AUTHOR
from ...forms.package import whole
from ...forms.references import split_reference
from ...forms.sheets import Sheets
from .marks import FILLS, HEADINGS, LEVELS, NOTHING, TITLE, Mark, gravest

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
_LINE: Final = 15
"""Points of a line in the list of findings."""
_NO_DRAWING: Final = b"""<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" \
xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/>\
</v:shapetype></xml>"""


def mark(copy: Copy, found: Sequence[Mark], language: Language) -> None:
    """Put the marks into the copy."""
    _Workbook(copy, language).mark(found)


class _Workbook(Sheets):
    def __init__(self, copy: Copy, language: Language) -> None:
        super().__init__(copy)
        self._language = language
        self._fills: dict[str, int] = {}
        self._styles: dict[tuple[str, str], str] = {}

    def mark(self, found: Sequence[Mark]) -> None:
        by_sheet: dict[str, dict[str, list[Mark]]] = {}
        for item in found:
            if item.place.sheet is not None and item.place.cell is not None:
                by_sheet.setdefault(item.place.sheet, {}).setdefault(str(item.place.cell), []).append(item)
        for name, part in self.sheets():
            if name in by_sheet:
                self._mark_sheet(part, by_sheet[name])
        self._list(found)

    # Cells

    def _mark_sheet(self, part: str, cells: dict[str, list[Mark]]) -> None:
        sheet = self.copy.xml(part)
        data = sheet.find(self.named("sheetData"))
        if data is None:
            return
        rows = {whole(row.get("r"), 0): row for row in data}
        for reference, found in cells.items():
            cell = self.cell(data, rows, reference)
            cell.set("s", self._style(cell.get("s", "0"), gravest(found)))
        self._comment(sheet, part, cells)

    def _style(self, old: str, level: str) -> str:
        """The number of a style that is the old one with the colour of a level."""
        if (old, level) in self._styles:
            return self._styles[old, level]
        part = self._part("styles")
        if part is None:
            return old
        styles = self.copy.xml(part)
        fills, formats = styles.find(self.named("fills")), styles.find(self.named("cellXfs"))
        if fills is None or formats is None or not 0 <= whole(old, -1) < len(formats):
            return old
        if level not in self._fills:
            pattern = self.make(self.make(fills, "fill"), "patternFill", patternType="solid")
            self.make(pattern, "fgColor", rgb=f"FF{FILLS[level]}")
            self.make(pattern, "bgColor", indexed="64")
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
        relations = self.copy.package.relations(self.main)
        return next((relation.target for relation in relations if relation.kind == kind), None)

    # Comments

    def _comment(self, sheet: "_Element", part: str, cells: dict[str, list[Mark]]) -> None:
        relations = {relation.kind: relation for relation in self.copy.package.relations(part)}
        known = relations.get("comments")
        if known is not None and known.target is not None:
            root = self.copy.xml(known.target)
        else:
            name = self.copy.unused("xl/comments{}.xml")
            root = new_root(self.named("comments"))
            self.make(root, "authors")
            self.make(root, "commentList")
            self.copy.add(name, root, f"{_TYPE}comments+xml")
            self.copy.relate(part, "comments", name)
        authors, listed = root.find(self.named("authors")), root.find(self.named("commentList"))
        if authors is None or listed is None:
            raise self.copy.package.damaged()
        author = str(len(authors))
        self.make(authors, "author", AUTHOR)
        by_reference = {comment.get("ref", ""): comment for comment in listed}
        fresh = []
        for reference, found in cells.items():
            words = "\n\n".join(item.comment(self._language) for item in found)
            comment = by_reference.get(reference)
            if comment is None:
                comment = self.make(listed, "comment", ref=reference, authorId=author)
                fresh.append(reference)
            text = comment.find(self.named("text"))
            if text is None:
                text = self.make(comment, "text")
            elif len(text):
                words = f"\n\n{words}"
            run = self.make(self.make(text, "r"), "t", escaped(words))
            run.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        self._draw(sheet, part, fresh)

    def _draw(self, sheet: "_Element", part: str, references: list[str]) -> None:
        """Excel shows a comment only where a drawing has a shape for it."""
        relations = {relation.id: relation for relation in self.copy.package.relations(part)}
        drawing = sheet.find(self.named("legacyDrawing"))
        known = relations.get(drawing.get(self.relation_id(), "")) if drawing is not None else None
        name = known.target if known is not None else None
        if name is None:
            from lxml import etree

            name = self.copy.unused("xl/drawings/vmlDrawing{}.vml")
            self.copy.put(name, _NO_DRAWING)
            self.copy.declare_suffix("vml", "application/vnd.openxmlformats-officedocument.vmlDrawing")
            identity = self.copy.relate(part, "vmlDrawing", name)
            made = etree.Element(self.named("legacyDrawing"))
            made.set(self.relation_id(), identity)
            before = [child for child in sheet if _local(child) in _BEFORE_DRAWING]
            sheet.insert(sheet.index(before[-1]) + 1 if before else 0, made)
        drawn = self.copy.text(name)
        end = drawn.rfind(b"</")
        shapes = "".join(_shape(reference, 7000 + number) for number, reference in enumerate(references))
        self.copy.put(name, drawn[:end] + shapes.encode() + drawn[end:])

    # The list of findings

    def _list(self, found: Sequence[Mark]) -> None:
        names = {name for name, _ in self.sheets()}
        title = TITLE[self._language]
        name = next(
            name for n in range(1, len(names) + 2) if (name := title if n == 1 else f"{title} ({n})") not in names
        )
        part = self.copy.unused("xl/worksheets/thamdinh{}.xml")
        sheet = new_root(self.named("worksheet"))
        self.make(self.make(sheet, "sheetPr"), "pageSetUpPr", fitToPage="1")
        columns = self.make(sheet, "cols")
        for number, width in enumerate(_WIDTHS, 1):
            self.make(columns, "col", min=str(number), max=str(number), width=str(width), customWidth="1")
        rows = [[title], [heading[self._language] for heading in HEADINGS]]
        rows += [
            [LEVELS[item.level][self._language], item.code, item.message, item.fix, _shown_place(item)]
            for item in found
        ] or [[NOTHING[self._language]]]
        looks = self._list_style(bold=True), self._list_style(bold=False)
        data = self.make(sheet, "sheetData")
        for number, values in enumerate(rows, 1):
            row = self.make(data, "row", r=str(number))
            if (lines := max(map(_lines, values, _WIDTHS))) > 1 < number:
                row.set("ht", str(lines * _LINE))  # not every program makes rows as high as what is in them
                row.set("customHeight", "1")
            for letter, value in zip("ABCDE", values, strict=False):
                cell = self.make(
                    row, "c", r=f"{letter}{number}", t="inlineStr", s=looks[number > 2] if number > 1 else "0"
                )
                self.make(self.make(cell, "is"), "t", escaped(value))
        links = [(number, item) for number, item in enumerate(found, 3) if item.place.sheet and item.place.cell]
        if links:
            group = self.make(sheet, "hyperlinks")
            for number, item in links:
                quoted = str(item.place.sheet).replace("'", "''")
                self.make(group, "hyperlink", ref=f"E{number}", location=f"'{quoted}'!{item.place.cell}")
        self.make(sheet, "pageSetup", paperSize="9", orientation="landscape", fitToHeight="0")
        self.copy.add(part, sheet, f"{_TYPE}worksheet+xml")
        sheets = self.book.find(self.named("sheets"))
        if sheets is None:
            raise self.copy.package.damaged()
        number = max((whole(entry.get("sheetId"), 0) for entry in sheets), default=0) + 1
        entry = self.make(sheets, "sheet", sheetId=str(number))
        entry.set("name", name)
        entry.set(self.relation_id(), self.copy.relate(self.main, "worksheet", part))

    def _list_style(self, *, bold: bool) -> str:
        """The number of a new style: that of plain cells, with long texts broken into lines, and ruled."""
        part = self._part("styles")
        styles = None if part is None else self.copy.xml(part)
        kinds = ("cellXfs", "fonts", "borders")
        formats, fonts, borders = (None if styles is None else styles.find(self.named(kind)) for kind in kinds)
        if formats is None or fonts is None or borders is None or not (len(formats) and len(fonts)):
            return "0"
        made = deepcopy(formats[0])
        if bold:
            font = deepcopy(fonts[min(whole(made.get("fontId"), 0), len(fonts) - 1)])
            font.insert(0, font.makeelement(self.named("b")))
            made.set("fontId", self._added(fonts, font))
            made.set("applyFont", "1")
        border = self.make(borders, "border")
        for side in ("left", "right", "top", "bottom"):
            self.make(self.make(border, side, style="thin"), "color", rgb="FFB0B0B0")
        made.set("borderId", self._added(borders, border))
        made.set("applyBorder", "1")
        for old in made.findall(self.named("alignment")):
            made.remove(old)
        made.set("applyAlignment", "1")
        self.make(made, "alignment", wrapText="1", vertical="top")
        made.insert(0, made[-1])
        return self._added(formats, made)

    @staticmethod
    def _added(group: "_Element", made: "_Element") -> str:
        """The number of a style that is put at the end of its group."""
        group.append(made)
        group.set("count", str(len(group)))
        return str(len(group) - 1)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of this width, with some room for wide letters."""
    return sum(max(1, -(-len(line) * 11 // (width * 10))) for line in text.splitlines()) or 1


def _shown_place(item: Mark) -> str:
    return f"{item.place.sheet}!{item.place.cell}" if item.place.sheet else ""


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _shape(reference: str, number: int) -> str:
    column, row = split_reference(reference)
    return (
        f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        f'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202" '
        f'style="position:absolute;width:320px;height:120px;z-index:1;visibility:hidden" fillcolor="#ffffe1" '
        f'o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        f'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
