"""Cells of a document whose markup is the same: only words tell them apart, so that most need not be read one by one."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

Markup = tuple[bytes, ...]
"""What stands around the words of a cell."""

WORDS: Final = re.compile(rb"<w:t(?: xml:space=\"preserve\")?>([^<]*)</w:t>")
_BEGIN, _END = b"<w:tc>", b"</w:tc>"
IDENTITIES: Final = re.compile(rb" (?:w:rsid\w*|w14:paraId|w14:textId)=\"[^\"<>]*\"")
"""Attributes that Word gives everything, and that say nothing."""
_FOREIGN: Final = re.compile(rb"[<\s/](?!w:|xml:)[\w.-]+:[\w.-]+[\s=/>]")
"""A name that may mean one thing in one cell and another in the next, where prefixes are declared among the cells."""
_TURNING: Final = (
    *(b"sdt", b"fld", b"instrText", b"Alternate", b"framePr"),
    *(b"drawing", b"pict", b"object", b"math", b"Math"),
)
"""What may make something else of words than they say."""
_LONGEST: Final = 20_000
"""Bytes of a markup that is remembered: forms made of one template have most of theirs in common."""


@dataclass(slots=True)
class Alike:
    """The `cells` of a part that can be told by its bytes, each with its markup and its words, and `all` that is marked up in
    the part, that of cells once.
    """

    all: bytes
    cells: "dict[_Element, tuple[Markup, tuple[bytes, ...]]]" = field(default_factory=dict)


def cells_alike(root: "_Element", space: str, content: bytes) -> Alike:
    """The cells under the root of a part, whose bytes are `content`: none where the bytes can't be held against the elements,
    and not those in a control that asks for something or that other data fill.
    """
    cells = list(root.iter(f"{space}tc"))
    start = content.find(b">", content.find(b"<w:"))
    rest = content[start:]
    odd = b"\r" in content or b"<!" in content or b"xmlns:w=" in rest or root.nsmap.get("w") != space[1:-1]
    if odd or rest.count(_END) != len(cells):
        return Alike(content)
    if b"rsid" in rest or b"paraId" in rest:
        rest = IDENTITIES.sub(b"", rest)
    odd = b"xmlns" in rest or b"&" in rest
    *pieces, last = rest.split(_END)
    found, between = {}, set[bytes]()
    for cell, piece in zip(cells, pieces, strict=True):
        if (begin := piece.rfind(_BEGIN)) < 0:  # one in another, or with attributes
            return Alike(content)
        apart = WORDS.split(piece[begin:])
        if odd and (b"&" in piece or (b"xmlns" in rest and _FOREIGN.search(piece))):
            between.add(piece)
        else:
            found[cell] = tuple(apart[::2]), tuple(apart[1::2])
            between.add(piece[:begin])
    markups = {markup for markup, _ in found.values()}
    every = b"".join((content[:start], *between, *(part for markup in markups for part in markup), last))
    marks = root.iter(f"{space}showingPlcHdr", f"{space}dataBinding")
    for control in {control for mark in marks for control in mark.iterancestors(f"{space}sdt")}:
        for cell in control.iter(f"{space}tc"):
            found.pop(cell, None)
    return Alike(every, found)


def means_one_thing(markup: Markup) -> bool:
    """Whether a markup, of a document whose elements have a prefix, means the same in every one with that; a long one is not
    asked.
    """
    whole = b" ".join(markup)
    return len(whole) <= _LONGEST and b"heme" not in whole and _FOREIGN.search(whole) is None


def is_plain(markup: Markup, further: tuple[bytes, ...] = ()) -> bool:
    """Whether nothing in a markup may make something else of words than they say, and nothing `further` is in it."""
    whole = b" ".join(markup)
    return (_is_plain if len(whole) <= _LONGEST else _is_plain.__wrapped__)(whole, further)


@lru_cache(500)
def _is_plain(whole: bytes, further: tuple[bytes, ...]) -> bool:
    return not any(sign in whole for sign in (*_TURNING, *further))
