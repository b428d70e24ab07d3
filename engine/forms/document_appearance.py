"""How text of a document looks: what a reader of the page can't see, or sees struck out, and letters of symbol fonts."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from . import overlooked
from .colours import Theme, are_alike, is_dark, rgb
from .package import Package, local, whole
from .remarks import Remark
from .symbols import is_symbol_font

if TYPE_CHECKING:
    from lxml.etree import _Element

_SMALLEST: Final = 10
"""Half points: text below 5 points is not meant to be read."""
_SPARSE: Final = re.compile(r"pct(?:5|1\d|2\d)")
"""Patterns that leave most of the ground."""
_NEAR: Final = 48
"""Of 255: two colours less apart than this in red, green and blue are not told apart."""
_SUSPECT: Final = (
    *(b"vanish", b"strike", b"&#", b"textfill", b"wingdings", b"webdings", b"marlett", b"dingbats", b"monotype sorts"),
    *(b"mt extra", b'"symbol"', b"'symbol'", b"background1", b'"light1', b"'light1"),
    *(b'"solid"', b"'solid'", b":position ", b"webhidden"),
)
"""What must be in a part, in small letters, for text in it to be hidden, struck or pictures."""
_TINY: Final = re.compile(rb"sz\s[^<>]{0,99}?val\s*=\s*[\"']\d[^\d]")
_NARROW: Final = re.compile(rb":w\s[^<>]{0,99}?val\s*=\s*[\"']\d\d?[^\d]")
_LOW: Final = re.compile(rb"line\s*=\s*[\"']\d\d?[\"']")
_INDENT: Final = re.compile(rb"ind(?<![A-Za-z]ind)\s[^<>]{0,499}")
_SIDE: Final = re.compile(r"(left|start|right|end|hanging|firstLine)(Chars)?\s*=\s*[\"'](-?\d{1,7})[\"']")
_CHARACTER: Final = 2.4
"""Twentieths of a point in a hundredth of a character."""
_BESIDE: Final = range(-12_000, -200)
"""Twentieths of a point: how far beyond its edges a text stands in another cell of the page."""
_LEFTMOST, _RIGHTMOST = -1_000, 15_000
"""Twentieths of a point: a paragraph indented by less or more begins beside the page."""
_FARTHEST: Final = 100
"""Half points: text raised or lowered by more stands elsewhere, or nowhere, on the page."""
_LOWEST: Final = 100
"""Twentieths of a point: nobody sees text in lines exactly lower."""
_FILLS: Final = re.compile(rb"shd\s[^<>]{0,299}?fill\s*=\s*[\"']([0-9a-fA-F]{6})[\"']")
_INKS: Final = re.compile(rb"color\s[^<>]{0,299}?val\s*=\s*[\"']([0-9a-fA-F]{6})[\"']")
_THEMED: Final = re.compile(rb"theme[^<>]{0,499}")
_THEME: Final = re.compile(rb"theme(?:Color|Fill)\s*=\s*[\"'](\w+)")
_CHANGED: Final = {
    change: re.compile(rb"theme(?:Fill)?%s\s*=\s*[\"']([0-9a-fA-F]{2})[\"']" % change) for change in (b"Tint", b"Shade")
}
_HIGHLIGHTS: Final = {
    "black": "000000", "white": "FFFFFF", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF", "magenta": "FF00FF",
    "blue": "0000FF", "red": "FF0000", "darkBlue": "000080", "darkCyan": "008080", "darkGreen": "008000",
    "darkMagenta": "800080", "darkRed": "800000", "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
OFF: Final = ("0", "false", "off")
"""How the value of a property says that it does not hold."""


class Appearance(NamedTuple):
    """How a run looks, as far as that matters; None is what is not said."""

    vanish: bool | None = None
    strike: bool | None = None
    dstrike: bool | None = None
    colour: str | None = None
    ground: str | None = None
    size: int | None = None
    scale: int | None = None
    clear: bool | None = None
    moved: bool | None = None
    font: str | None = None

    def over(self, other: "Appearance") -> "Appearance":
        """This look, and what it doesn't say as the other has it."""
        return _over(self, other)

    def remarks(self, ground: str | None) -> list[Remark]:
        """What is to be known of text that looks so, on a ground of this colour."""
        found = []
        if self.vanish:
            found.append(overlooked.TEXT)
        if self.strike or self.dstrike:
            found.append(overlooked.STRUCK)
        small = (self.size is not None and self.size < _SMALLEST) or (self.scale is not None and self.scale < 25)
        if small or self.clear or (self.colour and _alike(self.colour, self.ground or ground or "FFFFFF")):
            found.append(overlooked.FAINT)
        return found


@lru_cache(1_000)
def _over(own: Appearance, other: Appearance) -> Appearance:
    return Appearance._make(inherited if said is None else said for said, inherited in zip(own, other, strict=True))


class TableLook(NamedTuple):
    """How a table's style has the text of some of its cells look, and the colour behind it: `part` says of which."""

    part: str
    look: Appearance
    ground: str | None

    def is_of(self, row: int, last_row: int, cell: int, last_cell: int) -> bool:
        """Whether a cell looks so, by its number in a row, and the row's, and how many there are."""
        of_ends = {
            "firstRow": row == 1,
            "lastRow": row == last_row,
            "firstCol": cell == 1,
            "lastCol": cell == last_cell,
        }
        return of_ends.get(self.part, True)


class Appearances:
    """The looks that the styles of a document and its runs give."""

    def __init__(self, package: Package, space: str, styles: str | None, theme: Theme) -> None:
        self._space = space
        self._theme = theme
        self.of_table = lru_cache(None)(self._looks_of_table)
        self._styles: dict[str, Appearance] = {}
        self._default = Appearance()
        self._read_style = lru_cache(None)(self._look_of_style)
        self._elements: dict[str, _Element] = {}
        if styles is not None and styles in package:
            self._load(package.xml(styles))

    def _load(self, root: "_Element") -> None:
        name = self._named
        default = root.find(f"{name('docDefaults')}/{name('rPrDefault')}/{name('rPr')}")
        self._default = Appearance() if default is None else self.said_by(default)
        default = root.find(f"{name('docDefaults')}/{name('pPrDefault')}/{name('pPr')}")
        if default is not None:
            self._default = self._default.over(self._of_paragraph(default))
        for style in root.iterchildren(name("style")):
            self._elements[style.get(name("styleId"), "")] = style
        for identity, style in self._elements.items():
            if self._is_default(style, "paragraph"):
                self._default = self._read_style(identity).over(self._default)

    def of(self, run: "_Element | None", paragraph: "_Element | None", table: Appearance | None = None) -> Appearance:
        """The look of text in a run with these properties, in a paragraph with those, in a table of this look."""
        own = Appearance() if run is None else self.said_by(run).over(self._styled(run, "rStyle"))
        if paragraph is not None:
            own = own.over(self._of_paragraph(paragraph)).over(self._styled(paragraph, "pStyle"))
        if table is not None:
            own = own.over(table)
        return own.over(self._default)

    def _looks_of_table(self, identity: str | None) -> tuple[TableLook, ...]:
        """How the style with this name (None: that of tables which name none) has the cells of a table look."""
        if identity is None:
            identity = next((name for name, style in self._elements.items() if self._is_default(style, "table")), "")
        whole, parts, seen = TableLook("", Appearance(), None), dict[str, TableLook](), set[str]()
        while identity in self._elements and identity not in seen:
            seen.add(identity)
            style = self._elements[identity]
            whole = self._in_table(style, whole)
            for part in style.iterchildren(self._named("tblStylePr")):
                kind = part.get(self._named("type"), "")
                parts[kind] = self._in_table(part, parts.get(kind, TableLook(kind, Appearance(), None)))
            based = style.find(self._named("basedOn"))
            identity = "" if based is None else based.get(self._named("val"), "")
        return (
            whole,
            *(TableLook(part, look.over(whole.look), ground or whole.ground) for part, look, ground in parts.values()),
        )

    def _in_table(self, style: "_Element", inner: TableLook) -> TableLook:
        """What a style, or a part of one, adds to the look that those based on it have."""
        run, paragraph = style.find(self._named("rPr")), style.find(self._named("pPr"))
        look = inner.look if run is None else inner.look.over(self.said_by(run))
        look = look if paragraph is None else look.over(self._of_paragraph(paragraph))
        shades = (style.find(f"{self._named(around)}/{self._named('shd')}") for around in ("tcPr", "tblPr"))
        ground = next((ground for shade in shades if shade is not None and (ground := self.ground(shade))), None)
        return TableLook(inner.part, look, inner.ground or ground)

    def _is_default(self, style: "_Element", kind: str) -> bool:
        return style.get(self._named("default"), "0") not in OFF and style.get(self._named("type")) == kind

    def ground(self, shade: "_Element") -> str | None:
        """The colour behind text in a shade; None for the usual one."""
        return colour_of(shade, self._space, self._theme)

    def _of_paragraph(self, properties: "_Element") -> Appearance:
        """What a paragraph does to its text: the ground, and where neither line nor indent leaves it on the page."""
        shade, spacing, indent = (properties.find(self._named(name)) for name in ("shd", "spacing", "ind"))
        ground = None if shade is None else self.ground(shade)
        flat = spacing is not None and spacing.get(self._named("lineRule")) == "exact"
        low = flat and spacing is not None and whole(spacing.get(self._named("line")), _LOWEST) < _LOWEST
        placed = Appearance() if indent is None else _placed(_numbers(indent))
        return Appearance(vanish=True if low else None, ground=ground).over(placed)

    def in_list(self, properties: "_Element", indent: "_Element") -> Appearance:
        """Where an item of a list stands: its paragraph says so, or else the level of the list."""
        own = properties.find(self._named("ind"))
        return _placed(_numbers(indent) | ({} if own is None else _numbers(own)))

    def _styled(self, properties: "_Element", name: str) -> Appearance:
        style = properties.find(self._named(name))
        return Appearance() if style is None else self._read_style(style.get(self._named("val"), ""))

    def _look_of_style(self, identity: str) -> Appearance:
        look, seen = Appearance(), set()
        while identity in self._elements and identity not in seen:
            seen.add(identity)
            style = self._elements[identity]
            if (properties := style.find(self._named("rPr"))) is not None:
                look = look.over(self.said_by(properties))
            if (properties := style.find(self._named("pPr"))) is not None:
                look = look.over(self._of_paragraph(properties))
            based = style.find(self._named("basedOn"))
            identity = "" if based is None else based.get(self._named("val"), "")
        return look

    def said_by(self, properties: "_Element") -> Appearance:
        """What the properties of a run say by themselves."""
        said: dict[str, object] = {}
        for child in properties:
            space, _, name = str(child.tag).rpartition("}")
            value = child.get(self._named("val"))
            if name in ("strike", "dstrike"):
                said[name] = value not in OFF
            elif name in ("vanish", "specVanish", "webHidden"):
                said["vanish"] = said.get("vanish") or value not in OFF
            elif name == "color":
                said["colour"] = _themed(child, self._space, self._theme, "themeColor") or value
            elif name == "shd":
                said["ground"] = self.ground(child)
            elif name == "highlight":
                said["ground"] = _HIGHLIGHTS.get(value or "")
            elif name == "position" and value and abs(_half_points(value) or 0) > _FARTHEST:
                said["vanish"] = True
            elif name == "sz" and value:
                said["size"] = _half_points(value)
            elif name == "w" and value:
                said["scale"] = int(value.removesuffix("%")) if value.removesuffix("%").isdecimal() else None
            elif name == "textFill" and "wordml" in space:
                said["clear"] = _is_clear(child)
            elif name == "rFonts":
                said["font"] = next(
                    (font for side in ("ascii", "hAnsi") if is_symbol_font(font := child.get(self._named(side)))), None
                )
        return Appearance(**said)  # type: ignore[arg-type]

    def _named(self, name: str) -> str:
        return f"{self._space}{name}"


def colour_of(shade: "_Element", space: str, theme: Theme) -> str | None:
    """The colour that a shade has: that of its pattern where it leaves nothing of the ground; None for the usual one."""
    if shade.get(f"{space}val") != "solid":
        colour = _themed(shade, space, theme, "themeFill") or shade.get(f"{space}fill")
        return None if colour == "auto" else colour
    colour = _themed(shade, space, theme, "themeColor") or shade.get(f"{space}color", "auto")
    return "000000" if colour == "auto" else colour


def filling(marked: "_Element", space: str, theme: Theme) -> tuple[str, bool] | None:
    """What a shade or highlight fills a cell with, and whether that is as dark as ink; None where it shows nothing."""
    pattern = marked.get(f"{space}val", "clear")
    if local(marked) == "highlight":
        colour: str | None = _HIGHLIGHTS.get(pattern)
        pattern = "clear"
    else:
        colour = colour_of(marked, space, theme)
    light = pattern in ("clear", "nil", "solid") or (_SPARSE.fullmatch(pattern) is not None)
    if colour is None and light:
        return None
    ink = None if colour is None else rgb(colour)
    dark = not light or (ink is not None and is_dark(ink))
    return (f"{pattern} {colour}", dark) if dark or not _alike(colour or "", "FFFFFF") else None


def _themed(element: "_Element", space: str, theme: Theme, name: str) -> str | None:
    """The colour of the theme that an element names, as the file's own theme has it."""
    named = element.get(f"{space}{name}")
    if named is None:
        return None
    tint, shade = (element.get(f"{space}{name.removesuffix('Color')}{change}") for change in ("Tint", "Shade"))
    return theme.colour(named, tint, shade)


def appearances(
    package: Package, space: str, texts: Iterable[bytes], parts: dict[str, str], theme: Theme, *, lists: bool
) -> Appearances | None:
    """The looks of a document with these parts, by kind, whose texts and styles are marked up so, and have `lists` or not;
    None where all text is plainly seen, which most often shows without parsing.
    """
    suspects = (*texts, package.bytes(parts["numbering"]) if lists else b"")
    if any(_is_suspect(text, theme) for text in suspects):
        return Appearances(package, space, parts.get("styles"), theme)
    return None


def _is_suspect(content: bytes, theme: Theme) -> bool:
    small = content.lower()
    if any(word in small for word in _SUSPECT) or any(pattern.search(content) for pattern in (_TINY, _NARROW, _LOW)):
        return True
    if any(map(_is_out, set(_INDENT.findall(content)))):
        return True
    themed = {colour for tag in set(_THEMED.findall(content)) if (colour := _in_theme(tag, theme)) is not None}
    inks = {found.decode() for found in set(_INKS.findall(content))} | themed
    grounds = {"FFFFFF", *(found.decode() for found in set(_FILLS.findall(content)))}
    return any(_alike(ink, ground) for ink in inks for ground in grounds)


def _in_theme(tag: bytes, theme: Theme) -> str | None:
    """The colour of the theme that a tag names, of which this is the end."""
    name = _THEME.search(tag)
    if name is None:
        return None
    tint, shade = (found and found[1].decode() for found in (change.search(tag) for change in _CHANGED.values()))
    return theme.colour(name[1].decode(), tint, shade)


def _numbers(element: "_Element") -> dict[str, int]:
    """The whole numbers among the attributes of an element, by their names."""
    pairs = ((str(name).rpartition("}")[2], str(value)) for name, value in element.attrib.items())
    return {name: int(value) for name, value in pairs if re.fullmatch(r"-?\d{1,7}", value, re.ASCII)}


def _indents(values: Mapping[str, int]) -> tuple[int, int]:
    """How far inside its room a paragraph begins and ends, in twentieths of a point, by the values that an indent gives."""

    def side(*names: str) -> int | None:
        of_characters = (round(values[f"{name}Chars"] * _CHARACTER) for name in names if values.get(f"{name}Chars"))
        return next(of_characters, next((values[name] for name in names if name in values), None))

    left, right = side("left", "start"), side("right", "end") or 0
    # What hangs by itself hangs into an indent that a style or a list gives.
    hanging = (side("hanging") or 0) if left is not None else 0
    return (left or 0) - hanging + (side("firstLine") or 0), right


def _placed(values: Mapping[str, int]) -> Appearance:
    """How text looks whose paragraph is indented so: out of sight, or beside the room that it has."""
    start, end = _indents(values)
    away = not _LEFTMOST < start <= _RIGHTMOST
    return Appearance(vanish=True if away else None, moved=(start in _BESIDE or end in _BESIDE) or None)


def _is_out(tag: bytes) -> bool:
    """Whether the indent that a tag says, of which this is the end, lets text begin or end outside its room."""
    values = {f"{name}{chars}".strip(): value for name, chars, value in _SIDE.findall(tag.decode("utf-8", "replace"))}
    start, end = _indents({name: int(value) for name, value in values.items()})
    return start in _BESIDE or end in _BESIDE or not _LEFTMOST < start <= _RIGHTMOST


@lru_cache(1000)
def _alike(one: str, other: str) -> bool:
    inks = rgb(one), rgb(other)
    return inks[0] is not None and inks[1] is not None and are_alike(inks[0], inks[1], _NEAR)


def _half_points(value: str) -> int | None:
    number = value.removesuffix("pt")
    try:
        return int(float(number) * (2 if number != value else 1))
    except (ValueError, OverflowError):
        return None


def _is_clear(fill: "_Element") -> bool:
    """Whether a fill of letters lets the ground through, or is white."""
    for part in fill.iter():
        name = local(part)
        values = [str(value) for key, value in part.attrib.items() if str(key).endswith("}val")]
        if name == "noFill" or (name == "alpha" and any(value.startswith("9") or len(value) > 5 for value in values)):
            return True
        if name == "srgbClr" and any(_alike(value, "FFFFFF") for value in values):
            return True
    return False
