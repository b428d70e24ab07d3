"""Cells of a sheet as most programs write them, told by the bytes of its part: no elements need be made of them."""

import re
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from ..base.problem import Unreadable
from .cell_styles import CellStyle, CellStyles
from .package import Package
from .references import split_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

PlainCell = tuple[int, tuple[CellStyle, str], str | None]
"""A cell's column, from 1, its style and its kind, and what is stored in it."""

INLINE: Final = "inline"
"""The kind of a cell whose text stands in it, and not among those that cells share."""
MARK: Final = "\ue000"
"""Stands before and after the text of each plain cell in the row that the cell is taken out of."""

_CELL: Final = re.compile(
    rb"<c r=\"([A-Z]{1,3})\d{1,7}\"((?: s=\"\d{1,9}\")?(?: t=\"[a-zA-Z]+\")?)"
    rb"(?:/>|></c>|>(?:<v>|<(is)><t(?: xml:space=\"preserve\")?>)([^<]*)(?:</v>|</t></is>)</c>)"
)
_AS_ENTITY: Final = re.compile(rb"&#(?:x0*[eE]000|0*57344);")
"""The mark as XML may also have it."""
_BEGIN, _END = b"<sheetData>", b"</sheetData>"


def plain_sheet(package: Package, part: str, space: str, styles: CellStyles) -> "tuple[_Element, Iterator[PlainCell]]":
    """The root of a sheet's part, in whose rows texts between marks stand for plain cells, and these cells in their order.

    Raises Unreadable.
    """
    if (apart := _apart(package.bytes(part))) is not None:
        content, columns, looks, stored = apart
        try:
            root = package.xml(part, content=content)
        except Unreadable:  # as it is, or because of texts that are too long together
            return package.xml(part), iter(())
        every = [*root.iter(f"{space}sheetData")]
        # No marks are between the cells of rows but theirs, unless some cells stand elsewhere.
        plainly = len(every) == 1 and every[0].prefix is None
        texts = "".join(_texts_of_rows()(every[0]) if plainly else ()).split(MARK)
        if plainly and len(texts) == 1 + 2 * len(columns):
            known = {look: _look(*look, styles) for look in {*looks}}
            written = (None if text is None else said for text, said in zip(stored, texts[1::2], strict=True))
            numbers = {letters: split_reference(f"{letters.decode()}1")[0] for letters in {*columns}}
            return root, zip(map(numbers.__getitem__, columns), map(known.__getitem__, looks), written, strict=True)
    return package.xml(part), iter(())


def _look(attributes: bytes, inline: bytes | None, styles: CellStyles) -> tuple[CellStyle, str]:
    """The style and the kind that the attributes of a cell give it."""
    known = dict(piece.split("=") for piece in attributes.decode().replace('"', "").split())
    return styles.style(known.get("s")), INLINE if inline else known.get("t", "n")


_Apart = tuple[bytes, list[bytes], list[tuple[bytes, bytes | None]], list[bytes | None]]


def _apart(content: bytes) -> _Apart | None:
    """A sheet without its plain cells but for their texts, and of these cells their columns, their attributes (and whether a
    text stands in them) and what they have stored; None where bytes may not be what they look like.
    """
    before, _, rest = content.partition(_BEGIN)
    data, end, after = rest.partition(_END)
    mark = MARK.encode()
    if not end or content.count(b"sheetData") != 2:
        return None
    if b"xmlns" in data or mark in data or _AS_ENTITY.search(data):
        return None
    pieces = _CELL.split(data)
    between, stored = pieces[::5], pieces[4::5]
    around = b"".join((before[1:], *between, after))  # of cells taken out of a comment its ends are left
    if b"<!" in around or b"<?" in around:
        return None
    made = [mark] * (4 * len(stored) + 1)
    made[::4], made[2::4] = between, [text or b"" for text in stored]
    rest = b"".join((before, _BEGIN, *made, _END, after))
    return rest, pieces[1::5], [*zip(pieces[2::5], pieces[3::5], strict=True)], stored


@cache
def _texts_of_rows() -> "Callable[[_Element], list[str]]":
    from lxml import etree

    return cast("Callable[[_Element], list[str]]", etree.XPath("*/text()", smart_strings=False))
