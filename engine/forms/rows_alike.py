"""Rows of a document whose markup is the same: the first of them is read, and the others are that with words of their own."""

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, Final

from ..base.problem import Unreadable
from .alike import IDENTITIES, WORDS, Markup, is_plain
from .package import Package, local

if TYPE_CHECKING:
    from lxml.etree import _Element

Row = tuple[Markup, tuple[bytes, ...]]
"""What stands around the words of a row, and the words."""

_BEGIN, _END = b"<w:tr>", b"</w:tr>"
_STAND_IN: Final = b"<w:tr/>"
_OF_ITS_OWN: Final = (
    *(b"w:tbl>", b"w:tbl ", b"w:tbl/", b"Merge", b"cellDel", b"cellIns", b"tl2br", b"tr2bl", b"exact", b"hidden"),
    *(b"w:ins ", b"w:del "),
)
"""What may have cells go together, or a row look in a manner of its own."""
_LOOKED_AT: Final = (b"showingPlcHdr", b"dataBinding", b"AlternateContent", b"txbxContent")
"""Around which words are looked at beside those of cells; all but the first two end so, and these stand in a sdtContent."""
_NO_ELEMENTS: Final = (b"<!", b"<?")
"""How comments, data as they are and instructions begin: in them, tags are none."""
_EARLY: Final = 20_000
"""In so many bytes it shows whether a program numbers everything."""
_CONTROL: Final = bytes({*range(32)} - {*b"\t\n\r"})
_NO_TEXT: Final = (b"]]>", "\ufffe".encode(), "\uffff".encode())
"""What no text of an XML part may have, beside control characters."""


@dataclass(slots=True)
class RowsAlike:
    """A part of a document in which empty rows stand for those that are like an earlier one: its root, its bytes, and the
    `rows` that are alike. `first` is the one of each markup that is there.
    """

    root: "_Element"
    content: bytes
    rows: "dict[_Element, Row]" = field(default_factory=dict)
    first: "dict[Markup, _Element]" = field(default_factory=dict)


def rows_alike(package: Package, part: str, *, each: bool = False) -> RowsAlike:
    """A part with rows that stand for others; `each` has all rows there. Raises Unreadable."""
    content = package.bytes(part)
    if each or (apart := _apart(content)) is None:
        return RowsAlike(package.xml(part), content)
    rest, rows = apart
    try:
        root = package.xml(part, content=rest)
    except Unreadable:
        return RowsAlike(package.xml(part), content)
    found = [*root.iter(f"{{{root.nsmap.get('w')}}}tr")]
    if root.prefix != "w" or len(found) != len(rows):
        return RowsAlike(package.xml(part), content)
    known = {element: row for element, row in zip(found, rows, strict=True) if row is not None}
    first = {markup: element for element, (markup, _) in reversed(known.items())}
    return RowsAlike(root, rest, known, first)


def put_itself(alike: RowsAlike, row: "_Element", package: Package, part: str) -> "_Element":
    """Put the row that an empty one stands for in its place."""
    (markup, words), above = alike.rows[row], row.getparent()
    texts = chain.from_iterable(zip(markup, (b"<w:t>%s</w:t>" % word for word in words), strict=False))
    head, end = alike.content[: _start(alike.content)], f"</w:{local(alike.root)}>".encode()
    (made,) = package.xml(part, content=b"".join((head, *texts, markup[-1], _END, end)))
    assert above is not None
    above.replace(row, made)
    return made


def _start(content: bytes) -> int:
    """Where the first element of a part has begun."""
    return content.find(b">", content.find(b"<w:")) + 1


def _apart(content: bytes) -> tuple[bytes, list[Row | None]] | None:
    """A part with rows that stand for others, and those of its rows that are alike; None where bytes may not be what they
    look like.
    """
    start = _start(content)
    within = content[start:]
    rest, end, last = within.rpartition(_END)
    if not end or b"\r" in content or any(sign[1:] in within and sign in within for sign in _NO_ELEMENTS):
        return None
    if any(sign in rest[:_EARLY] for sign in (b"rsid", b"paraId")):
        rest = IDENTITIES.sub(b"", rest)
    made, rows, left_out = [content[:start]], list[Row | None](), list[bytes]()
    plain = dict[Markup, bool]()  # whether rows of a markup are that: not asked of one that is there once
    for piece in rest.split(_END):
        if (begin := piece.rfind(_BEGIN)) < 0:  # one in another, or with attributes
            return None
        apart = WORDS.split(piece[begin:])
        markup, words = tuple(apart[::2]), tuple(apart[1::2])
        row = None if b"&" in piece and any(b"&" in word for word in words) else (markup, words)
        rows.append(row)
        if row:
            if markup in plain and (plain[markup] or is_plain(markup, _OF_ITS_OWN)):
                plain[markup] = True
                left_out += words
                made += piece[:begin], _STAND_IN
                continue
            plain[markup] = False
        made += piece, _END
    # What stands for others is marked up as they are: it tells what there is in all.
    rest = b"".join((*made, last))
    odd = b"xmlns" in rest[start:] or (b"Content" in rest and any(sign in rest for sign in _LOOKED_AT))
    if odd or not left_out or not _is_text(b"\n".join(left_out)):
        return None
    return rest, [row if row and plain.get(row[0]) else None for row in rows]


def _is_text(words: bytes) -> bool:
    """Whether words may be those of an XML part."""
    try:
        words.decode()
    except UnicodeDecodeError:
        return False
    return len(words.translate(None, _CONTROL)) == len(words) and not any(sign in words for sign in _NO_TEXT)
