"""Cells of a sheet as most programs write them, told by the bytes of its part: no elements need be made of them."""

import re
from functools import cache
from itertools import chain, product, repeat
from typing import TYPE_CHECKING, Final, cast

from ..base.problem import Unreadable
from .package import Package
from .references import split_reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

PlainCell = tuple[int, str | None, str, bool]
"""A cell's column, from 1, the number of its style, its kind, and whether anything is stored in it."""

INLINE: Final = "inline"
"""The kind of a cell whose text stands in it, and not among those that cells share."""
MARK: Final = "\ue000"
"""Stands before and after the text of each plain cell in the row that the cell is taken out of."""

_CELL: Final = re.compile(
    rb"<c r=\"([A-Z]{1,3})\d{1,7}\"(?: s=\"(\d{1,9})\")?(?: t=\"([a-zA-Z]+)\")?"
    rb"(?:/>|></c>|>(?:<v>|<(is)><t(?: xml:space=\"preserve\")?>)([^<]*)(?:</v>|</t></is>)</c>)"
)
_AS_ENTITY: Final = re.compile(rb"&#(?:x0*[eE]000|0*57344);")
"""The mark as XML may also have it."""
_BEGIN, _END = b"<sheetData>", b"</sheetData>"


def plain_sheet(package: Package, part: str, space: str) -> "tuple[_Element, list[PlainCell]]":
    """The root of a sheet's part, in whose rows texts between marks stand for plain cells, and these cells in their order.

    Raises Unreadable.
    """
    if (apart := _apart(package.bytes(part))) is not None:
        content, cells = apart
        try:
            root = package.xml(part, content=content)
        except Unreadable:  # as it is, or because of texts that are too long together
            return package.xml(part), []
        every = [*root.iter(f"{space}sheetData")]
        if len(every) == 1 and every[0].prefix is None and _marks(every[0]) == 2 * len(cells):
            return root, cells
    return package.xml(part), []


def _apart(content: bytes) -> tuple[bytes, list[PlainCell]] | None:
    """A sheet without its plain cells but for their texts, and these cells; None where bytes may not be what they look like."""
    before, _, rest = content.partition(_BEGIN)
    data, end, after = rest.partition(_END)
    mark = MARK.encode()
    if not end or content.count(b"sheetData") != 2:
        return None
    if b"xmlns" in data or mark in data or _AS_ENTITY.search(data):
        return None
    pieces = _CELL.split(data)
    around = b"".join((before[1:], *pieces[::6], after))  # of cells taken out of a comment its ends are left
    if b"<!" in around or b"<?" in around:
        return None
    stored = pieces[5::6]
    texts = zip(pieces[::6], repeat(mark), (text or b"" for text in stored), repeat(mark), strict=False)
    rest = b"".join((before, _BEGIN, *chain.from_iterable(texts), pieces[-1], _END, after))
    columns = {letters: split_reference(f"{letters.decode()}1")[0] for letters in {*pieces[1::6]}}
    styles = {number: None if number is None else number.decode() for number in {*pieces[2::6]}}
    kinds = {
        (kind, inline): INLINE if inline else (kind or b"n").decode()
        for kind, inline in product(*map(set, (pieces[3::6], pieces[4::6])))
    }
    cells = zip(
        map(columns.__getitem__, pieces[1::6]),
        map(styles.__getitem__, pieces[2::6]),
        map(kinds.__getitem__, zip(pieces[3::6], pieces[4::6], strict=True)),
        [text is not None for text in stored],
        strict=True,
    )
    return rest, [*cells]


def _marks(data: "_Element") -> int:
    """How many marks there are between the cells of rows; none else are there but those of cells that stand elsewhere."""
    return "".join(_texts_of_rows()(data)).count(MARK)


@cache
def _texts_of_rows() -> "Callable[[_Element], list[str]]":
    from lxml import etree

    return cast("Callable[[_Element], list[str]]", etree.XPath("*/text()", smart_strings=False))
