"""The signs before the items of lists in a document: a tick may be one, given by the paragraph or by its style."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .symbols import is_symbol_font

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_NUMBER: Final = re.compile(r"%\d")
_SIDES: Final = ("ascii", "hAnsi", "cs", "eastAsia")


@dataclass(frozen=True, slots=True)
class Sign:
    """What stands before an item: `letters` in a `font`, and a number or a picture. `look` says how it is drawn.

    `indent` says where the item stands, as far as its paragraph does not.
    """

    letters: str
    font: str = ""
    numbered: bool = False
    pictured: bool = False
    look: "_Element | None" = None
    indent: "_Element | None" = None


@dataclass(frozen=True, slots=True)
class _Numbering:
    """The list that a paragraph or a style is in, and its level there; None is what is not said."""

    number: str | None = None
    level: str | None = None


class Bullets:
    """The signs of the items, by the properties of their paragraphs. `styles` and `lists` are parts of a document."""

    def __init__(self, lists: "_Element", styles: "_Element | None", space: str) -> None:
        self._space = space
        self._kinds = {item.get(self._named("abstractNumId")): item for item in self._children(lists, "abstractNum")}
        self._lists = {item.get(self._named("numId")): item for item in self._children(lists, "num")}
        every = [] if styles is None else list(self._children(styles, "style"))
        self._styles = {style.get(self._named("styleId"), ""): style for style in every}
        paragraphs = [style for style in every if style.get(self._named("type")) == "paragraph"]
        defaults = [style for style in paragraphs if style.get(self._named("default")) in ("1", "true", "on")]
        self._default = defaults[-1].get(self._named("styleId"), "") if defaults else ""
        own = {name: self._numbering(style.find(self._named("pPr"))) for name, style in self._styles.items()}
        self._of_style = {name: found for name in self._styles if (found := self._inherited(name, own)).number}

    def used(self, content: bytes) -> bool:
        """Whether a part has items of lists."""
        names = (name.encode() for name in self._of_style)
        return (
            b"numPr" in content or self._default in self._of_style or any(b'"%b"' % name in content for name in names)
        )

    def sign(self, properties: "_Element | None") -> Sign | None:
        """The sign before a paragraph with these properties; None where there is none."""
        style = None if properties is None else properties.find(self._named("pStyle"))
        name = self._default if style is None else style.get(self._named("val"), "")
        said, inherited = self._numbering(properties), self._of_style.get(name, _Numbering())
        number = said.number or inherited.number
        if number is None or number == "0":
            return None
        level = self._level(number, said.level or inherited.level, name, set())
        return None if level is None else self._sign(level)

    def _numbering(self, properties: "_Element | None") -> _Numbering:
        found = None if properties is None else properties.find(self._named("numPr"))
        return _Numbering() if found is None else _Numbering(self._value(found, "numId"), self._value(found, "ilvl"))

    def _inherited(self, name: str, own: dict[str, _Numbering]) -> _Numbering:
        """The list that a style is in by itself or by a style that it is based on."""
        seen: set[str] = set()
        level = None
        while name in own and name not in seen:
            seen.add(name)
            level = level or own[name].level
            if own[name].number:
                return _Numbering(own[name].number, level)
            name = self._value(self._styles[name], "basedOn") or ""
        return _Numbering()

    def _level(self, number: str, level: str | None, style: str, seen: set[str]) -> "_Element | None":
        """The level of a list: the one said, else the one made for the style, else the first."""
        used = self._lists.get(number)
        kind = None if used is None else self._kinds.get(self._value(used, "abstractNumId"))
        if used is None or kind is None:
            return None
        link = self._of_style.get(self._value(kind, "numStyleLink") or "")
        if link is not None and link.number and number not in seen:
            return self._level(link.number, level, style, {*seen, number})
        levels = {found.get(self._named("ilvl")): found for found in self._children(kind, "lvl")}
        for change in self._children(used, "lvlOverride"):
            for found in self._children(change, "lvl"):
                levels[change.get(self._named("ilvl"))] = found
        made = (key for key, found in levels.items() if level is None and self._value(found, "pStyle") == style)
        return levels.get(level or next(made, "0"))

    def _sign(self, level: "_Element") -> Sign:
        kind, text = self._value(level, "numFmt"), self._value(level, "lvlText") or ""
        look = level.find(self._named("rPr"))
        fonts = None if look is None else look.find(self._named("rFonts"))
        names = [] if fonts is None else [fonts.get(self._named(side), "") for side in _SIDES]
        font = next(filter(is_symbol_font, names), next(filter(None, names), ""))
        indent = level.find(f"{self._named('pPr')}/{self._named('ind')}")
        if kind == "bullet":
            pictured = level.find(self._named("lvlPicBulletId")) is not None
            return Sign(text, font, pictured=pictured, look=look, indent=indent)
        numbered = kind != "none" and _NUMBER.search(text) is not None
        return Sign(_NUMBER.sub("", text), font, numbered=numbered, look=look, indent=indent)

    def _children(self, element: "_Element", name: str) -> "Iterator[_Element]":
        return element.iterchildren(self._named(name))

    def _value(self, element: "_Element", name: str) -> str | None:
        """What an element says of something by a child with this name."""
        child = element.find(self._named(name))
        return None if child is None else child.get(self._named("val"))

    def _named(self, name: str) -> str:
        return f"{self._space}{name}"
