"""Colours of office files: when two can't be told apart, and those of a file's own theme, which may be others than one is used to."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from .package import Package, local

if TYPE_CHECKING:
    from lxml.etree import _Element

Colour = tuple[int, int, int]
"""Red, green and blue, each of 255."""

WHITE: Final[Colour] = (255, 255, 255)
BLACK: Final[Colour] = (0, 0, 0)
_DARK: Final = 112
"""Of 255: a ground whose red, green and blue are all below this looks like ink."""
_KNOWN: Final = {
    **{"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink"},
    **{"followedHyperlink": "folHlink", **{f"accent{number}": f"accent{number}" for number in range(1, 7)}},
}
"""What text calls the colours, and what the theme calls them."""
_MAPPED: Final = {
    "text1": ("t1", "dark1"),
    "background1": ("bg1", "light1"),
    "text2": ("t2", "dark2"),
    "background2": ("bg2", "light2"),
}
"""Colours that the settings of a document choose among these: the attribute that says so, and which is usual."""
_USUAL: Final = {"dk1": "000000", "lt1": "FFFFFF"}


def rgb(written: str) -> Colour | None:
    """The colour that six hexadecimal digits stand for, whatever is before them; None of none."""
    try:
        value = int(written[-6:], 16)
    except ValueError:
        return None
    return value >> 16 & 255, value >> 8 & 255, value & 255


def are_alike(one: Colour, other: Colour, near: int) -> bool:
    """Whether red, green and blue of two colours all differ by less than this."""
    return max(abs(part - against) for part, against in zip(one, other, strict=True)) < near


def is_dark(colour: Colour) -> bool:
    """Whether a colour is as dark as ink."""
    return max(colour) < _DARK


class Theme:
    """The colours of one file, looked up when the first is asked for."""

    def __init__(self, package: Package, theme: str | None, settings: str | None = None) -> None:
        self._package = package
        self._part = theme
        self._settings = settings

    def colour(self, name: str, tint: str | None = None, shade: str | None = None) -> str | None:
        """The colour that text calls so, made lighter or darker by so many of 255 (in hexadecimal); None of no such name."""
        if name in _MAPPED:
            attribute, usual = _MAPPED[name]
            name = self._mapping.get(attribute, usual)
        colour = self._colours.get(_KNOWN.get(name, ""))
        if colour is None or not (tint or shade):
            return colour
        return _mixed(_mixed(colour, tint, 255), shade, 0)

    def own(self, name: str) -> Colour | None:
        """The colour that the theme itself calls so."""
        return rgb(self._colours.get(name, ""))

    @cached_property
    def _colours(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for item in self._elements(self._part):
            if local(item) in _KNOWN.values() and len(item):
                found.setdefault(local(item), str(item[0].get("lastClr") or item[0].get("val") or "")[-6:].upper())
        return _USUAL | found

    @cached_property
    def _mapping(self) -> dict[str, str]:
        maps = (item for item in self._elements(self._settings) if local(item) == "clrSchemeMapping")
        return {str(name).rpartition("}")[2]: str(value) for item in maps for name, value in item.attrib.items()}

    def _elements(self, part: str | None) -> "list[_Element]":
        return [*self._package.xml(part).iter()] if part is not None and part in self._package else []


def _mixed(colour: str, kept: str | None, other: int) -> str:
    """A colour of which so many of 255 are kept, the rest being another one of grey."""
    try:
        of, parts = int(kept or "FF", 16), [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    except ValueError:
        return colour
    return "".join(f"{round((part * of + other * (255 - of)) / 255) & 255:02X}" for part in parts)
