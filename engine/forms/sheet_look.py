"""How a person sees a sheet of a workbook: its hidden rows and columns, what lies over its cells, how rules redraw them."""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from ..base.problem import NOT_UNDERSTOOD, Place, Problem
from ..base.text import Text
from .cell_styles import CellStyles
from .cells import is_blank
from .escapes import unescaped
from .grid import Floating, Grid, Spot
from .layout import AUTHOR
from .package import Package, Relation, Remembered, local, whole
from .references import LAST_COLUMN, LAST_ROW, area, column_letters, columns_reached
from .sheet_cells import LOWEST, is_below

if TYPE_CHECKING:
    from lxml.etree import _Element

_NARROWEST: Final = 0.5
"""Characters that the narrowest column shows which a person sees."""
_SIDES: Final = re.compile(r"(?<!&)&[LCR]")
_CODES: Final = re.compile(r"&\"[^\"]*\"|&K[0-9A-Fa-f]{6}|&\d+|&[A-Z]")
_LONGEST_HEAD: Final = 10_000
_MOST_AREAS: Final = 500
_PICTURED: Final = re.compile(r"(?<!&)(?:&&)*&G")
_AREA: Final = re.compile(r"!([$A-Z0-9:]+)")
_BROKEN: Final = "#REF!"
_OVER: Final = ("drawing", "comments", "threadedComment", "image", "ctrlProp", "control")
"""The kinds of parts that a sheet may have over its cells, beside old drawings."""
_OURS: Final = f"<author>{AUTHOR}</author>".encode()
_OF_NOTES: Final = Remembered()
"""The old drawings that have the boxes of notes alone."""
_SHAPES: Final = frozenset(("shape", "rect", "oval", "line", "image", "roundrect", "group", "polyline", "arc", "curve"))
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
            "Nếu trang có nội dung của {document} thì ghi vào bảng",
            "If it holds something of the {document}, write it in a table",
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
        elif kind == "sheetFormatPr" and (
            child.get("zeroHeight") in ("1", "true") or is_below(child.get("defaultRowHeight", ""), LOWEST)
        ):
            look.rows.update(grid.rows)
        elif kind == "headerFooter":
            look.heads += _heads(child)
        elif kind in ("conditionalFormatting", "extLst"):
            look.redrawn += _redrawn(child, styles)
    relations = [relation for relation in package.relations(part) if relation.part in package]
    shapes = _shapes(package, relations, apart)
    if shapes or any(relation.kind in _OVER and not _is_ours(package, relation) for relation in relations):
        from .controls import commented, over_cells  # few sheets have anything but the notes of the form

        look.floating += dict.fromkeys(over_cells(grid, package, relations, root, shapes))
        look.noted += commented(package, relations)


def _heads(element: "_Element") -> list[str]:
    """The lines of text above and below the pages of a sheet, their parts apart by tabs; an empty one stands for what is no text."""
    lines: dict[str, None] = {}
    for part in element:
        text = unescaped((part.text or "")[:_LONGEST_HEAD])
        plain = _CODES.sub("", _SIDES.sub("\t", text)).replace("&&", "&")
        lines |= dict.fromkeys(line for line in plain.splitlines() if not is_blank(line))
        if _PICTURED.search(text) or len(part.text or "") > _LONGEST_HEAD:
            lines[""] = None
    return [*lines]


def printed(areas: str) -> list[tuple[Spot, Spot]] | None:
    """What is printed of a sheet by its print area, of which nothing is known where a formula decides it; None of no area."""
    if _BROKEN in areas:
        return None
    references = (found.replace("$", "") for found in _AREA.findall(areas)[:_MOST_AREAS])
    return [reached for reference in references if (reached := _whole_area(reference)) is not None]


def _whole_area(reference: str) -> tuple[Spot, Spot] | None:
    """First and last cell of a reference, also of one to rows (1:9) or columns (A:F) alone."""
    first, _, last = reference.partition(":")
    if first.isdigit():
        return area(f"A{first}:{column_letters(LAST_COLUMN)}{last or first}")
    return area(f"{first}1:{last or first}{LAST_ROW}") if first.isalpha() else area(reference)


def _shapes(package: Package, relations: Sequence[Relation], apart: "list[_Element]") -> "list[_Element]":
    """What the old kind of drawing (VML) over a sheet has beside the boxes of comments."""
    legacy = {value for child in apart if local(child) == "legacyDrawing" for value in map(str, child.attrib.values())}
    found: list[_Element] = []
    for part in (item.part for item in relations if item.kind == "vmlDrawing" and item.id in legacy):
        if (digest := package.digest(part)) in _OF_NOTES:
            continue
        every = (shape for shape in package.xml(part, recover=True).iter() if local(shape) in _SHAPES)
        shapes = [shape for shape in every if not _is_box_of_comment(shape)]
        found += shapes
        if not shapes:
            _OF_NOTES.add(digest)
    return found


def _is_box_of_comment(shape: "_Element") -> bool:
    client = next((child for child in shape if local(child) == "ClientData"), None)
    return client is not None and client.get("ObjectType") == "Note"


def _is_ours(package: Package, relation: Relation) -> bool:
    """Whether a part has comments of the program alone: seen without parsing it."""
    content = package.bytes(relation.part)
    return relation.kind == "comments" and _OURS in content and content.count(b"author>") == 2


def _hidden_columns(columns: "_Element") -> Iterator[int]:
    for column, numbers in columns_reached(columns):
        if column.get("hidden") in ("1", "true") or is_below(column.get("width", ""), _NARROWEST):
            yield from numbers


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
    if kind == "colorScale":
        return any(styles.is_dark(colour) for colour in rule if local(colour) == "color")
    if kind == "cfRule" and rule.get("dxfId") is not None:
        return styles.redraws(whole(rule.get("dxfId"), -1))
    return kind == "dxf" and styles.is_redrawing(rule)
