"""The styles of a workbook's cells, as far as they decide what a person sees: number formats, fonts, colours."""

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from .colours import BLACK, WHITE, Colour, Theme, are_alike, is_dark, rgb
from .number_formats import BUILT_IN, GENERAL, NumberFormat, number_format
from .package import Package, decimal, local, whole
from .symbols import is_symbol_font

if TYPE_CHECKING:
    from lxml.etree import _Element

SMALLEST: Final = 5.0
"""Points of the smallest letters that are read without looking for them."""
_ALIKE: Final = 32
"""Of 255: colours whose red, green and blue all differ by less can't be told apart on a screen."""
_FARTHEST_IN: Final = 5
"""Steps of indent, three characters each, that leave a mark in a column of the form's width."""
_BASE: Final = "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF"
_MOST_SHARED: Final = 500
"""Styles of a workbook whose styles are kept for others."""
_PALETTE: Final = (
    f"{_BASE} {_BASE} 800000 008000 000080 808000 800080 008080 C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 "
    "0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF 800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC "
    "CC99FF FFCC99 3366FF 33CCCC 99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 "
    "333399 333333"
).split()
"""The colours that files give by number."""
_THEME: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
"""The colours of a theme, in the order in which cells count them."""


class Font(NamedTuple):
    """What a font hides or makes another: None for its colour is the automatic one (black)."""

    name: str | None = None
    size: float = 11.0
    colour: Colour | None = None
    struck: bool = False

    @property
    def symbols(self) -> str | None:
        """Its name, where its letters are pictures."""
        return self.name if is_symbol_font(self.name) else None


class CellStyle(NamedTuple):
    """How a cell shows its value. `concealed` is why a person overlooks it: "struck", "tiny", "faint"; None else.

    `plain` is true where every value in such a cell is seen as it is stored. `aligned` is how its text is, `moved` whether an
    indent shows it in the next cell; `crossed` says that lines go through the cell, `drawn` that it shows something while it is empty.
    """

    format: NumberFormat = GENERAL
    symbols: str | None = None
    concealed: str | None = None
    grounds: tuple[Colour, ...] = (WHITE,)
    plain: bool = True
    aligned: str = ""
    moved: bool = False
    crossed: bool = False
    drawn: bool = False

    @property
    def spread(self) -> str:
        """How its text is shown over the empty cells beside it that are aligned so, too; empty where it is not."""
        return self.aligned if self.aligned in ("fill", "centerContinuous") else ""

    @property
    def filled(self) -> bool:
        """Whether the cell is coloured, so that it may mean something while it is empty."""
        return self.grounds != (WHITE,)

    @property
    def dark(self) -> bool:
        """Whether it is coloured as if with ink."""
        return all(map(is_dark, self.grounds))


PLAIN: Final = CellStyle()


@lru_cache(16)
def _shared(*_: str) -> dict[str | None, CellStyle]:
    """The styles that were looked into of workbooks whose parts have these digests."""
    return {}


class CellStyles:
    """The styles of one workbook, each looked into when a cell has it."""

    def __init__(self, package: Package, styles: str | None, theme: str | None, space: str) -> None:
        self._theme = Theme(package, theme)
        self._space = space
        root = None if styles is None else package.xml(styles)
        self._formats = [] if root is None else self._inside(root, "cellXfs", "xf")
        self._fonts = [] if root is None else self._inside(root, "fonts", "font")
        self._fills = [] if root is None else self._inside(root, "fills", "fill")
        self._borders = [] if root is None else self._inside(root, "borders", "border")
        self._conditional = [] if root is None else self._inside(root, "dxfs", "dxf")
        self._codes = dict(BUILT_IN)
        self.known: dict[str | None, CellStyle] = {}
        """Those that were looked into, by their numbers; workbooks made of one template share them."""
        if len(self._formats) <= _MOST_SHARED:
            parts = (package.digest(part) if part in package else "" for part in (styles or "", theme or ""))
            self.known = _shared(space, *parts)
        self._palette = _PALETTE
        if root is not None:
            for item in self._inside(root, "numFmts", "numFmt"):
                self._codes[whole(item.get("numFmtId"), -1)] = item.get("formatCode", "")
            self._palette = [item.get("rgb", "")[-6:] for item in root.iter(f"{space}rgbColor")] or _PALETTE

    def style(self, number: str | None) -> CellStyle:
        """The style with this number, as cells give it; None is that of cells that give none."""
        known = self.known.get(number)
        if known is None:
            known = self.known[number] = self._read(whole(number or "0", -1))
        return known

    def redraws(self, number: int) -> bool:
        """Whether conditional formatting with this number shows other values than there are, or hides them."""
        return 0 <= number < len(self._conditional) and self.is_redrawing(self._conditional[number])

    def is_redrawing(self, conditional: "_Element") -> bool:
        """Whether a conditional format (dxf) does, on any ground or with any ink that cells of the workbook have."""
        parts = {local(child): child for child in conditional}
        if "numFmt" in parts:
            return True
        font = self.font(parts.get("font"))
        if font.struck or font.size < SMALLEST:
            return True
        coloured = "font" in parts and parts["font"].find(f"{self._space}color") is not None
        if not coloured and "fill" not in parts:
            return False
        grounds = self._conditional_grounds(parts["fill"]) if "fill" in parts else self._every_ground
        inks = {font.colour or BLACK} if coloured else self._every_ink
        dark = "fill" in parts and any(map(is_dark, grounds))
        return dark or any(are_alike(ink, ground, _ALIKE) for ink in inks for ground in grounds)

    def is_dark(self, element: "_Element") -> bool:
        """Whether a colour is as dark as ink."""
        colour = self._colour(element)
        return colour is not None and is_dark(colour)

    def _conditional_grounds(self, fill: "_Element") -> set[Colour]:
        """The colours of the fill of a conditional format, which says nothing of its pattern where it has none.

        A pattern without a colour (openpyxl leaves out 00000000) is as dark as the programs choose.
        """
        colours = (
            self._colour(item) for name in ("fgColor", "bgColor", "color") for item in fill.iter(f"{self._space}{name}")
        )
        known = {colour for colour in colours if colour is not None}
        patterned = any(item.get("patternType", "none") != "none" for item in fill)
        return known or ({BLACK} if patterned else set())

    @cached_property
    def _every_ground(self) -> set[Colour]:
        return {WHITE, *(ground for fill in self._fills for ground in self._grounds(fill))}

    @cached_property
    def _every_ink(self) -> set[Colour]:
        return {BLACK, *(self.font(font).colour or BLACK for font in self._fonts)}

    def _inside(self, root: "_Element", group: str, name: str) -> "list[_Element]":
        found = root.find(f"{self._space}{group}")
        return [] if found is None else list(found.iterchildren(f"{self._space}{name}"))

    def _read(self, number: int) -> CellStyle:
        if not 0 <= number < len(self._formats):
            return PLAIN
        found = self._formats[number]
        code = self._codes.get(identity) if (identity := whole(found.get("numFmtId"), 0)) else ""
        # A number without a code is a format of another language's Excel.
        shows = number_format(code) if code is not None else NumberFormat(f"#{identity}", plain=False)
        font = self.font(_at(self._fonts, found.get("fontId")))
        grounds = self._grounds(_at(self._fills, found.get("fillId")))
        concealed = concealment(font, grounds)
        alignment = found.find(f"{self._space}alignment")
        aligned = "" if alignment is None else alignment.get("horizontal", "")
        moved = alignment is not None and whole(alignment.get("indent"), 0) >= _FARTHEST_IN
        crossed = self._is_crossed(_at(self._borders, found.get("borderId")))
        plain = shows.plain and not (shows.zeros or font.symbols or concealed or moved)
        style = CellStyle(shows, font.symbols, concealed, grounds, plain, aligned, moved, crossed)
        return style._replace(drawn=bool(style.spread) or crossed or style.filled)

    def _is_crossed(self, border: "_Element | None") -> bool:
        """Whether a border has a line from corner to corner."""
        if border is None or not any(border.get(way) in ("1", "true") for way in ("diagonalUp", "diagonalDown")):
            return False
        line = border.find(f"{self._space}diagonal")
        return line is not None and line.get("style", "none") != "none"

    def font(self, element: "_Element | None") -> Font:
        """A font, or the manner of a run of rich text."""
        if element is None:
            return Font()
        parts = {local(child): child for child in element}
        name = parts.get("name", parts.get("rFont"))
        struck, size, colour = parts.get("strike"), parts.get("sz"), parts.get("color")
        return Font(
            None if name is None else name.get("val"),
            11.0 if size is None else decimal(size.get("val"), 11.0),
            None if colour is None else self._colour(colour),
            struck is not None and struck.get("val", "1") not in ("0", "false"),
        )

    def _grounds(self, fill: "_Element | None") -> tuple[Colour, ...]:
        """The colours behind a cell's text; none where they aren't known."""
        if fill is None:
            return (WHITE,)
        kinds = [child.get("patternType", "none") for child in fill.iterchildren(f"{self._space}patternFill")]
        if kinds == ["none"]:
            return (WHITE,)
        names = ("fgColor",) if kinds == ["solid"] else ("fgColor", "bgColor", "color")
        colours = [self._colour(item) for name in names for item in fill.iter(f"{self._space}{name}")]
        return tuple(colour for colour in colours if colour is not None)

    def _colour(self, element: "_Element") -> Colour | None:
        """A colour as red, green and blue; None for the automatic one and those of the system."""
        if (written := element.get("rgb")) is not None:
            return rgb(written)
        if (number := element.get("indexed")) is not None:
            index = whole(number, -1)
            return rgb(self._palette[index]) if 0 <= index < len(self._palette) else None
        if (number := element.get("theme")) is not None:
            index = whole(number, -1)
            base = self._theme.own(_THEME[index]) if 0 <= index < len(_THEME) else None
            return None if base is None else _tinted(base, decimal(element.get("tint", "0"), 11.0))
        return None


def concealment(font: Font, grounds: tuple[Colour, ...]) -> str | None:
    """Why text in a font on such grounds is overlooked: "struck", "tiny", "faint"; None where it is not."""
    if font.struck:
        return "struck"
    if font.size < SMALLEST:
        return "tiny"
    colour = font.colour or BLACK
    return "faint" if grounds and all(are_alike(colour, ground, _ALIKE) for ground in grounds) else None


def _at(items: "list[_Element]", number: str | None) -> "_Element | None":
    index = whole(number, 0)
    return items[index] if index < len(items) else None


def _tinted(colour: Colour, tint: float) -> Colour:
    """A colour made darker (tint below 0) or lighter (above 0)."""
    tint = max(-1.0, min(1.0, tint))
    red, green, blue = (round(part * (1 + tint) if tint < 0 else part + (255 - part) * tint) for part in colour)
    return red, green, blue
