"""Documents (.docx): the tables and paragraphs of the text, read from the package's XML, and the plan in them.

Tracked changes are read as accepted. Text boxes, headers, footers and notes are no part of the form.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..forms.cells import Written
from ..forms.form_document import FormDocument
from ..forms.grid import Grid
from ..forms.package import MOST_CELLS, Package, macros, open_package, refused, too_many_cells, whole
from ..forms.reading import read_form
from ..problem import Place
from ..text import Text

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONGEST_LABEL: Final = 60
"""Characters before the colon of a paragraph that may be a label with its value."""


def read(file: str, content: bytes) -> FormDocument:
    """The plan in a document. Raises Unreadable."""
    return read_form(file, grids(open_package(file, content, ".docx")), content)


def grids(package: Package) -> list[Grid]:
    """Every table, and the paragraphs outside tables as labels and values. Raises Unreadable."""
    root = package.xml(package.main())
    space = package.space(root, "document")
    if b"macroEnabled" in package.bytes("[Content_Types].xml"):
        raise macros(package.file, ".docx")
    reader = Texts(package.file, space)
    if any(True for _ in root.iter(reader.named("altChunk"), reader.named("subDoc"))):
        raise refused(
            package.file,
            Text(
                "Văn bản lấy một phần nội dung từ tệp khác", "The document takes part of its content from another file"
            ),
            Text("Chép hẳn phần đó vào văn bản rồi lưu lại", "Copy that part into the document and save it"),
        )
    body = root.find(reader.named("body"))
    if body is None:
        raise package.damaged()
    return [*reader.tables(body), reader.paragraphs(body)]


class Texts:
    """Reads what stands in the elements of one document, whose elements have the namespace `space`."""

    def __init__(self, file: str, space: str) -> None:
        self._file = file
        self._space = space
        self._cells = 0
        name = self.named
        self._wrappers = {
            name(tag)
            for tag in ("sdt", "sdtContent", "ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "r")
        }
        self._paragraph, self._table = name("p"), name("tbl")

    def named(self, name: str) -> str:
        return f"{self._space}{name}"

    def paragraphs(self, body: "_Element") -> Grid:
        """The paragraphs outside tables: what comes before a colon in the first column, what follows in the second."""
        grid = Grid("", lambda row, _: Place(self._file, paragraph=row))
        for number, paragraph in enumerate(self.inside(body, "p"), 1):
            text = self._text(paragraph)
            label, colon, value = text.partition(":")
            if colon and len(label) <= _LONGEST_LABEL:
                grid.rows[number] = {1: label, 2: value}
            elif text.strip():
                grid.rows[number] = {1: text}
        self._count(len(grid.rows))
        return grid

    def tables(self, body: "_Element") -> Iterator[Grid]:
        """Every table, in the order of the text; tables inside others count too."""
        made: dict[_Element, Grid] = {}
        for number, table in enumerate(body.iter(self._table), 1):
            around = next((outer for outer in table.iterancestors(self._table)), None)
            made[table] = self._grid(number, table, None if around is None else made[around])
        yield from made.values()

    def _grid(self, number: int, table: "_Element", around: Grid | None) -> Grid:
        visible: dict[tuple[int, int], int] = {}
        grid = Grid(
            "",
            lambda row, column: Place(self._file, table=number, row=row, cell=visible.get((row, column), column)),
            within=around,
        )
        for row, line in enumerate(self.inside(table, "tr"), 1):
            cells: dict[int, Written] = {}
            column = 1 + self._span(line.find(self.named("trPr")), "gridBefore", 0)
            for count, cell in enumerate(self.inside(line, "tc"), 1):
                visible[row, column] = count
                properties = cell.find(self.named("tcPr"))
                merged = None if properties is None else properties.find(self.named("vMerge"))
                if merged is not None and merged.get(self.named("val"), "continue") == "continue":
                    if (above := grid.value(row - 1, column)) is not None:
                        cells[column] = above
                        grid.origins[row, column] = grid.origins.get((row - 1, column), (row - 1, column))
                elif text := self._cell_text(cell):
                    cells[column] = text
                if (span := self._span(properties, "gridSpan", 1)) > 1:
                    grid.spans[row, column] = span
                column += span
            grid.width = max(grid.width, column - 1)
            self._count(len(cells))
            if cells:
                grid.rows[row] = cells
        return grid

    def _span(self, properties: "_Element | None", name: str, otherwise: int) -> int:
        found = None if properties is None else properties.find(self.named(name))
        written = "" if found is None else found.get(self.named("val"), "")
        return min(whole(written, otherwise), 1000)

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > MOST_CELLS:
            raise too_many_cells(self._file)

    def inside(self, element: "_Element", name: str) -> "Iterator[_Element]":
        """The parts of an element with this name, also where something transparent wraps them."""
        for child in element:
            if child.tag == self.named(name):
                yield child
            elif child.tag in self._wrappers:
                yield from self.inside(child, name)

    def _cell_text(self, cell: "_Element") -> str:
        return "\n".join(self._text(paragraph) for paragraph in self.inside(cell, "p")).strip(" ")

    def _text(self, element: "_Element") -> str:
        """The text of a paragraph as it is seen with every tracked change accepted."""
        pieces: list[str] = []
        for child in element:
            if child.tag == self.named("t"):
                pieces.append(child.text or "")
            elif child.tag in (self.named("br"), self.named("cr")):
                pieces.append("\n")
            elif child.tag == self.named("tab"):
                pieces.append(" ")
            elif child.tag == self.named("noBreakHyphen"):
                pieces.append("-")
            elif child.tag in self._wrappers and not self._is_prompt(child):
                pieces.append(self._text(child))
        return "".join(pieces)

    def _is_prompt(self, control: "_Element") -> bool:
        """Whether a content control only shows what should be entered."""
        properties = control.find(self.named("sdtPr"))
        return properties is not None and properties.find(self.named("showingPlcHdr")) is not None
