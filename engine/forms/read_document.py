"""Documents (.docx): the tables and paragraphs of the text, read from the package's XML, and the plan in them.

Tracked changes are read as accepted; what is hidden or struck is read and told. Heads and feet of pages and notes count
as text, comments do not.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from ..base.problem import Place, Unreadable
from ..base.suggest import shown
from ..base.text import Text
from ..documents.refused import macros, refused
from ..model.document_types import description
from . import document_faults as faults
from . import overlooked
from .alike import Markup, cells_alike, is_plain, means_one_thing
from .bullets import Bullets
from .cells import Written, cell_text, is_blank, tidy
from .colours import Theme
from .document_appearance import OFF, Appearances, TableLook, appearances, filling
from .document_places import is_table_away
from .document_text import ReadText, TextReader
from .form_document import FormDocument
from .grid import Grid, Spot
from .headings import is_label_of_field
from .layout import Layout, layout
from .leftovers import NUMBER, UNREAD
from .package import MOST_CELLS, Package, open_package, too_many_cells, whole
from .reading import read_form
from .remarks import Remarks
from .rows_alike import RowsAlike, put_itself, rows_alike
from .used_styles import used

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_LABEL: Final = 60
"""Characters before the colon of a paragraph that may be a label with its value."""
_LOWEST_ROW: Final = 100
"""Twentieths of a point: nobody sees what stands in an exactly lower row."""
_EMBEDDED: Final = re.compile(r"excel|word|powerpoint|package|opendocument|acro|^et\.|^wps\.", re.IGNORECASE)
"""Programs whose documents, embedded in this one, may hold a part of the plan."""
_EMBEDDED_FONT: Final = re.compile(rb"embed(?:Regular|Bold|Italic|BoldItalic)\b")
_EMBEDDING: Final = "{urn:schemas-microsoft-com:office:office}OLEObject"
_LINE, _LETTER = 200, 70
"""Twentieths of a point that a line of text and a letter of it take at least."""
_ITEM: Final = re.compile(r"\s*[-–—+•*]\s*")
_Properties = dict[str, "_Element"]
"""What is said of a row, by the tags of its elements."""
_BESIDE: Final = ("header", "footer", "footnotes", "endnotes")
"""The kinds of parts beside the text that have texts of their own."""
_OF_LOOKS: Final = frozenset(("styles", "numbering", "theme", "settings"))
"""The kinds of parts that may say how text looks; they are read where text may look otherwise than usual."""
_LAYOUT: Final = 2
"""Columns of a table that may only put words side by side."""


def read(file: str, content: bytes) -> FormDocument:
    """The plan in a document. Raises Unreadable."""
    package = open_package(file, content, ".docx")
    return read_form(file, lambda form: grids(package, form), content)


def grids(package: Package, form: Layout | None = None) -> list[Grid]:
    """Every table, and the paragraphs outside tables as labels (by default those of the plan) and values: first those of the text, then all others.

    The notices on the whole document are those of the last grid. Raises Unreadable.
    """
    form = form or layout(description())
    main = package.main()
    rows = {main: rows_alike(package, main)}
    space = package.space(rows[main].root, "document")
    if b"macroEnabled" in package.bytes("[Content_Types].xml"):
        raise macros(package.file, ".docx")
    if rows[main].root.find(f"{space}body") is None:
        raise package.damaged()
    parts = [(item.kind, item.target) for item in package.relations(main) if item.target and item.target in package]
    known = dict(parts)
    beside = [(kind, target) for kind, target in parts if kind in _BESIDE]
    rows |= {target: rows_alike(package, target) for _, target in beside}
    alike = {part: cells_alike(found.root, space, found.content) for part, found in rows.items()}
    text = b"".join(found.all for found in alike.values())
    for of_looks in _OF_LOOKS & known.keys():
        package.check(known[of_looks])
    styles = used(package.bytes(known["styles"]), text) if "styles" in known else b""
    bullets = _bullets(package, space, known) if b"numPr" in text or b"numPr" in styles else None
    theme = Theme(package, known.get("theme"), known.get("settings"))
    look = appearances(package, space, (text, styles), known, theme, lists=bullets is not None)
    remarks, made = Remarks(), list[Grid]()
    if look is not None or bullets is not None:  # words may look otherwise than those of other rows, or stand in a list
        rows = {part: rows_alike(package, part, each=True) for part in rows}
        alike = {part: cells_alike(found.root, space, found.content) for part, found in rows.items()}
    for kind, part in (("", main), *beside):
        root = rows[part].root
        body = root if kind else root.find(f"{space}body")
        texts = TextReader(root, space, look, bullets)
        around = _Part(package, part, rows[part], alike[part].cells)
        reader = _Reader(around, texts, look, theme, remarks, form, outside=bool(kind))
        made += reader.grids(root, root if kind in ("footnotes", "endnotes") or body is None else [body])
    for kind, target in parts:
        if kind == "comments":
            _look_through(package.xml(target), space, Place(package.file), remarks, form)
    if "fontTable" in known and _EMBEDDED_FONT.search(package.bytes(known["fontTable"])):
        remarks.add(faults.FONTS, Place(package.file))
    made[-1].notices.extend(remarks.notices())
    return made


def _bullets(package: Package, space: str, parts: dict[str, str]) -> Bullets | None:
    """The signs before items of lists."""
    if "numbering" not in parts:
        return None
    styles = package.xml(parts["styles"]) if "styles" in parts else None
    return Bullets(package.xml(parts["numbering"]), styles, space)


def _look_through(comments: "_Element", space: str, place: Place, remarks: Remarks, form: Layout) -> None:
    """Tell comments that fill in a field of the form."""
    for paragraph in comments.iter(f"{space}p"):
        label, colon, _ = "".join(text.text or "" for text in paragraph.iter(f"{space}t")).partition(":")
        if colon and is_label_of_field(label, form):
            remarks.add(faults.COMMENT, place)


@dataclass(slots=True)
class _CellProperties:
    """Over how many columns a cell goes, whether it goes on with the one "above" or "before" it (what it holds itself is not
    shown then), whether it was deleted or inserted as a tracked change, whether lines cross it, the colour behind its text, its width in twentieths of a point (0: as wide as what it holds), and
    what it is filled with, and whether that is dark."""

    span: int = 1
    joins: str = ""
    deleted: bool = False
    inserted: bool = False
    crossed: bool = False
    ground: str | None = None
    width: int = 0
    fill: tuple[str, bool] | None = None


@dataclass(slots=True)
class _Cell:
    """A cell as it was read: what is to be known of it, its text, and what fills it where that is blank."""

    properties: _CellProperties
    reading: ReadText
    text: str
    filling: tuple[str, bool] | None
    told: bool
    """Whether anything is to be said of it."""


@dataclass(slots=True)
class _RowAlike:
    """What rows of one markup have in common: of each cell its column, how many words it has, and what fills it with a text
    and without; the numbers of cells by their columns where these differ, spans by columns, and how wide it is.
    """

    cells: list[tuple[int, int, tuple[str, bool] | None, tuple[str, bool] | None]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)
    spans: dict[int, int] = field(default_factory=dict)
    width: int = 0


_MOST_ALIKE: Final = 500
_ROWS_ALIKE: Final[dict[tuple[str, Markup], _RowAlike | None]] = {}
"""What rows have in common whose markup means the same in every document: forms made of one template have the same rows."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a document with texts: its rows and its cells that are alike."""

    package: Package
    name: str
    rows: RowsAlike
    cells: "Mapping[_Element, tuple[Markup, tuple[bytes, ...]]]"


@dataclass(frozen=True, slots=True)
class _Around:
    """A table around its cells: how many rows it has, the colour behind them, and how its style has them look."""

    rows: int
    ground: str | None = None
    looks: tuple[TableLook, ...] = ()


class _Reader:
    """Reads the text of a document or, `outside` of it, of a part beside the text, whose places have no numbers."""

    def __init__(
        self,
        part: _Part,
        texts: TextReader,
        look: Appearances | None,
        theme: Theme,
        remarks: Remarks,
        form: Layout,
        *,
        outside: bool = False,
    ) -> None:
        self._part = part
        self._rows: dict[Markup, _RowAlike | None] = {}
        self._known: dict[object, _Cell] = {}
        """The cells that were read, by what decides how they are read: their markup, what is around them, and their words
        unless these are only put into the text."""
        self._file = part.package.file
        self._texts = texts
        self._appearances = look
        self._theme = theme
        self._remarks = remarks
        self._form = form
        self._outside = outside
        self._named = texts.named
        self._row_properties, self._cell_properties = self._named("trPr"), self._named("tcPr")
        kinds = ("gridSpan", "vMerge", "hMerge", "shd", "cellDel", "cellIns", "cellMerge", "tcBorders", "tcW")
        self._kinds = {self._named(kind): kind for kind in kinds}
        self._numbers: dict[int, dict[Spot, int]] = {}
        """Of each grid: which cell of its row one in a column is."""
        self._made: dict[_Element, Grid] = {}
        self._cells = 0

    def grids(self, root: "_Element", containers: "Iterable[_Element]") -> list[Grid]:
        """The tables in order, and after them the paragraphs of the containers. Raises Unreadable."""
        self._refuse_embedded(root)
        made = [*self._tables(root), self._paragraphs(containers)]
        if self._texts.foreign:
            self._remarks.add(faults.FOREIGN, Place(self._file))
        return made

    def _refuse_embedded(self, root: "_Element") -> None:
        """Content that lies in another file would be missing unseen."""
        if any(True for _ in root.iter(self._named("altChunk"), self._named("subDoc"))):
            raise _elsewhere(self._file)
        for embedding in root.iter(_EMBEDDING):
            if _EMBEDDED.search(program := embedding.get("ProgID", "")):
                raise _embedded(self._file, program)

    # Tables

    def _tables(self, root: "_Element") -> list[Grid]:
        tables = self._texts.tables(root)
        made = self._made
        for number, table in enumerate(tables, 1):
            around = next(table.iterancestors(self._named("tbl")), None)
            made[table] = self._grid(number, None if around is None else made.get(around))
        for table in reversed(tables):  # a table in a cell before the one around it, whose cell has its text
            self._fill(made[table], table)
        return list(made.values())

    def _grid(self, number: int, around: Grid | None) -> Grid:
        numbers: dict[Spot, int] = {}

        def place(row: int, column: int) -> Place:
            if self._outside:
                return Place(self._file)
            return Place(self._file, table=number, row=row, cell=numbers.get((row, column), column))

        grid = Grid("", place, within=around)
        self._numbers[id(grid)] = numbers
        return grid

    def _fill(self, grid: Grid, table: "_Element") -> None:
        lines = [*self._texts.inside(table, "tr")]
        around, above = self._around(table, len(lines)), 0
        for row, line in enumerate(lines, 1):
            alike = self._part.rows.rows.get(line)
            if alike is not None:
                if (common := self._in_common(alike[0])) is not None:
                    self._fill_alike(grid, row, common, alike[1])
                    above = row
                    continue
                if not len(line):
                    line = put_itself(self._part.rows, line, self._part.package, self._part.name)
            properties = self._of_row(line)
            if not self._is_deleted(grid, row, properties):
                self._fill_row(grid, row, above, line, properties, around)
                above = row
        if grid.rows and is_table_away(table, self._named):
            self._remarks.add(faults.AWAY, grid.place((min(grid.rows), 1)))
        if table.find(f"{self._named('tblPr')}/{self._named('tblpPr')}") is not None and grid.rows:
            text = _text_of(grid)
            grid.floats = faults.floats(text) and not (self._outside and faults.is_page(text))
            if grid.floats:
                grid.unread.append(((min(grid.rows), 1), faults.floating(text)))
        if grid.width <= _LAYOUT:
            grid.unread = [(spot, fault) for spot, fault in grid.unread if fault is not faults.LINE]

    def _around(self, table: "_Element", rows: int) -> "_Around":
        if self._appearances is None:
            return _Around(rows)
        shade = table.find(f"{self._named('tblPr')}/{self._named('shd')}")
        style = table.find(f"{self._named('tblPr')}/{self._named('tblStyle')}")
        looks = self._appearances.of_table(None if style is None else style.get(self._named("val")))
        return _Around(rows, None if shade is None else self._appearances.ground(shade), looks)

    def _fill_row(
        self,
        grid: Grid,
        row: int,
        above: int,
        line: "_Element",
        properties: "_Properties",
        around: "_Around",
    ) -> None:
        cells = grid.rows[row] = {}
        numbers = self._numbers[id(grid)]
        column = 1 + self._span(properties.get(self._named("gridBefore")), 0)
        height, in_line = self._exact_height(properties), [*self._texts.inside(line, "tc")]
        for count, cell in enumerate(in_line, 1):
            spot = (row, column)
            if count != column:
                numbers[spot] = count
            looks = around.looks and tuple(
                look for look in around.looks if look.is_of(row, around.rows, count, len(in_line))
            )
            read, text = self._read_cell(cell, around.ground, looks)
            own = read.properties
            if own.deleted or own.inserted:
                self._remarks.add(faults.TRACKED, grid.place(spot))
            if own.deleted:
                continue
            self._put_cell(grid, spot, above, read, text)
            if height is not None and _lines(grid.value(row, column), own.width) * _LINE > max(height, _LINE):
                self._remarks.add(faults.CUT, grid.place(spot))
            if own.span > 1:
                grid.spans[spot] = own.span
            column += own.span
        grid.width = max(grid.width, column - 1)
        self._count(len(cells))
        if not cells:
            del grid.rows[row]
        elif self._is_hidden(properties, height):
            self._remarks.add(overlooked.ROWS, grid.place((row, min(cells))))

    def _of_row(self, line: "_Element") -> _Properties:
        return {part.tag: part for part in next(line.iterchildren(self._row_properties), ())}

    def _in_common(self, markup: Markup) -> _RowAlike | None:
        """What rows of a markup have in common; None where more is to be said of them than what their words are."""
        if markup not in self._rows:
            known, key = _ROWS_ALIKE, (self._named(""), markup)
            if key not in known and (not means_one_thing(markup) or len(known) >= _MOST_ALIKE):
                known = {}
            if key not in known:
                known[key] = self._common(self._part.rows.first[markup])
            self._rows[markup] = known[key]
        return self._rows[markup]

    def _common(self, line: "_Element") -> _RowAlike | None:
        properties, made = self._of_row(line), _RowAlike()
        of_its_own = not properties.keys().isdisjoint(map(self._named, ("ins", "del", "hidden")))
        if of_its_own or self._exact_height(properties) is not None:
            return None
        column = 1 + self._span(properties.get(self._named("gridBefore")), 0)
        for count, cell in enumerate(self._texts.inside(line, "tc"), 1):
            markup, words = self._part.cells.get(cell, ((), ()))
            read, _ = self._read_cell(cell, None, ())
            own = read.properties
            if self._known.get(markup) is not read or own.joins or own.deleted or own.inserted or own.crossed:
                return None
            made.cells.append((column, len(words), own.fill, read.filling))
            if count != column:
                made.numbers[column] = count
            if own.span > 1:
                made.spans[column] = own.span
            column += own.span
        made.width = column - 1
        return made

    def _fill_alike(self, grid: Grid, row: int, common: _RowAlike, words: tuple[bytes, ...]) -> None:
        """Enter the words of a row, of which nothing else is to be said than of the first that has its markup."""
        cells, fills, said, at = dict[int, Written](), grid.look.fills, b"\0".join(words).decode().split("\0"), 0
        for column, many, own, blank in common.cells:
            text = (said[at] if many == 1 else "".join(said[at : at + many])).strip(" ")
            at += many
            if text:
                cells[column] = text
            shade = own if text and not text.isspace() else blank
            if shade is not None:
                fills[row, column] = shade
        if common.numbers or common.spans:
            self._numbers[id(grid)] |= {(row, column): number for column, number in common.numbers.items()}
            grid.spans |= {(row, column): span for column, span in common.spans.items()}
        grid.width = max(grid.width, common.width)
        self._count(len(cells))
        if cells:
            grid.rows[row] = cells

    def _properties(self, cell: "_Element", ground: str | None) -> "_CellProperties":
        """What is to be known of a cell of a table on this ground."""
        found = _CellProperties(ground=ground)
        properties = next(cell.iterchildren(self._cell_properties), None)
        for child in () if properties is None else properties:
            kind = self._kinds.get(child.tag)
            if kind == "gridSpan":
                found.span = self._span(child, 1)
            elif kind == "shd":
                found.fill = filling(child, self._named(""), self._theme)
                if self._appearances is not None:
                    found.ground = self._appearances.ground(child) or ground
            elif kind == "tcW":
                found.width = whole(child.get(self._named("w")), 0) if child.get(self._named("type")) == "dxa" else 0
            elif kind == "tcBorders":
                lines = (child.find(self._named(name)) for name in ("tl2br", "tr2bl"))
                shown = [line for line in lines if line is not None]
                found.crossed = any(line.get(self._named("val")) not in ("nil", "none") for line in shown)
            elif kind == "cellDel":
                found.deleted = True
            elif kind == "cellIns":
                found.inserted = True
            elif kind == "cellMerge":
                found.joins = "above" if child.get(self._named("vMerge")) == "cont" else found.joins
            elif kind is not None and child.get(self._named("val"), "continue") == "continue":
                found.joins = "above" if kind == "vMerge" else "before"
        return found

    def _is_deleted(self, grid: Grid, row: int, properties: "_Properties") -> bool:
        """Whether a row is gone when all changes are accepted. That there is a change is told."""
        deleted = self._named("del") in properties
        if deleted or self._named("ins") in properties:
            self._remarks.add(faults.TRACKED, grid.place((row, 1)))
        return deleted

    def _is_hidden(self, properties: "_Properties", height: int | None) -> bool:
        hidden = properties.get(self._named("hidden"))
        if hidden is not None and hidden.get(self._named("val")) not in OFF:
            return True
        return height is not None and height < _LOWEST_ROW

    def _exact_height(self, properties: "_Properties") -> int | None:
        """The height of a row in twentieths of a point, where it does not grow with what it holds."""
        height = properties.get(self._named("trHeight"))
        if height is None or height.get(self._named("hRule")) != "exact":
            return None
        return whole(height.get(self._named("val")), _LOWEST_ROW)

    def _read_cell(self, cell: "_Element", ground: str | None, looks: tuple[TableLook, ...]) -> tuple[_Cell, str]:
        """A cell and its text; of cells that are alike the first is read, of which the others differ in that text alone."""
        markup, words = self._part.cells.get(cell, (None, ()))
        if markup is None:
            return (read := self._cell(cell, ground, looks)), read.text
        if (known := self._known.get(markup)) is not None:
            return known, b"".join(words).decode().strip(" ")
        key = markup, words, ground, looks
        if (known := self._known.get(key)) is not None:
            return known, known.text
        read = self._known[key] = self._cell(cell, ground, looks)
        said = read.reading.pieces == [word.decode() for word in words]
        if said and not read.told and not self._texts.looks_at_words and is_plain(markup):
            self._known[markup] = read
        return read, read.text

    def _cell(self, cell: "_Element", ground: str | None, looks: tuple[TableLook, ...]) -> _Cell:
        properties = self._properties(cell, ground)
        reading = ReadText(properties.ground, looks)
        self._texts.read_lines(cell, reading)
        text = reading.text.strip(" ")
        if not text.strip():
            text = "\n".join(_text_of(self._made[table]) for table in self._texts.inside(cell, "tbl")) or text
        told = bool(reading.remarks or reading.unread or reading.floating or reading.moved)
        return _Cell(properties, reading, text, self._filling(cell, properties), told)

    def _put_cell(self, grid: Grid, spot: Spot, above: int, read: _Cell, text: str) -> None:
        """Enter a text that was read in its cell of the grid, and what is to be said of it."""
        row, column = spot
        properties = read.properties
        if properties.joins:
            first = grid.origins.get((above, column), (above, column))
            origin = first if properties.joins == "above" else None
            value = None if origin is None else grid.value(*origin)
            if text.strip() and (value is None or tidy(text) != cell_text(value)):
                grid.unread.append((spot, overlooked.covered(text)))
            if origin is not None and value is not None:
                grid.rows[row][column] = value
                grid.origins[spot] = origin
        elif text:
            grid.rows[row][column] = text
        fill = properties.fill if text and not text.isspace() else read.filling
        if fill is not None:
            grid.look.fills[spot] = fill
        if read.told or properties.crossed:
            self._tell_cell(grid, spot, above, read, text)

    def _tell_cell(self, grid: Grid, spot: Spot, above: int, read: _Cell, text: str) -> None:
        reading = read.reading
        if reading.floating:
            grid.unread.append((spot, faults.floating(reading.floating[0])))
        if reading.moved and not is_blank(text) and faults.floats(text):
            grid.unread.append((spot, faults.moved_text(text)))
        if read.properties.crossed and above:
            grid.unread.append((spot, faults.LINE))
        grid.unread.extend((spot, fault) for fault in reading.unread[:1])
        for remark in reading.remarks:
            self._remarks.add(remark, grid.place(spot))

    def _filling(self, cell: "_Element", properties: "_CellProperties") -> tuple[str, bool] | None:
        """What fills an empty cell: its own shade, or that of blanks in it."""
        tags = (self._named("shd"), self._named("highlight"))
        inside = (filling(item, self._named(""), self._theme) for item in cell.iter(*tags))
        return next((fill for fill in (*filter(None, inside), properties.fill) if fill is not None), None)

    def _span(self, element: "_Element | None", otherwise: int) -> int:
        written = "" if element is None else element.get(self._named("val"), "")
        return min(whole(written, otherwise), 1000)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise too_many_cells(self._file)

    # Paragraphs

    def _paragraphs(self, containers: "Iterable[_Element]") -> Grid:
        """The paragraphs outside tables: what comes before a colon in the first column, what follows in the second."""
        grid = Grid("", lambda row, _: Place(self._file, paragraph=None if self._outside else row))
        paragraphs = [found for container in containers for found in self._texts.inside(container, "p")]
        before, open_field = "", 0
        for number, paragraph in enumerate(paragraphs, 1):
            reading = ReadText()
            goes_on = self._texts.read(paragraph, reading) and number < len(paragraphs)
            text = before + reading.text
            before = text if goes_on else ""
            if text.strip() and not goes_on:
                open_field = self._put_paragraph(grid, number, text, open_field)
            self._tell_paragraph(grid, number, reading)
        self._count(len(grid.rows))
        return grid

    def _put_paragraph(self, grid: Grid, number: int, text: str, open_field: int) -> int:
        """Enter what a paragraph says. Items of a list go into the field above that has no value yet, `open_field`.

        Gives the row of the field that items would go into next.
        """
        if open_field and (item := _ITEM.match(text)) and item[0].strip():
            field = grid.rows[open_field]
            said, more = str(field[max(field)]).strip(), text[item.end() :]
            field[max(field)] = f"{said}; {more}" if said else more
            return open_field
        cells = grid.rows[number] = _pairs(text, self._form)
        last = max(cells)
        return (
            number if last > 1 and is_blank(cells[last]) and is_label_of_field(str(cells[last - 1]), self._form) else 0
        )

    def _tell_paragraph(self, grid: Grid, number: int, reading: ReadText) -> None:
        place = grid.place((number, 1))
        for text in reading.floating:
            if self._outside and faults.is_page(text):
                continue
            if faults.floats(text):
                grid.unread.append(((number, 1), faults.floating(text)))
            elif not any(is_label_of_field(line.partition(":")[0], self._form) for line in text.splitlines()):
                self._remarks.add(faults.FLOATING, place)
        for remark in reading.remarks:
            self._remarks.add(remark, place)
        for fault in reading.unread:
            if fault is not faults.LINE and is_label_of_field(str(grid.value(number, 1)), self._form):
                grid.unread.append(((number, 2), fault))
            elif fault not in (faults.LINE, NUMBER):
                self._remarks.add(faults.PICTURE if fault is faults.SHAPE else UNREAD, place)


def _lines(value: Written | None, width: int) -> int:
    """How many lines a text takes at least in a cell of this width."""
    text = "" if value is None else str(value).rstrip()
    return sum(1 + (len(line) * _LETTER // width if width else 0) for line in text.split("\n")) if text else 0


def _pairs(text: str, form: Layout) -> dict[int, Written]:
    """The labels and values in a paragraph, one after the other: a field of the form begins anew after a tab or a line."""
    cells: list[str] = []
    for piece in re.split(r"(?<=[\t\n])", text):
        label, colon, value = piece.partition(":")
        if colon and (is_label_of_field(label, form) if cells else len(label) <= _LONGEST_LABEL):
            cells += [label, value]
        elif cells and (cells[-1].endswith("\n") or (len(cells) > 1 and is_label_of_field(cells[-2], form))):
            cells[-1] += piece
        else:
            cells.append(piece)
    return dict(enumerate(cells, 1))


def _text_of(grid: Grid) -> str:
    """The text of a table in a cell, as one of the cell."""
    return "\n".join("\t".join(cell_text(value) for _, value in grid.filled(row)) for row in grid.rows)


def _elsewhere(file: str) -> Unreadable:
    return refused(
        file,
        Text("Văn bản lấy một phần nội dung từ tệp khác", "The document takes part of its content from another file"),
        Text("Chép hẳn phần đó vào văn bản rồi lưu lại", "Copy that part into the document and save it"),
    )


def _embedded(file: str, program: str) -> Unreadable:
    return refused(
        file,
        Text(
            f"Văn bản nhúng một tài liệu khác ({shown(program)}); nội dung trong đó không được đọc",
            f"The document embeds another one ({shown(program)}), which is not read",
        ),
        Text(
            "Chép nội dung thành bảng của văn bản rồi xóa tài liệu nhúng",
            "Copy what it holds into a table of the document, and delete what is embedded",
        ),
    )
