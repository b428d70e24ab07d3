"""What the cells of a sheet have in older files' manner: check boxes and other controls over them, and comments."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from ..base.text import Text
from .drawings import corner, local, spot
from .grid import Floating, Spot
from .layout import AUTHOR
from .package import Package, Relation, whole
from .references import split

if TYPE_CHECKING:
    from lxml.etree import _Element

CHECK_BOX: Final = Text("hộp kiểm", "a check box")
CONTROL: Final = Text("nút điều khiển hoặc hình vẽ", "a control or shape")

_SHAPES: Final = frozenset(("shape", "rect", "oval", "line", "image", "roundrect", "group", "polyline", "arc", "curve"))


@dataclass(frozen=True, slots=True)
class Control:
    """A form control: where it lies, and for a check box whether it is ticked and which cell it is linked to."""

    first: Spot
    last: Spot
    kind: str
    ticked: bool = False
    link: str = ""

    @property
    def floating(self) -> Floating:
        box = self.kind.casefold() in ("checkbox", "radio", "optionbutton")
        return Floating(self.first, self.last, CHECK_BOX if box else CONTROL)

    @property
    def cell(self) -> Spot | None:
        """The cell that a check box is linked to, if it lies over it: there stands whether the box is ticked."""
        if self.kind.casefold() != "checkbox":
            return None
        column, row = split(self.link.replace("$", "").lstrip("=").upper())
        over = self.first[0] <= row <= self.last[0] and self.first[1] <= column <= self.last[1]
        return (row, column) if over else None


_OURS: Final = f"<author>{AUTHOR}</author>".encode()


def commented(package: Package, part: str) -> Iterator[Spot]:
    """The cells of a part with comments; not those that the program itself wrote, as all are in an untouched form."""
    content = package.bytes(part)
    if _OURS in content and content.count(b"author>") == 2:
        return
    root = package.xml(part)
    authors = [author.text or "" for author in root.iter() if local(author) == "author"]
    for comment in root.iter():
        if local(comment) in ("comment", "threadedComment"):
            number = whole(comment.get("authorId"), len(authors))
            if authors[number : number + 1] != [AUTHOR]:
                column, row = split(comment.get("ref", ""))
                yield row, column


def of_old_drawing(root: "_Element") -> Iterator[Control]:
    """The controls and shapes of the old kind of drawing (VML), in which comments have their boxes too."""
    for shape in root.iter():
        if local(shape) not in _SHAPES:
            continue
        client = next((child for child in shape if local(child) == "ClientData"), None)
        kind = "" if client is None else client.get("ObjectType", "")
        if kind == "Note":
            continue
        parts = {} if client is None else {local(child): (child.text or "").strip() for child in client}
        edges = [whole(edge.strip(), 0) for edge in parts.get("Anchor", "").split(",")]
        left, _, top, _, right, _, bottom, _ = [*edges, *[0] * 8][:8]
        ticked = parts.get("Checked", "0") not in ("0", "")
        yield Control((top + 1, left + 1), (bottom + 1, right + 1), kind, ticked, parts.get("FmlaLink", ""))


def listed(package: Package, relations: list[Relation], controls: "list[_Element]") -> Iterator[Control]:
    """The controls that a sheet lists itself, as newer files do beside the old kind of drawing."""
    targets = {relation.id: relation.target for relation in relations if relation.kind == "ctrlProp"}
    for control in controls:
        target = next((targets[value] for value in map(str, control.attrib.values()) if value in targets), None)
        anchor = next((child for child in control.iter() if local(child) == "anchor"), None)
        first, last = ((1, 1), (1, 1)) if anchor is None else (spot(corner(anchor, end)) for end in ("from", "to"))
        if target is None or target not in package:
            yield Control(first, last, "")
            continue
        state = package.xml(target)
        ticked = state.get("checked", "Unchecked") != "Unchecked"
        yield Control(first, last, state.get("objectType", ""), ticked, state.get("fmlaLink", ""))
