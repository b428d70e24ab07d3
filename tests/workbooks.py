"""Workbooks with what openpyxl does not write: parts changed by hand, drawings, controls of forms."""

from collections.abc import Callable

from tests.packages import parts_of
from thamdinh.engine.base.archives import packed

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape id="a"><x:ClientData ObjectType="{kind}"><x:Anchor>{edges}</x:Anchor>{more}</x:ClientData>'
    "<br></v:shape></xml>"
)

SHAPE = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
"""A text box."""


def parts_changed(content: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None) -> bytes:
    """A workbook with its parts changed (name and content to content) and others added."""
    return packed({name: change(name, part) for name, part in parts_of(content).items()} | (more or {}))


def with_parts(content: bytes, sheet: int, element: str, parts: dict[str, tuple[str, str]]) -> bytes:
    """The workbook with an element at the end of a sheet (by its number), and parts: name to kind of relation and content."""
    rels = f"xl/worksheets/_rels/sheet{sheet}.xml.rels"
    entries = "".join(
        f'<Relationship Id="rIdTest{number}" Target="/{name}" Type="{_RELATIONS}/{kind}"/>'
        for number, (name, (kind, _)) in enumerate(parts.items(), 1)
    )

    def change(name: str, old: bytes) -> bytes:
        if name == rels:
            return old.replace(b"</Relationships>", entries.encode() + b"</Relationships>")
        if name == f"xl/worksheets/sheet{sheet}.xml":
            return old.replace(b"</worksheet>", element.encode() + b"</worksheet>")
        return old

    return parts_changed(content, change, {name: part.encode() for name, (_, part) in parts.items()})


def anchor(first: tuple[int, int], last: tuple[int, int], what: str) -> str:
    """A drawing's anchor from one cell to another (row and column, from 0), with something in it."""
    ends = zip(("from", "to"), (first, last), strict=True)
    corners = "".join(
        f"<xdr:{name}><xdr:col>{column}</xdr:col><xdr:colOff>100</xdr:colOff><xdr:row>{row}</xdr:row>"
        f"<xdr:rowOff>100</xdr:rowOff></xdr:{name}>"
        for name, (row, column) in ends
    )
    return f"<xdr:twoCellAnchor>{corners}{what}<xdr:clientData/></xdr:twoCellAnchor>"


def drawn(content: bytes, sheet: int, anchors: str) -> bytes:
    """The workbook with a drawing over a sheet."""
    drawing = f'<xdr:wsDr xmlns:xdr="{_DRAWING}" xmlns:a="{_MAIN}">{anchors}</xdr:wsDr>'
    return with_parts(content, sheet, "", {"xl/drawings/drawing9.xml": ("drawing", drawing)})


def controlled(content: bytes, sheet: int, kind: str, cell: tuple[int, int], more: str = "") -> bytes:
    """The workbook with a control of a form over a cell (row and column, from 0)."""
    row, column = cell
    edges = f"{column}, 5, {row}, 2, {column + 1}, 5, {row + 1}, 2"
    element = f'<legacyDrawing xmlns:r="{_RELATIONS}" r:id="rIdTest1"/>'
    part = _VML.format(kind=kind, edges=edges, more=more)
    return with_parts(content, sheet, element, {"xl/drawings/vmlDrawing9.vml": ("vmlDrawing", part)})
