"""The colours of a document's theme, which its text names: a file may have others than those that one is used to."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from .package import Package, local

if TYPE_CHECKING:
    from lxml.etree import _Element

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


class Theme:
    """The colours of one document, looked up when the first is asked for."""

    def __init__(self, package: Package, theme: str | None, settings: str | None) -> None:
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
