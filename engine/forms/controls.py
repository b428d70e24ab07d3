"""What the cells of a sheet have in older files' manner: check boxes and other controls over them, and comments."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from ..base.text import Text
from .drawings import PICTURE, Drawing, corner, spot
from .grid import Floating, Grid, Spot
from .layout import AUTHOR
from .package import Package, Relation, local, whole
from .references import LAST_COLUMN, LAST_ROW, split_reference

if TYPE_CHECKING:
    from lxml.etree import _Element

CHECK_BOX: Final = Text("hộp kiểm", "a check box")
CONTROL: Final = Text("nút điều khiển hoặc hình vẽ", "a control or shape")


class _Control(NamedTuple):
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
        column, row = split_reference(self.link.replace("$", "").lstrip("=").upper())
        over = self.first[0] <= row <= self.last[0] and self.first[1] <= column <= self.last[1]
        return (row, column) if over else None


def over_cells(
    grid: Grid, package: Package, relations: Sequence[Relation], root: "_Element", shapes: "list[_Element]"
) -> Iterator[Floating]:
    """What lies over the cells of a sheet, whose root is given, by its parts and by the shapes of its old drawing."""
    listed = [
        item for child in root if local(child) != "sheetData" for item in child.iter() if local(item) == "control"
    ]
    for relation in relations:
        if relation.kind == "drawing":
            yield from Drawing(package.xml(relation.part), root).floating()
        elif relation.kind == "image":
            yield Floating((1, 1), (LAST_ROW, LAST_COLUMN), PICTURE)
    for control in (*_listed(package, relations, listed), *map(_of_old_drawing, shapes)):
        # A box that is linked to the cell below it says nothing that the cell does not say.
        if control.cell is None or grid.value(*control.cell) is not control.ticked:
            yield control.floating


def commented(package: Package, relations: Sequence[Relation]) -> Iterator[Spot]:
    """The cells with comments; not with those that the program itself wrote."""
    for relation in relations:
        if relation.kind in ("comments", "threadedComment"):
            yield from _commented(package.xml(relation.part))


def _commented(root: "_Element") -> Iterator[Spot]:
    authors = [author.text or "" for author in root.iter() if local(author) == "author"]
    for comment in root.iter():
        if local(comment) in ("comment", "threadedComment"):
            number = whole(comment.get("authorId"), len(authors))
            if authors[number : number + 1] != [AUTHOR]:
                column, row = split_reference(comment.get("ref", ""))
                yield row, column


def _of_old_drawing(shape: "_Element") -> _Control:
    """A control or shape of the old kind of drawing."""
    client = next((child for child in shape if local(child) == "ClientData"), None)
    parts = {} if client is None else {local(child): (child.text or "").strip() for child in client}
    edges = [whole(edge.strip(), 0) for edge in parts.get("Anchor", "").split(",")]
    left, _, top, _, right, _, bottom, _ = [*edges, *[0] * 8][:8]
    kind = "" if client is None else client.get("ObjectType", "")
    ticked = parts.get("Checked", "0") not in ("0", "")
    return _Control((top + 1, left + 1), (bottom + 1, right + 1), kind, ticked, parts.get("FmlaLink", ""))


def _listed(package: Package, relations: Sequence[Relation], controls: "list[_Element]") -> Iterator[_Control]:
    """The controls that a sheet lists itself, as newer files do beside the old kind of drawing."""
    targets = {relation.id: relation.part for relation in relations if relation.kind == "ctrlProp"}
    for control in controls:
        target = next((targets[value] for value in map(str, control.attrib.values()) if value in targets), None)
        anchor = next((child for child in control.iter() if local(child) == "anchor"), None)
        first, last = ((1, 1), (1, 1)) if anchor is None else (spot(corner(anchor, end)) for end in ("from", "to"))
        if target is None:
            yield _Control(first, last, "")
            continue
        state = package.xml(target)
        ticked = state.get("checked", "Unchecked") != "Unchecked"
        yield _Control(first, last, state.get("objectType", ""), ticked, state.get("fmlaLink", ""))
