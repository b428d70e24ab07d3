"""How a person sees a sheet of a workbook: its hidden rows and columns, what lies over its cells, how rules redraw them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from ..base.problem import NOT_UNDERSTOOD, Place, Problem
from ..base.text import Text
from .cell_styles import CellStyles
from .controls import commented, listed, of_old_drawing
from .drawings import PICTURE, Drawing, local
from .grid import Floating, Grid
from .package import Package, Relation, whole
from .references import LAST_COLUMN, LAST_ROW, area

if TYPE_CHECKING:
    from lxml.etree import _Element

_NARROWEST: Final = 0.5
"""Characters that the narrowest column shows which a person sees."""
_REDRAWN: Final = Text(
    "định dạng có điều kiện làm đổi nội dung hiện ra", "conditional formatting that changes what shows"
)


def other_sheet(file: str, number: int, name: str) -> Grid:
    """A sheet that has no cells: of charts, of dialogs."""
    place = Place(file, sheet=name, sheet_number=number)
    notice = Problem(
        NOT_UNDERSTOOD,
        Text("Trang không có ô (trang biểu đồ…), không được đọc", "A sheet without cells (a chart …) was not read"),
        Text(
            "Nếu trang có nội dung của kế hoạch thì ghi vào bảng",
            "If it holds something of the plan, write it in a table",
        ),
        place,
    )
    return Grid(name, lambda *_: place, notices=[notice])


def look_at(grid: Grid, package: Package, part: str, root: "_Element", styles: CellStyles) -> None:
    """Put into the grid's look what a sheet (a part, and its root) says beside its cells."""
    look = grid.look
    apart = [child for child in root if local(child) != "sheetData"]
    for child in apart:
        kind = local(child)
        if kind == "cols":
            look.columns.update(_hidden_columns(child))
        elif kind == "sheetFormatPr" and child.get("zeroHeight") in ("1", "true"):
            look.rows.update(grid.rows)
        elif kind in ("conditionalFormatting", "extLst"):
            look.redrawn += _redrawn(child, styles)
    relations = package.relations(part)
    if relations:
        look.floating += dict.fromkeys(_floating(grid, package, relations, root, apart))
        for relation in relations:
            if relation.kind in ("comments", "threadedComment") and (target := relation.target) and target in package:
                look.noted += commented(package, target)


def _hidden_columns(columns: "_Element") -> Iterator[int]:
    for column in columns:
        width = column.get("width")
        if column.get("hidden") in ("1", "true") or (width is not None and _narrow(width)):
            first, last = whole(column.get("min"), 1), whole(column.get("max"), 0)
            yield from range(first, min(last, LAST_COLUMN) + 1)


def _narrow(width: str) -> bool:
    try:
        return float(width) < _NARROWEST
    except ValueError:
        return False


def _floating(
    grid: Grid, package: Package, relations: list[Relation], root: "_Element", apart: "list[_Element]"
) -> Iterator[Floating]:
    """What lies over the cells."""
    legacy = {value for child in apart if local(child) == "legacyDrawing" for value in map(str, child.attrib.values())}
    controls = list(
        listed(package, relations, [item for child in apart for item in child.iter() if local(item) == "control"])
    )
    for relation in relations:
        if relation.target is None or relation.target not in package:
            continue
        if relation.kind == "drawing":
            yield from Drawing(package.xml(relation.target), root).floating()
        elif relation.kind == "vmlDrawing" and relation.id in legacy:
            controls += of_old_drawing(package.xml(relation.target, recover=True))
        elif relation.kind == "image":
            yield Floating((1, 1), (LAST_ROW, LAST_COLUMN), PICTURE)
    for control in controls:
        # A box that is linked to the cell below it says nothing that the cell does not say.
        if control.cell is None or grid.value(*control.cell) is not control.ticked:
            yield control.floating


def _redrawn(element: "_Element", styles: CellStyles) -> Iterator[Floating]:
    """Where conditional formatting shows other values than there are, hides them, or draws icons in their place."""
    for group in element.iter():
        if local(group) != "conditionalFormatting" or not any(_redraws(rule, styles) for rule in group.iter()):
            continue
        ranges = group.get("sqref") or next((item.text or "" for item in group.iter() if local(item) == "sqref"), "")
        for reference in ranges.split():
            if (reached := area(reference)) is not None:
                yield Floating(*reached, _REDRAWN)


def _redraws(rule: "_Element", styles: CellStyles) -> bool:
    kind = local(rule)
    if kind in ("iconSet", "dataBar"):
        return rule.get("showValue") in ("0", "false")
    if kind == "cfRule" and rule.get("dxfId") is not None:
        return styles.redraws(whole(rule.get("dxfId"), -1))
    return kind == "dxf" and styles.is_redrawing(rule)
